-- +goose Up
-- The organiser's kind decides which support it may get later; a contact with one may have a limit of its own.
alter table app.employer add kind text not null default '' check (kind in ('', 'company', 'sole_trader', 'municipality', 'joint_authority', 'community', 'foundation', 'state_agency'));
alter table app.employer add owner_id uuid;
alter table app.employer add foreign key (org_id, owner_id) references app.membership (org_id, id);
alter table app.site add field text not null default '';
alter table app.site add contact_limit smallint not null default 0 check (contact_limit >= 0); -- days between contacts; 0 is the usual limit
alter table app.site add cooled_until date;
alter table app.site add cooled_reason text not null default '';

-- Places of a site in a period (domain.md 31).
create table app.site_capacity (
  org_id uuid not null,
  id uuid not null,
  site_id uuid not null,
  from_on date not null,
  until_on date not null check (until_on >= from_on),
  places smallint not null check (places between 0 and 99),
  ended boolean not null default false,
  version int not null default 1,
  entered_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, site_id) references app.site,
  foreign key (org_id, entered_by) references app.membership
);
create index on app.site_capacity (org_id, site_id, from_on);

-- A proposal may be declined; what the law asks stands with the terms, and the numbers a trial was judged by stay with it.
alter table app.trial drop constraint trial_state_check;
alter table app.trial add constraint trial_state_check check (state in ('draft', 'active', 'ended', 'cancelled', 'declined'));
alter table app.trial add accepted_on date;
alter table app.trial add accepted_how text not null default '' check (accepted_how in ('', 'self', 'present', 'phone', 'paper'));
alter table app.trial add continuing boolean not null default false;
alter table app.trial add former_employer boolean not null default false;
alter table app.trial add bars_clear boolean not null default false; -- the three questions of 56 § are answered with no
alter table app.trial add conditions text not null default '';
alter table app.trial add judged jsonb not null default '[]';
alter table app.trial add terminated_by text not null default '' check (terminated_by in ('', 'participant', 'organiser', 'authority'));
alter table app.trial add notice_on date;
alter table app.trial add agreed_until date; -- the last day that was agreed, when it ended on another
alter table app.trial add hired text not null default '' check (hired in ('', 'yes', 'no', 'unknown'));
-- A contact person may leave: past agreements keep the name, nothing new is offered with it.
alter table app.site_person add ended boolean not null default false;
alter table app.site_person add version int not null default 1;
-- A site's history and its places are counted from the index alone, however many years of trials there are.
drop index app.trial_org_id_site_id_idx;
create index trial_of_site on app.trial (org_id, site_id) include (state, hired, enrolment_id);
create index trial_held on app.trial (org_id, site_id, ends_on) include (starts_on, id, state) where state in ('draft', 'active');

-- What belongs to a trial belongs to its case: the keys say so, not only the policies.
alter table app.trial add constraint trial_of_case unique (org_id, id, enrolment_id);
alter table app.trial_signature add foreign key (org_id, trial_id, enrolment_id) references app.trial (org_id, id, enrolment_id);

-- What was before, or elsewhere: earlier trials and times of unemployment, each with its source and evidence. It hangs on a
-- case, so that it goes where the case goes.
create table app.trial_evidence (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  kind text not null check (kind in ('trial', 'unemployed')),
  organiser text not null default '',
  from_on date not null,
  until_on date check (until_on >= from_on),
  source text not null check (source in ('participant', 'authority', 'document', 'organiser')),
  evidence text not null,
  withdrawn_at timestamptz, -- entered by mistake; why stands beside it
  withdrawn_why text not null default '',
  entered_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  check (kind <> 'trial' or until_on is not null),
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, entered_by) references app.membership
);
create index on app.trial_evidence (org_id, enrolment_id, from_on);

-- Planned contacts with the site, made from the programme when the agreement comes into force.
create table app.trial_checkin (
  org_id uuid not null,
  id uuid not null,
  trial_id uuid not null,
  enrolment_id uuid not null,
  code text not null,
  due_on date not null,
  contact_id uuid,
  primary key (org_id, id),
  unique (org_id, trial_id, code),
  foreign key (org_id, trial_id, enrolment_id) references app.trial (org_id, id, enrolment_id),
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, contact_id) references app.site_contact (org_id, id)
);
create index on app.trial_checkin (org_id, enrolment_id, due_on) where contact_id is null;

-- A changed last day, agreed in writing by the three.
create table app.trial_end_change (
  org_id uuid not null,
  id uuid not null,
  trial_id uuid not null,
  enrolment_id uuid not null,
  old_on date not null,
  new_on date not null,
  agreed_on date not null,
  entered_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, trial_id, enrolment_id) references app.trial (org_id, id, enrolment_id),
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, entered_by) references app.membership
);
create index on app.trial_end_change (org_id, trial_id, at);

-- A problem at a site (domain.md 38).
create table app.trial_problem (
  org_id uuid not null,
  id uuid not null,
  trial_id uuid not null,
  enrolment_id uuid not null,
  category text not null check (category in ('tasks', 'hours', 'guidance', 'other', 'safety', 'harassment')),
  body text not null,
  told_by text not null check (told_by in ('participant', 'organiser', 'coach', 'coordinator')),
  act_by date not null,
  acted text not null default '',
  acted_on date,
  acted_by uuid,
  version int not null default 1,
  entered_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, trial_id, enrolment_id) references app.trial (org_id, id, enrolment_id),
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, entered_by) references app.membership
);
create index on app.trial_problem (org_id, enrolment_id) where acted_on is null;
create index on app.trial_problem (org_id, trial_id);

-- The participant's own diary of a trial (domain.md 37): theirs, shared with the coach by choice, never with anybody else.
create table app.trial_diary (
  org_id uuid not null,
  id uuid not null,
  trial_id uuid not null,
  enrolment_id uuid not null,
  on_day date not null,
  mood text not null check (mood in ('good', 'fine', 'mixed', 'hard')),
  body text not null default '',
  shared boolean not null,
  topic boolean not null, -- may be brought to the group without a name
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, trial_id, enrolment_id) references app.trial (org_id, id, enrolment_id),
  foreign key (org_id, enrolment_id) references app.enrolment
);
create index on app.trial_diary (org_id, trial_id, on_day desc);
-- What a contact with a site was about (domain.md 36), and whether the trial's effect on the benefit was cleared (69).
alter table app.site_contact add about text not null default '' check (about in ('', 'induction', 'tasks', 'guidance', 'wellbeing', 'agreement', 'ending'));
alter table app.trial add benefit_check text not null default '' check (benefit_check in ('', 'payer', 'expert'));

-- The organiser's closing assessment (57 §), which the participant may read and comment (domain.md 39).
create table app.organiser_assessment (
  org_id uuid not null,
  trial_id uuid not null,
  enrolment_id uuid not null,
  number smallint not null, -- a correction is another one; the newest counts
  suitability text not null,
  skills text not null default '',
  given_by text not null,
  given_on date not null,
  how text not null check (how in ('paper', 'phone', 'visit')),
  comment text not null default '',
  commented_at timestamptz,
  version int not null default 1,
  entered_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, trial_id, number),
  foreign key (org_id, trial_id, enrolment_id) references app.trial (org_id, id, enrolment_id),
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, entered_by) references app.membership
);
-- The expert lets a trial close without one, with grounds.
create table app.assessment_waiver (
  org_id uuid not null,
  trial_id uuid not null,
  enrolment_id uuid not null,
  grounds text not null,
  entered_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, trial_id),
  foreign key (org_id, trial_id, enrolment_id) references app.trial (org_id, id, enrolment_id),
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, entered_by) references app.membership
);

-- What a coordinator may match by, and only once the participant approved it for this (rulings.md 4).
create table app.placement_profile (
  org_id uuid not null,
  enrolment_id uuid not null,
  fields text[] not null default '{}',
  tasks text not null default '',
  limits text not null default '',
  municipalities text not null default '',
  travel_minutes smallint not null default 0 check (travel_minutes between 0 and 300),
  approved_on date,
  approved_how text not null default '' check (approved_how in ('', 'self', 'present', 'phone', 'paper')),
  version int not null default 1,
  entered_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, enrolment_id),
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, entered_by) references app.membership
);

-- Open days: visits to workplaces to sign up for, and the coordinator's hour with employers in a cohort's programme.
create table app.open_day (
  org_id uuid not null references app.organisation,
  id uuid not null,
  kind text not null check (kind in ('visit', 'employer_hour')),
  site_id uuid,
  cohort_id uuid,
  held_on date not null,
  starts_at smallint not null,
  ends_at smallint not null check (ends_at > starts_at),
  place text not null,
  what text not null default '',
  seats smallint not null check (seats between 1 and 200),
  seats_taken smallint not null default 0 check (seats_taken >= 0 and seats_taken <= seats),
  cancelled_at timestamptz,
  version int not null default 1,
  entered_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  check ((kind = 'employer_hour') = (cohort_id is not null)),
  foreign key (org_id, site_id) references app.site,
  foreign key (org_id, cohort_id) references app.cohort,
  foreign key (org_id, entered_by) references app.membership
);
create index on app.open_day (org_id, held_on);
create table app.open_day_signup (
  org_id uuid not null,
  id uuid not null,
  open_day_id uuid not null,
  enrolment_id uuid not null,
  withdrawn_at timestamptz,
  by_id uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, open_day_id) references app.open_day,
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, by_id) references app.membership
);
create unique index signup_once on app.open_day_signup (org_id, open_day_id, enrolment_id) where withdrawn_at is null;

alter table app.law_override add entered_by uuid default nullif(current_setting('app.actor', true), '')::uuid;
-- +goose StatementBegin
do $$
declare mine text := app.rule_grant('enrolment_id', 'enrolment_id', 'coach', 'pair', 'substitute', 'coordinator', 'participant');
        parties text := app.rule_grant('enrolment_id', 'enrolment_id', 'coach', 'pair', 'substitute', 'coordinator', 'expert', 'participant');
        staff text := app.rule_grant('enrolment_id', 'enrolment_id', 'coach', 'pair', 'substitute', 'coordinator');
        coordinator text := app.rule_grant('enrolment_id', 'enrolment_id', 'coordinator');
        coach text := app.rule_grant('enrolment_id', 'enrolment_id', 'coach', 'pair', 'substitute');
        participant text := app.rule_grant('enrolment_id', 'enrolment_id', 'participant');
        expert text := app.rule_grant('enrolment_id', 'enrolment_id', 'expert');
        seen text := 'trial_id in (select t.id from app.trial t)'; -- a protected person's trial hides what belongs to it
begin
  call app.protect('site_capacity', app.rule_role('coach', 'coordinator', 'expert'), 'select insert', app.rule_role('coordinator'));
  grant update (ended, version) on app.site_capacity to kuukausi_web;
  execute format('create policy web_update on app.site_capacity for update to kuukausi_web using (%1$s and %2$s) with check (%1$s and %2$s)', app.rule_org(), app.rule_role('coordinator'));
  call app.protect('trial_evidence', parties, 'select insert', app.rule_grant('enrolment_id', 'enrolment_id', 'coach', 'pair', 'substitute', 'coordinator', 'expert'));
  revoke insert on app.trial_evidence from kuukausi_web;
  grant insert (org_id, id, enrolment_id, kind, organiser, from_on, until_on, source, evidence) on app.trial_evidence to kuukausi_web;
  grant update (withdrawn_at, withdrawn_why) on app.trial_evidence to kuukausi_web;
  grant update (ended, version) on app.site_person to kuukausi_web;
  execute format('create policy web_update on app.site_person for update to kuukausi_web using (%1$s and %2$s) with check (%1$s and %2$s)', app.rule_org(), app.rule_role('coordinator'));
  execute format('create policy web_update on app.trial_evidence for update to kuukausi_web using (%1$s and %2$s) with check (%1$s and %2$s)', app.rule_org(), app.rule_grant('enrolment_id', 'enrolment_id', 'coach', 'pair', 'substitute', 'coordinator', 'expert'));
  call app.protect('trial_diary', participant || ' or (shared and ' || app.rule_role('coach') || ' and ' || coach || ')', 'select insert', participant);
  call app.protect('trial_checkin', staff, 'select insert', coordinator);
  grant update (due_on, contact_id) on app.trial_checkin to kuukausi_web;
  execute format('create policy web_update on app.trial_checkin for update to kuukausi_web using (%1$s and %2$s) with check (%1$s and %2$s)', app.rule_org(), staff);
  call app.protect('trial_end_change', '(' || parties || ') and ' || seen, 'select insert', coordinator);
  call app.protect('trial_problem', mine, 'select insert', '(told_by = ''participant'' or not ' || app.rule_role('participant') || ') and ' || mine);
  revoke insert on app.trial_problem from kuukausi_web;
  grant insert (org_id, id, trial_id, enrolment_id, category, body, told_by, act_by) on app.trial_problem to kuukausi_web;
  grant update (acted, acted_on, acted_by, version) on app.trial_problem to kuukausi_web;
  execute format('create policy web_update on app.trial_problem for update to kuukausi_web using (%1$s and %2$s) with check (%1$s and %2$s)', app.rule_org(), coordinator);
  call app.protect('organiser_assessment', '(' || parties || ') and ' || seen, 'select insert', staff);
  revoke insert on app.organiser_assessment from kuukausi_web;
  grant insert (org_id, trial_id, enrolment_id, number, suitability, skills, given_by, given_on, how) on app.organiser_assessment to kuukausi_web;
  grant update (comment, commented_at, version) on app.organiser_assessment to kuukausi_web;
  execute format('create policy web_update on app.organiser_assessment for update to kuukausi_web using (%1$s and %2$s) with check (%1$s and %2$s)', app.rule_org(), participant);
  call app.protect('assessment_waiver', '(' || parties || ') and ' || seen, 'select insert', expert);
  -- that somebody approved it themself only they can say
  call app.protect('placement_profile', coach || ' or ' || participant || ' or (approved_on is not null and ' || coordinator || ')', 'select insert update', '(approved_how <> ''self'' and ' || coach || ') or ' || participant);
  call app.protect('open_day', app.rule_role('coach', 'coordinator') || ' or ' || app.rule_role('participant') || ' and (cohort_id is null or ' || app.rule_grant('cohort_id', 'cohort_id', 'participant') || ')', 'select insert', app.rule_role('coach', 'coordinator') || ' and (cohort_id is null or ' || app.rule_duty('cohort_id') || ')');
  grant update (cancelled_at, version) on app.open_day to kuukausi_web;
  execute format('create policy web_update on app.open_day for update to kuukausi_web using (%1$s) with check (%1$s)', app.rule_org() || ' and (' || app.rule_role('coordinator') || ' or ' || app.rule_role('coach') || ' and ' || app.rule_me('entered_by') || ') and (cohort_id is null or ' || app.rule_duty('cohort_id') || ')');
  revoke insert on app.open_day from kuukausi_web;
  grant insert (org_id, id, kind, site_id, cohort_id, held_on, starts_at, ends_at, place, what, seats) on app.open_day to kuukausi_web;
  call app.protect('open_day_signup', mine, 'select insert', mine);
  grant update (withdrawn_at) on app.open_day_signup to kuukausi_web;
  execute format('create policy web_update on app.open_day_signup for update to kuukausi_web using (%1$s) with check (%1$s)', app.rule_org() || ' and ' || mine);
  -- an administrator writes the organisation's own numbers, from today on; nobody changes what was judged by
  grant insert on app.law_override to kuukausi_web;
  grant update (value, source, checked_on, entered_by) on app.law_override to kuukausi_web;
  execute format('create policy web_update on app.law_override for update to kuukausi_web using (%1$s and %2$s and valid_from >= (select (nullif(current_setting(''app.now'', true), '''')::timestamptz at time zone ''Europe/Helsinki'')::date)) with check (%1$s and %2$s)', app.rule_org(), app.rule_role('admin'));
  execute format('create policy web_insert on app.law_override for insert to kuukausi_web with check (%s and %s and valid_from >= (select (nullif(current_setting(''app.now'', true), '''')::timestamptz at time zone ''Europe/Helsinki'')::date))', app.rule_org(), app.rule_role('admin'));
  -- who signs in the app signs for themself; what is on paper the coordinator enters
  execute 'drop policy web_insert on app.trial_signature';
  execute format('create policy web_insert on app.trial_signature for insert to kuukausi_web with check (%s and ((how = ''paper'' and %s) or (how = ''app'' and party = ''authority'' and %s) or (how = ''app'' and party = ''participant'' and %s)))', app.rule_org(), coordinator, expert, participant);
  -- a participant knows who supervises them and whose the site is
  execute format('create policy mine on app.site_person for select to kuukausi_web using (%s and %s and id in (select t.supervisor_id from app.trial t))', app.rule_org(), app.rule_role('participant'));
  execute format('create policy mine on app.employer for select to kuukausi_web using (%s and %s and id in (select i.employer_id from app.site i join app.trial t on t.org_id = i.org_id and t.site_id = i.id))', app.rule_org(), app.rule_role('participant'));
end $$;
-- +goose StatementEnd
alter table app.law_override add constraint override_unit check (value >= 0);

-- The answer to a proposal: by the participant, or told to staff who work with them, on the terms they were shown.
-- +goose StatementBegin
create function app.answer_trial(trial uuid, edition int, yes boolean, day date, way text) returns void language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare o uuid := nullif(current_setting('app.org', true), '')::uuid; me uuid := nullif(current_setting('app.actor', true), '')::uuid; moment timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
begin
  update app.trial t set accepted_on = case when yes then day end, accepted_how = case when yes then way else '' end, state = case when yes then t.state else 'declined' end
   where t.org_id = o and t.id = answer_trial.trial and t.version = answer_trial.edition and t.state = 'draft'
     and exists (select from app.case_grant g where g.org_id = o and g.user_id = me and g.enrolment_id = t.enrolment_id and g.kind in ('coach', 'pair', 'substitute', 'coordinator', 'participant')
       and g.valid_from <= moment and g.valid_until > moment);
  if not found then
    raise exception using errcode = '40001', message = 'no proposal of a case of one''s own in this edition';
  end if;
end $$;
-- +goose StatementEnd

-- places_held: how many trials, proposed or agreed, hold a place of a site on any day of a period, whoever's cases they
-- are (rulings.md 8). The day with the most counts.
-- +goose StatementBegin
create function app.places_held(site uuid, starts date, ends date, but uuid) returns int language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with held as (select greatest(t.starts_on, places_held.starts) a, least(t.ends_on, places_held.ends) b from app.trial t
    where t.org_id = nullif(current_setting('app.org', true), '')::uuid and t.site_id = places_held.site and t.state in ('draft', 'active') and t.id is distinct from places_held.but
      and t.starts_on <= places_held.ends and t.ends_on >= places_held.starts)
  select coalesce(max((select count(*) from held h where h.a <= d.a and h.b >= d.a)), 0)::int from held d
   where current_setting('app.role', true) in ('coach', 'coordinator', 'expert')
$$;
-- +goose StatementEnd
-- places_free: the fewest free places of a site on the days of a period; null where nobody has said how many there are.
-- +goose StatementBegin
create function app.places_free(site uuid, starts date, ends date, but uuid) returns int language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select min(c.places - app.places_held(places_free.site, greatest(c.from_on, places_free.starts), least(c.until_on, places_free.ends), places_free.but))::int
    from app.site_capacity c
   where c.org_id = nullif(current_setting('app.org', true), '')::uuid and c.site_id = places_free.site and not c.ended and c.from_on <= places_free.ends and c.until_on >= places_free.starts
     and current_setting('app.role', true) in ('coach', 'coordinator', 'expert')
$$;
-- +goose StatementEnd
-- site_holds: which days of which sites trials hold, proposed or agreed: whose they are is not told.
-- +goose StatementBegin
create function app.site_holds(starts date, ends date) returns table (site_id uuid, starts_on date, ends_on date) language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select t.site_id, t.starts_on, t.ends_on from app.trial t
   where t.org_id = nullif(current_setting('app.org', true), '')::uuid and t.state in ('draft', 'active') and t.starts_on <= site_holds.ends and t.ends_on >= site_holds.starts
     and current_setting('app.role', true) = 'coordinator'
$$;
-- +goose StatementEnd
-- site_history: what was tried with each site, or with one, as numbers: nobody's name, nobody's case.
-- +goose StatementBegin
create function app.site_history(one uuid) returns table (site_id uuid, proposed int, active int, ended int, cancelled int, hired int, people int)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.id, coalesce(t.proposed, 0), coalesce(t.active, 0), coalesce(t.ended, 0), coalesce(t.cancelled, 0), coalesce(t.hired, 0), coalesce(t.people, 0)
    from app.site s
    left join lateral (select (count(*) filter (where x.state = 'draft'))::int proposed, (count(*) filter (where x.state = 'active'))::int active, (count(*) filter (where x.state = 'ended'))::int ended,
        (count(*) filter (where x.state in ('cancelled', 'declined')))::int cancelled, (count(*) filter (where x.hired = 'yes'))::int hired, count(distinct x.enrolment_id)::int people
      from app.trial x where x.org_id = s.org_id and x.site_id = s.id) t on true
   where s.org_id = nullif(current_setting('app.org', true), '')::uuid and (site_history.one is null or s.id = site_history.one) and current_setting('app.role', true) in ('coach', 'coordinator', 'expert')
$$;
-- +goose StatementEnd
-- seat_hold: an open day one may see, locked until the sign-up is decided. count_seats: the seats, counted anew.
-- +goose StatementBegin
create function app.seat_hold(day uuid) returns table (id uuid, cohort_id uuid, held_on date, seats int, seats_taken int, cancelled boolean) language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare o uuid := nullif(current_setting('app.org', true), '')::uuid; me uuid := nullif(current_setting('app.actor', true), '')::uuid; who text := current_setting('app.role', true);
begin
  return query select d.id, d.cohort_id, d.held_on, d.seats::int, d.seats_taken::int, d.cancelled_at is not null from app.open_day d
   where d.org_id = o and d.id = seat_hold.day and (who in ('coach', 'coordinator') or who = 'participant' and (d.cohort_id is null or d.cohort_id in (select g.cohort_id from app.case_grant g where g.org_id = o and g.user_id = me and g.kind = 'participant'
       and g.valid_from <= nullif(current_setting('app.now', true), '')::timestamptz and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz)))
     for update of d;
end $$;
-- +goose StatementEnd
-- +goose StatementBegin
create function app.count_seats(day uuid) returns void language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update app.open_day d set seats_taken = (select count(*) from app.open_day_signup u where u.org_id = d.org_id and u.open_day_id = d.id and u.withdrawn_at is null)
   where d.org_id = nullif(current_setting('app.org', true), '')::uuid and d.id = count_seats.day
$$;
-- +goose StatementEnd
-- lock_person: trials of one person are judged one after another, whichever case they are of: by somebody who works with
-- the case, or whose it is.
-- +goose StatementBegin
create function app.lock_person(enrolment uuid) returns void language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare o uuid := nullif(current_setting('app.org', true), '')::uuid;
begin
  perform from app.participant p where p.org_id = o and p.id = (select g.participant_id from app.case_grant g
    where g.org_id = o and g.enrolment_id = lock_person.enrolment and g.user_id = nullif(current_setting('app.actor', true), '')::uuid and g.kind = 'coordinator'
      and g.valid_from <= nullif(current_setting('app.now', true), '')::timestamptz and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz limit 1) for update;
end $$;
-- +goose StatementEnd
-- trials_of_person: what counts for the six months in total, of all cases of the person of a case one works with, whether
-- one works with those or not (rulings.md 8). Where and on whose word is told only of what one may see.
-- +goose StatementBegin
create function app.trials_of_person(enrolment uuid) returns table (id uuid, site_name text, state text, starts_on date, ends_on date, source text, evidence text, "by" text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare o uuid := nullif(current_setting('app.org', true), '')::uuid; me uuid := nullif(current_setting('app.actor', true), '')::uuid; moment timestamptz := nullif(current_setting('app.now', true), '')::timestamptz; person uuid;
begin
  select g.participant_id into person from app.case_grant g where g.org_id = o and g.enrolment_id = trials_of_person.enrolment and g.user_id = me and g.kind <> 'follow_up' and g.valid_from <= moment and g.valid_until > moment limit 1;
  if person is null then return; end if;
  return query
  with cases as (select e.id, exists (select from app.case_grant g where g.org_id = o and g.enrolment_id = e.id and g.user_id = me and g.kind <> 'follow_up' and g.valid_from <= moment and g.valid_until > moment) seen
    from app.enrolment e where e.org_id = o and e.participant_id = person)
  select t.id, case when c.seen and not (t.protected and current_setting('app.role', true) = 'expert') then i.name else '' end, t.state, t.starts_on, t.ends_on, '', '', ''
    from cases c join app.trial t on t.org_id = o and t.enrolment_id = c.id join app.site i on i.org_id = t.org_id and i.id = t.site_id
  union all
  select v.id, case when c.seen then v.organiser else '' end, case v.kind when 'trial' then 'elsewhere' else 'unemployed' end, v.from_on, v.until_on, v.source, case when c.seen then v.evidence else '' end, case when c.seen then m.name else '' end
    from cases c join app.trial_evidence v on v.org_id = o and v.enrolment_id = c.id and v.withdrawn_at is null join app.membership m on m.org_id = v.org_id and m.id = v.entered_by
  order by 4 limit 200;
end $$;
-- +goose StatementEnd
revoke insert, update on app.trial from kuukausi_web;
grant insert (org_id, id, enrolment_id, site_id, supervisor_id, purpose, starts_on, ends_on, starts_at, day_minutes, week_days, tasks, goals, payer, current_employer, former_employer, bars_clear, continuing, conditions, benefit_check, judged) on app.trial to kuukausi_web;
grant update (site_id, supervisor_id, purpose, starts_on, ends_on, starts_at, day_minutes, week_days, tasks, goals, payer, current_employer, former_employer, bars_clear, continuing, conditions, benefit_check, judged, accepted_on, accepted_how,
  state, insurance_on, insurance_by, end_reason, terminated_by, notice_on, hired, agreed_until, version) on app.trial to kuukausi_web;
-- A trial comes into force with the signatures of its terms, the person's answer and the insurance; the answer itself is
-- given through app.answer_trial alone.
-- +goose StatementBegin
create function app.trial_kept() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if current_user <> 'kuukausi_web' then return new; end if;
  if new.accepted_on is not null and new.accepted_on is distinct from old.accepted_on
     or new.state = 'active' and old.state <> 'active' and (new.accepted_on is null or new.insurance_on is null or not new.bars_clear
       or (select count(distinct g.party) from app.trial_signature g where g.org_id = new.org_id and g.trial_id = new.id and g.trial_version = new.version) < 3) then
    raise exception using errcode = '42501', message = 'an agreement comes into force signed, answered and insured';
  end if;
  return new;
end $$;
-- +goose StatementEnd
create trigger kept before update on app.trial for each row execute function app.trial_kept();
call app.open_to('kuukausi_duty', 'site', 'select');
call app.open_to('kuukausi_duty', 'site_capacity', 'select');
call app.open_to('kuukausi_duty', 'site_contact', 'select');
call app.open_to('kuukausi_duty', 'open_day', 'select, update');
alter function app.seat_hold owner to kuukausi_duty;
alter function app.count_seats owner to kuukausi_duty;
alter function app.lock_person owner to kuukausi_duty;
alter function app.trials_of_person owner to kuukausi_duty;
call app.open_to('kuukausi_duty', 'open_day_signup', 'select');
call app.open_to('kuukausi_duty', 'trial_evidence', 'select');
-- trial_contact_days: a participant knows that a contact with their site took place, not who made it or what was said.
-- +goose StatementBegin
create function app.trial_contact_days(trial uuid) returns table (on_day date) language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select k.on_day from app.site_contact k join app.trial t on t.org_id = k.org_id and t.id = k.trial_id
    join app.case_grant g on g.org_id = t.org_id and g.enrolment_id = t.enrolment_id and g.kind = 'participant'
   where k.org_id = nullif(current_setting('app.org', true), '')::uuid and k.trial_id = trial_contact_days.trial and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
     and g.valid_from <= nullif(current_setting('app.now', true), '')::timestamptz and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
$$;
-- +goose StatementEnd
alter function app.trial_contact_days owner to kuukausi_duty;
alter function app.answer_trial owner to kuukausi_duty;
alter function app.places_held owner to kuukausi_duty;
alter function app.places_free owner to kuukausi_duty;
alter function app.site_holds owner to kuukausi_duty;
alter function app.site_history owner to kuukausi_duty;
revoke execute on all routines in schema app from public;
grant execute on function app.answer_trial, app.places_held, app.places_free, app.site_holds, app.site_history, app.seat_hold, app.count_seats, app.lock_person, app.trials_of_person, app.trial_contact_days to kuukausi_web;
grant execute on function app.places_held to kuukausi_duty;

-- Trials that stand already have the contacts that are still to come from their programme.
alter table app.trial no force row level security;
alter table app.trial_signature no force row level security;
alter table app.trial_checkin no force row level security;
alter table app.enrolment no force row level security;
alter table app.programme_contact no force row level security;
insert into app.trial_checkin (org_id, id, trial_id, enrolment_id, code, due_on)
select t.org_id, gen_random_uuid(), t.id, t.enrolment_id, c.code, case when c.day_offset >= 0 then least(t.starts_on + c.day_offset, t.ends_on) else greatest(t.ends_on + c.day_offset, t.starts_on) end
  from app.trial t join app.enrolment e on e.org_id = t.org_id and e.id = t.enrolment_id
  join app.programme_contact c on c.org_id = e.org_id and c.version_id = e.version_id
 where t.state = 'active' and c.code <> 'before' and (case when c.day_offset >= 0 then t.starts_on + c.day_offset else t.ends_on + c.day_offset end) >= current_date;
update app.trial t set judged = coalesce((select jsonb_agg(jsonb_build_object('Key', l.key, 'Value', l.value::int, 'Source', l.source) order by l.key)
  from app.law_value l where l.key in ('trial_day_min', 'trial_day_max', 'trial_week_days_max', 'trial_total_max', 'trial_restart_after', 'trial_young_restart_after', 'trial_young_below') and l.valid_from <= t.starts_on), '[]'), bars_clear = t.state <> 'draft', accepted_on = case when t.state <> 'draft' then (select min(g.signed_on) from app.trial_signature g where g.org_id = t.org_id and g.trial_id = t.id and g.party = 'participant') end;
update app.trial t set accepted_how = 'paper' where t.accepted_on is not null;
alter table app.trial_signature force row level security;
alter table app.trial force row level security;
alter table app.trial_checkin force row level security;
alter table app.enrolment force row level security;
alter table app.programme_contact force row level security;

-- +goose Down
drop trigger kept on app.trial;
drop index app.trial_of_site, app.trial_held;
create index on app.trial (org_id, site_id);
drop function app.answer_trial, app.places_held, app.places_free, app.site_holds, app.site_history, app.seat_hold, app.count_seats, app.lock_person, app.trials_of_person, app.trial_contact_days, app.trial_kept;
drop table app.open_day_signup, app.open_day, app.placement_profile, app.assessment_waiver, app.organiser_assessment, app.trial_diary, app.trial_problem, app.trial_end_change, app.trial_checkin, app.trial_evidence, app.site_capacity cascade;
drop policy mine on app.site_person;
drop policy web_update on app.site_person;
alter table app.site_person drop ended, drop version;
drop policy mine on app.employer;
drop policy web_insert on app.law_override;
drop policy web_update on app.law_override;
revoke insert, update on app.law_override from kuukausi_web;
alter table app.law_override drop entered_by, drop constraint override_unit;
alter table app.trial_signature drop constraint trial_signature_org_id_trial_id_enrolment_id_fkey;
alter table app.site_contact drop about;
alter table app.trial drop constraint trial_of_case, drop constraint trial_state_check, drop accepted_on, drop accepted_how, drop continuing, drop former_employer, drop bars_clear, drop conditions, drop judged, drop terminated_by, drop notice_on, drop agreed_until, drop hired, drop benefit_check;
alter table app.trial add constraint trial_state_check check (state in ('draft', 'active', 'ended', 'cancelled')) not valid;
grant insert, update on app.trial to kuukausi_web;
alter table app.site drop field, drop contact_limit, drop cooled_until, drop cooled_reason;
alter table app.employer drop kind, drop owner_id;

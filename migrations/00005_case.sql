-- +goose Up
create table app.participant (
  org_id uuid not null references app.organisation,
  id uuid not null,
  account_id uuid references app.account,
  first_name text not null,
  last_name text not null,
  born_on date not null,
  municipality text not null default '',
  phone text not null default '',
  email text not null default '',
  lang text not null default 'fi' check (lang in ('fi', 'sv', 'en')),
  strengths text not null default '',
  version int not null default 1,
  created_by uuid not null,
  created_at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, created_by) references app.membership
);

-- places_taken counts without anyone having to see the others' rows (rulings.md 8).
create table app.cohort (
  org_id uuid not null references app.organisation,
  id uuid not null,
  version_id uuid not null,
  name text not null,
  place text not null default '',
  state text not null default 'draft' check (state in ('draft', 'open', 'confirmed', 'running', 'closed', 'archived', 'cancelled')),
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  size_min smallint not null,
  size_max smallint not null,
  places_taken smallint not null default 0 check (places_taken >= 0 and places_taken <= size_max),
  start_reason text not null default '',
  version int not null default 1,
  created_by uuid not null,
  created_at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  closed_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, version_id) references app.programme_version,
  foreign key (org_id, created_by) references app.membership
);
create index cohort_by_start on app.cohort (org_id, starts_on desc);

-- One person's time in one programme. closed_at, funding and legal_hold serve retention.
create table app.enrolment (
  org_id uuid not null references app.organisation,
  id uuid not null,
  participant_id uuid not null,
  cohort_id uuid,
  version_id uuid not null,
  state text not null check (state in ('referred', 'invited', 'accepted', 'preparing', 'active', 'review', 'completed', 'withdrawn', 'interrupted', 'not_started')),
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  search_shared boolean not null default false,
  closed_reason text not null default '',
  funding text not null default '' check (funding in ('', 'ESF')),
  legal_hold boolean not null default false,
  closed_at timestamptz,
  version int not null default 1,
  created_by uuid not null,
  created_at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, participant_id) references app.participant,
  foreign key (org_id, cohort_id) references app.cohort,
  foreign key (org_id, version_id) references app.programme_version,
  foreign key (org_id, created_by) references app.membership
);
create index enrolment_by_cohort on app.enrolment (org_id, cohort_id);
create unique index enrolment_once on app.enrolment (org_id, participant_id, cohort_id)
  where state in ('referred', 'invited', 'accepted', 'preparing', 'active', 'review');

-- Who has been in which state since when, and who said so.
create table app.enrolment_state (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  state text not null,
  reason text not null default '',
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  by_id uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  primary key (org_id, id),
  foreign key (org_id, enrolment_id) references app.enrolment
);
create index on app.enrolment_state (org_id, enrolment_id, at);

-- Duties: who works with a cohort, and who is a party of one person's case.
create table app.cohort_duty (
  org_id uuid not null,
  id uuid not null,
  cohort_id uuid not null,
  user_id uuid not null,
  kind text not null check (kind in ('coach', 'pair', 'substitute', 'coordinator')),
  valid_from timestamptz not null,
  valid_until timestamptz not null check (valid_until >= valid_from),
  reason text not null default '',
  primary key (org_id, id),
  foreign key (org_id, cohort_id) references app.cohort,
  foreign key (org_id, user_id) references app.membership
);
create index duty_live on app.cohort_duty (org_id, user_id, valid_until) include (cohort_id, valid_from);
create index on app.cohort_duty (org_id, cohort_id);
create table app.enrolment_party (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  user_id uuid not null,
  kind text not null check (kind in ('coach', 'expert', 'participant', 'follow_up')),
  valid_from timestamptz not null,
  valid_until timestamptz not null check (valid_until >= valid_from),
  reason text not null default '',
  primary key (org_id, id),
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, user_id) references app.membership
);
create index on app.enrolment_party (org_id, enrolment_id);
create index on app.enrolment_party (org_id, user_id);

-- Who may work on whose case. Nobody writes here: the duties above do (source_id).
create table app.case_grant (
  org_id uuid not null,
  user_id uuid not null,
  enrolment_id uuid not null,
  participant_id uuid not null,
  cohort_id uuid,
  kind text not null check (kind in ('coach', 'pair', 'substitute', 'coordinator', 'expert', 'participant', 'follow_up')),
  source_id uuid not null,
  valid_from timestamptz not null,
  valid_until timestamptz not null,
  reason text not null,
  primary key (org_id, user_id, enrolment_id, source_id),
  foreign key (org_id, user_id) references app.membership,
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, participant_id) references app.participant
);
create index grant_live on app.case_grant (org_id, user_id, valid_until) include (enrolment_id, participant_id, cohort_id, kind, valid_from);
create index on app.case_grant (org_id, source_id);
create index on app.case_grant (org_id, enrolment_id);

create table app.voluntary_choice (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  chosen_on date not null,
  how text not null check (how in ('portal', 'paper', 'oral')),
  lang text not null,
  text_version_id uuid not null,
  entered_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, text_version_id) references app.text_version
);
create index on app.voluntary_choice (org_id, enrolment_id);

create table app.goal (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  number smallint not null,
  kind text not null check (kind in ('employment', 'study', 'trial_place', 'step', 'other')),
  body text not null,
  how text not null check (how in ('self', 'present', 'phone', 'paper')),
  entered_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  unique (org_id, enrolment_id, number),
  foreign key (org_id, enrolment_id) references app.enrolment
);

create table app.meeting (
  org_id uuid not null,
  id uuid not null,
  cohort_id uuid,
  enrolment_id uuid,
  held_on date not null,
  half smallint not null check (half in (1, 2)),
  day smallint not null,
  week smallint not null,
  starts_at smallint not null,
  ends_at smallint not null,
  kind text not null check (kind in ('group', 'trial', 'single')),
  version int not null default 1,
  primary key (org_id, id),
  check ((cohort_id is null) <> (enrolment_id is null)),
  unique (org_id, cohort_id, held_on, half),
  unique (org_id, enrolment_id, held_on, half),
  foreign key (org_id, cohort_id) references app.cohort,
  foreign key (org_id, enrolment_id) references app.enrolment
);
create index meeting_by_cohort on app.meeting (org_id, cohort_id, day, half);

-- One row a person, date and half-day: two marks for one half-day cannot be (rulings.md 14).
create table app.attendance (
  org_id uuid not null,
  enrolment_id uuid not null,
  held_on date not null,
  half smallint not null check (half in (1, 2)),
  -- p present, l late, n absent notified, u absent unknown, i job interview, r final review, v workplace visit, e excused otherwise
  mark text not null check (mark in ('p', 'l', 'n', 'u', 'i', 'r', 'v', 'e')),
  remark text not null default '',
  meeting_id uuid not null,
  on_trial boolean not null default false,
  marked_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  marked_at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, enrolment_id, held_on, half),
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, meeting_id) references app.meeting
) with (fillfactor = 85);
create index attendance_map on app.attendance (org_id, enrolment_id, held_on, half) include (mark, on_trial);
-- What a corrected mark was before, and who had set it when.
create table app.attendance_before (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  held_on date not null,
  half smallint not null,
  mark text not null,
  remark text not null,
  on_trial boolean not null,
  marked_by uuid not null,
  marked_at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, enrolment_id) references app.enrolment
);
create index on app.attendance_before (org_id, enrolment_id, held_on, half);

-- The job-search log; shared is the participant's word, copied to each row so that the policy can read it.
create table app.search_step (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  kind text not null check (kind in ('application', 'call', 'hidden_job', 'interview', 'rehearsal', 'visit', 'offer')),
  done_on date not null,
  shared boolean not null,
  primary key (org_id, id),
  foreign key (org_id, enrolment_id) references app.enrolment
);
create index on app.search_step (org_id, enrolment_id) include (kind, done_on, shared);

-- +goose StatementBegin
do $$
declare staff text := app.rule_role('coach', 'coordinator', 'expert', 'admin', 'handed');
        duty text := app.rule_duty('cohort_id');
        mine text := app.rule_grant('enrolment_id', 'enrolment_id', 'coach', 'pair', 'substitute', 'participant');
        coach text := app.rule_grant('enrolment_id', 'enrolment_id', 'coach', 'pair', 'substitute');
begin
  call app.protect('participant', app.rule_grant('id', 'participant_id', 'coach', 'pair', 'substitute', 'coordinator', 'expert', 'participant', 'follow_up'), 'select');
  execute 'grant insert, update on app.participant to kuukausi_web';
  execute format('create policy web_insert on app.participant for insert to kuukausi_web with check (%s and %s and %s)', app.rule_org(), app.rule_me('created_by'), app.rule_role('coach', 'coordinator', 'expert'));
  execute format('create policy web_update on app.participant for update to kuukausi_web using (%1$s and %2$s) with check (%1$s and %2$s)', app.rule_org(), app.rule_grant('id', 'participant_id', 'coach', 'pair', 'substitute', 'participant'));

  call app.protect('cohort', app.rule_duty('id') || ' or ' || app.rule_grant('id', 'cohort_id', 'expert', 'participant'), 'select');
  execute 'grant insert, update on app.cohort to kuukausi_web';
  execute format('create policy web_insert on app.cohort for insert to kuukausi_web with check (%s and %s and %s)', app.rule_org(), app.rule_me('created_by'), app.rule_role('coach', 'coordinator'));
  execute format('create policy web_update on app.cohort for update to kuukausi_web using (%1$s and %2$s) with check (%1$s and %2$s)', app.rule_org(), app.rule_duty('id'));

  call app.protect('enrolment', app.rule_grant('id', 'enrolment_id', 'coach', 'pair', 'substitute', 'coordinator', 'expert', 'participant', 'follow_up'), 'select');
  execute 'grant insert, update (state, version, closed_at, closed_reason, search_shared) on app.enrolment to kuukausi_web';
  execute format('create policy web_insert on app.enrolment for insert to kuukausi_web with check (%s and %s and %s and (cohort_id is null or %s))', app.rule_org(), app.rule_me('created_by'), app.rule_role('coach', 'coordinator'), duty);
  execute format('create policy web_update on app.enrolment for update to kuukausi_web using (%1$s and %2$s) with check (%1$s and %2$s)', app.rule_org(), app.rule_grant('id', 'enrolment_id', 'coach', 'pair', 'substitute', 'coordinator'));

  call app.protect('enrolment_state', app.rule_grant('enrolment_id', 'enrolment_id', 'coach', 'pair', 'substitute', 'coordinator', 'expert', 'participant'), 'select insert');
  call app.protect('voluntary_choice', app.rule_grant('enrolment_id', 'enrolment_id', 'coach', 'pair', 'substitute', 'expert', 'participant'), 'select insert', coach || ' or ' || app.rule_grant('enrolment_id', 'enrolment_id', 'coordinator', 'participant'));
  call app.protect('goal', mine, 'select insert');
  call app.protect('meeting', duty || ' or ' || app.rule_grant('cohort_id', 'cohort_id', 'participant') || ' or ' || mine, 'select insert update', duty || ' or ' || coach);
  -- the coordinator sees trial half-days only (rulings.md 4)
  -- (one subplan and a role instead of two subplans: a duty's kind and its member's role agree, assign_duty sees to it)
  call app.protect('attendance', '(on_trial or not ' || app.rule_role('coordinator') || ') and ' || app.rule_grant('enrolment_id', 'enrolment_id', 'coach', 'pair', 'substitute', 'coordinator', 'participant'), 'select insert update', coach);
  call app.protect('attendance_before', coach, 'select insert');
  call app.protect('search_step', '(shared or ' || app.rule_role('participant') || ') and ' || mine, 'select insert update', mine);

  call app.protect('cohort_duty', staff, 'select');
  call app.protect('enrolment_party', app.rule_role('admin') || ' or ' || app.rule_grant('enrolment_id', 'enrolment_id', 'coach', 'pair', 'substitute', 'coordinator', 'expert', 'participant'), 'select');
  call app.protect('case_grant', app.rule_me('user_id'), 'select');
  -- colleagues know each other; a participant's membership is known to themself and to the parties of their case
  execute 'drop policy web_select on app.membership';
  execute format('create policy web_select on app.membership for select to kuukausi_web using (%s and (role <> ''participant'' or %s or id in (select p.user_id from app.enrolment_party p where p.kind = ''participant'')))', app.rule_org(), app.rule_me('id'));
end $$;
-- +goose StatementEnd

-- The duty role reads and writes what the triggers below need, and nothing else.
call app.open_to('kuukausi_duty', 'cohort_duty', 'select, insert, update');
call app.open_to('kuukausi_duty', 'enrolment_party', 'select, insert, update');
call app.open_to('kuukausi_duty', 'case_grant', 'select, insert, update');
call app.open_to('kuukausi_duty', 'enrolment', 'select');
call app.open_to('kuukausi_duty', 'cohort', 'select');
call app.open_to('kuukausi_duty', 'login_session', 'select, delete');
call app.open_to('kuukausi_duty', 'membership', 'select');

-- A duty on a cohort reaches everyone in it, now and later.
-- +goose StatementBegin
create function app.duty_grants() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into app.case_grant (org_id, user_id, enrolment_id, participant_id, cohort_id, kind, source_id, valid_from, valid_until, reason)
    select new.org_id, new.user_id, e.id, e.participant_id, e.cohort_id, new.kind, new.id, new.valid_from, new.valid_until, 'duty'
      from app.enrolment e where e.org_id = new.org_id and e.cohort_id = new.cohort_id;
  else
    update app.case_grant set valid_from = new.valid_from, valid_until = new.valid_until where org_id = new.org_id and source_id = new.id;
  end if;
  return null;
end $$;
-- +goose StatementEnd
-- +goose StatementBegin
create function app.party_grants() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into app.case_grant (org_id, user_id, enrolment_id, participant_id, cohort_id, kind, source_id, valid_from, valid_until, reason)
    select new.org_id, new.user_id, e.id, e.participant_id, e.cohort_id, new.kind, new.id, new.valid_from, new.valid_until, 'party'
      from app.enrolment e where e.org_id = new.org_id and e.id = new.enrolment_id;
  else
    update app.case_grant set valid_from = new.valid_from, valid_until = new.valid_until where org_id = new.org_id and source_id = new.id;
  end if;
  return null;
end $$;
-- +goose StatementEnd
-- A new enrolment is reached by the cohort's live duties; without a cohort, by the one who made it. A person who
-- already has a case may be enrolled only by someone who has a duty on it: else enrolling would be a way in.
-- +goose StatementBegin
create function app.enrolment_grants() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare at timestamptz := coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now());
begin
  if tg_when = 'BEFORE' then
    if tg_op = 'UPDATE' then
      -- whom a case is about, and where it belongs, is not changed by an edit
      raise exception using errcode = '42501', message = 'an enrolment keeps its person and cohort';
    end if;
    if nullif(current_setting('app.actor', true), '') is not null
       and exists (select from app.enrolment e where e.org_id = new.org_id and e.participant_id = new.participant_id)
       and not exists (select from app.case_grant g where g.org_id = new.org_id and g.participant_id = new.participant_id
         and g.user_id = nullif(current_setting('app.actor', true), '')::uuid and g.valid_from <= at and g.valid_until > at) then
      raise exception using errcode = '42501', message = 'no duty on an earlier case of this person';
    end if;
    return new;
  end if;
  insert into app.case_grant (org_id, user_id, enrolment_id, participant_id, cohort_id, kind, source_id, valid_from, valid_until, reason)
  select d.org_id, d.user_id, new.id, new.participant_id, new.cohort_id, d.kind, d.id, d.valid_from, d.valid_until, 'duty'
    from app.cohort_duty d where d.org_id = new.org_id and d.cohort_id = new.cohort_id and d.valid_until > at;
  if new.cohort_id is null then
    insert into app.enrolment_party (org_id, id, enrolment_id, user_id, kind, valid_from, valid_until, reason)
    select new.org_id, new.id, new.id, m.id, 'coach', at, (new.ends_on + 30)::timestamptz, 'made the case'
      from app.membership m where m.org_id = new.org_id and m.id = new.created_by and m.role = 'coach';
  end if;
  return null;
end $$;
-- +goose StatementEnd
-- A membership that ends or changes role loses its duties and its sessions in the same moment.
-- +goose StatementBegin
create function app.membership_ends() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare at timestamptz := coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now());
begin
  if (old.disabled_at is null and new.disabled_at is not null) or old.role <> new.role then
    update app.cohort_duty set valid_until = greatest(at, valid_from) where org_id = new.org_id and user_id = new.id and valid_until > at;
    update app.enrolment_party set valid_until = greatest(at, valid_from) where org_id = new.org_id and user_id = new.id and valid_until > at;
    delete from app.login_session where org_id = new.org_id and membership_id = new.id;
  end if;
  return null;
end $$;
-- +goose StatementEnd
alter function app.duty_grants() owner to kuukausi_duty;
alter function app.party_grants() owner to kuukausi_duty;
alter function app.enrolment_grants() owner to kuukausi_duty;
alter function app.membership_ends() owner to kuukausi_duty;
create trigger grants after insert or update on app.cohort_duty for each row execute function app.duty_grants();
create trigger grants after insert or update on app.enrolment_party for each row execute function app.party_grants();
create trigger guard before insert on app.enrolment for each row execute function app.enrolment_grants();
create trigger keeps before update of participant_id, cohort_id on app.enrolment for each row
  when (old.participant_id <> new.participant_id or old.cohort_id is distinct from new.cohort_id) execute function app.enrolment_grants();
create trigger grants after insert on app.enrolment for each row execute function app.enrolment_grants();
create trigger ends after update on app.membership for each row execute function app.membership_ends();

-- Sharing the job-search log is one word of the participant; each step carries it, so that the policy can read it.
call app.open_to('kuukausi_duty', 'search_step', 'select, update');
-- +goose StatementBegin
create function app.search_sharing() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update app.search_step set shared = new.search_shared where org_id = new.org_id and enrolment_id = new.id;
  return null;
end $$;
-- +goose StatementEnd
alter function app.search_sharing() owner to kuukausi_duty;
create trigger sharing after update of search_shared on app.enrolment for each row when (old.search_shared <> new.search_shared) execute function app.search_sharing();

-- assign_duty: the pair of a new cohort is named by the one who makes it; later only an administrator may add a duty,
-- and never for themself, under whatever membership of theirs.
-- +goose StatementBegin
create function app.assign_duty(duty_id uuid, cohort uuid, member uuid, duty_kind text, until timestamptz, why text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare o uuid := current_setting('app.org')::uuid; me uuid := current_setting('app.actor')::uuid; at timestamptz := current_setting('app.now')::timestamptz;
begin
  if not (current_setting('app.role') = 'admin' and not exists (select from app.membership a join app.membership b on b.org_id = a.org_id and b.account_id = a.account_id where a.org_id = o and a.id = me and b.id = member)
       or exists (select from app.cohort c where c.org_id = o and c.id = cohort and c.created_by = me and c.created_at = at)) then
    raise exception using errcode = '42501', message = 'nobody grants themself a duty';
  end if;
  if not exists (select from app.membership m where m.org_id = o and m.id = member and m.disabled_at is null
       and m.role = case duty_kind when 'coordinator' then 'coordinator' else 'coach' end) then
    raise exception using errcode = '42501', message = 'a duty of another role';
  end if;
  insert into app.cohort_duty (org_id, id, cohort_id, user_id, kind, valid_from, valid_until, reason) values (o, duty_id, cohort, member, duty_kind, at, until, why);
end $$;
-- +goose StatementEnd
-- assign_party: a party of a case, by someone who has a duty on it or an administrator; never themself.
-- +goose StatementBegin
create function app.assign_party(party_id uuid, enrolment uuid, member uuid, party_kind text, until timestamptz, why text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare o uuid := current_setting('app.org')::uuid; me uuid := current_setting('app.actor')::uuid; at timestamptz := current_setting('app.now')::timestamptz;
begin
  if exists (select from app.membership a join app.membership b on b.org_id = a.org_id and b.account_id = a.account_id where a.org_id = o and a.id = me and b.id = member) or not (current_setting('app.role') = 'admin' or exists (select from app.case_grant g where g.org_id = o and g.enrolment_id = enrolment
       and g.user_id = me and g.kind in ('coach', 'pair', 'substitute', 'coordinator') and g.valid_from <= at and g.valid_until > at)) then
    raise exception using errcode = '42501', message = 'nobody makes themself a party';
  end if;
  if not exists (select from app.membership m where m.org_id = o and m.id = member and m.disabled_at is null and (m.role = party_kind or party_kind = 'follow_up')) then
    raise exception using errcode = '42501', message = 'a party of another role';
  end if;
  insert into app.enrolment_party (org_id, id, enrolment_id, user_id, kind, valid_from, valid_until, reason) values (o, party_id, enrolment, member, party_kind, at, until, why);
end $$;
-- +goose StatementEnd
-- hand_over: all live duties of a leaver go to a successor of the same role, in one act of an administrator. It
-- returns how many there were.
-- +goose StatementBegin
create function app.hand_over(leaver uuid, successor uuid) returns int
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare o uuid := current_setting('app.org')::uuid; me uuid := current_setting('app.actor')::uuid; at timestamptz := current_setting('app.now')::timestamptz; n int; m int;
begin
  if current_setting('app.role') <> 'admin' or exists (select from app.membership a join app.membership b on b.org_id = a.org_id and b.account_id = a.account_id where a.org_id = o and a.id = me and b.id in (leaver, successor)) or leaver = successor or not exists (
    select from app.membership a join app.membership b on b.org_id = a.org_id and b.role = a.role
     where a.org_id = o and a.id = leaver and b.id = successor and b.disabled_at is null) then
    raise exception using errcode = '42501', message = 'duties go to a colleague of the same role, by an administrator';
  end if;
  with ended as (update app.cohort_duty d set valid_until = at where d.org_id = o and d.user_id = leaver and d.valid_until > at and d.valid_from <= at
                 returning d.org_id, d.cohort_id, d.kind, (select max(p.valid_until) from app.cohort_duty p where p.org_id = d.org_id and p.id = d.id) until)
  insert into app.cohort_duty (org_id, id, cohort_id, user_id, kind, valid_from, valid_until, reason)
  select e.org_id, gen_random_uuid(), e.cohort_id, successor, e.kind, at, e.until, 'hand-over' from ended e;
  get diagnostics n = row_count;
  with ended as (update app.enrolment_party d set valid_until = at where d.org_id = o and d.user_id = leaver and d.valid_until > at and d.valid_from <= at
                 returning d.org_id, d.enrolment_id, d.kind, (select max(p.valid_until) from app.enrolment_party p where p.org_id = d.org_id and p.id = d.id) until)
  insert into app.enrolment_party (org_id, id, enrolment_id, user_id, kind, valid_from, valid_until, reason)
  select e.org_id, gen_random_uuid(), e.enrolment_id, successor, e.kind, at, e.until, 'hand-over' from ended e;
  get diagnostics m = row_count;
  return n + m;
end $$;
-- +goose StatementEnd
alter function app.assign_duty owner to kuukausi_duty;
alter function app.assign_party owner to kuukausi_duty;
-- cases_of: whose cases a hand-over moves, for its audit row; an administrator may not read the grants themselves.
-- +goose StatementBegin
create function app.cases_of(member uuid) returns uuid[] language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(distinct g.enrolment_id), '{}') from app.case_grant g
   where current_setting('app.role', true) = 'admin' and g.org_id = nullif(current_setting('app.org', true), '')::uuid and g.user_id = cases_of.member
     and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
$$;
-- +goose StatementEnd
alter function app.cases_of owner to kuukausi_duty;
alter function app.hand_over owner to kuukausi_duty;
revoke execute on all routines in schema app from public;
grant execute on function app.assign_duty, app.assign_party, app.hand_over, app.cases_of to kuukausi_web;

-- +goose Down
drop table app.search_step, app.attendance_before, app.attendance, app.meeting, app.goal, app.voluntary_choice, app.case_grant, app.enrolment_party, app.cohort_duty,
  app.enrolment_state, app.enrolment, app.cohort, app.participant cascade;
drop function app.duty_grants, app.party_grants, app.enrolment_grants, app.membership_ends, app.search_sharing cascade;
drop function app.assign_duty, app.assign_party, app.hand_over, app.cases_of;

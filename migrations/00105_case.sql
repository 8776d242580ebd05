-- +goose Up
-- A case is one person's time in one programme. Person, cohort, case and the two tables of rights stand together and
-- before every room, because the policies and foreign keys of all rooms refer to them.
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
  no_phone boolean not null default false, -- does not want to be phoned: said where a stranger looks for the number
  lang text not null default 'fi' check (lang in ('fi', 'sv', 'en')),
  strengths text not null default '',
  code_known boolean not null default false, -- an identity code is known: said here, so that pages need not look elsewhere
  protected boolean not null default false,
  merged_into uuid,
  version int not null default 1,
  created_by uuid not null,
  created_at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, created_by) references app.membership,
  foreign key (org_id, merged_into) references app.participant
);
create index participant_by_birth on app.participant (org_id, born_on);

-- The shape is the version's: a published version never changes, so the copies agree.
-- The three counters count without anyone having to see the others' rows (internal/domain.md, ruling 8): places_taken,
-- places_offered for places held for somebody who was asked, and queue_last for the waiting list's numbers.
-- 00109_schedule.sql adds the foreign key of room_id.
create table app.cohort (
  org_id uuid not null references app.organisation,
  id uuid not null,
  version_id uuid not null,
  name text not null,
  place text not null default '',
  room_id uuid,
  state text not null default 'draft'
    check (state in ('draft', 'open', 'confirmed', 'running', 'closed', 'archived', 'cancelled')),
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  size_min smallint not null,
  size_max smallint not null,
  places_taken smallint not null default 0 check (places_taken >= 0 and places_taken <= size_max),
  places_offered smallint not null default 0 check (places_offered >= 0),
  queue_last smallint not null default 0,
  start_reason text not null default '',
  shape jsonb not null,
  version int not null default 1,
  created_by uuid not null,
  created_at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  closed_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, version_id) references app.programme_version,
  foreign key (org_id, created_by) references app.membership
);
create index cohort_by_start on app.cohort (org_id, starts_on desc);

-- The case. closed_at, funding and legal_hold serve retention.
create table app.enrolment (
  org_id uuid not null references app.organisation,
  id uuid not null,
  participant_id uuid not null,
  cohort_id uuid,
  version_id uuid not null,
  state text not null check (state in (
    'referred', 'invited', 'accepted', 'preparing', 'active', 'review', 'completed', 'unreviewed', 'withdrawn', 'moved',
    'died', 'interrupted', 'not_started'
  )),
  queue_number smallint check (queue_number > 0), -- the place on the waiting list, in the order of coming
  answer_by date, -- until when an offered place is held
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  search_shared boolean not null default false,
  funding text not null default '' check (funding in ('', 'ESF')),
  legal_hold boolean not null default false,
  shape jsonb not null,
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
create index enrolment_by_person on app.enrolment (org_id, participant_id); -- a person's cases, closed ones too
create unique index enrolment_once on app.enrolment (org_id, participant_id, cohort_id)
  where state in ('referred', 'invited', 'accepted', 'preparing', 'active', 'review');
create unique index enrolment_alone_once on app.enrolment (org_id, participant_id, version_id)
  where cohort_id is null and state in ('accepted', 'preparing', 'active', 'review');

-- Which state a case has been in since when, and who said so.
create table app.enrolment_state (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  state text not null,
  reason text not null default '', -- why a case was closed without its review
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  by_id uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  primary key (org_id, id),
  foreign key (org_id, enrolment_id) references app.enrolment
);
create index on app.enrolment_state (org_id, enrolment_id, at);

-- A duty says who works with a cohort. It reaches everyone in the cohort, now and later.
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

-- A party belongs to one person's case.
create table app.enrolment_party (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  user_id uuid not null,
  kind text not null check (kind in ('coach', 'coordinator', 'expert', 'participant', 'follow_up')),
  valid_from timestamptz not null,
  valid_until timestamptz not null check (valid_until >= valid_from),
  reason text not null default '',
  primary key (org_id, id),
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, user_id) references app.membership
);
create index on app.enrolment_party (org_id, enrolment_id);
create index on app.enrolment_party (org_id, user_id);

-- Who may work on whose case. Nobody writes here: the duties and parties above do (source_id). Break-glass and
-- protection orders write their own rows.
create table app.case_grant (
  org_id uuid not null,
  user_id uuid not null,
  enrolment_id uuid not null,
  participant_id uuid not null,
  cohort_id uuid,
  kind text not null check (kind in (
    'coach', 'pair', 'substitute', 'coordinator', 'expert', 'participant', 'follow_up', 'break_coach', 'break_expert'
  )),
  source_id uuid not null,
  valid_from timestamptz not null,
  valid_until timestamptz not null,
  reason text not null,
  primary key (org_id, user_id, enrolment_id, source_id),
  foreign key (org_id, user_id) references app.membership,
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, participant_id) references app.participant
);
create index grant_live on app.case_grant (org_id, user_id, valid_until)
  include (enrolment_id, participant_id, cohort_id, kind, valid_from);
create index on app.case_grant (org_id, source_id);
create index on app.case_grant (org_id, enrolment_id);

alter table app.participant enable row level security, force row level security;
create policy web_select on app.participant for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and id in (
    select g.participant_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'break_coach', 'coordinator', 'expert', 'break_expert', 'participant', 'follow_up')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy web_insert on app.participant for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and created_by = (select nullif(current_setting('app.actor', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'coordinator', 'expert')
);
create policy web_update on app.participant for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and id in (
    select g.participant_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'participant')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
) with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and id in (
    select g.participant_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'participant')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy own_kuukausi_duty on app.participant to kuukausi_duty using (true) with check (true);

alter table app.cohort enable row level security, force row level security;
create policy web_select on app.cohort for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (
    id in (
      select d.cohort_id
      from app.cohort_duty d
      where d.org_id = nullif(current_setting('app.org', true), '')::uuid
        and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
        and d.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
        and d.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
    )
    or id in (
      select g.cohort_id
      from app.case_grant g
      where g.org_id = nullif(current_setting('app.org', true), '')::uuid
        and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
        and g.kind in ('expert', 'break_expert', 'participant')
        and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
        and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
    )
  )
);
create policy web_insert on app.cohort for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and created_by = (select nullif(current_setting('app.actor', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'coordinator')
);
create policy web_update on app.cohort for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and id in (
    select d.cohort_id
    from app.cohort_duty d
    where d.org_id = nullif(current_setting('app.org', true), '')::uuid
      and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and d.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and d.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
) with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and id in (
    select d.cohort_id
    from app.cohort_duty d
    where d.org_id = nullif(current_setting('app.org', true), '')::uuid
      and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and d.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and d.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy own_kuukausi_duty on app.cohort to kuukausi_duty using (true) with check (true);

alter table app.enrolment enable row level security, force row level security;
create policy web_select on app.enrolment for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'break_coach', 'coordinator', 'expert', 'break_expert', 'participant', 'follow_up')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
-- An expert refers a person: that makes a case in the state 'referred' and in no other.
create policy web_insert on app.enrolment for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and created_by = (select nullif(current_setting('app.actor', true), '')::uuid)
  and (
    (
      (select current_setting('app.role', true)) in ('coach', 'coordinator')
      and (
        cohort_id is null
        or cohort_id in (
          select d.cohort_id
          from app.cohort_duty d
          where d.org_id = nullif(current_setting('app.org', true), '')::uuid
            and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
            and d.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
            and d.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
        )
      )
    )
    or (
      (select current_setting('app.role', true)) = 'expert'
      and state = 'referred'
    )
  )
);
create policy web_update on app.enrolment for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'coordinator')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
) with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'coordinator')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy own_kuukausi_duty on app.enrolment to kuukausi_duty using (true) with check (true);

alter table app.enrolment_state enable row level security, force row level security;
create policy web_select on app.enrolment_state for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'break_coach', 'coordinator', 'expert', 'break_expert', 'participant')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy web_insert on app.enrolment_state for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'coordinator', 'expert', 'participant')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy own_kuukausi_duty on app.enrolment_state to kuukausi_duty using (true) with check (true);

-- The planner sees that these two policies for select say the same as the sub-selects on their tables, because they
-- compare bare settings as well.
alter table app.cohort_duty enable row level security, force row level security;
create policy web_select on app.cohort_duty for select to kuukausi_web using (
  org_id = nullif(current_setting('app.org', true), '')::uuid
  and (select current_setting('app.role', true)) in ('coach', 'coordinator', 'expert', 'admin', 'handed')
);
create policy own_kuukausi_duty on app.cohort_duty to kuukausi_duty using (true) with check (true);

alter table app.case_grant enable row level security, force row level security;
create policy web_select on app.case_grant for select to kuukausi_web using (
  org_id = nullif(current_setting('app.org', true), '')::uuid
  and user_id = nullif(current_setting('app.actor', true), '')::uuid
);
create policy own_kuukausi_duty on app.case_grant to kuukausi_duty using (true) with check (true);

alter table app.enrolment_party enable row level security, force row level security;
create policy web_select on app.enrolment_party for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (
    (select current_setting('app.role', true)) = 'admin'
    or enrolment_id in (
      select g.enrolment_id
      from app.case_grant g
      where g.org_id = nullif(current_setting('app.org', true), '')::uuid
        and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
        and g.kind in ('coach', 'pair', 'substitute', 'break_coach', 'coordinator', 'expert', 'break_expert', 'participant')
        and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
        and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
    )
  )
);
create policy own_kuukausi_duty on app.enrolment_party to kuukausi_duty using (true) with check (true);

-- The web role changes what stands on a person column by column, but not whether they are protected or merged.
grant select, insert on app.participant to kuukausi_web;
grant update (municipality, phone, email, no_phone, strengths, code_known, version) on app.participant to kuukausi_web;
grant select, update on app.participant to kuukausi_duty;
grant select on app.cohort to kuukausi_web;
grant insert (org_id, id, version_id, name, place, starts_on, ends_on, size_min, size_max, created_by) on app.cohort to kuukausi_web;
grant update (
  name, place, room_id, state, starts_on, ends_on, places_taken, places_offered, queue_last, start_reason, version, closed_at
) on app.cohort to kuukausi_web;
grant select on app.cohort to kuukausi_duty;
grant update (places_offered, queue_last) on app.cohort to kuukausi_duty;
grant select, insert on app.enrolment to kuukausi_web;
grant update (
  state, queue_number, answer_by, starts_on, ends_on, search_shared, closed_at, version
) on app.enrolment to kuukausi_web;
grant select, update on app.enrolment to kuukausi_duty;
grant select, insert on app.enrolment_state to kuukausi_web;
grant select, insert on app.enrolment_state to kuukausi_duty;
grant select on app.cohort_duty to kuukausi_web;
grant select, insert, update on app.cohort_duty to kuukausi_duty;
grant select on app.enrolment_party to kuukausi_web;
grant select, insert, update on app.enrolment_party to kuukausi_duty;
grant select on app.case_grant to kuukausi_web;
grant select, insert, update on app.case_grant to kuukausi_duty;

-- No right lasts longer than a year (internal/domain.md 91): duties, parties and the grants they feed end by themselves.
-- +goose StatementBegin
create function app.ends_in_a_year() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.valid_until := least(new.valid_until, new.valid_from + interval '12 months');
  return new;
end $$;
-- +goose StatementEnd
create trigger year before insert or update of valid_from, valid_until on app.case_grant
  for each row execute function app.ends_in_a_year();
create trigger year before insert or update of valid_from, valid_until on app.cohort_duty
  for each row execute function app.ends_in_a_year();
create trigger year before insert or update of valid_from, valid_until on app.enrolment_party
  for each row execute function app.ends_in_a_year();

-- The grants of a duty, except on people from whom a protection order keeps its holder.
-- +goose StatementBegin
create function app.duty_grants() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- a protection order set in the same moment is waited for, and then seen
  perform p.id
  from app.enrolment e
  join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
  where e.org_id = new.org_id
    and e.cohort_id = new.cohort_id
  for share of p;
  if tg_op = 'INSERT' then
    insert into app.case_grant (
      org_id, user_id, enrolment_id, participant_id, cohort_id, kind, source_id, valid_from, valid_until, reason
    )
    select
      new.org_id,
      new.user_id,
      e.id,
      e.participant_id,
      e.cohort_id,
      new.kind,
      new.id,
      new.valid_from,
      new.valid_until,
      'duty'
    from app.enrolment e
    where e.org_id = new.org_id
      and e.cohort_id = new.cohort_id
      and app.may_know(new.org_id, e.participant_id, new.user_id);
  else
    -- where a protection order keeps somebody out, their duty may end a grant and never prolong it
    update app.case_grant g
    set
      valid_from = new.valid_from,
      valid_until = case
        when app.may_know(g.org_id, g.participant_id, g.user_id) then new.valid_until
        else greatest(least(new.valid_until, g.valid_until), new.valid_from)
      end
    where g.org_id = new.org_id
      and g.source_id = new.id;
  end if;
  return null;
end $$;
-- +goose StatementEnd
alter function app.duty_grants owner to kuukausi_duty;
create trigger grants after insert or update on app.cohort_duty for each row execute function app.duty_grants();

-- The grants of a party. A protection order keeps out a coach who is a party as well.
-- +goose StatementBegin
create function app.party_grants() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into app.case_grant (
      org_id, user_id, enrolment_id, participant_id, cohort_id, kind, source_id, valid_from, valid_until, reason
    )
    select
      new.org_id,
      new.user_id,
      e.id,
      e.participant_id,
      e.cohort_id,
      new.kind,
      new.id,
      new.valid_from,
      new.valid_until,
      'party'
    from app.enrolment e
    where e.org_id = new.org_id
      and e.id = new.enrolment_id
      and (
        new.kind in ('expert', 'participant', 'follow_up')
        or app.may_know(new.org_id, e.participant_id, new.user_id)
      );
  else
    update app.case_grant g
    set
      valid_from = new.valid_from,
      valid_until = case
        when new.kind in ('expert', 'participant', 'follow_up') or app.may_know(g.org_id, g.participant_id, g.user_id)
          then new.valid_until
        else greatest(least(new.valid_until, g.valid_until), new.valid_from)
      end
    where g.org_id = new.org_id
      and g.source_id = new.id;
  end if;
  return null;
end $$;
-- +goose StatementEnd
alter function app.party_grants owner to kuukausi_duty;
create trigger grants after insert or update on app.enrolment_party for each row execute function app.party_grants();

-- The cohort's live duties reach a new case, and so does whoever made it: the coach of a case without a cohort, the
-- expert who referred the person. A person who already has a case may be enrolled only by somebody who has a duty on
-- it; otherwise enrolling would be a way in.
-- +goose StatementBegin
create function app.enrolment_grants() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  at timestamptz := coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now());
begin
  if tg_when = 'BEFORE' then
    if tg_op = 'UPDATE' then
      -- an edit does not change whom a case is about and where it belongs
      raise exception using errcode = '42501', message = 'an enrolment keeps its person and cohort';
    end if;
    if nullif(current_setting('app.actor', true), '') is not null
      and exists (
        select
        from app.enrolment e
        where e.org_id = new.org_id
          and e.participant_id = new.participant_id
      )
      and not exists (
        select
        from app.case_grant g
        where g.org_id = new.org_id
          and g.participant_id = new.participant_id
          and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
          and g.reason <> 'break_glass'
          and g.valid_from <= at
          and g.valid_until > at
      )
    then
      raise exception using errcode = '42501', message = 'no duty on an earlier case of this person';
    end if;
    return new;
  end if;
  insert into app.case_grant (
    org_id, user_id, enrolment_id, participant_id, cohort_id, kind, source_id, valid_from, valid_until, reason
  )
  select
    d.org_id,
    d.user_id,
    new.id,
    new.participant_id,
    new.cohort_id,
    d.kind,
    d.id,
    d.valid_from,
    d.valid_until,
    'duty'
  from app.cohort_duty d
  where d.org_id = new.org_id
    and d.cohort_id = new.cohort_id
    and d.valid_until > at
    and app.may_know(new.org_id, new.participant_id, d.user_id);
  insert into app.enrolment_party (org_id, id, enrolment_id, user_id, kind, valid_from, valid_until, reason)
  select
    new.org_id,
    new.id,
    new.id,
    m.id,
    m.role,
    at,
    case m.role
      when 'coach' then app.day_over(new.ends_on + 365) -- until it closes, or the year is over
      else app.day_over((new.ends_on + make_interval(months => (new.shape ->> 'FollowUpMonths')::int))::date)
    end,
    'made the case'
  from app.membership m
  where m.org_id = new.org_id
    and m.id = new.created_by
    and (m.role = 'coach' and new.cohort_id is null or m.role = 'expert' and new.state = 'referred');
  perform app.named_grants(new.org_id, new.participant_id, at);
  return null;
end $$;
-- +goose StatementEnd
alter function app.enrolment_grants owner to kuukausi_duty;
-- take_shape: a cohort and a case take the shape of their version when they are made. It is never theirs to change.
-- +goose StatementBegin
create function app.take_shape() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.shape := (
    select v.shape
    from app.programme_version v
    where v.org_id = new.org_id and v.id = new.version_id
  );
  return new;
end $$;
-- +goose StatementEnd
create trigger shape before insert or update of shape on app.cohort for each row execute function app.take_shape();
create trigger shape before insert or update of shape on app.enrolment for each row execute function app.take_shape();
create trigger guard before insert on app.enrolment for each row execute function app.enrolment_grants();
-- A case keeps its person. Only a merge and its undoing move it, and they run as the duty role.
create trigger keeps before update of participant_id, cohort_id on app.enrolment
  for each row
  when (
    (old.participant_id <> new.participant_id or old.cohort_id is distinct from new.cohort_id)
    and current_user <> 'kuukausi_duty'
  )
  execute function app.enrolment_grants();
create trigger grants after insert on app.enrolment for each row execute function app.enrolment_grants();

-- A membership that ends or changes its role loses its duties and its sessions in the same moment.
-- +goose StatementBegin
create function app.membership_ends() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  at timestamptz := coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now());
begin
  if (old.disabled_at is null and new.disabled_at is not null) or old.role <> new.role then
    update app.cohort_duty
    set valid_until = greatest(at, valid_from)
    where org_id = new.org_id
      and user_id = new.id
      and valid_until > at;
    update app.enrolment_party
    set valid_until = greatest(at, valid_from)
    where org_id = new.org_id
      and user_id = new.id
      and valid_until > at;
    delete from app.login_session where org_id = new.org_id and membership_id = new.id;
    -- a link that was not used would be a way back in
    update app.invitation
    set withdrawn_at = at
    where org_id = new.org_id
      and email = new.email
      and used_at is null
      and withdrawn_at is null;
  end if;
  return null;
end $$;
-- +goose StatementEnd
alter function app.membership_ends owner to kuukausi_duty;
create trigger ends after update on app.membership for each row execute function app.membership_ends();

-- assign_duty: whoever makes a cohort names its pair in the same act. Later only an administrator adds a duty, and never
-- for themself, under whatever membership of theirs.
-- +goose StatementBegin
create function app.assign_duty(
  duty_id uuid, cohort uuid, member uuid, duty_kind text, until timestamptz, why text
) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  o uuid := current_setting('app.org')::uuid;
  me uuid := current_setting('app.actor')::uuid;
  at timestamptz := current_setting('app.now')::timestamptz;
begin
  if not (
    current_setting('app.role') = 'admin'
    and not exists (
      select
      from app.membership a
      join app.membership b on b.org_id = a.org_id and b.account_id = a.account_id
      where a.org_id = o
        and a.id = me
        and b.id = member
    )
    or exists (
      select
      from app.cohort c
      where c.org_id = o
        and c.id = cohort
        and c.created_by = me
        and c.created_at = at
    )
  ) then
    raise exception using errcode = '42501', message = 'nobody grants themself a duty';
  end if;
  if not exists (
    select
    from app.membership m
    where m.org_id = o
      and m.id = member
      and m.disabled_at is null
      and m.role = case duty_kind when 'coordinator' then 'coordinator' else 'coach' end
  ) then
    raise exception using errcode = '42501', message = 'a duty of another role';
  end if;
  insert into app.cohort_duty (org_id, id, cohort_id, user_id, kind, valid_from, valid_until, reason)
  values (o, duty_id, cohort, member, duty_kind, at, until, why);
end $$;
-- +goose StatementEnd
alter function app.assign_duty owner to kuukausi_duty;

-- assign_party: somebody who has a duty on a case, or an administrator, adds a party to it, and never themself.
-- +goose StatementBegin
create function app.assign_party(
  party_id uuid, enrolment uuid, member uuid, party_kind text, until timestamptz, why text
) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  o uuid := current_setting('app.org')::uuid;
  me uuid := current_setting('app.actor')::uuid;
  at timestamptz := current_setting('app.now')::timestamptz;
begin
  if exists (
    select
    from app.membership a
    join app.membership b on b.org_id = a.org_id and b.account_id = a.account_id
    where a.org_id = o
      and a.id = me
      and b.id = member
  )
  or not (
    current_setting('app.role') = 'admin'
    or exists (
      select
      from app.case_grant g
      where g.org_id = o
        and g.enrolment_id = enrolment
        and g.user_id = me
        and g.kind in ('coach', 'pair', 'substitute', 'coordinator')
        and g.valid_from <= at
        and g.valid_until > at
    )
  ) then
    raise exception using errcode = '42501', message = 'nobody makes themself a party';
  end if;
  if not exists (
    select
    from app.membership m
    where m.org_id = o
      and m.id = member
      and m.disabled_at is null
      and (m.role = party_kind or party_kind = 'follow_up')
  ) then
    raise exception using errcode = '42501', message = 'a party of another role';
  end if;
  insert into app.enrolment_party (org_id, id, enrolment_id, user_id, kind, valid_from, valid_until, reason)
  values (o, party_id, enrolment, member, party_kind, at, until, why);
end $$;
-- +goose StatementEnd
alter function app.assign_party owner to kuukausi_duty;

-- replace_expert: another expert answers for a case from now on, as long as the one before would have.
-- +goose StatementBegin
create function app.replace_expert(party_id uuid, enrolment uuid, member uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  o uuid := current_setting('app.org')::uuid;
  moment timestamptz := current_setting('app.now')::timestamptz;
  until timestamptz;
begin
  select max(p.valid_until) into until
  from app.enrolment_party p
  where p.org_id = o
    and p.enrolment_id = replace_expert.enrolment
    and p.kind = 'expert'
    and p.valid_until > moment;
  if until is null then
    raise exception using errcode = '42501', message = 'no expert to be replaced';
  end if;
  perform app.assign_party(party_id, replace_expert.enrolment, member, 'expert', until, 'correction');
  update app.enrolment_party p
  set valid_until = greatest(moment, p.valid_from)
  where p.org_id = o
    and p.enrolment_id = replace_expert.enrolment
    and p.kind = 'expert'
    and p.id <> party_id
    and p.valid_until > moment;
end $$;
-- +goose StatementEnd
alter function app.replace_expert owner to kuukausi_duty;

-- case_ends: when a case without a cohort closes, its coach keeps their access for the duty days of the model and the
-- other parties for its follow-up, counted from that day. cohort_ends is the same for the staff of a cohort.
-- +goose StatementBegin
create function app.case_ends(enrolment uuid) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update app.enrolment_party p
  set valid_until = app.day_over(
    case p.kind
      when 'coach' then t.day + (e.shape ->> 'DutyDays')::int
      else (t.day + make_interval(months => (e.shape ->> 'FollowUpMonths')::int))::date
    end)
  from app.enrolment e
  cross join lateral (values ((e.closed_at at time zone 'Europe/Helsinki')::date)) t (day)
  where e.org_id = current_setting('app.org')::uuid
    and e.id = case_ends.enrolment
    and e.cohort_id is null
    and e.closed_at = current_setting('app.now')::timestamptz
    and p.org_id = e.org_id
    and p.enrolment_id = e.id
    and p.valid_until > e.closed_at
$$;
-- +goose StatementEnd
alter function app.case_ends owner to kuukausi_duty;

-- Once the organisation has cases, a one-time link needs somebody else's word, whoever made it; an administrator, who sees none
-- of them, does not say so.
-- +goose StatementBegin
create function app.link_needs() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  new.needs_other := exists (select from app.enrolment e where e.org_id = new.org_id);
  return new;
end $$;
-- +goose StatementEnd
alter function app.link_needs owner to kuukausi_duty;
create trigger needs before insert on app.invitation for each row execute function app.link_needs();

-- hand_over: all live duties of a leaver go to a successor of the same role, and the leaver's place in protection orders too, once
-- an administrator has asked for it and somebody else has confirmed it. It returns how many duties there were: none for what
-- is no hand-over, or not confirmed.
-- +goose StatementBegin
create function app.hand_over(link uuid) returns int
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  o uuid := current_setting('app.org')::uuid;
  at timestamptz := current_setting('app.now')::timestamptz;
  leaver uuid;
  successor uuid;
  asker uuid;
  n int;
  m int;
begin
  update app.invitation i
  set used_at = at
  where i.org_id = o
    and i.id = link
    and i.kind = 'hand_over'
    and i.used_at is null
    and i.withdrawn_at is null
    and i.expires_at > at
    and (i.confirmed_at is not null or not i.needs_other)
  returning i.leaver, i.successor, i.invited_by into leaver, successor, asker;
  if not found then return 0; end if;
  if exists (
      select
      from app.membership a
      join app.membership b on b.org_id = a.org_id and b.account_id = a.account_id
      where a.org_id = o
        and a.id = asker
        and b.id in (leaver, successor)
    )
    or not exists ( -- who asked is an administrator still
      select
      from app.membership a
      where a.org_id = o
        and a.id = asker
        and a.role = 'admin'
        and a.disabled_at is null
    )
    or leaver = successor
    or not exists (
      select
      from app.membership a
      join app.membership b on b.org_id = a.org_id and b.role = a.role
      where a.org_id = o
        and a.id = leaver
        and b.id = successor
        and b.disabled_at is null
    )
  then
    raise exception using errcode = '42501', message = 'duties go to a colleague of the same role, by an administrator';
  end if;
  update app.protection_order p set coach_id = successor where p.org_id = o and p.coach_id = leaver;
  update app.protection_order p set coordinator_id = successor where p.org_id = o and p.coordinator_id = leaver;
  perform app.named_grants(o, p.participant_id, current_setting('app.now')::timestamptz)
  from app.protection_order p
  where p.org_id = o
    and successor in (p.coach_id, p.coordinator_id);
  with ended as (
    update app.cohort_duty d
    set valid_until = at
    where d.org_id = o
      and d.user_id = leaver
      and d.valid_until > at
      and d.valid_from <= at
    returning
      d.org_id,
      d.cohort_id,
      d.kind,
      (select max(p.valid_until) from app.cohort_duty p where p.org_id = d.org_id and p.id = d.id) until
  )
  insert into app.cohort_duty (org_id, id, cohort_id, user_id, kind, valid_from, valid_until, reason)
  select e.org_id, gen_random_uuid(), e.cohort_id, successor, e.kind, at, e.until, 'hand-over' from ended e;
  get diagnostics n = row_count;
  with ended as (
    update app.enrolment_party d
    set valid_until = at
    where d.org_id = o
      and d.user_id = leaver
      and d.valid_until > at
      and d.valid_from <= at
    returning
      d.org_id,
      d.enrolment_id,
      d.kind,
      (select max(p.valid_until) from app.enrolment_party p where p.org_id = d.org_id and p.id = d.id) until
  )
  insert into app.enrolment_party (org_id, id, enrolment_id, user_id, kind, valid_from, valid_until, reason)
  select e.org_id, gen_random_uuid(), e.enrolment_id, successor, e.kind, at, e.until, 'hand-over' from ended e;
  get diagnostics m = row_count;
  return n + m;
end $$;
-- +goose StatementEnd
alter function app.hand_over owner to kuukausi_duty;

-- cases_of returns whose cases a hand-over moves, for its audit row. An administrator may not read the grants themself.
-- +goose StatementBegin
create function app.cases_of(member uuid) returns uuid[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(distinct g.enrolment_id), '{}')
  from app.case_grant g
  where current_setting('app.role', true) = 'admin'
    and g.org_id = nullif(current_setting('app.org', true), '')::uuid
    and g.user_id = cases_of.member
    and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
$$;
-- +goose StatementEnd
alter function app.cases_of owner to kuukausi_duty;

revoke execute on all routines in schema app from public;
grant execute on function
  app.assign_duty, app.assign_party, app.replace_expert, app.case_ends, app.hand_over, app.cases_of
to kuukausi_web;
grant execute on function app.assign_party to kuukausi_duty;
grant execute on function app.hand_over to kuukausi_door;

-- +goose Up
-- Days on which the organisation is closed, beside the public holidays. Each lengthens a month by a day.
create table app.closed_day (
  org_id uuid not null references app.organisation,
  day date not null,
  reason text not null,
  primary key (org_id, day)
);

-- Rooms: too few seats or computers warn and stop nothing (internal/domain.md 12).
create table app.room (
  org_id uuid not null references app.organisation,
  id uuid not null,
  name text not null,
  place text not null default '',
  seats smallint not null check (seats >= 0),
  computers smallint not null check (computers >= 0),
  version int not null default 1,
  created_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  primary key (org_id, id),
  foreign key (org_id, created_by) references app.membership
);
alter table app.cohort add foreign key (org_id, room_id) references app.room;

-- A meeting belongs to a cohort or to one case. A meeting that does not take place keeps its row, with why and who said so.
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
  room_id uuid, -- null: the cohort's own room
  cancelled_at timestamptz,
  cancelled_by uuid,
  cancelled_reason text not null default '',
  version int not null default 1,
  primary key (org_id, id),
  check ((cohort_id is null) <> (enrolment_id is null)),
  check ((cancelled_at is null) = (cancelled_by is null)),
  unique (org_id, enrolment_id, held_on, half),
  foreign key (org_id, cohort_id) references app.cohort,
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, room_id) references app.room
);
create index meeting_by_cohort on app.meeting (org_id, cohort_id, day, half);
-- A cancelled half-day leaves its place to another.
create unique index meeting_once on app.meeting (org_id, cohort_id, held_on, half) where cancelled_at is null;

-- Every changed date of a meeting, with the reason given.
create table app.meeting_move (
  org_id uuid not null,
  id uuid not null,
  cohort_id uuid not null,
  meeting_id uuid not null,
  from_on date not null,
  to_on date not null,
  reason text not null default '',
  by_id uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, cohort_id) references app.cohort,
  foreign key (org_id, meeting_id) references app.meeting
);
create index on app.meeting_move (org_id, cohort_id, at desc);

-- A person's own appointments beside the half-days: one to one, catching up on what was missed, a visit to a workplace.
create table app.appointment (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  batch_id uuid not null, -- booked together for several people
  kind text not null check (kind in ('single', 'catch_up', 'visit')),
  held_on date not null,
  starts_at smallint not null,
  ends_at smallint not null check (ends_at > starts_at),
  place text not null,
  purpose text not null default '',
  state text not null default 'booked' check (state in ('booked', 'held', 'not_held', 'cancelled')),
  version int not null default 1,
  booked_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  settled_by uuid,
  settled_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, booked_by) references app.membership,
  check ((state = 'booked') = (settled_by is null) and (settled_by is null) = (settled_at is null))
);
create index on app.appointment (org_id, enrolment_id, held_on);

alter table app.closed_day enable row level security, force row level security;
-- An administrator names the days and takes them back until they have come.
create policy web_select on app.closed_day for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
);
create policy web_insert on app.closed_day for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'admin'
);
create policy web_delete on app.closed_day for delete to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'admin'
);

alter table app.room enable row level security, force row level security;
create policy web_select on app.room for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'coordinator')
);
create policy web_insert on app.room for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'coordinator')
  and created_by = (select nullif(current_setting('app.actor', true), '')::uuid)
);
create policy web_update on app.room for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'coordinator')
) with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'coordinator')
);

alter table app.meeting enable row level security, force row level security;
-- By the duty on its cohort, or by a case. A participant's case reaches the cohort's meetings too, and so does break-glass:
-- a half-day of the cohort is seen for its mark, as a participant sees it.
create policy web_select on app.meeting for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (
    cohort_id in (
      select d.cohort_id
      from app.cohort_duty d
      where d.org_id = nullif(current_setting('app.org', true), '')::uuid
        and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
        and d.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
        and d.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
    )
    or coalesce(enrolment_id, cohort_id) in (
      select t.id
      from app.case_grant g
      cross join lateral (
        values (g.enrolment_id), (case when g.kind in ('participant', 'break_coach') then g.cohort_id end)
      ) t (id)
      where g.org_id = nullif(current_setting('app.org', true), '')::uuid
        and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
        and g.kind in ('coach', 'pair', 'substitute', 'break_coach', 'participant')
        and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
        and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
    )
  )
);
create policy web_insert on app.meeting for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (
    cohort_id in (
      select d.cohort_id
      from app.cohort_duty d
      where d.org_id = nullif(current_setting('app.org', true), '')::uuid
        and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
        and d.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
        and d.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
    )
    or enrolment_id in (
      select g.enrolment_id
      from app.case_grant g
      where g.org_id = nullif(current_setting('app.org', true), '')::uuid
        and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
        and g.kind in ('coach', 'pair', 'substitute')
        and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
        and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
    )
  )
);
create policy web_update on app.meeting for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (
    cohort_id in (
      select d.cohort_id
      from app.cohort_duty d
      where d.org_id = nullif(current_setting('app.org', true), '')::uuid
        and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
        and d.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
        and d.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
    )
    or enrolment_id in (
      select g.enrolment_id
      from app.case_grant g
      where g.org_id = nullif(current_setting('app.org', true), '')::uuid
        and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
        and g.kind in ('coach', 'pair', 'substitute')
        and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
        and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
    )
  )
) with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (
    cohort_id in (
      select d.cohort_id
      from app.cohort_duty d
      where d.org_id = nullif(current_setting('app.org', true), '')::uuid
        and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
        and d.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
        and d.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
    )
    or enrolment_id in (
      select g.enrolment_id
      from app.case_grant g
      where g.org_id = nullif(current_setting('app.org', true), '')::uuid
        and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
        and g.kind in ('coach', 'pair', 'substitute')
        and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
        and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
    )
  )
);
create policy own_kuukausi_duty on app.meeting to kuukausi_duty using (true) with check (true);

alter table app.meeting_move enable row level security, force row level security;
create policy web_select on app.meeting_move for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and cohort_id in (
    select d.cohort_id
    from app.cohort_duty d
    where d.org_id = nullif(current_setting('app.org', true), '')::uuid
      and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and d.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and d.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy web_insert on app.meeting_move for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'coach'
  and cohort_id in (
    select d.cohort_id
    from app.cohort_duty d
    where d.org_id = nullif(current_setting('app.org', true), '')::uuid
      and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and d.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and d.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);

alter table app.appointment enable row level security, force row level security;
create policy own_kuukausi_duty on app.appointment to kuukausi_duty using (true) with check (true);
create policy web_select on app.appointment for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'participant')
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'break_coach', 'participant')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy web_insert on app.appointment for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'coach'
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy web_update on app.appointment for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'coach'
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
) with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'coach'
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);

grant select, insert, delete on app.closed_day to kuukausi_web;
grant select, insert on app.room to kuukausi_web;
grant update (name, place, seats, computers, version) on app.room to kuukausi_web;
grant select, insert, update on app.meeting to kuukausi_web;
grant select on app.meeting, app.appointment to kuukausi_duty;
grant select, insert on app.meeting_move to kuukausi_web;
grant select, insert on app.appointment to kuukausi_web;
grant update (state, version, settled_by, settled_at) on app.appointment to kuukausi_web;

-- meetings_on counts the cohorts that meet on a day, without saying which.
-- +goose StatementBegin
create function app.meetings_on(day date) returns int
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(distinct m.cohort_id)::int
  from app.meeting m
  join app.cohort c on c.org_id = m.org_id and c.id = m.cohort_id
  where m.org_id = nullif(current_setting('app.org', true), '')::uuid
    and m.held_on = meetings_on.day
    and m.cancelled_at is null
    and c.state in ('draft', 'open', 'confirmed', 'running')
    and current_setting('app.role', true) = 'admin'
$$;
-- +goose StatementEnd
alter function app.meetings_on owner to kuukausi_duty;

revoke execute on all routines in schema app from public;
grant execute on function app.meetings_on to kuukausi_web;

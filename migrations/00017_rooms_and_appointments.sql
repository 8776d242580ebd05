-- +goose Up
-- Days the organisation is closed are named by its administrator, and taken back until they have come.
grant insert, delete on app.closed_day to kuukausi_web;
-- meetings_on: how many cohorts meet on a day, without saying which.
-- +goose StatementBegin
create function app.meetings_on(day date) returns int
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(distinct m.cohort_id)::int from app.meeting m join app.cohort c on c.org_id = m.org_id and c.id = m.cohort_id
   where m.org_id = nullif(current_setting('app.org', true), '')::uuid and m.held_on = meetings_on.day and m.cancelled_at is null
     and c.state in ('draft', 'open', 'confirmed', 'running') and current_setting('app.role', true) = 'admin'
$$;
-- +goose StatementEnd
call app.open_to('kuukausi_duty', 'meeting', 'select');
alter function app.meetings_on owner to kuukausi_duty;

-- Rooms: too few seats or computers warn, they stop nothing (domain.md 12).
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
alter table app.cohort add room_id uuid, add foreign key (org_id, room_id) references app.room (org_id, id);
-- null: the cohort's own room
alter table app.meeting add room_id uuid, add foreign key (org_id, room_id) references app.room (org_id, id);

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
  booked_at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  settled_by uuid,
  settled_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, booked_by) references app.membership,
  check ((state = 'booked') = (settled_by is null) and (settled_by is null) = (settled_at is null))
);
create index on app.appointment (org_id, enrolment_id, held_on);
-- +goose StatementBegin
do $$
declare admins text := app.rule_org() || ' and ' || app.rule_role('admin');
        staff text := app.rule_role('coach', 'coordinator');
        coach text := app.rule_role('coach') || ' and ' || app.rule_grant('enrolment_id', 'enrolment_id', 'coach', 'pair', 'substitute');
begin
  execute format('create policy web_insert on app.closed_day for insert to kuukausi_web with check (%s)', admins);
  execute format('create policy web_delete on app.closed_day for delete to kuukausi_web using (%s)', admins);
  call app.protect('room', staff, 'select insert', staff || ' and ' || app.rule_me('created_by'));
  grant update (name, place, seats, computers, version) on app.room to kuukausi_web;
  execute format('create policy web_update on app.room for update to kuukausi_web using (%1$s) with check (%1$s)', app.rule_org() || ' and ' || staff);
  call app.protect('appointment', app.rule_role('coach', 'participant') || ' and ' || app.rule_grant('enrolment_id', 'enrolment_id', 'coach', 'pair', 'substitute', 'participant'), 'select insert', coach);
  grant update (state, settled_by, settled_at, version) on app.appointment to kuukausi_web;
  execute format('create policy web_update on app.appointment for update to kuukausi_web using (%1$s) with check (%1$s)', app.rule_org() || ' and ' || coach);
end $$;
-- +goose StatementEnd
revoke execute on all routines in schema app from public;
grant execute on function app.meetings_on to kuukausi_web;

-- +goose Down
drop table app.appointment;
alter table app.meeting drop room_id;
alter table app.cohort drop room_id;
drop table app.room;
drop function app.meetings_on;
drop policy web_insert on app.closed_day;
drop policy web_delete on app.closed_day;

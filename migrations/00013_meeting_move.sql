-- +goose Up
-- A meeting that does not take place keeps its row, with why and who said so.
alter table app.meeting
  add cancelled_at timestamptz,
  add cancelled_by uuid,
  add cancelled_reason text not null default '',
  add check ((cancelled_at is null) = (cancelled_by is null));
-- A cancelled half-day leaves its place to another.
alter table app.meeting drop constraint meeting_org_id_cohort_id_held_on_half_key;
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
-- +goose StatementBegin
do $$ begin
  call app.protect('meeting_move', app.rule_duty('cohort_id'), 'select insert', app.rule_role('coach') || ' and ' || app.rule_duty('cohort_id'));
end $$;
-- +goose StatementEnd

-- A month that grows longer takes its people along.
grant update (ends_on) on app.enrolment to kuukausi_web;

-- +goose Down
revoke update (ends_on) on app.enrolment from kuukausi_web;
drop table app.meeting_move;
drop index app.meeting_once;
alter table app.meeting add unique (org_id, cohort_id, held_on, half);
alter table app.meeting drop cancelled_at, drop cancelled_by, drop cancelled_reason;

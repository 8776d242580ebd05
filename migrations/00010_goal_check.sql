-- +goose Up
-- A look at the goal, once a programme week (domain.md 16): how it goes, in the person's words or about them.
create table app.goal_check (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  week smallint not null check (week > 0),
  goal_number smallint not null,
  going text not null check (going in ('on_way', 'reached', 'changes', 'stuck')),
  body text not null default '',
  entered_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  unique (org_id, enrolment_id, week),
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, enrolment_id, goal_number) references app.goal (org_id, enrolment_id, number)
);
-- What a participant does before the first day (domain.md 13, 14). Who and when stand for each state.
create table app.pre_assignment (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  number smallint not null check (number > 0),
  due_on date not null,
  sent_at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  sent_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  opened_at timestamptz,
  answer text not null default '',
  how text check (how in ('self', 'told', 'paper')),
  returned_at timestamptz,
  entered_by uuid,
  discussed_at timestamptz,
  discussed_by uuid,
  comment text not null default '',
  version int not null default 1,
  primary key (org_id, id),
  unique (org_id, enrolment_id, number),
  foreign key (org_id, enrolment_id) references app.enrolment,
  check ((returned_at is null) = (how is null)),
  check (discussed_at is null or returned_at is not null)
);

-- +goose StatementBegin
do $$
declare mine text := app.rule_role('coach', 'participant') || ' and ' || app.rule_grant('enrolment_id', 'enrolment_id', 'coach', 'pair', 'substitute', 'participant');
        coach text := app.rule_role('coach') || ' and ' || app.rule_grant('enrolment_id', 'enrolment_id', 'coach', 'pair', 'substitute');
        own text := app.rule_role('participant') || ' and discussed_at is null and ' || app.rule_grant('enrolment_id', 'enrolment_id', 'participant');
        changing text;
begin
  call app.protect('goal_check', mine, 'select insert', coach);
  call app.protect('pre_assignment', mine, 'select insert', coach);
  grant update (opened_at, answer, how, returned_at, entered_by, discussed_at, discussed_by, comment, version) on app.pre_assignment to kuukausi_web;
  changing := app.rule_org() || ' and (' || coach || ' or ' || own || ')';
  execute format('create policy web_update on app.pre_assignment for update to kuukausi_web using (%1$s) with check (%1$s)', changing);
end $$;
-- +goose StatementEnd

-- +goose Down
drop table app.pre_assignment, app.goal_check;

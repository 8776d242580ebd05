-- +goose Up
-- What was agreed about a person and who does it, with the day it is done by.
create table app.promise (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  body text not null,
  owner text not null check (owner in ('coach', 'coordinator', 'expert', 'participant')),
  due_on date,
  agreed_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  done_at timestamptz,
  done_by uuid,
  version int not null default 1,
  primary key (org_id, id),
  foreign key (org_id, enrolment_id) references app.enrolment,
  check ((done_at is null) = (done_by is null))
);
create index on app.promise (org_id, enrolment_id, at);

-- Somebody who does not want to be phoned: it is said where a stranger would look for the number.
alter table app.participant add no_phone boolean not null default false;

-- +goose StatementBegin
do $$
declare coach text := app.rule_role('coach') || ' and ' || app.rule_grant('enrolment_id', 'enrolment_id', 'coach', 'pair', 'substitute');
        sight text := '(' || app.rule_role('coach') || ' or owner = (select current_setting(''app.role'', true))) and '
          || app.rule_grant('enrolment_id', 'enrolment_id', 'coach', 'pair', 'substitute', 'coordinator', 'expert', 'participant');
        changing text;
begin
  -- coordinator, expert and participant see what they have promised themselves, nothing else
  call app.protect('promise', sight, 'select insert', coach);
  grant update (done_at, done_by, version) on app.promise to kuukausi_web;
  changing := app.rule_org() || ' and (' || app.rule_role('coach') || ' or owner = (select current_setting(''app.role'', true)) and owner <> ''participant'') and '
    || app.rule_grant('enrolment_id', 'enrolment_id', 'coach', 'pair', 'substitute', 'coordinator', 'expert');
  execute format('create policy web_update on app.promise for update to kuukausi_web using (%1$s) with check (%1$s)', changing);
end $$;
-- +goose StatementEnd

-- name_substitute: who has a coach's duty on a cohort names a colleague for a time, never themself, and the duty ends by
-- itself. Somebody who is a substitute names nobody.
-- +goose StatementBegin
create function app.name_substitute(duty_id uuid, cohort uuid, member uuid, starts timestamptz, until timestamptz, why text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare o uuid := current_setting('app.org')::uuid; me uuid := current_setting('app.actor')::uuid; at timestamptz := current_setting('app.now')::timestamptz;
begin
  if not exists (select from app.cohort_duty d where d.org_id = o and d.cohort_id = name_substitute.cohort and d.user_id = me and d.kind in ('coach', 'pair') and d.valid_from <= at and d.valid_until > at)
     or exists (select from app.membership a join app.membership b on b.org_id = a.org_id and b.account_id = a.account_id where a.org_id = o and a.id = me and b.id = member)
     or not exists (select from app.membership m where m.org_id = o and m.id = member and m.disabled_at is null and m.role = 'coach')
     or starts >= until or until > at + interval '90 days' then
    raise exception using errcode = '42501', message = 'a substitute is another coach, for a time';
  end if;
  insert into app.cohort_duty (org_id, id, cohort_id, user_id, kind, valid_from, valid_until, reason) values (o, duty_id, name_substitute.cohort, member, 'substitute', starts, until, why);
end $$;
-- +goose StatementEnd
alter function app.name_substitute owner to kuukausi_duty;
revoke execute on function app.name_substitute from public;
grant execute on function app.name_substitute to kuukausi_web;

-- +goose Down
drop function app.name_substitute;
alter table app.participant drop no_phone;
drop table app.promise;

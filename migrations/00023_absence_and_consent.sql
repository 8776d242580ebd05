-- +goose Up
-- A coach who is away: somebody else is named before nine on the day, or the coordinator is told (domain.md 12).
create table app.coach_absence (
  org_id uuid not null,
  id uuid not null,
  cohort_id uuid not null,
  from_on date not null,
  until_on date not null check (until_on >= from_on),
  ended boolean not null default false, -- noted by mistake, or back sooner
  version int not null default 1,
  entered_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, cohort_id) references app.cohort,
  foreign key (org_id, entered_by) references app.membership
);
create index on app.coach_absence (org_id, cohort_id, until_on);
-- Consents and refusals, a purpose a row, never changed: the newest of a purpose counts, and the state of any day can be
-- told (domain.md 94).
create table app.consent (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  purpose text not null check (purpose in ('group_board', 'employer_contact', 'employer_health', 'health_to_provider', 'photos_stories', 'third_parties')),
  given boolean not null,
  how text not null check (how in ('self', 'paper', 'oral')),
  lang text not null,
  text_version_id uuid not null,
  entered_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, text_version_id) references app.text_version (org_id, id)
);
create index on app.consent (org_id, enrolment_id, purpose, at desc);
-- +goose StatementBegin
do $$
begin
  call app.protect('coach_absence', app.rule_role('coach', 'coordinator') || ' and ' || app.rule_duty('cohort_id'), 'select insert');
  grant update (ended, version) on app.coach_absence to kuukausi_web;
  execute format('create policy web_update on app.coach_absence for update to kuukausi_web using (%1$s) with check (%1$s)', app.rule_org() || ' and ' || app.rule_role('coach', 'coordinator') || ' and ' || app.rule_duty('cohort_id'));
  call app.protect('consent', '(' || app.rule_role('coach', 'participant') || ' or ' || app.rule_role('coordinator') || ' and purpose in (''employer_contact'', ''employer_health'')) and '
    || app.rule_grant('enrolment_id', 'enrolment_id', 'coach', 'pair', 'substitute', 'coordinator', 'participant'), 'select insert',
    app.rule_role('coach', 'participant') || ' and ' || app.rule_me('entered_by') || ' and (how = ''self'') = ' || app.rule_role('participant') || ' and ' || app.rule_grant('enrolment_id', 'enrolment_id', 'coach', 'pair', 'substitute', 'participant'));
end $$;
-- +goose StatementEnd

-- name_substitute: as before, and by the coordinator of the cohort too, who is told when a coach is away.
-- +goose StatementBegin
create or replace function app.name_substitute(duty_id uuid, cohort uuid, member uuid, starts timestamptz, until timestamptz, why text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare o uuid := current_setting('app.org')::uuid; me uuid := current_setting('app.actor')::uuid; at timestamptz := current_setting('app.now')::timestamptz;
begin
  if not exists (select from app.cohort_duty d where d.org_id = o and d.cohort_id = name_substitute.cohort and d.user_id = me and d.kind in ('coach', 'pair', 'coordinator') and d.valid_from <= at and d.valid_until > at)
     or exists (select from app.membership a join app.membership b on b.org_id = a.org_id and b.account_id = a.account_id where a.org_id = o and a.id = me and b.id = member)
     or not exists (select from app.membership m where m.org_id = o and m.id = member and m.disabled_at is null and m.role = 'coach')
     or starts >= until or until > at + interval '90 days' then
    raise exception using errcode = '42501', message = 'a substitute is another coach, for a time';
  end if;
  insert into app.cohort_duty (org_id, id, cohort_id, user_id, kind, valid_from, valid_until, reason) values (o, duty_id, name_substitute.cohort, member, 'substitute', starts, until, why);
end $$;
-- +goose StatementEnd

-- opened_mine: who opened a participant's case: day, role, what for, how often (domain.md 93). The trail is read along
-- the people who had a grant on the case, while they had it: their rows are few.
-- +goose StatementBegin
create function app.opened_mine() returns table (day date, role text, purpose text, times int)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with mine as (select g.org_id, g.enrolment_id from app.case_grant g
    where current_setting('app.role', true) = 'participant' and g.org_id = nullif(current_setting('app.org', true), '')::uuid and g.user_id = nullif(current_setting('app.actor', true), '')::uuid and g.kind = 'participant'),
  seats as (select g.org_id, g.user_id, g.enrolment_id, g.kind, g.reason, g.valid_from, g.valid_until from mine m join app.case_grant g on g.org_id = m.org_id and g.enrolment_id = m.enrolment_id
    where g.user_id <> nullif(current_setting('app.actor', true), '')::uuid),
  looks as (select a.at, case a.role when 'handed' then 'coach' else a.role end role, a.purpose,
      bool_and(s.reason = 'break_glass') broke, bool_or(s.kind in ('coach', 'pair')) own, bool_or(s.kind = 'substitute') substitute
    from seats s join app.audit a on a.org_id = s.org_id and a.actor_id = s.user_id and a.at between s.valid_from and s.valid_until
     and s.enrolment_id = any(a.enrolment_ids) and a.outcome in ('seen', 'done')
   group by a.id, a.at, a.role, a.purpose)
  -- by what right they looked tells what for, before which page it was
  select (l.at at time zone 'Europe/Helsinki')::date, l.role,
    case when l.broke then 'break_glass' when l.own and l.purpose = 'substitution' then 'coaching' when l.substitute and not l.own and l.purpose = 'coaching' then 'substitution' else l.purpose end, count(*)::int
    from looks l group by 1, 2, 3 order by 1 desc, 2, 3 limit 400
$$;
-- +goose StatementEnd
call app.open_to('kuukausi_duty', 'audit', 'select');
alter function app.opened_mine owner to kuukausi_duty;
revoke execute on all routines in schema app from public;
grant execute on function app.opened_mine to kuukausi_web;

-- +goose Down
drop function app.opened_mine;
drop table app.consent, app.coach_absence;

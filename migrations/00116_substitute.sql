-- +goose Up
-- A coach who is away: somebody else is named before nine o'clock on the day, or the coordinator is told
-- (internal/domain.md 12).
create table app.coach_absence (
  org_id uuid not null,
  id uuid not null,
  cohort_id uuid not null,
  from_on date not null,
  until_on date not null check (until_on >= from_on),
  ended boolean not null default false, -- entered by mistake, or the coach is back sooner
  version int not null default 1,
  entered_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, cohort_id) references app.cohort,
  foreign key (org_id, entered_by) references app.membership
);
create index on app.coach_absence (org_id, cohort_id, until_on);

alter table app.coach_absence enable row level security, force row level security;
create policy web_select on app.coach_absence for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'coordinator')
  and cohort_id in (
    select d.cohort_id
    from app.cohort_duty d
    where d.org_id = nullif(current_setting('app.org', true), '')::uuid
      and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and d.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and d.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy web_insert on app.coach_absence for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'coordinator')
  and cohort_id in (
    select d.cohort_id
    from app.cohort_duty d
    where d.org_id = nullif(current_setting('app.org', true), '')::uuid
      and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and d.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and d.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy web_update on app.coach_absence for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'coordinator')
  and cohort_id in (
    select d.cohort_id
    from app.cohort_duty d
    where d.org_id = nullif(current_setting('app.org', true), '')::uuid
      and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and d.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and d.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
) with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'coordinator')
  and cohort_id in (
    select d.cohort_id
    from app.cohort_duty d
    where d.org_id = nullif(current_setting('app.org', true), '')::uuid
      and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and d.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and d.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);

grant select, insert on app.coach_absence to kuukausi_web;
grant update (ended, version) on app.coach_absence to kuukausi_web;

-- name_substitute: whoever has a coach's duty on a cohort names a colleague for a time, and so does its coordinator, who
-- is told when a coach is away. Nobody names themself, a substitute names nobody, and the duty ends by itself.
-- +goose StatementBegin
create function app.name_substitute(
  duty_id uuid, cohort uuid, member uuid, starts timestamptz, until timestamptz, why text
) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  o uuid := current_setting('app.org')::uuid;
  me uuid := current_setting('app.actor')::uuid;
  at timestamptz := current_setting('app.now')::timestamptz;
begin
  if not exists (
    select
    from app.cohort_duty d
    where d.org_id = o
      and d.cohort_id = name_substitute.cohort
      and d.user_id = me
      and d.kind in ('coach', 'pair', 'coordinator')
      and d.valid_from <= at
      and d.valid_until > at
  )
  or exists (
    select
    from app.membership a
    join app.membership b on b.org_id = a.org_id and b.account_id = a.account_id
    where a.org_id = o
      and a.id = me
      and b.id = member
  )
  or not exists (
    select
    from app.membership m
    where m.org_id = o
      and m.id = member
      and m.disabled_at is null
      and m.role = 'coach'
  )
  or starts >= until
  or until > at + interval '90 days' then
    raise exception using errcode = '42501', message = 'a substitute is another coach, for a time';
  end if;
  insert into app.cohort_duty (org_id, id, cohort_id, user_id, kind, valid_from, valid_until, reason)
  values (o, duty_id, name_substitute.cohort, member, 'substitute', starts, until, why);
end $$;
-- +goose StatementEnd
alter function app.name_substitute owner to kuukausi_duty;

-- end_substitute: those who may name a substitute may end the duty before its day.
-- +goose StatementBegin
create function app.end_substitute(duty uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  o uuid := current_setting('app.org')::uuid;
  me uuid := current_setting('app.actor')::uuid;
  at timestamptz := current_setting('app.now')::timestamptz;
begin
  update app.cohort_duty d
  set valid_until = greatest(at, d.valid_from)
  where d.org_id = o
    and d.id = duty
    and d.kind = 'substitute'
    and d.valid_until > at
    and exists (
      select
      from app.cohort_duty n
      where n.org_id = o
        and n.cohort_id = d.cohort_id
        and n.user_id = me
        and n.kind in ('coach', 'pair', 'coordinator')
        and n.valid_from <= at
        and n.valid_until > at
    );
  if not found then
    raise exception using errcode = '42501', message = 'a substitute''s duty is ended by who may name one';
  end if;
end $$;
-- +goose StatementEnd
alter function app.end_substitute owner to kuukausi_duty;

-- duties_to_come: which groups the actor will stand in for, from which day and for how many. Until then they see no more of a
-- group than this.
-- +goose StatementBegin
create function app.duties_to_come() returns table (cohort_id uuid, name text, starts date, days int)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select
    c.id,
    c.name,
    (d.valid_from at time zone 'Europe/Helsinki')::date,
    ((d.valid_until - interval '1 second') at time zone 'Europe/Helsinki')::date
      - (d.valid_from at time zone 'Europe/Helsinki')::date + 1
  from app.cohort_duty d
  join app.cohort c on c.org_id = d.org_id and c.id = d.cohort_id
  where d.org_id = nullif(current_setting('app.org', true), '')::uuid
    and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
    and d.kind = 'substitute'
    and d.valid_from > nullif(current_setting('app.now', true), '')::timestamptz
    and d.valid_until > d.valid_from
$$;
-- +goose StatementEnd
alter function app.duties_to_come owner to kuukausi_duty;

revoke execute on all routines in schema app from public;
grant execute on function app.name_substitute, app.end_substitute, app.duties_to_come to kuukausi_web;

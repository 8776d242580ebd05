-- +goose Up
-- One row an event (906/2019 17 §). A row has ids without foreign keys and no names, so that the trail outlives erasure.
create table app.audit (
  org_id uuid not null default nullif(current_setting('app.org', true), '')::uuid,
  id uuid not null,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  actor_id uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  role text not null default current_setting('app.role', true),
  action text not null,
  subject_id uuid,
  enrolment_ids uuid[] not null default '{}',
  purpose text not null default 'coaching',
  outcome text not null check (outcome in ('seen', 'done', 'refused', 'not_found', 'invalid', 'stale')),
  request_id text not null default '',
  primary key (org_id, id)
);
create index audit_by_actor on app.audit (org_id, actor_id, at desc);

-- sees_trail tells whether the actor watches over the trail: an administrator, or the data-protection contact.
-- +goose StatementBegin
create function app.sees_trail() returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select current_setting('app.role', true) = 'admin' or exists (
    select
    from app.organisation o
    where o.id = nullif(current_setting('app.org', true), '')::uuid
      and o.data_contact = nullif(current_setting('app.actor', true), '')::uuid
  )
$$;
-- +goose StatementEnd
alter function app.sees_trail owner to kuukausi_duty;

alter table app.audit enable row level security, force row level security;
create policy web_select on app.audit for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (
    actor_id = (select nullif(current_setting('app.actor', true), '')::uuid)
    or (select app.sees_trail())
  )
);
create policy web_insert on app.audit for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and actor_id = (select nullif(current_setting('app.actor', true), '')::uuid)
);
create policy own_kuukausi_door on app.audit to kuukausi_door using (true) with check (true);
create policy own_kuukausi_duty on app.audit to kuukausi_duty using (true) with check (true);

-- Who, in which role and when say the settings, not the query.
grant select, insert (id, action, subject_id, enrolment_ids, purpose, outcome, request_id) on app.audit to kuukausi_web;
grant insert on app.audit to kuukausi_door;
grant select, insert on app.audit to kuukausi_duty;

-- deny leaves the row of a refused act, in a transaction of its own.
-- +goose StatementBegin
create function app.deny(
  token bytea, row_id uuid, action text, subject uuid, outcome text, request text, at timestamptz
) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into app.audit (org_id, id, at, actor_id, role, action, subject_id, outcome, request_id)
  select
    s.org_id,
    deny.row_id,
    deny.at,
    s.membership_id,
    case when s.handed_review is null then m.role else 'handed' end,
    deny.action,
    deny.subject,
    deny.outcome,
    deny.request
  from app.login_session s
  join app.membership m on m.org_id = s.org_id and m.id = s.membership_id
  where s.token_hash = deny.token
$$;
-- +goose StatementEnd
alter function app.deny owner to kuukausi_door;

-- login_refused leaves the row of a wrong password in an organisation of the account. An unknown name leaves no row, but a
-- commit that is written to disk as well: how long the answer takes tells nothing.
-- +goose StatementBegin
create function app.login_refused(account uuid, row_id uuid, request text, at timestamptz) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.audit (org_id, id, at, actor_id, role, action, subject_id, purpose, outcome, request_id)
  select
    m.org_id,
    login_refused.row_id,
    login_refused.at,
    m.id,
    m.role,
    'login_start',
    m.id,
    'access',
    'refused',
    login_refused.request
  from app.membership m
  where m.account_id = login_refused.account
    and m.disabled_at is null
  order by m.created_at, m.id
  limit 1;
  if not found then
    perform pg_current_xact_id();
    perform pg_logical_emit_message(true, 'app', repeat('.', 200));
  end if;
end $$;
-- +goose StatementEnd
alter function app.login_refused owner to kuukausi_door;

-- probes are who was told at least three times in seven days that somebody they have no duty on is here, for whoever watches over
-- the trail.
-- +goose StatementBegin
create function app.probes() returns table (member uuid, name text, n int, last date)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select m.id, m.name, count(distinct a.subject_id)::int, max((a.at at time zone 'Europe/Helsinki')::date)
  from app.membership m
  join app.audit a on a.org_id = m.org_id and a.actor_id = m.id
  where app.sees_trail()
    and m.org_id = nullif(current_setting('app.org', true), '')::uuid
    and a.at > nullif(current_setting('app.now', true), '')::timestamptz - interval '7 days'
    and a.action = 'person_matched'
  group by m.id, m.name
  having count(distinct a.subject_id) >= 3
$$;
-- +goose StatementEnd
alter function app.probes owner to kuukausi_duty;

revoke execute on all routines in schema app from public;
grant execute on function app.deny, app.login_refused, app.sees_trail, app.probes to kuukausi_web;
grant execute on function app.sees_trail to kuukausi_duty;

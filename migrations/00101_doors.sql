-- +goose Up
-- Three roles of the whole cluster stand in front of the data. `migrate roles` makes them before every migration and
-- before every restore, because a dump carries no roles. No role owns a table, and no role bypasses row-level security.
--   kuukausi_web   The server signs in as this role. Policies decide what it sees.
--   kuukausi_door  It owns the functions that let somebody in before anyone is known. Nobody signs in as it.
--   kuukausi_duty  It owns the functions that must see more than the actor may see. Nobody signs in as it.
create schema app;
grant usage on schema app to kuukausi_web, kuukausi_door, kuukausi_duty;
-- A migrating role that is no superuser may give a function to a new owner only if that owner may create in the schema.
grant create on schema app to kuukausi_door, kuukausi_duty;
revoke create on schema public from public;

-- Nothing an injected query can call sets a setting: only the door role's functions do (internal/domain.md, ruling 44). SET is a
-- statement of its own, and the server's queries are prepared, one statement each. A migrating role that is no superuser cannot
-- do this, and the server refuses to start until a superuser has done it.
-- +goose StatementBegin
do $$
begin
  if (select r.rolsuper from pg_roles r where r.rolname = current_user) then
    revoke execute on function pg_catalog.set_config(text, text, boolean) from public;
    grant execute on function pg_catalog.set_config(text, text, boolean) to kuukausi_door;
  end if;
end $$;
-- +goose StatementEnd

-- How every policy is written:
--   * app.enter sets app.org, app.actor, app.role, app.now and app.lang for one transaction, and every policy reads
--     these settings. Without them no statement sees a row. After a transaction a setting is '' and not null.
--   * A policy wraps a setting in (select …), so that a statement reads the setting once and not once a row.
--   * Two tables say who may work on what: case_grant for one person's case, cohort_duty for a cohort. A sub-select on
--     either of them compares bare settings, because these are the leading keys of its index (grant_live, duty_live).
--   * Every sub-select of a policy is set up again for each mention of its table in each query, used or not, and this
--     is most of what a page costs. So a policy has as few sub-selects as its rule allows.
--   * The kinds break_coach and break_expert come from break-glass, which is for reading: only policies for select may
--     name these kinds.
--   * web_… policies are for the server, one policy a command. own_… policies open a table in full to the door role or
--     the duty role, because these roles reach it only through their functions.
create table app.organisation (
  id uuid primary key,
  name text not null,
  data_contact uuid, -- who watches over the trail beside the administrators; 00102_account.sql adds the foreign key
  created_at timestamptz not null
);

alter table app.organisation enable row level security, force row level security;
create policy web_select on app.organisation for select to kuukausi_web using (
  id = (select nullif(current_setting('app.org', true), '')::uuid)
);
create policy web_update on app.organisation for update to kuukausi_web using (
  id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'admin'
) with check (
  id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'admin'
);
create policy own_kuukausi_door on app.organisation to kuukausi_door using (true) with check (true);
create policy own_kuukausi_duty on app.organisation to kuukausi_duty using (true);

grant select on app.organisation to kuukausi_web;
grant update (data_contact) on app.organisation to kuukausi_web;
grant select on app.organisation to kuukausi_duty;
grant select on app.organisation to kuukausi_door;

-- schema_version answers /readyz: the web role has no right on goose's own table.
-- +goose StatementBegin
create function app.schema_version() returns bigint
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select max(version_id) from public.goose_db_version where is_applied);
end $$;
-- +goose StatementEnd
alter function app.schema_version owner to kuukausi_door;
grant select on public.goose_db_version to kuukausi_door;

-- What the installation's key sealed when this database was first served: one row.
create table app.installation (
  one boolean primary key default true check (one),
  sealed bytea not null
);
alter table app.installation enable row level security, force row level security;
create policy own_kuukausi_door on app.installation to kuukausi_door using (true) with check (true);
grant select, insert on app.installation to kuukausi_door;

-- seal_check keeps the first sealed value and returns it ever after.
-- +goose StatementBegin
create function app.seal_check(fresh bytea) returns bytea
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.installation (sealed) values (seal_check.fresh) on conflict (one) do nothing;
  return (select i.sealed from app.installation i);
end $$;
-- +goose StatementEnd
alter function app.seal_check owner to kuukausi_door;

-- day_over is the moment a day ends for the users: a right lasts through its last day in Helsinki, not to midnight UTC.
-- +goose StatementBegin
create function app.day_over(day date) returns timestamptz
language sql stable set search_path = pg_catalog, pg_temp as $$
  select (day_over.day + 1)::timestamp at time zone 'Europe/Helsinki'
$$;
-- +goose StatementEnd

-- Every file ends in this way: nobody may call a function unless a grant says so.
revoke execute on all routines in schema app from public;
grant execute on function app.schema_version, app.seal_check to kuukausi_web;
grant execute on function app.day_over to kuukausi_duty;

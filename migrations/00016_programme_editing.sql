-- +goose Up
-- How many pre-assignments every version of a model sends (domain.md 13): a version with another number is not published.
alter table app.programme_model add pre_assignments smallint;
-- edition counts the edits of a draft, for forms that have grown stale.
alter table app.programme_version add edition int not null default 1;
-- +goose StatementBegin
do $$
begin
  alter table app.programme_model no force row level security;
  alter table app.programme_version no force row level security;
  update app.programme_model m set pre_assignments = v.pre_assignments from app.programme_version v where v.org_id = m.org_id and v.model_id = m.id and v.version = 1;
  alter table app.programme_model force row level security;
  alter table app.programme_version force row level security;
end $$;
-- +goose StatementEnd
alter table app.programme_model alter pre_assignments set not null;

-- Versions are edited by administrators, and only until they are published: then they are as they are.
grant insert, update, delete on app.programme_version to kuukausi_web;
grant insert, delete on app.programme_slot, app.programme_contact, app.programme_text to kuukausi_web;
-- +goose StatementBegin
do $$
declare t text;
        draft text := app.rule_org() || ' and ' || app.rule_role('admin') || ' and version_id in (select v.id from app.programme_version v where ' || app.rule_org('v.org_id') || ' and v.published_at is null)';
        own text := app.rule_org() || ' and ' || app.rule_role('admin');
begin
  execute format('create policy web_insert on app.programme_version for insert to kuukausi_web with check (%s and published_at is null)', own);
  execute format('create policy web_update on app.programme_version for update to kuukausi_web using (%s and published_at is null) with check (%s)', own, own);
  execute format('create policy web_delete on app.programme_version for delete to kuukausi_web using (%s and published_at is null)', own);
  foreach t in array array['programme_slot', 'programme_contact', 'programme_text'] loop
    execute format('create policy web_insert on app.%I for insert to kuukausi_web with check (%s)', t, draft);
    execute format('create policy web_delete on app.%I for delete to kuukausi_web using (%s)', t, draft);
  end loop;
end $$;
-- +goose StatementEnd

-- cohorts_on: the cohorts made from a version, for an administrator, who sees no more of them than this.
-- +goose StatementBegin
create function app.cohorts_on(version uuid) returns table (name text, place text, state text, starts_on date, ends_on date)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.name, c.place, c.state, c.starts_on, c.ends_on
    from app.cohort c
   where c.org_id = nullif(current_setting('app.org', true), '')::uuid and c.version_id = cohorts_on.version and current_setting('app.role', true) = 'admin'
   order by c.starts_on desc limit 200
$$;
-- +goose StatementEnd
alter function app.cohorts_on owner to kuukausi_duty;
revoke execute on all routines in schema app from public;
grant execute on function app.cohorts_on to kuukausi_web;

-- +goose Down
drop function app.cohorts_on;
drop policy web_insert on app.programme_version;
drop policy web_update on app.programme_version;
drop policy web_delete on app.programme_version;
alter table app.programme_version drop edition;
alter table app.programme_model drop pre_assignments;

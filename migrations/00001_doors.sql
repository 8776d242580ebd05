-- +goose Up
-- The three roles kuukausi_web, kuukausi_door and kuukausi_duty exist already: they belong to the whole cluster and are
-- made before every migration and before every restore (`migrate roles`), because a dump carries none.
create schema app;
grant usage on schema app to kuukausi_web, kuukausi_door, kuukausi_duty;
-- a function's new owner must be allowed to create there, when the migrating role is no superuser; neither role can sign in
grant create on schema app to kuukausi_door, kuukausi_duty;
revoke create on schema public from public;

-- What every policy is written from; used while migrating only. The settings are wrapped in (select …) so that
-- they are read once a statement; after a transaction a setting is '', not null.
-- +goose StatementBegin
create function app.rule_org(col text default 'org_id') returns text language sql immutable as $$
  select format($f$%s = (select nullif(current_setting('app.org', true), '')::uuid)$f$, col)
$$;
-- +goose StatementEnd
-- +goose StatementBegin
create function app.rule_role(variadic roles text[]) returns text language sql immutable as $$
  select format($f$(select current_setting('app.role', true)) in (%s)$f$, (select string_agg(quote_literal(r), ',') from unnest(roles) r))
$$;
-- +goose StatementEnd
-- +goose StatementBegin
create function app.rule_me(col text) returns text language sql immutable as $$
  select format($f$%s = (select nullif(current_setting('app.actor', true), '')::uuid)$f$, col)
$$;
-- +goose StatementEnd
-- +goose StatementBegin
create function app.rule_grant(col text, granted text, variadic kinds text[]) returns text language sql immutable as $$
  select format($f$%s in (select g.%s from app.case_grant g where g.%s and g.%s and g.kind in (%s)
    and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
    and g.valid_until > (select nullif(current_setting('app.now', true), '')::timestamptz))$f$,
    col, granted, app.rule_org(), app.rule_me('user_id'), (select string_agg(quote_literal(k), ',') from unnest(kinds) k))
$$;
-- +goose StatementEnd
-- +goose StatementBegin
create function app.rule_duty(col text) returns text language sql immutable as $$
  select format($f$%s in (select d.cohort_id from app.cohort_duty d where d.%s and d.%s
    and d.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
    and d.valid_until > (select nullif(current_setting('app.now', true), '')::timestamptz))$f$,
    col, app.rule_org(), app.rule_me('user_id'))
$$;
-- +goose StatementEnd
-- protect: forced row-level security with one policy a command; commands are the rights the web role gets.
-- +goose StatementBegin
create procedure app.protect(tbl text, rule text, commands text, writing text default null) language plpgsql as $$
declare c text; whole text := app.rule_org() || coalesce(' and (' || rule || ')', '');
        changing text := app.rule_org() || coalesce(' and (' || coalesce(writing, rule) || ')', '');
begin
  execute format('alter table app.%I enable row level security', tbl);
  execute format('alter table app.%I force row level security', tbl);
  foreach c in array string_to_array(commands, ' ') loop
    execute format('grant %s on app.%I to kuukausi_web', c, tbl);
    execute case c
      when 'select' then format('create policy web_select on app.%I for select to kuukausi_web using (%s)', tbl, whole)
      when 'insert' then format('create policy web_insert on app.%I for insert to kuukausi_web with check (%s)', tbl, changing)
      when 'update' then format('create policy web_update on app.%I for update to kuukausi_web using (%s) with check (%s)', tbl, changing, changing)
      when 'delete' then format('create policy web_delete on app.%I for delete to kuukausi_web using (%s)', tbl, changing)
    end;
  end loop;
end $$;
-- +goose StatementEnd
-- open_to: what the door and duty roles may touch, in full; they can be reached only through their functions.
-- +goose StatementBegin
create procedure app.open_to(who text, tbl text, commands text) language plpgsql as $$
begin
  execute format('grant %s on app.%I to %I', commands, tbl, who);
  execute format('alter table app.%I enable row level security', tbl);
  execute format('alter table app.%I force row level security', tbl);
  execute format('create policy %I on app.%I to %I using (true) with check (true)', 'own_' || who, tbl, who);
end $$;
-- +goose StatementEnd
revoke execute on all routines in schema app from public;

-- +goose Down
drop schema app cascade;

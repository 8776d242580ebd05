-- +goose Up
-- The same sights through fewer look-ups: every sub-select of a policy is set up anew for each mention of its table in
-- each query, used or not, and that was most of what a page cost.

-- Inside a sub-select on case_grant or cohort_duty a setting is a key of the index that leads there (grant_live,
-- duty_live): it is read once a scan without a (select …) of its own. Everywhere else settings stay wrapped.
-- +goose StatementBegin
create function app.key_org(col text) returns text language sql immutable as $$
  select format($f$%s = nullif(current_setting('app.org', true), '')::uuid$f$, col)
$$;
-- +goose StatementEnd
-- +goose StatementBegin
create function app.key_me(col text) returns text language sql immutable as $$
  select format($f$%s = nullif(current_setting('app.actor', true), '')::uuid$f$, col)
$$;
-- +goose StatementEnd
-- +goose StatementBegin
create function app.key_live(t text) returns text language sql immutable as $$
  select format($f$%1$s.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
    and %1$s.valid_until > nullif(current_setting('app.now', true), '')::timestamptz$f$, t)
$$;
-- +goose StatementEnd
-- +goose StatementBegin
create or replace function app.rule_grant(col text, granted text, variadic kinds text[]) returns text language sql immutable as $$
  select format($f$%s in (select g.%s from app.case_grant g where %s and %s and g.kind in (%s) and %s)$f$,
    col, granted, app.key_org('g.org_id'), app.key_me('g.user_id'), (select string_agg(quote_literal(k), ',') from unnest(kinds) k), app.key_live('g'))
$$;
-- +goose StatementEnd
-- +goose StatementBegin
create or replace function app.rule_duty(col text) returns text language sql immutable as $$
  select format($f$%s in (select d.cohort_id from app.cohort_duty d where %s and %s and %s)$f$,
    col, app.key_org('d.org_id'), app.key_me('d.user_id'), app.key_live('d'))
$$;
-- +goose StatementEnd
revoke execute on all routines in schema app from public;
-- The policies that stand already: the wrapped keys of those two tables become bare ones.
-- +goose StatementBegin
do $$
declare p record; used text; checked text;
begin
  for p in select c.relname, l.polname, pg_get_expr(l.polqual, l.polrelid) used, pg_get_expr(l.polwithcheck, l.polrelid) checked
             from pg_policy l join pg_class c on c.oid = l.polrelid where c.relnamespace = 'app'::regnamespace loop
    used := regexp_replace(p.used, '([gd]\.(org_id|user_id) =|[gd]\.valid_until >) \( SELECT (\(NULLIF\(current_setting\(''app\.[a-z]+''::text, true\), ''''::text\)\)::(uuid|timestamp with time zone)) AS "nullif"\)', '\1 \3', 'g');
    checked := regexp_replace(p.checked, '([gd]\.(org_id|user_id) =|[gd]\.valid_until >) \( SELECT (\(NULLIF\(current_setting\(''app\.[a-z]+''::text, true\), ''''::text\)\)::(uuid|timestamp with time zone)) AS "nullif"\)', '\1 \3', 'g');
    if used <> p.used or checked <> p.checked then
      execute format('alter policy %I on app.%I', p.polname, p.relname) || coalesce(' using (' || used || ')', '') || coalesce(' with check (' || checked || ')', '');
    end if;
  end loop;
  -- the policies of the two tables themselves, so that the planner sees that they say the same
  execute format('alter policy web_select on app.case_grant using (%s and %s)', app.key_org('org_id'), app.key_me('user_id'));
  execute format('alter policy web_select on app.cohort_duty using (%s and %s)', app.key_org('org_id'), app.rule_role('coach', 'coordinator', 'expert', 'admin', 'handed'));
end $$;
-- +goose StatementEnd

-- A participant's membership is known to themself and to administrators; pages name the person by the case.
-- +goose StatementBegin
do $$ begin
  execute 'drop policy web_select on app.membership';
  execute format('create policy web_select on app.membership for select to kuukausi_web using (%s and (role <> ''participant'' or %s or %s))',
    app.rule_org(), app.rule_me('id'), app.rule_role('admin'));
end $$;
-- +goose StatementEnd

-- How often a mark was corrected stands on it; what it was before stays in attendance_before. (The owner of a table with
-- forced policies sees no rows of it either.)
alter table app.attendance no force row level security;
alter table app.attendance_before no force row level security;
alter table app.attendance add corrections smallint not null default 0;
update app.attendance a set corrections = b.n
  from (select org_id, enrolment_id, held_on, half, count(*) n from app.attendance_before group by 1, 2, 3, 4) b
 where b.org_id = a.org_id and b.enrolment_id = a.enrolment_id and b.held_on = a.held_on and b.half = a.half;

-- What a mark was before is keyed by how many corrections went before it: one index instead of two.
alter table app.attendance_before add number smallint;
update app.attendance_before b set number = n.number
  from (select org_id, id, row_number() over (partition by org_id, enrolment_id, held_on, half order by marked_at, id) - 1 as number from app.attendance_before) n
 where n.org_id = b.org_id and n.id = b.id;
alter table app.attendance_before drop constraint attendance_before_pkey;
alter table app.attendance_before drop column id;
drop index app.attendance_before_org_id_enrolment_id_held_on_half_idx;
alter table app.attendance_before add primary key (org_id, enrolment_id, held_on, half, number);
alter table app.attendance force row level security;
alter table app.attendance_before force row level security;

-- enter: as before, but the settings are one simple expression, which plpgsql evaluates without a query of
-- its own.
-- +goose StatementBegin
create or replace function app.enter(token bytea, roles text[], sync text, at timestamptz, idle interval)
returns table (org_id uuid, actor_id uuid, name text, role text, lang text, org_name text, memberships int,
  handed_review uuid, seen_at timestamptz, allowed boolean)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare done text;
begin
  select s.org_id, s.membership_id, m.name, case when s.handed_review is null then m.role else 'handed' end, a.lang, o.name,
         (select count(*)::int from app.membership n where n.account_id = s.account_id and n.disabled_at is null), s.handed_review, s.seen_at
    into org_id, actor_id, name, role, lang, org_name, memberships, handed_review, seen_at
    from app.login_session s
    join app.membership m on m.org_id = s.org_id and m.id = s.membership_id and m.disabled_at is null
    join app.account a on a.id = s.account_id and a.disabled_at is null
    join app.organisation o on o.id = s.org_id
   where s.token_hash = enter.token and s.expires_at > enter.at and s.seen_at > enter.at - enter.idle;
  if not found then return; end if;
  allowed := role = any(enter.roles);
  if allowed then
    done := set_config('app.org', org_id::text, true) || set_config('app.actor', actor_id::text, true) || set_config('app.role', role, true)
      || set_config('app.now', enter.at::text, true) || set_config('app.lang', lang, true) || set_config('synchronous_commit', enter.sync, true);
  end if;
  return next;
end $$;
-- +goose StatementEnd

-- A meeting: by the duty on its cohort, or by a case; a participant's case reaches the cohort's meetings too.
-- +goose StatementBegin
do $$
declare cases text := format($f$coalesce(enrolment_id, cohort_id) in (select t.id
    from app.case_grant g cross join lateral (values (g.enrolment_id), (case when g.kind = 'participant' then g.cohort_id end)) t (id)
    where %s and %s and g.kind in ('coach', 'pair', 'substitute', 'participant') and %s)$f$, app.key_org('g.org_id'), app.key_me('g.user_id'), app.key_live('g'));
begin
  execute 'drop policy web_select on app.meeting';
  execute format('create policy web_select on app.meeting for select to kuukausi_web using (%s and (%s or %s))',
    app.rule_org(), app.rule_duty('cohort_id'), cases);
end $$;
-- +goose StatementEnd

-- +goose Down
-- The policies stay as they are: they say the same.
drop function app.key_org, app.key_me, app.key_live cascade;
alter table app.attendance drop corrections;
alter table app.attendance_before drop constraint attendance_before_pkey;
alter table app.attendance_before drop column number;
alter table app.attendance_before add id uuid not null default gen_random_uuid();
alter table app.attendance_before alter id drop default;
alter table app.attendance_before add primary key (org_id, id);
create index on app.attendance_before (org_id, enrolment_id, held_on, half);

-- +goose Up
-- No right lasts longer than a year (domain.md 91): duties, parties and the grants they feed end by themselves.
-- +goose StatementBegin
create function app.ends_in_a_year() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.valid_until := least(new.valid_until, new.valid_from + interval '12 months');
  return new;
end $$;
-- +goose StatementEnd
create trigger year before insert or update of valid_from, valid_until on app.case_grant for each row execute function app.ends_in_a_year();
create trigger year before insert or update of valid_from, valid_until on app.cohort_duty for each row execute function app.ends_in_a_year();
create trigger year before insert or update of valid_from, valid_until on app.enrolment_party for each row execute function app.ends_in_a_year();
-- cohort_ends: the staff of a cohort keep their access until thirty days after its closing, or its last day while it is
-- open; called when a cohort closes and when its month grows.
-- +goose StatementBegin
create function app.cohort_ends(cohort uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare o uuid := nullif(current_setting('app.org', true), '')::uuid; me uuid := nullif(current_setting('app.actor', true), '')::uuid; moment timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
begin
  update app.cohort_duty d set valid_until = case when c.closed_at is not null then c.closed_at else c.ends_on::timestamptz end + interval '30 days'
    from app.cohort c
   where c.org_id = o and c.id = cohort_ends.cohort and d.org_id = o and d.cohort_id = c.id and d.kind in ('coach', 'pair', 'coordinator') and d.valid_from <= moment and d.valid_until > moment
     and exists (select from app.cohort_duty x where x.org_id = o and x.cohort_id = c.id and x.user_id = me and x.valid_from <= moment and x.valid_until > moment);
end $$;
-- +goose StatementEnd
alter function app.cohort_ends owner to kuukausi_duty;

-- Break-glass: a case one has no duty on, opened with a reason, for an hour, told to the administrators (domain.md 97). It
-- is for reading: kinds of its own, which the policies for select know and no other policy does.
alter table app.case_grant drop constraint case_grant_kind_check;
alter table app.case_grant add constraint case_grant_kind_check check (kind in ('coach', 'pair', 'substitute', 'coordinator', 'expert', 'participant', 'follow_up', 'break_coach', 'break_expert'));
-- +goose StatementBegin
do $$
declare p record; wider text;
begin
  for p in select c.relname, l.polname, pg_get_expr(l.polqual, l.polrelid) used
             from pg_policy l join pg_class c on c.oid = l.polrelid
            where c.relnamespace = 'app'::regnamespace and l.polcmd = 'r' and l.polname = 'web_select' and pg_get_expr(l.polqual, l.polrelid) like '%case_grant%' loop
    wider := replace(replace(p.used, '''substitute''::text', '''substitute''::text, ''break_coach''::text'), '''expert''::text]', '''expert''::text, ''break_expert''::text]');
    wider := replace(wider, '''expert''::text, ''participant''::text', '''expert''::text, ''break_expert''::text, ''participant''::text');
    -- a half-day of the cohort is seen for its mark, as a participant sees it
    wider := replace(wider, '(g.kind = ''participant''::text) THEN', '(g.kind = ANY (ARRAY[''participant''::text, ''break_coach''::text])) THEN');
    if wider <> p.used then
      execute format('alter policy %I on app.%I using (%s)', p.polname, p.relname, wider);
    end if;
  end loop;
end $$;
-- +goose StatementEnd
create table app.break_glass (
  org_id uuid not null,
  id uuid not null,
  by_id uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  enrolment_ids uuid[] not null,
  reason text not null,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  until timestamptz not null,
  seen_by uuid,
  seen_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, by_id) references app.membership,
  check ((seen_by is null) = (seen_at is null))
);
create index on app.break_glass (org_id, at desc);
-- +goose StatementBegin
do $$ begin
  call app.protect('break_glass', app.rule_role('admin') || ' or ' || app.rule_me('by_id'), 'select');
  grant update (seen_by, seen_at) on app.break_glass to kuukausi_web;
  execute format('create policy web_update on app.break_glass for update to kuukausi_web using (%1$s) with check (%1$s)', app.rule_org() || ' and ' || app.rule_role('admin'));
end $$;
-- +goose StatementEnd
call app.open_to('kuukausi_duty', 'break_glass', 'insert');
-- break_glass_cases: the cases of exactly the person named (or of the code), that the actor has no duty on. A protected
-- person is nobody's to open.
-- +goose StatementBegin
create function app.break_glass_cases(first text, last text, born date, code bytea) returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select e.id
    from app.participant p join app.enrolment e on e.org_id = p.org_id and e.participant_id = p.id
   where current_setting('app.role', true) in ('coach', 'expert') and p.org_id = nullif(current_setting('app.org', true), '')::uuid and p.merged_into is null and not p.protected
     and (p.born_on = born and lower(normalize(p.first_name)) = lower(normalize(first)) and lower(normalize(p.last_name)) = lower(normalize(last))
       or p.id in (select n.participant_id from app.national_id n where n.org_id = p.org_id and n.code_index = app.code_index(code)))
     and not exists (select from app.case_grant g where g.org_id = e.org_id and g.enrolment_id = e.id and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
       and g.valid_from <= nullif(current_setting('app.now', true), '')::timestamptz and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz)
   order by e.starts_on desc, e.id limit 20
$$;
-- +goose StatementEnd
-- +goose StatementBegin
create function app.break_glass(row_id uuid, first text, last text, born date, code bytea, why text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare o uuid := nullif(current_setting('app.org', true), '')::uuid; me uuid := nullif(current_setting('app.actor', true), '')::uuid; moment timestamptz := nullif(current_setting('app.now', true), '')::timestamptz; cases uuid[];
begin
  select coalesce(array_agg(c), '{}') into cases from app.break_glass_cases(first, last, born, code) c;
  if cardinality(cases) = 0 or length(why) < 20 then
    raise exception using errcode = '42501', message = 'nobody to open, or no reason';
  end if;
  insert into app.break_glass (org_id, id, by_id, enrolment_ids, reason, at, until) values (o, row_id, me, cases, why, moment, moment + interval '1 hour');
  insert into app.case_grant (org_id, user_id, enrolment_id, participant_id, cohort_id, kind, source_id, valid_from, valid_until, reason)
  select o, me, e.id, e.participant_id, e.cohort_id, case current_setting('app.role', true) when 'coach' then 'break_coach' else 'break_expert' end, row_id, moment, moment + interval '1 hour', 'break_glass'
    from app.enrolment e where e.org_id = o and e.id = any(cases);
end $$;
-- +goose StatementEnd
alter function app.break_glass_cases owner to kuukausi_duty;
alter function app.break_glass owner to kuukausi_duty;
revoke execute on all routines in schema app from public;
grant execute on function app.cohort_ends, app.break_glass_cases, app.break_glass to kuukausi_web;
grant execute on function app.break_glass_cases to kuukausi_duty;

-- +goose Down
drop function app.break_glass, app.break_glass_cases, app.cohort_ends;
drop table app.break_glass;
drop trigger year on app.case_grant;
drop trigger year on app.cohort_duty;
drop trigger year on app.enrolment_party;
drop function app.ends_in_a_year;

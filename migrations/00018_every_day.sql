-- +goose Up
-- law_number: the number in force on a day; an organisation's own of the same day wins (domain.md 100).
-- +goose StatementBegin
create function app.law_number(name text, day date) returns numeric language sql stable set search_path = pg_catalog, pg_temp as $$
  select l.value from (
    select v.key, v.valid_from, v.value, 1 own from app.law_value v
    union all select v.key, v.valid_from, v.value, 2 from app.law_override v where v.org_id = nullif(current_setting('app.org', true), '')::uuid) l
   where l.key = law_number.name and l.valid_from <= law_number.day order by l.valid_from desc, l.own desc limit 1
$$;
-- +goose StatementEnd
-- absence_marks: an expert reads no attendance but from the flag of 380/2023 59 § on: the last weeks' marks of those of
-- their people who have at least as many days with an unexplained absence as the law names. Whether the days follow one
-- another the room decides.
-- +goose StatementBegin
create function app.absence_marks() returns table (enrolment_id uuid, marks text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare o uuid := nullif(current_setting('app.org', true), '')::uuid; me uuid := nullif(current_setting('app.actor', true), '')::uuid;
        moment timestamptz := nullif(current_setting('app.now', true), '')::timestamptz; today date := (moment at time zone 'Europe/Helsinki')::date;
begin
  if current_setting('app.role', true) <> 'expert' then return; end if;
  return query
  select e.id, string_agg(to_char(a.held_on, 'YYYY-MM-DD') || a.mark, ' ' order by a.held_on, a.half)
    from app.case_grant g
    join app.enrolment e on e.org_id = g.org_id and e.id = g.enrolment_id
    join app.attendance a on a.org_id = e.org_id and a.enrolment_id = e.id and a.held_on between today - 21 and today
   where g.org_id = o and g.user_id = me and g.kind = 'expert' and g.valid_from <= moment and g.valid_until > moment and e.state in ('active', 'review')
   group by e.id
  having count(distinct a.held_on) filter (where a.mark = 'u') >= app.law_number('absence_flag_days', today);
end $$;
-- +goose StatementEnd
call app.open_to('kuukausi_duty', 'attendance', 'select');
call app.open_to('kuukausi_duty', 'law_override', 'select');
grant select on app.law_value to kuukausi_duty;
alter function app.absence_marks owner to kuukausi_duty;
revoke execute on all routines in schema app from public;
grant execute on function app.absence_marks, app.law_number to kuukausi_web;
grant execute on function app.law_number to kuukausi_duty;

insert into app.law_value (key, valid_from, value, unit, source, checked_on) values
  ('expense_week_days_max', '2025-01-01', 5, 'days', '380/2023 103–106 §', '2026-11-22');

-- +goose Down
delete from app.law_value where key = 'expense_week_days_max';
drop function app.absence_marks, app.law_number;

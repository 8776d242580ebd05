-- +goose Up
-- offers_lapsed: offers of a cohort whose day to answer has passed, whether one may see whose or not: they hold no place.
-- +goose StatementBegin
create function app.offers_lapsed(cohort uuid) returns int language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(*)::int from app.enrolment e
   where e.org_id = nullif(current_setting('app.org', true), '')::uuid and e.cohort_id = offers_lapsed.cohort and e.state = 'invited'
     and e.answer_by < (nullif(current_setting('app.now', true), '')::timestamptz at time zone 'Europe/Helsinki')::date
     and exists (select from app.cohort_duty d where d.org_id = e.org_id and d.cohort_id = e.cohort_id and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
       and d.valid_from <= nullif(current_setting('app.now', true), '')::timestamptz and d.valid_until > nullif(current_setting('app.now', true), '')::timestamptz)
$$;
-- +goose StatementEnd
alter function app.offers_lapsed owner to kuukausi_duty;

-- end_substitute: a substitute's duty ends before its day, by those who may name one.
-- +goose StatementBegin
create function app.end_substitute(duty uuid) returns void language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare o uuid := current_setting('app.org')::uuid; me uuid := current_setting('app.actor')::uuid; at timestamptz := current_setting('app.now')::timestamptz;
begin
  update app.cohort_duty d set valid_until = greatest(at, d.valid_from)
   where d.org_id = o and d.id = duty and d.kind = 'substitute' and d.valid_until > at
     and exists (select from app.cohort_duty n where n.org_id = o and n.cohort_id = d.cohort_id and n.user_id = me and n.kind in ('coach', 'pair', 'coordinator') and n.valid_from <= at and n.valid_until > at);
  if not found then
    raise exception using errcode = '42501', message = 'a substitute''s duty is ended by who may name one';
  end if;
end $$;
-- +goose StatementEnd
alter function app.end_substitute owner to kuukausi_duty;
revoke execute on all routines in schema app from public;
grant execute on function app.offers_lapsed, app.end_substitute to kuukausi_web;

-- What a protected person's trial says of the site is not the expert's (domain.md 96): its signatures go with it.
-- +goose StatementBegin
do $$
declare p text;
begin
  select pg_get_expr(l.polqual, l.polrelid) into p from pg_policy l where l.polrelid = 'app.trial_signature'::regclass and l.polname = 'web_select';
  execute format('alter policy web_select on app.trial_signature using ((%s) and (not %s or trial_id in (select t.id from app.trial t)))', p, app.rule_role('expert'));
end $$;
-- +goose StatementEnd

-- +goose Down
drop function app.offers_lapsed, app.end_substitute;

-- +goose Up
-- A person's identity code: sealed by the app, found by a blind index that is the organisation's own (rulings.md 9).
-- Whether a code is known stands on the person, so that pages need not look elsewhere.
alter table app.participant add code_known boolean not null default false;
alter table app.participant add merged_into uuid;
alter table app.participant add foreign key (org_id, merged_into) references app.participant (org_id, id);
create table app.national_id (
  org_id uuid not null,
  participant_id uuid not null,
  sealed bytea not null,
  code_index bytea not null,
  version int not null default 1,
  entered_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, participant_id),
  unique (org_id, code_index),
  foreign key (org_id, participant_id) references app.participant
);
-- code_index: what the app computed, made this organisation's own: two organisations' rows cannot be told to be one person's.
-- +goose StatementBegin
create function app.code_index(code bytea) returns bytea language sql stable set search_path = pg_catalog, pg_temp as $$
  select sha256(uuid_send(nullif(current_setting('app.org', true), '')::uuid) || code_index.code)
$$;
-- +goose StatementEnd
-- known_people: whether somebody of this name and day of birth, or of this code, is in the organisation already. Who has
-- no duty on them learns that there is somebody, and no more.
-- +goose StatementBegin
create function app.known_people(first text, last text, born date, code bytea) returns table (participant_id uuid, first_name text, last_name text, born_on date, by_code boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare o uuid := nullif(current_setting('app.org', true), '')::uuid; me uuid := nullif(current_setting('app.actor', true), '')::uuid; moment timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
begin
  if current_setting('app.role', true) not in ('coach', 'coordinator', 'expert') then return; end if;
  return query
  select case when k.mine then k.id end, case when k.mine then k.first_name else '' end, case when k.mine then k.last_name else '' end, case when k.mine then k.born_on end, k.by_code
  from (select p.id, p.first_name, p.last_name, p.born_on, n.participant_id is not null by_code,
          exists (select from app.case_grant g where g.org_id = o and g.participant_id = p.id and g.user_id = me and g.reason <> 'break_glass' and g.valid_from <= moment and g.valid_until > moment) mine
    from app.participant p
    left join app.national_id n on n.org_id = p.org_id and n.participant_id = p.id and n.code_index = app.code_index(known_people.code) and current_setting('app.role', true) <> 'coordinator'
    where p.org_id = o and p.merged_into is null
      and (n.participant_id is not null or p.born_on = known_people.born and lower(normalize(p.last_name)) = lower(normalize(known_people.last)) and lower(normalize(p.first_name)) = lower(normalize(known_people.first)))) k
  order by k.by_code desc limit 10;
end $$;
-- +goose StatementEnd
create index participant_by_birth on app.participant (org_id, born_on);
call app.open_to('kuukausi_duty', 'participant', 'select, update');
call app.open_to('kuukausi_duty', 'national_id', 'select, update');
alter function app.known_people owner to kuukausi_duty;

-- +goose StatementBegin
do $$
declare parties text := app.rule_role('coach', 'expert', 'participant') || ' and ' || app.rule_grant('participant_id', 'participant_id', 'coach', 'pair', 'substitute', 'expert', 'participant');
        writers text := app.rule_role('coach', 'expert') || ' and ' || app.rule_grant('participant_id', 'participant_id', 'coach', 'pair', 'substitute', 'expert');
begin
  call app.protect('national_id', parties, 'select insert', writers);
  grant update on app.national_id to kuukausi_web;
  execute format('create policy web_update on app.national_id for update to kuukausi_web using (%1$s) with check (%1$s)', app.rule_org() || ' and ' || app.rule_role('coach') || ' and ' || app.rule_grant('participant_id', 'participant_id', 'coach', 'pair', 'substitute'));
end $$;
-- +goose StatementEnd
revoke execute on all routines in schema app from public;
grant execute on function app.code_index, app.known_people to kuukausi_web;
grant execute on function app.code_index to kuukausi_duty;

-- +goose Down
drop function app.known_people, app.code_index;
drop table app.national_id;
alter table app.participant drop merged_into, drop code_known;
drop index if exists app.participant_by_birth;

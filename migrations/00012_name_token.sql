-- +goose Up
-- The parts of a name, for finding people by the beginning of any of them. Text search operators are not leakproof, so
-- under row-level security their indexes would not be used; a range of "C" is (house.md §4). The key leads by person:
-- who searches may see at most some hundred people, however many the organisation has.
create table app.name_token (
  org_id uuid not null,
  participant_id uuid not null,
  token text collate "C" not null,
  primary key (org_id, participant_id, token),
  foreign key (org_id, participant_id) references app.participant
);

-- name_tokens: lower case, composed (NFC), split at everything that is no letter or digit.
-- +goose StatementBegin
create function app.name_tokens(name text) returns setof text language sql immutable set search_path = pg_catalog, pg_temp as $$
  select distinct t from regexp_split_to_table(lower(normalize(name, NFC)), '[^[:alnum:]]+') t where t <> ''
$$;
-- +goose StatementEnd
-- +goose StatementBegin
create function app.name_changes() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from app.name_token where org_id = new.org_id and participant_id = new.id;
  insert into app.name_token (org_id, participant_id, token) select new.org_id, new.id, t from app.name_tokens(new.first_name || ' ' || new.last_name) t;
  return null;
end $$;
-- +goose StatementEnd
call app.open_to('kuukausi_duty', 'name_token', 'select, insert, delete');
alter function app.name_changes() owner to kuukausi_duty;
grant execute on function app.name_tokens to kuukausi_duty;
create trigger names after insert or update of first_name, last_name on app.participant for each row execute function app.name_changes();

alter table app.participant no force row level security;
alter table app.name_token no force row level security;
insert into app.name_token (org_id, participant_id, token)
select p.org_id, p.id, t from app.participant p cross join lateral app.name_tokens(p.first_name || ' ' || p.last_name) t;
alter table app.participant force row level security;
alter table app.name_token force row level security;

-- +goose StatementBegin
do $$ begin
  call app.protect('name_token', app.rule_grant('participant_id', 'participant_id', 'coach', 'pair', 'substitute', 'coordinator', 'expert', 'participant', 'follow_up'), 'select');
end $$;
-- +goose StatementEnd
revoke execute on function app.name_changes, app.name_tokens from public;
grant execute on function app.name_tokens to kuukausi_web;

-- Lists somebody comes back to: their own, a name and the filter of the URL.
create table app.saved_view (
  org_id uuid not null default nullif(current_setting('app.org', true), '')::uuid references app.organisation,
  actor_id uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  id uuid not null,
  page text not null check (page in ('participants')),
  name text not null,
  query text not null,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, actor_id, id),
  unique (org_id, actor_id, page, name),
  foreign key (org_id, actor_id) references app.membership
);
call app.protect('saved_view', app.rule_me('actor_id'), 'select insert delete');

-- +goose Down
drop table app.saved_view;
drop trigger names on app.participant;
drop function app.name_changes;
drop table app.name_token;
drop function app.name_tokens;

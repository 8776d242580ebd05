-- +goose Up
create table app.organisation (
  id uuid primary key,
  name text not null,
  created_at timestamptz not null
);
alter table app.organisation enable row level security;
alter table app.organisation force row level security;
grant select on app.organisation to kuukausi_web;
-- +goose StatementBegin
do $$ begin
  execute format('create policy web_select on app.organisation for select to kuukausi_web using (%s)', app.rule_org('id'));
end $$;
-- +goose StatementEnd
call app.open_to('kuukausi_door', 'organisation', 'select');

-- A login. It belongs to no organisation; only the door functions may read it.
create table app.account (
  id uuid primary key,
  email text not null unique check (email = lower(email)),
  password_hash text not null,
  lang text not null default 'fi' check (lang in ('fi', 'sv', 'en')),
  created_at timestamptz not null,
  disabled_at timestamptz
);
call app.open_to('kuukausi_door', 'account', 'select, insert, update');

-- A person's role in an organisation: the actor of every act. The name is the one colleagues see there.
create table app.membership (
  org_id uuid not null references app.organisation,
  id uuid not null,
  account_id uuid not null references app.account,
  role text not null check (role in ('coach', 'coordinator', 'expert', 'participant', 'admin')),
  name text not null,
  email text not null,
  employment_area text not null default '',
  version int not null default 1,
  created_at timestamptz not null,
  disabled_at timestamptz,
  primary key (org_id, id),
  unique (org_id, account_id, role)
);
create index on app.membership (account_id);
call app.protect('membership', null, 'select');
grant update (role, disabled_at, version) on app.membership to kuukausi_web;
-- +goose StatementBegin
do $$ declare rule text := app.rule_org() || ' and ' || app.rule_role('admin') || ' and not (' || app.rule_me('id') || ')'; begin
  execute format('create policy web_update on app.membership for update to kuukausi_web using (%1$s) with check (%1$s)', rule);
end $$;
-- +goose StatementEnd
call app.open_to('kuukausi_door', 'membership', 'select, insert, update');

create table app.login_session (
  token_hash bytea primary key,
  account_id uuid not null references app.account,
  org_id uuid not null,
  membership_id uuid not null,
  auth_level smallint not null default 1,
  handed_review uuid,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  foreign key (org_id, membership_id) references app.membership
);
create index on app.login_session (org_id, membership_id);
call app.open_to('kuukausi_door', 'login_session', 'select, insert, update, delete');

-- Sign-in attempts per account name and per address, as keyed hashes.
create table app.login_throttle (
  key bytea primary key,
  attempts int not null,
  last_at timestamptz not null
);
call app.open_to('kuukausi_door', 'login_throttle', 'select, insert, update, delete');

create table app.invitation (
  org_id uuid not null references app.organisation,
  id uuid not null,
  token_hash bytea not null unique,
  email text not null check (email = lower(email)),
  name text not null,
  role text not null check (role in ('coach', 'coordinator', 'expert', 'admin')),
  employment_area text not null default '',
  invited_by uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, invited_by) references app.membership
);
call app.protect('invitation', app.rule_role('admin'), 'insert');
-- the hash of a one-time link is nothing anyone needs to read back
grant select (org_id, id, email, name, role, created_at, expires_at, used_at) on app.invitation to kuukausi_web;
-- +goose StatementBegin
do $$ begin
  execute format('create policy web_select on app.invitation for select to kuukausi_web using (%s and %s)', app.rule_org(), app.rule_role('admin'));
end $$;
-- +goose StatementEnd
call app.open_to('kuukausi_door', 'invitation', 'select, update');

-- +goose Down
drop table app.invitation, app.login_throttle, app.login_session, app.membership, app.account, app.organisation;

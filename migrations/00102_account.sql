-- +goose Up
-- A login. It belongs to no organisation, and only the door's functions read it.
create table app.account (
  id uuid primary key,
  email text not null unique check (email = lower(email)),
  password_hash text not null,
  lang text not null default 'fi' check (lang in ('fi', 'sv', 'en')),
  created_at timestamptz not null,
  disabled_at timestamptz
);

-- A login's role in an organisation: the actor of every act. Colleagues there see this name.
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
  invited_by uuid, -- who made the invitation that was accepted; null for the first of an organisation
  primary key (org_id, id),
  unique (org_id, account_id, role)
);
alter table app.organisation add foreign key (id, data_contact) references app.membership (org_id, id);
create index on app.membership (account_id);

create table app.login_session (
  token_hash bytea primary key,
  id uuid not null default gen_random_uuid(), -- by which its owner names it
  account_id uuid not null references app.account,
  org_id uuid not null,
  membership_id uuid not null,
  handed_review uuid, -- the review for which the device is in the participant's hands
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  foreign key (org_id, membership_id) references app.membership
);
create index on app.login_session (org_id, membership_id);

-- Sign-in attempts for each account name and each address. The keys are keyed hashes.
create table app.login_throttle (
  key bytea primary key,
  attempts int not null,
  last_at timestamptz not null
);
create index on app.login_throttle (last_at);

-- A one-time link: for a new colleague, or for one who lost their password. Once there are cases, somebody else than who made
-- it confirms it, so that one person alone does not reach them.
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
  kind text not null default 'invitation' check (kind in ('invitation', 'reset', 'hand_over')),
  leaver uuid, -- whose duties go to successor, once somebody else has said so
  successor uuid,
  needs_other boolean not null default false,
  confirmed_by uuid,
  confirmed_at timestamptz,
  withdrawn_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, invited_by) references app.membership,
  check ((kind = 'hand_over') = (leaver is not null) and (leaver is null) = (successor is null)),
  foreign key (org_id, confirmed_by) references app.membership,
  foreign key (org_id, leaver) references app.membership,
  foreign key (org_id, successor) references app.membership
);
create index on app.invitation (org_id, email);

-- A form is done once: the transaction of its act inserts its id.
create table app.form (
  org_id uuid not null default nullif(current_setting('app.org', true), '')::uuid,
  id uuid not null,
  actor_id uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  action text not null,
  digest bytea, -- of what was typed: the same id with another content is no double submit (internal/domain.md, ruling 39)
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id)
);

-- What somebody typed and did not send (internal/domain.md, ruling 16). It is their own, kept by form and by page.
create table app.draft (
  org_id uuid not null default nullif(current_setting('app.org', true), '')::uuid references app.organisation,
  actor_id uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  id uuid not null,
  page text not null,
  fields jsonb not null,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, actor_id, id),
  foreign key (org_id, actor_id) references app.membership
);
create index on app.draft (org_id, actor_id, page, at desc);

alter table app.account enable row level security, force row level security;
create policy own_kuukausi_door on app.account to kuukausi_door using (true) with check (true);

alter table app.membership enable row level security, force row level security;
-- Colleagues know each other. Only participants themselves and administrators know a participant's membership: pages
-- take the person's name from the case.
create policy web_select on app.membership for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (
    role <> 'participant'
    or id = (select nullif(current_setting('app.actor', true), '')::uuid)
    or (select current_setting('app.role', true)) = 'admin'
  )
);
-- An administrator changes everybody's membership but their own.
create policy web_update on app.membership for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'admin'
  and not id = (select nullif(current_setting('app.actor', true), '')::uuid)
) with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'admin'
  and not id = (select nullif(current_setting('app.actor', true), '')::uuid)
);
create policy own_kuukausi_door on app.membership to kuukausi_door using (true) with check (true);
create policy own_kuukausi_duty on app.membership to kuukausi_duty using (true) with check (true);

alter table app.login_session enable row level security, force row level security;
create policy own_kuukausi_door on app.login_session to kuukausi_door using (true) with check (true);
create policy own_kuukausi_duty on app.login_session to kuukausi_duty using (true) with check (true);

alter table app.login_throttle enable row level security, force row level security;
create policy own_kuukausi_door on app.login_throttle to kuukausi_door using (true) with check (true);

alter table app.invitation enable row level security, force row level security;
create policy web_select on app.invitation for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'admin'
);
create policy web_insert on app.invitation for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and invited_by = (select nullif(current_setting('app.actor', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'admin'
  and not exists ( -- under whatever membership of theirs
    select
    from app.membership a
    join app.membership b on b.org_id = a.org_id and b.account_id = a.account_id
    where a.org_id = invitation.org_id
      and a.id = invitation.invited_by
      and b.id in (invitation.leaver, invitation.successor)
  )
);
create policy web_update on app.invitation for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'admin'
) with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'admin'
  and withdrawn_at is not null
);
create policy own_kuukausi_door on app.invitation to kuukausi_door using (true) with check (true);
create policy own_kuukausi_duty on app.invitation to kuukausi_duty using (true) with check (true);

alter table app.form enable row level security, force row level security;
create policy web_select on app.form for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and actor_id = (select nullif(current_setting('app.actor', true), '')::uuid)
);
create policy web_insert on app.form for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and actor_id = (select nullif(current_setting('app.actor', true), '')::uuid)
);

alter table app.draft enable row level security, force row level security;
create policy web_select on app.draft for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and actor_id = (select nullif(current_setting('app.actor', true), '')::uuid)
);
create policy web_insert on app.draft for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and actor_id = (select nullif(current_setting('app.actor', true), '')::uuid)
);
create policy web_update on app.draft for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and actor_id = (select nullif(current_setting('app.actor', true), '')::uuid)
) with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and actor_id = (select nullif(current_setting('app.actor', true), '')::uuid)
);
create policy web_delete on app.draft for delete to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and actor_id = (select nullif(current_setting('app.actor', true), '')::uuid)
);
create policy own_kuukausi_door on app.draft to kuukausi_door using (true) with check (true);
create policy own_kuukausi_duty on app.draft to kuukausi_duty using (true) with check (true);

grant select, insert, update on app.account to kuukausi_door;
grant select on app.membership to kuukausi_web;
grant update (role, version, disabled_at) on app.membership to kuukausi_web;
grant select, insert, update on app.membership to kuukausi_door;
grant select on app.membership to kuukausi_duty;
grant select, insert, update, delete on app.login_session to kuukausi_door;
grant select, delete on app.login_session to kuukausi_duty;
grant select, insert, update, delete on app.login_throttle to kuukausi_door;
-- Nobody needs to read back the hash of a one-time link, and whether it needs somebody else's word, who gave it and that it was
-- used is not for its maker to say.
grant insert (
  org_id, id, token_hash, email, name, role, employment_area, invited_by, created_at, expires_at, kind, leaver, successor
) on app.invitation to kuukausi_web;
grant select (
  org_id, id, email, name, role, kind, needs_other, confirmed_by, confirmed_at, withdrawn_at, created_at, expires_at, used_at
) on app.invitation to kuukausi_web;
grant update (withdrawn_at) on app.invitation to kuukausi_web;
grant select, update on app.invitation to kuukausi_door;
grant select, update on app.invitation to kuukausi_duty;
grant select, insert (id, action, digest) on app.form to kuukausi_web;
grant select, insert, update, delete on app.draft to kuukausi_web;
grant select, insert, update, delete on app.draft to kuukausi_door;
grant select, delete on app.draft to kuukausi_duty;

-- enter finds out who this is and whether the role may do the act, and sets the row-level context of this transaction.
-- A role that is not named gets no context, so no later statement sees a row. It is plpgsql because PostgreSQL 15 plans
-- an SQL function at every call; the settings are one simple expression because plpgsql evaluates that without a query.
-- +goose StatementBegin
create function app.enter(token bytea, roles text[], sync text, at timestamptz, idle interval)
returns table (
  org_id uuid, actor_id uuid, name text, role text, lang text, org_name text, memberships int, handed_review uuid,
  seen_at timestamptz, allowed boolean
)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  done text;
begin
  select
    s.org_id,
    s.membership_id,
    m.name,
    case when s.handed_review is null then m.role else 'handed' end,
    a.lang,
    o.name,
    (select count(*)::int from app.membership n where n.account_id = s.account_id and n.disabled_at is null),
    s.handed_review,
    s.seen_at
  into org_id, actor_id, name, role, lang, org_name, memberships, handed_review, seen_at
  from app.login_session s
  join app.membership m on m.org_id = s.org_id and m.id = s.membership_id and m.disabled_at is null
  join app.account a on a.id = s.account_id and a.disabled_at is null
  join app.organisation o on o.id = s.org_id
  where s.token_hash = enter.token
    and s.expires_at > enter.at
    and s.seen_at > enter.at - enter.idle
    and s.seen_at < enter.at + interval '1 hour'; -- seen in the future: a clock was wrong, and nobody knows for how long
  if not found then return; end if;
  allowed := role = any(enter.roles);
  if allowed then
    done := set_config('app.org', org_id::text, true)
      || set_config('app.actor', actor_id::text, true)
      || set_config('app.role', role, true)
      || set_config('app.now', enter.at::text, true)
      || set_config('app.lang', lang, true)
      || set_config('synchronous_commit', enter.sync, true);
  end if;
  return next;
end $$;
-- +goose StatementEnd
alter function app.enter owner to kuukausi_door;

-- unhurried: the commit that follows may take as long as it takes, because nobody could say what one that was broken off had done.
-- +goose StatementBegin
create function app.unhurried() returns text
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select set_config('statement_timeout', '0', true)
$$;
-- +goose StatementEnd
alter function app.unhurried owner to kuukausi_door;

-- +goose StatementBegin
create function app.touch(token bytea, at timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update app.login_session set seen_at = touch.at where token_hash = touch.token and seen_at < touch.at
$$;
-- +goose StatementEnd
alter function app.touch owner to kuukausi_door;

-- login_attempt counts first and answers after, so that parallel guesses cannot pass under the limit. Each key has its own
-- number of free tries: few for a name from one place, more for a name from everywhere, most for a place. Beyond them a wait
-- doubles up to a quarter of an hour; an hour of quiet forgets the count, a day of it the row.
-- +goose StatementBegin
create function app.login_attempt(email text, keys bytea[], free int[], at timestamptz)
returns table (account_id uuid, password_hash text, wait_seconds int)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  k bytea;
  tries int;
  n int;
  before timestamptz;
  due int;
begin
  wait_seconds := 0;
  delete from app.login_throttle t
  where t.last_at < login_attempt.at - interval '1 day'
    and not t.key = any(login_attempt.keys);
  for k, tries in
    select v.k, v.tries from unnest(login_attempt.keys, login_attempt.free) v (k, tries) order by 1
  loop
    insert into app.login_throttle as t (key, attempts, last_at) values (k, 0, login_attempt.at)
    on conflict (key) do update set key = excluded.key;
    select t.attempts, t.last_at into n, before from app.login_throttle t where t.key = k for update;
    if before < login_attempt.at - interval '1 hour' then n := 0; end if;
    due := case
      when n < tries then 0
      else least(900, least(900, 2 ^ least(n - tries + 1, 10))::int - extract(epoch from login_attempt.at - before)::int)
    end; -- a clock that was set back makes nobody wait for years
    if due > 0 then
      wait_seconds := greatest(wait_seconds, due);
    else
      update app.login_throttle t set attempts = n + 1, last_at = login_attempt.at where t.key = k;
    end if;
  end loop;
  select a.id, a.password_hash
  into account_id, password_hash
  from app.account a
  where a.email = login_attempt.email
    and a.disabled_at is null;
  return next;
end $$;
-- +goose StatementEnd
alter function app.login_attempt owner to kuukausi_door;

-- throttle_undo takes a try back: the password was right, so it counts neither for the name nor for the place, which is the
-- last of the keys.
-- +goose StatementBegin
create function app.throttle_undo(keys bytea[]) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  delete from app.login_throttle where key = any(throttle_undo.keys[1:cardinality(throttle_undo.keys) - 1]);
  update app.login_throttle
  set attempts = greatest(0, attempts - 1)
  where key = throttle_undo.keys[cardinality(throttle_undo.keys)];
$$;
-- +goose StatementEnd
alter function app.throttle_undo owner to kuukausi_door;

-- login_start gives a new token to an account whose password was right. The membership that was used last comes first.
-- +goose StatementBegin
create function app.login_start(
  account uuid, keys bytea[], token bytea, row_id uuid, request text, at timestamptz, until timestamptz
) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  o uuid;
  m uuid;
  r text;
begin
  perform app.throttle_undo(login_start.keys);
  delete from app.login_session where account_id = login_start.account and expires_at <= login_start.at;
  select n.org_id, n.id, n.role
  into o, m, r
  from app.membership n
  left join lateral (
    select max(s.seen_at) used
    from app.login_session s
    where s.org_id = n.org_id
      and s.membership_id = n.id
  ) s on true
  where n.account_id = login_start.account
    and n.disabled_at is null
  order by s.used desc nulls last, n.created_at, n.id
  limit 1;
  if m is null then return false; end if;
  insert into app.login_session (token_hash, account_id, org_id, membership_id, created_at, seen_at, expires_at)
  values (login_start.token, login_start.account, o, m, login_start.at, login_start.at, login_start.until);
  insert into app.audit (org_id, id, at, actor_id, role, action, subject_id, purpose, outcome, request_id)
  values (o, login_start.row_id, login_start.at, m, r, 'login_start', m, 'access', 'done', login_start.request);
  return true;
end $$;
-- +goose StatementEnd
alter function app.login_start owner to kuukausi_door;

-- +goose StatementBegin
create function app.login_end(token bytea, row_id uuid, request text, at timestamptz) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.audit (org_id, id, at, actor_id, role, action, subject_id, purpose, outcome, request_id)
  select
    s.org_id,
    login_end.row_id,
    login_end.at,
    s.membership_id,
    m.role,
    'login_end',
    s.membership_id,
    'access',
    'done',
    login_end.request
  from app.login_session s
  join app.membership m on m.org_id = s.org_id and m.id = s.membership_id
  where s.token_hash = login_end.token;
  delete from app.login_session where token_hash = login_end.token;
end $$;
-- +goose StatementEnd
alter function app.login_end owner to kuukausi_door;

-- login_choices lists the memberships between which a login can switch.
-- +goose StatementBegin
create function app.login_choices(token bytea, at timestamptz)
returns table (id uuid, role text, org_name text, active boolean)
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select m.id, m.role, o.name, m.id = s.membership_id
  from app.login_session s
  join app.membership m on m.account_id = s.account_id and m.disabled_at is null
  join app.organisation o on o.id = m.org_id
  where s.token_hash = login_choices.token
    and s.expires_at > login_choices.at
    and s.handed_review is null
  order by o.name, m.role
$$;
-- +goose StatementEnd
alter function app.login_choices owner to kuukausi_door;

-- login_switch moves a login to another of its memberships under a new token. The old token ends.
-- +goose StatementBegin
create function app.login_switch(
  token bytea, fresh bytea, membership uuid, row_id uuid, request text, at timestamptz
) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  o uuid;
  r text;
begin
  select m.org_id, m.role
  into o, r
  from app.login_session s
  join app.membership m on m.account_id = s.account_id
  where s.token_hash = login_switch.token
    and s.expires_at > login_switch.at
    and s.handed_review is null
    and m.id = login_switch.membership
    and m.disabled_at is null;
  if not found then return false; end if;
  update app.login_session
  set
    token_hash = login_switch.fresh,
    org_id = o,
    membership_id = login_switch.membership,
    seen_at = login_switch.at
  where token_hash = login_switch.token;
  insert into app.audit (org_id, id, at, actor_id, role, action, subject_id, purpose, outcome, request_id)
  values (
    o, login_switch.row_id, login_switch.at, login_switch.membership, r, 'membership_switch', login_switch.membership,
    'access', 'done', login_switch.request
  );
  return true;
end $$;
-- +goose StatementEnd
alter function app.login_switch owner to kuukausi_door;

-- +goose StatementBegin
create function app.login_language(token bytea, lang text) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update app.account
  set lang = login_language.lang
  where id = (select s.account_id from app.login_session s where s.token_hash = login_language.token)
$$;
-- +goose StatementEnd
alter function app.login_language owner to kuukausi_door;

-- login_secret returns the password hash of the account that is signed in, to check a password that is typed again.
-- +goose StatementBegin
create function app.login_secret(token bytea, at timestamptz)
returns table (account_id uuid, email text, password_hash text, handed_review uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.id, a.email, a.password_hash, s.handed_review
  from app.login_session s
  join app.account a on a.id = s.account_id
  where s.token_hash = login_secret.token
    and s.expires_at > login_secret.at
$$;
-- +goose StatementEnd
alter function app.login_secret owner to kuukausi_door;

-- login_hand gives the device to the participant for one review and takes it back (review null), each time under a new
-- token.
-- +goose StatementBegin
create function app.login_hand(
  token bytea, fresh bytea, review uuid, row_id uuid, request text, at timestamptz
) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  o uuid;
  m uuid;
  was uuid;
begin
  select s.org_id, s.membership_id, s.handed_review
  into o, m, was
  from app.login_session s
  where s.token_hash = login_hand.token
    and s.expires_at > login_hand.at;
  if not found then return false; end if;
  update app.login_session
  set token_hash = login_hand.fresh, handed_review = login_hand.review, seen_at = login_hand.at
  where token_hash = login_hand.token;
  if login_hand.review is null then -- the act of handing over leaves a row of its own
    insert into app.audit (org_id, id, at, actor_id, role, action, subject_id, purpose, outcome, request_id)
    select o, login_hand.row_id, login_hand.at, m, n.role, 'device_return', was, 'review', 'done', login_hand.request
    from app.membership n
    where n.org_id = o
      and n.id = m;
  end if;
  return true;
end $$;
-- +goose StatementEnd
alter function app.login_hand owner to kuukausi_door;

-- login_sessions lists the sessions of the account that is signed in, the newest first.
-- +goose StatementBegin
create function app.login_sessions(token bytea, at timestamptz)
returns table (id uuid, org_name text, role text, created_at timestamptz, seen_at timestamptz, mine boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select x.id, o.name, m.role, x.created_at, x.seen_at, x.token_hash = s.token_hash
  from app.login_session s
  join app.login_session x on x.account_id = s.account_id and x.expires_at > login_sessions.at
  join app.membership m on m.org_id = x.org_id and m.id = x.membership_id
  join app.organisation o on o.id = x.org_id
  where s.token_hash = login_sessions.token
    and s.expires_at > login_sessions.at
    and s.handed_review is null
  order by x.seen_at desc
  limit 50
$$;
-- +goose StatementEnd
alter function app.login_sessions owner to kuukausi_door;

-- login_session_end ends another session of the same account, or all others when none is named.
-- +goose StatementBegin
create function app.login_session_end(token bytea, session uuid, row_id uuid, request text, at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  s app.login_session%rowtype;
begin
  select * into s
  from app.login_session x
  where x.token_hash = login_session_end.token
    and x.expires_at > login_session_end.at
    and x.handed_review is null;
  if not found then return false; end if;
  delete from app.login_session x
  where x.account_id = s.account_id
    and x.token_hash <> s.token_hash
    and (login_session_end.session is null or x.id = login_session_end.session);
  insert into app.audit (org_id, id, at, actor_id, role, action, subject_id, purpose, outcome, request_id)
  select
    s.org_id,
    login_session_end.row_id,
    login_session_end.at,
    m.id,
    m.role,
    'session_end',
    coalesce(login_session_end.session, m.id),
    'access',
    'done',
    login_session_end.request
  from app.membership m
  where m.org_id = s.org_id
    and m.id = s.membership_id;
  return true;
end $$;
-- +goose StatementEnd
alter function app.login_session_end owner to kuukausi_door;

-- login_password stores another password of the account that is signed in; its other sessions end. The old password was
-- checked before.
-- +goose StatementBegin
create function app.login_password(token bytea, password text, row_id uuid, request text, at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  s app.login_session%rowtype;
begin
  select * into s
  from app.login_session x
  where x.token_hash = login_password.token
    and x.expires_at > login_password.at
    and x.handed_review is null;
  if not found then return false; end if;
  update app.account set password_hash = login_password.password where id = s.account_id;
  delete from app.login_session x where x.account_id = s.account_id and x.token_hash <> s.token_hash;
  insert into app.audit (org_id, id, at, actor_id, role, action, subject_id, purpose, outcome, request_id)
  select
    s.org_id, login_password.row_id, login_password.at, m.id, m.role, 'password_change', m.id, 'access', 'done',
    login_password.request
  from app.membership m
  where m.org_id = s.org_id
    and m.id = s.membership_id;
  return true;
end $$;
-- +goose StatementEnd
alter function app.login_password owner to kuukausi_door;

-- invitation_look shows a one-time link that is still open, as long as the administrator who made it still is one. Whether its
-- e-mail has an account already, the page must not tell: the hash is for checking the password only.
-- +goose StatementBegin
create function app.invitation_look(token bytea, at timestamptz)
returns table (org_name text, email text, name text, role text, kind text, waits boolean, account_id uuid, password_hash text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.name, i.email, i.name, i.role, i.kind, i.needs_other and i.confirmed_at is null, a.id, a.password_hash
  from app.invitation i
  join app.organisation o on o.id = i.org_id
  left join app.account a on a.email = i.email
  join app.membership m on m.org_id = i.org_id and m.id = i.invited_by and m.role = 'admin' and m.disabled_at is null
  where i.token_hash = invitation_look.token
    and i.kind <> 'hand_over'
    and i.used_at is null
    and i.withdrawn_at is null
    and i.expires_at > invitation_look.at
    and a.disabled_at is null
$$;
-- +goose StatementEnd
alter function app.invitation_look owner to kuukausi_door;

-- invitation_accept uses the link up. An account that exists keeps its password, which was checked before; a link for a lost
-- password sets it and ends every session.
-- +goose StatementBegin
create function app.invitation_accept(
  token bytea, account uuid, membership uuid, password text, lang text, row_id uuid, request text, at timestamptz
) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  i app.invitation%rowtype;
  who uuid;
begin
  update app.invitation v
  set used_at = invitation_accept.at
  where v.token_hash = invitation_accept.token
    and v.kind <> 'hand_over'
    and v.used_at is null
    and v.withdrawn_at is null
    and (v.confirmed_at is not null or not v.needs_other)
    and v.expires_at > invitation_accept.at
    and exists (
      select
      from app.membership m
      where m.org_id = v.org_id
        and m.id = v.invited_by
        and m.role = 'admin'
        and m.disabled_at is null
    )
    and not exists (select from app.account a where a.email = v.email and a.disabled_at is not null)
    and not (
      v.kind = 'reset'
      and exists (
        select
        from app.account a
        join app.membership x on x.account_id = a.id and x.disabled_at is null
        where a.email = v.email and x.org_id <> v.org_id
      )
    )
  returning v.* into i;
  if not found then return false; end if;
  if i.kind = 'reset' then
    update app.account a set password_hash = invitation_accept.password where a.email = i.email returning a.id into who;
    delete from app.login_session s where s.account_id = who;
  else
    insert into app.account (id, email, password_hash, lang, created_at)
    values (
      invitation_accept.account, i.email, invitation_accept.password, invitation_accept.lang, invitation_accept.at
    )
    on conflict (email) do nothing;
    select a.id into who from app.account a where a.email = i.email;
    insert into app.membership (org_id, id, account_id, role, name, email, employment_area, created_at, invited_by)
    values (
      i.org_id, invitation_accept.membership, who, i.role, i.name, i.email, i.employment_area, invitation_accept.at,
      i.invited_by
    )
    on conflict (org_id, account_id, role) do update
    set
      disabled_at = null,
      name = excluded.name,
      employment_area = excluded.employment_area,
      created_at = excluded.created_at,
      invited_by = excluded.invited_by,
      version = app.membership.version + 1;
  end if;
  insert into app.audit (org_id, id, at, actor_id, role, action, subject_id, purpose, outcome, request_id)
  select
    i.org_id,
    invitation_accept.row_id,
    invitation_accept.at,
    m.id,
    m.role,
    case i.kind when 'reset' then 'password_reset' else 'invitation_accept' end,
    i.id,
    'access',
    'done',
    invitation_accept.request
  from app.membership m
  where m.org_id = i.org_id
    and m.account_id = who
    and m.role = i.role;
  return true;
end $$;
-- +goose StatementEnd
alter function app.invitation_accept owner to kuukausi_door;

-- member_elsewhere tells an administrator whether a member's login opens another organisation too: a password for both is not
-- theirs to give.
-- +goose StatementBegin
create function app.member_elsewhere(member uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
    select
    from app.membership m
    join app.membership x on x.account_id = m.account_id and x.org_id <> m.org_id and x.disabled_at is null
    where m.org_id = nullif(current_setting('app.org', true), '')::uuid
      and m.id = member_elsewhere.member
      and current_setting('app.role', true) = 'admin'
  )
$$;
-- +goose StatementEnd
alter function app.member_elsewhere owner to kuukausi_door;

-- newcomer tells of somebody who has been here for less than fourteen days: whoever was let in to look at a case has to wait.
-- +goose StatementBegin
create function app.newcomer(since timestamptz) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select newcomer.since > nullif(current_setting('app.now', true), '')::timestamptz - interval '14 days'
$$;
-- +goose StatementEnd

-- confirmations are the links that wait for the actor's word: never one they made or one to themself. Another administrator
-- confirms, unless one of the two invited the other; where there is no such administrator, a coach, a coordinator or an expert
-- who has been here for fourteen days does, and where nobody has been here as long, the one who has been here longest.
-- +goose StatementBegin
create function app.confirmations() returns table (
  id uuid, kind text, name text, email text, role text, by_name text, created_at timestamptz, expires_at timestamptz,
  from_name text
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select i.id, i.kind, i.name, i.email, i.role, b.name, i.created_at, i.expires_at, coalesce(l.name, '')
  from app.membership me
  join app.invitation i on i.org_id = me.org_id
  join app.membership b on b.org_id = i.org_id and b.id = i.invited_by
  left join app.membership l on l.org_id = i.org_id and l.id = i.leaver
  where me.org_id = nullif(current_setting('app.org', true), '')::uuid
    and me.id = nullif(current_setting('app.actor', true), '')::uuid
    and me.role = current_setting('app.role', true)
    and i.needs_other
    and i.confirmed_at is null
    and i.withdrawn_at is null
    and i.used_at is null
    and i.expires_at > nullif(current_setting('app.now', true), '')::timestamptz
    and b.role = 'admin'
    and b.disabled_at is null
    and b.account_id <> me.account_id
    and i.email <> me.email
    and (
      me.role = 'admin' and me.invited_by is distinct from b.id and b.invited_by is distinct from me.id
      or me.role in ('coach', 'coordinator', 'expert')
      and (
        not app.newcomer(me.created_at)
        or me.created_at <= (
          select min(y.created_at)
          from app.membership y
          where y.org_id = i.org_id
            and y.role in ('coach', 'coordinator', 'expert')
            and y.disabled_at is null
            and y.account_id <> b.account_id
            and y.email <> i.email
        )
      )
      and not exists (
        select
        from app.membership x
        where x.org_id = i.org_id
          and x.role = 'admin'
          and x.disabled_at is null
          and x.account_id <> b.account_id
          and x.email <> i.email
          and x.invited_by is distinct from b.id
          and b.invited_by is distinct from x.id
      )
    )
  order by i.created_at
  limit 50
$$;
-- +goose StatementEnd
alter function app.confirmations owner to kuukausi_door;

-- confirm_link says yes or no to one of the actor's confirmations; a hand-over that got its yes is done at once.
-- +goose StatementBegin
create function app.confirm_link(link uuid, yes boolean) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  moment timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
begin
  update app.invitation i
  set
    confirmed_by = case when confirm_link.yes then nullif(current_setting('app.actor', true), '')::uuid end,
    confirmed_at = case when confirm_link.yes then moment end,
    withdrawn_at = case when not confirm_link.yes then moment end
  where i.org_id = nullif(current_setting('app.org', true), '')::uuid
    and i.id = confirm_link.link
    and i.id in (select c.id from app.confirmations() c);
  if not found then
    raise exception using errcode = '42501', message = 'not to be confirmed by this person';
  end if;
  perform app.hand_over(confirm_link.link);
end $$;
-- +goose StatementEnd
alter function app.confirm_link owner to kuukausi_door;

-- draft_late keeps a form that arrived after its session had ended, as a draft of the membership it belonged to. The
-- next sign-in offers the draft; nothing sends it by itself.
-- +goose StatementBegin
create function app.draft_late(token bytea, form uuid, page text, fields jsonb, at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.draft (org_id, actor_id, id, page, fields, at)
  select s.org_id, s.membership_id, draft_late.form, draft_late.page, draft_late.fields, draft_late.at
  from app.login_session s
  join app.membership m on m.org_id = s.org_id and m.id = s.membership_id and m.disabled_at is null
  where s.token_hash = draft_late.token
    and s.handed_review is null
    and s.seen_at > draft_late.at - interval '7 days'
  on conflict (org_id, actor_id, id) do update set fields = excluded.fields, at = excluded.at;
  if not found then return false; end if;
  delete from app.draft d
  using app.login_session s
  where s.token_hash = draft_late.token
    and d.org_id = s.org_id
    and d.actor_id = s.membership_id
    and d.id in (
      select x.id
      from app.draft x
      where x.org_id = s.org_id and x.actor_id = s.membership_id
      order by x.at desc
      offset 50
    );
  return true;
end $$;
-- +goose StatementEnd
alter function app.draft_late owner to kuukausi_door;

-- A membership that ends or changes its role loses its drafts.
-- +goose StatementBegin
create function app.drafts_end() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if (old.disabled_at is null and new.disabled_at is not null) or old.role <> new.role then
    delete from app.draft where org_id = new.org_id and actor_id = new.id;
  end if;
  return null;
end $$;
-- +goose StatementEnd
alter function app.drafts_end owner to kuukausi_duty;
create trigger drafts_end after update on app.membership for each row execute function app.drafts_end();

revoke execute on all routines in schema app from public;
grant execute on function
  app.enter, app.touch, app.unhurried, app.login_attempt, app.throttle_undo, app.login_start, app.login_end, app.login_choices,
  app.login_switch, app.login_language, app.login_secret, app.login_hand, app.invitation_look, app.invitation_accept,
  app.draft_late, app.login_sessions, app.login_session_end, app.login_password, app.member_elsewhere,
  app.confirmations,
  app.confirm_link
to kuukausi_web;
grant execute on function app.newcomer to kuukausi_web, kuukausi_door, kuukausi_duty;

-- +goose Up
-- Lists to which somebody comes back. A view is their own: a name, and the filter of the URL.
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

alter table app.saved_view enable row level security, force row level security;
create policy web_select on app.saved_view for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and actor_id = (select nullif(current_setting('app.actor', true), '')::uuid)
);
create policy web_insert on app.saved_view for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and actor_id = (select nullif(current_setting('app.actor', true), '')::uuid)
);
create policy web_delete on app.saved_view for delete to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and actor_id = (select nullif(current_setting('app.actor', true), '')::uuid)
);

grant select, insert, delete on app.saved_view to kuukausi_web;

-- A signal somebody has read where there is nothing more to do: it stays until then (internal/domain.md, ruling 32).
create table app.signal_seen (
  org_id uuid not null default nullif(current_setting('app.org', true), '')::uuid,
  user_id uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  enrolment_id uuid not null,
  kind text not null check (kind in ('declined', 'interrupted')),
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, user_id, enrolment_id, kind),
  foreign key (org_id, user_id) references app.membership,
  foreign key (org_id, enrolment_id) references app.enrolment
);
alter table app.signal_seen enable row level security, force row level security;
create policy web_select on app.signal_seen for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and user_id = (select nullif(current_setting('app.actor', true), '')::uuid)
);
create policy web_insert on app.signal_seen for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and user_id = (select nullif(current_setting('app.actor', true), '')::uuid)
);
grant select, insert on app.signal_seen to kuukausi_web;

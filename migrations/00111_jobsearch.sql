-- +goose Up
-- The job-search log. Sharing it is one word of the participant (enrolment.search_shared); each step carries a copy, so
-- that the policy can read it.
create table app.search_step (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  kind text not null
    check (kind in ('application', 'call', 'hidden_job', 'interview', 'rehearsal', 'visit', 'offer')),
  done_on date not null,
  shared boolean not null,
  from_mark boolean not null default false, -- it stands for the mark of a half-day, and goes when the mark is corrected
  primary key (org_id, id),
  foreign key (org_id, enrolment_id) references app.enrolment
);
create index on app.search_step (org_id, enrolment_id) include (kind, done_on, shared);

alter table app.search_step enable row level security, force row level security;
create policy web_select on app.search_step for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (
    shared
    or (select current_setting('app.role', true)) = 'participant'
  )
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'break_coach', 'participant')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy web_insert on app.search_step for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'participant')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy web_update on app.search_step for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'participant')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
) with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'participant')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy web_delete on app.search_step for delete to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and from_mark
  and (select current_setting('app.role', true)) = 'coach'
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy own_kuukausi_duty on app.search_step to kuukausi_duty using (true) with check (true);

grant select, insert, update, delete on app.search_step to kuukausi_web;
grant select, update on app.search_step to kuukausi_duty;

-- +goose StatementBegin
create function app.search_sharing() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update app.search_step set shared = new.search_shared where org_id = new.org_id and enrolment_id = new.id;
  return null;
end $$;
-- +goose StatementEnd
alter function app.search_sharing owner to kuukausi_duty;
create trigger sharing after update of search_shared on app.enrolment
  for each row
  when (old.search_shared <> new.search_shared)
  execute function app.search_sharing();

revoke execute on all routines in schema app from public;

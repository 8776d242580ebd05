-- +goose Up
-- What a participant does before the first day (internal/domain.md 13 and 14). Each state has its who and when.
create table app.pre_assignment (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  number smallint not null check (number > 0),
  due_on date not null,
  opened_at timestamptz,
  answer text not null default '',
  how text check (how in ('self', 'told', 'paper')),
  returned_at timestamptz,
  entered_by uuid,
  discussed_at timestamptz,
  discussed_by uuid,
  comment text not null default '',
  version int not null default 1,
  primary key (org_id, id),
  unique (org_id, enrolment_id, number),
  foreign key (org_id, enrolment_id) references app.enrolment,
  check ((returned_at is null) = (how is null)),
  check (discussed_at is null or returned_at is not null)
);

alter table app.pre_assignment enable row level security, force row level security;
-- A participant answers until the assignment has been discussed.
create policy web_select on app.pre_assignment for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'participant')
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
create policy web_insert on app.pre_assignment for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
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
create policy web_update on app.pre_assignment for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (
    (
      (select current_setting('app.role', true)) = 'coach'
      and enrolment_id in (
        select g.enrolment_id
        from app.case_grant g
        where g.org_id = nullif(current_setting('app.org', true), '')::uuid
          and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
          and g.kind in ('coach', 'pair', 'substitute')
          and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
          and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
      )
    )
    or (
      (select current_setting('app.role', true)) = 'participant'
      and discussed_at is null
      and enrolment_id in (
        select g.enrolment_id
        from app.case_grant g
        where g.org_id = nullif(current_setting('app.org', true), '')::uuid
          and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
          and g.kind = 'participant'
          and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
          and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
      )
    )
  )
) with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (
    (
      (select current_setting('app.role', true)) = 'coach'
      and enrolment_id in (
        select g.enrolment_id
        from app.case_grant g
        where g.org_id = nullif(current_setting('app.org', true), '')::uuid
          and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
          and g.kind in ('coach', 'pair', 'substitute')
          and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
          and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
      )
    )
    or (
      (select current_setting('app.role', true)) = 'participant'
      and discussed_at is null
      and enrolment_id in (
        select g.enrolment_id
        from app.case_grant g
        where g.org_id = nullif(current_setting('app.org', true), '')::uuid
          and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
          and g.kind = 'participant'
          and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
          and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
      )
    )
  )
);

grant select, insert on app.pre_assignment to kuukausi_web;
grant update (
  opened_at, answer, how, returned_at, entered_by, discussed_at, discussed_by, comment, version
) on app.pre_assignment to kuukausi_web;

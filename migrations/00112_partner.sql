-- +goose Up
-- An organiser of work trials. Its kind decides which support it may get later.
create table app.employer (
  org_id uuid not null references app.organisation,
  id uuid not null,
  name text not null,
  business_id text not null default '',
  kind text not null default '' check (kind in (
    '', 'company', 'sole_trader', 'municipality', 'joint_authority', 'community', 'foundation', 'state_agency'
  )),
  municipality text not null default '',
  owner_id uuid,
  version int not null default 1,
  created_at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, owner_id) references app.membership
);
alter table app.correction add foreign key (org_id, employer_id) references app.employer;
create unique index employer_once on app.employer (org_id, business_id) where business_id <> '';

create table app.site (
  org_id uuid not null,
  id uuid not null,
  employer_id uuid not null,
  name text not null,
  address text not null default '',
  municipality text not null default '',
  field text not null default '',
  tasks text not null default '',
  contact_limit smallint not null default 0 check (contact_limit >= 0), -- days between contacts; 0 is the usual limit
  cooled_until date,
  cooled_reason text not null default '',
  version int not null default 1,
  primary key (org_id, id),
  foreign key (org_id, employer_id) references app.employer
);
create index on app.site (org_id, employer_id);

-- A contact person may leave (ended): past agreements keep the name, and no new proposal offers it.
create table app.site_person (
  org_id uuid not null,
  id uuid not null,
  site_id uuid not null,
  name text not null,
  phone text not null default '',
  email text not null default '',
  ended boolean not null default false,
  version int not null default 1,
  primary key (org_id, id),
  foreign key (org_id, site_id) references app.site
);
create index on app.site_person (org_id, site_id);

-- Contacts with a site: that there was one, of which kind, about what (internal/domain.md 36), and by whom. It has no
-- text, so that every colleague may count contacts (ruling 8). 00113_placement.sql adds the foreign key of trial_id.
create table app.site_contact (
  org_id uuid not null,
  id uuid not null,
  site_id uuid not null,
  trial_id uuid,
  kind text not null check (kind in ('call', 'visit', 'message', 'meeting')),
  about text not null default ''
    check (about in ('', 'induction', 'tasks', 'guidance', 'wellbeing', 'agreement', 'ending')),
  on_day date not null,
  by_id uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, site_id) references app.site
);
create index on app.site_contact (org_id, trial_id, on_day desc);
create index on app.site_contact (org_id, site_id, on_day desc);

-- Places of a site in a period (internal/domain.md 31).
create table app.site_capacity (
  org_id uuid not null,
  id uuid not null,
  site_id uuid not null,
  from_on date not null,
  until_on date not null check (until_on >= from_on),
  places smallint not null check (places between 0 and 99),
  ended boolean not null default false,
  version int not null default 1,
  entered_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, site_id) references app.site,
  foreign key (org_id, entered_by) references app.membership
);
create index on app.site_capacity (org_id, site_id, from_on);

-- What a coordinator may match by, and only after the participant approved it for this (internal/domain.md, ruling 4).
create table app.placement_profile (
  org_id uuid not null,
  enrolment_id uuid not null,
  fields text[] not null default '{}',
  tasks text not null default '',
  limits text not null default '',
  municipalities text not null default '',
  travel_minutes smallint not null default 0 check (travel_minutes between 0 and 300),
  approved_on date,
  approved_how text not null default '' check (approved_how in ('', 'self', 'present', 'phone', 'paper')),
  version int not null default 1,
  entered_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, enrolment_id),
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, entered_by) references app.membership
);

-- Open days: visits to workplaces to sign up for, and the coordinator's hour with employers in a cohort's programme.
create table app.open_day (
  org_id uuid not null references app.organisation,
  id uuid not null,
  kind text not null check (kind in ('visit', 'employer_hour')),
  site_id uuid,
  cohort_id uuid,
  held_on date not null,
  starts_at smallint not null,
  ends_at smallint not null check (ends_at > starts_at),
  place text not null,
  what text not null default '',
  seats smallint not null check (seats between 1 and 200),
  seats_taken smallint not null default 0 check (seats_taken >= 0 and seats_taken <= seats),
  cancelled_at timestamptz,
  version int not null default 1,
  entered_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  check ((kind = 'employer_hour') = (cohort_id is not null)),
  foreign key (org_id, site_id) references app.site,
  foreign key (org_id, cohort_id) references app.cohort,
  foreign key (org_id, entered_by) references app.membership
);
create index on app.open_day (org_id, held_on);

create table app.open_day_signup (
  org_id uuid not null,
  id uuid not null,
  open_day_id uuid not null,
  enrolment_id uuid not null,
  withdrawn_at timestamptz,
  by_id uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, open_day_id) references app.open_day,
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, by_id) references app.membership
);
create unique index signup_once on app.open_day_signup (org_id, open_day_id, enrolment_id) where withdrawn_at is null;

-- 00113_placement.sql adds what a participant sees of employers and contact persons, because it reads their trials.
alter table app.employer enable row level security, force row level security;
create policy web_select on app.employer for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'coordinator', 'expert', 'handed')
);
create policy web_insert on app.employer for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'coordinator'
);
create policy web_update on app.employer for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'coordinator'
) with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'coordinator'
);

alter table app.site enable row level security, force row level security;
-- A site's name and place are no secret inside the organisation. Its contact persons are for staff.
create policy web_select on app.site for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'coordinator', 'expert', 'handed', 'participant')
);
create policy web_insert on app.site for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'coordinator'
);
create policy web_update on app.site for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'coordinator'
) with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'coordinator'
);
create policy own_kuukausi_duty on app.site to kuukausi_duty using (true) with check (true);

alter table app.site_person enable row level security, force row level security;
create policy web_select on app.site_person for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'coordinator', 'expert', 'handed')
);
create policy web_insert on app.site_person for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'coordinator'
);
create policy web_update on app.site_person for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'coordinator'
) with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'coordinator'
);

alter table app.site_contact enable row level security, force row level security;
create policy web_select on app.site_contact for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'coordinator', 'expert', 'handed')
);
create policy web_insert on app.site_contact for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'coordinator')
);
create policy own_kuukausi_duty on app.site_contact to kuukausi_duty using (true) with check (true);

alter table app.site_capacity enable row level security, force row level security;
create policy web_select on app.site_capacity for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'coordinator', 'expert')
);
create policy web_insert on app.site_capacity for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'coordinator'
);
create policy web_update on app.site_capacity for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'coordinator'
) with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'coordinator'
);
create policy own_kuukausi_duty on app.site_capacity to kuukausi_duty using (true) with check (true);

alter table app.placement_profile enable row level security, force row level security;
create policy web_select on app.placement_profile for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (
    enrolment_id in (
      select g.enrolment_id
      from app.case_grant g
      where g.org_id = nullif(current_setting('app.org', true), '')::uuid
        and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
        and g.kind in ('coach', 'pair', 'substitute')
        and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
        and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
    )
    or enrolment_id in (
      select g.enrolment_id
      from app.case_grant g
      where g.org_id = nullif(current_setting('app.org', true), '')::uuid
        and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
        and g.kind = 'participant'
        and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
        and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
    )
    or (
      approved_on is not null
      and enrolment_id in (
        select g.enrolment_id
        from app.case_grant g
        where g.org_id = nullif(current_setting('app.org', true), '')::uuid
          and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
          and g.kind = 'coordinator'
          and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
          and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
      )
    )
  )
);
-- Only the participants themselves can say that they approved it themselves.
create policy web_insert on app.placement_profile for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (
    (
      approved_how <> 'self'
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
    or enrolment_id in (
      select g.enrolment_id
      from app.case_grant g
      where g.org_id = nullif(current_setting('app.org', true), '')::uuid
        and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
        and g.kind = 'participant'
        and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
        and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
    )
  )
);
create policy web_update on app.placement_profile for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (
    (
      approved_how <> 'self'
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
    or enrolment_id in (
      select g.enrolment_id
      from app.case_grant g
      where g.org_id = nullif(current_setting('app.org', true), '')::uuid
        and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
        and g.kind = 'participant'
        and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
        and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
    )
  )
) with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (
    (
      approved_how <> 'self'
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
    or enrolment_id in (
      select g.enrolment_id
      from app.case_grant g
      where g.org_id = nullif(current_setting('app.org', true), '')::uuid
        and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
        and g.kind = 'participant'
        and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
        and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
    )
  )
);

alter table app.open_day enable row level security, force row level security;
create policy web_select on app.open_day for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (
    (select current_setting('app.role', true)) in ('coach', 'coordinator')
    or (
      (select current_setting('app.role', true)) = 'participant'
      and (
        cohort_id is null
        or cohort_id in (
          select g.cohort_id
          from app.case_grant g
          where g.org_id = nullif(current_setting('app.org', true), '')::uuid
            and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
            and g.kind = 'participant'
            and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
            and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
        )
      )
    )
  )
);
create policy web_insert on app.open_day for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'coordinator')
  and (
    cohort_id is null
    or cohort_id in (
      select d.cohort_id
      from app.cohort_duty d
      where d.org_id = nullif(current_setting('app.org', true), '')::uuid
        and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
        and d.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
        and d.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
    )
  )
);
create policy web_update on app.open_day for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (
    (select current_setting('app.role', true)) = 'coordinator'
    or (
      (select current_setting('app.role', true)) = 'coach'
      and entered_by = (select nullif(current_setting('app.actor', true), '')::uuid)
    )
  )
  and (
    cohort_id is null
    or cohort_id in (
      select d.cohort_id
      from app.cohort_duty d
      where d.org_id = nullif(current_setting('app.org', true), '')::uuid
        and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
        and d.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
        and d.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
    )
  )
) with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (
    (select current_setting('app.role', true)) = 'coordinator'
    or (
      (select current_setting('app.role', true)) = 'coach'
      and entered_by = (select nullif(current_setting('app.actor', true), '')::uuid)
    )
  )
  and (
    cohort_id is null
    or cohort_id in (
      select d.cohort_id
      from app.cohort_duty d
      where d.org_id = nullif(current_setting('app.org', true), '')::uuid
        and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
        and d.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
        and d.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
    )
  )
);
create policy own_kuukausi_duty on app.open_day to kuukausi_duty using (true) with check (true);

alter table app.open_day_signup enable row level security, force row level security;
create policy web_select on app.open_day_signup for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'coordinator', 'participant')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy web_insert on app.open_day_signup for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'coordinator', 'participant')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy web_update on app.open_day_signup for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'coordinator', 'participant')
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
      and g.kind in ('coach', 'pair', 'substitute', 'coordinator', 'participant')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy own_kuukausi_duty on app.open_day_signup to kuukausi_duty using (true) with check (true);

grant select, insert, update on app.employer to kuukausi_web;
grant select, insert, update on app.site to kuukausi_web;
grant select on app.site to kuukausi_duty;
grant select, insert on app.site_person to kuukausi_web;
grant update (ended, version) on app.site_person to kuukausi_web;
grant select, insert on app.site_contact to kuukausi_web;
grant select on app.site_contact to kuukausi_duty;
grant select, insert on app.site_capacity to kuukausi_web;
grant update (ended, version) on app.site_capacity to kuukausi_web;
grant select on app.site_capacity to kuukausi_duty;
grant select, insert, update on app.placement_profile to kuukausi_web;
grant select on app.open_day to kuukausi_web;
grant insert (
  org_id, id, kind, site_id, cohort_id, held_on, starts_at, ends_at, place, what, seats
) on app.open_day to kuukausi_web;
grant update (cancelled_at, version) on app.open_day to kuukausi_web;
grant select, update on app.open_day to kuukausi_duty;
grant select, insert on app.open_day_signup to kuukausi_web;
grant update (withdrawn_at) on app.open_day_signup to kuukausi_web;
grant select on app.open_day_signup to kuukausi_duty;

-- seat_hold returns an open day the actor may see and locks it until the sign-up is decided.
-- +goose StatementBegin
create function app.seat_hold(day uuid)
returns table (id uuid, cohort_id uuid, held_on date, seats int, seats_taken int, cancelled boolean)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  o uuid := nullif(current_setting('app.org', true), '')::uuid;
  me uuid := nullif(current_setting('app.actor', true), '')::uuid;
  who text := current_setting('app.role', true);
begin
  return query
  select d.id, d.cohort_id, d.held_on, d.seats::int, d.seats_taken::int, d.cancelled_at is not null
  from app.open_day d
  where d.org_id = o
    and d.id = seat_hold.day
    and (
      who in ('coach', 'coordinator')
      or who = 'participant'
      and (
        d.cohort_id is null
        or d.cohort_id in (
          select g.cohort_id
          from app.case_grant g
          where g.org_id = o
            and g.user_id = me
            and g.kind = 'participant'
            and g.valid_from <= nullif(current_setting('app.now', true), '')::timestamptz
            and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
        )
      )
    )
  for update of d;
end $$;
-- +goose StatementEnd
alter function app.seat_hold owner to kuukausi_duty;

-- count_seats counts the seats taken anew.
-- +goose StatementBegin
create function app.count_seats(day uuid) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update app.open_day d
  set seats_taken = (
    select count(*)
    from app.open_day_signup u
    where u.org_id = d.org_id
      and u.open_day_id = d.id
      and u.withdrawn_at is null
  )
  where d.org_id = nullif(current_setting('app.org', true), '')::uuid
    and d.id = count_seats.day
$$;
-- +goose StatementEnd
alter function app.count_seats owner to kuukausi_duty;

revoke execute on all routines in schema app from public;
grant execute on function app.seat_hold, app.count_seats to kuukausi_web;

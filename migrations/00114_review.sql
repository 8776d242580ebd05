-- +goose Up
create table app.review (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  meets_on date not null,
  meets_at smallint not null,
  place text not null default '',
  state text not null default 'draft' check (state in ('draft', 'ready', 'locked')),
  number int not null default 0,
  version int not null default 1,
  created_at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  unique (org_id, enrolment_id),
  foreign key (org_id, enrolment_id) references app.enrolment
);
create index on app.review (org_id, meets_on);

-- Each saved text is a version of its own. The hash says which text somebody acknowledged.
create table app.review_version (
  org_id uuid not null,
  review_id uuid not null,
  number int not null,
  enrolment_id uuid not null,
  body jsonb not null,
  hash bytea not null,
  lang text not null,
  by_id uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, review_id, number),
  foreign key (org_id, review_id) references app.review,
  foreign key (org_id, enrolment_id) references app.enrolment
);

-- A party has read a version and agrees that it is what was said. A newer version leaves the row behind, and then it is
-- void.
create table app.review_acknowledgement (
  org_id uuid not null,
  id uuid not null,
  review_id uuid not null,
  enrolment_id uuid not null,
  number int not null,
  party text not null check (party in ('participant', 'coach', 'expert')),
  how text not null check (how in ('own_login', 'coach_device')),
  hash bytea not null,
  by_id uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  unique (org_id, review_id, number, party),
  foreign key (org_id, review_id, number) references app.review_version,
  foreign key (org_id, enrolment_id) references app.enrolment
);

-- The participant approves the transfer or objects to it. An objection is attached and not suppressed
-- (internal/domain.md 47).
create table app.transfer_approval (
  org_id uuid not null,
  id uuid not null,
  review_id uuid not null,
  enrolment_id uuid not null,
  approved boolean not null,
  objection text not null default '',
  how text not null check (how in ('own_login', 'coach_device')),
  by_id uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, review_id) references app.review,
  foreign key (org_id, enrolment_id) references app.enrolment
);
create index on app.transfer_approval (org_id, review_id, at);

-- The expert's notes of decisions. They stand outside the review's hash and never change (internal/domain.md, ruling 10).
create table app.decision (
  org_id uuid not null,
  id uuid not null,
  review_id uuid not null,
  enrolment_id uuid not null,
  kind text not null check (kind in (
    'work_trial', 'pay_subsidy', 'age55_subsidy', 'self_motivated_study', 'health_check_referral', 'rehab_referral',
    'none_now'
  )),
  starts_on date,
  ends_on date,
  decided_on date not null,
  grounds text not null,
  reference text not null default '',
  by_id uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, review_id) references app.review,
  foreign key (org_id, enrolment_id) references app.enrolment
);
create index on app.decision (org_id, review_id);

-- A decision that was noted wrongly is withdrawn with grounds by a row of its own, and stays to be read (internal/domain.md,
-- ruling 41).
create table app.decision_withdrawal (
  org_id uuid not null,
  decision_id uuid not null,
  enrolment_id uuid not null,
  grounds text not null,
  by_id uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, decision_id),
  foreign key (org_id, decision_id) references app.decision,
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, by_id) references app.membership
);

create table app.outcome (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  kind text not null check (kind in (
    'employed_open', 'employed_subsidised', 'self_employed', 'study_degree', 'study_short', 'apprenticeship',
    'work_trial_continues', 'work_trial_new', 'vocational_rehab', 'health_check_referral', 'rehabilitative_work',
    'other_service_non_te', 'job_search_continues', 'withdrew', 'interrupted_by_authority', 'moved', 'deceased', 'unknown'
  )),
  on_day date not null,
  evidence text not null default '',
  by_id uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, enrolment_id) references app.enrolment
);
create index on app.outcome (org_id, enrolment_id, at);

alter table app.review enable row level security, force row level security;
-- The expert sees a review once it is ready for the meeting (internal/domain.md, ruling 5). What belongs to the review
-- follows, because its policies look for the review.
create policy web_select on app.review for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (
    state <> 'draft'
    or not (select current_setting('app.role', true)) = 'expert'
  )
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'break_coach', 'participant', 'expert', 'break_expert')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy web_insert on app.review for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
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
create policy web_update on app.review for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute')
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
      and g.kind in ('coach', 'pair', 'substitute')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy own_kuukausi_duty on app.review to kuukausi_duty using (true) with check (true);

alter table app.review_version enable row level security, force row level security;
create policy web_select on app.review_version for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'break_coach', 'participant', 'expert', 'break_expert')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
  and review_id in (select r.id from app.review r)
);
create policy web_insert on app.review_version for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
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

alter table app.review_acknowledgement enable row level security, force row level security;
create policy web_select on app.review_acknowledgement for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'break_coach', 'participant', 'expert', 'break_expert')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
  and review_id in (select r.id from app.review r)
);
-- Nobody gives another party's word: the party and the way belong to the role that acts.
create policy web_insert on app.review_acknowledgement for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (
    (
      party = 'coach'
      and how = 'own_login'
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
    )
    or (
      party = 'expert'
      and how = 'own_login'
      and (select current_setting('app.role', true)) = 'expert'
      and enrolment_id in (
        select g.enrolment_id
        from app.case_grant g
        where g.org_id = nullif(current_setting('app.org', true), '')::uuid
          and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
          and g.kind = 'expert'
          and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
          and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
      )
    )
    or (
      party = 'participant'
      and how = 'own_login'
      and (select current_setting('app.role', true)) = 'participant'
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
    or (
      party = 'participant'
      and how = 'coach_device'
      and (select current_setting('app.role', true)) = 'handed'
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
  )
  and review_id in (select r.id from app.review r)
);

alter table app.transfer_approval enable row level security, force row level security;
create policy web_select on app.transfer_approval for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'break_coach', 'participant', 'expert', 'break_expert')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
  and review_id in (select r.id from app.review r)
);
create policy web_insert on app.transfer_approval for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (
    (
      how = 'own_login'
      and (select current_setting('app.role', true)) = 'participant'
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
    or (
      how = 'coach_device'
      and (select current_setting('app.role', true)) = 'handed'
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
  )
  and review_id in (select r.id from app.review r)
);

alter table app.decision enable row level security, force row level security;
create policy web_select on app.decision for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'break_coach', 'participant', 'expert', 'break_expert')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
  and review_id in (select r.id from app.review r)
);
create policy web_insert on app.decision for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind = 'expert'
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
  and review_id in (select r.id from app.review r)
);

alter table app.decision_withdrawal enable row level security, force row level security;
create policy web_select on app.decision_withdrawal for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'break_coach', 'participant', 'expert', 'break_expert')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy web_insert on app.decision_withdrawal for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind = 'expert'
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
  and decision_id in (select d.id from app.decision d where d.enrolment_id = decision_withdrawal.enrolment_id)
);

alter table app.outcome enable row level security, force row level security;
create policy web_select on app.outcome for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'break_coach', 'participant', 'expert', 'follow_up')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy web_insert on app.outcome for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
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

grant select, insert, update on app.review to kuukausi_web;
grant select, update on app.review to kuukausi_duty;
grant select, insert on app.review_version to kuukausi_web;
grant select, insert on app.review_acknowledgement to kuukausi_web;
grant select, insert on app.transfer_approval to kuukausi_web;
grant select, insert on app.decision to kuukausi_web;
grant select, insert (org_id, decision_id, enrolment_id, grounds) on app.decision_withdrawal to kuukausi_web;
grant select, insert on app.outcome to kuukausi_web;

-- lock_review takes the row lock an editor takes, for parties who may not update: acknowledging waits for editing, and
-- editing for acknowledging. It locks only a review on which the caller has a live grant, and tells nothing else.
-- +goose StatementBegin
create function app.lock_review(review uuid) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  o uuid := nullif(current_setting('app.org', true), '')::uuid;
  me uuid := nullif(current_setting('app.actor', true), '')::uuid;
  at timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
  got uuid;
begin
  select r.id
  into got
  from app.review r
  where r.org_id = o
    and r.id = lock_review.review
    and exists (
      select
      from app.case_grant g
      where g.org_id = o
        and g.enrolment_id = r.enrolment_id
        and g.user_id = me
        and g.valid_from <= at
        and g.valid_until > at
    )
  for update of r;
  return got;
end $$;
-- +goose StatementEnd
alter function app.lock_review owner to kuukausi_duty;

-- review_clashes says what the wanted time of a review touches: of the person, of their coach and expert, of the place. A
-- coach does not see the reviews of others, and is told only that there is one. Bookings of a day follow one another.
-- +goose StatementBegin
create function app.review_clashes(enrolment uuid, on_day date, at_from int, at_until int, room text) returns setof text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  o uuid := nullif(current_setting('app.org', true), '')::uuid;
  me uuid := nullif(current_setting('app.actor', true), '')::uuid;
  moment timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
begin
  if not exists (
    select
    from app.case_grant g
    where g.org_id = o
      and g.enrolment_id = review_clashes.enrolment
      and g.user_id = me
      and g.kind in ('coach', 'pair', 'substitute')
      and g.valid_from <= moment
      and g.valid_until > moment
  ) then
    return;
  end if;
  perform pg_advisory_xact_lock(hashtextextended(o::text || on_day::text, 0));
  return query
  select 'group'
  from app.enrolment e
  join app.meeting m on m.org_id = e.org_id and (m.cohort_id = e.cohort_id or m.enrolment_id = e.id)
  where e.org_id = o
    and e.id = review_clashes.enrolment
    and m.held_on = on_day
    and m.kind = 'group'
    and m.cancelled_at is null
    and m.starts_at < at_until
    and at_from < m.ends_at
  limit 1;
  return query
  select 'appointment'
  from app.appointment x
  where x.org_id = o
    and x.enrolment_id = review_clashes.enrolment
    and x.held_on = on_day
    and x.state = 'booked'
    and x.starts_at < at_until
    and at_from < x.ends_at
  limit 1;
  return query
  select distinct k.kind
  from app.review r
  cross join lateral (
    select 'coach' as kind
    from app.case_grant g
    where g.org_id = o
      and g.enrolment_id = r.enrolment_id
      and g.user_id = me
      and g.kind in ('coach', 'pair', 'substitute')
      and g.valid_from <= moment
      and g.valid_until > moment
    union all
    select 'expert'
    from app.case_grant g
    join app.case_grant h
      on h.org_id = o
      and h.enrolment_id = review_clashes.enrolment
      and h.user_id = g.user_id
      and h.kind = 'expert'
      and h.valid_until > moment
    where g.org_id = o
      and g.enrolment_id = r.enrolment_id
      and g.kind = 'expert'
      and g.valid_until > moment
    union all
    select 'place' where lower(r.place) = lower(room)
  ) k
  where r.org_id = o
    and r.enrolment_id <> review_clashes.enrolment
    and r.meets_on = on_day
    and r.state <> 'locked'
    and r.meets_at < at_until
    and at_from < r.meets_at + (at_until - at_from);
end $$;
-- +goose StatementEnd
alter function app.review_clashes owner to kuukausi_duty;

revoke execute on all routines in schema app from public;
grant execute on function app.lock_review, app.review_clashes to kuukausi_web;

-- +goose Up
-- A person's own choice to take part, and the text they chose by. They read what follows for benefit and plan before
-- the choice: consequences_id keeps that text's version (internal/domain.md 8).
create table app.voluntary_choice (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  chosen_on date not null,
  how text not null check (how in ('portal', 'paper', 'oral')),
  lang text not null,
  text_version_id uuid not null,
  consequences_id uuid,
  entered_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, text_version_id) references app.text_version,
  foreign key (org_id, consequences_id) references app.text_version
);
create index on app.voluntary_choice (org_id, enrolment_id);

-- Info sessions. Taking part in one makes no case.
create table app.info_session (
  org_id uuid not null references app.organisation,
  id uuid not null,
  held_on date not null,
  starts_at smallint not null,
  ends_at smallint not null check (ends_at > starts_at),
  place text not null,
  mandatory boolean not null,
  lang text not null check (lang in ('fi', 'sv', 'en')),
  invitation text not null,
  statement_id uuid, -- which version of the voluntariness text the invitation contains
  cancelled_at timestamptz,
  version int not null default 1,
  created_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  created_at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, created_by) references app.membership,
  foreign key (org_id, statement_id) references app.text_version,
  check (not mandatory or statement_id is not null)
);
create index on app.info_session (org_id, held_on desc);

create table app.info_guest (
  org_id uuid not null,
  id uuid not null,
  info_id uuid not null,
  name text not null,
  came boolean, -- null until somebody marks it
  informed_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  informed_at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  marked_by uuid,
  marked_at timestamptz,
  joined_at timestamptz, -- when somebody referred or enrolled them with this name
  primary key (org_id, id),
  foreign key (org_id, info_id) references app.info_session,
  foreign key (org_id, informed_by) references app.membership
);
create index on app.info_guest (org_id, info_id);

alter table app.voluntary_choice enable row level security, force row level security;
create policy web_select on app.voluntary_choice for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'break_coach', 'expert', 'break_expert', 'participant')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy web_insert on app.voluntary_choice for insert to kuukausi_web with check (
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
  )
);

alter table app.info_session enable row level security, force row level security;
create policy web_select on app.info_session for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'coordinator', 'expert')
);
create policy web_insert on app.info_session for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'coordinator')
  and created_by = (select nullif(current_setting('app.actor', true), '')::uuid)
);
create policy web_update on app.info_session for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'coordinator')
  and created_by = (select nullif(current_setting('app.actor', true), '')::uuid)
) with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'coordinator')
  and created_by = (select nullif(current_setting('app.actor', true), '')::uuid)
);

alter table app.info_guest enable row level security, force row level security;
-- Who was informed is known to whoever told them and to whoever holds the session.
create policy web_select on app.info_guest for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'coordinator', 'expert')
  and (
    informed_by = (select nullif(current_setting('app.actor', true), '')::uuid)
    or info_id in (
      select i.id
      from app.info_session i
      where i.created_by = (select nullif(current_setting('app.actor', true), '')::uuid)
    )
  )
);
create policy web_insert on app.info_guest for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'coordinator', 'expert')
  and (
    informed_by = (select nullif(current_setting('app.actor', true), '')::uuid)
    or info_id in (
      select i.id
      from app.info_session i
      where i.created_by = (select nullif(current_setting('app.actor', true), '')::uuid)
    )
  )
);
create policy web_update on app.info_guest for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'coordinator', 'expert')
  and (
    informed_by = (select nullif(current_setting('app.actor', true), '')::uuid)
    or info_id in (
      select i.id
      from app.info_session i
      where i.created_by = (select nullif(current_setting('app.actor', true), '')::uuid)
    )
  )
) with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'coordinator', 'expert')
  and (
    informed_by = (select nullif(current_setting('app.actor', true), '')::uuid)
    or info_id in (
      select i.id
      from app.info_session i
      where i.created_by = (select nullif(current_setting('app.actor', true), '')::uuid)
    )
  )
);

grant select, insert on app.voluntary_choice to kuukausi_web;
grant select, insert on app.info_session to kuukausi_web;
grant update (cancelled_at, version) on app.info_session to kuukausi_web;
grant select, insert on app.info_guest to kuukausi_web;
grant update (came, marked_by, marked_at, joined_at) on app.info_guest to kuukausi_web;

-- recruiting lists the cohorts to which somebody may be referred. An expert works with none of them and sees no more of
-- them than this.
-- +goose StatementBegin
create function app.recruiting()
returns table (
  id uuid, version_id uuid, name text, place text, starts_on date, ends_on date, places_taken int, size_max int
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.id, c.version_id, c.name, c.place, c.starts_on, c.ends_on, c.places_taken::int, c.size_max::int
  from app.cohort c
  where c.org_id = nullif(current_setting('app.org', true), '')::uuid
    and c.state in ('open', 'confirmed')
    and current_setting('app.role', true) in ('coach', 'coordinator', 'expert')
  order by c.starts_on, c.name
  limit 100
$$;
-- +goose StatementEnd
alter function app.recruiting owner to kuukausi_duty;

-- queue_next takes the next number of a cohort's waiting list. Two who come at once get two numbers.
-- +goose StatementBegin
create function app.queue_next(cohort uuid) returns smallint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  n smallint;
begin
  update app.cohort c
  set queue_last = c.queue_last + 1
  where c.org_id = nullif(current_setting('app.org', true), '')::uuid
    and c.id = queue_next.cohort
    and c.state in ('open', 'confirmed', 'running')
    and current_setting('app.role', true) in ('coach', 'coordinator', 'expert')
  returning c.queue_last into n;
  if n is null then
    raise exception using errcode = '42501', message = 'no cohort that takes people in';
  end if;
  return n;
end $$;
-- +goose StatementEnd
alter function app.queue_next owner to kuukausi_duty;

-- queue_first tells who is next in line for a cohort the actor works with, whether or not the actor may see them.
-- +goose StatementBegin
create function app.queue_first(cohort uuid) returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select e.id
  from app.enrolment e
  where e.org_id = nullif(current_setting('app.org', true), '')::uuid
    and e.cohort_id = queue_first.cohort
    and e.state = 'referred'
    and current_setting('app.role', true) in ('coach', 'coordinator')
    and exists (
      select
      from app.cohort_duty d
      where d.org_id = e.org_id
        and d.cohort_id = e.cohort_id
        and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
        and d.valid_from <= nullif(current_setting('app.now', true), '')::timestamptz
        and d.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
    )
  order by e.queue_number, e.created_at, e.id
  limit 1
$$;
-- +goose StatementEnd
alter function app.queue_first owner to kuukausi_duty;

-- offers_lapsed counts a cohort's offers whose day to answer has passed, whether or not the actor may see whose they
-- are. Such an offer holds no place.
-- +goose StatementBegin
create function app.offers_lapsed(cohort uuid) returns int
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(*)::int
  from app.enrolment e
  where e.org_id = nullif(current_setting('app.org', true), '')::uuid
    and e.cohort_id = offers_lapsed.cohort
    and e.state = 'invited'
    and e.answer_by < (nullif(current_setting('app.now', true), '')::timestamptz at time zone 'Europe/Helsinki')::date
    and exists (
      select
      from app.cohort_duty d
      where d.org_id = e.org_id
        and d.cohort_id = e.cohort_id
        and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
        and d.valid_from <= nullif(current_setting('app.now', true), '')::timestamptz
        and d.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
    )
$$;
-- +goose StatementEnd
alter function app.offers_lapsed owner to kuukausi_duty;

-- end_waiting: whoever waits for a cohort that closes or is cancelled does not start.
-- +goose StatementBegin
create function app.end_waiting(cohort uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  o uuid := nullif(current_setting('app.org', true), '')::uuid;
  moment timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
begin
  if not exists (
    select
    from app.cohort_duty d
    where d.org_id = o
      and d.cohort_id = end_waiting.cohort
      and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and d.valid_from <= moment
      and d.valid_until > moment
  ) then
    raise exception using errcode = '42501', message = 'no duty on this cohort';
  end if;
  with ended as (
    update app.enrolment e
    set state = 'not_started', closed_at = moment, answer_by = null, version = e.version + 1
    where e.org_id = o
      and e.cohort_id = end_waiting.cohort
      and e.state in ('referred', 'invited')
    returning e.org_id, e.id
  )
  insert into app.enrolment_state (org_id, id, enrolment_id, state, at)
  select n.org_id, gen_random_uuid(), n.id, 'not_started', moment from ended n;
  update app.cohort c set places_offered = 0 where c.org_id = o and c.id = end_waiting.cohort;
end $$;
-- +goose StatementEnd
alter function app.end_waiting owner to kuukausi_duty;

-- activate_cases: the month begins for everyone who has a place, whether or not whoever starts it may see them.
-- +goose StatementBegin
create function app.activate_cases(cohort uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  o uuid := nullif(current_setting('app.org', true), '')::uuid;
  moment timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
begin
  if not exists (
    select
    from app.cohort_duty d
    where d.org_id = o
      and d.cohort_id = activate_cases.cohort
      and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and d.valid_from <= moment
      and d.valid_until > moment
  ) then
    raise exception using errcode = '42501', message = 'no duty on this cohort';
  end if;
  with moved as (
    update app.enrolment e
    set state = 'active', version = e.version + 1
    where e.org_id = o
      and e.cohort_id = activate_cases.cohort
      and e.state in ('accepted', 'preparing')
    returning e.org_id, e.id
  )
  insert into app.enrolment_state (org_id, id, enrolment_id, state, at)
  select n.org_id, gen_random_uuid(), n.id, 'active', moment from moved n;
end $$;
-- +goose StatementEnd
alter function app.activate_cases owner to kuukausi_duty;

-- deactivate_cases takes back what activate_cases did, while nothing rests on it yet.
-- +goose StatementBegin
create function app.deactivate_cases(cohort uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  o uuid := nullif(current_setting('app.org', true), '')::uuid;
  moment timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
begin
  if app.cohort_built(deactivate_cases.cohort) then
    raise exception using errcode = '42501', message = 'no duty on this cohort, or its month has begun';
  end if;
  with moved as (
    update app.enrolment e
    set
      state = coalesce(
        (
          select s.state
          from app.enrolment_state s
          where s.org_id = o
            and s.enrolment_id = e.id
            and s.state in ('accepted', 'preparing')
          order by s.at desc, s.id desc
          limit 1),
        'accepted'),
      version = e.version + 1
    where e.org_id = o
      and e.cohort_id = deactivate_cases.cohort
      and e.state = 'active'
    returning e.org_id, e.id, e.state
  )
  insert into app.enrolment_state (org_id, id, enrolment_id, state, at)
  select n.org_id, gen_random_uuid(), n.id, n.state, moment from moved n;
end $$;
-- +goose StatementEnd
alter function app.deactivate_cases owner to kuukausi_duty;

-- cases_span: when a month begins or ends on another day, so does everybody who was to begin and end with it.
-- +goose StatementBegin
create function app.cases_span(cohort uuid, starts date, ends date) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  o uuid := nullif(current_setting('app.org', true), '')::uuid;
  moment timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
begin
  if not exists (
    select
    from app.cohort_duty d
    where d.org_id = o
      and d.cohort_id = cases_span.cohort
      and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and d.valid_from <= moment
      and d.valid_until > moment
  ) then
    raise exception using errcode = '42501', message = 'no duty on this cohort';
  end if;
  update app.enrolment e
  set
    starts_on = case when e.starts_on = c.starts_on then cases_span.starts else greatest(e.starts_on, cases_span.starts) end,
    ends_on = case
      when e.ends_on = c.ends_on and e.starts_on = c.starts_on then cases_span.ends
      when e.ends_on = c.ends_on then greatest(e.starts_on, cases_span.starts, cases_span.ends)
      else e.ends_on
    end,
    version = e.version + 1
  from app.cohort c
  where c.org_id = o
    and c.id = cases_span.cohort
    and e.org_id = o
    and e.cohort_id = c.id
    and (
      e.starts_on = c.starts_on and c.starts_on <> cases_span.starts
      or e.starts_on < cases_span.starts
      or e.ends_on = c.ends_on and c.ends_on <> cases_span.ends
    )
    and e.closed_at is null;
end $$;
-- +goose StatementEnd
alter function app.cases_span owner to kuukausi_duty;

revoke execute on all routines in schema app from public;
grant execute on function
  app.recruiting, app.queue_next, app.queue_first, app.offers_lapsed, app.end_waiting, app.activate_cases,
  app.deactivate_cases, app.cases_span
to kuukausi_web;

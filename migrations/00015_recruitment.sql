-- +goose Up
-- What follows for benefit and plan was read before the choice: its version is kept beside the choice's own (domain.md 8).
-- Choices made before this migration have none.
alter table app.voluntary_choice add consequences_id uuid;
alter table app.voluntary_choice add foreign key (org_id, consequences_id) references app.text_version (org_id, id);

-- The waiting list: a number a person, given in the order of coming, and until when an offered place is held.
alter table app.cohort add queue_last smallint not null default 0;
-- places held for somebody who was asked; counted as places_taken is, so that nobody has to see who (rulings.md 8)
alter table app.cohort add places_offered smallint not null default 0 check (places_offered >= 0);
alter table app.enrolment add queue_number smallint check (queue_number > 0);
alter table app.enrolment add answer_by date;
grant update (queue_number, answer_by, starts_on) on app.enrolment to kuukausi_web;
grant update (queue_last, places_offered) on app.cohort to kuukausi_duty;
-- +goose StatementBegin
do $$
begin
  alter table app.enrolment no force row level security;
  alter table app.cohort no force row level security;
  update app.enrolment e set queue_number = n.number
    from (select org_id, id, row_number() over (partition by org_id, cohort_id order by created_at, id) as number
            from app.enrolment where cohort_id is not null and state in ('referred', 'invited')) n
   where n.org_id = e.org_id and n.id = e.id;
  update app.cohort c set queue_last = n.last, places_offered = n.offered
    from (select org_id, cohort_id, max(queue_number) last, count(*) filter (where state = 'invited') offered from app.enrolment where queue_number is not null group by 1, 2) n
   where n.org_id = c.org_id and n.cohort_id = c.id;
  alter table app.enrolment force row level security;
  alter table app.cohort force row level security;
end $$;
-- +goose StatementEnd

-- recruiting: the cohorts one may be referred to. An expert works with none of them and sees no more of them than this.
-- +goose StatementBegin
create function app.recruiting() returns table (id uuid, version_id uuid, name text, place text, starts_on date, ends_on date, places_taken int, size_max int)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.id, c.version_id, c.name, c.place, c.starts_on, c.ends_on, c.places_taken::int, c.size_max::int
    from app.cohort c
   where c.org_id = nullif(current_setting('app.org', true), '')::uuid and c.state in ('open', 'confirmed')
     and current_setting('app.role', true) in ('coach', 'coordinator', 'expert')
   order by c.starts_on, c.name limit 100
$$;
-- +goose StatementEnd
-- queue_next: the next number of a cohort's waiting list; two who come at once get two numbers.
-- +goose StatementBegin
create function app.queue_next(cohort uuid) returns smallint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare n smallint;
begin
  update app.cohort c set queue_last = c.queue_last + 1
   where c.org_id = nullif(current_setting('app.org', true), '')::uuid and c.id = queue_next.cohort and c.state in ('open', 'confirmed', 'running')
     and current_setting('app.role', true) in ('coach', 'coordinator', 'expert')
  returning c.queue_last into n;
  if n is null then
    raise exception using errcode = '42501', message = 'no cohort that takes people in';
  end if;
  return n;
end $$;
-- +goose StatementEnd
-- queue_first: who is next in line of a cohort one works with, whether one may see them or not.
-- +goose StatementBegin
create function app.queue_first(cohort uuid) returns uuid language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select e.id from app.enrolment e
   where e.org_id = nullif(current_setting('app.org', true), '')::uuid and e.cohort_id = queue_first.cohort and e.state = 'referred' and current_setting('app.role', true) in ('coach', 'coordinator')
     and exists (select from app.cohort_duty d where d.org_id = e.org_id and d.cohort_id = e.cohort_id and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
       and d.valid_from <= nullif(current_setting('app.now', true), '')::timestamptz and d.valid_until > nullif(current_setting('app.now', true), '')::timestamptz)
   order by e.queue_number, e.created_at, e.id limit 1
$$;
-- +goose StatementEnd
-- end_waiting: whoever waits for a cohort that closes or is cancelled does not start.
-- +goose StatementBegin
create function app.end_waiting(cohort uuid) returns void language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare o uuid := nullif(current_setting('app.org', true), '')::uuid; moment timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
begin
  if not exists (select from app.cohort_duty d where d.org_id = o and d.cohort_id = end_waiting.cohort and d.user_id = nullif(current_setting('app.actor', true), '')::uuid and d.valid_from <= moment and d.valid_until > moment) then
    raise exception using errcode = '42501', message = 'no duty on this cohort';
  end if;
  with ended as (update app.enrolment e set state = 'not_started', closed_at = moment, answer_by = null, version = e.version + 1
      where e.org_id = o and e.cohort_id = end_waiting.cohort and e.state in ('referred', 'invited') returning e.org_id, e.id)
  insert into app.enrolment_state (org_id, id, enrolment_id, state, at) select n.org_id, gen_random_uuid(), n.id, 'not_started', moment from ended n;
  update app.cohort c set places_offered = 0 where c.org_id = o and c.id = end_waiting.cohort;
end $$;
-- +goose StatementEnd
-- activate_cases: the month begins for everyone who has a place, whether the one who starts it may see them or not.
-- +goose StatementBegin
create function app.activate_cases(cohort uuid) returns void language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare o uuid := nullif(current_setting('app.org', true), '')::uuid; moment timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
begin
  if not exists (select from app.cohort_duty d where d.org_id = o and d.cohort_id = activate_cases.cohort and d.user_id = nullif(current_setting('app.actor', true), '')::uuid and d.valid_from <= moment and d.valid_until > moment) then
    raise exception using errcode = '42501', message = 'no duty on this cohort';
  end if;
  with moved as (update app.enrolment e set state = 'active', version = e.version + 1
      where e.org_id = o and e.cohort_id = activate_cases.cohort and e.state in ('accepted', 'preparing') returning e.org_id, e.id)
  insert into app.enrolment_state (org_id, id, enrolment_id, state, at) select n.org_id, gen_random_uuid(), n.id, 'active', moment from moved n;
end $$;
-- +goose StatementEnd
-- cases_end: whoever was to stay until the end of a month that grows stays until its new one.
-- +goose StatementBegin
create function app.cases_end(cohort uuid, ends date) returns void language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare o uuid := nullif(current_setting('app.org', true), '')::uuid; moment timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
begin
  if not exists (select from app.cohort_duty d where d.org_id = o and d.cohort_id = cases_end.cohort and d.user_id = nullif(current_setting('app.actor', true), '')::uuid and d.valid_from <= moment and d.valid_until > moment) then
    raise exception using errcode = '42501', message = 'no duty on this cohort';
  end if;
  update app.enrolment e set ends_on = cases_end.ends, version = e.version + 1 from app.cohort c
   where c.org_id = o and c.id = cases_end.cohort and e.org_id = o and e.cohort_id = c.id and e.ends_on = c.ends_on and c.ends_on < cases_end.ends and e.closed_at is null;
end $$;
-- +goose StatementEnd
grant update on app.enrolment to kuukausi_duty;
call app.open_to('kuukausi_duty', 'enrolment_state', 'insert');
alter function app.queue_first owner to kuukausi_duty;
alter function app.end_waiting owner to kuukausi_duty;
alter function app.activate_cases owner to kuukausi_duty;
alter function app.cases_end owner to kuukausi_duty;
alter function app.recruiting owner to kuukausi_duty;
alter function app.queue_next owner to kuukausi_duty;

-- An expert refers a person: a case in 'referred' and no other state, whose expert they are.
-- +goose StatementBegin
do $$
begin
  execute 'drop policy web_insert on app.enrolment';
  execute format('create policy web_insert on app.enrolment for insert to kuukausi_web with check (%s and %s and ((%s and (cohort_id is null or %s)) or (%s and state = ''referred'')))',
    app.rule_org(), app.rule_me('created_by'), app.rule_role('coach', 'coordinator'), app.rule_duty('cohort_id'), app.rule_role('expert'));
end $$;
-- +goose StatementEnd
-- enrolment_grants: as before, and the expert who refers somebody is that case's expert.
-- +goose StatementBegin
create or replace function app.enrolment_grants() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare at timestamptz := coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now());
begin
  if tg_when = 'BEFORE' then
    if tg_op = 'UPDATE' then
      -- whom a case is about, and where it belongs, is not changed by an edit
      raise exception using errcode = '42501', message = 'an enrolment keeps its person and cohort';
    end if;
    if nullif(current_setting('app.actor', true), '') is not null
       and exists (select from app.enrolment e where e.org_id = new.org_id and e.participant_id = new.participant_id)
       and not exists (select from app.case_grant g where g.org_id = new.org_id and g.participant_id = new.participant_id
         and g.user_id = nullif(current_setting('app.actor', true), '')::uuid and g.reason <> 'break_glass' and g.valid_from <= at and g.valid_until > at) then
      raise exception using errcode = '42501', message = 'no duty on an earlier case of this person';
    end if;
    return new;
  end if;
  insert into app.case_grant (org_id, user_id, enrolment_id, participant_id, cohort_id, kind, source_id, valid_from, valid_until, reason)
  select d.org_id, d.user_id, new.id, new.participant_id, new.cohort_id, d.kind, d.id, d.valid_from, d.valid_until, 'duty'
    from app.cohort_duty d where d.org_id = new.org_id and d.cohort_id = new.cohort_id and d.valid_until > at;
  insert into app.enrolment_party (org_id, id, enrolment_id, user_id, kind, valid_from, valid_until, reason)
  select new.org_id, new.id, new.id, m.id, m.role, at, case m.role when 'coach' then (new.ends_on + 30)::timestamptz else new.ends_on::timestamptz + interval '8 months' end, 'made the case'
    from app.membership m where m.org_id = new.org_id and m.id = new.created_by
     and (m.role = 'coach' and new.cohort_id is null or m.role = 'expert' and new.state = 'referred');
  return null;
end $$;
-- +goose StatementEnd

-- Info sessions: taking part in one makes no case. Who was informed is known to the one who told them and to the one
-- who holds the session.
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
  foreign key (org_id, statement_id) references app.text_version (org_id, id),
  check (not mandatory or statement_id is not null)
);
create index on app.info_session (org_id, held_on desc);
create table app.info_guest (
  org_id uuid not null,
  id uuid not null,
  info_id uuid not null,
  name text not null,
  came boolean, -- null until marked
  informed_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  informed_at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  marked_by uuid,
  marked_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, info_id) references app.info_session,
  foreign key (org_id, informed_by) references app.membership
);
create index on app.info_guest (org_id, info_id);
-- +goose StatementBegin
do $$
declare known text := app.rule_role('coach', 'coordinator', 'expert') || ' and (' || app.rule_me('informed_by') || ' or info_id in (select i.id from app.info_session i where ' || app.rule_me('i.created_by') || '))';
begin
  call app.protect('info_session', app.rule_role('coach', 'coordinator', 'expert'), 'select insert', app.rule_role('coach', 'coordinator') || ' and ' || app.rule_me('created_by'));
  grant update (cancelled_at, version) on app.info_session to kuukausi_web;
  execute format('create policy web_update on app.info_session for update to kuukausi_web using (%1$s) with check (%1$s)', app.rule_org() || ' and ' || app.rule_role('coach', 'coordinator') || ' and ' || app.rule_me('created_by'));
  call app.protect('info_guest', known, 'select insert', known);
  grant update (came, marked_by, marked_at) on app.info_guest to kuukausi_web;
  execute format('create policy web_update on app.info_guest for update to kuukausi_web using (%1$s) with check (%1$s)', app.rule_org() || ' and ' || known);
end $$;
-- +goose StatementEnd
revoke execute on all routines in schema app from public;
grant execute on function app.recruiting, app.queue_next, app.queue_first, app.end_waiting, app.activate_cases, app.cases_end to kuukausi_web;

-- +goose Down
drop table app.info_guest, app.info_session;
drop function app.recruiting, app.queue_next, app.queue_first, app.end_waiting, app.activate_cases, app.cases_end;
alter table app.enrolment drop queue_number, drop answer_by;
alter table app.cohort drop queue_last, drop places_offered;
alter table app.voluntary_choice drop consequences_id;

-- +goose Up
-- A protection order (turvakielto): contact data move into a table of their own, which the one named coach sees, and the
-- one named coordinator; and nobody else of the staff keeps, or gets, a grant on the person (rulings.md 9, domain.md 96).
-- The expert keeps the case; of contact, address, site and times they see nothing.
alter table app.participant add protected boolean not null default false;
alter table app.trial add protected boolean not null default false;
-- what stands on a person is changed column by column: not whether they are protected or merged
revoke update on app.participant from kuukausi_web;
grant update (strengths, municipality, phone, email, no_phone, code_known, version) on app.participant to kuukausi_web;
create table app.protection_order (
  org_id uuid not null,
  participant_id uuid not null,
  coach_id uuid not null,
  coordinator_id uuid,
  phone text not null default '',
  email text not null default '',
  municipality text not null default '',
  address text not null default '',
  version int not null default 1,
  entered_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, participant_id),
  foreign key (org_id, participant_id) references app.participant,
  foreign key (org_id, coach_id) references app.membership,
  foreign key (org_id, coordinator_id) references app.membership
);
-- +goose StatementBegin
do $$
begin
  call app.protect('protection_order', app.rule_role('coach', 'coordinator') || ' and (' || app.rule_me('coach_id') || ' or ' || app.rule_me('coordinator_id') || ')', 'select');
  grant update (phone, email, municipality, address, version) on app.protection_order to kuukausi_web;
  execute format('create policy web_update on app.protection_order for update to kuukausi_web using (%1$s) with check (%1$s)', app.rule_org() || ' and ' || app.rule_role('coach') || ' and ' || app.rule_me('coach_id'));
  -- whoever has a grant on a protected person is named, the expert excepted
  execute 'drop policy web_select on app.trial';
  execute format('create policy web_select on app.trial for select to kuukausi_web using (%s and (not protected or %s) and %s)', app.rule_org(), app.rule_role('coach', 'coordinator', 'participant'),
    app.rule_grant('enrolment_id', 'enrolment_id', 'coach', 'pair', 'substitute', 'coordinator', 'expert', 'participant'));
end $$;
-- +goose StatementEnd
call app.open_to('kuukausi_duty', 'protection_order', 'select, insert, update, delete');
call app.open_to('kuukausi_duty', 'trial', 'select, update');

-- may_know: whether somebody of the staff may get a grant on a person by a duty on their cohort.
-- +goose StatementBegin
create function app.may_know(org uuid, person uuid, member uuid) returns boolean language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select not exists (select from app.protection_order p where p.org_id = may_know.org and p.participant_id = may_know.person and may_know.member is distinct from p.coach_id and may_know.member is distinct from p.coordinator_id)
$$;
-- +goose StatementEnd
alter function app.may_know owner to kuukausi_duty;
-- The grants of duties, as before, past whom a protection order keeps them from.
-- +goose StatementBegin
create or replace function app.duty_grants() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- a protection order set in the same moment is waited for, and then seen
  perform p.id from app.enrolment e join app.participant p on p.org_id = e.org_id and p.id = e.participant_id where e.org_id = new.org_id and e.cohort_id = new.cohort_id for share of p;
  if tg_op = 'INSERT' then
    insert into app.case_grant (org_id, user_id, enrolment_id, participant_id, cohort_id, kind, source_id, valid_from, valid_until, reason)
    select new.org_id, new.user_id, e.id, e.participant_id, e.cohort_id, new.kind, new.id, new.valid_from, new.valid_until, 'duty'
      from app.enrolment e where e.org_id = new.org_id and e.cohort_id = new.cohort_id and app.may_know(new.org_id, e.participant_id, new.user_id);
  else
    -- for whom a protection order keeps out, a duty may end a grant and never prolong it
    update app.case_grant g set valid_from = new.valid_from,
        valid_until = case when app.may_know(g.org_id, g.participant_id, g.user_id) then new.valid_until else greatest(least(new.valid_until, g.valid_until), new.valid_from) end
     where g.org_id = new.org_id and g.source_id = new.id;
  end if;
  return null;
end $$;
-- +goose StatementEnd
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
    from app.cohort_duty d where d.org_id = new.org_id and d.cohort_id = new.cohort_id and d.valid_until > at and app.may_know(new.org_id, new.participant_id, d.user_id);
  insert into app.enrolment_party (org_id, id, enrolment_id, user_id, kind, valid_from, valid_until, reason)
  select new.org_id, new.id, new.id, m.id, m.role, at, case m.role when 'coach' then (new.ends_on + 30)::timestamptz else new.ends_on::timestamptz + interval '8 months' end, 'made the case'
    from app.membership m where m.org_id = new.org_id and m.id = new.created_by
     and (m.role = 'coach' and new.cohort_id is null or m.role = 'expert' and new.state = 'referred');
  perform app.named_grants(new.org_id, new.participant_id, at);
  return null;
end $$;
-- +goose StatementEnd
-- hand_over: as before, and who is named in a protection order hands that over too.
-- +goose StatementBegin
create or replace function app.hand_over(leaver uuid, successor uuid) returns int
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare o uuid := current_setting('app.org')::uuid; me uuid := current_setting('app.actor')::uuid; at timestamptz := current_setting('app.now')::timestamptz; n int; m int;
begin
  if current_setting('app.role') <> 'admin' or exists (select from app.membership a join app.membership b on b.org_id = a.org_id and b.account_id = a.account_id where a.org_id = o and a.id = me and b.id in (leaver, successor)) or leaver = successor or not exists (
    select from app.membership a join app.membership b on b.org_id = a.org_id and b.role = a.role
     where a.org_id = o and a.id = leaver and b.id = successor and b.disabled_at is null) then
    raise exception using errcode = '42501', message = 'duties go to a colleague of the same role, by an administrator';
  end if;
  update app.protection_order p set coach_id = successor where p.org_id = o and p.coach_id = leaver;
  update app.protection_order p set coordinator_id = successor where p.org_id = o and p.coordinator_id = leaver;
  perform app.named_grants(o, p.participant_id, current_setting('app.now')::timestamptz) from app.protection_order p where p.org_id = o and successor in (p.coach_id, p.coordinator_id);
  with ended as (update app.cohort_duty d set valid_until = at where d.org_id = o and d.user_id = leaver and d.valid_until > at and d.valid_from <= at
                 returning d.org_id, d.cohort_id, d.kind, (select max(p.valid_until) from app.cohort_duty p where p.org_id = d.org_id and p.id = d.id) until)
  insert into app.cohort_duty (org_id, id, cohort_id, user_id, kind, valid_from, valid_until, reason)
  select e.org_id, gen_random_uuid(), e.cohort_id, successor, e.kind, at, e.until, 'hand-over' from ended e;
  get diagnostics n = row_count;
  with ended as (update app.enrolment_party d set valid_until = at where d.org_id = o and d.user_id = leaver and d.valid_until > at and d.valid_from <= at
                 returning d.org_id, d.enrolment_id, d.kind, (select max(p.valid_until) from app.enrolment_party p where p.org_id = d.org_id and p.id = d.id) until)
  insert into app.enrolment_party (org_id, id, enrolment_id, user_id, kind, valid_from, valid_until, reason)
  select e.org_id, gen_random_uuid(), e.enrolment_id, successor, e.kind, at, e.until, 'hand-over' from ended e;
  get diagnostics m = row_count;
  return n + m;
end $$;
-- +goose StatementEnd
-- known_people: as before, and of a protected person one does not know it says, as of a code, that they are there: they
-- are not made a second time with their contact data for everybody to read.
-- +goose StatementBegin
create or replace function app.known_people(first text, last text, born date, code bytea) returns table (participant_id uuid, first_name text, last_name text, born_on date, by_code boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare o uuid := nullif(current_setting('app.org', true), '')::uuid; me uuid := nullif(current_setting('app.actor', true), '')::uuid; moment timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
begin
  if current_setting('app.role', true) not in ('coach', 'coordinator', 'expert') then return; end if;
  return query
  select case when k.mine then k.id end, case when k.mine then k.first_name else '' end, case when k.mine then k.last_name else '' end, case when k.mine then k.born_on end, k.by_code or k.protected and not k.mine
  from (select p.id, p.first_name, p.last_name, p.born_on, p.protected, n.participant_id is not null by_code,
          exists (select from app.case_grant g where g.org_id = o and g.participant_id = p.id and g.user_id = me and g.reason <> 'break_glass' and g.valid_from <= moment and g.valid_until > moment) mine
    from app.participant p
    left join app.national_id n on n.org_id = p.org_id and n.participant_id = p.id and n.code_index = app.code_index(known_people.code) and current_setting('app.role', true) <> 'coordinator'
    where p.org_id = o and p.merged_into is null
      and (n.participant_id is not null or p.born_on = known_people.born and lower(normalize(p.last_name)) = lower(normalize(known_people.last)) and lower(normalize(p.first_name)) = lower(normalize(known_people.first)))) k
  order by k.by_code desc limit 10;
end $$;
-- +goose StatementEnd
-- The grants of parties, as before; a coach who is a party is kept out as well.
-- +goose StatementBegin
create or replace function app.party_grants() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into app.case_grant (org_id, user_id, enrolment_id, participant_id, cohort_id, kind, source_id, valid_from, valid_until, reason)
    select new.org_id, new.user_id, e.id, e.participant_id, e.cohort_id, new.kind, new.id, new.valid_from, new.valid_until, 'party'
      from app.enrolment e where e.org_id = new.org_id and e.id = new.enrolment_id and (new.kind in ('expert', 'participant', 'follow_up') or app.may_know(new.org_id, e.participant_id, new.user_id));
  else
    update app.case_grant g set valid_from = new.valid_from,
        valid_until = case when new.kind in ('expert', 'participant', 'follow_up') or app.may_know(g.org_id, g.participant_id, g.user_id) then new.valid_until else greatest(least(new.valid_until, g.valid_until), new.valid_from) end
     where g.org_id = new.org_id and g.source_id = new.id;
  end if;
  return null;
end $$;
-- +goose StatementEnd
-- named_grants: the named coach, and the named coordinator, of a protected person work with each of their open cases.
-- +goose StatementBegin
create function app.named_grants(org uuid, person uuid, moment timestamptz) returns void language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into app.case_grant (org_id, user_id, enrolment_id, participant_id, cohort_id, kind, source_id, valid_from, valid_until, reason)
  select e.org_id, n.member, e.id, e.participant_id, e.cohort_id, n.kind, e.participant_id, named_grants.moment, greatest(e.ends_on::timestamptz, named_grants.moment) + interval '30 days', 'protection'
    from app.protection_order p join app.enrolment e on e.org_id = p.org_id and e.participant_id = p.participant_id and e.closed_at is null
    cross join lateral (values (p.coach_id, 'coach'), (p.coordinator_id, 'coordinator')) n (member, kind)
   where p.org_id = named_grants.org and p.participant_id = named_grants.person and n.member is not null
     and not exists (select from app.case_grant g where g.org_id = e.org_id and g.enrolment_id = e.id and g.user_id = n.member and g.valid_from <= named_grants.moment and g.valid_until > named_grants.moment)
  on conflict (org_id, user_id, enrolment_id, source_id) do update set valid_until = excluded.valid_until
$$;
-- +goose StatementEnd
alter function app.named_grants owner to kuukausi_duty;
-- protections_of: of how many people a member is named; an administrator may not read the orders themselves.
-- +goose StatementBegin
create function app.protections_of(member uuid) returns int language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(*)::int from app.protection_order p where current_setting('app.role', true) = 'admin' and p.org_id = nullif(current_setting('app.org', true), '')::uuid and protections_of.member in (p.coach_id, p.coordinator_id)
$$;
-- +goose StatementEnd
alter function app.protections_of owner to kuukausi_duty;
-- A trial of a protected person is kept secret from its first moment.
-- +goose StatementBegin
create function app.trial_protected() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  new.protected := exists (select from app.enrolment e join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
    where e.org_id = new.org_id and e.id = new.enrolment_id and p.protected);
  return new;
end $$;
-- +goose StatementEnd
alter function app.trial_protected owner to kuukausi_duty;
create trigger protects before insert on app.trial for each row execute function app.trial_protected();

-- protect_person: by a coach of the person; the named coach and coordinator are among those who know them already.
-- +goose StatementBegin
create function app.protect_person(person uuid, coach uuid, coordinator uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare o uuid := nullif(current_setting('app.org', true), '')::uuid; me uuid := nullif(current_setting('app.actor', true), '')::uuid; moment timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
begin
  if current_setting('app.role', true) <> 'coach'
     or not exists (select from app.case_grant g where g.org_id = o and g.participant_id = person and g.user_id = me and g.kind in ('coach', 'pair') and g.valid_from <= moment and g.valid_until > moment)
     or not exists (select from app.case_grant g where g.org_id = o and g.participant_id = person and g.user_id = coach and g.kind in ('coach', 'pair') and g.valid_from <= moment and g.valid_until > moment)
     or coordinator is not null and not exists (select from app.case_grant g where g.org_id = o and g.participant_id = person and g.user_id = coordinator and g.kind = 'coordinator' and g.valid_from <= moment and g.valid_until > moment)
     or exists (select from app.protection_order p where p.org_id = o and p.participant_id = person) then
    raise exception using errcode = '42501', message = 'a protection order is set once, among those who know the person';
  end if;
  insert into app.protection_order (org_id, participant_id, coach_id, coordinator_id, phone, email, municipality)
  select o, p.id, coach, coordinator, p.phone, p.email, p.municipality from app.participant p where p.org_id = o and p.id = person;
  update app.participant p set phone = '', email = '', municipality = '', protected = true, version = p.version + 1 where p.org_id = o and p.id = person;
  update app.trial t set protected = true from app.enrolment e where e.org_id = o and e.participant_id = person and t.org_id = o and t.enrolment_id = e.id;
  update app.case_grant g set valid_until = greatest(moment, g.valid_from)
   where g.org_id = o and g.participant_id = person and g.valid_until > moment and g.kind in ('coach', 'pair', 'substitute', 'coordinator', 'break_coach', 'break_expert') and not app.may_know(o, person, g.user_id);
  perform app.named_grants(o, person, moment);
end $$;
-- +goose StatementEnd
-- unprotect_person: by the named coach. The contact data return to the person, the duties reach them again.
-- +goose StatementBegin
create function app.unprotect_person(person uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare o uuid := nullif(current_setting('app.org', true), '')::uuid; me uuid := nullif(current_setting('app.actor', true), '')::uuid; moment timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
begin
  if current_setting('app.role', true) <> 'coach' or not exists (select from app.protection_order p where p.org_id = o and p.participant_id = person and p.coach_id = me) then
    raise exception using errcode = '42501', message = 'the named coach lifts a protection order';
  end if;
  update app.participant p set phone = x.phone, email = x.email, municipality = x.municipality, protected = false, version = p.version + 1
    from app.protection_order x where x.org_id = o and x.participant_id = person and p.org_id = o and p.id = person;
  update app.trial t set protected = false from app.enrolment e where e.org_id = o and e.participant_id = person and t.org_id = o and t.enrolment_id = e.id;
  delete from app.protection_order p where p.org_id = o and p.participant_id = person;
  insert into app.case_grant as g (org_id, user_id, enrolment_id, participant_id, cohort_id, kind, source_id, valid_from, valid_until, reason)
  select d.org_id, d.user_id, e.id, e.participant_id, e.cohort_id, d.kind, d.id, d.valid_from, d.valid_until, 'duty'
    from app.enrolment e join app.cohort_duty d on d.org_id = e.org_id and d.cohort_id = e.cohort_id
   where e.org_id = o and e.participant_id = person and d.valid_until > moment
  on conflict (org_id, user_id, enrolment_id, source_id) do update set valid_until = excluded.valid_until;
  update app.case_grant g set valid_until = p.valid_until from app.enrolment_party p
   where g.org_id = o and g.participant_id = person and p.org_id = o and g.source_id = p.id and p.valid_until > moment;
end $$;
-- +goose StatementEnd
alter function app.protect_person owner to kuukausi_duty;
alter function app.unprotect_person owner to kuukausi_duty;
revoke execute on all routines in schema app from public;
grant execute on function app.protect_person, app.unprotect_person, app.protections_of to kuukausi_web;
grant execute on function app.may_know, app.named_grants to kuukausi_duty;

-- +goose Down
drop function app.protect_person, app.unprotect_person, app.protections_of;
drop trigger protects on app.trial;
drop function app.trial_protected;

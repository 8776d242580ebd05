-- +goose Up
-- Two records of one person become one: the cases of the one move to the other; what moved is kept, so that it can be
-- undone.
create table app.person_merge (
  org_id uuid not null,
  id uuid not null,
  kept_id uuid not null,
  merged_id uuid not null,
  enrolment_ids uuid[] not null,
  by_id uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  undone_by uuid,
  undone_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, kept_id) references app.participant,
  foreign key (org_id, merged_id) references app.participant,
  check (kept_id <> merged_id)
);
create index on app.person_merge (org_id, kept_id);
-- a person's cases, closed ones too
create index enrolment_by_person on app.enrolment (org_id, participant_id);
-- +goose StatementBegin
do $$ begin
  call app.protect('person_merge', app.rule_role('coach') || ' and ' || app.rule_grant('kept_id', 'participant_id', 'coach', 'pair', 'substitute'), 'select');
end $$;
-- +goose StatementEnd
call app.open_to('kuukausi_duty', 'person_merge', 'select, insert, update');
-- An enrolment keeps its person, but for a merge and its undoing, which happen in the functions below alone.
drop trigger keeps on app.enrolment;
create trigger keeps before update of participant_id, cohort_id on app.enrolment for each row
  when ((old.participant_id <> new.participant_id or old.cohort_id is distinct from new.cohort_id) and current_user <> 'kuukausi_duty') execute function app.enrolment_grants();

-- knows_person: whether the actor works as a coach with every open case of a person, and with one of them at least, and
-- the person is no secret.
-- +goose StatementBegin
create function app.knows_person(person uuid) returns boolean language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select current_setting('app.role', true) = 'coach'
    and exists (select from app.participant p where p.org_id = nullif(current_setting('app.org', true), '')::uuid and p.id = knows_person.person and p.merged_into is null and not p.protected)
    and exists (select from app.case_grant g where g.org_id = nullif(current_setting('app.org', true), '')::uuid and g.participant_id = knows_person.person and g.user_id = nullif(current_setting('app.actor', true), '')::uuid and g.kind in ('coach', 'pair')
      and g.valid_from <= nullif(current_setting('app.now', true), '')::timestamptz and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz)
    and not exists (select from app.enrolment e where e.org_id = nullif(current_setting('app.org', true), '')::uuid and e.participant_id = knows_person.person and e.closed_at is null and not exists (
      select from app.case_grant g where g.org_id = e.org_id and g.enrolment_id = e.id and g.user_id = nullif(current_setting('app.actor', true), '')::uuid and g.kind in ('coach', 'pair')
        and g.valid_from <= nullif(current_setting('app.now', true), '')::timestamptz and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz))
$$;
-- +goose StatementEnd
-- +goose StatementBegin
create function app.merge_person(merge_id uuid, kept uuid, merged uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare o uuid := nullif(current_setting('app.org', true), '')::uuid; cases uuid[];
begin
  -- who has the code is the one that is kept: it is sealed for them
  if kept = merged or not app.knows_person(kept) or not app.knows_person(merged) or exists (select from app.national_id n where n.org_id = o and n.participant_id = merged) then
    raise exception using errcode = '42501', message = 'both are to be merged by a coach who works with all of their cases';
  end if;
  select coalesce(array_agg(e.id), '{}') into cases from app.enrolment e where e.org_id = o and e.participant_id = merged;
  update app.enrolment set participant_id = kept where org_id = o and id = any(cases);
  update app.case_grant set participant_id = kept where org_id = o and enrolment_id = any(cases);
  update app.participant set merged_into = kept, version = version + 1 where org_id = o and id = merged;
  insert into app.person_merge (org_id, id, kept_id, merged_id, enrolment_ids) values (o, merge_id, kept, merged, cases);
end $$;
-- +goose StatementEnd
-- +goose StatementBegin
create function app.unmerge_person(merge uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare o uuid := nullif(current_setting('app.org', true), '')::uuid; m app.person_merge;
begin
  select * into m from app.person_merge x where x.org_id = o and x.id = unmerge_person.merge and x.undone_at is null for update;
  if m.id is null or not app.knows_person(m.kept_id) then
    raise exception using errcode = '42501', message = 'a merge is undone once, by a coach who works with all of the cases';
  end if;
  update app.participant set merged_into = null, version = version + 1 where org_id = o and id = m.merged_id;
  update app.enrolment set participant_id = m.merged_id where org_id = o and id = any(m.enrolment_ids);
  update app.case_grant set participant_id = m.merged_id where org_id = o and enrolment_id = any(m.enrolment_ids);
  update app.person_merge set undone_by = nullif(current_setting('app.actor', true), '')::uuid, undone_at = nullif(current_setting('app.now', true), '')::timestamptz where org_id = o and id = m.id;
end $$;
-- +goose StatementEnd
alter function app.knows_person owner to kuukausi_duty;
alter function app.merge_person owner to kuukausi_duty;
alter function app.unmerge_person owner to kuukausi_duty;
revoke execute on all routines in schema app from public;
grant execute on function app.knows_person, app.merge_person, app.unmerge_person to kuukausi_web;
grant execute on function app.knows_person to kuukausi_duty;

-- +goose Down
drop function app.merge_person, app.unmerge_person, app.knows_person;
drop table app.person_merge;
drop index app.enrolment_by_person;

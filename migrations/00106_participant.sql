-- +goose Up
-- The parts of a name, to find people by the beginning of any part. Text search operators are not leakproof, so
-- row-level security would keep their indexes unused; a range of "C" is leakproof. The key leads by person: whoever
-- searches may see some hundred people at most, however many the organisation has.
create table app.name_token (
  org_id uuid not null,
  participant_id uuid not null,
  token text collate "C" not null,
  primary key (org_id, participant_id, token),
  foreign key (org_id, participant_id) references app.participant
);

-- A person's identity code (internal/domain.md, ruling 9). The server seals it and finds it again by a blind index that
-- is the organisation's own.
create table app.national_id (
  org_id uuid not null,
  participant_id uuid not null,
  sealed bytea not null,
  code_index bytea not null,
  version int not null default 1,
  entered_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, participant_id),
  unique (org_id, code_index),
  foreign key (org_id, participant_id) references app.participant
);

-- A protection order (turvakielto; internal/domain.md 96 and ruling 9). It moves the contact data into this table, which
-- only the one named coach and the one named coordinator see. Nobody else of the staff keeps or gets a grant on the
-- person. The expert keeps the case and sees nothing of contact, address, site and times.
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

-- Two records of one person become one: the cases of the one move to the other. The row keeps what moved, so that the
-- merge can be undone.
create table app.person_merge (
  org_id uuid not null,
  id uuid not null,
  kept_id uuid not null,
  merged_id uuid not null,
  enrolment_ids uuid[] not null,
  by_id uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  undone_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, kept_id) references app.participant,
  foreign key (org_id, merged_id) references app.participant,
  check (kept_id <> merged_id)
);
create index on app.person_merge (org_id, kept_id);

-- Consents and refusals, one purpose a row. A row never changes: the newest of a purpose counts, and the state of any
-- day can be told (internal/domain.md 94).
create table app.consent (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  purpose text not null check (purpose in (
    'group_board', 'employer_contact', 'employer_health', 'health_to_provider', 'photos_stories', 'third_parties'
  )),
  given boolean not null,
  how text not null check (how in ('self', 'paper', 'oral')),
  lang text not null,
  text_version_id uuid not null,
  entered_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, text_version_id) references app.text_version
);
create index on app.consent (org_id, enrolment_id, purpose, at desc);

-- Break-glass opens a case on which the actor has no duty, with a reason and for an hour, and the administrators are
-- told (internal/domain.md 97).
create table app.break_glass (
  org_id uuid not null,
  id uuid not null,
  by_id uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  enrolment_ids uuid[] not null,
  reason text not null,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  until timestamptz not null,
  seen_by uuid,
  seen_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, by_id) references app.membership,
  check ((seen_by is null) = (seen_at is null))
);
create index on app.break_glass (org_id, at desc);

-- What a basic fact was before it was corrected: of a person, of the meeting of a review, of a cohort or of an employer
-- (internal/domain.md, ruling 41).
create table app.correction (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid,
  cohort_id uuid,
  employer_id uuid, -- 00112_partner.sql adds the foreign key
  field text not null,
  was text not null,
  now text not null,
  by_id uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  check (num_nonnulls(enrolment_id, cohort_id, employer_id) = 1),
  foreign key (org_id, enrolment_id) references app.enrolment (org_id, id),
  foreign key (org_id, cohort_id) references app.cohort (org_id, id),
  foreign key (org_id, by_id) references app.membership (org_id, id)
);
create index on app.correction (org_id, enrolment_id, at);
create index on app.correction (org_id, cohort_id);
create index on app.correction (org_id, employer_id);

-- A coach has read that somebody opened one of their cases by break-glass.
create table app.break_noted (
  org_id uuid not null,
  break_id uuid not null,
  user_id uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, break_id, user_id),
  foreign key (org_id, break_id) references app.break_glass (org_id, id),
  foreign key (org_id, user_id) references app.membership (org_id, id)
);

alter table app.name_token enable row level security, force row level security;
create policy web_select on app.name_token for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and participant_id in (
    select g.participant_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'break_coach', 'coordinator', 'expert', 'break_expert', 'participant', 'follow_up')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy own_kuukausi_duty on app.name_token to kuukausi_duty using (true) with check (true);

alter table app.national_id enable row level security, force row level security;
create policy web_select on app.national_id for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'expert', 'break_expert', 'participant')
  and participant_id in (
    select g.participant_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'break_coach', 'expert', 'break_expert', 'participant')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy web_insert on app.national_id for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'expert')
  and participant_id in (
    select g.participant_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'expert')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy web_update on app.national_id for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'coach'
  and participant_id in (
    select g.participant_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
) with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'coach'
  and participant_id in (
    select g.participant_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy own_kuukausi_duty on app.national_id to kuukausi_duty using (true) with check (true);

alter table app.protection_order enable row level security, force row level security;
create policy web_select on app.protection_order for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'coordinator')
  and (
    coach_id = (select nullif(current_setting('app.actor', true), '')::uuid)
    or coordinator_id = (select nullif(current_setting('app.actor', true), '')::uuid)
  )
);
create policy web_update on app.protection_order for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'coach'
  and coach_id = (select nullif(current_setting('app.actor', true), '')::uuid)
) with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'coach'
  and coach_id = (select nullif(current_setting('app.actor', true), '')::uuid)
);
create policy own_kuukausi_duty on app.protection_order to kuukausi_duty using (true) with check (true);

alter table app.person_merge enable row level security, force row level security;
create policy web_select on app.person_merge for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'coach'
  and kept_id in (
    select g.participant_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'break_coach')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy own_kuukausi_duty on app.person_merge to kuukausi_duty using (true) with check (true);

alter table app.consent enable row level security, force row level security;
-- A coordinator reads only what concerns employers.
create policy web_select on app.consent for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (
    (select current_setting('app.role', true)) in ('coach', 'participant')
    or (
      (select current_setting('app.role', true)) = 'coordinator'
      and purpose in ('employer_contact', 'employer_health')
    )
  )
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
create policy web_insert on app.consent for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'participant')
  and entered_by = (select nullif(current_setting('app.actor', true), '')::uuid)
  and (how = 'self') = ((select current_setting('app.role', true)) = 'participant')
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

alter table app.break_glass enable row level security, force row level security;
create policy web_select on app.break_glass for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (
    (select app.sees_trail())
    or by_id = (select nullif(current_setting('app.actor', true), '')::uuid)
  )
);
create policy web_update on app.break_glass for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select app.sees_trail())
) with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select app.sees_trail())
);
create policy own_kuukausi_duty on app.break_glass to kuukausi_duty using (true) with check (true);

alter table app.correction enable row level security, force row level security;
create policy web_select on app.correction for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (
    enrolment_id in (
      select g.enrolment_id
      from app.case_grant g
      where g.org_id = nullif(current_setting('app.org', true), '')::uuid
        and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
        and g.kind in ('coach', 'pair', 'substitute', 'break_coach', 'expert', 'break_expert')
        and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
        and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
    )
    or cohort_id in (
      select d.cohort_id
      from app.cohort_duty d
      where d.org_id = nullif(current_setting('app.org', true), '')::uuid
        and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
        and d.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
        and d.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
    )
    or employer_id is not null and (select current_setting('app.role', true)) in ('coach', 'coordinator', 'expert')
  )
);
create policy web_insert on app.correction for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and by_id = (select nullif(current_setting('app.actor', true), '')::uuid)
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
    or cohort_id in (
      select d.cohort_id
      from app.cohort_duty d
      where d.org_id = nullif(current_setting('app.org', true), '')::uuid
        and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
        and d.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
        and d.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
    )
    or employer_id is not null and (select current_setting('app.role', true)) = 'coordinator'
  )
);
grant select, insert on app.correction to kuukausi_web;

-- Who somebody is, only their coach corrects: a participant, who may change some of their own record, may not.
grant update (first_name, last_name, born_on, lang) on app.participant to kuukausi_web;
-- +goose StatementBegin
create function app.who_corrects() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if current_user = 'kuukausi_web' and current_setting('app.role', true) is distinct from 'coach' then
    raise exception using errcode = '42501', message = 'only a coach corrects who somebody is';
  end if;
  return new;
end $$;
-- +goose StatementEnd
create trigger who before update of first_name, last_name, born_on, lang on app.participant
  for each row
  when ((old.first_name, old.last_name, old.born_on, old.lang) is distinct from (new.first_name, new.last_name, new.born_on, new.lang))
  execute function app.who_corrects();

alter table app.break_noted enable row level security, force row level security;
create policy web_select on app.break_noted for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and user_id = (select nullif(current_setting('app.actor', true), '')::uuid)
);
create policy web_insert on app.break_noted for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and user_id = (select nullif(current_setting('app.actor', true), '')::uuid)
);
create policy own_kuukausi_duty on app.break_noted to kuukausi_duty using (true) with check (true);

grant select on app.name_token to kuukausi_web;
grant select, insert, delete on app.name_token to kuukausi_duty;
grant select, insert, update on app.national_id to kuukausi_web;
grant select, update on app.national_id to kuukausi_duty;
grant select on app.protection_order to kuukausi_web;
grant update (phone, email, municipality, address, version) on app.protection_order to kuukausi_web;
grant select, insert, update, delete on app.protection_order to kuukausi_duty;
grant select on app.person_merge to kuukausi_web;
grant select, insert, update on app.person_merge to kuukausi_duty;
grant select, insert on app.consent to kuukausi_web;
grant select, insert on app.break_noted to kuukausi_web;
grant select on app.break_noted to kuukausi_duty;
grant select on app.break_glass to kuukausi_duty;
grant select on app.break_glass to kuukausi_web;
grant update (seen_by, seen_at) on app.break_glass to kuukausi_web;
grant insert on app.break_glass to kuukausi_duty;

-- name_tokens: lower case, composed (NFC), split at everything that is no letter and no digit.
-- +goose StatementBegin
create function app.name_tokens(name text) returns setof text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select distinct t from regexp_split_to_table(lower(normalize(name, NFC)), '[^[:alnum:]]+') t where t <> ''
$$;
-- +goose StatementEnd

-- +goose StatementBegin
create function app.name_changes() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from app.name_token where org_id = new.org_id and participant_id = new.id;
  insert into app.name_token (org_id, participant_id, token)
  select new.org_id, new.id, t from app.name_tokens(new.first_name || ' ' || new.last_name) t;
  return null;
end $$;
-- +goose StatementEnd
alter function app.name_changes owner to kuukausi_duty;
create trigger names after insert or update of first_name, last_name on app.participant
  for each row execute function app.name_changes();

-- code_index makes what the server computed this organisation's own: nobody can tell from the rows of two organisations
-- that they are one person's.
-- +goose StatementBegin
create function app.code_index(code bytea) returns bytea
language sql stable set search_path = pg_catalog, pg_temp as $$
  select sha256(uuid_send(nullif(current_setting('app.org', true), '')::uuid) || code_index.code)
$$;
-- +goose StatementEnd

-- known_people tells whether the organisation already knows somebody of this name and day of birth, or of this code.
-- Whoever has no duty on them gets one answer, whether the person is protected or not, or the code said it: that they are
-- here, and no more. Somebody whose code is another one is another person, whatever the name says.
-- +goose StatementBegin
create function app.known_people(first text, last text, born date, code bytea)
returns table (participant_id uuid, first_name text, last_name text, born_on date, by_code boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  o uuid := nullif(current_setting('app.org', true), '')::uuid;
  me uuid := nullif(current_setting('app.actor', true), '')::uuid;
  moment timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
begin
  if current_setting('app.role', true) not in ('coach', 'coordinator', 'expert') then return; end if;
  return query
  select
    case when k.mine then k.id end,
    case when k.mine then k.first_name else '' end,
    case when k.mine then k.last_name else '' end,
    case when k.mine then k.born_on end,
    k.by_code or not k.mine
  from (
    select
      p.id,
      p.first_name,
      p.last_name,
      p.born_on,
      p.protected,
      n.participant_id is not null by_code,
      exists (
        select
        from app.case_grant g
        where g.org_id = o
          and g.participant_id = p.id
          and g.user_id = me
          and g.reason <> 'break_glass'
          and g.valid_from <= moment
          and g.valid_until > moment
      ) mine
    from app.participant p
    left join app.national_id n
      on n.org_id = p.org_id
      and n.participant_id = p.id
      and n.code_index = app.code_index(known_people.code)
      and current_setting('app.role', true) <> 'coordinator'
    where p.org_id = o
      and p.merged_into is null
      and (
        n.participant_id is not null
        or p.born_on = known_people.born
        and lower(normalize(p.last_name)) = lower(normalize(known_people.last))
        and lower(normalize(p.first_name)) = lower(normalize(known_people.first))
        and (known_people.code is null or not exists (
          select
          from app.national_id x
          where x.org_id = p.org_id
            and x.participant_id = p.id
            and x.code_index <> app.code_index(known_people.code)
        ))
      )
  ) k
  order by k.by_code desc
  limit 10;
end $$;
-- +goose StatementEnd
alter function app.known_people owner to kuukausi_duty;

-- person_matched leaves in the trail whom somebody asked about when they were told that a person is here on whom they have no duty.
-- It runs after that answer, in a transaction of its own, and the server never learns who it was.
-- +goose StatementBegin
create function app.person_matched(
  token bytea, first text, last text, born date, code bytea, request text, at timestamptz
) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  o uuid;
  me uuid;
  my_role text;
begin
  select s.org_id, s.membership_id, m.role into o, me, my_role
  from app.login_session s
  join app.membership m on m.org_id = s.org_id and m.id = s.membership_id
  where s.token_hash = person_matched.token;
  insert into app.audit (org_id, id, at, actor_id, role, action, subject_id, purpose, outcome, request_id)
  select o, gen_random_uuid(), person_matched.at, me, my_role, 'person_matched', p.id, 'search', 'refused', person_matched.request
  from app.participant p
  where p.org_id = o
    and p.merged_into is null
    and (
      p.born_on = person_matched.born
      and lower(normalize(p.last_name)) = lower(normalize(person_matched.last))
      and lower(normalize(p.first_name)) = lower(normalize(person_matched.first))
      or exists (
        select
        from app.national_id n
        where n.org_id = o
          and n.participant_id = p.id
          and n.code_index = sha256(uuid_send(o) || person_matched.code)
      )
    )
    and not exists (
      select
      from app.case_grant g
      where g.org_id = o
        and g.participant_id = p.id
        and g.user_id = me
        and g.reason <> 'break_glass'
        and g.valid_from <= person_matched.at
        and g.valid_until > person_matched.at
    );
end $$;
-- +goose StatementEnd
alter function app.person_matched owner to kuukausi_duty;

-- may_know tells whether a protection order lets somebody of the staff get a grant on a person.
-- +goose StatementBegin
create function app.may_know(org uuid, person uuid, member uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select not exists (
    select
    from app.protection_order p
    where p.org_id = may_know.org
      and p.participant_id = may_know.person
      and may_know.member is distinct from p.coach_id
      and may_know.member is distinct from p.coordinator_id
  )
$$;
-- +goose StatementEnd
alter function app.may_know owner to kuukausi_duty;

-- named_grants: the named coach and the named coordinator of a protected person work with each of their open cases.
-- +goose StatementBegin
create function app.named_grants(org uuid, person uuid, moment timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into app.case_grant (
    org_id, user_id, enrolment_id, participant_id, cohort_id, kind, source_id, valid_from, valid_until, reason
  )
  select
    e.org_id,
    n.member,
    e.id,
    e.participant_id,
    e.cohort_id,
    n.kind,
    e.participant_id,
    named_grants.moment,
    app.day_over(
      greatest(e.ends_on, (named_grants.moment at time zone 'Europe/Helsinki')::date) + (e.shape ->> 'DutyDays')::int),
    'protection'
  from app.protection_order p
  join app.enrolment e on e.org_id = p.org_id and e.participant_id = p.participant_id and e.closed_at is null
  cross join lateral (values (p.coach_id, 'coach'), (p.coordinator_id, 'coordinator')) n (member, kind)
  where p.org_id = named_grants.org
    and p.participant_id = named_grants.person
    and n.member is not null
    and not exists (
      select
      from app.case_grant g
      where g.org_id = e.org_id
        and g.enrolment_id = e.id
        and g.user_id = n.member
        and g.valid_from <= named_grants.moment
        and g.valid_until > named_grants.moment
    )
  on conflict (org_id, user_id, enrolment_id, source_id) do update set valid_until = excluded.valid_until
$$;
-- +goose StatementEnd
alter function app.named_grants owner to kuukausi_duty;

-- protections_of counts the people whose protection order names a member. An administrator may not read the orders.
-- +goose StatementBegin
create function app.protections_of(member uuid) returns int
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(*)::int
  from app.protection_order p
  where current_setting('app.role', true) = 'admin'
    and p.org_id = nullif(current_setting('app.org', true), '')::uuid
    and protections_of.member in (p.coach_id, p.coordinator_id)
$$;
-- +goose StatementEnd
alter function app.protections_of owner to kuukausi_duty;

-- protect_person: a coach of the person sets the order. The coach and the coordinator they name know the person already.
-- +goose StatementBegin
create function app.protect_person(person uuid, coach uuid, coordinator uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  o uuid := nullif(current_setting('app.org', true), '')::uuid;
  me uuid := nullif(current_setting('app.actor', true), '')::uuid;
  moment timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
begin
  if current_setting('app.role', true) <> 'coach'
    or not exists (
      select
      from app.case_grant g
      where g.org_id = o
        and g.participant_id = person
        and g.user_id = me
        and g.kind in ('coach', 'pair')
        and g.valid_from <= moment
        and g.valid_until > moment
    )
    or not exists (
      select
      from app.case_grant g
      where g.org_id = o
        and g.participant_id = person
        and g.user_id = coach
        and g.kind in ('coach', 'pair')
        and g.valid_from <= moment
        and g.valid_until > moment
    )
    or coordinator is not null and not exists (
      select
      from app.case_grant g
      where g.org_id = o
        and g.participant_id = person
        and g.user_id = coordinator
        and g.kind = 'coordinator'
        and g.valid_from <= moment
        and g.valid_until > moment
    )
    or exists (select from app.protection_order p where p.org_id = o and p.participant_id = person)
  then
    raise exception using errcode = '42501', message = 'a protection order is set once, among those who know the person';
  end if;
  insert into app.protection_order (org_id, participant_id, coach_id, coordinator_id, phone, email, municipality)
  select o, p.id, coach, coordinator, p.phone, p.email, p.municipality
  from app.participant p
  where p.org_id = o
    and p.id = person;
  update app.participant p
  set phone = '', email = '', municipality = '', protected = true, version = p.version + 1
  where p.org_id = o
    and p.id = person;
  update app.trial t
  set protected = true
  from app.enrolment e
  where e.org_id = o
    and e.participant_id = person
    and t.org_id = o
    and t.enrolment_id = e.id;
  update app.case_grant g
  set valid_until = greatest(moment, g.valid_from)
  where g.org_id = o
    and g.participant_id = person
    and g.valid_until > moment
    and g.kind in ('coach', 'pair', 'substitute', 'coordinator', 'break_coach', 'break_expert')
    and not app.may_know(o, person, g.user_id);
  perform app.named_grants(o, person, moment);
end $$;
-- +goose StatementEnd
alter function app.protect_person owner to kuukausi_duty;

-- unprotect_person: the named coach lifts the order. The contact data return to the person, and duties reach them again.
-- +goose StatementBegin
create function app.unprotect_person(person uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  o uuid := nullif(current_setting('app.org', true), '')::uuid;
  me uuid := nullif(current_setting('app.actor', true), '')::uuid;
  moment timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
begin
  if current_setting('app.role', true) <> 'coach'
    or not exists (
      select
      from app.protection_order p
      where p.org_id = o
        and p.participant_id = person
        and p.coach_id = me
    )
  then
    raise exception using errcode = '42501', message = 'the named coach lifts a protection order';
  end if;
  update app.participant p
  set phone = x.phone, email = x.email, municipality = x.municipality, protected = false, version = p.version + 1
  from app.protection_order x
  where x.org_id = o
    and x.participant_id = person
    and p.org_id = o
    and p.id = person;
  update app.trial t
  set protected = false
  from app.enrolment e
  where e.org_id = o
    and e.participant_id = person
    and t.org_id = o
    and t.enrolment_id = e.id;
  delete from app.protection_order p where p.org_id = o and p.participant_id = person;
  insert into app.case_grant as g (
    org_id, user_id, enrolment_id, participant_id, cohort_id, kind, source_id, valid_from, valid_until, reason
  )
  select
    d.org_id,
    d.user_id,
    e.id,
    e.participant_id,
    e.cohort_id,
    d.kind,
    d.id,
    d.valid_from,
    d.valid_until,
    'duty'
  from app.enrolment e
  join app.cohort_duty d on d.org_id = e.org_id and d.cohort_id = e.cohort_id
  where e.org_id = o
    and e.participant_id = person
    and d.valid_until > moment
  on conflict (org_id, user_id, enrolment_id, source_id) do update set valid_until = excluded.valid_until;
  update app.case_grant g
  set valid_until = p.valid_until
  from app.enrolment_party p
  where g.org_id = o
    and g.participant_id = person
    and p.org_id = o
    and g.source_id = p.id
    and p.valid_until > moment;
end $$;
-- +goose StatementEnd
alter function app.unprotect_person owner to kuukausi_duty;

-- knows_person tells whether the actor works as a coach with every open case of a person, and with one of them at least,
-- and whether the person is no secret.
-- +goose StatementBegin
create function app.knows_person(person uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select current_setting('app.role', true) = 'coach'
    and exists (
      select
      from app.participant p
      where p.org_id = nullif(current_setting('app.org', true), '')::uuid
        and p.id = knows_person.person
        and p.merged_into is null
        and not p.protected
    )
    and exists (
      select
      from app.case_grant g
      where g.org_id = nullif(current_setting('app.org', true), '')::uuid
        and g.participant_id = knows_person.person
        and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
        and g.kind in ('coach', 'pair')
        and g.valid_from <= nullif(current_setting('app.now', true), '')::timestamptz
        and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
    )
    and not exists (
      select
      from app.enrolment e
      where e.org_id = nullif(current_setting('app.org', true), '')::uuid
        and e.participant_id = knows_person.person
        and e.closed_at is null
        and not exists (
          select
          from app.case_grant g
          where g.org_id = e.org_id
            and g.enrolment_id = e.id
            and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
            and g.kind in ('coach', 'pair')
            and g.valid_from <= nullif(current_setting('app.now', true), '')::timestamptz
            and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
        )
    )
$$;
-- +goose StatementEnd
alter function app.knows_person owner to kuukausi_duty;

-- +goose StatementBegin
create function app.merge_person(merge_id uuid, kept uuid, merged uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  o uuid := nullif(current_setting('app.org', true), '')::uuid;
  cases uuid[];
begin
  -- the record that has the code is the one to keep, because the code is sealed for it
  if kept = merged
    or not app.knows_person(kept)
    or not app.knows_person(merged)
    or exists (select from app.national_id n where n.org_id = o and n.participant_id = merged)
  then
    raise exception using errcode = '42501', message = 'both are to be merged by a coach who works with all of their cases';
  end if;
  select coalesce(array_agg(e.id), '{}')
  into cases
  from app.enrolment e
  where e.org_id = o
    and e.participant_id = merged;
  update app.enrolment set participant_id = kept where org_id = o and id = any(cases);
  update app.case_grant set participant_id = kept where org_id = o and enrolment_id = any(cases);
  update app.participant set merged_into = kept, version = version + 1 where org_id = o and id = merged;
  insert into app.person_merge (org_id, id, kept_id, merged_id, enrolment_ids)
  values (o, merge_id, kept, merged, cases);
end $$;
-- +goose StatementEnd
alter function app.merge_person owner to kuukausi_duty;

-- +goose StatementBegin
create function app.unmerge_person(merge uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  o uuid := nullif(current_setting('app.org', true), '')::uuid;
  m app.person_merge;
begin
  select *
  into m
  from app.person_merge x
  where x.org_id = o
    and x.id = unmerge_person.merge
    and x.undone_at is null
  for update;
  if m.id is null or not app.knows_person(m.kept_id) then
    raise exception using errcode = '42501', message = 'a merge is undone once, by a coach who works with all of the cases';
  end if;
  update app.participant set merged_into = null, version = version + 1 where org_id = o and id = m.merged_id;
  update app.enrolment set participant_id = m.merged_id where org_id = o and id = any(m.enrolment_ids);
  update app.case_grant set participant_id = m.merged_id where org_id = o and enrolment_id = any(m.enrolment_ids);
  update app.person_merge
  set undone_at = nullif(current_setting('app.now', true), '')::timestamptz
  where org_id = o
    and id = m.id;
end $$;
-- +goose StatementEnd
alter function app.unmerge_person owner to kuukausi_duty;

-- break_glass_cases lists the cases of exactly the person named, or of the code, on which the actor has no duty. Nobody
-- opens a protected person.
-- +goose StatementBegin
create function app.break_glass_cases(first text, last text, born date, code bytea) returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select e.id
  from app.participant p
  join app.enrolment e on e.org_id = p.org_id and e.participant_id = p.id
  where current_setting('app.role', true) in ('coach', 'expert')
    and p.org_id = nullif(current_setting('app.org', true), '')::uuid
    and p.merged_into is null
    and not p.protected
    and (
      p.born_on = born
      and lower(normalize(p.first_name)) = lower(normalize(first))
      and lower(normalize(p.last_name)) = lower(normalize(last))
      or p.id in (
        select n.participant_id
        from app.national_id n
        where n.org_id = p.org_id
          and n.code_index = app.code_index(code)
      )
    )
    and not exists (
      select
      from app.case_grant g
      where g.org_id = e.org_id
        and g.enrolment_id = e.id
        and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
        and g.valid_from <= nullif(current_setting('app.now', true), '')::timestamptz
        and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
    )
  order by e.starts_on desc, e.id
  limit 20
$$;
-- +goose StatementEnd
alter function app.break_glass_cases owner to kuukausi_duty;

-- +goose StatementBegin
create function app.break_glass(row_id uuid, first text, last text, born date, code bytea, why text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  o uuid := nullif(current_setting('app.org', true), '')::uuid;
  me uuid := nullif(current_setting('app.actor', true), '')::uuid;
  moment timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
  cases uuid[];
begin
  if exists (
    select
    from app.membership m
    where m.org_id = o
      and m.id = me
      and app.newcomer(m.created_at)
  ) then
    raise exception using errcode = '42501', message = 'a newcomer opens no case';
  end if;
  select coalesce(array_agg(c), '{}') into cases from app.break_glass_cases(first, last, born, code) c;
  if cardinality(cases) = 0 or length(why) < 20 then
    raise exception using errcode = '42501', message = 'nobody to open, or no reason';
  end if;
  insert into app.break_glass (org_id, id, by_id, enrolment_ids, reason, at, until)
  values (o, row_id, me, cases, why, moment, moment + interval '1 hour');
  insert into app.case_grant (
    org_id, user_id, enrolment_id, participant_id, cohort_id, kind, source_id, valid_from, valid_until, reason
  )
  select
    o,
    me,
    e.id,
    e.participant_id,
    e.cohort_id,
    case current_setting('app.role', true) when 'coach' then 'break_coach' else 'break_expert' end,
    row_id,
    moment,
    moment + interval '1 hour',
    'break_glass'
  from app.enrolment e
  where e.org_id = o
    and e.id = any(cases);
end $$;
-- +goose StatementEnd
alter function app.break_glass owner to kuukausi_duty;

-- openings tells a coach who opened one of their cases by break-glass, until they have read it.
-- +goose StatementBegin
create function app.openings() returns table (id uuid, enrolment_id uuid, by_name text, reason text, at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select distinct on (b.id) b.id, g.enrolment_id, m.name, b.reason, b.at
  from app.case_grant g
  join app.break_glass b on b.org_id = g.org_id and g.enrolment_id = any(b.enrolment_ids)
  join app.membership m on m.org_id = b.org_id and m.id = b.by_id
  where g.org_id = nullif(current_setting('app.org', true), '')::uuid
    and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
    and current_setting('app.role', true) = 'coach'
    and g.kind in ('coach', 'pair')
    and g.valid_from <= nullif(current_setting('app.now', true), '')::timestamptz
    and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
    and b.by_id <> g.user_id
    and not exists (
      select
      from app.break_noted n
      where n.org_id = b.org_id
        and n.break_id = b.id
        and n.user_id = g.user_id
    )
  order by b.id
  limit 50
$$;
-- +goose StatementEnd
alter function app.openings owner to kuukausi_duty;

-- opened_mine tells a participant who opened their case: day, role, what for, how often (internal/domain.md 93). It
-- reads the trail along the people who had a grant on the case, while they had it: their rows are few.
-- +goose StatementBegin
create function app.opened_mine() returns table (day date, role text, purpose text, times int)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with mine as (
    select g.org_id, g.enrolment_id
    from app.case_grant g
    where current_setting('app.role', true) = 'participant'
      and g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind = 'participant'
  ),
  seats as (
    select g.org_id, g.user_id, g.enrolment_id, g.kind, g.reason, g.valid_from, g.valid_until
    from mine m
    join app.case_grant g on g.org_id = m.org_id and g.enrolment_id = m.enrolment_id
    where g.user_id <> nullif(current_setting('app.actor', true), '')::uuid
  ),
  looks as (
    select
      a.at,
      case a.role when 'handed' then 'coach' else a.role end role,
      a.purpose,
      bool_and(s.reason = 'break_glass') broke,
      bool_or(s.kind in ('coach', 'pair')) own,
      bool_or(s.kind = 'substitute') substitute
    from seats s
    join app.audit a
      on a.org_id = s.org_id
      and a.actor_id = s.user_id
      and a.at between s.valid_from and s.valid_until
      and s.enrolment_id = any(a.enrolment_ids)
      and a.outcome in ('seen', 'done')
    group by a.id, a.at, a.role, a.purpose
  )
  -- the right by which somebody looked decides the purpose, before the page they looked at
  select
    (l.at at time zone 'Europe/Helsinki')::date,
    l.role,
    case
      when l.broke then 'break_glass'
      when l.own and l.purpose = 'substitution' then 'coaching'
      when l.substitute and not l.own and l.purpose = 'coaching' then 'substitution'
      else l.purpose
    end,
    count(*)::int
  from looks l
  group by 1, 2, 3
  order by 1 desc, 2, 3
  limit 400
$$;
-- +goose StatementEnd
alter function app.opened_mine owner to kuukausi_duty;

revoke execute on all routines in schema app from public;
grant execute on function app.name_tokens, app.code_index to kuukausi_web, kuukausi_duty;
grant execute on function
  app.known_people, app.protections_of, app.protect_person, app.unprotect_person, app.knows_person, app.merge_person,
  app.unmerge_person, app.break_glass_cases, app.break_glass, app.openings, app.opened_mine, app.person_matched
to kuukausi_web;

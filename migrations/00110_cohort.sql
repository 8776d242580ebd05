-- +goose Up
-- The cohort itself and its duties stand in 00105_case.sql, because cases and policies refer to them.

-- One row a person, date and half-day, so there cannot be two marks for one half-day (internal/domain.md, ruling 14).
create table app.attendance (
  org_id uuid not null,
  enrolment_id uuid not null,
  held_on date not null,
  half smallint not null check (half in (1, 2)),
  -- p present, l late, n absent and notified, u absent for an unknown reason, i job interview, r final review,
  -- v workplace visit, e excused otherwise
  mark text not null check (mark in ('p', 'l', 'n', 'u', 'i', 'r', 'v', 'e')),
  remark text not null default '',
  meeting_id uuid not null,
  on_trial boolean not null default false,
  corrections smallint not null default 0, -- how often the mark was corrected; attendance_before has what it was
  marked_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  marked_at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  -- one index is the key of a mark and serves the month map, so that a changed mark writes one entry and not two
  primary key (org_id, enrolment_id, held_on, half) include (mark, on_trial),
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, meeting_id) references app.meeting
) with (fillfactor = 85);

-- What a corrected mark was before, and who had set it when. number counts the corrections that went before it.
create table app.attendance_before (
  org_id uuid not null,
  enrolment_id uuid not null,
  held_on date not null,
  half smallint not null,
  number smallint not null,
  mark text not null,
  remark text not null,
  on_trial boolean not null,
  marked_by uuid not null,
  marked_at timestamptz not null,
  primary key (org_id, enrolment_id, held_on, half, number),
  foreign key (org_id, enrolment_id) references app.enrolment
);

-- What was found out about a person's absence in a row, up to a day: by the coach, and after no acceptable reason by the
-- expert. The grounds of an acceptable reason are no business of the expert's.
create table app.absence_inquiry (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  through date not null,
  answer text not null check (answer in ('reason_found', 'no_reason', 'goes_on')),
  grounds text not null check (grounds <> ''),
  by_id uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, enrolment_id) references app.enrolment (org_id, id),
  foreign key (org_id, by_id) references app.membership (org_id, id)
);
create index on app.absence_inquiry (org_id, enrolment_id, at);

alter table app.absence_inquiry enable row level security, force row level security;
create policy web_select on app.absence_inquiry for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (
    answer <> 'reason_found'
    or not (select current_setting('app.role', true)) = 'expert'
  )
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'break_coach', 'expert', 'break_expert')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy web_insert on app.absence_inquiry for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and by_id = (select nullif(current_setting('app.actor', true), '')::uuid)
  and (answer = 'goes_on') = ((select current_setting('app.role', true)) = 'expert')
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'expert')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy own_kuukausi_duty on app.absence_inquiry to kuukausi_duty using (true) with check (true);

alter table app.attendance enable row level security, force row level security;
-- A coordinator sees trial half-days only (internal/domain.md, ruling 4). The role tells a coordinator here, instead of a
-- second sub-select: the kind of a duty agrees with the role of its member, and assign_duty sees to it.
create policy web_select on app.attendance for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (
    on_trial
    or not (select current_setting('app.role', true)) = 'coordinator'
  )
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'break_coach', 'coordinator', 'participant')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy web_insert on app.attendance for insert to kuukausi_web with check (
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
create policy web_update on app.attendance for update to kuukausi_web using (
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
create policy own_kuukausi_duty on app.attendance to kuukausi_duty using (true) with check (true);

alter table app.attendance_before enable row level security, force row level security;
create policy web_select on app.attendance_before for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'break_coach')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy web_insert on app.attendance_before for insert to kuukausi_web with check (
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

grant select, insert, update on app.attendance to kuukausi_web;
grant select on app.attendance to kuukausi_duty;
grant select, insert on app.absence_inquiry to kuukausi_web;
grant select on app.absence_inquiry to kuukausi_duty;
grant select, insert on app.attendance_before to kuukausi_web;

-- absence_marks: an expert reads no attendance until the flag of 380/2023 59 §. They are told once the coach has found no
-- acceptable reason, and read from then on the marks of those of their people who have at least as many days with an
-- unexplained absence as the law names, until they answer about those days. The marks come as one text, with "?" after the day
-- up to which they were told and "=" after one up to which an absence is settled; what follows what the server decides.
-- +goose StatementBegin
create function app.absence_marks() returns table (enrolment_id uuid, marks text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  o uuid := nullif(current_setting('app.org', true), '')::uuid;
  me uuid := nullif(current_setting('app.actor', true), '')::uuid;
  moment timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
  today date := (moment at time zone 'Europe/Helsinki')::date;
begin
  if current_setting('app.role', true) <> 'expert' then return; end if;
  return query
  select e.id, f.marks
  from app.case_grant g
  join app.enrolment e on e.org_id = g.org_id and e.id = g.enrolment_id
  cross join lateral (
    select
      string_agg(x.entry, ' ' order by x.entry) marks,
      count(distinct x.day) filter (where x.away) away
    from (
      select to_char(a.held_on, 'YYYY-MM-DD') || a.mark entry, a.held_on as day, a.mark = 'u' away
      from app.attendance a
      where a.org_id = e.org_id
        and a.enrolment_id = e.id
        and a.held_on <= today
      union all
      select to_char(i.through, 'YYYY-MM-DD') || case i.answer when 'no_reason' then '?' else '=' end, i.through, false
      from app.absence_inquiry i
      where i.org_id = e.org_id and i.enrolment_id = e.id
    ) x
  ) f
  where g.org_id = o
    and g.user_id = me
    and g.kind = 'expert'
    and g.valid_from <= moment
    and g.valid_until > moment
    and e.state in ('active', 'review')
    and f.away >= app.law_number('absence_flag_days', today)
    and exists (
      select
      from app.absence_inquiry t
      where t.org_id = e.org_id
        and t.enrolment_id = e.id
        and t.answer = 'no_reason'
        and not exists (
          select
          from app.absence_inquiry s
          where s.org_id = t.org_id
            and s.enrolment_id = t.enrolment_id
            and s.answer <> 'no_reason'
            and s.through >= t.through
            and not exists (
              select
              from app.attendance h
              where h.org_id = t.org_id
                and h.enrolment_id = t.enrolment_id
                and h.held_on > t.through
                and h.held_on < s.through
                and h.mark <> 'u'
            )
        )
    );
end $$;
-- +goose StatementEnd
alter function app.absence_marks owner to kuukausi_duty;

-- cohort_built tells whether something rests on a cohort's start, for whoever has a duty on it, and true for others: marks,
-- reviews, cases that went on. A coordinator reads only some of them themself, but a start is taken back only while there is nothing.
-- +goose StatementBegin
create function app.cohort_built(cohort uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  o uuid := nullif(current_setting('app.org', true), '')::uuid;
  moment timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
begin
  if not exists (
    select
    from app.cohort_duty d
    where d.org_id = o
      and d.cohort_id = cohort_built.cohort
      and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and d.valid_from <= moment
      and d.valid_until > moment
  ) then
    return true;
  end if;
  return exists (
    select
    from app.enrolment e
    where e.org_id = o
      and e.cohort_id = cohort_built.cohort
      and (
        e.state in ('review', 'completed', 'unreviewed', 'interrupted')
        or exists (select from app.attendance a where a.org_id = e.org_id and a.enrolment_id = e.id)
        or exists (select from app.review r where r.org_id = e.org_id and r.enrolment_id = e.id)
      )
  );
end $$;
-- +goose StatementEnd
alter function app.cohort_built owner to kuukausi_duty;

-- cohorts_on lists the cohorts made from a version, for an administrator, who sees no more of them than this.
-- +goose StatementBegin
create function app.cohorts_on(version uuid)
returns table (name text, place text, state text, starts_on date, ends_on date)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.name, c.place, c.state, c.starts_on, c.ends_on
  from app.cohort c
  where c.org_id = nullif(current_setting('app.org', true), '')::uuid
    and c.version_id = cohorts_on.version
    and current_setting('app.role', true) = 'admin'
  order by c.starts_on desc
  limit 200
$$;
-- +goose StatementEnd
alter function app.cohorts_on owner to kuukausi_duty;

-- cohort_ends: the staff of a cohort keep their access until it is closed and the duty days of its model have passed, and while it
-- is open for a year at most (internal/domain.md 91): what is left undone is somebody's. It is called when a cohort closes and
-- when its month moves.
-- +goose StatementBegin
create function app.cohort_ends(cohort uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  o uuid := nullif(current_setting('app.org', true), '')::uuid;
  me uuid := nullif(current_setting('app.actor', true), '')::uuid;
  moment timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
begin
  update app.cohort_duty d
  set valid_until = app.day_over(
    coalesce((c.closed_at at time zone 'Europe/Helsinki')::date + (c.shape ->> 'DutyDays')::int, c.ends_on + 365))
  from app.cohort c
  where c.org_id = o
    and c.id = cohort_ends.cohort
    and d.org_id = o
    and d.cohort_id = c.id
    and d.kind in ('coach', 'pair', 'coordinator')
    and d.valid_from <= moment
    and d.valid_until > moment
    and exists (
      select
      from app.cohort_duty x
      where x.org_id = o
        and x.cohort_id = c.id
        and x.user_id = me
        and x.valid_from <= moment
        and x.valid_until > moment
    );
end $$;
-- +goose StatementEnd
alter function app.cohort_ends owner to kuukausi_duty;

revoke execute on all routines in schema app from public;
grant execute on function
  app.absence_marks, app.cohort_built, app.cohorts_on, app.cohort_ends
to kuukausi_web;

-- +goose Up
-- Numbers that depend on the law, by date (internal/domain.md 100). A migration brings the national rows.
create table app.law_value (
  key text not null,
  valid_from date not null,
  value numeric not null,
  unit text not null check (unit in ('minutes', 'days', 'months', 'years', 'percent', 'euros', 'count')),
  source text not null,
  checked_on date not null,
  primary key (key, valid_from)
);

-- An organisation's own number overrides the national one from a date on.
create table app.law_override (
  org_id uuid not null references app.organisation,
  key text not null,
  valid_from date not null,
  value numeric not null,
  source text not null,
  checked_on date not null,
  entered_by uuid default nullif(current_setting('app.actor', true), '')::uuid,
  primary key (org_id, key, valid_from),
  constraint override_unit check (value >= 0)
);

-- A text that people agreed to never changes. A newer version follows it.
create table app.text_version (
  org_id uuid not null references app.organisation,
  id uuid not null,
  key text not null,
  lang text not null check (lang in ('fi', 'sv', 'en')),
  version int not null,
  body text not null,
  created_at timestamptz not null,
  primary key (org_id, id),
  unique (org_id, key, lang, version)
);

create table app.programme_model (
  org_id uuid not null references app.organisation,
  id uuid not null,
  code text not null,
  -- every version of the model sends this many; a version with another number is not published (internal/domain.md 13)
  pre_assignments smallint not null,
  primary key (org_id, id),
  unique (org_id, code)
);

-- What a model asks for is data here and never an if in the code.
create table app.programme_version (
  org_id uuid not null,
  id uuid not null,
  model_id uuid not null,
  version int not null,
  edition int not null default 1, -- counts the edits of a draft, so that a form that has grown stale is noticed
  coaching_kind text not null check (coaching_kind in ('job_search_coaching', 'career_coaching', 'job_coaching')),
  in_cohort boolean not null,
  weeks smallint not null check (weeks between 1 and 104),
  size_min smallint not null,
  size_max smallint not null,
  pre_assignments smallint not null,
  review_parties text[] not null,
  outcomes text[] not null,
  shape jsonb not null, -- programme.Shape: what a model asks beyond its half-days and texts, as one value
  published_at timestamptz,
  primary key (org_id, id),
  unique (org_id, model_id, version),
  foreign key (org_id, model_id) references app.programme_model
);

-- One planned half-day: on which day of which programme week, of what kind, from when to when.
create table app.programme_slot (
  org_id uuid not null,
  version_id uuid not null,
  day smallint not null check (day > 0),
  half smallint not null check (half in (1, 2)),
  week smallint not null,
  kind text not null check (kind in ('group', 'trial', 'single')),
  starts_at smallint not null,
  ends_at smallint not null check (ends_at > starts_at),
  primary key (org_id, version_id, day, half),
  foreign key (org_id, version_id) references app.programme_version
);

-- When somebody is to contact a site: days after the trial's start, or before its end when the number is negative.
create table app.programme_contact (
  org_id uuid not null,
  version_id uuid not null,
  number smallint not null,
  code text not null,
  day_offset smallint not null,
  primary key (org_id, version_id, number),
  foreign key (org_id, version_id) references app.programme_version
);

-- subject is 'name', 'week.1', 'slot.3.1', 'pre.2.title' or 'pre.2.body'.
create table app.programme_text (
  org_id uuid not null,
  version_id uuid not null,
  subject text not null,
  lang text not null check (lang in ('fi', 'sv', 'en')),
  body text not null,
  primary key (org_id, version_id, subject, lang),
  foreign key (org_id, version_id) references app.programme_version
);

-- Words in a note that ask for a second thought (internal/domain.md 23). They warn and never refuse.
create table app.wording (
  org_id uuid not null references app.organisation,
  word text not null check (word = lower(word) and word <> ''),
  primary key (org_id, word)
);

insert into app.law_value (key, valid_from, value, unit, source, checked_on) values
  ('trial_day_min', '2025-01-01', 240, 'minutes', '380/2023 57 §', '2026-11-21'),
  ('trial_day_max', '2025-01-01', 480, 'minutes', '380/2023 57 §', '2026-11-21'),
  ('trial_week_days_max', '2025-01-01', 5, 'days', '380/2023 57 §', '2026-11-21'),
  ('trial_total_max', '2025-01-01', 6, 'months', '380/2023 55 §', '2026-11-21'),
  ('trial_restart_after', '2025-01-01', 12, 'months', '380/2023 55 §', '2026-11-21'),
  ('trial_young_restart_after', '2025-01-01', 3, 'months', '380/2023 55 §', '2026-11-21'),
  ('trial_young_below', '2025-01-01', 25, 'years', '380/2023 55 §', '2026-11-21'),
  ('absence_flag_days', '2025-01-01', 5, 'days', '380/2023 59 §', '2026-11-21'),
  ('study_age_min', '2025-01-01', 25, 'years', '380/2023 73 §', '2026-11-21'),
  ('retention', '2025-01-01', 4, 'years', '380/2023 122 §', '2026-11-21'),
  ('long_term_unemployed', '2025-01-01', 12, 'months', 'TEM, työnvälitystilaston määritelmä', '2026-11-22'),
  ('expense_week_days_max', '2025-01-01', 5, 'days', '380/2023 103–106 §', '2026-11-22');

-- National numbers belong to no organisation, so law_value has no row-level security.

alter table app.law_override enable row level security, force row level security;
-- An administrator writes the organisation's own numbers, from today on. Nobody changes what a case was judged by.
create policy web_select on app.law_override for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
);
create policy web_insert on app.law_override for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'admin'
  and valid_from >= (select (nullif(current_setting('app.now', true), '')::timestamptz at time zone 'Europe/Helsinki')::date)
);
create policy web_update on app.law_override for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'admin'
  and valid_from >= (select (nullif(current_setting('app.now', true), '')::timestamptz at time zone 'Europe/Helsinki')::date)
) with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'admin'
);
create policy own_kuukausi_duty on app.law_override to kuukausi_duty using (true) with check (true);

alter table app.text_version enable row level security, force row level security;
create policy web_select on app.text_version for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
);

alter table app.programme_model enable row level security, force row level security;
create policy web_select on app.programme_model for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
);
-- An administrator makes a model from nothing, and a model goes with its last draft.
create policy web_delete on app.programme_model for delete to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'admin'
);
create policy web_insert on app.programme_model for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'admin'
);
create policy web_update on app.programme_model for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'admin'
);

alter table app.programme_version enable row level security, force row level security;
-- An administrator edits a version, and only until it is published. After that it stays as it is.
create policy web_select on app.programme_version for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
);
create policy web_insert on app.programme_version for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'admin'
  and published_at is null
);
create policy web_update on app.programme_version for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'admin'
  and published_at is null
) with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'admin'
);
create policy web_delete on app.programme_version for delete to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'admin'
  and published_at is null
);

alter table app.programme_slot enable row level security, force row level security;
create policy web_select on app.programme_slot for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
);
create policy web_insert on app.programme_slot for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'admin'
  and version_id in (
    select v.id
    from app.programme_version v
    where v.org_id = (select nullif(current_setting('app.org', true), '')::uuid)
      and v.published_at is null
  )
);
create policy web_delete on app.programme_slot for delete to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'admin'
  and version_id in (
    select v.id
    from app.programme_version v
    where v.org_id = (select nullif(current_setting('app.org', true), '')::uuid)
      and v.published_at is null
  )
);

alter table app.programme_contact enable row level security, force row level security;
create policy web_select on app.programme_contact for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
);
create policy web_insert on app.programme_contact for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'admin'
  and version_id in (
    select v.id
    from app.programme_version v
    where v.org_id = (select nullif(current_setting('app.org', true), '')::uuid)
      and v.published_at is null
  )
);
create policy web_delete on app.programme_contact for delete to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'admin'
  and version_id in (
    select v.id
    from app.programme_version v
    where v.org_id = (select nullif(current_setting('app.org', true), '')::uuid)
      and v.published_at is null
  )
);

alter table app.programme_text enable row level security, force row level security;
create policy web_select on app.programme_text for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
);
create policy web_insert on app.programme_text for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'admin'
  and version_id in (
    select v.id
    from app.programme_version v
    where v.org_id = (select nullif(current_setting('app.org', true), '')::uuid)
      and v.published_at is null
  )
);
create policy web_delete on app.programme_text for delete to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'admin'
  and version_id in (
    select v.id
    from app.programme_version v
    where v.org_id = (select nullif(current_setting('app.org', true), '')::uuid)
      and v.published_at is null
  )
);

alter table app.wording enable row level security, force row level security;
create policy web_select on app.wording for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
);
create policy web_insert on app.wording for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'admin'
);
create policy web_delete on app.wording for delete to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'admin'
);

grant select on app.law_value to kuukausi_web;
grant select on app.law_value to kuukausi_duty;
grant select, insert on app.law_override to kuukausi_web;
grant update (value, source, checked_on, entered_by) on app.law_override to kuukausi_web;
grant select on app.law_override to kuukausi_duty;
grant select on app.text_version to kuukausi_web;
grant select, insert, delete on app.programme_model to kuukausi_web;
grant update (pre_assignments) on app.programme_model to kuukausi_web;
grant select, insert, update, delete on app.programme_version to kuukausi_web;
grant select, insert, delete on app.programme_slot to kuukausi_web;
grant select, insert, delete on app.programme_contact to kuukausi_web;
grant select, insert, delete on app.programme_text to kuukausi_web;
grant select, insert, delete on app.wording to kuukausi_web;

-- law_number returns the number in force on a day. Of two rows of one day the organisation's own wins.
-- +goose StatementBegin
create function app.law_number(name text, day date) returns numeric
language sql stable set search_path = pg_catalog, pg_temp as $$
  select l.value
  from (
    select v.key, v.valid_from, v.value, 1 own
    from app.law_value v
    union all
    select v.key, v.valid_from, v.value, 2
    from app.law_override v
    where v.org_id = nullif(current_setting('app.org', true), '')::uuid
  ) l
  where l.key = law_number.name
    and l.valid_from <= law_number.day
  order by l.valid_from desc, l.own desc
  limit 1
$$;
-- +goose StatementEnd

revoke execute on all routines in schema app from public;
grant execute on function app.law_number to kuukausi_web, kuukausi_duty;

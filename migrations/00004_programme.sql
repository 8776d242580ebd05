-- +goose Up
-- Law-dependent numbers by date (domain.md 100). National rows come by migration; an organisation's rows override from a date.
create table app.law_value (
  key text not null,
  valid_from date not null,
  value numeric not null,
  unit text not null check (unit in ('minutes', 'days', 'months', 'years', 'percent', 'euros', 'count')),
  source text not null,
  checked_on date not null,
  primary key (key, valid_from)
);
grant select on app.law_value to kuukausi_web;
create table app.law_override (
  org_id uuid not null references app.organisation,
  key text not null,
  valid_from date not null,
  value numeric not null,
  source text not null,
  checked_on date not null,
  primary key (org_id, key, valid_from)
);
call app.protect('law_override', null, 'select');

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
  ('retention', '2025-01-01', 4, 'years', '380/2023 122 §', '2026-11-21');

-- Texts people agreed to: never changed, only followed by a newer version.
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
call app.protect('text_version', null, 'select');

create table app.programme_model (
  org_id uuid not null references app.organisation,
  id uuid not null,
  code text not null,
  primary key (org_id, id),
  unique (org_id, code)
);
call app.protect('programme_model', null, 'select');

-- What a model asks stands here, never in an if (house.md §4).
create table app.programme_version (
  org_id uuid not null,
  id uuid not null,
  model_id uuid not null,
  version int not null,
  coaching_kind text not null check (coaching_kind in ('job_search_coaching', 'career_coaching', 'job_coaching')),
  in_cohort boolean not null,
  weeks smallint not null check (weeks between 1 and 104),
  size_min smallint not null,
  size_max smallint not null,
  pre_assignments smallint not null,
  review_parties text[] not null,
  outcomes text[] not null,
  published_at timestamptz,
  primary key (org_id, id),
  unique (org_id, model_id, version),
  foreign key (org_id, model_id) references app.programme_model
);
call app.protect('programme_version', null, 'select');

-- One planned half-day: on which day of which programme week, what kind, from when to when.
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
call app.protect('programme_slot', null, 'select');

-- When a site is to be contacted: days counted from the trial's start (or from its end when negative).
create table app.programme_contact (
  org_id uuid not null,
  version_id uuid not null,
  number smallint not null,
  code text not null,
  day_offset smallint not null,
  primary key (org_id, version_id, number),
  foreign key (org_id, version_id) references app.programme_version
);
call app.protect('programme_contact', null, 'select');

-- subject: 'name', 'week.1', 'slot.3.1', 'pre.2.title', 'pre.2.body'
create table app.programme_text (
  org_id uuid not null,
  version_id uuid not null,
  subject text not null,
  lang text not null check (lang in ('fi', 'sv', 'en')),
  body text not null,
  primary key (org_id, version_id, subject, lang),
  foreign key (org_id, version_id) references app.programme_version
);
call app.protect('programme_text', null, 'select');

-- Days on which the organisation is closed, beside the public holidays: each lengthens a month by a day.
create table app.closed_day (
  org_id uuid not null references app.organisation,
  day date not null,
  reason text not null,
  primary key (org_id, day)
);
call app.protect('closed_day', null, 'select');

-- +goose Down
drop table app.closed_day, app.programme_text, app.programme_contact, app.programme_slot, app.programme_version, app.programme_model,
  app.text_version, app.law_override, app.law_value;

-- +goose Up
-- Whether the service fits, as dated evidence (domain.md 10): it warns, it never refuses.
create table app.eligibility (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  unemployed_since date,
  assessed_on date,
  assessment text not null default '',
  expert_note text not null default '',
  entered_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, enrolment_id) references app.enrolment
);
create index on app.eligibility (org_id, enrolment_id, at desc);
-- What stands in the way of work, in functional words; no diagnosis has a place here (380/2023 114 §).
create table app.obstacle (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  area text not null check (area in ('ability', 'mobility', 'skills', 'digital', 'language', 'life', 'other')),
  body text not null,
  source text not null check (source in ('participant', 'coach', 'site', 'expert', 'other')),
  entered_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  solved_at timestamptz,
  solved_by uuid,
  version int not null default 1,
  primary key (org_id, id),
  foreign key (org_id, enrolment_id) references app.enrolment,
  check ((solved_at is null) = (solved_by is null))
);
create index on app.obstacle (org_id, enrolment_id, at);
-- A referral, with the person's own agreement and how they gave it (domain.md 50).
create table app.referral (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  kind text not null check (kind in ('health_check', 'vocational_rehab')),
  reason text not null,
  agreed_on date not null,
  agreed_how text not null check (agreed_how in ('present', 'phone', 'paper')),
  entered_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, enrolment_id) references app.enrolment
);
create index on app.referral (org_id, enrolment_id, at);

-- +goose StatementBegin
do $$
declare coach text := app.rule_role('coach') || ' and ' || app.rule_grant('enrolment_id', 'enrolment_id', 'coach', 'pair', 'substitute');
        parties text := app.rule_role('coach', 'expert') || ' and ' || app.rule_grant('enrolment_id', 'enrolment_id', 'coach', 'pair', 'substitute', 'expert');
begin
  call app.protect('eligibility', parties, 'select insert');
  call app.protect('obstacle', coach, 'select insert');
  grant update (solved_at, solved_by, version) on app.obstacle to kuukausi_web;
  execute format('create policy web_update on app.obstacle for update to kuukausi_web using (%1$s) with check (%1$s)', app.rule_org() || ' and ' || coach);
  call app.protect('referral', coach, 'select insert');
end $$;
-- +goose StatementEnd

insert into app.law_value (key, valid_from, value, unit, source, checked_on) values
  ('long_term_unemployed', '2025-01-01', 12, 'months', 'TEM, työnvälitystilaston määritelmä', '2026-11-22');

-- +goose Down
delete from app.law_value where key = 'long_term_unemployed';
drop table app.referral, app.obstacle, app.eligibility;

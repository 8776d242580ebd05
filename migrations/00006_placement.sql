-- +goose Up
create table app.employer (
  org_id uuid not null references app.organisation,
  id uuid not null,
  name text not null,
  business_id text not null default '',
  municipality text not null default '',
  version int not null default 1,
  created_at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id)
);
create unique index employer_once on app.employer (org_id, business_id) where business_id <> '';
create table app.site (
  org_id uuid not null,
  id uuid not null,
  employer_id uuid not null,
  name text not null,
  address text not null default '',
  municipality text not null default '',
  tasks text not null default '',
  version int not null default 1,
  primary key (org_id, id),
  foreign key (org_id, employer_id) references app.employer
);
create index on app.site (org_id, employer_id);
create table app.site_person (
  org_id uuid not null,
  id uuid not null,
  site_id uuid not null,
  name text not null,
  phone text not null default '',
  email text not null default '',
  primary key (org_id, id),
  foreign key (org_id, site_id) references app.site
);
create index on app.site_person (org_id, site_id);

-- A work trial with its agreement (380/2023 54–60 §).
create table app.trial (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  site_id uuid not null,
  supervisor_id uuid,
  state text not null default 'draft' check (state in ('draft', 'active', 'ended', 'cancelled')),
  purpose text not null check (purpose in ('career_options', 'return_to_work')),
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  starts_at smallint not null,
  day_minutes smallint not null,
  week_days smallint not null,
  tasks text not null default '',
  goals text not null default '',
  payer text not null default '' check (payer in ('', 'unemployment_fund', 'kela_general_support', 'kela_other', 'none')),
  current_employer boolean not null default false,
  insurance_on date,
  insurance_by uuid,
  end_reason text not null default '',
  version int not null default 1,
  created_at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, site_id) references app.site,
  foreign key (org_id, supervisor_id) references app.site_person
);
create index on app.trial (org_id, enrolment_id, starts_on desc);
create index on app.trial (org_id, site_id);

-- Three parties sign an agreement; each row says on which day and how. Never changed.
create table app.trial_signature (
  org_id uuid not null,
  id uuid not null,
  trial_id uuid not null,
  enrolment_id uuid not null,
  party text not null check (party in ('participant', 'organiser', 'authority')),
  signed_on date not null,
  how text not null check (how in ('paper', 'app')),
  trial_version int not null,
  entered_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  unique (org_id, trial_id, party, trial_version),
  foreign key (org_id, trial_id) references app.trial,
  foreign key (org_id, enrolment_id) references app.enrolment
);

-- Contacts with a site: that there was one, of which kind, and by whom. No text, so that every colleague may count them (rulings.md 8).
create table app.site_contact (
  org_id uuid not null,
  id uuid not null,
  site_id uuid not null,
  trial_id uuid,
  kind text not null check (kind in ('call', 'visit', 'message', 'meeting')),
  on_day date not null,
  by_id uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, site_id) references app.site,
  foreign key (org_id, trial_id) references app.trial
);
create index on app.site_contact (org_id, trial_id, on_day desc);
create index on app.site_contact (org_id, site_id, on_day desc);

-- +goose StatementBegin
do $$
declare everyone text := app.rule_grant('enrolment_id', 'enrolment_id', 'coach', 'pair', 'substitute', 'coordinator', 'expert', 'participant');
        coordinator text := app.rule_grant('enrolment_id', 'enrolment_id', 'coordinator');
begin
  call app.protect('employer', app.rule_role('coach', 'coordinator', 'expert', 'handed'), 'select insert update', app.rule_role('coordinator'));
  -- a site's name and place are no secret inside the organisation; its contact persons are for staff
  call app.protect('site', app.rule_role('coach', 'coordinator', 'expert', 'handed', 'participant'), 'select insert update', app.rule_role('coordinator'));
  call app.protect('site_person', app.rule_role('coach', 'coordinator', 'expert', 'handed'), 'select insert', app.rule_role('coordinator'));
  call app.protect('trial', everyone, 'select insert update', coordinator);
  call app.protect('trial_signature', everyone, 'select insert', coordinator);
  call app.protect('site_contact', app.rule_role('coach', 'coordinator', 'expert', 'handed'), 'select insert', app.rule_role('coach', 'coordinator'));
end $$;
-- +goose StatementEnd

-- +goose Down
drop table app.site_contact, app.trial_signature, app.trial, app.site_person, app.site, app.employer;

-- +goose Up
-- A work trial with its agreement (380/2023 54–60 §). What the law asks stands with the terms, and the numbers by which
-- a trial was judged stay with it.
create table app.trial (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  site_id uuid not null,
  supervisor_id uuid,
  state text not null default 'draft' check (state in ('draft', 'active', 'ended', 'cancelled', 'declined')),
  purpose text not null check (purpose in ('career_options', 'return_to_work')),
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  starts_at smallint not null,
  day_minutes smallint not null,
  week_days smallint not null,
  tasks text not null default '',
  goals text not null default '',
  payer text not null default ''
    check (payer in ('', 'unemployment_fund', 'kela_general_support', 'kela_other', 'none')),
  current_employer boolean not null default false,
  former_employer boolean not null default false,
  bars_clear boolean not null default false, -- all three questions of 380/2023 56 § are answered with no
  continuing boolean not null default false,
  conditions text not null default '',
  -- whether the trial's effect on the benefit was cleared, and with whom (internal/domain.md 69)
  benefit_check text not null default '' check (benefit_check in ('', 'payer', 'expert')),
  judged jsonb not null default '[]',
  accepted_on date,
  accepted_how text not null default '' check (accepted_how in ('', 'self', 'present', 'phone', 'paper')),
  insurance_on date,
  insurance_by uuid,
  protected boolean not null default false,
  end_reason text not null default '',
  terminated_by text not null default '' check (terminated_by in ('', 'participant', 'organiser', 'authority')),
  notice_on date,
  agreed_until date, -- the last day that was agreed, when the trial ended on another
  hired text not null default '' check (hired in ('', 'yes', 'no', 'unknown')),
  version int not null default 1,
  created_at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  constraint trial_of_case unique (org_id, id, enrolment_id),
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, site_id) references app.site,
  foreign key (org_id, supervisor_id) references app.site_person
);
create index on app.trial (org_id, enrolment_id, starts_on desc);
-- The index alone tells a site's history and its places, however many years of trials there are.
create index trial_of_site on app.trial (org_id, site_id) include (state, hired, enrolment_id);
create index trial_held on app.trial (org_id, site_id, ends_on) include (starts_on, id, state)
  where state in ('draft', 'active');
alter table app.site_contact add foreign key (org_id, trial_id) references app.trial;

-- What belongs to a trial belongs to its case: the foreign keys to trial_of_case say so, and not only the policies.

-- Three parties sign an agreement. Each row says on which day and how, and never changes.
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
  foreign key (org_id, trial_id, enrolment_id) references app.trial (org_id, id, enrolment_id),
  foreign key (org_id, enrolment_id) references app.enrolment
);

-- What was before, or elsewhere: earlier trials and times of unemployment, each with its source and evidence. It belongs
-- to a case, so that it goes where the case goes.
create table app.trial_evidence (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  kind text not null check (kind in ('trial', 'unemployed')),
  organiser text not null default '',
  from_on date not null,
  until_on date check (until_on >= from_on),
  source text not null check (source in ('participant', 'authority', 'document', 'organiser')),
  evidence text not null,
  withdrawn_at timestamptz, -- entered by mistake; withdrawn_why says why
  withdrawn_why text not null default '',
  entered_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  check (kind <> 'trial' or until_on is not null),
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, entered_by) references app.membership
);
create index on app.trial_evidence (org_id, enrolment_id, from_on);

-- Planned contacts with the site. They are made from the programme when the agreement comes into force.
create table app.trial_checkin (
  org_id uuid not null,
  id uuid not null,
  trial_id uuid not null,
  enrolment_id uuid not null,
  code text not null,
  due_on date not null,
  contact_id uuid,
  primary key (org_id, id),
  unique (org_id, trial_id, code),
  foreign key (org_id, trial_id, enrolment_id) references app.trial (org_id, id, enrolment_id),
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, contact_id) references app.site_contact
);
create index on app.trial_checkin (org_id, enrolment_id, due_on) where contact_id is null;

-- A changed last day, which the three agreed in writing.
create table app.trial_end_change (
  org_id uuid not null,
  id uuid not null,
  trial_id uuid not null,
  enrolment_id uuid not null,
  old_on date not null,
  new_on date not null,
  agreed_on date not null,
  entered_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, trial_id, enrolment_id) references app.trial (org_id, id, enrolment_id),
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, entered_by) references app.membership
);
create index on app.trial_end_change (org_id, trial_id, at);

-- A problem at a site (internal/domain.md 38).
create table app.trial_problem (
  org_id uuid not null,
  id uuid not null,
  trial_id uuid not null,
  enrolment_id uuid not null,
  category text not null check (category in ('tasks', 'hours', 'guidance', 'other', 'safety', 'harassment')),
  body text not null,
  told_by text not null check (told_by in ('participant', 'organiser', 'coach', 'coordinator')),
  act_by date not null,
  acted text not null default '',
  acted_on date,
  acted_by uuid,
  version int not null default 1,
  entered_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, trial_id, enrolment_id) references app.trial (org_id, id, enrolment_id),
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, entered_by) references app.membership
);
create index on app.trial_problem (org_id, enrolment_id) where acted_on is null;
create index on app.trial_problem (org_id, trial_id);

-- The participant's own diary of a trial (internal/domain.md 37). They share it with the coach by choice, and it is
-- never shared with anybody else.
create table app.trial_diary (
  org_id uuid not null,
  id uuid not null,
  trial_id uuid not null,
  enrolment_id uuid not null,
  on_day date not null,
  mood text not null check (mood in ('good', 'fine', 'mixed', 'hard')),
  body text not null default '',
  shared boolean not null,
  topic boolean not null, -- the group may talk about it without a name
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, trial_id, enrolment_id) references app.trial (org_id, id, enrolment_id),
  foreign key (org_id, enrolment_id) references app.enrolment
);
create index on app.trial_diary (org_id, trial_id, on_day desc);

-- The organiser's closing assessment (380/2023 57 §), which the participant may read and comment (internal/domain.md 39).
create table app.organiser_assessment (
  org_id uuid not null,
  trial_id uuid not null,
  enrolment_id uuid not null,
  number smallint not null, -- a correction is another assessment; the newest counts
  suitability text not null,
  skills text not null default '',
  given_by text not null,
  given_on date not null,
  how text not null check (how in ('paper', 'phone', 'visit')),
  comment text not null default '',
  commented_at timestamptz,
  version int not null default 1,
  entered_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, trial_id, number),
  foreign key (org_id, trial_id, enrolment_id) references app.trial (org_id, id, enrolment_id),
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, entered_by) references app.membership
);

-- The expert lets a trial close without an assessment, with grounds.
create table app.assessment_waiver (
  org_id uuid not null,
  trial_id uuid not null,
  enrolment_id uuid not null,
  grounds text not null,
  entered_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, trial_id),
  foreign key (org_id, trial_id, enrolment_id) references app.trial (org_id, id, enrolment_id),
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, entered_by) references app.membership
);

alter table app.trial enable row level security, force row level security;
-- Whoever has a grant on a protected person is named in the order, but for the expert: a protected person's trial hides
-- itself from the expert, and so do its signatures and everything whose policy looks for the trial.
create policy web_select on app.trial for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (
    not protected
    or (select current_setting('app.role', true)) in ('coach', 'coordinator', 'participant')
  )
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'break_coach', 'coordinator', 'expert', 'break_expert', 'participant')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy web_insert on app.trial for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind = 'coordinator'
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy web_update on app.trial for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind = 'coordinator'
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
      and g.kind = 'coordinator'
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy own_kuukausi_duty on app.trial to kuukausi_duty using (true) with check (true);

alter table app.trial_signature enable row level security, force row level security;
create policy web_select on app.trial_signature for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'break_coach', 'coordinator', 'expert', 'break_expert', 'participant')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
  and (
    not (select current_setting('app.role', true)) = 'expert'
    or trial_id in (select t.id from app.trial t)
  )
);
-- Whoever signs in the app signs for themself. What is on paper the coordinator enters.
create policy web_insert on app.trial_signature for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (
    (
      how = 'paper'
      and enrolment_id in (
        select g.enrolment_id
        from app.case_grant g
        where g.org_id = nullif(current_setting('app.org', true), '')::uuid
          and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
          and g.kind = 'coordinator'
          and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
          and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
      )
    )
    or (
      how = 'app'
      and party = 'authority'
      and enrolment_id in (
        select g.enrolment_id
        from app.case_grant g
        where g.org_id = nullif(current_setting('app.org', true), '')::uuid
          and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
          and g.kind = 'expert'
          and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
          and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
      )
    )
    or (
      how = 'app'
      and party = 'participant'
      and enrolment_id in (
        select g.enrolment_id
        from app.case_grant g
        where g.org_id = nullif(current_setting('app.org', true), '')::uuid
          and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
          and g.kind = 'participant'
          and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
          and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
      )
    )
  )
);

alter table app.trial_evidence enable row level security, force row level security;
create policy web_select on app.trial_evidence for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'coordinator', 'expert', 'participant')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy web_insert on app.trial_evidence for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'coordinator', 'expert')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy web_update on app.trial_evidence for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'coordinator', 'expert')
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
      and g.kind in ('coach', 'pair', 'substitute', 'coordinator', 'expert')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy own_kuukausi_duty on app.trial_evidence to kuukausi_duty using (true) with check (true);

alter table app.trial_checkin enable row level security, force row level security;
create policy web_select on app.trial_checkin for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'coordinator')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy web_insert on app.trial_checkin for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind = 'coordinator'
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy web_update on app.trial_checkin for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'coordinator')
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
      and g.kind in ('coach', 'pair', 'substitute', 'coordinator')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);

alter table app.trial_end_change enable row level security, force row level security;
create policy web_select on app.trial_end_change for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'coordinator', 'expert', 'participant')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
  and trial_id in (select t.id from app.trial t)
);
create policy web_insert on app.trial_end_change for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind = 'coordinator'
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);

alter table app.trial_problem enable row level security, force row level security;
create policy web_select on app.trial_problem for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
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
create policy web_insert on app.trial_problem for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (
    told_by = 'participant'
    or not (select current_setting('app.role', true)) = 'participant'
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
create policy web_update on app.trial_problem for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind = 'coordinator'
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
      and g.kind = 'coordinator'
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);

alter table app.trial_diary enable row level security, force row level security;
create policy web_select on app.trial_diary for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (
    enrolment_id in (
      select g.enrolment_id
      from app.case_grant g
      where g.org_id = nullif(current_setting('app.org', true), '')::uuid
        and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
        and g.kind = 'participant'
        and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
        and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
    )
    or (
      shared
      and (select current_setting('app.role', true)) = 'coach'
      and enrolment_id in (
        select g.enrolment_id
        from app.case_grant g
        where g.org_id = nullif(current_setting('app.org', true), '')::uuid
          and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
          and g.kind in ('coach', 'pair', 'substitute')
          and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
          and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
      )
    )
  )
);
create policy web_insert on app.trial_diary for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind = 'participant'
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);

alter table app.organiser_assessment enable row level security, force row level security;
create policy web_select on app.organiser_assessment for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'coordinator', 'expert', 'participant')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
  and trial_id in (select t.id from app.trial t)
);
create policy web_insert on app.organiser_assessment for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'coordinator')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy web_update on app.organiser_assessment for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind = 'participant'
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
      and g.kind = 'participant'
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);

alter table app.assessment_waiver enable row level security, force row level security;
create policy web_select on app.assessment_waiver for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'coordinator', 'expert', 'participant')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
  and trial_id in (select t.id from app.trial t)
);
create policy web_insert on app.assessment_waiver for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind = 'expert'
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);

-- A participant knows who supervises them and whose the site is.
create policy mine on app.site_person for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'participant'
  and id in (select t.supervisor_id from app.trial t)
);
create policy mine on app.employer for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'participant'
  and id in (
    select i.employer_id
    from app.site i
    join app.trial t on t.org_id = i.org_id and t.site_id = i.id
  )
);

grant select on app.trial to kuukausi_web;
grant insert (
  org_id, id, enrolment_id, site_id, supervisor_id, purpose, starts_on, ends_on, starts_at, day_minutes, week_days,
  tasks, goals, payer, current_employer, former_employer, bars_clear, continuing, conditions, benefit_check, judged
) on app.trial to kuukausi_web;
grant update (
  site_id, supervisor_id, state, purpose, starts_on, ends_on, starts_at, day_minutes, week_days, tasks, goals, payer,
  current_employer, former_employer, bars_clear, continuing, conditions, benefit_check, judged, accepted_on,
  accepted_how, insurance_on, insurance_by, end_reason, terminated_by, notice_on, agreed_until, hired, version
) on app.trial to kuukausi_web;
grant select, update on app.trial to kuukausi_duty;
grant select, insert on app.trial_signature to kuukausi_web;
grant select on app.trial_evidence to kuukausi_web;
grant insert (
  org_id, id, enrolment_id, kind, organiser, from_on, until_on, source, evidence
) on app.trial_evidence to kuukausi_web;
grant update (withdrawn_at, withdrawn_why) on app.trial_evidence to kuukausi_web;
grant select on app.trial_evidence to kuukausi_duty;
grant select, insert on app.trial_checkin to kuukausi_web;
grant update (due_on, contact_id) on app.trial_checkin to kuukausi_web;
grant select, insert on app.trial_end_change to kuukausi_web;
grant select on app.trial_problem to kuukausi_web;
grant insert (org_id, id, trial_id, enrolment_id, category, body, told_by, act_by) on app.trial_problem to kuukausi_web;
grant update (acted, acted_on, acted_by, version) on app.trial_problem to kuukausi_web;
grant select, insert on app.trial_diary to kuukausi_web;
grant select on app.organiser_assessment to kuukausi_web;
grant insert (
  org_id, trial_id, enrolment_id, number, suitability, skills, given_by, given_on, how
) on app.organiser_assessment to kuukausi_web;
grant update (comment, commented_at, version) on app.organiser_assessment to kuukausi_web;
grant select, insert on app.assessment_waiver to kuukausi_web;

-- A trial of a protected person is kept secret from its first moment.
-- +goose StatementBegin
create function app.trial_protected() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  new.protected := exists (
    select
    from app.enrolment e
    join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
    where e.org_id = new.org_id
      and e.id = new.enrolment_id
      and p.protected
  );
  return new;
end $$;
-- +goose StatementEnd
alter function app.trial_protected owner to kuukausi_duty;
create trigger protects before insert on app.trial for each row execute function app.trial_protected();

-- A trial comes into force with the signatures of its terms, the person's answer and the insurance. Only
-- app.answer_trial gives the answer.
-- +goose StatementBegin
create function app.trial_kept() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if current_user <> 'kuukausi_web' then return new; end if;
  if new.accepted_on is not null and new.accepted_on is distinct from old.accepted_on
    or new.state = 'active'
    and old.state <> 'active'
    and (
      new.accepted_on is null
      or new.insurance_on is null
      or not new.bars_clear
      or (
        select count(distinct g.party)
        from app.trial_signature g
        where g.org_id = new.org_id
          and g.trial_id = new.id
          and g.trial_version = new.version
      ) < 3
    )
  then
    raise exception using errcode = '42501', message = 'an agreement comes into force signed, answered and insured';
  end if;
  return new;
end $$;
-- +goose StatementEnd
create trigger kept before update on app.trial for each row execute function app.trial_kept();

-- answer_trial: the participant answers a proposal, or tells the answer to staff who work with them, on the terms they
-- were shown.
-- +goose StatementBegin
create function app.answer_trial(trial uuid, edition int, yes boolean, day date, way text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  o uuid := nullif(current_setting('app.org', true), '')::uuid;
  me uuid := nullif(current_setting('app.actor', true), '')::uuid;
  moment timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
begin
  update app.trial t
  set
    accepted_on = case when yes then day end,
    accepted_how = case when yes then way else '' end,
    state = case when yes then t.state else 'declined' end
  where t.org_id = o
    and t.id = answer_trial.trial
    and t.version = answer_trial.edition
    and t.state = 'draft'
    and exists (
      select
      from app.case_grant g
      where g.org_id = o
        and g.user_id = me
        and g.enrolment_id = t.enrolment_id
        and g.kind in ('coach', 'pair', 'substitute', 'coordinator', 'participant')
        and g.valid_from <= moment
        and g.valid_until > moment
    );
  if not found then
    raise exception using errcode = '40001', message = 'no proposal of a case of one''s own in this edition';
  end if;
end $$;
-- +goose StatementEnd
alter function app.answer_trial owner to kuukausi_duty;

-- places_held counts the trials, proposed or agreed, that hold a place of a site on any day of a period, whoever's cases
-- they are (internal/domain.md, ruling 8). The day with the most counts.
-- +goose StatementBegin
create function app.places_held(site uuid, starts date, ends date, but uuid) returns int
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with held as (
    select greatest(t.starts_on, places_held.starts) a, least(t.ends_on, places_held.ends) b
    from app.trial t
    where t.org_id = nullif(current_setting('app.org', true), '')::uuid
      and t.site_id = places_held.site
      and t.state in ('draft', 'active')
      and t.id is distinct from places_held.but
      and t.starts_on <= places_held.ends
      and t.ends_on >= places_held.starts
  )
  select coalesce(max((select count(*) from held h where h.a <= d.a and h.b >= d.a)), 0)::int
  from held d
  where current_setting('app.role', true) in ('coach', 'coordinator', 'expert')
$$;
-- +goose StatementEnd
alter function app.places_held owner to kuukausi_duty;

-- places_free returns the fewest free places of a site on the days of a period, or null where nobody has said how many
-- places there are.
-- +goose StatementBegin
create function app.places_free(site uuid, starts date, ends date, but uuid) returns int
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select min(
    c.places
    - app.places_held(
      places_free.site,
      greatest(c.from_on, places_free.starts),
      least(c.until_on, places_free.ends),
      places_free.but
    )
  )::int
  from app.site_capacity c
  where c.org_id = nullif(current_setting('app.org', true), '')::uuid
    and c.site_id = places_free.site
    and not c.ended
    and c.from_on <= places_free.ends
    and c.until_on >= places_free.starts
    and current_setting('app.role', true) in ('coach', 'coordinator', 'expert')
$$;
-- +goose StatementEnd
alter function app.places_free owner to kuukausi_duty;

-- site_holds tells which days of which sites trials hold, proposed or agreed. It does not tell whose they are.
-- +goose StatementBegin
create function app.site_holds(starts date, ends date) returns table (site_id uuid, starts_on date, ends_on date)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select t.site_id, t.starts_on, t.ends_on
  from app.trial t
  where t.org_id = nullif(current_setting('app.org', true), '')::uuid
    and t.state in ('draft', 'active')
    and t.starts_on <= site_holds.ends
    and t.ends_on >= site_holds.starts
    and current_setting('app.role', true) = 'coordinator'
$$;
-- +goose StatementEnd
alter function app.site_holds owner to kuukausi_duty;

-- site_history tells what was tried with each site, or with one, as numbers: nobody's name and nobody's case.
-- +goose StatementBegin
create function app.site_history(one uuid)
returns table (site_id uuid, proposed int, active int, ended int, cancelled int, hired int, people int)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select
    s.id,
    coalesce(t.proposed, 0),
    coalesce(t.active, 0),
    coalesce(t.ended, 0),
    coalesce(t.cancelled, 0),
    coalesce(t.hired, 0),
    coalesce(t.people, 0)
  from app.site s
  left join lateral (
    select
      (count(*) filter (where x.state = 'draft' or x.state = 'active' and x.starts_on > d.today))::int proposed,
      (count(*) filter (where x.state = 'active' and d.today between x.starts_on and x.ends_on))::int active,
      (count(*) filter (where x.state = 'ended' or x.state = 'active' and x.ends_on < d.today))::int ended,
      (count(*) filter (where x.state in ('cancelled', 'declined')))::int cancelled,
      (count(*) filter (where x.hired = 'yes'))::int hired,
      (count(distinct x.enrolment_id) filter (where x.state in ('active', 'ended') and x.starts_on <= d.today))::int people
    from app.trial x
    cross join (
      select (nullif(current_setting('app.now', true), '')::timestamptz at time zone 'Europe/Helsinki')::date today
    ) d
    where x.org_id = s.org_id
      and x.site_id = s.id
  ) t on true
  where s.org_id = nullif(current_setting('app.org', true), '')::uuid
    and (site_history.one is null or s.id = site_history.one)
    and current_setting('app.role', true) in ('coach', 'coordinator', 'expert')
$$;
-- +goose StatementEnd
alter function app.site_history owner to kuukausi_duty;

-- lock_person: trials of one person are judged one after another, whichever case they belong to. Whoever coordinates the
-- case takes the lock.
-- +goose StatementBegin
create function app.lock_person(enrolment uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  o uuid := nullif(current_setting('app.org', true), '')::uuid;
begin
  perform
  from app.participant p
  where p.org_id = o
    and p.id = (
      select g.participant_id
      from app.case_grant g
      where g.org_id = o
        and g.enrolment_id = lock_person.enrolment
        and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
        and g.kind = 'coordinator'
        and g.valid_from <= nullif(current_setting('app.now', true), '')::timestamptz
        and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
      limit 1
    )
  for update;
end $$;
-- +goose StatementEnd
alter function app.lock_person owner to kuukausi_duty;

-- trials_of_person returns what counts for the six months in total, of all cases of the person of a case the actor works
-- with, whether or not they work with the others (internal/domain.md, ruling 8). It tells where and on whose word only
-- of what the actor may see.
-- +goose StatementBegin
create function app.trials_of_person(enrolment uuid)
returns table (
  id uuid, site_name text, state text, starts_on date, ends_on date, source text, evidence text, "by" text
)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  o uuid := nullif(current_setting('app.org', true), '')::uuid;
  me uuid := nullif(current_setting('app.actor', true), '')::uuid;
  moment timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
  person uuid;
begin
  select g.participant_id
  into person
  from app.case_grant g
  where g.org_id = o
    and g.enrolment_id = trials_of_person.enrolment
    and g.user_id = me
    and g.kind <> 'follow_up'
    and g.valid_from <= moment
    and g.valid_until > moment
  limit 1;
  if person is null then return; end if;
  return query
  with cases as (
    select
      e.id,
      exists (
        select
        from app.case_grant g
        where g.org_id = o
          and g.enrolment_id = e.id
          and g.user_id = me
          and g.kind <> 'follow_up'
          and g.valid_from <= moment
          and g.valid_until > moment
      ) seen
    from app.enrolment e
    where e.org_id = o
      and e.participant_id = person
  )
  select
    t.id,
    case when c.seen and not (t.protected and current_setting('app.role', true) = 'expert') then i.name else '' end,
    t.state,
    t.starts_on,
    t.ends_on,
    '',
    '',
    ''
  from cases c
  join app.trial t on t.org_id = o and t.enrolment_id = c.id
  join app.site i on i.org_id = t.org_id and i.id = t.site_id
  union all
  select
    v.id,
    case when c.seen then v.organiser else '' end,
    case v.kind when 'trial' then 'elsewhere' else 'unemployed' end,
    v.from_on,
    v.until_on,
    v.source,
    case when c.seen then v.evidence else '' end,
    case when c.seen then m.name else '' end
  from cases c
  join app.trial_evidence v on v.org_id = o and v.enrolment_id = c.id and v.withdrawn_at is null
  join app.membership m on m.org_id = v.org_id and m.id = v.entered_by
  order by 4
  limit 200;
end $$;
-- +goose StatementEnd
alter function app.trials_of_person owner to kuukausi_duty;

-- trial_contact_days: a participant knows that a contact with their site took place, but not who made it or what was
-- said.
-- +goose StatementBegin
create function app.trial_contact_days(trial uuid) returns table (on_day date)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select k.on_day
  from app.site_contact k
  join app.trial t on t.org_id = k.org_id and t.id = k.trial_id
  join app.case_grant g on g.org_id = t.org_id and g.enrolment_id = t.enrolment_id and g.kind = 'participant'
  where k.org_id = nullif(current_setting('app.org', true), '')::uuid
    and k.trial_id = trial_contact_days.trial
    and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
    and g.valid_from <= nullif(current_setting('app.now', true), '')::timestamptz
    and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
$$;
-- +goose StatementEnd
alter function app.trial_contact_days owner to kuukausi_duty;

-- trial_flaws are the keys of what keeps a draft from ever becoming an agreement as it stands: the law's hours and days, the end of
-- the month, another trial in force in its days, the same site proposed twice, the hours of the group as far as the reader sees
-- them. placement.Terms refuses all but the twin when a draft is stored, but what is around it changes afterwards; the six months
-- of 55 § are counted there alone, at activation too.
-- +goose StatementBegin
create function app.trial_flaws(t app.trial) returns text[]
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return array_remove(
    array[
      case when t.day_minutes < app.law_number('trial_day_min', t.starts_on) then 'short' end,
      case when t.day_minutes > app.law_number('trial_day_max', t.starts_on) then 'long' end,
      case when t.week_days not between 1 and app.law_number('trial_week_days_max', t.starts_on) then 'week' end,
      case when exists (
        select
        from app.enrolment e
        where e.org_id = t.org_id
          and e.id = t.enrolment_id
          and (t.starts_on not between e.starts_on and e.ends_on or t.ends_on > e.ends_on and not t.continuing)) then 'dates' end,
      case when exists (
        select
        from app.trial x
        where x.org_id = t.org_id
          and x.enrolment_id = t.enrolment_id
          and x.id <> t.id
          and x.state = 'active'
          and x.starts_on <= t.ends_on
          and x.ends_on >= t.starts_on) then 'overlap' end,
      case when exists (
        select
        from app.trial x
        where x.org_id = t.org_id
          and x.enrolment_id = t.enrolment_id
          and x.id <> t.id
          and x.site_id = t.site_id
          and x.state = 'draft'
          and x.starts_on <= t.ends_on
          and x.ends_on >= t.starts_on) then 'twin' end,
      case when exists (
        select
        from app.enrolment e
        join app.meeting m on m.org_id = e.org_id and (m.cohort_id = e.cohort_id or m.enrolment_id = e.id)
        where e.org_id = t.org_id
          and e.id = t.enrolment_id
          and m.kind = 'group'
          and m.cancelled_at is null
          and m.held_on between t.starts_on and t.ends_on
          and m.starts_at < t.starts_at + t.day_minutes
          and m.ends_at > t.starts_at) then 'group' end],
    null);
end $$;
-- +goose StatementEnd

revoke execute on all routines in schema app from public;
grant execute on function
  app.answer_trial, app.places_held, app.places_free, app.site_holds, app.site_history, app.lock_person,
  app.trials_of_person, app.trial_contact_days, app.trial_flaws
to kuukausi_web;

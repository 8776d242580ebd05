-- +goose Up
create table app.review (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  meets_on date not null,
  meets_at smallint not null,
  place text not null default '',
  state text not null default 'draft' check (state in ('draft', 'ready', 'locked')),
  number int not null default 0,
  version int not null default 1,
  created_at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  unique (org_id, enrolment_id),
  foreign key (org_id, enrolment_id) references app.enrolment
);

-- Each saved text is a version of its own; the hash says which text was acknowledged.
create table app.review_version (
  org_id uuid not null,
  review_id uuid not null,
  number int not null,
  enrolment_id uuid not null,
  body jsonb not null,
  hash bytea not null,
  lang text not null,
  by_id uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, review_id, number),
  foreign key (org_id, review_id) references app.review,
  foreign key (org_id, enrolment_id) references app.enrolment
);

-- A party has read a version and agrees that it is what was said. A newer version leaves the row behind: it is void then.
create table app.review_acknowledgement (
  org_id uuid not null,
  id uuid not null,
  review_id uuid not null,
  enrolment_id uuid not null,
  number int not null,
  party text not null check (party in ('participant', 'coach', 'expert')),
  how text not null check (how in ('own_login', 'coach_device')),
  hash bytea not null,
  by_id uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  unique (org_id, review_id, number, party),
  foreign key (org_id, review_id, number) references app.review_version,
  foreign key (org_id, enrolment_id) references app.enrolment
);

-- The participant's approval of the transfer, or their objection: attached, not suppressed (domain.md 47).
create table app.transfer_approval (
  org_id uuid not null,
  id uuid not null,
  review_id uuid not null,
  enrolment_id uuid not null,
  approved boolean not null,
  objection text not null default '',
  how text not null check (how in ('own_login', 'coach_device')),
  by_id uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, review_id) references app.review,
  foreign key (org_id, enrolment_id) references app.enrolment
);
create index on app.transfer_approval (org_id, review_id, at);

-- The expert's notes of decisions: outside the review's hash, never changed (rulings.md 10).
create table app.decision (
  org_id uuid not null,
  id uuid not null,
  review_id uuid not null,
  enrolment_id uuid not null,
  kind text not null check (kind in ('work_trial', 'pay_subsidy', 'age55_subsidy', 'self_motivated_study', 'health_check_referral', 'rehab_referral', 'none_now')),
  starts_on date,
  ends_on date,
  decided_on date not null,
  grounds text not null,
  reference text not null default '',
  by_id uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, review_id) references app.review,
  foreign key (org_id, enrolment_id) references app.enrolment
);
create index on app.decision (org_id, review_id);

create table app.outcome (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  kind text not null check (kind in ('employed_open', 'employed_subsidised', 'self_employed', 'study_degree', 'study_short', 'apprenticeship', 'work_trial_continues',
    'work_trial_new', 'vocational_rehab', 'health_check_referral', 'rehabilitative_work', 'other_service_non_te', 'job_search_continues', 'withdrew',
    'interrupted_by_authority', 'moved', 'deceased', 'unknown')),
  on_day date not null,
  evidence text not null default '',
  by_id uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  foreign key (org_id, enrolment_id) references app.enrolment
);
create index on app.outcome (org_id, enrolment_id, at);

-- +goose StatementBegin
do $$
declare mine text := app.rule_grant('enrolment_id', 'enrolment_id', 'coach', 'pair', 'substitute', 'participant');
        coach text := app.rule_grant('enrolment_id', 'enrolment_id', 'coach', 'pair', 'substitute');
        expert text := app.rule_grant('enrolment_id', 'enrolment_id', 'expert');
        own text := app.rule_grant('enrolment_id', 'enrolment_id', 'participant');
        party text := app.rule_grant('enrolment_id', 'enrolment_id', 'coach', 'pair', 'substitute', 'participant', 'expert');
        shown text := ' and review_id in (select r.id from app.review r)';
begin
  -- the expert sees a review from 'ready for the meeting' on (rulings.md 5); what hangs on it follows through the review's own policy
  call app.protect('review', $f$(state <> 'draft' or not $f$ || app.rule_role('expert') || ') and ' || party, 'select insert update', coach);
  call app.protect('review_version', party || shown, 'select insert', coach);
  -- nobody gives another party's word: the party and the way belong to the role that acts
  call app.protect('review_acknowledgement', party || shown, 'select insert',
    '(' || $f$party = 'coach' and how = 'own_login' and $f$ || app.rule_role('coach') || ' and ' || coach || $f$ or party = 'expert' and how = 'own_login' and $f$ || app.rule_role('expert') || ' and ' || expert ||
    $f$ or party = 'participant' and how = 'own_login' and $f$ || app.rule_role('participant') || ' and ' || own || $f$ or party = 'participant' and how = 'coach_device' and $f$ || app.rule_role('handed') || ' and ' || coach || ')' || shown);
  call app.protect('transfer_approval', party || shown, 'select insert',
    '(' || $f$how = 'own_login' and $f$ || app.rule_role('participant') || ' and ' || own || $f$ or how = 'coach_device' and $f$ || app.rule_role('handed') || ' and ' || coach || ')' || shown);
  call app.protect('decision', party || shown, 'select insert', expert || shown);
  call app.protect('outcome', app.rule_grant('enrolment_id', 'enrolment_id', 'coach', 'pair', 'substitute', 'participant', 'expert', 'follow_up'), 'select insert', coach);
end $$;
-- +goose StatementEnd

-- lock_review takes the row lock an editor takes, for parties who may not update: acknowledging waits for editing and the
-- other way round. It locks only what the caller has a live grant on, and tells nothing else.
call app.open_to('kuukausi_duty', 'review', 'select, update');
-- +goose StatementBegin
create function app.lock_review(review uuid) returns uuid language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare o uuid := nullif(current_setting('app.org', true), '')::uuid; me uuid := nullif(current_setting('app.actor', true), '')::uuid;
        at timestamptz := nullif(current_setting('app.now', true), '')::timestamptz; got uuid;
begin
  select r.id into got from app.review r where r.org_id = o and r.id = lock_review.review
    and exists (select from app.case_grant g where g.org_id = o and g.enrolment_id = r.enrolment_id and g.user_id = me and g.valid_from <= at and g.valid_until > at) for update of r;
  return got;
end $$;
-- +goose StatementEnd
alter function app.lock_review owner to kuukausi_duty;
revoke execute on function app.lock_review from public;
grant execute on function app.lock_review to kuukausi_web;

-- +goose Down
drop function app.lock_review;
drop table app.outcome, app.decision, app.transfer_approval, app.review_acknowledgement, app.review_version, app.review;

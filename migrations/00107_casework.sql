-- +goose Up
-- A goal, in numbered versions: an older one stays.
create table app.goal (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  number smallint not null,
  kind text not null check (kind in ('employment', 'study', 'trial_place', 'step', 'other')),
  body text not null,
  how text not null check (how in ('self', 'present', 'phone', 'paper')),
  entered_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  unique (org_id, enrolment_id, number),
  foreign key (org_id, enrolment_id) references app.enrolment
);

-- A look at the goal once a programme week (internal/domain.md 16): how it goes, in the person's words or about them.
create table app.goal_check (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  week smallint not null check (week > 0),
  goal_number smallint not null,
  going text not null check (going in ('on_way', 'reached', 'changes', 'stuck')),
  body text not null default '',
  entered_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  unique (org_id, enrolment_id, week),
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, enrolment_id, goal_number) references app.goal (org_id, enrolment_id, number)
);

-- Notes of a case in three levels (internal/domain.md 92): private for the author, case for the coaches, shared with the
-- participant. source says from whom the information came (380/2023 114 § 5 mom.), written_by who entered it.
create table app.note (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  body text not null,
  visibility text not null check (visibility in ('private', 'case', 'shared')),
  source text not null check (source in ('participant', 'coach', 'site', 'expert', 'other')),
  in_review boolean not null default true,
  wording text not null default '',
  batch_id uuid,
  written_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  corrections int not null default 0,
  version int not null default 1,
  primary key (org_id, id),
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, written_by) references app.membership
);
create index on app.note (org_id, enrolment_id, at desc);

-- What a filed note said before somebody corrected it. A private draft leaves no trace: it was nobody's yet.
create table app.note_before (
  org_id uuid not null,
  note_id uuid not null,
  number int not null,
  enrolment_id uuid not null,
  body text not null,
  visibility text not null,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, note_id, number),
  foreign key (org_id, note_id) references app.note,
  foreign key (org_id, enrolment_id) references app.enrolment
);

-- What was agreed about a person, who does it, and by which day.
create table app.promise (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  body text not null,
  owner text not null check (owner in ('coach', 'coordinator', 'expert', 'participant')),
  due_on date,
  agreed_by uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  done_at timestamptz,
  done_by uuid,
  version int not null default 1,
  primary key (org_id, id),
  foreign key (org_id, enrolment_id) references app.enrolment,
  check ((done_at is null) = (done_by is null))
);
create index on app.promise (org_id, enrolment_id, at);

-- Whether the service fits, as dated evidence (internal/domain.md 10). It warns and never refuses.
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

-- What stands in the way of work, in functional words. No diagnosis has a place here (380/2023 114 §).
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

-- A referral to another service, with the person's own agreement and how they gave it (internal/domain.md 50).
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

-- The authority's decision to end a service, as the expert recorded it (380/2023 59 §). The decision itself is made in the
-- authority's own system.
create table app.interruption (
  org_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  ground text not null check (ground in ('absence', 'aims', 'weighty')),
  decided_on date not null,
  reference text not null default '',
  body text not null,
  by_id uuid not null default nullif(current_setting('app.actor', true), '')::uuid,
  at timestamptz not null default nullif(current_setting('app.now', true), '')::timestamptz,
  primary key (org_id, id),
  unique (org_id, enrolment_id),
  foreign key (org_id, enrolment_id) references app.enrolment,
  foreign key (org_id, by_id) references app.membership
);

alter table app.goal enable row level security, force row level security;
create policy web_select on app.goal for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'break_coach', 'participant')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy web_insert on app.goal for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
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

alter table app.goal_check enable row level security, force row level security;
create policy web_select on app.goal_check for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'participant')
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'break_coach', 'participant')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy web_insert on app.goal_check for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
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
);

alter table app.note enable row level security, force row level security;
-- A device in the participant's hands acts with the coach's grants and reads no note.
create policy web_select on app.note for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'participant')
  and (
    visibility = 'shared'
    or (
      (select current_setting('app.role', true)) = 'coach'
      and (
        visibility = 'case'
        or written_by = (select nullif(current_setting('app.actor', true), '')::uuid)
      )
    )
  )
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'break_coach', 'participant')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy web_insert on app.note for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and written_by = (select nullif(current_setting('app.actor', true), '')::uuid)
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
);
create policy web_update on app.note for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and written_by = (select nullif(current_setting('app.actor', true), '')::uuid)
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
) with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and written_by = (select nullif(current_setting('app.actor', true), '')::uuid)
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
);
create policy web_delete on app.note for delete to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and written_by = (select nullif(current_setting('app.actor', true), '')::uuid)
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
  and visibility = 'private'
);

alter table app.note_before enable row level security, force row level security;
create policy web_select on app.note_before for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'coach'
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
create policy web_insert on app.note_before for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
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
);

alter table app.promise enable row level security, force row level security;
-- Coordinator, expert and participant see what they promised themselves, and nothing else.
create policy web_select on app.promise for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (
    (select current_setting('app.role', true)) = 'coach'
    or owner = (select current_setting('app.role', true))
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
create policy web_insert on app.promise for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
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
);
create policy web_update on app.promise for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (
    (select current_setting('app.role', true)) = 'coach'
    or (
      owner = (select current_setting('app.role', true))
      and owner <> 'participant'
    )
  )
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
  and (
    (select current_setting('app.role', true)) = 'coach'
    or (
      owner = (select current_setting('app.role', true))
      and owner <> 'participant'
    )
  )
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

alter table app.eligibility enable row level security, force row level security;
create policy web_select on app.eligibility for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'expert', 'break_expert')
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
create policy web_insert on app.eligibility for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) in ('coach', 'expert')
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

alter table app.obstacle enable row level security, force row level security;
create policy web_select on app.obstacle for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'coach'
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
create policy web_insert on app.obstacle for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
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
);
create policy web_update on app.obstacle for update to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
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
) with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
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
);

alter table app.referral enable row level security, force row level security;
create policy web_select on app.referral for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and (select current_setting('app.role', true)) = 'coach'
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
create policy web_insert on app.referral for insert to kuukausi_web with check (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
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
);

grant select, insert on app.goal to kuukausi_web;
grant select, insert on app.goal_check to kuukausi_web;
grant select, insert, delete on app.note to kuukausi_web;
grant update (body, visibility, in_review, wording, corrections, version) on app.note to kuukausi_web;
grant select, insert on app.note_before to kuukausi_web;
grant select, insert on app.promise to kuukausi_web;
grant update (done_at, done_by, version) on app.promise to kuukausi_web;
grant select, insert on app.eligibility to kuukausi_web;
grant select, insert on app.obstacle to kuukausi_web;
grant update (solved_at, solved_by, version) on app.obstacle to kuukausi_web;
grant select, insert on app.referral to kuukausi_web;

alter table app.interruption enable row level security, force row level security;
create policy web_select on app.interruption for select to kuukausi_web using (
  org_id = (select nullif(current_setting('app.org', true), '')::uuid)
  and enrolment_id in (
    select g.enrolment_id
    from app.case_grant g
    where g.org_id = nullif(current_setting('app.org', true), '')::uuid
      and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and g.kind in ('coach', 'pair', 'substitute', 'break_coach', 'expert', 'participant')
      and g.valid_from <= (select nullif(current_setting('app.now', true), '')::timestamptz)
      and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
  )
);
create policy own_kuukausi_duty on app.interruption to kuukausi_duty using (true) with check (true);
grant select on app.interruption to kuukausi_web;
grant select, insert on app.interruption to kuukausi_duty;

-- interrupt: the expert of a case, and nobody else, records the authority's decision; the case ends and its place becomes free.
-- +goose StatementBegin
create function app.interrupt(
  interruption uuid, enrolment uuid, seen int, ground text, decided_on date, reference text, body text
) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  o uuid := current_setting('app.org')::uuid;
  me uuid := current_setting('app.actor')::uuid;
  moment timestamptz := current_setting('app.now')::timestamptz;
  of_cohort uuid;
begin
  if current_setting('app.role') <> 'expert' or not exists (
    select
    from app.case_grant g
    where g.org_id = o
      and g.enrolment_id = interrupt.enrolment
      and g.user_id = me
      and g.kind = 'expert'
      and g.valid_from <= moment
      and g.valid_until > moment
  ) then
    raise exception using errcode = '42501', message = 'only the expert of a case records its interruption';
  end if;
  -- the cohort first, as every act that frees a place takes them
  perform 1
  from app.cohort c
  where c.org_id = o
    and c.id = (select x.cohort_id from app.enrolment x where x.org_id = o and x.id = interrupt.enrolment)
  for update;
  update app.enrolment e
  set state = 'interrupted', closed_at = moment, version = e.version + 1
  where e.org_id = o
    and e.id = interrupt.enrolment
    and e.version = interrupt.seen
    and e.state in ('active', 'review')
  returning e.cohort_id into of_cohort;
  if not found then -- somebody was there in between: the page is old
    raise exception using errcode = '40001', message = 'the case is another one by now';
  end if;
  insert into app.interruption (org_id, id, enrolment_id, ground, decided_on, reference, body)
  values (o, interruption, interrupt.enrolment, interrupt.ground, interrupt.decided_on, interrupt.reference, interrupt.body);
  insert into app.enrolment_state (org_id, id, enrolment_id, state)
  values (o, gen_random_uuid(), interrupt.enrolment, 'interrupted');
  if of_cohort is null then
    perform app.case_ends(interrupt.enrolment);
  else
    update app.cohort c
    set places_taken = c.places_taken - 1
    where c.org_id = o and c.id = of_cohort;
  end if;
end $$;
-- +goose StatementEnd
alter function app.interrupt owner to kuukausi_duty;
revoke execute on all routines in schema app from public;
grant execute on function app.interrupt to kuukausi_web;
grant execute on function app.case_ends to kuukausi_duty;
grant update (places_taken) on app.cohort to kuukausi_duty;

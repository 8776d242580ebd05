-- The schema as the migrations make it, for reading and for diffs. Written by make schema on PostgreSQL 15.

-- absence_inquiry
column answer text not null
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column by_id uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column enrolment_id uuid not null
column grounds text not null
column id uuid not null
column org_id uuid not null
column through date not null
constraint absence_inquiry_answer_check CHECK ((answer = ANY (ARRAY['reason_found'::text, 'no_reason'::text, 'goes_on'::text])))
constraint absence_inquiry_grounds_check CHECK ((grounds <> ''::text))
constraint absence_inquiry_org_id_by_id_fkey FOREIGN KEY (org_id, by_id) REFERENCES app.membership(org_id, id)
constraint absence_inquiry_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint absence_inquiry_pkey PRIMARY KEY (org_id, id)
INDEX absence_inquiry_org_id_enrolment_id_at_idx ON app.absence_inquiry USING btree (org_id, enrolment_id, at)
policy own_kuukausi_duty for all to kuukausi_duty
  using true
  with check true
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (by_id = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif"))
    AND ((answer = 'goes_on'::text) = (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'expert'::text))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'expert'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND ((answer <> 'reason_found'::text) OR (NOT (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'expert'::text)))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text, 'expert'::text, 'break_expert'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
grant insert, select to kuukausi_web
grant select to kuukausi_duty

-- account
column created_at timestamp with time zone not null
column disabled_at timestamp with time zone
column email text not null
column id uuid not null
column lang text not null default 'fi'::text
column password_hash text not null
constraint account_email_check CHECK ((email = lower(email)))
constraint account_email_key UNIQUE (email)
constraint account_lang_check CHECK ((lang = ANY (ARRAY['fi'::text, 'sv'::text, 'en'::text])))
constraint account_pkey PRIMARY KEY (id)
policy own_kuukausi_door for all to kuukausi_door
  using true
  with check true
grant insert, select, update to kuukausi_door

-- appointment
column batch_id uuid not null
column booked_by uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column ends_at smallint not null
column enrolment_id uuid not null
column held_on date not null
column id uuid not null
column kind text not null
column org_id uuid not null
column place text not null
column purpose text not null default ''::text
column settled_at timestamp with time zone
column settled_by uuid
column starts_at smallint not null
column state text not null default 'booked'::text
column version integer not null default 1
constraint appointment_check CHECK ((ends_at > starts_at))
constraint appointment_check1 CHECK ((((state = 'booked'::text) = (settled_by IS NULL)) AND ((settled_by IS NULL) = (settled_at IS NULL))))
constraint appointment_kind_check CHECK ((kind = ANY (ARRAY['single'::text, 'catch_up'::text, 'visit'::text])))
constraint appointment_org_id_booked_by_fkey FOREIGN KEY (org_id, booked_by) REFERENCES app.membership(org_id, id)
constraint appointment_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint appointment_pkey PRIMARY KEY (org_id, id)
constraint appointment_state_check CHECK ((state = ANY (ARRAY['booked'::text, 'held'::text, 'not_held'::text, 'cancelled'::text])))
INDEX appointment_org_id_enrolment_id_held_on_idx ON app.appointment USING btree (org_id, enrolment_id, held_on)
policy own_kuukausi_duty for all to kuukausi_duty
  using true
  with check true
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'participant'::text]))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
grant insert, select to kuukausi_web
grant select to kuukausi_duty
grant update (settled_at, settled_by, state, version) to kuukausi_web

-- assessment_waiver
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column enrolment_id uuid not null
column entered_by uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column grounds text not null
column org_id uuid not null
column trial_id uuid not null
constraint assessment_waiver_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint assessment_waiver_org_id_entered_by_fkey FOREIGN KEY (org_id, entered_by) REFERENCES app.membership(org_id, id)
constraint assessment_waiver_org_id_trial_id_enrolment_id_fkey FOREIGN KEY (org_id, trial_id, enrolment_id) REFERENCES app.trial(org_id, id, enrolment_id)
constraint assessment_waiver_pkey PRIMARY KEY (org_id, trial_id)
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = 'expert'::text)
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'coordinator'::text, 'expert'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))
    AND (trial_id IN ( SELECT t.id
   FROM app.trial t)))
grant insert, select to kuukausi_web

-- attendance
column corrections smallint not null default 0
column enrolment_id uuid not null
column half smallint not null
column held_on date not null
column mark text not null
column marked_at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column marked_by uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column meeting_id uuid not null
column on_trial boolean not null default false
column org_id uuid not null
column remark text not null default ''::text
constraint attendance_half_check CHECK ((half = ANY (ARRAY[1, 2])))
constraint attendance_mark_check CHECK ((mark = ANY (ARRAY['p'::text, 'l'::text, 'n'::text, 'u'::text, 'i'::text, 'r'::text, 'v'::text, 'e'::text])))
constraint attendance_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint attendance_org_id_meeting_id_fkey FOREIGN KEY (org_id, meeting_id) REFERENCES app.meeting(org_id, id)
constraint attendance_pkey PRIMARY KEY (org_id, enrolment_id, held_on, half) INCLUDE (mark, on_trial)
policy own_kuukausi_duty for all to kuukausi_duty
  using true
  with check true
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (on_trial OR (NOT (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coordinator'::text)))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text, 'coordinator'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
grant insert, select, update to kuukausi_web
grant select to kuukausi_duty

-- attendance_before
column enrolment_id uuid not null
column half smallint not null
column held_on date not null
column mark text not null
column marked_at timestamp with time zone not null
column marked_by uuid not null
column number smallint not null
column on_trial boolean not null
column org_id uuid not null
column remark text not null
constraint attendance_before_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint attendance_before_pkey PRIMARY KEY (org_id, enrolment_id, held_on, half, number)
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
grant insert, select to kuukausi_web

-- audit
column action text not null
column actor_id uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column enrolment_ids uuid[] not null default '{}'::uuid[]
column id uuid not null
column org_id uuid not null default (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid
column outcome text not null
column purpose text not null default 'coaching'::text
column request_id text not null default ''::text
column role text not null default current_setting('app.role'::text, true)
column subject_id uuid
constraint audit_outcome_check CHECK ((outcome = ANY (ARRAY['seen'::text, 'done'::text, 'refused'::text, 'not_found'::text, 'invalid'::text, 'stale'::text])))
constraint audit_pkey PRIMARY KEY (org_id, id)
INDEX audit_by_actor ON app.audit USING btree (org_id, actor_id, at DESC)
policy own_kuukausi_door for all to kuukausi_door
  using true
  with check true
policy own_kuukausi_duty for all to kuukausi_duty
  using true
  with check true
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (actor_id = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif")))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND ((actor_id = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif")) OR ( SELECT app.sees_trail() AS sees_trail)))
grant insert to kuukausi_door
grant insert, select to kuukausi_duty
grant select to kuukausi_web
grant insert (action, enrolment_ids, id, outcome, purpose, request_id, subject_id) to kuukausi_web

-- break_glass
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column by_id uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column enrolment_ids uuid[] not null
column id uuid not null
column org_id uuid not null
column reason text not null
column seen_at timestamp with time zone
column seen_by uuid
column until timestamp with time zone not null
constraint break_glass_check CHECK (((seen_by IS NULL) = (seen_at IS NULL)))
constraint break_glass_org_id_by_id_fkey FOREIGN KEY (org_id, by_id) REFERENCES app.membership(org_id, id)
constraint break_glass_pkey PRIMARY KEY (org_id, id)
INDEX break_glass_org_id_at_idx ON app.break_glass USING btree (org_id, at DESC)
policy own_kuukausi_duty for all to kuukausi_duty
  using true
  with check true
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT app.sees_trail() AS sees_trail) OR (by_id = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif"))))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND ( SELECT app.sees_trail() AS sees_trail))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND ( SELECT app.sees_trail() AS sees_trail))
grant insert, select to kuukausi_duty
grant select to kuukausi_web
grant update (seen_at, seen_by) to kuukausi_web

-- break_noted
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column break_id uuid not null
column org_id uuid not null
column user_id uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
constraint break_noted_org_id_break_id_fkey FOREIGN KEY (org_id, break_id) REFERENCES app.break_glass(org_id, id)
constraint break_noted_org_id_user_id_fkey FOREIGN KEY (org_id, user_id) REFERENCES app.membership(org_id, id)
constraint break_noted_pkey PRIMARY KEY (org_id, break_id, user_id)
policy own_kuukausi_duty for all to kuukausi_duty
  using true
  with check true
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (user_id = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif")))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (user_id = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif")))
grant insert, select to kuukausi_web
grant select to kuukausi_duty

-- case_grant
column cohort_id uuid
column enrolment_id uuid not null
column kind text not null
column org_id uuid not null
column participant_id uuid not null
column reason text not null
column source_id uuid not null
column user_id uuid not null
column valid_from timestamp with time zone not null
column valid_until timestamp with time zone not null
constraint case_grant_kind_check CHECK ((kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'coordinator'::text, 'expert'::text, 'participant'::text, 'follow_up'::text, 'break_coach'::text, 'break_expert'::text])))
constraint case_grant_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint case_grant_org_id_participant_id_fkey FOREIGN KEY (org_id, participant_id) REFERENCES app.participant(org_id, id)
constraint case_grant_org_id_user_id_fkey FOREIGN KEY (org_id, user_id) REFERENCES app.membership(org_id, id)
constraint case_grant_pkey PRIMARY KEY (org_id, user_id, enrolment_id, source_id)
INDEX case_grant_org_id_enrolment_id_idx ON app.case_grant USING btree (org_id, enrolment_id)
INDEX case_grant_org_id_source_id_idx ON app.case_grant USING btree (org_id, source_id)
INDEX grant_live ON app.case_grant USING btree (org_id, user_id, valid_until) INCLUDE (enrolment_id, participant_id, cohort_id, kind, valid_from)
policy own_kuukausi_duty for all to kuukausi_duty
  using true
  with check true
policy web_select for select to kuukausi_web
  using ((org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid))
TRIGGER year BEFORE INSERT OR UPDATE OF valid_from, valid_until ON app.case_grant FOR EACH ROW EXECUTE FUNCTION app.ends_in_a_year()
grant insert, select, update to kuukausi_duty
grant select to kuukausi_web

-- closed_day
column day date not null
column org_id uuid not null
column reason text not null
constraint closed_day_org_id_fkey FOREIGN KEY (org_id) REFERENCES app.organisation(id)
constraint closed_day_pkey PRIMARY KEY (org_id, day)
policy web_delete for delete to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'admin'::text))
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'admin'::text))
policy web_select for select to kuukausi_web
  using (org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
grant delete, insert, select to kuukausi_web

-- coach_absence
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column cohort_id uuid not null
column ended boolean not null default false
column entered_by uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column from_on date not null
column id uuid not null
column org_id uuid not null
column until_on date not null
column version integer not null default 1
constraint coach_absence_check CHECK ((until_on >= from_on))
constraint coach_absence_org_id_cohort_id_fkey FOREIGN KEY (org_id, cohort_id) REFERENCES app.cohort(org_id, id)
constraint coach_absence_org_id_entered_by_fkey FOREIGN KEY (org_id, entered_by) REFERENCES app.membership(org_id, id)
constraint coach_absence_pkey PRIMARY KEY (org_id, id)
INDEX coach_absence_org_id_cohort_id_until_on_idx ON app.coach_absence USING btree (org_id, cohort_id, until_on)
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'coordinator'::text]))
    AND (cohort_id IN ( SELECT d.cohort_id
   FROM app.cohort_duty d
  WHERE ((d.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (d.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (d.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (d.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'coordinator'::text]))
    AND (cohort_id IN ( SELECT d.cohort_id
   FROM app.cohort_duty d
  WHERE ((d.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (d.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (d.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (d.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'coordinator'::text]))
    AND (cohort_id IN ( SELECT d.cohort_id
   FROM app.cohort_duty d
  WHERE ((d.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (d.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (d.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (d.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'coordinator'::text]))
    AND (cohort_id IN ( SELECT d.cohort_id
   FROM app.cohort_duty d
  WHERE ((d.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (d.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (d.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (d.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
grant insert, select to kuukausi_web
grant update (ended, version) to kuukausi_web

-- cohort
column closed_at timestamp with time zone
column created_at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column created_by uuid not null
column ends_on date not null
column id uuid not null
column name text not null
column org_id uuid not null
column place text not null default ''::text
column places_offered smallint not null default 0
column places_taken smallint not null default 0
column queue_last smallint not null default 0
column room_id uuid
column shape jsonb not null
column size_max smallint not null
column size_min smallint not null
column start_reason text not null default ''::text
column starts_on date not null
column state text not null default 'draft'::text
column version integer not null default 1
column version_id uuid not null
constraint cohort_check CHECK ((ends_on >= starts_on))
constraint cohort_check1 CHECK (((places_taken >= 0) AND (places_taken <= size_max)))
constraint cohort_org_id_created_by_fkey FOREIGN KEY (org_id, created_by) REFERENCES app.membership(org_id, id)
constraint cohort_org_id_fkey FOREIGN KEY (org_id) REFERENCES app.organisation(id)
constraint cohort_org_id_room_id_fkey FOREIGN KEY (org_id, room_id) REFERENCES app.room(org_id, id)
constraint cohort_org_id_version_id_fkey FOREIGN KEY (org_id, version_id) REFERENCES app.programme_version(org_id, id)
constraint cohort_pkey PRIMARY KEY (org_id, id)
constraint cohort_places_offered_check CHECK ((places_offered >= 0))
constraint cohort_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'open'::text, 'confirmed'::text, 'running'::text, 'closed'::text, 'archived'::text, 'cancelled'::text])))
INDEX cohort_by_start ON app.cohort USING btree (org_id, starts_on DESC)
policy own_kuukausi_duty for all to kuukausi_duty
  using true
  with check true
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (created_by = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'coordinator'::text])))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND ((id IN ( SELECT d.cohort_id
   FROM app.cohort_duty d
  WHERE ((d.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (d.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (d.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (d.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))) OR (id IN ( SELECT g.cohort_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['expert'::text, 'break_expert'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (id IN ( SELECT d.cohort_id
   FROM app.cohort_duty d
  WHERE ((d.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (d.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (d.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (d.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (id IN ( SELECT d.cohort_id
   FROM app.cohort_duty d
  WHERE ((d.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (d.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (d.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (d.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
TRIGGER shape BEFORE INSERT OR UPDATE OF shape ON app.cohort FOR EACH ROW EXECUTE FUNCTION app.take_shape()
grant select to kuukausi_duty
grant select to kuukausi_web
grant insert (created_by, ends_on, id, name, org_id, place, size_max, size_min, starts_on, version_id) to kuukausi_web
grant update (closed_at, ends_on, name, place, places_offered, places_taken, queue_last, room_id, start_reason, starts_on, state, version) to kuukausi_web
grant update (places_offered, places_taken, queue_last) to kuukausi_duty

-- cohort_duty
column cohort_id uuid not null
column id uuid not null
column kind text not null
column org_id uuid not null
column reason text not null default ''::text
column user_id uuid not null
column valid_from timestamp with time zone not null
column valid_until timestamp with time zone not null
constraint cohort_duty_check CHECK ((valid_until >= valid_from))
constraint cohort_duty_kind_check CHECK ((kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'coordinator'::text])))
constraint cohort_duty_org_id_cohort_id_fkey FOREIGN KEY (org_id, cohort_id) REFERENCES app.cohort(org_id, id)
constraint cohort_duty_org_id_user_id_fkey FOREIGN KEY (org_id, user_id) REFERENCES app.membership(org_id, id)
constraint cohort_duty_pkey PRIMARY KEY (org_id, id)
INDEX cohort_duty_org_id_cohort_id_idx ON app.cohort_duty USING btree (org_id, cohort_id)
INDEX duty_live ON app.cohort_duty USING btree (org_id, user_id, valid_until) INCLUDE (cohort_id, valid_from)
policy own_kuukausi_duty for all to kuukausi_duty
  using true
  with check true
policy web_select for select to kuukausi_web
  using ((org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'coordinator'::text, 'expert'::text, 'admin'::text, 'handed'::text])))
TRIGGER grants AFTER INSERT OR UPDATE ON app.cohort_duty FOR EACH ROW EXECUTE FUNCTION app.duty_grants()
TRIGGER year BEFORE INSERT OR UPDATE OF valid_from, valid_until ON app.cohort_duty FOR EACH ROW EXECUTE FUNCTION app.ends_in_a_year()
grant insert, select, update to kuukausi_duty
grant select to kuukausi_web

-- consent
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column enrolment_id uuid not null
column entered_by uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column given boolean not null
column how text not null
column id uuid not null
column lang text not null
column org_id uuid not null
column purpose text not null
column text_version_id uuid not null
constraint consent_how_check CHECK ((how = ANY (ARRAY['self'::text, 'paper'::text, 'oral'::text])))
constraint consent_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint consent_org_id_text_version_id_fkey FOREIGN KEY (org_id, text_version_id) REFERENCES app.text_version(org_id, id)
constraint consent_pkey PRIMARY KEY (org_id, id)
constraint consent_purpose_check CHECK ((purpose = ANY (ARRAY['group_board'::text, 'employer_contact'::text, 'employer_health'::text, 'health_to_provider'::text, 'photos_stories'::text, 'third_parties'::text])))
INDEX consent_org_id_enrolment_id_purpose_at_idx ON app.consent USING btree (org_id, enrolment_id, purpose, at DESC)
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'participant'::text]))
    AND (entered_by = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif"))
    AND ((how = 'self'::text) = (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'participant'::text))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND ((( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'participant'::text])) OR ((( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coordinator'::text)
    AND (purpose = ANY (ARRAY['employer_contact'::text, 'employer_health'::text]))))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'coordinator'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
grant insert, select to kuukausi_web

-- correction
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column by_id uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column cohort_id uuid
column employer_id uuid
column enrolment_id uuid
column field text not null
column id uuid not null
column now text not null
column org_id uuid not null
column was text not null
constraint correction_check CHECK ((num_nonnulls(enrolment_id, cohort_id, employer_id) = 1))
constraint correction_org_id_by_id_fkey FOREIGN KEY (org_id, by_id) REFERENCES app.membership(org_id, id)
constraint correction_org_id_cohort_id_fkey FOREIGN KEY (org_id, cohort_id) REFERENCES app.cohort(org_id, id)
constraint correction_org_id_employer_id_fkey FOREIGN KEY (org_id, employer_id) REFERENCES app.employer(org_id, id)
constraint correction_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint correction_pkey PRIMARY KEY (org_id, id)
INDEX correction_org_id_cohort_id_idx ON app.correction USING btree (org_id, cohort_id)
INDEX correction_org_id_employer_id_idx ON app.correction USING btree (org_id, employer_id)
INDEX correction_org_id_enrolment_id_at_idx ON app.correction USING btree (org_id, enrolment_id, at)
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (by_id = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif"))
    AND ((enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))) OR (cohort_id IN ( SELECT d.cohort_id
   FROM app.cohort_duty d
  WHERE ((d.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (d.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (d.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (d.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))) OR ((employer_id IS NOT NULL)
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coordinator'::text))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND ((enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text, 'expert'::text, 'break_expert'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))) OR (cohort_id IN ( SELECT d.cohort_id
   FROM app.cohort_duty d
  WHERE ((d.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (d.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (d.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (d.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))) OR ((employer_id IS NOT NULL)
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'coordinator'::text, 'expert'::text])))))
grant insert, select to kuukausi_web

-- decision
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column by_id uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column decided_on date not null
column ends_on date
column enrolment_id uuid not null
column grounds text not null
column id uuid not null
column kind text not null
column org_id uuid not null
column reference text not null default ''::text
column review_id uuid not null
column starts_on date
constraint decision_kind_check CHECK ((kind = ANY (ARRAY['work_trial'::text, 'pay_subsidy'::text, 'age55_subsidy'::text, 'self_motivated_study'::text, 'health_check_referral'::text, 'rehab_referral'::text, 'none_now'::text])))
constraint decision_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint decision_org_id_review_id_fkey FOREIGN KEY (org_id, review_id) REFERENCES app.review(org_id, id)
constraint decision_pkey PRIMARY KEY (org_id, id)
INDEX decision_org_id_review_id_idx ON app.decision USING btree (org_id, review_id)
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = 'expert'::text)
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))
    AND (review_id IN ( SELECT r.id
   FROM app.review r)))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text, 'participant'::text, 'expert'::text, 'break_expert'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))
    AND (review_id IN ( SELECT r.id
   FROM app.review r)))
grant insert, select to kuukausi_web

-- decision_withdrawal
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column by_id uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column decision_id uuid not null
column enrolment_id uuid not null
column grounds text not null
column org_id uuid not null
constraint decision_withdrawal_org_id_by_id_fkey FOREIGN KEY (org_id, by_id) REFERENCES app.membership(org_id, id)
constraint decision_withdrawal_org_id_decision_id_fkey FOREIGN KEY (org_id, decision_id) REFERENCES app.decision(org_id, id)
constraint decision_withdrawal_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint decision_withdrawal_pkey PRIMARY KEY (org_id, decision_id)
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = 'expert'::text)
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))
    AND (decision_id IN ( SELECT d.id
   FROM app.decision d
  WHERE (d.enrolment_id = decision_withdrawal.enrolment_id))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text, 'participant'::text, 'expert'::text, 'break_expert'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
grant select to kuukausi_web
grant insert (decision_id, enrolment_id, grounds, org_id) to kuukausi_web

-- draft
column actor_id uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column fields jsonb not null
column id uuid not null
column org_id uuid not null default (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid
column page text not null
constraint draft_org_id_actor_id_fkey FOREIGN KEY (org_id, actor_id) REFERENCES app.membership(org_id, id)
constraint draft_org_id_fkey FOREIGN KEY (org_id) REFERENCES app.organisation(id)
constraint draft_pkey PRIMARY KEY (org_id, actor_id, id)
INDEX draft_org_id_actor_id_page_at_idx ON app.draft USING btree (org_id, actor_id, page, at DESC)
policy own_kuukausi_door for all to kuukausi_door
  using true
  with check true
policy own_kuukausi_duty for all to kuukausi_duty
  using true
  with check true
policy web_delete for delete to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (actor_id = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif")))
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (actor_id = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif")))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (actor_id = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif")))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (actor_id = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif")))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (actor_id = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif")))
grant delete, insert, select, update to kuukausi_door
grant delete, insert, select, update to kuukausi_web
grant delete, select to kuukausi_duty

-- eligibility
column assessed_on date
column assessment text not null default ''::text
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column enrolment_id uuid not null
column entered_by uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column expert_note text not null default ''::text
column id uuid not null
column org_id uuid not null
column unemployed_since date
constraint eligibility_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint eligibility_pkey PRIMARY KEY (org_id, id)
INDEX eligibility_org_id_enrolment_id_at_idx ON app.eligibility USING btree (org_id, enrolment_id, at DESC)
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'expert'::text]))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'expert'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'expert'::text, 'break_expert'::text]))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text, 'expert'::text, 'break_expert'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
grant insert, select to kuukausi_web

-- employer
column business_id text not null default ''::text
column created_at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column id uuid not null
column kind text not null default ''::text
column municipality text not null default ''::text
column name text not null
column org_id uuid not null
column owner_id uuid
column version integer not null default 1
constraint employer_kind_check CHECK ((kind = ANY (ARRAY[''::text, 'company'::text, 'sole_trader'::text, 'municipality'::text, 'joint_authority'::text, 'community'::text, 'foundation'::text, 'state_agency'::text])))
constraint employer_org_id_fkey FOREIGN KEY (org_id) REFERENCES app.organisation(id)
constraint employer_org_id_owner_id_fkey FOREIGN KEY (org_id, owner_id) REFERENCES app.membership(org_id, id)
constraint employer_pkey PRIMARY KEY (org_id, id)
UNIQUE INDEX employer_once ON app.employer USING btree (org_id, business_id) WHERE (business_id <> ''::text)
policy mine for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'participant'::text)
    AND (id IN ( SELECT i.employer_id
   FROM (app.site i
     JOIN app.trial t ON (((t.org_id = i.org_id)
    AND (t.site_id = i.id)))))))
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coordinator'::text))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'coordinator'::text, 'expert'::text, 'handed'::text])))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coordinator'::text))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coordinator'::text))
grant insert, select, update to kuukausi_web

-- enrolment
column answer_by date
column closed_at timestamp with time zone
column cohort_id uuid
column created_at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column created_by uuid not null
column ends_on date not null
column funding text not null default ''::text
column id uuid not null
column legal_hold boolean not null default false
column org_id uuid not null
column participant_id uuid not null
column queue_number smallint
column search_shared boolean not null default false
column shape jsonb not null
column starts_on date not null
column state text not null
column version integer not null default 1
column version_id uuid not null
constraint enrolment_check CHECK ((ends_on >= starts_on))
constraint enrolment_funding_check CHECK ((funding = ANY (ARRAY[''::text, 'ESF'::text])))
constraint enrolment_org_id_cohort_id_fkey FOREIGN KEY (org_id, cohort_id) REFERENCES app.cohort(org_id, id)
constraint enrolment_org_id_created_by_fkey FOREIGN KEY (org_id, created_by) REFERENCES app.membership(org_id, id)
constraint enrolment_org_id_fkey FOREIGN KEY (org_id) REFERENCES app.organisation(id)
constraint enrolment_org_id_participant_id_fkey FOREIGN KEY (org_id, participant_id) REFERENCES app.participant(org_id, id)
constraint enrolment_org_id_version_id_fkey FOREIGN KEY (org_id, version_id) REFERENCES app.programme_version(org_id, id)
constraint enrolment_pkey PRIMARY KEY (org_id, id)
constraint enrolment_queue_number_check CHECK ((queue_number > 0))
constraint enrolment_state_check CHECK ((state = ANY (ARRAY['referred'::text, 'invited'::text, 'accepted'::text, 'preparing'::text, 'active'::text, 'review'::text, 'completed'::text, 'unreviewed'::text, 'withdrawn'::text, 'moved'::text, 'died'::text, 'interrupted'::text, 'not_started'::text])))
INDEX enrolment_by_cohort ON app.enrolment USING btree (org_id, cohort_id)
INDEX enrolment_by_person ON app.enrolment USING btree (org_id, participant_id)
UNIQUE INDEX enrolment_alone_once ON app.enrolment USING btree (org_id, participant_id, version_id) WHERE ((cohort_id IS NULL) AND (state = ANY (ARRAY['accepted'::text, 'preparing'::text, 'active'::text, 'review'::text])))
UNIQUE INDEX enrolment_once ON app.enrolment USING btree (org_id, participant_id, cohort_id) WHERE (state = ANY (ARRAY['referred'::text, 'invited'::text, 'accepted'::text, 'preparing'::text, 'active'::text, 'review'::text]))
policy own_kuukausi_duty for all to kuukausi_duty
  using true
  with check true
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (created_by = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif"))
    AND (((( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'coordinator'::text]))
    AND ((cohort_id IS NULL) OR (cohort_id IN ( SELECT d.cohort_id
   FROM app.cohort_duty d
  WHERE ((d.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (d.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (d.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (d.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))) OR ((( SELECT current_setting('app.role'::text, true) AS current_setting) = 'expert'::text)
    AND (state = 'referred'::text))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text, 'coordinator'::text, 'expert'::text, 'break_expert'::text, 'participant'::text, 'follow_up'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'coordinator'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'coordinator'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
TRIGGER grants AFTER INSERT ON app.enrolment FOR EACH ROW EXECUTE FUNCTION app.enrolment_grants()
TRIGGER guard BEFORE INSERT ON app.enrolment FOR EACH ROW EXECUTE FUNCTION app.enrolment_grants()
TRIGGER keeps BEFORE UPDATE OF participant_id, cohort_id ON app.enrolment FOR EACH ROW WHEN ((((old.participant_id <> new.participant_id) OR (old.cohort_id IS DISTINCT FROM new.cohort_id)) AND (CURRENT_USER <> 'kuukausi_duty'::name))) EXECUTE FUNCTION app.enrolment_grants()
TRIGGER shape BEFORE INSERT OR UPDATE OF shape ON app.enrolment FOR EACH ROW EXECUTE FUNCTION app.take_shape()
TRIGGER sharing AFTER UPDATE OF search_shared ON app.enrolment FOR EACH ROW WHEN ((old.search_shared <> new.search_shared)) EXECUTE FUNCTION app.search_sharing()
grant insert, select to kuukausi_web
grant select, update to kuukausi_duty
grant update (answer_by, closed_at, ends_on, queue_number, search_shared, starts_on, state, version) to kuukausi_web

-- enrolment_party
column enrolment_id uuid not null
column id uuid not null
column kind text not null
column org_id uuid not null
column reason text not null default ''::text
column user_id uuid not null
column valid_from timestamp with time zone not null
column valid_until timestamp with time zone not null
constraint enrolment_party_check CHECK ((valid_until >= valid_from))
constraint enrolment_party_kind_check CHECK ((kind = ANY (ARRAY['coach'::text, 'coordinator'::text, 'expert'::text, 'participant'::text, 'follow_up'::text])))
constraint enrolment_party_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint enrolment_party_org_id_user_id_fkey FOREIGN KEY (org_id, user_id) REFERENCES app.membership(org_id, id)
constraint enrolment_party_pkey PRIMARY KEY (org_id, id)
INDEX enrolment_party_org_id_enrolment_id_idx ON app.enrolment_party USING btree (org_id, enrolment_id)
INDEX enrolment_party_org_id_user_id_idx ON app.enrolment_party USING btree (org_id, user_id)
policy own_kuukausi_duty for all to kuukausi_duty
  using true
  with check true
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND ((( SELECT current_setting('app.role'::text, true) AS current_setting) = 'admin'::text) OR (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text, 'coordinator'::text, 'expert'::text, 'break_expert'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))))
TRIGGER grants AFTER INSERT OR UPDATE ON app.enrolment_party FOR EACH ROW EXECUTE FUNCTION app.party_grants()
TRIGGER year BEFORE INSERT OR UPDATE OF valid_from, valid_until ON app.enrolment_party FOR EACH ROW EXECUTE FUNCTION app.ends_in_a_year()
grant insert, select, update to kuukausi_duty
grant select to kuukausi_web

-- enrolment_state
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column by_id uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column enrolment_id uuid not null
column id uuid not null
column org_id uuid not null
column reason text not null default ''::text
column state text not null
constraint enrolment_state_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint enrolment_state_pkey PRIMARY KEY (org_id, id)
INDEX enrolment_state_org_id_enrolment_id_at_idx ON app.enrolment_state USING btree (org_id, enrolment_id, at)
policy own_kuukausi_duty for all to kuukausi_duty
  using true
  with check true
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'coordinator'::text, 'expert'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text, 'coordinator'::text, 'expert'::text, 'break_expert'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
grant insert, select to kuukausi_duty
grant insert, select to kuukausi_web

-- form
column action text not null
column actor_id uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column digest bytea
column id uuid not null
column org_id uuid not null default (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid
constraint form_pkey PRIMARY KEY (org_id, id)
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (actor_id = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif")))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (actor_id = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif")))
grant select to kuukausi_web
grant insert (action, digest, id) to kuukausi_web

-- goal
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column body text not null
column enrolment_id uuid not null
column entered_by uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column how text not null
column id uuid not null
column kind text not null
column number smallint not null
column org_id uuid not null
constraint goal_how_check CHECK ((how = ANY (ARRAY['self'::text, 'present'::text, 'phone'::text, 'paper'::text])))
constraint goal_kind_check CHECK ((kind = ANY (ARRAY['employment'::text, 'study'::text, 'trial_place'::text, 'step'::text, 'other'::text])))
constraint goal_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint goal_org_id_enrolment_id_number_key UNIQUE (org_id, enrolment_id, number)
constraint goal_pkey PRIMARY KEY (org_id, id)
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
grant insert, select to kuukausi_web

-- goal_check
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column body text not null default ''::text
column enrolment_id uuid not null
column entered_by uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column goal_number smallint not null
column going text not null
column id uuid not null
column org_id uuid not null
column week smallint not null
constraint goal_check_going_check CHECK ((going = ANY (ARRAY['on_way'::text, 'reached'::text, 'changes'::text, 'stuck'::text])))
constraint goal_check_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint goal_check_org_id_enrolment_id_goal_number_fkey FOREIGN KEY (org_id, enrolment_id, goal_number) REFERENCES app.goal(org_id, enrolment_id, number)
constraint goal_check_org_id_enrolment_id_week_key UNIQUE (org_id, enrolment_id, week)
constraint goal_check_pkey PRIMARY KEY (org_id, id)
constraint goal_check_week_check CHECK ((week > 0))
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'participant'::text]))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
grant insert, select to kuukausi_web

-- info_guest
column came boolean
column id uuid not null
column info_id uuid not null
column informed_at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column informed_by uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column joined_at timestamp with time zone
column marked_at timestamp with time zone
column marked_by uuid
column name text not null
column org_id uuid not null
constraint info_guest_org_id_info_id_fkey FOREIGN KEY (org_id, info_id) REFERENCES app.info_session(org_id, id)
constraint info_guest_org_id_informed_by_fkey FOREIGN KEY (org_id, informed_by) REFERENCES app.membership(org_id, id)
constraint info_guest_pkey PRIMARY KEY (org_id, id)
INDEX info_guest_org_id_info_id_idx ON app.info_guest USING btree (org_id, info_id)
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'coordinator'::text, 'expert'::text]))
    AND ((informed_by = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif")) OR (info_id IN ( SELECT i.id
   FROM app.info_session i
  WHERE (i.created_by = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif"))))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'coordinator'::text, 'expert'::text]))
    AND ((informed_by = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif")) OR (info_id IN ( SELECT i.id
   FROM app.info_session i
  WHERE (i.created_by = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif"))))))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'coordinator'::text, 'expert'::text]))
    AND ((informed_by = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif")) OR (info_id IN ( SELECT i.id
   FROM app.info_session i
  WHERE (i.created_by = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif"))))))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'coordinator'::text, 'expert'::text]))
    AND ((informed_by = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif")) OR (info_id IN ( SELECT i.id
   FROM app.info_session i
  WHERE (i.created_by = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif"))))))
grant insert, select to kuukausi_web
grant update (came, joined_at, marked_at, marked_by) to kuukausi_web

-- info_session
column cancelled_at timestamp with time zone
column created_at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column created_by uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column ends_at smallint not null
column held_on date not null
column id uuid not null
column invitation text not null
column lang text not null
column mandatory boolean not null
column org_id uuid not null
column place text not null
column starts_at smallint not null
column statement_id uuid
column version integer not null default 1
constraint info_session_check CHECK ((ends_at > starts_at))
constraint info_session_check1 CHECK (((NOT mandatory) OR (statement_id IS NOT NULL)))
constraint info_session_lang_check CHECK ((lang = ANY (ARRAY['fi'::text, 'sv'::text, 'en'::text])))
constraint info_session_org_id_created_by_fkey FOREIGN KEY (org_id, created_by) REFERENCES app.membership(org_id, id)
constraint info_session_org_id_fkey FOREIGN KEY (org_id) REFERENCES app.organisation(id)
constraint info_session_org_id_statement_id_fkey FOREIGN KEY (org_id, statement_id) REFERENCES app.text_version(org_id, id)
constraint info_session_pkey PRIMARY KEY (org_id, id)
INDEX info_session_org_id_held_on_idx ON app.info_session USING btree (org_id, held_on DESC)
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'coordinator'::text]))
    AND (created_by = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif")))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'coordinator'::text, 'expert'::text])))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'coordinator'::text]))
    AND (created_by = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif")))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'coordinator'::text]))
    AND (created_by = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif")))
grant insert, select to kuukausi_web
grant update (cancelled_at, version) to kuukausi_web

-- installation
column one boolean not null default true
column sealed bytea not null
constraint installation_one_check CHECK (one)
constraint installation_pkey PRIMARY KEY (one)
policy own_kuukausi_door for all to kuukausi_door
  using true
  with check true
grant insert, select to kuukausi_door

-- interruption
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column body text not null
column by_id uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column decided_on date not null
column enrolment_id uuid not null
column ground text not null
column id uuid not null
column org_id uuid not null
column reference text not null default ''::text
constraint interruption_ground_check CHECK ((ground = ANY (ARRAY['absence'::text, 'aims'::text, 'weighty'::text])))
constraint interruption_org_id_by_id_fkey FOREIGN KEY (org_id, by_id) REFERENCES app.membership(org_id, id)
constraint interruption_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint interruption_org_id_enrolment_id_key UNIQUE (org_id, enrolment_id)
constraint interruption_pkey PRIMARY KEY (org_id, id)
policy own_kuukausi_duty for all to kuukausi_duty
  using true
  with check true
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text, 'expert'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
grant insert, select to kuukausi_duty
grant select to kuukausi_web

-- invitation
column confirmed_at timestamp with time zone
column confirmed_by uuid
column created_at timestamp with time zone not null
column email text not null
column employment_area text not null default ''::text
column expires_at timestamp with time zone not null
column id uuid not null
column invited_by uuid not null
column kind text not null default 'invitation'::text
column leaver uuid
column name text not null
column needs_other boolean not null default false
column org_id uuid not null
column role text not null
column successor uuid
column token_hash bytea not null
column used_at timestamp with time zone
column withdrawn_at timestamp with time zone
constraint invitation_check CHECK ((((kind = 'hand_over'::text) = (leaver IS NOT NULL)) AND ((leaver IS NULL) = (successor IS NULL))))
constraint invitation_email_check CHECK ((email = lower(email)))
constraint invitation_kind_check CHECK ((kind = ANY (ARRAY['invitation'::text, 'reset'::text, 'hand_over'::text])))
constraint invitation_org_id_confirmed_by_fkey FOREIGN KEY (org_id, confirmed_by) REFERENCES app.membership(org_id, id)
constraint invitation_org_id_fkey FOREIGN KEY (org_id) REFERENCES app.organisation(id)
constraint invitation_org_id_invited_by_fkey FOREIGN KEY (org_id, invited_by) REFERENCES app.membership(org_id, id)
constraint invitation_org_id_leaver_fkey FOREIGN KEY (org_id, leaver) REFERENCES app.membership(org_id, id)
constraint invitation_org_id_successor_fkey FOREIGN KEY (org_id, successor) REFERENCES app.membership(org_id, id)
constraint invitation_pkey PRIMARY KEY (org_id, id)
constraint invitation_role_check CHECK ((role = ANY (ARRAY['coach'::text, 'coordinator'::text, 'expert'::text, 'admin'::text])))
constraint invitation_token_hash_key UNIQUE (token_hash)
INDEX invitation_org_id_email_idx ON app.invitation USING btree (org_id, email)
policy own_kuukausi_door for all to kuukausi_door
  using true
  with check true
policy own_kuukausi_duty for all to kuukausi_duty
  using true
  with check true
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (invited_by = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'admin'::text)
    AND (NOT (EXISTS ( SELECT
   FROM (app.membership a
     JOIN app.membership b ON (((b.org_id = a.org_id)
    AND (b.account_id = a.account_id))))
  WHERE ((a.org_id = invitation.org_id)
    AND (a.id = invitation.invited_by)
    AND (b.id = ANY (ARRAY[invitation.leaver, invitation.successor])))))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'admin'::text))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'admin'::text))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'admin'::text)
    AND (withdrawn_at IS NOT NULL))
TRIGGER needs BEFORE INSERT ON app.invitation FOR EACH ROW EXECUTE FUNCTION app.link_needs()
grant select, update to kuukausi_door
grant select, update to kuukausi_duty
grant insert (created_at, email, employment_area, expires_at, id, invited_by, kind, leaver, name, org_id, role, successor, token_hash) to kuukausi_web
grant select (confirmed_at, confirmed_by, created_at, email, expires_at, id, kind, name, needs_other, org_id, role, used_at, withdrawn_at) to kuukausi_web
grant update (withdrawn_at) to kuukausi_web

-- law_override
column checked_on date not null
column entered_by uuid default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column key text not null
column org_id uuid not null
column source text not null
column valid_from date not null
column value numeric not null
constraint law_override_org_id_fkey FOREIGN KEY (org_id) REFERENCES app.organisation(id)
constraint law_override_pkey PRIMARY KEY (org_id, key, valid_from)
constraint override_unit CHECK ((value >= (0)::numeric))
policy own_kuukausi_duty for all to kuukausi_duty
  using true
  with check true
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'admin'::text)
    AND (valid_from >= ( SELECT (((NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AT TIME ZONE 'Europe/Helsinki'::text))::date AS timezone)))
policy web_select for select to kuukausi_web
  using (org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'admin'::text)
    AND (valid_from >= ( SELECT (((NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AT TIME ZONE 'Europe/Helsinki'::text))::date AS timezone)))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'admin'::text))
grant insert, select to kuukausi_web
grant select to kuukausi_duty
grant update (checked_on, entered_by, source, value) to kuukausi_web

-- law_value (row-level security is not forced)
column checked_on date not null
column key text not null
column source text not null
column unit text not null
column valid_from date not null
column value numeric not null
constraint law_value_pkey PRIMARY KEY (key, valid_from)
constraint law_value_unit_check CHECK ((unit = ANY (ARRAY['minutes'::text, 'days'::text, 'months'::text, 'years'::text, 'percent'::text, 'euros'::text, 'count'::text])))
grant select to kuukausi_duty
grant select to kuukausi_web

-- login_session
column account_id uuid not null
column created_at timestamp with time zone not null
column expires_at timestamp with time zone not null
column handed_review uuid
column id uuid not null default gen_random_uuid()
column membership_id uuid not null
column org_id uuid not null
column seen_at timestamp with time zone not null
column token_hash bytea not null
constraint login_session_account_id_fkey FOREIGN KEY (account_id) REFERENCES app.account(id)
constraint login_session_org_id_membership_id_fkey FOREIGN KEY (org_id, membership_id) REFERENCES app.membership(org_id, id)
constraint login_session_pkey PRIMARY KEY (token_hash)
INDEX login_session_org_id_membership_id_idx ON app.login_session USING btree (org_id, membership_id)
policy own_kuukausi_door for all to kuukausi_door
  using true
  with check true
policy own_kuukausi_duty for all to kuukausi_duty
  using true
  with check true
grant delete, insert, select, update to kuukausi_door
grant delete, select to kuukausi_duty

-- login_throttle
column attempts integer not null
column key bytea not null
column last_at timestamp with time zone not null
constraint login_throttle_pkey PRIMARY KEY (key)
INDEX login_throttle_last_at_idx ON app.login_throttle USING btree (last_at)
policy own_kuukausi_door for all to kuukausi_door
  using true
  with check true
grant delete, insert, select, update to kuukausi_door

-- meeting
column cancelled_at timestamp with time zone
column cancelled_by uuid
column cancelled_reason text not null default ''::text
column cohort_id uuid
column day smallint not null
column ends_at smallint not null
column enrolment_id uuid
column half smallint not null
column held_on date not null
column id uuid not null
column kind text not null
column org_id uuid not null
column room_id uuid
column starts_at smallint not null
column version integer not null default 1
column week smallint not null
constraint meeting_check CHECK (((cohort_id IS NULL) <> (enrolment_id IS NULL)))
constraint meeting_check1 CHECK (((cancelled_at IS NULL) = (cancelled_by IS NULL)))
constraint meeting_half_check CHECK ((half = ANY (ARRAY[1, 2])))
constraint meeting_kind_check CHECK ((kind = ANY (ARRAY['group'::text, 'trial'::text, 'single'::text])))
constraint meeting_org_id_cohort_id_fkey FOREIGN KEY (org_id, cohort_id) REFERENCES app.cohort(org_id, id)
constraint meeting_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint meeting_org_id_enrolment_id_held_on_half_key UNIQUE (org_id, enrolment_id, held_on, half)
constraint meeting_org_id_room_id_fkey FOREIGN KEY (org_id, room_id) REFERENCES app.room(org_id, id)
constraint meeting_pkey PRIMARY KEY (org_id, id)
INDEX meeting_by_cohort ON app.meeting USING btree (org_id, cohort_id, day, half)
UNIQUE INDEX meeting_once ON app.meeting USING btree (org_id, cohort_id, held_on, half) WHERE (cancelled_at IS NULL)
policy own_kuukausi_duty for all to kuukausi_duty
  using true
  with check true
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND ((cohort_id IN ( SELECT d.cohort_id
   FROM app.cohort_duty d
  WHERE ((d.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (d.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (d.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (d.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))) OR (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND ((cohort_id IN ( SELECT d.cohort_id
   FROM app.cohort_duty d
  WHERE ((d.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (d.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (d.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (d.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))) OR (COALESCE(enrolment_id, cohort_id) IN ( SELECT t.id
   FROM (app.case_grant g
     CROSS JOIN LATERAL ( VALUES (g.enrolment_id), (
                CASE
                    WHEN (g.kind = ANY (ARRAY['participant'::text, 'break_coach'::text])) THEN g.cohort_id
                    ELSE NULL::uuid
                END)) t(id))
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND ((cohort_id IN ( SELECT d.cohort_id
   FROM app.cohort_duty d
  WHERE ((d.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (d.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (d.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (d.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))) OR (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND ((cohort_id IN ( SELECT d.cohort_id
   FROM app.cohort_duty d
  WHERE ((d.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (d.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (d.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (d.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))) OR (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))))
grant insert, select, update to kuukausi_web
grant select to kuukausi_duty

-- meeting_move
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column by_id uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column cohort_id uuid not null
column from_on date not null
column id uuid not null
column meeting_id uuid not null
column org_id uuid not null
column reason text not null default ''::text
column to_on date not null
constraint meeting_move_org_id_cohort_id_fkey FOREIGN KEY (org_id, cohort_id) REFERENCES app.cohort(org_id, id)
constraint meeting_move_org_id_meeting_id_fkey FOREIGN KEY (org_id, meeting_id) REFERENCES app.meeting(org_id, id)
constraint meeting_move_pkey PRIMARY KEY (org_id, id)
INDEX meeting_move_org_id_cohort_id_at_idx ON app.meeting_move USING btree (org_id, cohort_id, at DESC)
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text)
    AND (cohort_id IN ( SELECT d.cohort_id
   FROM app.cohort_duty d
  WHERE ((d.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (d.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (d.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (d.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (cohort_id IN ( SELECT d.cohort_id
   FROM app.cohort_duty d
  WHERE ((d.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (d.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (d.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (d.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
grant insert, select to kuukausi_web

-- membership
column account_id uuid not null
column created_at timestamp with time zone not null
column disabled_at timestamp with time zone
column email text not null
column employment_area text not null default ''::text
column id uuid not null
column invited_by uuid
column name text not null
column org_id uuid not null
column role text not null
column version integer not null default 1
constraint membership_account_id_fkey FOREIGN KEY (account_id) REFERENCES app.account(id)
constraint membership_org_id_account_id_role_key UNIQUE (org_id, account_id, role)
constraint membership_org_id_fkey FOREIGN KEY (org_id) REFERENCES app.organisation(id)
constraint membership_pkey PRIMARY KEY (org_id, id)
constraint membership_role_check CHECK ((role = ANY (ARRAY['coach'::text, 'coordinator'::text, 'expert'::text, 'participant'::text, 'admin'::text])))
INDEX membership_account_id_idx ON app.membership USING btree (account_id)
policy own_kuukausi_door for all to kuukausi_door
  using true
  with check true
policy own_kuukausi_duty for all to kuukausi_duty
  using true
  with check true
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND ((role <> 'participant'::text) OR (id = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif")) OR (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'admin'::text)))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'admin'::text)
    AND (NOT (id = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif"))))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'admin'::text)
    AND (NOT (id = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif"))))
TRIGGER drafts_end AFTER UPDATE ON app.membership FOR EACH ROW EXECUTE FUNCTION app.drafts_end()
TRIGGER ends AFTER UPDATE ON app.membership FOR EACH ROW EXECUTE FUNCTION app.membership_ends()
grant insert, select, update to kuukausi_door
grant select to kuukausi_duty
grant select to kuukausi_web
grant update (disabled_at, role, version) to kuukausi_web

-- name_token
column org_id uuid not null
column participant_id uuid not null
column token text not null
constraint name_token_org_id_participant_id_fkey FOREIGN KEY (org_id, participant_id) REFERENCES app.participant(org_id, id)
constraint name_token_pkey PRIMARY KEY (org_id, participant_id, token)
policy own_kuukausi_duty for all to kuukausi_duty
  using true
  with check true
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (participant_id IN ( SELECT g.participant_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text, 'coordinator'::text, 'expert'::text, 'break_expert'::text, 'participant'::text, 'follow_up'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
grant delete, insert, select to kuukausi_duty
grant select to kuukausi_web

-- national_id
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column code_index bytea not null
column entered_by uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column org_id uuid not null
column participant_id uuid not null
column sealed bytea not null
column version integer not null default 1
constraint national_id_org_id_code_index_key UNIQUE (org_id, code_index)
constraint national_id_org_id_participant_id_fkey FOREIGN KEY (org_id, participant_id) REFERENCES app.participant(org_id, id)
constraint national_id_pkey PRIMARY KEY (org_id, participant_id)
policy own_kuukausi_duty for all to kuukausi_duty
  using true
  with check true
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'expert'::text]))
    AND (participant_id IN ( SELECT g.participant_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'expert'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'expert'::text, 'break_expert'::text, 'participant'::text]))
    AND (participant_id IN ( SELECT g.participant_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text, 'expert'::text, 'break_expert'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text)
    AND (participant_id IN ( SELECT g.participant_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text)
    AND (participant_id IN ( SELECT g.participant_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
grant insert, select, update to kuukausi_web
grant select, update to kuukausi_duty

-- note
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column batch_id uuid
column body text not null
column corrections integer not null default 0
column enrolment_id uuid not null
column id uuid not null
column in_review boolean not null default true
column org_id uuid not null
column source text not null
column version integer not null default 1
column visibility text not null
column wording text not null default ''::text
column written_by uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
constraint note_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint note_org_id_written_by_fkey FOREIGN KEY (org_id, written_by) REFERENCES app.membership(org_id, id)
constraint note_pkey PRIMARY KEY (org_id, id)
constraint note_source_check CHECK ((source = ANY (ARRAY['participant'::text, 'coach'::text, 'site'::text, 'expert'::text, 'other'::text])))
constraint note_visibility_check CHECK ((visibility = ANY (ARRAY['private'::text, 'case'::text, 'shared'::text])))
INDEX note_org_id_enrolment_id_at_idx ON app.note USING btree (org_id, enrolment_id, at DESC)
policy web_delete for delete to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (written_by = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))
    AND (visibility = 'private'::text))
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (written_by = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'participant'::text]))
    AND ((visibility = 'shared'::text) OR ((( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text)
    AND ((visibility = 'case'::text) OR (written_by = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif")))))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (written_by = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (written_by = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
grant delete, insert, select to kuukausi_web
grant update (body, corrections, in_review, version, visibility, wording) to kuukausi_web

-- note_before
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column body text not null
column enrolment_id uuid not null
column note_id uuid not null
column number integer not null
column org_id uuid not null
column visibility text not null
constraint note_before_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint note_before_org_id_note_id_fkey FOREIGN KEY (org_id, note_id) REFERENCES app.note(org_id, id)
constraint note_before_pkey PRIMARY KEY (org_id, note_id, number)
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
grant insert, select to kuukausi_web

-- obstacle
column area text not null
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column body text not null
column enrolment_id uuid not null
column entered_by uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column id uuid not null
column org_id uuid not null
column solved_at timestamp with time zone
column solved_by uuid
column source text not null
column version integer not null default 1
constraint obstacle_area_check CHECK ((area = ANY (ARRAY['ability'::text, 'mobility'::text, 'skills'::text, 'digital'::text, 'language'::text, 'life'::text, 'other'::text])))
constraint obstacle_check CHECK (((solved_at IS NULL) = (solved_by IS NULL)))
constraint obstacle_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint obstacle_pkey PRIMARY KEY (org_id, id)
constraint obstacle_source_check CHECK ((source = ANY (ARRAY['participant'::text, 'coach'::text, 'site'::text, 'expert'::text, 'other'::text])))
INDEX obstacle_org_id_enrolment_id_at_idx ON app.obstacle USING btree (org_id, enrolment_id, at)
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
grant insert, select to kuukausi_web
grant update (solved_at, solved_by, version) to kuukausi_web

-- open_day
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column cancelled_at timestamp with time zone
column cohort_id uuid
column ends_at smallint not null
column entered_by uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column held_on date not null
column id uuid not null
column kind text not null
column org_id uuid not null
column place text not null
column seats smallint not null
column seats_taken smallint not null default 0
column site_id uuid
column starts_at smallint not null
column version integer not null default 1
column what text not null default ''::text
constraint open_day_check CHECK ((ends_at > starts_at))
constraint open_day_check1 CHECK (((seats_taken >= 0) AND (seats_taken <= seats)))
constraint open_day_check2 CHECK (((kind = 'employer_hour'::text) = (cohort_id IS NOT NULL)))
constraint open_day_kind_check CHECK ((kind = ANY (ARRAY['visit'::text, 'employer_hour'::text])))
constraint open_day_org_id_cohort_id_fkey FOREIGN KEY (org_id, cohort_id) REFERENCES app.cohort(org_id, id)
constraint open_day_org_id_entered_by_fkey FOREIGN KEY (org_id, entered_by) REFERENCES app.membership(org_id, id)
constraint open_day_org_id_fkey FOREIGN KEY (org_id) REFERENCES app.organisation(id)
constraint open_day_org_id_site_id_fkey FOREIGN KEY (org_id, site_id) REFERENCES app.site(org_id, id)
constraint open_day_pkey PRIMARY KEY (org_id, id)
constraint open_day_seats_check CHECK (((seats >= 1) AND (seats <= 200)))
INDEX open_day_org_id_held_on_idx ON app.open_day USING btree (org_id, held_on)
policy own_kuukausi_duty for all to kuukausi_duty
  using true
  with check true
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'coordinator'::text]))
    AND ((cohort_id IS NULL) OR (cohort_id IN ( SELECT d.cohort_id
   FROM app.cohort_duty d
  WHERE ((d.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (d.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (d.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (d.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND ((( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'coordinator'::text])) OR ((( SELECT current_setting('app.role'::text, true) AS current_setting) = 'participant'::text)
    AND ((cohort_id IS NULL) OR (cohort_id IN ( SELECT g.cohort_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = 'participant'::text)
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))))))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND ((( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coordinator'::text) OR ((( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text)
    AND (entered_by = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif"))))
    AND ((cohort_id IS NULL) OR (cohort_id IN ( SELECT d.cohort_id
   FROM app.cohort_duty d
  WHERE ((d.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (d.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (d.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (d.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND ((( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coordinator'::text) OR ((( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text)
    AND (entered_by = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif"))))
    AND ((cohort_id IS NULL) OR (cohort_id IN ( SELECT d.cohort_id
   FROM app.cohort_duty d
  WHERE ((d.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (d.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (d.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (d.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))))
grant select to kuukausi_web
grant select, update to kuukausi_duty
grant insert (cohort_id, ends_at, held_on, id, kind, org_id, place, seats, site_id, starts_at, what) to kuukausi_web
grant update (cancelled_at, version) to kuukausi_web

-- open_day_signup
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column by_id uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column enrolment_id uuid not null
column id uuid not null
column open_day_id uuid not null
column org_id uuid not null
column withdrawn_at timestamp with time zone
constraint open_day_signup_org_id_by_id_fkey FOREIGN KEY (org_id, by_id) REFERENCES app.membership(org_id, id)
constraint open_day_signup_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint open_day_signup_org_id_open_day_id_fkey FOREIGN KEY (org_id, open_day_id) REFERENCES app.open_day(org_id, id)
constraint open_day_signup_pkey PRIMARY KEY (org_id, id)
UNIQUE INDEX signup_once ON app.open_day_signup USING btree (org_id, open_day_id, enrolment_id) WHERE (withdrawn_at IS NULL)
policy own_kuukausi_duty for all to kuukausi_duty
  using true
  with check true
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'coordinator'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'coordinator'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'coordinator'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'coordinator'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
grant insert, select to kuukausi_web
grant select to kuukausi_duty
grant update (withdrawn_at) to kuukausi_web

-- organisation
column created_at timestamp with time zone not null
column data_contact uuid
column id uuid not null
column name text not null
constraint organisation_id_data_contact_fkey FOREIGN KEY (id, data_contact) REFERENCES app.membership(org_id, id)
constraint organisation_pkey PRIMARY KEY (id)
policy own_kuukausi_door for all to kuukausi_door
  using true
  with check true
policy own_kuukausi_duty for all to kuukausi_duty
  using true
policy web_select for select to kuukausi_web
  using (id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
policy web_update for update to kuukausi_web
  using ((id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'admin'::text))
  with check ((id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'admin'::text))
grant select to kuukausi_door
grant select to kuukausi_duty
grant select to kuukausi_web
grant update (data_contact) to kuukausi_web

-- organiser_assessment
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column comment text not null default ''::text
column commented_at timestamp with time zone
column enrolment_id uuid not null
column entered_by uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column given_by text not null
column given_on date not null
column how text not null
column number smallint not null
column org_id uuid not null
column skills text not null default ''::text
column suitability text not null
column trial_id uuid not null
column version integer not null default 1
constraint organiser_assessment_how_check CHECK ((how = ANY (ARRAY['paper'::text, 'phone'::text, 'visit'::text])))
constraint organiser_assessment_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint organiser_assessment_org_id_entered_by_fkey FOREIGN KEY (org_id, entered_by) REFERENCES app.membership(org_id, id)
constraint organiser_assessment_org_id_trial_id_enrolment_id_fkey FOREIGN KEY (org_id, trial_id, enrolment_id) REFERENCES app.trial(org_id, id, enrolment_id)
constraint organiser_assessment_pkey PRIMARY KEY (org_id, trial_id, number)
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'coordinator'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'coordinator'::text, 'expert'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))
    AND (trial_id IN ( SELECT t.id
   FROM app.trial t)))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = 'participant'::text)
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = 'participant'::text)
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
grant select to kuukausi_web
grant insert (enrolment_id, given_by, given_on, how, number, org_id, skills, suitability, trial_id) to kuukausi_web
grant update (comment, commented_at, version) to kuukausi_web

-- outcome
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column by_id uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column enrolment_id uuid not null
column evidence text not null default ''::text
column id uuid not null
column kind text not null
column on_day date not null
column org_id uuid not null
constraint outcome_kind_check CHECK ((kind = ANY (ARRAY['employed_open'::text, 'employed_subsidised'::text, 'self_employed'::text, 'study_degree'::text, 'study_short'::text, 'apprenticeship'::text, 'work_trial_continues'::text, 'work_trial_new'::text, 'vocational_rehab'::text, 'health_check_referral'::text, 'rehabilitative_work'::text, 'other_service_non_te'::text, 'job_search_continues'::text, 'withdrew'::text, 'interrupted_by_authority'::text, 'moved'::text, 'deceased'::text, 'unknown'::text])))
constraint outcome_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint outcome_pkey PRIMARY KEY (org_id, id)
INDEX outcome_org_id_enrolment_id_at_idx ON app.outcome USING btree (org_id, enrolment_id, at)
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text, 'participant'::text, 'expert'::text, 'follow_up'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
grant insert, select to kuukausi_web

-- participant
column account_id uuid
column born_on date not null
column code_known boolean not null default false
column created_at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column created_by uuid not null
column email text not null default ''::text
column first_name text not null
column id uuid not null
column lang text not null default 'fi'::text
column last_name text not null
column merged_into uuid
column municipality text not null default ''::text
column no_phone boolean not null default false
column org_id uuid not null
column phone text not null default ''::text
column protected boolean not null default false
column strengths text not null default ''::text
column version integer not null default 1
constraint participant_account_id_fkey FOREIGN KEY (account_id) REFERENCES app.account(id)
constraint participant_lang_check CHECK ((lang = ANY (ARRAY['fi'::text, 'sv'::text, 'en'::text])))
constraint participant_org_id_created_by_fkey FOREIGN KEY (org_id, created_by) REFERENCES app.membership(org_id, id)
constraint participant_org_id_fkey FOREIGN KEY (org_id) REFERENCES app.organisation(id)
constraint participant_org_id_merged_into_fkey FOREIGN KEY (org_id, merged_into) REFERENCES app.participant(org_id, id)
constraint participant_pkey PRIMARY KEY (org_id, id)
INDEX participant_by_birth ON app.participant USING btree (org_id, born_on)
policy own_kuukausi_duty for all to kuukausi_duty
  using true
  with check true
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (created_by = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'coordinator'::text, 'expert'::text])))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (id IN ( SELECT g.participant_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text, 'coordinator'::text, 'expert'::text, 'break_expert'::text, 'participant'::text, 'follow_up'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (id IN ( SELECT g.participant_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (id IN ( SELECT g.participant_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
TRIGGER names AFTER INSERT OR UPDATE OF first_name, last_name ON app.participant FOR EACH ROW EXECUTE FUNCTION app.name_changes()
TRIGGER who BEFORE UPDATE OF first_name, last_name, born_on, lang ON app.participant FOR EACH ROW WHEN (((((old.first_name IS DISTINCT FROM new.first_name) OR (old.last_name IS DISTINCT FROM new.last_name)) OR (old.born_on IS DISTINCT FROM new.born_on)) OR (old.lang IS DISTINCT FROM new.lang))) EXECUTE FUNCTION app.who_corrects()
grant insert, select to kuukausi_web
grant select, update to kuukausi_duty
grant update (born_on, code_known, email, first_name, lang, last_name, municipality, no_phone, phone, strengths, version) to kuukausi_web

-- person_merge
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column by_id uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column enrolment_ids uuid[] not null
column id uuid not null
column kept_id uuid not null
column merged_id uuid not null
column org_id uuid not null
column undone_at timestamp with time zone
constraint person_merge_check CHECK ((kept_id <> merged_id))
constraint person_merge_org_id_kept_id_fkey FOREIGN KEY (org_id, kept_id) REFERENCES app.participant(org_id, id)
constraint person_merge_org_id_merged_id_fkey FOREIGN KEY (org_id, merged_id) REFERENCES app.participant(org_id, id)
constraint person_merge_pkey PRIMARY KEY (org_id, id)
INDEX person_merge_org_id_kept_id_idx ON app.person_merge USING btree (org_id, kept_id)
policy own_kuukausi_duty for all to kuukausi_duty
  using true
  with check true
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text)
    AND (kept_id IN ( SELECT g.participant_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
grant insert, select, update to kuukausi_duty
grant select to kuukausi_web

-- placement_profile
column approved_how text not null default ''::text
column approved_on date
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column enrolment_id uuid not null
column entered_by uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column fields text[] not null default '{}'::text[]
column limits text not null default ''::text
column municipalities text not null default ''::text
column org_id uuid not null
column tasks text not null default ''::text
column travel_minutes smallint not null default 0
column version integer not null default 1
constraint placement_profile_approved_how_check CHECK ((approved_how = ANY (ARRAY[''::text, 'self'::text, 'present'::text, 'phone'::text, 'paper'::text])))
constraint placement_profile_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint placement_profile_org_id_entered_by_fkey FOREIGN KEY (org_id, entered_by) REFERENCES app.membership(org_id, id)
constraint placement_profile_pkey PRIMARY KEY (org_id, enrolment_id)
constraint placement_profile_travel_minutes_check CHECK (((travel_minutes >= 0) AND (travel_minutes <= 300)))
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (((approved_how <> 'self'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))) OR (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = 'participant'::text)
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND ((enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))) OR (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = 'participant'::text)
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))) OR ((approved_on IS NOT NULL)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = 'coordinator'::text)
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (((approved_how <> 'self'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))) OR (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = 'participant'::text)
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (((approved_how <> 'self'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))) OR (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = 'participant'::text)
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))))
grant insert, select, update to kuukausi_web

-- pre_assignment
column answer text not null default ''::text
column comment text not null default ''::text
column discussed_at timestamp with time zone
column discussed_by uuid
column due_on date not null
column enrolment_id uuid not null
column entered_by uuid
column how text
column id uuid not null
column number smallint not null
column opened_at timestamp with time zone
column org_id uuid not null
column returned_at timestamp with time zone
column version integer not null default 1
constraint pre_assignment_check CHECK (((returned_at IS NULL) = (how IS NULL)))
constraint pre_assignment_check1 CHECK (((discussed_at IS NULL) OR (returned_at IS NOT NULL)))
constraint pre_assignment_how_check CHECK ((how = ANY (ARRAY['self'::text, 'told'::text, 'paper'::text])))
constraint pre_assignment_number_check CHECK ((number > 0))
constraint pre_assignment_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint pre_assignment_org_id_enrolment_id_number_key UNIQUE (org_id, enrolment_id, number)
constraint pre_assignment_pkey PRIMARY KEY (org_id, id)
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'participant'::text]))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (((( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))) OR ((( SELECT current_setting('app.role'::text, true) AS current_setting) = 'participant'::text)
    AND (discussed_at IS NULL)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = 'participant'::text)
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (((( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))) OR ((( SELECT current_setting('app.role'::text, true) AS current_setting) = 'participant'::text)
    AND (discussed_at IS NULL)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = 'participant'::text)
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))))
grant insert, select to kuukausi_web
grant update (answer, comment, discussed_at, discussed_by, entered_by, how, opened_at, returned_at, version) to kuukausi_web

-- programme_contact
column code text not null
column day_offset smallint not null
column number smallint not null
column org_id uuid not null
column version_id uuid not null
constraint programme_contact_org_id_version_id_fkey FOREIGN KEY (org_id, version_id) REFERENCES app.programme_version(org_id, id)
constraint programme_contact_pkey PRIMARY KEY (org_id, version_id, number)
policy web_delete for delete to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'admin'::text)
    AND (version_id IN ( SELECT v.id
   FROM app.programme_version v
  WHERE ((v.org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (v.published_at IS NULL)))))
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'admin'::text)
    AND (version_id IN ( SELECT v.id
   FROM app.programme_version v
  WHERE ((v.org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (v.published_at IS NULL)))))
policy web_select for select to kuukausi_web
  using (org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
grant delete, insert, select to kuukausi_web

-- programme_model
column code text not null
column id uuid not null
column org_id uuid not null
column pre_assignments smallint not null
constraint programme_model_org_id_code_key UNIQUE (org_id, code)
constraint programme_model_org_id_fkey FOREIGN KEY (org_id) REFERENCES app.organisation(id)
constraint programme_model_pkey PRIMARY KEY (org_id, id)
policy web_delete for delete to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'admin'::text))
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'admin'::text))
policy web_select for select to kuukausi_web
  using (org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'admin'::text))
grant delete, insert, select to kuukausi_web
grant update (pre_assignments) to kuukausi_web

-- programme_slot
column day smallint not null
column ends_at smallint not null
column half smallint not null
column kind text not null
column org_id uuid not null
column starts_at smallint not null
column version_id uuid not null
column week smallint not null
constraint programme_slot_check CHECK ((ends_at > starts_at))
constraint programme_slot_day_check CHECK ((day > 0))
constraint programme_slot_half_check CHECK ((half = ANY (ARRAY[1, 2])))
constraint programme_slot_kind_check CHECK ((kind = ANY (ARRAY['group'::text, 'trial'::text, 'single'::text])))
constraint programme_slot_org_id_version_id_fkey FOREIGN KEY (org_id, version_id) REFERENCES app.programme_version(org_id, id)
constraint programme_slot_pkey PRIMARY KEY (org_id, version_id, day, half)
policy web_delete for delete to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'admin'::text)
    AND (version_id IN ( SELECT v.id
   FROM app.programme_version v
  WHERE ((v.org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (v.published_at IS NULL)))))
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'admin'::text)
    AND (version_id IN ( SELECT v.id
   FROM app.programme_version v
  WHERE ((v.org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (v.published_at IS NULL)))))
policy web_select for select to kuukausi_web
  using (org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
grant delete, insert, select to kuukausi_web

-- programme_text
column body text not null
column lang text not null
column org_id uuid not null
column subject text not null
column version_id uuid not null
constraint programme_text_lang_check CHECK ((lang = ANY (ARRAY['fi'::text, 'sv'::text, 'en'::text])))
constraint programme_text_org_id_version_id_fkey FOREIGN KEY (org_id, version_id) REFERENCES app.programme_version(org_id, id)
constraint programme_text_pkey PRIMARY KEY (org_id, version_id, subject, lang)
policy web_delete for delete to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'admin'::text)
    AND (version_id IN ( SELECT v.id
   FROM app.programme_version v
  WHERE ((v.org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (v.published_at IS NULL)))))
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'admin'::text)
    AND (version_id IN ( SELECT v.id
   FROM app.programme_version v
  WHERE ((v.org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (v.published_at IS NULL)))))
policy web_select for select to kuukausi_web
  using (org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
grant delete, insert, select to kuukausi_web

-- programme_version
column coaching_kind text not null
column edition integer not null default 1
column id uuid not null
column in_cohort boolean not null
column model_id uuid not null
column org_id uuid not null
column outcomes text[] not null
column pre_assignments smallint not null
column published_at timestamp with time zone
column review_parties text[] not null
column shape jsonb not null
column size_max smallint not null
column size_min smallint not null
column version integer not null
column weeks smallint not null
constraint programme_version_coaching_kind_check CHECK ((coaching_kind = ANY (ARRAY['job_search_coaching'::text, 'career_coaching'::text, 'job_coaching'::text])))
constraint programme_version_org_id_model_id_fkey FOREIGN KEY (org_id, model_id) REFERENCES app.programme_model(org_id, id)
constraint programme_version_org_id_model_id_version_key UNIQUE (org_id, model_id, version)
constraint programme_version_pkey PRIMARY KEY (org_id, id)
constraint programme_version_weeks_check CHECK (((weeks >= 1) AND (weeks <= 104)))
policy web_delete for delete to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'admin'::text)
    AND (published_at IS NULL))
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'admin'::text)
    AND (published_at IS NULL))
policy web_select for select to kuukausi_web
  using (org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'admin'::text)
    AND (published_at IS NULL))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'admin'::text))
grant delete, insert, select, update to kuukausi_web

-- promise
column agreed_by uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column body text not null
column done_at timestamp with time zone
column done_by uuid
column due_on date
column enrolment_id uuid not null
column id uuid not null
column org_id uuid not null
column owner text not null
column version integer not null default 1
constraint promise_check CHECK (((done_at IS NULL) = (done_by IS NULL)))
constraint promise_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint promise_owner_check CHECK ((owner = ANY (ARRAY['coach'::text, 'coordinator'::text, 'expert'::text, 'participant'::text])))
constraint promise_pkey PRIMARY KEY (org_id, id)
INDEX promise_org_id_enrolment_id_at_idx ON app.promise USING btree (org_id, enrolment_id, at)
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND ((( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text) OR (owner = ( SELECT current_setting('app.role'::text, true) AS current_setting)))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text, 'coordinator'::text, 'expert'::text, 'break_expert'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND ((( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text) OR ((owner = ( SELECT current_setting('app.role'::text, true) AS current_setting))
    AND (owner <> 'participant'::text)))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'coordinator'::text, 'expert'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND ((( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text) OR ((owner = ( SELECT current_setting('app.role'::text, true) AS current_setting))
    AND (owner <> 'participant'::text)))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'coordinator'::text, 'expert'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
grant insert, select to kuukausi_web
grant update (done_at, done_by, version) to kuukausi_web

-- protection_order
column address text not null default ''::text
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column coach_id uuid not null
column coordinator_id uuid
column email text not null default ''::text
column entered_by uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column municipality text not null default ''::text
column org_id uuid not null
column participant_id uuid not null
column phone text not null default ''::text
column version integer not null default 1
constraint protection_order_org_id_coach_id_fkey FOREIGN KEY (org_id, coach_id) REFERENCES app.membership(org_id, id)
constraint protection_order_org_id_coordinator_id_fkey FOREIGN KEY (org_id, coordinator_id) REFERENCES app.membership(org_id, id)
constraint protection_order_org_id_participant_id_fkey FOREIGN KEY (org_id, participant_id) REFERENCES app.participant(org_id, id)
constraint protection_order_pkey PRIMARY KEY (org_id, participant_id)
policy own_kuukausi_duty for all to kuukausi_duty
  using true
  with check true
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'coordinator'::text]))
    AND ((coach_id = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif")) OR (coordinator_id = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif"))))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text)
    AND (coach_id = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif")))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text)
    AND (coach_id = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif")))
grant delete, insert, select, update to kuukausi_duty
grant select to kuukausi_web
grant update (address, email, municipality, phone, version) to kuukausi_web

-- referral
column agreed_how text not null
column agreed_on date not null
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column enrolment_id uuid not null
column entered_by uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column id uuid not null
column kind text not null
column org_id uuid not null
column reason text not null
constraint referral_agreed_how_check CHECK ((agreed_how = ANY (ARRAY['present'::text, 'phone'::text, 'paper'::text])))
constraint referral_kind_check CHECK ((kind = ANY (ARRAY['health_check'::text, 'vocational_rehab'::text])))
constraint referral_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint referral_pkey PRIMARY KEY (org_id, id)
INDEX referral_org_id_enrolment_id_at_idx ON app.referral USING btree (org_id, enrolment_id, at)
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
grant insert, select to kuukausi_web

-- review
column created_at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column enrolment_id uuid not null
column id uuid not null
column meets_at smallint not null
column meets_on date not null
column number integer not null default 0
column org_id uuid not null
column place text not null default ''::text
column state text not null default 'draft'::text
column version integer not null default 1
constraint review_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint review_org_id_enrolment_id_key UNIQUE (org_id, enrolment_id)
constraint review_pkey PRIMARY KEY (org_id, id)
constraint review_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'ready'::text, 'locked'::text])))
INDEX review_org_id_meets_on_idx ON app.review USING btree (org_id, meets_on)
policy own_kuukausi_duty for all to kuukausi_duty
  using true
  with check true
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND ((state <> 'draft'::text) OR (NOT (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'expert'::text)))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text, 'participant'::text, 'expert'::text, 'break_expert'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
grant insert, select, update to kuukausi_web
grant select, update to kuukausi_duty

-- review_acknowledgement
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column by_id uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column enrolment_id uuid not null
column hash bytea not null
column how text not null
column id uuid not null
column number integer not null
column org_id uuid not null
column party text not null
column review_id uuid not null
constraint review_acknowledgement_how_check CHECK ((how = ANY (ARRAY['own_login'::text, 'coach_device'::text])))
constraint review_acknowledgement_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint review_acknowledgement_org_id_review_id_number_fkey FOREIGN KEY (org_id, review_id, number) REFERENCES app.review_version(org_id, review_id, number)
constraint review_acknowledgement_org_id_review_id_number_party_key UNIQUE (org_id, review_id, number, party)
constraint review_acknowledgement_party_check CHECK ((party = ANY (ARRAY['participant'::text, 'coach'::text, 'expert'::text])))
constraint review_acknowledgement_pkey PRIMARY KEY (org_id, id)
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (((party = 'coach'::text)
    AND (how = 'own_login'::text)
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))) OR ((party = 'expert'::text)
    AND (how = 'own_login'::text)
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'expert'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = 'expert'::text)
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))) OR ((party = 'participant'::text)
    AND (how = 'own_login'::text)
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'participant'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = 'participant'::text)
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))) OR ((party = 'participant'::text)
    AND (how = 'coach_device'::text)
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'handed'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))))
    AND (review_id IN ( SELECT r.id
   FROM app.review r)))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text, 'participant'::text, 'expert'::text, 'break_expert'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))
    AND (review_id IN ( SELECT r.id
   FROM app.review r)))
grant insert, select to kuukausi_web

-- review_version
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column body jsonb not null
column by_id uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column enrolment_id uuid not null
column hash bytea not null
column lang text not null
column number integer not null
column org_id uuid not null
column review_id uuid not null
constraint review_version_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint review_version_org_id_review_id_fkey FOREIGN KEY (org_id, review_id) REFERENCES app.review(org_id, id)
constraint review_version_pkey PRIMARY KEY (org_id, review_id, number)
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text, 'participant'::text, 'expert'::text, 'break_expert'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))
    AND (review_id IN ( SELECT r.id
   FROM app.review r)))
grant insert, select to kuukausi_web

-- room
column computers smallint not null
column created_by uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column id uuid not null
column name text not null
column org_id uuid not null
column place text not null default ''::text
column seats smallint not null
column version integer not null default 1
constraint room_computers_check CHECK ((computers >= 0))
constraint room_org_id_created_by_fkey FOREIGN KEY (org_id, created_by) REFERENCES app.membership(org_id, id)
constraint room_org_id_fkey FOREIGN KEY (org_id) REFERENCES app.organisation(id)
constraint room_pkey PRIMARY KEY (org_id, id)
constraint room_seats_check CHECK ((seats >= 0))
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'coordinator'::text]))
    AND (created_by = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif")))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'coordinator'::text])))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'coordinator'::text])))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'coordinator'::text])))
grant insert, select to kuukausi_web
grant update (computers, name, place, seats, version) to kuukausi_web

-- saved_view
column actor_id uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column id uuid not null
column name text not null
column org_id uuid not null default (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid
column page text not null
column query text not null
constraint saved_view_org_id_actor_id_fkey FOREIGN KEY (org_id, actor_id) REFERENCES app.membership(org_id, id)
constraint saved_view_org_id_actor_id_page_name_key UNIQUE (org_id, actor_id, page, name)
constraint saved_view_org_id_fkey FOREIGN KEY (org_id) REFERENCES app.organisation(id)
constraint saved_view_page_check CHECK ((page = 'participants'::text))
constraint saved_view_pkey PRIMARY KEY (org_id, actor_id, id)
policy web_delete for delete to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (actor_id = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif")))
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (actor_id = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif")))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (actor_id = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif")))
grant delete, insert, select to kuukausi_web

-- search_step
column done_on date not null
column enrolment_id uuid not null
column from_mark boolean not null default false
column id uuid not null
column kind text not null
column org_id uuid not null
column shared boolean not null
constraint search_step_kind_check CHECK ((kind = ANY (ARRAY['application'::text, 'call'::text, 'hidden_job'::text, 'interview'::text, 'rehearsal'::text, 'visit'::text, 'offer'::text])))
constraint search_step_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint search_step_pkey PRIMARY KEY (org_id, id)
INDEX search_step_org_id_enrolment_id_kind_done_on_shared_idx ON app.search_step USING btree (org_id, enrolment_id) INCLUDE (kind, done_on, shared)
policy own_kuukausi_duty for all to kuukausi_duty
  using true
  with check true
policy web_delete for delete to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND from_mark
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (shared OR (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'participant'::text))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
grant delete, insert, select, update to kuukausi_web
grant select, update to kuukausi_duty

-- signal_seen
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column enrolment_id uuid not null
column kind text not null
column org_id uuid not null default (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid
column user_id uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
constraint signal_seen_kind_check CHECK ((kind = ANY (ARRAY['declined'::text, 'interrupted'::text])))
constraint signal_seen_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint signal_seen_org_id_user_id_fkey FOREIGN KEY (org_id, user_id) REFERENCES app.membership(org_id, id)
constraint signal_seen_pkey PRIMARY KEY (org_id, user_id, enrolment_id, kind)
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (user_id = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif")))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (user_id = ( SELECT (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid AS "nullif")))
grant insert, select to kuukausi_web

-- site
column address text not null default ''::text
column contact_limit smallint not null default 0
column cooled_reason text not null default ''::text
column cooled_until date
column employer_id uuid not null
column field text not null default ''::text
column id uuid not null
column municipality text not null default ''::text
column name text not null
column org_id uuid not null
column tasks text not null default ''::text
column version integer not null default 1
constraint site_contact_limit_check CHECK ((contact_limit >= 0))
constraint site_org_id_employer_id_fkey FOREIGN KEY (org_id, employer_id) REFERENCES app.employer(org_id, id)
constraint site_pkey PRIMARY KEY (org_id, id)
INDEX site_org_id_employer_id_idx ON app.site USING btree (org_id, employer_id)
policy own_kuukausi_duty for all to kuukausi_duty
  using true
  with check true
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coordinator'::text))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'coordinator'::text, 'expert'::text, 'handed'::text, 'participant'::text])))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coordinator'::text))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coordinator'::text))
grant insert, select, update to kuukausi_web
grant select to kuukausi_duty

-- site_capacity
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column ended boolean not null default false
column entered_by uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column from_on date not null
column id uuid not null
column org_id uuid not null
column places smallint not null
column site_id uuid not null
column until_on date not null
column version integer not null default 1
constraint site_capacity_check CHECK ((until_on >= from_on))
constraint site_capacity_org_id_entered_by_fkey FOREIGN KEY (org_id, entered_by) REFERENCES app.membership(org_id, id)
constraint site_capacity_org_id_site_id_fkey FOREIGN KEY (org_id, site_id) REFERENCES app.site(org_id, id)
constraint site_capacity_pkey PRIMARY KEY (org_id, id)
constraint site_capacity_places_check CHECK (((places >= 0) AND (places <= 99)))
INDEX site_capacity_org_id_site_id_from_on_idx ON app.site_capacity USING btree (org_id, site_id, from_on)
policy own_kuukausi_duty for all to kuukausi_duty
  using true
  with check true
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coordinator'::text))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'coordinator'::text, 'expert'::text])))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coordinator'::text))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coordinator'::text))
grant insert, select to kuukausi_web
grant select to kuukausi_duty
grant update (ended, version) to kuukausi_web

-- site_contact
column about text not null default ''::text
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column by_id uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column id uuid not null
column kind text not null
column on_day date not null
column org_id uuid not null
column site_id uuid not null
column trial_id uuid
constraint site_contact_about_check CHECK ((about = ANY (ARRAY[''::text, 'induction'::text, 'tasks'::text, 'guidance'::text, 'wellbeing'::text, 'agreement'::text, 'ending'::text])))
constraint site_contact_kind_check CHECK ((kind = ANY (ARRAY['call'::text, 'visit'::text, 'message'::text, 'meeting'::text])))
constraint site_contact_org_id_site_id_fkey FOREIGN KEY (org_id, site_id) REFERENCES app.site(org_id, id)
constraint site_contact_org_id_trial_id_fkey FOREIGN KEY (org_id, trial_id) REFERENCES app.trial(org_id, id)
constraint site_contact_pkey PRIMARY KEY (org_id, id)
INDEX site_contact_org_id_site_id_on_day_idx ON app.site_contact USING btree (org_id, site_id, on_day DESC)
INDEX site_contact_org_id_trial_id_on_day_idx ON app.site_contact USING btree (org_id, trial_id, on_day DESC)
policy own_kuukausi_duty for all to kuukausi_duty
  using true
  with check true
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'coordinator'::text])))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'coordinator'::text, 'expert'::text, 'handed'::text])))
grant insert, select to kuukausi_web
grant select to kuukausi_duty

-- site_person
column email text not null default ''::text
column ended boolean not null default false
column id uuid not null
column name text not null
column org_id uuid not null
column phone text not null default ''::text
column site_id uuid not null
column version integer not null default 1
constraint site_person_org_id_site_id_fkey FOREIGN KEY (org_id, site_id) REFERENCES app.site(org_id, id)
constraint site_person_pkey PRIMARY KEY (org_id, id)
INDEX site_person_org_id_site_id_idx ON app.site_person USING btree (org_id, site_id)
policy mine for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'participant'::text)
    AND (id IN ( SELECT t.supervisor_id
   FROM app.trial t)))
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coordinator'::text))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'coordinator'::text, 'expert'::text, 'handed'::text])))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coordinator'::text))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coordinator'::text))
grant insert, select to kuukausi_web
grant update (ended, version) to kuukausi_web

-- text_version
column body text not null
column created_at timestamp with time zone not null
column id uuid not null
column key text not null
column lang text not null
column org_id uuid not null
column version integer not null
constraint text_version_lang_check CHECK ((lang = ANY (ARRAY['fi'::text, 'sv'::text, 'en'::text])))
constraint text_version_org_id_fkey FOREIGN KEY (org_id) REFERENCES app.organisation(id)
constraint text_version_org_id_key_lang_version_key UNIQUE (org_id, key, lang, version)
constraint text_version_pkey PRIMARY KEY (org_id, id)
policy web_select for select to kuukausi_web
  using (org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
grant select to kuukausi_web

-- transfer_approval
column approved boolean not null
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column by_id uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column enrolment_id uuid not null
column how text not null
column id uuid not null
column objection text not null default ''::text
column org_id uuid not null
column review_id uuid not null
constraint transfer_approval_how_check CHECK ((how = ANY (ARRAY['own_login'::text, 'coach_device'::text])))
constraint transfer_approval_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint transfer_approval_org_id_review_id_fkey FOREIGN KEY (org_id, review_id) REFERENCES app.review(org_id, id)
constraint transfer_approval_pkey PRIMARY KEY (org_id, id)
INDEX transfer_approval_org_id_review_id_at_idx ON app.transfer_approval USING btree (org_id, review_id, at)
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (((how = 'own_login'::text)
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'participant'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = 'participant'::text)
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))) OR ((how = 'coach_device'::text)
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'handed'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))))
    AND (review_id IN ( SELECT r.id
   FROM app.review r)))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text, 'participant'::text, 'expert'::text, 'break_expert'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))
    AND (review_id IN ( SELECT r.id
   FROM app.review r)))
grant insert, select to kuukausi_web

-- trial
column accepted_how text not null default ''::text
column accepted_on date
column agreed_until date
column bars_clear boolean not null default false
column benefit_check text not null default ''::text
column conditions text not null default ''::text
column continuing boolean not null default false
column created_at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column current_employer boolean not null default false
column day_minutes smallint not null
column end_reason text not null default ''::text
column ends_on date not null
column enrolment_id uuid not null
column former_employer boolean not null default false
column goals text not null default ''::text
column hired text not null default ''::text
column id uuid not null
column insurance_by uuid
column insurance_on date
column judged jsonb not null default '[]'::jsonb
column notice_on date
column org_id uuid not null
column payer text not null default ''::text
column protected boolean not null default false
column purpose text not null
column site_id uuid not null
column starts_at smallint not null
column starts_on date not null
column state text not null default 'draft'::text
column supervisor_id uuid
column tasks text not null default ''::text
column terminated_by text not null default ''::text
column version integer not null default 1
column week_days smallint not null
constraint trial_accepted_how_check CHECK ((accepted_how = ANY (ARRAY[''::text, 'self'::text, 'present'::text, 'phone'::text, 'paper'::text])))
constraint trial_benefit_check_check CHECK ((benefit_check = ANY (ARRAY[''::text, 'payer'::text, 'expert'::text])))
constraint trial_check CHECK ((ends_on >= starts_on))
constraint trial_hired_check CHECK ((hired = ANY (ARRAY[''::text, 'yes'::text, 'no'::text, 'unknown'::text])))
constraint trial_of_case UNIQUE (org_id, id, enrolment_id)
constraint trial_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint trial_org_id_site_id_fkey FOREIGN KEY (org_id, site_id) REFERENCES app.site(org_id, id)
constraint trial_org_id_supervisor_id_fkey FOREIGN KEY (org_id, supervisor_id) REFERENCES app.site_person(org_id, id)
constraint trial_payer_check CHECK ((payer = ANY (ARRAY[''::text, 'unemployment_fund'::text, 'kela_general_support'::text, 'kela_other'::text, 'none'::text])))
constraint trial_pkey PRIMARY KEY (org_id, id)
constraint trial_purpose_check CHECK ((purpose = ANY (ARRAY['career_options'::text, 'return_to_work'::text])))
constraint trial_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'active'::text, 'ended'::text, 'cancelled'::text, 'declined'::text])))
constraint trial_terminated_by_check CHECK ((terminated_by = ANY (ARRAY[''::text, 'participant'::text, 'organiser'::text, 'authority'::text])))
INDEX trial_held ON app.trial USING btree (org_id, site_id, ends_on) INCLUDE (starts_on, id, state) WHERE (state = ANY (ARRAY['draft'::text, 'active'::text]))
INDEX trial_of_site ON app.trial USING btree (org_id, site_id) INCLUDE (state, hired, enrolment_id)
INDEX trial_org_id_enrolment_id_starts_on_idx ON app.trial USING btree (org_id, enrolment_id, starts_on DESC)
policy own_kuukausi_duty for all to kuukausi_duty
  using true
  with check true
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = 'coordinator'::text)
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND ((NOT protected) OR (( SELECT current_setting('app.role'::text, true) AS current_setting) = ANY (ARRAY['coach'::text, 'coordinator'::text, 'participant'::text])))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text, 'coordinator'::text, 'expert'::text, 'break_expert'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = 'coordinator'::text)
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = 'coordinator'::text)
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
TRIGGER kept BEFORE UPDATE ON app.trial FOR EACH ROW EXECUTE FUNCTION app.trial_kept()
TRIGGER protects BEFORE INSERT ON app.trial FOR EACH ROW EXECUTE FUNCTION app.trial_protected()
grant select to kuukausi_web
grant select, update to kuukausi_duty
grant insert (bars_clear, benefit_check, conditions, continuing, current_employer, day_minutes, ends_on, enrolment_id, former_employer, goals, id, judged, org_id, payer, purpose, site_id, starts_at, starts_on, supervisor_id, tasks, week_days) to kuukausi_web
grant update (accepted_how, accepted_on, agreed_until, bars_clear, benefit_check, conditions, continuing, current_employer, day_minutes, end_reason, ends_on, former_employer, goals, hired, insurance_by, insurance_on, judged, notice_on, payer, purpose, site_id, starts_at, starts_on, state, supervisor_id, tasks, terminated_by, version, week_days) to kuukausi_web

-- trial_checkin
column code text not null
column contact_id uuid
column due_on date not null
column enrolment_id uuid not null
column id uuid not null
column org_id uuid not null
column trial_id uuid not null
constraint trial_checkin_org_id_contact_id_fkey FOREIGN KEY (org_id, contact_id) REFERENCES app.site_contact(org_id, id)
constraint trial_checkin_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint trial_checkin_org_id_trial_id_code_key UNIQUE (org_id, trial_id, code)
constraint trial_checkin_org_id_trial_id_enrolment_id_fkey FOREIGN KEY (org_id, trial_id, enrolment_id) REFERENCES app.trial(org_id, id, enrolment_id)
constraint trial_checkin_pkey PRIMARY KEY (org_id, id)
INDEX trial_checkin_org_id_enrolment_id_due_on_idx ON app.trial_checkin USING btree (org_id, enrolment_id, due_on) WHERE (contact_id IS NULL)
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = 'coordinator'::text)
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'coordinator'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'coordinator'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'coordinator'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
grant insert, select to kuukausi_web
grant update (contact_id, due_on) to kuukausi_web

-- trial_diary
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column body text not null default ''::text
column enrolment_id uuid not null
column id uuid not null
column mood text not null
column on_day date not null
column org_id uuid not null
column shared boolean not null
column topic boolean not null
column trial_id uuid not null
constraint trial_diary_mood_check CHECK ((mood = ANY (ARRAY['good'::text, 'fine'::text, 'mixed'::text, 'hard'::text])))
constraint trial_diary_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint trial_diary_org_id_trial_id_enrolment_id_fkey FOREIGN KEY (org_id, trial_id, enrolment_id) REFERENCES app.trial(org_id, id, enrolment_id)
constraint trial_diary_pkey PRIMARY KEY (org_id, id)
INDEX trial_diary_org_id_trial_id_on_day_idx ON app.trial_diary USING btree (org_id, trial_id, on_day DESC)
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = 'participant'::text)
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND ((enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = 'participant'::text)
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))) OR (shared
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'coach'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))))
grant insert, select to kuukausi_web

-- trial_end_change
column agreed_on date not null
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column enrolment_id uuid not null
column entered_by uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column id uuid not null
column new_on date not null
column old_on date not null
column org_id uuid not null
column trial_id uuid not null
constraint trial_end_change_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint trial_end_change_org_id_entered_by_fkey FOREIGN KEY (org_id, entered_by) REFERENCES app.membership(org_id, id)
constraint trial_end_change_org_id_trial_id_enrolment_id_fkey FOREIGN KEY (org_id, trial_id, enrolment_id) REFERENCES app.trial(org_id, id, enrolment_id)
constraint trial_end_change_pkey PRIMARY KEY (org_id, id)
INDEX trial_end_change_org_id_trial_id_at_idx ON app.trial_end_change USING btree (org_id, trial_id, at)
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = 'coordinator'::text)
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'coordinator'::text, 'expert'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))
    AND (trial_id IN ( SELECT t.id
   FROM app.trial t)))
grant insert, select to kuukausi_web

-- trial_evidence
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column enrolment_id uuid not null
column entered_by uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column evidence text not null
column from_on date not null
column id uuid not null
column kind text not null
column org_id uuid not null
column organiser text not null default ''::text
column source text not null
column until_on date
column withdrawn_at timestamp with time zone
column withdrawn_why text not null default ''::text
constraint trial_evidence_check CHECK ((until_on >= from_on))
constraint trial_evidence_check1 CHECK (((kind <> 'trial'::text) OR (until_on IS NOT NULL)))
constraint trial_evidence_kind_check CHECK ((kind = ANY (ARRAY['trial'::text, 'unemployed'::text])))
constraint trial_evidence_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint trial_evidence_org_id_entered_by_fkey FOREIGN KEY (org_id, entered_by) REFERENCES app.membership(org_id, id)
constraint trial_evidence_pkey PRIMARY KEY (org_id, id)
constraint trial_evidence_source_check CHECK ((source = ANY (ARRAY['participant'::text, 'authority'::text, 'document'::text, 'organiser'::text])))
INDEX trial_evidence_org_id_enrolment_id_from_on_idx ON app.trial_evidence USING btree (org_id, enrolment_id, from_on)
policy own_kuukausi_duty for all to kuukausi_duty
  using true
  with check true
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'coordinator'::text, 'expert'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'coordinator'::text, 'expert'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'coordinator'::text, 'expert'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'coordinator'::text, 'expert'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
grant select to kuukausi_duty
grant select to kuukausi_web
grant insert (enrolment_id, evidence, from_on, id, kind, org_id, organiser, source, until_on) to kuukausi_web
grant update (withdrawn_at, withdrawn_why) to kuukausi_web

-- trial_problem
column act_by date not null
column acted text not null default ''::text
column acted_by uuid
column acted_on date
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column body text not null
column category text not null
column enrolment_id uuid not null
column entered_by uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column id uuid not null
column org_id uuid not null
column told_by text not null
column trial_id uuid not null
column version integer not null default 1
constraint trial_problem_category_check CHECK ((category = ANY (ARRAY['tasks'::text, 'hours'::text, 'guidance'::text, 'other'::text, 'safety'::text, 'harassment'::text])))
constraint trial_problem_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint trial_problem_org_id_entered_by_fkey FOREIGN KEY (org_id, entered_by) REFERENCES app.membership(org_id, id)
constraint trial_problem_org_id_trial_id_enrolment_id_fkey FOREIGN KEY (org_id, trial_id, enrolment_id) REFERENCES app.trial(org_id, id, enrolment_id)
constraint trial_problem_pkey PRIMARY KEY (org_id, id)
constraint trial_problem_told_by_check CHECK ((told_by = ANY (ARRAY['participant'::text, 'organiser'::text, 'coach'::text, 'coordinator'::text])))
INDEX trial_problem_org_id_enrolment_id_idx ON app.trial_problem USING btree (org_id, enrolment_id) WHERE (acted_on IS NULL)
INDEX trial_problem_org_id_trial_id_idx ON app.trial_problem USING btree (org_id, trial_id)
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND ((told_by = 'participant'::text) OR (NOT (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'participant'::text)))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'coordinator'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'coordinator'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
policy web_update for update to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = 'coordinator'::text)
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = 'coordinator'::text)
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
grant select to kuukausi_web
grant insert (act_by, body, category, enrolment_id, id, org_id, told_by, trial_id) to kuukausi_web
grant update (acted, acted_by, acted_on, version) to kuukausi_web

-- trial_signature
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column enrolment_id uuid not null
column entered_by uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column how text not null
column id uuid not null
column org_id uuid not null
column party text not null
column signed_on date not null
column trial_id uuid not null
column trial_version integer not null
constraint trial_signature_how_check CHECK ((how = ANY (ARRAY['paper'::text, 'app'::text])))
constraint trial_signature_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint trial_signature_org_id_trial_id_enrolment_id_fkey FOREIGN KEY (org_id, trial_id, enrolment_id) REFERENCES app.trial(org_id, id, enrolment_id)
constraint trial_signature_org_id_trial_id_fkey FOREIGN KEY (org_id, trial_id) REFERENCES app.trial(org_id, id)
constraint trial_signature_org_id_trial_id_party_trial_version_key UNIQUE (org_id, trial_id, party, trial_version)
constraint trial_signature_party_check CHECK ((party = ANY (ARRAY['participant'::text, 'organiser'::text, 'authority'::text])))
constraint trial_signature_pkey PRIMARY KEY (org_id, id)
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (((how = 'paper'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = 'coordinator'::text)
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))) OR ((how = 'app'::text)
    AND (party = 'authority'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = 'expert'::text)
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))) OR ((how = 'app'::text)
    AND (party = 'participant'::text)
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = 'participant'::text)
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text, 'coordinator'::text, 'expert'::text, 'break_expert'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))
    AND ((NOT (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'expert'::text)) OR (trial_id IN ( SELECT t.id
   FROM app.trial t))))
grant insert, select to kuukausi_web

-- voluntary_choice
column at timestamp with time zone not null default (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone
column chosen_on date not null
column consequences_id uuid
column enrolment_id uuid not null
column entered_by uuid not null default (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid
column how text not null
column id uuid not null
column lang text not null
column org_id uuid not null
column text_version_id uuid not null
constraint voluntary_choice_how_check CHECK ((how = ANY (ARRAY['portal'::text, 'paper'::text, 'oral'::text])))
constraint voluntary_choice_org_id_consequences_id_fkey FOREIGN KEY (org_id, consequences_id) REFERENCES app.text_version(org_id, id)
constraint voluntary_choice_org_id_enrolment_id_fkey FOREIGN KEY (org_id, enrolment_id) REFERENCES app.enrolment(org_id, id)
constraint voluntary_choice_org_id_text_version_id_fkey FOREIGN KEY (org_id, text_version_id) REFERENCES app.text_version(org_id, id)
constraint voluntary_choice_pkey PRIMARY KEY (org_id, id)
INDEX voluntary_choice_org_id_enrolment_id_idx ON app.voluntary_choice USING btree (org_id, enrolment_id)
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND ((enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))) OR (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = 'participant'::text)
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone))))))
policy web_select for select to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (enrolment_id IN ( SELECT g.enrolment_id
   FROM app.case_grant g
  WHERE ((g.org_id = (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid)
    AND (g.user_id = (NULLIF(current_setting('app.actor'::text, true), ''::text))::uuid)
    AND (g.kind = ANY (ARRAY['coach'::text, 'pair'::text, 'substitute'::text, 'break_coach'::text, 'expert'::text, 'break_expert'::text, 'participant'::text]))
    AND (g.valid_from <= ( SELECT (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone AS "nullif"))
    AND (g.valid_until > (NULLIF(current_setting('app.now'::text, true), ''::text))::timestamp with time zone)))))
grant insert, select to kuukausi_web

-- wording
column org_id uuid not null
column word text not null
constraint wording_org_id_fkey FOREIGN KEY (org_id) REFERENCES app.organisation(id)
constraint wording_pkey PRIMARY KEY (org_id, word)
constraint wording_word_check CHECK (((word = lower(word)) AND (word <> ''::text)))
policy web_delete for delete to kuukausi_web
  using ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'admin'::text))
policy web_insert for insert to kuukausi_web
  with check ((org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
    AND (( SELECT current_setting('app.role'::text, true) AS current_setting) = 'admin'::text))
policy web_select for select to kuukausi_web
  using (org_id = ( SELECT (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid AS "nullif"))
grant delete, insert, select to kuukausi_web

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.absence_marks()
 RETURNS TABLE(enrolment_id uuid, marks text)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
end $function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.activate_cases(cohort uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  o uuid := nullif(current_setting('app.org', true), '')::uuid;
  moment timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
begin
  if not exists (
    select
    from app.cohort_duty d
    where d.org_id = o
      and d.cohort_id = activate_cases.cohort
      and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and d.valid_from <= moment
      and d.valid_until > moment
  ) then
    raise exception using errcode = '42501', message = 'no duty on this cohort';
  end if;
  with moved as (
    update app.enrolment e
    set state = 'active', version = e.version + 1
    where e.org_id = o
      and e.cohort_id = activate_cases.cohort
      and e.state in ('accepted', 'preparing')
    returning e.org_id, e.id
  )
  insert into app.enrolment_state (org_id, id, enrolment_id, state, at)
  select n.org_id, gen_random_uuid(), n.id, 'active', moment from moved n;
end $function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.answer_trial(trial uuid, edition integer, yes boolean, day date, way text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
end $function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.assign_duty(duty_id uuid, cohort uuid, member uuid, duty_kind text, until timestamp with time zone, why text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  o uuid := current_setting('app.org')::uuid;
  me uuid := current_setting('app.actor')::uuid;
  at timestamptz := current_setting('app.now')::timestamptz;
begin
  if not (
    current_setting('app.role') = 'admin'
    and not exists (
      select
      from app.membership a
      join app.membership b on b.org_id = a.org_id and b.account_id = a.account_id
      where a.org_id = o
        and a.id = me
        and b.id = member
    )
    or exists (
      select
      from app.cohort c
      where c.org_id = o
        and c.id = cohort
        and c.created_by = me
        and c.created_at = at
    )
  ) then
    raise exception using errcode = '42501', message = 'nobody grants themself a duty';
  end if;
  if not exists (
    select
    from app.membership m
    where m.org_id = o
      and m.id = member
      and m.disabled_at is null
      and m.role = case duty_kind when 'coordinator' then 'coordinator' else 'coach' end
  ) then
    raise exception using errcode = '42501', message = 'a duty of another role';
  end if;
  insert into app.cohort_duty (org_id, id, cohort_id, user_id, kind, valid_from, valid_until, reason)
  values (o, duty_id, cohort, member, duty_kind, at, until, why);
end $function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.assign_party(party_id uuid, enrolment uuid, member uuid, party_kind text, until timestamp with time zone, why text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  o uuid := current_setting('app.org')::uuid;
  me uuid := current_setting('app.actor')::uuid;
  at timestamptz := current_setting('app.now')::timestamptz;
begin
  if exists (
    select
    from app.membership a
    join app.membership b on b.org_id = a.org_id and b.account_id = a.account_id
    where a.org_id = o
      and a.id = me
      and b.id = member
  )
  or not (
    current_setting('app.role') = 'admin'
    or exists (
      select
      from app.case_grant g
      where g.org_id = o
        and g.enrolment_id = enrolment
        and g.user_id = me
        and g.kind in ('coach', 'pair', 'substitute', 'coordinator')
        and g.valid_from <= at
        and g.valid_until > at
    )
  ) then
    raise exception using errcode = '42501', message = 'nobody makes themself a party';
  end if;
  if not exists (
    select
    from app.membership m
    where m.org_id = o
      and m.id = member
      and m.disabled_at is null
      and (m.role = party_kind or party_kind = 'follow_up')
  ) then
    raise exception using errcode = '42501', message = 'a party of another role';
  end if;
  insert into app.enrolment_party (org_id, id, enrolment_id, user_id, kind, valid_from, valid_until, reason)
  values (o, party_id, enrolment, member, party_kind, at, until, why);
end $function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.break_glass(row_id uuid, first text, last text, born date, code bytea, why text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
end $function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.break_glass_cases(first text, last text, born date, code bytea)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
$function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.case_ends(enrolment uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  update app.enrolment_party p
  set valid_until = app.day_over(
    case p.kind
      when 'coach' then t.day + (e.shape ->> 'DutyDays')::int
      else (t.day + make_interval(months => (e.shape ->> 'FollowUpMonths')::int))::date
    end)
  from app.enrolment e
  cross join lateral (values ((e.closed_at at time zone 'Europe/Helsinki')::date)) t (day)
  where e.org_id = current_setting('app.org')::uuid
    and e.id = case_ends.enrolment
    and e.cohort_id is null
    and e.closed_at = current_setting('app.now')::timestamptz
    and p.org_id = e.org_id
    and p.enrolment_id = e.id
    and p.valid_until > e.closed_at
$function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.cases_of(member uuid)
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select coalesce(array_agg(distinct g.enrolment_id), '{}')
  from app.case_grant g
  where current_setting('app.role', true) = 'admin'
    and g.org_id = nullif(current_setting('app.org', true), '')::uuid
    and g.user_id = cases_of.member
    and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
$function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.cases_span(cohort uuid, starts date, ends date)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  o uuid := nullif(current_setting('app.org', true), '')::uuid;
  moment timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
begin
  if not exists (
    select
    from app.cohort_duty d
    where d.org_id = o
      and d.cohort_id = cases_span.cohort
      and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and d.valid_from <= moment
      and d.valid_until > moment
  ) then
    raise exception using errcode = '42501', message = 'no duty on this cohort';
  end if;
  update app.enrolment e
  set
    starts_on = case when e.starts_on = c.starts_on then cases_span.starts else greatest(e.starts_on, cases_span.starts) end,
    ends_on = case
      when e.ends_on = c.ends_on and e.starts_on = c.starts_on then cases_span.ends
      when e.ends_on = c.ends_on then greatest(e.starts_on, cases_span.starts, cases_span.ends)
      else e.ends_on
    end,
    version = e.version + 1
  from app.cohort c
  where c.org_id = o
    and c.id = cases_span.cohort
    and e.org_id = o
    and e.cohort_id = c.id
    and (
      e.starts_on = c.starts_on and c.starts_on <> cases_span.starts
      or e.starts_on < cases_span.starts
      or e.ends_on = c.ends_on and c.ends_on <> cases_span.ends
    )
    and e.closed_at is null;
end $function$

-- function, owned by the migrating role, for kuukausi_duty, kuukausi_web
CREATE OR REPLACE FUNCTION app.code_index(code bytea)
 RETURNS bytea
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select sha256(uuid_send(nullif(current_setting('app.org', true), '')::uuid) || code_index.code)
$function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.cohort_built(cohort uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
end $function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.cohort_ends(cohort uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
end $function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.cohorts_on(version uuid)
 RETURNS TABLE(name text, place text, state text, starts_on date, ends_on date)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select c.name, c.place, c.state, c.starts_on, c.ends_on
  from app.cohort c
  where c.org_id = nullif(current_setting('app.org', true), '')::uuid
    and c.version_id = cohorts_on.version
    and current_setting('app.role', true) = 'admin'
  order by c.starts_on desc
  limit 200
$function$

-- function, owned by kuukausi_door, for kuukausi_web
CREATE OR REPLACE FUNCTION app.confirm_link(link uuid, yes boolean)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  moment timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
begin
  update app.invitation i
  set
    confirmed_by = case when confirm_link.yes then nullif(current_setting('app.actor', true), '')::uuid end,
    confirmed_at = case when confirm_link.yes then moment end,
    withdrawn_at = case when not confirm_link.yes then moment end
  where i.org_id = nullif(current_setting('app.org', true), '')::uuid
    and i.id = confirm_link.link
    and i.id in (select c.id from app.confirmations() c);
  if not found then
    raise exception using errcode = '42501', message = 'not to be confirmed by this person';
  end if;
  perform app.hand_over(confirm_link.link);
end $function$

-- function, owned by kuukausi_door, for kuukausi_web
CREATE OR REPLACE FUNCTION app.confirmations()
 RETURNS TABLE(id uuid, kind text, name text, email text, role text, by_name text, created_at timestamp with time zone, expires_at timestamp with time zone, from_name text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select i.id, i.kind, i.name, i.email, i.role, b.name, i.created_at, i.expires_at, coalesce(l.name, '')
  from app.membership me
  join app.invitation i on i.org_id = me.org_id
  join app.membership b on b.org_id = i.org_id and b.id = i.invited_by
  left join app.membership l on l.org_id = i.org_id and l.id = i.leaver
  where me.org_id = nullif(current_setting('app.org', true), '')::uuid
    and me.id = nullif(current_setting('app.actor', true), '')::uuid
    and me.role = current_setting('app.role', true)
    and i.needs_other
    and i.confirmed_at is null
    and i.withdrawn_at is null
    and i.used_at is null
    and i.expires_at > nullif(current_setting('app.now', true), '')::timestamptz
    and b.role = 'admin'
    and b.disabled_at is null
    and b.account_id <> me.account_id
    and i.email <> me.email
    and (
      me.role = 'admin' and me.invited_by is distinct from b.id and b.invited_by is distinct from me.id
      or me.role in ('coach', 'coordinator', 'expert')
      and (
        not app.newcomer(me.created_at)
        or me.created_at <= (
          select min(y.created_at)
          from app.membership y
          where y.org_id = i.org_id
            and y.role in ('coach', 'coordinator', 'expert')
            and y.disabled_at is null
            and y.account_id <> b.account_id
            and y.email <> i.email
        )
      )
      and not exists (
        select
        from app.membership x
        where x.org_id = i.org_id
          and x.role = 'admin'
          and x.disabled_at is null
          and x.account_id <> b.account_id
          and x.email <> i.email
          and x.invited_by is distinct from b.id
          and b.invited_by is distinct from x.id
      )
    )
  order by i.created_at
  limit 50
$function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.count_seats(day uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  update app.open_day d
  set seats_taken = (
    select count(*)
    from app.open_day_signup u
    where u.org_id = d.org_id
      and u.open_day_id = d.id
      and u.withdrawn_at is null
  )
  where d.org_id = nullif(current_setting('app.org', true), '')::uuid
    and d.id = count_seats.day
$function$

-- function, owned by the migrating role, for kuukausi_duty
CREATE OR REPLACE FUNCTION app.day_over(day date)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select (day_over.day + 1)::timestamp at time zone 'Europe/Helsinki'
$function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.deactivate_cases(cohort uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  o uuid := nullif(current_setting('app.org', true), '')::uuid;
  moment timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
begin
  if app.cohort_built(deactivate_cases.cohort) then
    raise exception using errcode = '42501', message = 'no duty on this cohort, or its month has begun';
  end if;
  with moved as (
    update app.enrolment e
    set
      state = coalesce(
        (
          select s.state
          from app.enrolment_state s
          where s.org_id = o
            and s.enrolment_id = e.id
            and s.state in ('accepted', 'preparing')
          order by s.at desc, s.id desc
          limit 1),
        'accepted'),
      version = e.version + 1
    where e.org_id = o
      and e.cohort_id = deactivate_cases.cohort
      and e.state = 'active'
    returning e.org_id, e.id, e.state
  )
  insert into app.enrolment_state (org_id, id, enrolment_id, state, at)
  select n.org_id, gen_random_uuid(), n.id, n.state, moment from moved n;
end $function$

-- function, owned by kuukausi_door, for kuukausi_web
CREATE OR REPLACE FUNCTION app.deny(token bytea, row_id uuid, action text, subject uuid, outcome text, request text, at timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  insert into app.audit (org_id, id, at, actor_id, role, action, subject_id, outcome, request_id)
  select
    s.org_id,
    deny.row_id,
    deny.at,
    s.membership_id,
    case when s.handed_review is null then m.role else 'handed' end,
    deny.action,
    deny.subject,
    deny.outcome,
    deny.request
  from app.login_session s
  join app.membership m on m.org_id = s.org_id and m.id = s.membership_id
  where s.token_hash = deny.token
$function$

-- function, owned by kuukausi_door, for kuukausi_web
CREATE OR REPLACE FUNCTION app.draft_late(token bytea, form uuid, page text, fields jsonb, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  insert into app.draft (org_id, actor_id, id, page, fields, at)
  select s.org_id, s.membership_id, draft_late.form, draft_late.page, draft_late.fields, draft_late.at
  from app.login_session s
  join app.membership m on m.org_id = s.org_id and m.id = s.membership_id and m.disabled_at is null
  where s.token_hash = draft_late.token
    and s.handed_review is null
    and s.seen_at > draft_late.at - interval '7 days'
  on conflict (org_id, actor_id, id) do update set fields = excluded.fields, at = excluded.at;
  if not found then return false; end if;
  delete from app.draft d
  using app.login_session s
  where s.token_hash = draft_late.token
    and d.org_id = s.org_id
    and d.actor_id = s.membership_id
    and d.id in (
      select x.id
      from app.draft x
      where x.org_id = s.org_id and x.actor_id = s.membership_id
      order by x.at desc
      offset 50
    );
  return true;
end $function$

-- function, owned by kuukausi_duty
CREATE OR REPLACE FUNCTION app.drafts_end()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if (old.disabled_at is null and new.disabled_at is not null) or old.role <> new.role then
    delete from app.draft where org_id = new.org_id and actor_id = new.id;
  end if;
  return null;
end $function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.duties_to_come()
 RETURNS TABLE(cohort_id uuid, name text, starts date, days integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select
    c.id,
    c.name,
    (d.valid_from at time zone 'Europe/Helsinki')::date,
    ((d.valid_until - interval '1 second') at time zone 'Europe/Helsinki')::date
      - (d.valid_from at time zone 'Europe/Helsinki')::date + 1
  from app.cohort_duty d
  join app.cohort c on c.org_id = d.org_id and c.id = d.cohort_id
  where d.org_id = nullif(current_setting('app.org', true), '')::uuid
    and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
    and d.kind = 'substitute'
    and d.valid_from > nullif(current_setting('app.now', true), '')::timestamptz
    and d.valid_until > d.valid_from
$function$

-- function, owned by kuukausi_duty
CREATE OR REPLACE FUNCTION app.duty_grants()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  -- a protection order set in the same moment is waited for, and then seen
  perform p.id
  from app.enrolment e
  join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
  where e.org_id = new.org_id
    and e.cohort_id = new.cohort_id
  for share of p;
  if tg_op = 'INSERT' then
    insert into app.case_grant (
      org_id, user_id, enrolment_id, participant_id, cohort_id, kind, source_id, valid_from, valid_until, reason
    )
    select
      new.org_id,
      new.user_id,
      e.id,
      e.participant_id,
      e.cohort_id,
      new.kind,
      new.id,
      new.valid_from,
      new.valid_until,
      'duty'
    from app.enrolment e
    where e.org_id = new.org_id
      and e.cohort_id = new.cohort_id
      and app.may_know(new.org_id, e.participant_id, new.user_id);
  else
    -- where a protection order keeps somebody out, their duty may end a grant and never prolong it
    update app.case_grant g
    set
      valid_from = new.valid_from,
      valid_until = case
        when app.may_know(g.org_id, g.participant_id, g.user_id) then new.valid_until
        else greatest(least(new.valid_until, g.valid_until), new.valid_from)
      end
    where g.org_id = new.org_id
      and g.source_id = new.id;
  end if;
  return null;
end $function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.end_substitute(duty uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  o uuid := current_setting('app.org')::uuid;
  me uuid := current_setting('app.actor')::uuid;
  at timestamptz := current_setting('app.now')::timestamptz;
begin
  update app.cohort_duty d
  set valid_until = greatest(at, d.valid_from)
  where d.org_id = o
    and d.id = duty
    and d.kind = 'substitute'
    and d.valid_until > at
    and exists (
      select
      from app.cohort_duty n
      where n.org_id = o
        and n.cohort_id = d.cohort_id
        and n.user_id = me
        and n.kind in ('coach', 'pair', 'coordinator')
        and n.valid_from <= at
        and n.valid_until > at
    );
  if not found then
    raise exception using errcode = '42501', message = 'a substitute''s duty is ended by who may name one';
  end if;
end $function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.end_waiting(cohort uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  o uuid := nullif(current_setting('app.org', true), '')::uuid;
  moment timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
begin
  if not exists (
    select
    from app.cohort_duty d
    where d.org_id = o
      and d.cohort_id = end_waiting.cohort
      and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
      and d.valid_from <= moment
      and d.valid_until > moment
  ) then
    raise exception using errcode = '42501', message = 'no duty on this cohort';
  end if;
  with ended as (
    update app.enrolment e
    set state = 'not_started', closed_at = moment, answer_by = null, version = e.version + 1
    where e.org_id = o
      and e.cohort_id = end_waiting.cohort
      and e.state in ('referred', 'invited')
    returning e.org_id, e.id
  )
  insert into app.enrolment_state (org_id, id, enrolment_id, state, at)
  select n.org_id, gen_random_uuid(), n.id, 'not_started', moment from ended n;
  update app.cohort c set places_offered = 0 where c.org_id = o and c.id = end_waiting.cohort;
end $function$

-- function, owned by the migrating role
CREATE OR REPLACE FUNCTION app.ends_in_a_year()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  new.valid_until := least(new.valid_until, new.valid_from + interval '12 months');
  return new;
end $function$

-- function, owned by kuukausi_duty
CREATE OR REPLACE FUNCTION app.enrolment_grants()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  at timestamptz := coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now());
begin
  if tg_when = 'BEFORE' then
    if tg_op = 'UPDATE' then
      -- an edit does not change whom a case is about and where it belongs
      raise exception using errcode = '42501', message = 'an enrolment keeps its person and cohort';
    end if;
    if nullif(current_setting('app.actor', true), '') is not null
      and exists (
        select
        from app.enrolment e
        where e.org_id = new.org_id
          and e.participant_id = new.participant_id
      )
      and not exists (
        select
        from app.case_grant g
        where g.org_id = new.org_id
          and g.participant_id = new.participant_id
          and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
          and g.reason <> 'break_glass'
          and g.valid_from <= at
          and g.valid_until > at
      )
    then
      raise exception using errcode = '42501', message = 'no duty on an earlier case of this person';
    end if;
    return new;
  end if;
  insert into app.case_grant (
    org_id, user_id, enrolment_id, participant_id, cohort_id, kind, source_id, valid_from, valid_until, reason
  )
  select
    d.org_id,
    d.user_id,
    new.id,
    new.participant_id,
    new.cohort_id,
    d.kind,
    d.id,
    d.valid_from,
    d.valid_until,
    'duty'
  from app.cohort_duty d
  where d.org_id = new.org_id
    and d.cohort_id = new.cohort_id
    and d.valid_until > at
    and app.may_know(new.org_id, new.participant_id, d.user_id);
  insert into app.enrolment_party (org_id, id, enrolment_id, user_id, kind, valid_from, valid_until, reason)
  select
    new.org_id,
    new.id,
    new.id,
    m.id,
    m.role,
    at,
    case m.role
      when 'coach' then app.day_over(new.ends_on + 365) -- until it closes, or the year is over
      else app.day_over((new.ends_on + make_interval(months => (new.shape ->> 'FollowUpMonths')::int))::date)
    end,
    'made the case'
  from app.membership m
  where m.org_id = new.org_id
    and m.id = new.created_by
    and (m.role = 'coach' and new.cohort_id is null or m.role = 'expert' and new.state = 'referred');
  perform app.named_grants(new.org_id, new.participant_id, at);
  return null;
end $function$

-- function, owned by kuukausi_door, for kuukausi_web
CREATE OR REPLACE FUNCTION app.enter(token bytea, roles text[], sync text, at timestamp with time zone, idle interval)
 RETURNS TABLE(org_id uuid, actor_id uuid, name text, role text, lang text, org_name text, memberships integer, handed_review uuid, seen_at timestamp with time zone, allowed boolean)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
#variable_conflict use_column
declare
  done text;
begin
  select
    s.org_id,
    s.membership_id,
    m.name,
    case when s.handed_review is null then m.role else 'handed' end,
    a.lang,
    o.name,
    (select count(*)::int from app.membership n where n.account_id = s.account_id and n.disabled_at is null),
    s.handed_review,
    s.seen_at
  into org_id, actor_id, name, role, lang, org_name, memberships, handed_review, seen_at
  from app.login_session s
  join app.membership m on m.org_id = s.org_id and m.id = s.membership_id and m.disabled_at is null
  join app.account a on a.id = s.account_id and a.disabled_at is null
  join app.organisation o on o.id = s.org_id
  where s.token_hash = enter.token
    and s.expires_at > enter.at
    and s.seen_at > enter.at - enter.idle
    and s.seen_at < enter.at + interval '1 hour'; -- seen in the future: a clock was wrong, and nobody knows for how long
  if not found then return; end if;
  allowed := role = any(enter.roles);
  if allowed then
    done := set_config('app.org', org_id::text, true)
      || set_config('app.actor', actor_id::text, true)
      || set_config('app.role', role, true)
      || set_config('app.now', enter.at::text, true)
      || set_config('app.lang', lang, true)
      || set_config('synchronous_commit', enter.sync, true);
  end if;
  return next;
end $function$

-- function, owned by kuukausi_duty, for kuukausi_door, kuukausi_web
CREATE OR REPLACE FUNCTION app.hand_over(link uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  o uuid := current_setting('app.org')::uuid;
  at timestamptz := current_setting('app.now')::timestamptz;
  leaver uuid;
  successor uuid;
  asker uuid;
  n int;
  m int;
begin
  update app.invitation i
  set used_at = at
  where i.org_id = o
    and i.id = link
    and i.kind = 'hand_over'
    and i.used_at is null
    and i.withdrawn_at is null
    and i.expires_at > at
    and (i.confirmed_at is not null or not i.needs_other)
  returning i.leaver, i.successor, i.invited_by into leaver, successor, asker;
  if not found then return 0; end if;
  if exists (
      select
      from app.membership a
      join app.membership b on b.org_id = a.org_id and b.account_id = a.account_id
      where a.org_id = o
        and a.id = asker
        and b.id in (leaver, successor)
    )
    or not exists ( -- who asked is an administrator still
      select
      from app.membership a
      where a.org_id = o
        and a.id = asker
        and a.role = 'admin'
        and a.disabled_at is null
    )
    or leaver = successor
    or not exists (
      select
      from app.membership a
      join app.membership b on b.org_id = a.org_id and b.role = a.role
      where a.org_id = o
        and a.id = leaver
        and b.id = successor
        and b.disabled_at is null
    )
  then
    raise exception using errcode = '42501', message = 'duties go to a colleague of the same role, by an administrator';
  end if;
  update app.protection_order p set coach_id = successor where p.org_id = o and p.coach_id = leaver;
  update app.protection_order p set coordinator_id = successor where p.org_id = o and p.coordinator_id = leaver;
  perform app.named_grants(o, p.participant_id, current_setting('app.now')::timestamptz)
  from app.protection_order p
  where p.org_id = o
    and successor in (p.coach_id, p.coordinator_id);
  with ended as (
    update app.cohort_duty d
    set valid_until = at
    where d.org_id = o
      and d.user_id = leaver
      and d.valid_until > at
      and d.valid_from <= at
    returning
      d.org_id,
      d.cohort_id,
      d.kind,
      (select max(p.valid_until) from app.cohort_duty p where p.org_id = d.org_id and p.id = d.id) until
  )
  insert into app.cohort_duty (org_id, id, cohort_id, user_id, kind, valid_from, valid_until, reason)
  select e.org_id, gen_random_uuid(), e.cohort_id, successor, e.kind, at, e.until, 'hand-over' from ended e;
  get diagnostics n = row_count;
  with ended as (
    update app.enrolment_party d
    set valid_until = at
    where d.org_id = o
      and d.user_id = leaver
      and d.valid_until > at
      and d.valid_from <= at
    returning
      d.org_id,
      d.enrolment_id,
      d.kind,
      (select max(p.valid_until) from app.enrolment_party p where p.org_id = d.org_id and p.id = d.id) until
  )
  insert into app.enrolment_party (org_id, id, enrolment_id, user_id, kind, valid_from, valid_until, reason)
  select e.org_id, gen_random_uuid(), e.enrolment_id, successor, e.kind, at, e.until, 'hand-over' from ended e;
  get diagnostics m = row_count;
  return n + m;
end $function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.interrupt(interruption uuid, enrolment uuid, seen integer, ground text, decided_on date, reference text, body text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
end $function$

-- function, owned by kuukausi_door, for kuukausi_web
CREATE OR REPLACE FUNCTION app.invitation_accept(token bytea, account uuid, membership uuid, password text, lang text, row_id uuid, request text, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  i app.invitation%rowtype;
  who uuid;
begin
  update app.invitation v
  set used_at = invitation_accept.at
  where v.token_hash = invitation_accept.token
    and v.kind <> 'hand_over'
    and v.used_at is null
    and v.withdrawn_at is null
    and (v.confirmed_at is not null or not v.needs_other)
    and v.expires_at > invitation_accept.at
    and exists (
      select
      from app.membership m
      where m.org_id = v.org_id
        and m.id = v.invited_by
        and m.role = 'admin'
        and m.disabled_at is null
    )
    and not exists (select from app.account a where a.email = v.email and a.disabled_at is not null)
    and not (
      v.kind = 'reset'
      and exists (
        select
        from app.account a
        join app.membership x on x.account_id = a.id and x.disabled_at is null
        where a.email = v.email and x.org_id <> v.org_id
      )
    )
  returning v.* into i;
  if not found then return false; end if;
  if i.kind = 'reset' then
    update app.account a set password_hash = invitation_accept.password where a.email = i.email returning a.id into who;
    delete from app.login_session s where s.account_id = who;
  else
    insert into app.account (id, email, password_hash, lang, created_at)
    values (
      invitation_accept.account, i.email, invitation_accept.password, invitation_accept.lang, invitation_accept.at
    )
    on conflict (email) do nothing;
    select a.id into who from app.account a where a.email = i.email;
    insert into app.membership (org_id, id, account_id, role, name, email, employment_area, created_at, invited_by)
    values (
      i.org_id, invitation_accept.membership, who, i.role, i.name, i.email, i.employment_area, invitation_accept.at,
      i.invited_by
    )
    on conflict (org_id, account_id, role) do update
    set
      disabled_at = null,
      name = excluded.name,
      employment_area = excluded.employment_area,
      created_at = excluded.created_at,
      invited_by = excluded.invited_by,
      version = app.membership.version + 1;
  end if;
  insert into app.audit (org_id, id, at, actor_id, role, action, subject_id, purpose, outcome, request_id)
  select
    i.org_id,
    invitation_accept.row_id,
    invitation_accept.at,
    m.id,
    m.role,
    case i.kind when 'reset' then 'password_reset' else 'invitation_accept' end,
    i.id,
    'access',
    'done',
    invitation_accept.request
  from app.membership m
  where m.org_id = i.org_id
    and m.account_id = who
    and m.role = i.role;
  return true;
end $function$

-- function, owned by kuukausi_door, for kuukausi_web
CREATE OR REPLACE FUNCTION app.invitation_look(token bytea, at timestamp with time zone)
 RETURNS TABLE(org_name text, email text, name text, role text, kind text, waits boolean, account_id uuid, password_hash text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select o.name, i.email, i.name, i.role, i.kind, i.needs_other and i.confirmed_at is null, a.id, a.password_hash
  from app.invitation i
  join app.organisation o on o.id = i.org_id
  left join app.account a on a.email = i.email
  join app.membership m on m.org_id = i.org_id and m.id = i.invited_by and m.role = 'admin' and m.disabled_at is null
  where i.token_hash = invitation_look.token
    and i.kind <> 'hand_over'
    and i.used_at is null
    and i.withdrawn_at is null
    and i.expires_at > invitation_look.at
    and a.disabled_at is null
$function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.known_people(first text, last text, born date, code bytea)
 RETURNS TABLE(participant_id uuid, first_name text, last_name text, born_on date, by_code boolean)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
end $function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.knows_person(person uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
$function$

-- function, owned by the migrating role, for kuukausi_duty, kuukausi_web
CREATE OR REPLACE FUNCTION app.law_number(name text, day date)
 RETURNS numeric
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
$function$

-- function, owned by kuukausi_duty
CREATE OR REPLACE FUNCTION app.link_needs()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  new.needs_other := exists (select from app.enrolment e where e.org_id = new.org_id);
  return new;
end $function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.lock_person(enrolment uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
end $function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.lock_review(review uuid)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  o uuid := nullif(current_setting('app.org', true), '')::uuid;
  me uuid := nullif(current_setting('app.actor', true), '')::uuid;
  at timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
  got uuid;
begin
  select r.id
  into got
  from app.review r
  where r.org_id = o
    and r.id = lock_review.review
    and exists (
      select
      from app.case_grant g
      where g.org_id = o
        and g.enrolment_id = r.enrolment_id
        and g.user_id = me
        and g.valid_from <= at
        and g.valid_until > at
    )
  for update of r;
  return got;
end $function$

-- function, owned by kuukausi_door, for kuukausi_web
CREATE OR REPLACE FUNCTION app.login_attempt(email text, keys bytea[], free integer[], at timestamp with time zone)
 RETURNS TABLE(account_id uuid, password_hash text, wait_seconds integer)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
#variable_conflict use_column
declare
  k bytea;
  tries int;
  n int;
  before timestamptz;
  due int;
begin
  wait_seconds := 0;
  delete from app.login_throttle t
  where t.last_at < login_attempt.at - interval '1 day'
    and not t.key = any(login_attempt.keys);
  for k, tries in
    select v.k, v.tries from unnest(login_attempt.keys, login_attempt.free) v (k, tries) order by 1
  loop
    insert into app.login_throttle as t (key, attempts, last_at) values (k, 0, login_attempt.at)
    on conflict (key) do update set key = excluded.key;
    select t.attempts, t.last_at into n, before from app.login_throttle t where t.key = k for update;
    if before < login_attempt.at - interval '1 hour' then n := 0; end if;
    due := case
      when n < tries then 0
      else least(900, least(900, 2 ^ least(n - tries + 1, 10))::int - extract(epoch from login_attempt.at - before)::int)
    end; -- a clock that was set back makes nobody wait for years
    if due > 0 then
      wait_seconds := greatest(wait_seconds, due);
    else
      update app.login_throttle t set attempts = n + 1, last_at = login_attempt.at where t.key = k;
    end if;
  end loop;
  select a.id, a.password_hash
  into account_id, password_hash
  from app.account a
  where a.email = login_attempt.email
    and a.disabled_at is null;
  return next;
end $function$

-- function, owned by kuukausi_door, for kuukausi_web
CREATE OR REPLACE FUNCTION app.login_choices(token bytea, at timestamp with time zone)
 RETURNS TABLE(id uuid, role text, org_name text, active boolean)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select m.id, m.role, o.name, m.id = s.membership_id
  from app.login_session s
  join app.membership m on m.account_id = s.account_id and m.disabled_at is null
  join app.organisation o on o.id = m.org_id
  where s.token_hash = login_choices.token
    and s.expires_at > login_choices.at
    and s.handed_review is null
  order by o.name, m.role
$function$

-- function, owned by kuukausi_door, for kuukausi_web
CREATE OR REPLACE FUNCTION app.login_end(token bytea, row_id uuid, request text, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  insert into app.audit (org_id, id, at, actor_id, role, action, subject_id, purpose, outcome, request_id)
  select
    s.org_id,
    login_end.row_id,
    login_end.at,
    s.membership_id,
    m.role,
    'login_end',
    s.membership_id,
    'access',
    'done',
    login_end.request
  from app.login_session s
  join app.membership m on m.org_id = s.org_id and m.id = s.membership_id
  where s.token_hash = login_end.token;
  delete from app.login_session where token_hash = login_end.token;
end $function$

-- function, owned by kuukausi_door, for kuukausi_web
CREATE OR REPLACE FUNCTION app.login_hand(token bytea, fresh bytea, review uuid, row_id uuid, request text, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  o uuid;
  m uuid;
  was uuid;
begin
  select s.org_id, s.membership_id, s.handed_review
  into o, m, was
  from app.login_session s
  where s.token_hash = login_hand.token
    and s.expires_at > login_hand.at;
  if not found then return false; end if;
  update app.login_session
  set token_hash = login_hand.fresh, handed_review = login_hand.review, seen_at = login_hand.at
  where token_hash = login_hand.token;
  if login_hand.review is null then -- the act of handing over leaves a row of its own
    insert into app.audit (org_id, id, at, actor_id, role, action, subject_id, purpose, outcome, request_id)
    select o, login_hand.row_id, login_hand.at, m, n.role, 'device_return', was, 'review', 'done', login_hand.request
    from app.membership n
    where n.org_id = o
      and n.id = m;
  end if;
  return true;
end $function$

-- function, owned by kuukausi_door, for kuukausi_web
CREATE OR REPLACE FUNCTION app.login_language(token bytea, lang text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  update app.account
  set lang = login_language.lang
  where id = (select s.account_id from app.login_session s where s.token_hash = login_language.token)
$function$

-- function, owned by kuukausi_door, for kuukausi_web
CREATE OR REPLACE FUNCTION app.login_password(token bytea, password text, row_id uuid, request text, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  s app.login_session%rowtype;
begin
  select * into s
  from app.login_session x
  where x.token_hash = login_password.token
    and x.expires_at > login_password.at
    and x.handed_review is null;
  if not found then return false; end if;
  update app.account set password_hash = login_password.password where id = s.account_id;
  delete from app.login_session x where x.account_id = s.account_id and x.token_hash <> s.token_hash;
  insert into app.audit (org_id, id, at, actor_id, role, action, subject_id, purpose, outcome, request_id)
  select
    s.org_id, login_password.row_id, login_password.at, m.id, m.role, 'password_change', m.id, 'access', 'done',
    login_password.request
  from app.membership m
  where m.org_id = s.org_id
    and m.id = s.membership_id;
  return true;
end $function$

-- function, owned by kuukausi_door, for kuukausi_web
CREATE OR REPLACE FUNCTION app.login_refused(account uuid, row_id uuid, request text, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  insert into app.audit (org_id, id, at, actor_id, role, action, subject_id, purpose, outcome, request_id)
  select
    m.org_id,
    login_refused.row_id,
    login_refused.at,
    m.id,
    m.role,
    'login_start',
    m.id,
    'access',
    'refused',
    login_refused.request
  from app.membership m
  where m.account_id = login_refused.account
    and m.disabled_at is null
  order by m.created_at, m.id
  limit 1;
  if not found then
    perform pg_current_xact_id();
    perform pg_logical_emit_message(true, 'app', repeat('.', 200));
  end if;
end $function$

-- function, owned by kuukausi_door, for kuukausi_web
CREATE OR REPLACE FUNCTION app.login_secret(token bytea, at timestamp with time zone)
 RETURNS TABLE(account_id uuid, email text, password_hash text, handed_review uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select a.id, a.email, a.password_hash, s.handed_review
  from app.login_session s
  join app.account a on a.id = s.account_id
  where s.token_hash = login_secret.token
    and s.expires_at > login_secret.at
$function$

-- function, owned by kuukausi_door, for kuukausi_web
CREATE OR REPLACE FUNCTION app.login_session_end(token bytea, session uuid, row_id uuid, request text, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  s app.login_session%rowtype;
begin
  select * into s
  from app.login_session x
  where x.token_hash = login_session_end.token
    and x.expires_at > login_session_end.at
    and x.handed_review is null;
  if not found then return false; end if;
  delete from app.login_session x
  where x.account_id = s.account_id
    and x.token_hash <> s.token_hash
    and (login_session_end.session is null or x.id = login_session_end.session);
  insert into app.audit (org_id, id, at, actor_id, role, action, subject_id, purpose, outcome, request_id)
  select
    s.org_id,
    login_session_end.row_id,
    login_session_end.at,
    m.id,
    m.role,
    'session_end',
    coalesce(login_session_end.session, m.id),
    'access',
    'done',
    login_session_end.request
  from app.membership m
  where m.org_id = s.org_id
    and m.id = s.membership_id;
  return true;
end $function$

-- function, owned by kuukausi_door, for kuukausi_web
CREATE OR REPLACE FUNCTION app.login_sessions(token bytea, at timestamp with time zone)
 RETURNS TABLE(id uuid, org_name text, role text, created_at timestamp with time zone, seen_at timestamp with time zone, mine boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select x.id, o.name, m.role, x.created_at, x.seen_at, x.token_hash = s.token_hash
  from app.login_session s
  join app.login_session x on x.account_id = s.account_id and x.expires_at > login_sessions.at
  join app.membership m on m.org_id = x.org_id and m.id = x.membership_id
  join app.organisation o on o.id = x.org_id
  where s.token_hash = login_sessions.token
    and s.expires_at > login_sessions.at
    and s.handed_review is null
  order by x.seen_at desc
  limit 50
$function$

-- function, owned by kuukausi_door, for kuukausi_web
CREATE OR REPLACE FUNCTION app.login_start(account uuid, keys bytea[], token bytea, row_id uuid, request text, at timestamp with time zone, until timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  o uuid;
  m uuid;
  r text;
begin
  perform app.throttle_undo(login_start.keys);
  delete from app.login_session where account_id = login_start.account and expires_at <= login_start.at;
  select n.org_id, n.id, n.role
  into o, m, r
  from app.membership n
  left join lateral (
    select max(s.seen_at) used
    from app.login_session s
    where s.org_id = n.org_id
      and s.membership_id = n.id
  ) s on true
  where n.account_id = login_start.account
    and n.disabled_at is null
  order by s.used desc nulls last, n.created_at, n.id
  limit 1;
  if m is null then return false; end if;
  insert into app.login_session (token_hash, account_id, org_id, membership_id, created_at, seen_at, expires_at)
  values (login_start.token, login_start.account, o, m, login_start.at, login_start.at, login_start.until);
  insert into app.audit (org_id, id, at, actor_id, role, action, subject_id, purpose, outcome, request_id)
  values (o, login_start.row_id, login_start.at, m, r, 'login_start', m, 'access', 'done', login_start.request);
  return true;
end $function$

-- function, owned by kuukausi_door, for kuukausi_web
CREATE OR REPLACE FUNCTION app.login_switch(token bytea, fresh bytea, membership uuid, row_id uuid, request text, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  o uuid;
  r text;
begin
  select m.org_id, m.role
  into o, r
  from app.login_session s
  join app.membership m on m.account_id = s.account_id
  where s.token_hash = login_switch.token
    and s.expires_at > login_switch.at
    and s.handed_review is null
    and m.id = login_switch.membership
    and m.disabled_at is null;
  if not found then return false; end if;
  update app.login_session
  set
    token_hash = login_switch.fresh,
    org_id = o,
    membership_id = login_switch.membership,
    seen_at = login_switch.at
  where token_hash = login_switch.token;
  insert into app.audit (org_id, id, at, actor_id, role, action, subject_id, purpose, outcome, request_id)
  values (
    o, login_switch.row_id, login_switch.at, login_switch.membership, r, 'membership_switch', login_switch.membership,
    'access', 'done', login_switch.request
  );
  return true;
end $function$

-- function, owned by kuukausi_duty
CREATE OR REPLACE FUNCTION app.may_know(org uuid, person uuid, member uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select not exists (
    select
    from app.protection_order p
    where p.org_id = may_know.org
      and p.participant_id = may_know.person
      and may_know.member is distinct from p.coach_id
      and may_know.member is distinct from p.coordinator_id
  )
$function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.meetings_on(day date)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select count(distinct m.cohort_id)::int
  from app.meeting m
  join app.cohort c on c.org_id = m.org_id and c.id = m.cohort_id
  where m.org_id = nullif(current_setting('app.org', true), '')::uuid
    and m.held_on = meetings_on.day
    and m.cancelled_at is null
    and c.state in ('draft', 'open', 'confirmed', 'running')
    and current_setting('app.role', true) = 'admin'
$function$

-- function, owned by kuukausi_door, for kuukausi_web
CREATE OR REPLACE FUNCTION app.member_elsewhere(member uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select exists (
    select
    from app.membership m
    join app.membership x on x.account_id = m.account_id and x.org_id <> m.org_id and x.disabled_at is null
    where m.org_id = nullif(current_setting('app.org', true), '')::uuid
      and m.id = member_elsewhere.member
      and current_setting('app.role', true) = 'admin'
  )
$function$

-- function, owned by kuukausi_duty
CREATE OR REPLACE FUNCTION app.membership_ends()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  at timestamptz := coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now());
begin
  if (old.disabled_at is null and new.disabled_at is not null) or old.role <> new.role then
    update app.cohort_duty
    set valid_until = greatest(at, valid_from)
    where org_id = new.org_id
      and user_id = new.id
      and valid_until > at;
    update app.enrolment_party
    set valid_until = greatest(at, valid_from)
    where org_id = new.org_id
      and user_id = new.id
      and valid_until > at;
    delete from app.login_session where org_id = new.org_id and membership_id = new.id;
    -- a link that was not used would be a way back in
    update app.invitation
    set withdrawn_at = at
    where org_id = new.org_id
      and email = new.email
      and used_at is null
      and withdrawn_at is null;
  end if;
  return null;
end $function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.merge_person(merge_id uuid, kept uuid, merged uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
end $function$

-- function, owned by kuukausi_duty
CREATE OR REPLACE FUNCTION app.name_changes()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  delete from app.name_token where org_id = new.org_id and participant_id = new.id;
  insert into app.name_token (org_id, participant_id, token)
  select new.org_id, new.id, t from app.name_tokens(new.first_name || ' ' || new.last_name) t;
  return null;
end $function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.name_substitute(duty_id uuid, cohort uuid, member uuid, starts timestamp with time zone, until timestamp with time zone, why text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  o uuid := current_setting('app.org')::uuid;
  me uuid := current_setting('app.actor')::uuid;
  at timestamptz := current_setting('app.now')::timestamptz;
begin
  if not exists (
    select
    from app.cohort_duty d
    where d.org_id = o
      and d.cohort_id = name_substitute.cohort
      and d.user_id = me
      and d.kind in ('coach', 'pair', 'coordinator')
      and d.valid_from <= at
      and d.valid_until > at
  )
  or exists (
    select
    from app.membership a
    join app.membership b on b.org_id = a.org_id and b.account_id = a.account_id
    where a.org_id = o
      and a.id = me
      and b.id = member
  )
  or not exists (
    select
    from app.membership m
    where m.org_id = o
      and m.id = member
      and m.disabled_at is null
      and m.role = 'coach'
  )
  or starts >= until
  or until > at + interval '90 days' then
    raise exception using errcode = '42501', message = 'a substitute is another coach, for a time';
  end if;
  insert into app.cohort_duty (org_id, id, cohort_id, user_id, kind, valid_from, valid_until, reason)
  values (o, duty_id, name_substitute.cohort, member, 'substitute', starts, until, why);
end $function$

-- function, owned by the migrating role, for kuukausi_duty, kuukausi_web
CREATE OR REPLACE FUNCTION app.name_tokens(name text)
 RETURNS SETOF text
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select distinct t from regexp_split_to_table(lower(normalize(name, NFC)), '[^[:alnum:]]+') t where t <> ''
$function$

-- function, owned by kuukausi_duty
CREATE OR REPLACE FUNCTION app.named_grants(org uuid, person uuid, moment timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
$function$

-- function, owned by the migrating role, for kuukausi_door, kuukausi_duty, kuukausi_web
CREATE OR REPLACE FUNCTION app.newcomer(since timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select newcomer.since > nullif(current_setting('app.now', true), '')::timestamptz - interval '14 days'
$function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.offers_lapsed(cohort uuid)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select count(*)::int
  from app.enrolment e
  where e.org_id = nullif(current_setting('app.org', true), '')::uuid
    and e.cohort_id = offers_lapsed.cohort
    and e.state = 'invited'
    and e.answer_by < (nullif(current_setting('app.now', true), '')::timestamptz at time zone 'Europe/Helsinki')::date
    and exists (
      select
      from app.cohort_duty d
      where d.org_id = e.org_id
        and d.cohort_id = e.cohort_id
        and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
        and d.valid_from <= nullif(current_setting('app.now', true), '')::timestamptz
        and d.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
    )
$function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.opened_mine()
 RETURNS TABLE(day date, role text, purpose text, times integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
$function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.openings()
 RETURNS TABLE(id uuid, enrolment_id uuid, by_name text, reason text, at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
$function$

-- function, owned by kuukausi_duty
CREATE OR REPLACE FUNCTION app.party_grants()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if tg_op = 'INSERT' then
    insert into app.case_grant (
      org_id, user_id, enrolment_id, participant_id, cohort_id, kind, source_id, valid_from, valid_until, reason
    )
    select
      new.org_id,
      new.user_id,
      e.id,
      e.participant_id,
      e.cohort_id,
      new.kind,
      new.id,
      new.valid_from,
      new.valid_until,
      'party'
    from app.enrolment e
    where e.org_id = new.org_id
      and e.id = new.enrolment_id
      and (
        new.kind in ('expert', 'participant', 'follow_up')
        or app.may_know(new.org_id, e.participant_id, new.user_id)
      );
  else
    update app.case_grant g
    set
      valid_from = new.valid_from,
      valid_until = case
        when new.kind in ('expert', 'participant', 'follow_up') or app.may_know(g.org_id, g.participant_id, g.user_id)
          then new.valid_until
        else greatest(least(new.valid_until, g.valid_until), new.valid_from)
      end
    where g.org_id = new.org_id
      and g.source_id = new.id;
  end if;
  return null;
end $function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.person_matched(token bytea, first text, last text, born date, code bytea, request text, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
end $function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.places_free(site uuid, starts date, ends date, but uuid)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
$function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.places_held(site uuid, starts date, ends date, but uuid)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
$function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.probes()
 RETURNS TABLE(member uuid, name text, n integer, last date)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select m.id, m.name, count(distinct a.subject_id)::int, max((a.at at time zone 'Europe/Helsinki')::date)
  from app.membership m
  join app.audit a on a.org_id = m.org_id and a.actor_id = m.id
  where app.sees_trail()
    and m.org_id = nullif(current_setting('app.org', true), '')::uuid
    and a.at > nullif(current_setting('app.now', true), '')::timestamptz - interval '7 days'
    and a.action = 'person_matched'
  group by m.id, m.name
  having count(distinct a.subject_id) >= 3
$function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.protect_person(person uuid, coach uuid, coordinator uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
end $function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.protections_of(member uuid)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select count(*)::int
  from app.protection_order p
  where current_setting('app.role', true) = 'admin'
    and p.org_id = nullif(current_setting('app.org', true), '')::uuid
    and protections_of.member in (p.coach_id, p.coordinator_id)
$function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.queue_first(cohort uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select e.id
  from app.enrolment e
  where e.org_id = nullif(current_setting('app.org', true), '')::uuid
    and e.cohort_id = queue_first.cohort
    and e.state = 'referred'
    and current_setting('app.role', true) in ('coach', 'coordinator')
    and exists (
      select
      from app.cohort_duty d
      where d.org_id = e.org_id
        and d.cohort_id = e.cohort_id
        and d.user_id = nullif(current_setting('app.actor', true), '')::uuid
        and d.valid_from <= nullif(current_setting('app.now', true), '')::timestamptz
        and d.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
    )
  order by e.queue_number, e.created_at, e.id
  limit 1
$function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.queue_next(cohort uuid)
 RETURNS smallint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  n smallint;
begin
  update app.cohort c
  set queue_last = c.queue_last + 1
  where c.org_id = nullif(current_setting('app.org', true), '')::uuid
    and c.id = queue_next.cohort
    and c.state in ('open', 'confirmed', 'running')
    and current_setting('app.role', true) in ('coach', 'coordinator', 'expert')
  returning c.queue_last into n;
  if n is null then
    raise exception using errcode = '42501', message = 'no cohort that takes people in';
  end if;
  return n;
end $function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.recruiting()
 RETURNS TABLE(id uuid, version_id uuid, name text, place text, starts_on date, ends_on date, places_taken integer, size_max integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select c.id, c.version_id, c.name, c.place, c.starts_on, c.ends_on, c.places_taken::int, c.size_max::int
  from app.cohort c
  where c.org_id = nullif(current_setting('app.org', true), '')::uuid
    and c.state in ('open', 'confirmed')
    and current_setting('app.role', true) in ('coach', 'coordinator', 'expert')
  order by c.starts_on, c.name
  limit 100
$function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.replace_expert(party_id uuid, enrolment uuid, member uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  o uuid := current_setting('app.org')::uuid;
  moment timestamptz := current_setting('app.now')::timestamptz;
  until timestamptz;
begin
  select max(p.valid_until) into until
  from app.enrolment_party p
  where p.org_id = o
    and p.enrolment_id = replace_expert.enrolment
    and p.kind = 'expert'
    and p.valid_until > moment;
  if until is null then
    raise exception using errcode = '42501', message = 'no expert to be replaced';
  end if;
  perform app.assign_party(party_id, replace_expert.enrolment, member, 'expert', until, 'correction');
  update app.enrolment_party p
  set valid_until = greatest(moment, p.valid_from)
  where p.org_id = o
    and p.enrolment_id = replace_expert.enrolment
    and p.kind = 'expert'
    and p.id <> party_id
    and p.valid_until > moment;
end $function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.review_clashes(enrolment uuid, on_day date, at_from integer, at_until integer, room text)
 RETURNS SETOF text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  o uuid := nullif(current_setting('app.org', true), '')::uuid;
  me uuid := nullif(current_setting('app.actor', true), '')::uuid;
  moment timestamptz := nullif(current_setting('app.now', true), '')::timestamptz;
begin
  if not exists (
    select
    from app.case_grant g
    where g.org_id = o
      and g.enrolment_id = review_clashes.enrolment
      and g.user_id = me
      and g.kind in ('coach', 'pair', 'substitute')
      and g.valid_from <= moment
      and g.valid_until > moment
  ) then
    return;
  end if;
  perform pg_advisory_xact_lock(hashtextextended(o::text || on_day::text, 0));
  return query
  select 'group'
  from app.enrolment e
  join app.meeting m on m.org_id = e.org_id and (m.cohort_id = e.cohort_id or m.enrolment_id = e.id)
  where e.org_id = o
    and e.id = review_clashes.enrolment
    and m.held_on = on_day
    and m.kind = 'group'
    and m.cancelled_at is null
    and m.starts_at < at_until
    and at_from < m.ends_at
  limit 1;
  return query
  select 'appointment'
  from app.appointment x
  where x.org_id = o
    and x.enrolment_id = review_clashes.enrolment
    and x.held_on = on_day
    and x.state = 'booked'
    and x.starts_at < at_until
    and at_from < x.ends_at
  limit 1;
  return query
  select distinct k.kind
  from app.review r
  cross join lateral (
    select 'coach' as kind
    from app.case_grant g
    where g.org_id = o
      and g.enrolment_id = r.enrolment_id
      and g.user_id = me
      and g.kind in ('coach', 'pair', 'substitute')
      and g.valid_from <= moment
      and g.valid_until > moment
    union all
    select 'expert'
    from app.case_grant g
    join app.case_grant h
      on h.org_id = o
      and h.enrolment_id = review_clashes.enrolment
      and h.user_id = g.user_id
      and h.kind = 'expert'
      and h.valid_until > moment
    where g.org_id = o
      and g.enrolment_id = r.enrolment_id
      and g.kind = 'expert'
      and g.valid_until > moment
    union all
    select 'place' where lower(r.place) = lower(room)
  ) k
  where r.org_id = o
    and r.enrolment_id <> review_clashes.enrolment
    and r.meets_on = on_day
    and r.state <> 'locked'
    and r.meets_at < at_until
    and at_from < r.meets_at + (at_until - at_from);
end $function$

-- function, owned by kuukausi_door, for kuukausi_web
CREATE OR REPLACE FUNCTION app.schema_version()
 RETURNS bigint
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return (select max(version_id) from public.goose_db_version where is_applied);
end $function$

-- function, owned by kuukausi_door, for kuukausi_web
CREATE OR REPLACE FUNCTION app.seal_check(fresh bytea)
 RETURNS bytea
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  insert into app.installation (sealed) values (seal_check.fresh) on conflict (one) do nothing;
  return (select i.sealed from app.installation i);
end $function$

-- function, owned by kuukausi_duty
CREATE OR REPLACE FUNCTION app.search_sharing()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  update app.search_step set shared = new.search_shared where org_id = new.org_id and enrolment_id = new.id;
  return null;
end $function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.seat_hold(day uuid)
 RETURNS TABLE(id uuid, cohort_id uuid, held_on date, seats integer, seats_taken integer, cancelled boolean)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
#variable_conflict use_column
declare
  o uuid := nullif(current_setting('app.org', true), '')::uuid;
  me uuid := nullif(current_setting('app.actor', true), '')::uuid;
  who text := current_setting('app.role', true);
begin
  return query
  select d.id, d.cohort_id, d.held_on, d.seats::int, d.seats_taken::int, d.cancelled_at is not null
  from app.open_day d
  where d.org_id = o
    and d.id = seat_hold.day
    and (
      who in ('coach', 'coordinator')
      or who = 'participant'
      and (
        d.cohort_id is null
        or d.cohort_id in (
          select g.cohort_id
          from app.case_grant g
          where g.org_id = o
            and g.user_id = me
            and g.kind = 'participant'
            and g.valid_from <= nullif(current_setting('app.now', true), '')::timestamptz
            and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
        )
      )
    )
  for update of d;
end $function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.sees_trail()
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select current_setting('app.role', true) = 'admin' or exists (
    select
    from app.organisation o
    where o.id = nullif(current_setting('app.org', true), '')::uuid
      and o.data_contact = nullif(current_setting('app.actor', true), '')::uuid
  )
$function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.site_history(one uuid)
 RETURNS TABLE(site_id uuid, proposed integer, active integer, ended integer, cancelled integer, hired integer, people integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
$function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.site_holds(starts date, ends date)
 RETURNS TABLE(site_id uuid, starts_on date, ends_on date)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select t.site_id, t.starts_on, t.ends_on
  from app.trial t
  where t.org_id = nullif(current_setting('app.org', true), '')::uuid
    and t.state in ('draft', 'active')
    and t.starts_on <= site_holds.ends
    and t.ends_on >= site_holds.starts
    and current_setting('app.role', true) = 'coordinator'
$function$

-- function, owned by the migrating role
CREATE OR REPLACE FUNCTION app.take_shape()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  new.shape := (
    select v.shape
    from app.programme_version v
    where v.org_id = new.org_id and v.id = new.version_id
  );
  return new;
end $function$

-- function, owned by kuukausi_door, for kuukausi_web
CREATE OR REPLACE FUNCTION app.throttle_undo(keys bytea[])
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  delete from app.login_throttle where key = any(throttle_undo.keys[1:cardinality(throttle_undo.keys) - 1]);
  update app.login_throttle
  set attempts = greatest(0, attempts - 1)
  where key = throttle_undo.keys[cardinality(throttle_undo.keys)];
$function$

-- function, owned by kuukausi_door, for kuukausi_web
CREATE OR REPLACE FUNCTION app.touch(token bytea, at timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  update app.login_session set seen_at = touch.at where token_hash = touch.token and seen_at < touch.at
$function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.trial_contact_days(trial uuid)
 RETURNS TABLE(on_day date)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select k.on_day
  from app.site_contact k
  join app.trial t on t.org_id = k.org_id and t.id = k.trial_id
  join app.case_grant g on g.org_id = t.org_id and g.enrolment_id = t.enrolment_id and g.kind = 'participant'
  where k.org_id = nullif(current_setting('app.org', true), '')::uuid
    and k.trial_id = trial_contact_days.trial
    and g.user_id = nullif(current_setting('app.actor', true), '')::uuid
    and g.valid_from <= nullif(current_setting('app.now', true), '')::timestamptz
    and g.valid_until > nullif(current_setting('app.now', true), '')::timestamptz
$function$

-- function, owned by the migrating role, for kuukausi_web
CREATE OR REPLACE FUNCTION app.trial_flaws(t app.trial)
 RETURNS text[]
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
end $function$

-- function, owned by the migrating role
CREATE OR REPLACE FUNCTION app.trial_kept()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
end $function$

-- function, owned by kuukausi_duty
CREATE OR REPLACE FUNCTION app.trial_protected()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
end $function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.trials_of_person(enrolment uuid)
 RETURNS TABLE(id uuid, site_name text, state text, starts_on date, ends_on date, source text, evidence text, by text)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
end $function$

-- function, owned by kuukausi_door, for kuukausi_web
CREATE OR REPLACE FUNCTION app.unhurried()
 RETURNS text
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select set_config('statement_timeout', '0', true)
$function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.unmerge_person(merge uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
end $function$

-- function, owned by kuukausi_duty, for kuukausi_web
CREATE OR REPLACE FUNCTION app.unprotect_person(person uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
end $function$

-- function, owned by the migrating role
CREATE OR REPLACE FUNCTION app.who_corrects()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if current_user = 'kuukausi_web' and current_setting('app.role', true) is distinct from 'coach' then
    raise exception using errcode = '42501', message = 'only a coach corrects who somebody is';
  end if;
  return new;
end $function$

package placement_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// What no page offers no statement of the web role does either.
func TestTrialsByRawSQL(t *testing.T) {
	s := apptest.Start(t)
	own := demo.Enrolment(8)
	strange := uuid.NewString()
	s.SQL(`insert into app.trial (
  org_id, id, enrolment_id, site_id, supervisor_id, state, purpose, starts_on, ends_on, starts_at, day_minutes,
  week_days, created_at)
select
  org_id,
  $2::uuid,
  $3,
  id,
  (select p.id from app.site_person p where p.site_id = i.id limit 1),
  'active',
  'career_options',
  '2026-11-01',
  '2026-12-04',
  750,
  240,
  5,
  now()
from app.site i
where id = $1`, demo.Site(3), strange, demo.OtherCoachsEnrolment(0))
	for _, x := range []struct {
		what, email, role, q string
		args                 []any
	}{
		{"an assessment of a stranger's trial", "veera.valmentava", "coach",
			`insert into app.organiser_assessment (org_id, trial_id, enrolment_id, number, suitability, given_by, given_on, how)
values ($1, $2, $3, 1, 'x', 'y', '2026-11-19', 'phone')`, []any{demo.Org, strange, own}},
		{"a comment in the participant's name", "veera.valmentava", "coach", `insert into app.organiser_assessment (
  org_id, trial_id, enrolment_id, number, suitability, given_by, given_on, how, comment)
values ($1, $2, $3, 1, 'x', 'y', '2026-11-19', 'phone', 'z')`, []any{demo.Org, demo.Trial(108), own}},
		{"a waiver for a stranger's trial", "eeva.ehkanen", "expert",
			`insert into app.assessment_waiver (org_id, trial_id, enrolment_id, grounds) values ($1, $2, $3, 'x')`, []any{demo.Org, strange, own}},
		{"a problem of a stranger's trial", "tuulikki.esimerkki", "participant",
			`insert into app.trial_problem (org_id, id, trial_id, enrolment_id, category, body, told_by, act_by)
values ($1, gen_random_uuid(), $2, $3, 'safety', 'x', 'participant', '2026-11-19')`, []any{demo.Org, strange, own}},
		{"a problem in the coordinator's name", "tuulikki.esimerkki", "participant",
			`insert into app.trial_problem (org_id, id, trial_id, enrolment_id, category, body, told_by, act_by)
values ($1, gen_random_uuid(), $2, $3, 'safety', 'x', 'coordinator', '2026-11-19')`, []any{demo.Org, demo.Trial(108), own}},
		{"a planned contact of a stranger's trial", "kimmo.koordinoiva", "coordinator",
			`insert into app.trial_checkin (org_id, id, trial_id, enrolment_id, code, due_on)
values ($1, gen_random_uuid(), $2, $3, 'end', '2026-11-19')`, []any{demo.Org, strange, own}},
		{"evidence on a stranger's case", "veera.valmentava", "coach",
			`insert into app.trial_evidence (org_id, id, enrolment_id, kind, from_on, source, evidence)
values ($1, gen_random_uuid(), $2, 'unemployed', '2020-01-01', 'document', 'x')`, []any{demo.Org, demo.OtherCoachsEnrolment(0)}},
		{"an hour in a stranger's cohort", "senni.sijainen", "coach",
			`insert into app.open_day (org_id, id, kind, cohort_id, held_on, starts_at, ends_at, place, seats)
values ($1, gen_random_uuid(), 'employer_hour', $2, '2026-12-01', 600, 660, 'x', 5)`, []any{demo.Org, demo.Running}},
		{"an agreement without signatures", "kimmo.koordinoiva", "coordinator",
			`update app.trial set state = 'active' where id = $1`, []any{demo.Trial(105)}},
		{"an apptest.Answer in the participant's name", "kimmo.koordinoiva", "coordinator",
			`update app.trial set accepted_on = '2026-11-19', accepted_how = 'self' where id = $1`, []any{demo.Trial(400)}},
		{"a protection taken off a trial", "kimmo.koordinoiva", "coordinator",
			`update app.trial set protected = false where id = $1`, []any{demo.Trial(105)}},
		{"a signature of the authority by a coordinator in the app", "kimmo.koordinoiva", "coordinator",
			`insert into app.trial_signature (org_id, id, trial_id, enrolment_id, party, signed_on, how, trial_version)
values ($1, gen_random_uuid(), $2, $3, 'authority', '2026-11-19', 'app', 1)`, []any{demo.Org, demo.Trial(107), demo.Enrolment(7)}},
		{"an approval in the participant's name", "veera.valmentava", "coach",
			`insert into app.placement_profile (org_id, enrolment_id, fields, approved_on, approved_how)
values ($1, $2, '{it}', '2026-11-19', 'self')`, []any{demo.Org, own}},
		{"a number of the law of yesterday", "aatu.yllapitaja", "admin",
			`insert into app.law_override (org_id, key, valid_from, value, source, checked_on)
values ($1, 'trial_day_min', '2026-11-18', 1, 'x', '2026-11-18')`, []any{demo.Org}},
		{"a proposal that is in force", "kimmo.koordinoiva", "coordinator", `insert into app.trial (
  org_id, id, enrolment_id, site_id, state, purpose, starts_on, ends_on, starts_at, day_minutes, week_days)
values ($1, gen_random_uuid(), $2, $3, 'active', 'career_options', '2026-12-01', '2026-12-04', 750, 240, 5)`,
			[]any{demo.Org, demo.Enrolment(3), demo.Site(2)}},
		{"a diary in the participant's name", "veera.valmentava", "coach",
			`insert into app.trial_diary (org_id, id, trial_id, enrolment_id, on_day, mood, shared, topic)
values ($1, gen_random_uuid(), $2, $3, '2026-11-19', 'good', true, true)`, []any{demo.Org, demo.Trial(108), own}},
	} {
		if got := s.Raw(x.email, x.role, x.q, x.args...); got != "refused" {
			t.Errorf("%s: %s", x.what, got)
		}
	}
	for what, got := range map[string]string{
		"a coach settles problems": s.Raw("veera.valmentava", "coach", `update app.trial_problem set acted = 'z', acted_on = '2026-11-19'`),
		"a coordinator reads the diary": strings.Replace(
			s.Raw("kimmo.koordinoiva", "coordinator", `select * from app.trial_diary`), "SELECT", "UPDATE", 1,
		),
		"an expert reads the diary": strings.Replace(s.Raw("eeva.ehkanen", "expert", `select * from app.trial_diary`),
			"SELECT", "UPDATE", 1),
		"a coach calls off a coordinator's": s.Raw("senni.sijainen", "coach", `update app.open_day set cancelled_at = now()`),
		"a coordinator reads what is a plan": strings.Replace(
			s.Raw("kimmo.koordinoiva", "coordinator", `select * from app.placement_profile where approved_on is null`),
			"SELECT", "UPDATE", 1,
		),
	} {
		if got != "UPDATE 0" {
			t.Errorf("%s: %s", what, got)
		}
	}
	s.Raw("tuulikki.esimerkki", "participant", `select app.count_seats($1) from generate_series(1, 3)`, demo.OpenDay(1))
	if got := s.SQL(`select seats_taken::text from app.open_day where id = $1`, demo.OpenDay(1)); got != "0" {
		t.Errorf("%s seats taken by nobody", got)
	}
}

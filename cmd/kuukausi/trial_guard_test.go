package main

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/postgres/demo"
)

// raw runs a statement as the web role in the name of somebody, and says what came of it.
func (s *site) raw(email, role, q string, args ...any) string {
	s.t.Helper()
	ctx := context.Background()
	c, err := pgx.Connect(ctx, s.db.AdminURL)
	if err != nil {
		s.t.Fatal(err)
	}
	defer c.Close(ctx)
	me := s.uuid(`select id from app.membership where org_id = $1 and email = $2`, demo.Org, email+"@example.org")
	tx, err := c.Begin(ctx)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(ctx) }()
	for _, x := range [][2]string{{"app.org", demo.Org.String()}, {"app.actor", me}, {"app.role", role}, {"app.now", "2026-11-19T08:00:00Z"}} {
		if _, err := tx.Exec(ctx, `select set_config($1, $2, true)`, x[0], x[1]); err != nil {
			s.t.Fatal(err)
		}
	}
	if _, err := tx.Exec(ctx, `set local role kuukausi_web`); err != nil {
		s.t.Fatal(err)
	}
	tag, err := tx.Exec(ctx, q, args...)
	if err != nil {
		return "refused"
	}
	return tag.String()
}

// What no page offers no statement of the web role does either.
func TestTrialsByRawSQL(t *testing.T) {
	s := start(t)
	own := demo.Enrolment(8)
	strange := uuid.NewString()
	s.sql(`insert into app.trial (
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
		{"an answer in the participant's name", "kimmo.koordinoiva", "coordinator",
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
		if got := s.raw(x.email, x.role, x.q, x.args...); got != "refused" {
			t.Errorf("%s: %s", x.what, got)
		}
	}
	for what, got := range map[string]string{
		"a coach settles problems": s.raw("veera.valmentava", "coach", `update app.trial_problem set acted = 'z', acted_on = '2026-11-19'`),
		"a coordinator reads the diary": strings.Replace(
			s.raw("kimmo.koordinoiva", "coordinator", `select * from app.trial_diary`), "SELECT", "UPDATE", 1,
		),
		"an expert reads the diary": strings.Replace(s.raw("eeva.ehkanen", "expert", `select * from app.trial_diary`),
			"SELECT", "UPDATE", 1),
		"a coach calls off a coordinator's": s.raw("senni.sijainen", "coach", `update app.open_day set cancelled_at = now()`),
		"a coordinator reads what is a plan": strings.Replace(
			s.raw("kimmo.koordinoiva", "coordinator", `select * from app.placement_profile where approved_on is null`),
			"SELECT", "UPDATE", 1,
		),
	} {
		if got != "UPDATE 0" {
			t.Errorf("%s: %s", what, got)
		}
	}
	s.raw("tuulikki.esimerkki", "participant", `select app.count_seats($1) from generate_series(1, 3)`, demo.OpenDay(1))
	if got := s.sql(`select seats_taken::text from app.open_day where id = $1`, demo.OpenDay(1)); got != "0" {
		t.Errorf("%s seats taken by nobody", got)
	}
}

// ready is a proposal that lacks nothing but coming into force.
func (s *site) ready(k *user, enrolment uuid.UUID, site int) string {
	s.t.Helper()
	path, v := s.proposal(k, enrolment)
	v.Set("site", s.at(site))
	if got := k.post(path, v); got.code != 303 {
		s.t.Fatal(got.code, got.codes())
	}
	at := "/trials/" + v.Get("form")
	step := func(what string, more ...string) {
		f := fill(s.t, k.get(at).body, at+what)
		for i := 0; i+1 < len(more); i += 2 {
			f.Set(more[i], more[i+1])
		}
		if got := k.post(at+what, f); got.code != 303 {
			s.t.Fatal(what, got.code, got.codes())
		}
	}
	step("/answer", "answer", "yes", "way", "phone")
	for _, p := range []string{"participant", "organiser", "authority"} {
		step("/signatures", "party", p, "signed_on", "18.11.2026")
	}
	step("/insurance", "insurance_on", "19.11.2026")
	return at
}

// Two agreements of one person for the same days, put in force at once: one is.
func TestTwoAgreements(t *testing.T) {
	s := start(t, many)
	k := s.as("kimmo.koordinoiva")
	matti := demo.Enrolment(3)
	s.sql(`update app.site_capacity set ended = true`)
	ats := []string{s.ready(k, matti, 2), s.ready(k, matti, 4)}
	var forms []url.Values
	for _, a := range ats {
		forms = append(forms, fill(t, k.get(a).body, a+"/activation"))
	}
	c, err := pgx.Connect(context.Background(), s.db.AdminURL)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(context.Background())
	tx, err := c.Begin(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	// whoever has judged waits for the case before the last flight: without a lock on the person both would have judged
	if _, err := tx.Exec(context.Background(), `select from app.enrolment where id = $1 for update`, matti); err != nil {
		t.Fatal(err)
	}
	answers := make(chan answer, 2)
	for i := range 2 {
		go func() { answers <- k.post(ats[i]+"/activation", forms[i]) }()
	}
	time.Sleep(300 * time.Millisecond)
	_ = tx.Rollback(context.Background())
	a, b := <-answers, <-answers
	if n := s.sql(`select count(*) from app.trial where enrolment_id = $1 and state = 'active'`, matti); n != "1" ||
		a.code+b.code != 303+422 ||
		!a.has("E_OVERLAP") && !b.has("E_OVERLAP") {
		t.Errorf("%s in force: %d %v, %d %v", n, a.code, a.codes(), b.code, b.codes())
	}
}

// An answer is to the terms that were shown: an edit that comes between leaves it a stale page.
func TestAnswerToOtherTerms(t *testing.T) {
	s := start(t)
	tuu := s.as("tuulikki.esimerkki")
	trial := demo.Trial(108)
	s.sql(`update app.trial set state = 'draft', accepted_on = null, accepted_how = '' where id = $1`, trial)
	at := "/trials/" + trial.String() + "/answer"
	v := fill(t, tuu.get("/me/trials").body, at)
	v.Set("answer", "yes")
	c, err := pgx.Connect(context.Background(), s.db.AdminURL)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(context.Background())
	tx, err := c.Begin(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(
		context.Background(), `update app.trial set version = version + 1, day_minutes = 480 where id = $1`, trial,
	); err != nil {
		t.Fatal(err)
	}
	answers := make(chan answer, 1)
	go func() { answers <- tuu.post(at, v) }()
	time.Sleep(300 * time.Millisecond)
	if err := tx.Commit(context.Background()); err != nil {
		t.Fatal(err)
	}
	if got := <-answers; got.code != 409 || s.sql(`select coalesce(accepted_on::text, 'none') from app.trial where id = $1`, trial) != "none" {
		t.Errorf("accepted what was never shown: %d", got.code)
	}
}

// The six months are counted over all cases of a person, whether one may see them or not; what was entered by mistake
// counts no more; evidence goes where its case goes; what is typed wrongly never hangs a page.
func TestBalanceOverAllCases(t *testing.T) {
	s := start(t)
	k := s.as("kimmo.koordinoiva")
	matti := demo.Enrolment(3)
	balance := "/enrolments/" + matti.String() + "/trial-balance"
	old := uuid.NewString()
	s.sql(`insert into app.enrolment
select (
  jsonb_populate_record(
    e,
    jsonb_build_object(
      'id', $2::text, 'cohort_id', null, 'state', 'completed', 'starts_on', '2026-04-01', 'ends_on', '2026-10-30',
      'closed_at', '2026-10-30T10:00:00Z'))).*
from app.enrolment e
where e.id = $1`, matti, old)
	s.sql(`delete from app.case_grant where enrolment_id::text = $1`, old)
	s.sql(`insert into app.trial (
  org_id, id, enrolment_id, site_id, state, purpose, starts_on, ends_on, starts_at, day_minutes, week_days, created_at)
select
  org_id,
  gen_random_uuid(),
  $2::uuid,
  id,
  'ended',
  'career_options',
  '2026-04-30',
  '2026-10-30',
  750,
  240,
  5,
  now()
from app.site i
where id = $1`, demo.Site(3), old)
	path, v := s.proposal(k, matti)
	if got := k.post(path, v); got.code != 422 || !got.has("E_TRIAL_MAX") {
		t.Errorf("after six months in a case one does not see: %d %v", got.code, got.codes())
	}
	if page := k.get(balance).body; strings.Contains(page, "Lehmus") || !strings.Contains(page, "30.10.2026") {
		t.Error("the site of a case one does not see, or nothing of its days")
	}
	add := func(kind, from, until string) answer {
		f := fill(t, k.get(balance).body, "/enrolments/"+matti.String()+"/trial-evidence")
		for key, x := range map[string]string{
			"kind": kind, "organiser": "Entinen Oy", "from": from, "until": until, "source": "document", "evidence": "nähty",
		} {
			f.Set(key, x)
		}
		return k.post("/enrolments/"+matti.String()+"/trial-evidence", f)
	}
	for _, x := range [][3]string{
		{"trial", "1.1.1901", "31.12.2199"}, {"unemployed", "1.1.2020", "31.12.2199"}, {"trial", "1.1.0001", "2.1.0001"},
		{"trial", "1.1.2026", "31.12.9999"},
	} {
		if got := add(x[0], x[1], x[2]); got.code != 422 {
			t.Errorf("%v: %d", x, got.code)
		}
	}
	s.sql(`insert into app.trial_evidence (
  org_id, id, enrolment_id, kind, organiser, from_on, until_on, source, evidence, entered_by, at)
select
  $1,
  gen_random_uuid(),
  $2,
  'trial',
  'Ikuinen',
  '0001-01-01',
  '9999-12-31',
  'document',
  'x',
  id,
  now()
from app.membership
where org_id = $1 and email = 'kimmo.koordinoiva@example.org'`, demo.Org, matti)
	done := make(chan int, 1)
	go func() { done <- k.get(balance).code }()
	select {
	case code := <-done:
		if code != 200 {
			t.Errorf("the balance of ten thousand years: %d", code)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("the balance of ten thousand years never answers")
	}
	id := s.uuid(`select id from app.trial_evidence where organiser = 'Ikuinen'`)
	drop := "/evidence/" + id + "/withdrawal"
	f := fill(t, k.get(balance).body, drop)
	if got := k.post(drop, f); got.code != 422 || !got.has("E_REQUIRED") || !strings.Contains(got.body, `id="drop-`+id+`-why"`) {
		t.Errorf("taken back without why: %d %v", got.code, got.codes())
	}
	f.Set("why", "väärä vuosi")
	if got := k.post(drop, f); got.code != 303 {
		t.Fatal(got.code, got.codes())
	}
	if page := k.get(balance).body; strings.Contains(page, "Ikuinen") {
		t.Error("what was taken back still stands there")
	}
	// a protected person's months count for the expert too
	s.sql(`update app.trial set protected = true where enrolment_id = $1`, demo.Enrolment(8))
	if page := s.as("eeva.ehkanen").get("/enrolments/" + demo.Enrolment(8).String() + "/trial-balance").body; strings.Contains(
		page,
		"0 päivää",
	) ||
		strings.Contains(page, "Leipomo") {
		t.Error("the months of a protected person are not counted, or their site is named")
	}
}

// A last day may always be moved earlier, whatever became of the site or the case.
func TestEndEarlier(t *testing.T) {
	s := start(t)
	k := s.as("kimmo.koordinoiva")
	trial := demo.Trial(108)
	at := "/trials/" + trial.String() + "/end-date"
	s.sql(`update app.site_capacity set places = 0`)
	s.sql(`update app.enrolment set state = 'completed', closed_at = '2026-11-19T06:00:00Z' where id = $1`, demo.Enrolment(8))
	if got := k.get(at + "?ends_on=1.12.2026"); got.code != 200 {
		t.Errorf("earlier: %d %v", got.code, got.codes())
	}
	s.sql(`update app.enrolment set state = 'active', closed_at = null where id = $1`, demo.Enrolment(8))
	if got := k.get(at + "?ends_on=8.12.2026&continuing=yes"); got.code != 422 || !got.has("E_SITE_FULL") {
		t.Errorf("later, without a place: %d %v", got.code, got.codes())
	}
}

// What a colleague did first leaves one's own text on the page, in its own form, with a link that leads to it.
func TestTrialTextsAreKept(t *testing.T) {
	s := start(t)
	k, e, v := s.as("kimmo.koordinoiva"), s.as("eeva.ehkanen"), s.as("veera.valmentava")
	at := "/trials/" + demo.Trial(108).String()
	form := func(u *user, text string) url.Values {
		f := fill(t, u.get(at).body, at+"/assessment")
		for key, x := range map[string]string{"suitability": text, "skills": "taidot", "how": "phone", "given_by": "Liisa"} {
			f.Set(key, x)
		}
		return f
	}
	w := fill(t, e.get(at).body, at+"/waiver")
	w.Set("grounds", "PERUSTELU")
	if got := v.post(at+"/assessment", form(v, "ENSIMMÄINEN")); got.code != 303 {
		t.Fatal(got.code, got.codes())
	}
	if got := k.post(at+"/assessment", form(k, "KORJATTU")); got.code != 303 {
		t.Fatalf("a correction before the end: %d %v", got.code, got.codes())
	}
	if page := v.get(at).body; !strings.Contains(page, "KORJATTU") ||
		s.sql(`select count(*) from app.organiser_assessment where trial_id = $1`, demo.Trial(108)) != "2" {
		t.Error("the correction is not shown, or the former text not kept")
	}
	if got := e.post(at+"/waiver", w); got.code != 422 || !got.has("E_ASSESSED") || !strings.Contains(got.body, "PERUSTELU") {
		t.Errorf("a waiver too late: %d %v", got.code, got.codes())
	}
	for _, body := range []string{"yksi", "kaksi"} {
		p := fill(t, k.get(at).body, at+"/problems")
		p.Set("category", "tasks")
		p.Set("problem", body)
		p.Set("told_by", "coach")
		if got := k.post(at+"/problems", p); got.code != 303 {
			t.Fatal(got.code, got.codes())
		}
	}
	id := s.uuid(`select id from app.trial_problem where body = 'yksi'`)
	act := "/problems/" + id + "/action"
	f := fill(t, k.get(at).body, act)
	got := k.post(act, f)
	if got.code != 422 || !strings.Contains(got.body, `href="#act-`+id+`-acted"`) || !strings.Contains(got.body, `id="act-`+id+`-acted"`) ||
		strings.Count(got.body, `-acted-error"`) != 2 {
		t.Errorf("an empty answer: %d %v, %d errors", got.code, got.codes(), strings.Count(got.body, `-acted-error"`))
	}
	end := fill(t, k.get(at).body, at+"/end")
	for key, x := range map[string]string{"reason": "LOPETUS", "hired": "no", "terminated_by": "participant", "notice_on": "19.11.2026"} {
		end.Set(key, x)
	}
	second := url.Values{}
	for key, x := range end {
		second[key] = append([]string(nil), x...)
	}
	second.Set("form", uuid.NewString())
	second.Set("reason", "TOINEN SYY")
	if got := k.post(at+"/end", end); got.code != 303 {
		t.Fatal(got.code, got.codes())
	}
	if got := k.post(at+"/end", second); got.code != 422 || !strings.Contains(got.body, "TOINEN SYY") {
		t.Errorf("ended a second time: %d %v", got.code, got.codes())
	}
	if page := k.get(at + "/agreement").body; !strings.Contains(page, "9.11.–4.12.2026") || !strings.Contains(page, "19.11.2026") {
		t.Error("the agreement does not keep what was agreed")
	}
}

// Who is a party signs for themself in the app, today; a diary is the participant's, and the coach's where it is shared.
func TestSigningInTheApp(t *testing.T) {
	s := start(t)
	tuu, e, k, v := s.as("tuulikki.esimerkki"), s.as("eeva.ehkanen"), s.as("kimmo.koordinoiva"), s.as("veera.valmentava")
	trial := demo.Trial(108)
	at := "/trials/" + trial.String()
	day := fill(t, tuu.get("/me/trials").body, at+"/diary")
	if got := tuu.post(at+"/diary", day); got.code != 422 || !got.has("E_CHOICE") {
		t.Errorf("a day without a mood: %d %v", got.code, got.codes())
	}
	for text, share := range map[string]string{"OMA AJATUS": "", "JAETTU AJATUS": "yes"} {
		d := fill(t, tuu.get("/me/trials").body, at+"/diary")
		d.Set("mood", "fine")
		d.Set("diary", text)
		d.Set("shared", share)
		if got := tuu.post(at+"/diary", d); got.code != 303 {
			t.Fatal(got.code, got.codes())
		}
	}
	if page := v.get(at).body; strings.Contains(page, "OMA AJATUS") || !strings.Contains(page, "JAETTU AJATUS") {
		t.Error("the coach reads what was not shared, or not what was")
	}
	for _, u := range []*user{k, e} {
		if page := u.get(at).body; strings.Contains(page, "AJATUS") {
			t.Errorf("%s reads the diary", u.name)
		}
	}
	s.sql(`delete from app.trial_signature where trial_id = $1`, trial)
	s.sql(`update app.trial set state = 'draft', starts_on = '2026-11-20', version = 2 where id = $1`, trial)
	sign := fill(t, tuu.get("/me/trials").body, at+"/signatures")
	sign.Set("party", "authority") // whatever the form says
	sign.Set("signed_on", "1.1.2026")
	if got := tuu.post(at+"/signatures", sign); got.code != 303 || got.location != "/me/trials" {
		t.Fatal(got.code, got.codes())
	}
	if got := e.post(at+"/signatures", fill(t, e.get(at).body, at+"/signatures")); got.code != 303 {
		t.Fatal(got.code, got.codes())
	}
	if got := s.sql(`select string_agg(party || ' ' || how || ' ' || signed_on, ', ' order by party)
from app.trial_signature
where trial_id = $1`, trial); got != "authority app 2026-11-19, participant app 2026-11-19" {
		t.Error(got)
	}
	if got := v.post(
		at+"/signatures",
		url.Values{"form": {uuid.NewString()}, "version": {"2"}, "party": {"organiser"}, "signed_on": {"19.11.2026"}},
	); got.code != 403 {
		t.Errorf("a coach signs: %d", got.code)
	}
}

// A planned contact of another trial, of a trial that is no more, or of fifty years ago is none.
func TestPlannedContacts(t *testing.T) {
	s := start(t)
	k := s.as("kimmo.koordinoiva")
	at := "/trials/" + demo.Trial(108).String() + "/contacts"
	post := func(at, checkin, on string) answer {
		return k.post(
			at,
			url.Values{"form": {uuid.NewString()}, "version": {"1"}, "checkin": {checkin}, "kind": {"call"}, "about": {"guidance"}, "on": {on}},
		)
	}
	other := s.uuid(`select id from app.trial_checkin where trial_id = $1 and contact_id is null limit 1`, demo.Trial(100))
	mine := s.uuid(`select id from app.trial_checkin where trial_id = $1 and contact_id is null limit 1`, demo.Trial(108))
	for what, got := range map[string]answer{
		"another trial's": post(at, other, "19.11.2026"), "nobody's": post(at, uuid.NewString(), "19.11.2026"),
		"of 1950": post(at, mine, "1.1.1950"),
	} {
		if got.code != 422 {
			t.Errorf("%s: %d", what, got.code)
		}
	}
	if got := post(at, mine, "19.11.2026"); got.code != 303 {
		t.Fatal(got.code, got.codes())
	}
	if got := post(at, mine, "19.11.2026"); got.code != 409 {
		t.Errorf("done twice: %d", got.code)
	}
	s.sql(`update app.trial set state = 'cancelled' where id = $1`, demo.Trial(107))
	if got := post("/trials/"+demo.Trial(107).String()+"/contacts", "", "19.11.2026"); got.code != 422 || !got.has("E_TRANSITION") {
		t.Errorf("about a proposal that was taken back: %d %v", got.code, got.codes())
	}
}

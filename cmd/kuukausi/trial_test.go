package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/xuri/excelize/v2"

	"kuukausi/internal/postgres/demo"
)

// at is a site with its contact person, as the form of a trial names it.
func (s *site) at(n int) string {
	return demo.Site(n).String() + " " + s.uuid(`select id from app.site_person where org_id = $1 and site_id = $2`, demo.Org, demo.Site(n))
}

// proposal is a lawful one for somebody without a site: Matti.
func (s *site) proposal(k *user, enrolment uuid.UUID) (string, url.Values) {
	path := "/enrolments/" + enrolment.String() + "/trials"
	v := fill(s.t, k.get(path+"/new").body, path)
	for key, x := range map[string]string{
		"site": s.at(2), "purpose": "return_to_work", "goals": "Sopiiko varastotyö", "tasks": "Keräily",
		"payer": "kela_general_support", "bar.competition": "no", "bar.drug_test": "no", "bar.children": "no",
	} {
		v.Set(key, x)
	}
	return path, v
}

// Every limit of the law by raw POST, one step outside: refused with its code, the typed text kept, nothing stored.
func TestTrialRefusals(t *testing.T) {
	s := start(t)
	k := s.as("kimmo.koordinoiva")
	matti := demo.Enrolment(3)
	before := s.sql(`select count(*) from app.trial`)
	for _, c := range []struct{ code, field, value string }{
		{"E_TRIAL_DAY_SHORT", "hours", "3.59"}, {"E_TRIAL_DAY_SHORT", "hours", "3,5"}, {"E_TRIAL_DAY_LONG", "hours", "8.01"},
		{"E_TRIAL_WEEK", "week_days", "6"}, {"E_TRIAL_EMPLOYER", "current_employer", "yes"},
		{"E_TRIAL_DATES", "ends_on", "5.12.2026"}, {"E_TRIAL_BAR", "bar.children", "yes"}, {"E_TRIAL_FIELDS", "site",
			uuid.NewString() + " " + uuid.NewString()}, {"E_CHOICE", "payer", "somebody"}, {"E_SITE_FULL", "site", s.at(1)},
	} {
		path, v := s.proposal(k, matti)
		v.Set("goals", "Ääkköset säilyvät")
		v.Set(c.field, c.value)
		if got := k.post(path, v); got.code != 422 || !got.has(c.code) || !strings.Contains(got.body, "Ääkköset säilyvät") {
			t.Errorf("%s by %s=%s: %d %v", c.code, c.field, c.value, got.code, got.codes())
		}
	}
	if n := s.sql(`select count(*) from app.trial`); n != before {
		t.Errorf("%s trials, %s before", n, before)
	}
	path, v := s.proposal(k, matti)
	v.Set("hours", "8")
	v.Set("payer", "")
	if got := k.post(path, v); got.code != 303 {
		t.Fatalf("a lawful one: %d %v", got.code, got.codes())
	}
	at := "/trials/" + v.Get("form")
	step := func(what, code string, more ...string) answer {
		f := fill(t, k.get(at).body, at+what)
		for i := 0; i+1 < len(more); i += 2 {
			f.Set(more[i], more[i+1])
		}
		got := k.post(at+what, f)
		if code == "" && got.code != 303 || code != "" && (got.code != 422 || !got.has(code)) {
			t.Errorf("%s: %d %v, want %q", what, got.code, got.codes(), code)
		}
		return got
	}
	step("/signatures", "E_TRIAL_FIELDS", "party", "participant")
	step("/signatures", "E_TRIAL_ANSWER", "party", "participant")
	step("/terms", "", "payer", "none")
	step("/answer", "E_CHOICE", "answer", "yes")
	step("/answer", "", "answer", "yes", "way", "phone")
	step("/activation", "E_TRIAL_UNSIGNED")
	step("/activation", "E_NO_INSURANCE")
	step("/signatures", "E_FUTURE", "party", "participant", "signed_on", "20.11.2026")
	for _, p := range []string{"participant", "organiser", "authority"} {
		step("/signatures", "", "party", p, "signed_on", "18.11.2026")
	}
	step("/insurance", "E_NO_INSURANCE", "insurance_on", "20.11.2026")
	step("/insurance", "", "insurance_on", "19.11.2026")
	step("/activation", "")
	if n := s.sql(`select count(*) from app.trial_checkin where trial_id::text = $1`, v.Get("form")); n != "4" {
		t.Errorf("%s planned contacts", n)
	}
	// other terms need another answer and other signatures
	if got := k.post(at+"/terms", v); got.code != 409 && !got.has("E_TRIAL_LOCKED") {
		t.Errorf("terms of an agreement in force: %d %v", got.code, got.codes())
	}
	if got := s.sql(`select string_agg(j ->> 'Key', ' ' order by j ->> 'Key')
from app.trial t, jsonb_array_elements(t.judged) j
where t.id::text = $1`, v.Get("form")); !strings.Contains(got, "trial_total_max") || !strings.Contains(got, "trial_day_min") {
		t.Errorf("judged by %s", got)
	}
}

// The traps of the demo data stay what they are there to show: no act brings them into force.
func TestTraps(t *testing.T) {
	s := start(t)
	k := s.as("kimmo.koordinoiva")
	for trial, code := range map[uuid.UUID]string{
		demo.Trial(105): "E_TRIAL_DAY_SHORT", demo.Trial(107): "E_TRIAL_UNSIGNED", demo.Trial(400): "E_TRIAL_EMPLOYER",
	} {
		at := "/trials/" + trial.String()
		if got := k.post(at+"/activation", fill(t, k.get(at).body, at+"/activation")); got.code != 422 || !got.has(code) {
			t.Errorf("%s: %d %v", code, got.code, got.codes())
		}
	}
}

// Two coordinators, and fifty posts, for the last place of a site: one has it.
func TestLastSite(t *testing.T) {
	s := start(t, many)
	s.sql(`update app.membership
set role = 'coordinator'
where org_id = $1 and email = 'senni.sijainen@example.org'`, demo.Org)
	s.sql(`insert into app.cohort_duty (org_id, id, cohort_id, user_id, kind, valid_from, valid_until)
select
  d.org_id,
  gen_random_uuid(),
  d.cohort_id,
  m.id,
  d.kind,
  d.valid_from,
  d.valid_until
from app.cohort_duty d, app.membership m
where d.org_id = $1
  and d.kind = 'coordinator'
  and m.org_id = $1
  and m.email = 'senni.sijainen@example.org'`, demo.Org)
	both := []*user{s.as("kimmo.koordinoiva"), s.as("senni.sijainen")}
	s.sql(`update app.trial
set state = 'cancelled'
where org_id = $1
  and site_id = $2
  and state in ('draft', 'active')`, demo.Org, demo.Site(4))
	s.sql(`update app.enrolment
set state = 'active', starts_on = '2026-11-19', ends_on = '2026-12-04'
where id = any($1)`, []uuid.UUID{demo.Recruit(0), demo.Recruit(1), demo.Recruit(2)})
	var forms []url.Values
	var at []string
	for i := range 50 {
		path, v := s.proposal(both[i%2], demo.Recruit(i%3))
		if i >= 6 { // the page is the same for each person and coordinator: only the form's id is another
			v = url.Values{}
			for key, x := range forms[i%6] {
				v[key] = x
			}
			v.Set("form", uuid.NewString())
		}
		v.Set("site", s.at(4))
		v.Set("starts_on", "19.11.2026")
		v.Set("ends_on", "4.12.2026")
		forms, at = append(forms, v), append(at, path)
	}
	got := atOnce(50, func(i int) answer { return both[i%2].post(at[i], forms[i]) })
	if n := s.sql(`select count(*) from app.trial where site_id = $1 and state = 'draft'`, demo.Site(4)); n != "1" ||
		got[http.StatusSeeOther] != 1 ||
		got[422] != 49 {
		t.Errorf("%s proposals of the last place, answers %v", n, got)
	}
}

// Six months in total: refused on the form, by raw POST, and by moving the last day; the page says what is left.
func TestTrialBalance(t *testing.T) {
	s := start(t)
	k := s.as("kimmo.koordinoiva")
	matti := demo.Enrolment(3)
	balance := "/enrolments/" + matti.String() + "/trial-balance"
	add := func(kind, organiser, from, until string) answer {
		v := fill(t, k.get(balance).body, "/enrolments/"+matti.String()+"/trial-evidence")
		for key, x := range map[string]string{
			"kind": kind, "organiser": organiser, "from": from, "until": until, "source": "document",
			"evidence": "sopimus nähty",
		} {
			v.Set(key, x)
		}
		return k.post("/enrolments/"+matti.String()+"/trial-evidence", v)
	}
	if got := add("trial", "", "1.5.2026", ""); got.code != 422 || !got.has("E_REQUIRED") || !got.has("E_DATE") {
		t.Errorf("evidence without what it is of: %d %v", got.code, got.codes())
	}
	if got := add("trial", "Entinen Oy", "1.5.2026", "30.10.2026"); got.code != 303 { // one day of six months is left
		t.Fatal(got.code, got.codes())
	}
	if page := k.get(balance).body; !strings.Contains(page, "1 päivä") || !strings.Contains(page, "Entinen Oy") ||
		!strings.Contains(page, "sopimus nähty") {
		t.Error("the balance does not say what is left and why")
	}
	path, v := s.proposal(k, matti)
	v.Set("starts_on", "19.11.2026")
	v.Set("ends_on", "20.11.2026")
	if got := k.post(path, v); got.code != 422 || !got.has("E_TRIAL_MAX") {
		t.Errorf("a day too many: %d %v", got.code, got.codes())
	}
	v.Set("ends_on", "19.11.2026")
	if got := k.post(path, v); got.code != 303 {
		t.Fatalf("the last day: %d %v", got.code, got.codes())
	}
	s.sql(`update app.trial set state = 'active' where id::text = $1`, v.Get("form"))
	end := "/trials/" + v.Get("form") + "/end-date"
	if got := k.get(end + "?ends_on=20.11.2026"); got.code != 422 || !got.has("E_TRIAL_MAX") {
		t.Errorf("shown: %d %v", got.code, got.codes())
	}
	if got := k.post(
		end,
		url.Values{"form": {uuid.NewString()}, "version": {"1"}, "ends_on": {"20.11.2026"}, "agreed_on": {"19.11.2026"}, "signed": {"yes"}},
	); got.code != 422 ||
		!got.has("E_TRIAL_MAX") {
		t.Errorf("moved: %d %v", got.code, got.codes())
	}
	// twelve months without work after it: the counter begins anew
	s.sql(`update app.trial_evidence set from_on = '2025-05-01', until_on = '2025-10-30' where organiser = 'Entinen Oy'`)
	s.sql(`delete from app.trial where id::text = $1`, v.Get("form"))
	v.Set("form", uuid.NewString())
	v.Set("ends_on", "4.12.2026")
	if got := k.post(path, v); !got.has("E_TRIAL_MAX") {
		t.Errorf("a year later without evidence of unemployment: %d %v", got.code, got.codes())
	}
	if got := add("unemployed", "", "31.10.2025", ""); got.code != 303 {
		t.Fatal(got.code, got.codes())
	}
	if got := k.post(path, v); got.code != 303 {
		t.Errorf("after a restart: %d %v", got.code, got.codes())
	}
}

// A changed last day: what moves is shown first, it is an agreement of the three, and it is stored once.
func TestEndDate(t *testing.T) {
	s := start(t)
	k := s.as("kimmo.koordinoiva")
	trial := demo.Trial(108) // Tuulikki's, until 4.12.
	at := "/trials/" + trial.String() + "/end-date"
	page := k.get(at + "?ends_on=1.12.2026")
	if page.code != 200 || !strings.Contains(page.body, "4.12.2026 → 1.12.2026") || !strings.Contains(page.body, "3.12.2026 → 30.11.2026") {
		t.Fatalf("what moves: %d", page.code)
	}
	var form url.Values
	for _, part := range strings.Split(page.body, `<form method="post"`)[1:] {
		if strings.HasPrefix(part, ` action="`+at) {
			form = fill(t, `<form method="post"`+part, at)
		}
	}
	if got := k.post(at, form); got.code != 422 || !got.has("E_TRIAL_UNSIGNED") || !got.has("E_DATE") {
		t.Errorf("without signatures: %d %v", got.code, got.codes())
	}
	form.Set("agreed_on", "19.11.2026")
	form.Set("signed", "yes")
	for range 2 { // a double click
		if got := k.post(at, form); got.code != 303 {
			t.Fatalf("%d %v", got.code, got.codes())
		}
	}
	form.Set("form", uuid.NewString())
	if got := k.post(at, form); got.code != 409 {
		t.Errorf("a stale page: %d", got.code)
	}
	if got := s.sql(`select t.ends_on || ' ' || count(c.*)
from app.trial t
join app.trial_end_change c on c.trial_id = t.id
where t.id = $1
group by t.ends_on`, trial); got != "2026-12-01 1" {
		t.Error(got)
	}
	// a longer trial gets the contact a short one had not
	s.sql(`delete from app.trial_checkin where trial_id = $1 and code = 'week_3'`, trial)
	if page := k.get(at + "?ends_on=4.12.2026").body; !strings.Contains(page, "23.11.2026") || !strings.Contains(page, "uusi") {
		t.Error("the contact of the third week is not added")
	}
	if got := k.get(at + "?ends_on=8.12.2026"); got.code != 422 || !got.has("E_TRIAL_DATES") {
		t.Errorf("past the month: %d %v", got.code, got.codes())
	}
	if got := k.get(at + "?ends_on=8.12.2026&continuing=yes"); got.code != 200 {
		t.Errorf("marked as going on: %d %v", got.code, got.codes())
	}
}

// A participant's own page: a proposal is accepted or declined without a reason, a problem reaches the coordinator, an
// assessment is commented; nobody answers for a stranger.
func TestMyTrials(t *testing.T) {
	s := start(t)
	tuu, k := s.as("tuulikki.esimerkki"), s.as("kimmo.koordinoiva")
	trial := demo.Trial(108)
	at := "/trials/" + trial.String()
	v := fill(t, tuu.get("/me/trials").body, at+"/problems")
	if got := tuu.post(at+"/problems", v); got.code != 422 || !got.has("E_REQUIRED") {
		t.Errorf("an empty report: %d %v", got.code, got.codes())
	}
	v.Set("category", "harassment")
	v.Set("problem", "Työkaveri huutaa")
	if got := tuu.post(at+"/problems", v); got.code != 303 || got.location != "/me/trials" {
		t.Fatal(got.code, got.location, got.codes())
	}
	for _, u := range []*user{k, s.as("veera.valmentava")} {
		if page := u.get("/").body; !strings.Contains(page, "turvallisuusongelma") || !strings.Contains(page, "Tuulikki Esimerkki") {
			t.Errorf("%s is not told on the same day", u.name)
		}
	}
	if got := s.sql(`select act_by::text from app.trial_problem where body = 'Työkaveri huutaa'`); got != "2026-11-20" {
		t.Errorf("to act by %s", got)
	}
	if got := s.as("eeva.ehkanen").get(at); strings.Contains(got.body, "Työkaveri huutaa") {
		t.Error("the expert reads the report")
	}
	s.sql(`update app.trial set state = 'draft', accepted_on = null, accepted_how = '' where id = $1`, trial)
	v = fill(t, tuu.get("/me/trials").body, at+"/answer")
	v.Set("answer", "no")
	if got := tuu.post(at+"/answer", v); got.code != 303 || got.location != "/me/trials" {
		t.Fatal(got.code, got.location, got.codes())
	}
	if got := s.sql(`select state from app.trial where id = $1`, trial); got != "declined" {
		t.Error(got)
	}
	other := "/trials/" + demo.Trial(101).String() + "/answer"
	if got := tuu.post(other, url.Values{"form": {uuid.NewString()}, "version": {"1"}, "answer": {"no"}}); got.code != 404 {
		t.Errorf("a stranger's proposal: %d", got.code)
	}
	s.sql(`update app.trial set state = 'ended' where id = $1`, trial)
	s.sql(`insert into app.organiser_assessment (
  org_id, trial_id, enrolment_id, number, suitability, given_by, given_on, how, entered_by, at)
select
  org_id,
  id,
  enrolment_id,
  1,
  'Sopii',
  'Liisa',
  '2026-11-19',
  'phone',
  (select id from app.membership where org_id = $1 and email = 'kimmo.koordinoiva@example.org'),
  now()
from app.trial
where id = $2`, demo.Org, trial)
	v = fill(t, tuu.get("/me/trials").body, at+"/comment")
	v.Set("comment", "Olen samaa mieltä")
	if got := tuu.post(at+"/comment", v); got.code != 303 {
		t.Fatal(got.code, got.codes())
	}
	if page := k.get(at).body; !strings.Contains(page, "Olen samaa mieltä") {
		t.Error("the comment does not stand beside the assessment")
	}
	// the profile is the participant's own word
	p := fill(t, tuu.get("/me/trials").body, "/me/placement-profile")
	p["fields"] = []string{"kitchen"}
	p.Set("profile_tasks", "keittiöapu")
	if got := tuu.post("/me/placement-profile", p); got.code != 303 {
		t.Fatal(got.code, got.codes())
	}
	if got := s.sql(`select approved_how from app.placement_profile where enrolment_id = $1`, demo.Enrolment(8)); got != "self" {
		t.Error(got)
	}
}

// Matching reads an approved profile only, says why a site fits, and shows who competes for a last place.
func TestMatching(t *testing.T) {
	s := start(t)
	k, v := s.as("kimmo.koordinoiva"), s.as("veera.valmentava")
	matti := "/enrolments/" + demo.Enrolment(3).String() + "/matching"
	page := k.get(matti).body
	for _, want := range []string{"Vanajan Mallivarasto", "ala sopii", "vapaa paikka näillä viikoilla", "Sopisivat, mutta eivät nyt"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q", want)
		}
	}
	f := fill(t, v.get(matti).body, "/enrolments/"+demo.Enrolment(3).String()+"/placement-profile")
	f["fields"] = []string{"warehouse"}
	f.Set("profile_tasks", "salainen tehtävä")
	if got := v.post("/enrolments/"+demo.Enrolment(3).String()+"/placement-profile", f); got.code != 303 {
		t.Fatal(got.code, got.codes())
	}
	if page := k.get(matti).body; strings.Contains(page, "salainen") || strings.Contains(page, "Vanajan") ||
		!strings.Contains(page, "ei ole vielä hyväksynyt") {
		t.Error("the coordinator reads what was not approved")
	}
	f = fill(t, v.get(matti).body, "/enrolments/"+demo.Enrolment(3).String()+"/placement-profile")
	f.Set("approved", "yes")
	if got := v.post("/enrolments/"+demo.Enrolment(3).String()+"/placement-profile", f); got.code != 422 || !got.has("E_CHOICE") {
		t.Errorf("approved nobody knows how: %d %v", got.code, got.codes())
	}
	f.Set("way", "present")
	if got := v.post("/enrolments/"+demo.Enrolment(3).String()+"/placement-profile", f); got.code != 303 {
		t.Fatal(got.code, got.codes())
	}
	s.sql(`insert into app.placement_profile (org_id, enrolment_id, fields, approved_on, approved_how, entered_by, at)
select
  org_id,
  $2,
  '{warehouse}',
  '2026-11-19',
  'present',
  id,
  now()
from app.membership
where org_id = $1 and email = 'veera.valmentava@example.org'
on conflict (org_id, enrolment_id) do update
set fields = '{warehouse}'`, demo.Org, demo.OtherCoachsEnrolment(0))
	if page := k.get("/matching").body; strings.Count(page, "sopii 2 henkilölle, vapaita 1") != 2 {
		t.Error("two people for one place are not seen at once")
	}
}

// The ledger: counted over all coaches, narrowed by the URL, and the export follows; no formula gets through.
func TestLedger(t *testing.T) {
	s := start(t)
	k := s.as("kimmo.koordinoiva")
	s.sql(`update app.site set tasks = '=HYPERLINK("http://x")' where id = $1`, demo.Site(1))
	for query, want := range map[string][2]string{
		"?standing=cooled": {"Testipuutarha", "Leipomo"}, "?standing=asked": {"Demokirjasto", "Leipomo"},
		"?municipality=Hattula": {"Lehmus", "Leipomo"}, "?field=kitchen": {"Leipomo", "Lehmus"},
		"?standing=free": {"Mallivarasto", "Testipuutarha"},
	} {
		page := k.get("/employers" + query).body
		csv := k.get("/employers/export.csv" + query).body
		for _, text := range []string{page, csv} {
			if !strings.Contains(text, want[0]) || strings.Contains(text, want[1]) {
				t.Errorf("%s: %s without %s", query, want[0], want[1])
			}
		}
	}
	if csv := k.get("/employers/export.csv").body; !strings.Contains(csv, "'=HYPERLINK") || strings.Contains(csv, ";=HYPERLINK") {
		t.Error("a formula in the export")
	}
	got := k.get("/employers/export.xlsx?field=kitchen")
	f, err := excelize.OpenReader(bytes.NewReader([]byte(got.body)))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil || len(rows) != 2 || rows[1][0] != "Leipomo Kuvitelma Oy" {
		t.Errorf("%v %v", rows, err)
	}
	if formula, _ := f.GetCellFormula(f.GetSheetName(0), "G2"); formula != "" {
		t.Errorf("a formula: %s", formula)
	}
	if n := s.sql(`select count(*) from app.audit where action = 'employer_export' and outcome = 'seen'`); n != "7" {
		t.Errorf("%s rows in the trail", n)
	}
	// seen by another coach as numbers, with none of the names
	if page := s.as("senni.sijainen").get("/sites/" + demo.Site(1).String()).body; strings.Contains(page, "Tuulikki") ||
		!strings.Contains(page, "3 henkilöä") {
		t.Error("another coach sees names, or no numbers")
	}
	at := "/sites/" + demo.Site(2).String()
	c := fill(t, k.get(at).body, at+"/capacity")
	c.Set("from", "1.12.2026")
	c.Set("until", "31.12.2026")
	c.Set("places", "1")
	if got := k.post(at+"/capacity", c); got.code != 422 || !got.has("E_OVERLAP_PERIOD") {
		t.Errorf("two numbers for one day: %d %v", got.code, got.codes())
	}
	// a contact person leaves: agreements keep the name, new proposals do not offer it
	left, trial := "/site-people/"+demo.SitePerson(2).String()+"/end", "/trials/"+s.sql(
		`select id::text from app.trial where supervisor_id = $1 and state = 'active' limit 1`,
		demo.SitePerson(2),
	)
	name := s.sql(`select name from app.site_person where id = $1`, demo.SitePerson(2))
	if got := k.post(left, fill(t, k.get(at).body, left)); got.code != 303 {
		t.Fatalf("leaving: %d %v", got.code, got.codes())
	}
	if strings.Contains(k.get(at).body, name) || !strings.Contains(k.get(trial).body, name) ||
		strings.Contains(k.get("/enrolments/"+demo.Enrolment(3).String()+"/trials/new").body, demo.SitePerson(2).String()) {
		t.Error("who left is still offered, or gone from the agreement")
	}
	x := fill(t, k.get(at).body, at+"/settings")
	x.Set("cooled_until", "soon")
	if got := k.post(at+"/settings", x); got.code != 422 || !got.has("E_DATE") || !strings.Contains(got.body, "soon") {
		t.Errorf("cooled off until soon: %d %v", got.code, got.codes())
	}
}

// A number of the law changes from its day on; what was judged before keeps what it was judged by; old checks warn.
func TestLawEditor(t *testing.T) {
	s := start(t)
	a, k := s.as("aatu.yllapitaja"), s.as("kimmo.koordinoiva")
	set := func(value, from string) answer {
		v := fill(t, a.get("/admin/law").body, "/admin/law")
		for key, x := range map[string]string{"key": "trial_day_min", "value": value, "valid_from": from, "source": "380/2023 57 §, muutos"} {
			v.Set(key, x)
		}
		return a.post("/admin/law", v)
	}
	for code, got := range map[string]answer{"E_PAST": set("300", "18.11.2026"), "E_NUMBER": set("viisi", "1.12.2026")} {
		if got.code != 422 || !got.has(code) {
			t.Errorf("%s: %d %v", code, got.code, got.codes())
		}
	}
	if got := set("300", "1.12.2026"); got.code != 303 {
		t.Fatal(got.code, got.codes())
	}
	for value, code := range map[string]string{"600": "E_LAW_ORDER", "-5": "E_NUMBER"} {
		if got := set(value, "1.12.2026"); got.code != 422 || !got.has(code) {
			t.Errorf("%s minutes at least: %d %v", value, got.code, got.codes())
		}
	}
	if got := set("360", "1.12.2026"); got.code != 303 { // a number of a day to come may be corrected
		t.Errorf("corrected: %d %v", got.code, got.codes())
	}
	if got := set("300", "1.12.2026"); got.code != 303 {
		t.Errorf("and back: %d %v", got.code, got.codes())
	}
	if got := set("240", "19.11.2026"); got.code != 303 {
		t.Errorf("today, checked again: %d %v", got.code, got.codes())
	}
	if got := set("240,5", "1.12.2026"); got.code != 422 || !got.has("E_NUMBER") {
		t.Errorf("half a minute: %d %v", got.code, got.codes())
	}
	if page := a.get("/admin/law").body; !strings.Contains(page, "300 minuuttia") || !strings.Contains(page, "240 minuuttia") {
		t.Error("what is in force and what is to come are not both there")
	}
	path, v := s.proposal(k, demo.Enrolment(3))
	v.Set("starts_on", "1.12.2026")
	if got := k.post(path, v); !got.has("E_TRIAL_DAY_SHORT") {
		t.Errorf("four hours on the day of the change: %d %v", got.code, got.codes())
	}
	v.Set("starts_on", "30.11.2026")
	if got := k.post(path, v); got.code != 303 {
		t.Errorf("four hours on the day before: %d %v", got.code, got.codes())
	}
	// an administrator cannot reach back, not even in SQL; a number of another organisation is not ours
	if n := s.sql(`select count(*) from app.law_override where org_id <> $1`, demo.Org); n != "0" {
		t.Errorf("%s rows of others", n)
	}
	s.set(morning.AddDate(1, 1, 0))
	a = s.as("aatu.yllapitaja")
	if page := a.get("/admin/law").body; !strings.Contains(page, "tarkistettu yli 12 kuukautta sitten") {
		t.Error("an old check does not warn")
	}
	if page := a.get("/admin/users").body; !strings.Contains(page, "lain lukua on tarkistamatta yli 12 kuukautta") {
		t.Error("the administrator's first page does not say so")
	}
}

// Open days: the last seat goes to one of many; seats are given back; a stranger's case cannot be signed up.
func TestOpenDays(t *testing.T) {
	s := start(t, many)
	v := s.as("veera.valmentava")
	at := "/open-days/" + demo.OpenDay(0).String() + "/signups"
	s.sql(`update app.open_day set seats = 3 where id = $1`, demo.OpenDay(0))
	got := atOnce(8, func(i int) answer {
		return v.post(
			at,
			url.Values{"form": {uuid.NewString()}, "version": {"0"}, "enrolment": {demo.Enrolment([]int{0, 2, 4, 5, 6, 7, 8, 9}[i]).String()}},
		)
	})
	if got[303] != 1 || got[422] != 7 || s.sql(`select seats_taken from app.open_day where id = $1`, demo.OpenDay(0)) != "3" {
		t.Errorf("answers %v", got)
	}
	if got := v.post(
		at, url.Values{"form": {uuid.NewString()}, "version": {"0"}, "enrolment": {demo.OtherCoachsEnrolment(0).String()}},
	); got.code != 422 ||
		!got.has("E_SIGN_UP_WHO") {
		t.Errorf("a stranger: %d %v", got.code, got.codes())
	}
	id := s.uuid(`select id from app.open_day_signup where enrolment_id = $1`, demo.Enrolment(1))
	if got := v.post("/signups/"+id+"/end", url.Values{"form": {uuid.NewString()}, "version": {"0"}}); got.code != 303 ||
		s.sql(`select seats_taken from app.open_day where id = $1`, demo.OpenDay(0)) != "2" {
		t.Errorf("given back: %d", got.code)
	}
	tuu := s.as("tuulikki.esimerkki")
	f := fill(t, tuu.get("/me/trials").body, "/open-days/"+demo.OpenDay(1).String()+"/signups")
	if got := tuu.post("/open-days/"+demo.OpenDay(1).String()+"/signups", f); got.code != 303 || got.location != "/me/trials" {
		t.Errorf("a participant's own: %d %v", got.code, got.codes())
	}
	if page := v.get("/open-days").body; !strings.Contains(page, "Tuulikki Esimerkki") {
		t.Error("the coach does not see who comes")
	}
	// the employer hour stands on the cohort's programme and on the participant's own page
	if page := v.get("/cohorts/" + demo.Running.String() + "/weeks/3").body; !strings.Contains(page, "työnantajatunti 9.45–10.45") {
		t.Error("the employer hour is not on the programme")
	}
	if page := tuu.get("/me").body; !strings.Contains(page, "työnantajatunti") {
		t.Error("the employer hour is not on the participant's page")
	}
	k := s.as("kimmo.koordinoiva")
	c := fill(t, k.get("/open-days").body, "/open-days/"+demo.OpenDay(0).String()+"/cancellation")
	if got := s.as("senni.sijainen").post("/open-days/"+demo.OpenDay(0).String()+"/cancellation", c); got.code != 403 {
		t.Errorf("called off by somebody else: %d", got.code)
	}
	c.Set("form", uuid.NewString())
	if got := k.post("/open-days/"+demo.OpenDay(0).String()+"/cancellation", c); got.code != 303 {
		t.Fatal(got.code, got.codes())
	}
	if got := v.post(at, url.Values{"form": {uuid.NewString()}, "version": {"0"}, "enrolment": {demo.Enrolment(4).String()}}); !got.has(
		"E_OPEN_DAY_OVER",
	) &&
		!got.has("E_SIGNED_UP") {
		t.Errorf("after it was called off: %d %v", got.code, got.codes())
	}
}

// A coordinator sees nothing of notes, instruments, health and review: a marker in every such field, and every byte of
// every page, export and print searched.
func TestCoordinatorSearched(t *testing.T) {
	s := start(t)
	const marker = "SALAISUUS7741"
	for table, columns := range map[string][]string{
		"note": {"body"}, "goal": {"body"}, "goal_check": {"body"}, "pre_assignment": {"answer"}, "obstacle": {"body"},
		"referral": {"reason"}, "eligibility": {"assessment", "expert_note"}, "participant": {"strengths"},
		"decision": {"grounds"}, "draft": nil,
	} {
		for _, c := range columns {
			if s.sql(`select count(*)
from information_schema.columns
where table_schema = 'app'
  and table_name = $1
  and column_name = $2`, table, c) == "0" {
				t.Fatalf("no column %s.%s: the search would look at nothing", table, c)
			}
			s.sql(fmt.Sprintf(`update app.%s set %s = '%s'`, table, c, marker))
		}
	}
	s.sql(`update app.review_version
set body = jsonb_build_object('goal', $1::text, 'obstacles', $1::text, 'own_words', $1::text, 'trial', $1::text)`, marker)
	s.sql(`update app.attendance set remark = $1 where not on_trial`, marker)
	s.sql(`update app.placement_profile set limits = $1, approved_on = null, approved_how = ''`, marker)
	seen := func(who string) (n int) {
		u := s.as(who)
		for _, m := range matrix {
			if m.method == "GET" {
				if a := u.get(examplePath(s, m.path)); strings.Contains(a.body, marker) {
					n++
					if who == "kimmo.koordinoiva" {
						t.Errorf("on %s", m.pattern)
					}
				}
			}
		}
		return n
	}
	if n := seen("veera.valmentava"); n < 8 {
		t.Errorf("the coach sees the marker on %d pages only: the search looks at nothing", n)
	}
	seen("kimmo.koordinoiva")
}

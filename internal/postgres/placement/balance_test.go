package placement_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
)

// The six months are counted over all cases of a person, whether one may see them or not; what was entered by mistake
// counts no more; evidence goes where its case goes; what is typed wrongly never hangs a page.
func TestBalanceOverAllCases(t *testing.T) {
	s := apptest.Start(t)
	k := s.As("kimmo.koordinoiva")
	matti := demo.Enrolment(3)
	balance := "/enrolments/" + matti.String() + "/trial-balance"
	old := uuid.NewString()
	s.SQL(`insert into app.enrolment
select (
  jsonb_populate_record(
    e,
    jsonb_build_object(
      'id', $2::text, 'cohort_id', null, 'state', 'completed', 'starts_on', '2026-04-01', 'ends_on', '2026-10-30',
      'closed_at', '2026-10-30T10:00:00Z'))).*
from app.enrolment e
where e.id = $1`, matti, old)
	s.SQL(`delete from app.case_grant where enrolment_id::text = $1`, old)
	s.SQL(`insert into app.trial (
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
	path, v := s.Proposal(k, matti)
	if got := k.Post(path, v); got.Code != 422 || !got.Has("E_TRIAL_MAX") {
		t.Errorf("after six months in a case one does not see: %d %v", got.Code, got.Codes())
	}
	if page := k.Get(balance).Body; strings.Contains(page, "Lehmus") || !strings.Contains(page, "30.10.2026") {
		t.Error("the site of a case one does not see, or nothing of its days")
	}
	add := func(kind, from, until string) apptest.Answer {
		f := apptest.Fill(t, k.Get(balance).Body, "/enrolments/"+matti.String()+"/trial-evidence")
		for key, x := range map[string]string{
			"kind": kind, "organiser": "Entinen Oy", "from": from, "until": until, "source": "document", "evidence": "nähty",
		} {
			f.Set(key, x)
		}
		return k.Post("/enrolments/"+matti.String()+"/trial-evidence", f)
	}
	for _, x := range [][3]string{
		{"trial", "1.1.1901", "31.12.2199"}, {"unemployed", "1.1.2020", "31.12.2199"}, {"trial", "1.1.0001", "2.1.0001"},
		{"trial", "1.1.2026", "31.12.9999"},
	} {
		if got := add(x[0], x[1], x[2]); got.Code != 422 {
			t.Errorf("%v: %d", x, got.Code)
		}
	}
	s.SQL(`insert into app.trial_evidence (
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
	go func() { done <- k.Get(balance).Code }()
	select {
	case code := <-done:
		if code != 200 {
			t.Errorf("the balance of ten thousand years: %d", code)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("the balance of ten thousand years never answers")
	}
	id := s.UUID(`select id from app.trial_evidence where organiser = 'Ikuinen'`)
	drop := "/evidence/" + id + "/withdrawal"
	f := apptest.Fill(t, k.Get(balance).Body, drop)
	if got := k.Post(drop, f); got.Code != 422 || !got.Has("E_REQUIRED") || !strings.Contains(got.Body, `id="drop-`+id+`-why"`) {
		t.Errorf("taken back without why: %d %v", got.Code, got.Codes())
	}
	f.Set("why", "väärä vuosi")
	if got := k.Post(drop, f); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	if page := k.Get(balance).Body; strings.Contains(page, "Ikuinen") {
		t.Error("what was taken back still stands there")
	}
	// a protected person's months count for the expert too
	s.SQL(`update app.trial set protected = true where enrolment_id = $1`, demo.Enrolment(8))
	if page := s.As("eeva.ehkanen").Get("/enrolments/" + demo.Enrolment(8).String() + "/trial-balance").Body; strings.Contains(
		page,
		"0 päivää",
	) ||
		strings.Contains(page, "Leipomo") {
		t.Error("the months of a protected person are not counted, or their site is named")
	}
}

// Six months in total: refused on the form, by raw POST, and by moving the last day; the page says what is left.
func TestTrialBalance(t *testing.T) {
	s := apptest.Start(t)
	k := s.As("kimmo.koordinoiva")
	matti := demo.Enrolment(3)
	balance := "/enrolments/" + matti.String() + "/trial-balance"
	add := func(kind, organiser, from, until string) apptest.Answer {
		v := apptest.Fill(t, k.Get(balance).Body, "/enrolments/"+matti.String()+"/trial-evidence")
		for key, x := range map[string]string{
			"kind": kind, "organiser": organiser, "from": from, "until": until, "source": "document",
			"evidence": "sopimus nähty",
		} {
			v.Set(key, x)
		}
		return k.Post("/enrolments/"+matti.String()+"/trial-evidence", v)
	}
	if got := add("trial", "", "1.5.2026", ""); got.Code != 422 || !got.Has("E_REQUIRED") || !got.Has("E_DATE") {
		t.Errorf("evidence without what it is of: %d %v", got.Code, got.Codes())
	}
	if got := add("trial", "Entinen Oy", "1.5.2026", "30.10.2026"); got.Code != 303 { // one day of six months is left
		t.Fatal(got.Code, got.Codes())
	}
	if page := k.Get(balance).Body; !strings.Contains(page, "1 päivä") || !strings.Contains(page, "Entinen Oy") ||
		!strings.Contains(page, "sopimus nähty") {
		t.Error("the balance does not say what is left and why")
	}
	path, v := s.Proposal(k, matti)
	v.Set("starts_on", "19.11.2026")
	v.Set("ends_on", "20.11.2026")
	if got := k.Post(path, v); got.Code != 422 || !got.Has("E_TRIAL_MAX") {
		t.Errorf("a day too many: %d %v", got.Code, got.Codes())
	}
	v.Set("ends_on", "19.11.2026")
	if got := k.Post(path, v); got.Code != 303 {
		t.Fatalf("the last day: %d %v", got.Code, got.Codes())
	}
	s.SQL(`update app.trial set state = 'active' where id::text = $1`, v.Get("form"))
	end := "/trials/" + v.Get("form") + "/end-date"
	if got := k.Get(end + "?ends_on=20.11.2026"); got.Code != 422 || !got.Has("E_TRIAL_MAX") {
		t.Errorf("shown: %d %v", got.Code, got.Codes())
	}
	if got := k.Post(
		end,
		url.Values{"form": {uuid.NewString()}, "version": {"1"}, "ends_on": {"20.11.2026"}, "agreed_on": {"19.11.2026"}, "signed": {"yes"}},
	); got.Code != 422 ||
		!got.Has("E_TRIAL_MAX") {
		t.Errorf("moved: %d %v", got.Code, got.Codes())
	}
	// twelve months without work after it: the counter begins anew
	s.SQL(`update app.trial_evidence set from_on = '2025-05-01', until_on = '2025-10-30' where organiser = 'Entinen Oy'`)
	s.SQL(`delete from app.trial where id::text = $1`, v.Get("form"))
	v.Set("form", uuid.NewString())
	v.Set("ends_on", "4.12.2026")
	if got := k.Post(path, v); !got.Has("E_TRIAL_MAX") {
		t.Errorf("a year later without evidence of unemployment: %d %v", got.Code, got.Codes())
	}
	if got := add("unemployed", "", "31.10.2025", ""); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	if got := k.Post(path, v); got.Code != 303 {
		t.Errorf("after a restart: %d %v", got.Code, got.Codes())
	}
}

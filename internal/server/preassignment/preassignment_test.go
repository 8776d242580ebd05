package preassignment_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// The model's three pre-assignments are sent together, before each one's first day, once; the participant answers in
// their own portal or tells the coach; what was discussed stays.
func TestPreAssignments(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	at := "/cohorts/" + demo.Recruiting.String() + "/pre-assignments"
	e := demo.Recruit(2)
	v := apptest.Fill(t, u.Get(at).Body, at)
	if len(v["number"]) != 3 || len(v["for"]) == 0 {
		t.Fatalf("the form offers %v to %v", v["number"], v["for"])
	}
	refused := func(what, code string, change func(url.Values)) {
		t.Helper()
		w := url.Values{}
		for k, x := range v {
			w[k] = append([]string(nil), x...)
		}
		w.Set("form", uuid.NewString())
		change(w)
		got := u.Post(at, w)
		if got.Code != 422 || !got.Has(code) {
			t.Errorf("%s: %d %v, want 422 %s", what, got.Code, got.Codes(), code)
		}
	}
	refused("two", "E_PREASSIGN_COUNT", func(w url.Values) { w["number"] = []string{"1", "2"} })
	refused("four", "E_PREASSIGN_COUNT", func(w url.Values) { w["number"] = []string{"1", "2", "3", "4"} })
	refused("one twice", "E_PREASSIGN_COUNT", func(w url.Values) { w["number"] = []string{"1", "2", "2"} })
	refused("due on the first day", "E_PREASSIGN_LATE", func(w url.Values) { w.Set("due_on", "7.12.2026") })
	refused("due yesterday", "E_PAST", func(w url.Values) { w.Set("due_on", "1.11.2026") })
	waits := s.UUID(`select id
from app.enrolment
where cohort_id = $1 and state in ('referred', 'invited')
order by id
limit 1`, demo.Recruiting)
	if slices.Contains(v["for"], waits) {
		t.Error("somebody who waits for a place is ticked")
	}
	refused("to somebody who waits for a place", "E_PREASSIGN_PLACE", func(w url.Values) { w["for"] = []string{waits} })
	refused("to nobody", "E_NOBODY", func(w url.Values) { w.Del("for") })
	if got := u.Post(at, func() url.Values {
		w := url.Values{}
		for k, x := range v {
			w[k] = x
		}
		w.Set("form", uuid.NewString())
		w["for"] = []string{demo.Enrolment(1).String()}
		return w
	}()); got.Code != 404 {
		t.Errorf("to somebody of another cohort: %d", got.Code)
	}
	running := "/enrolments/" + demo.Enrolment(1).String()
	if got := u.Post(
		running+"/pre-assignments",
		url.Values{"form": {uuid.NewString()}, "version": {"0"}, "number": {"1", "2", "3"}, "due_on": {"30.11.2026"}},
	); got.Code != 303 {
		t.Errorf("who has theirs gets no second set: %d %v", got.Code, got.Codes())
	}
	if n := s.SQL(`select count(*) from app.pre_assignment where enrolment_id = $1`, demo.Enrolment(1)); n != "3" {
		t.Errorf("%s pre-assignments after a second sending", n)
	}
	v.Set("form", uuid.NewString())
	answers := apptest.AtOnce(20, func(int) apptest.Answer { return u.Post(at, v) })
	if answers[303] != 20 {
		t.Fatalf("sending: %v", answers)
	}
	if n := s.SQL(`select count(*) || ' ' || count(*) filter (where opened_at is null)
from app.pre_assignment
where enrolment_id = $1`, e); n != "3 3" {
		t.Errorf("%s pre-assignments, want three unopened", n)
	}
	// told to the coach, then discussed
	pre := "/pre-assignments/" + s.UUID(`select id from app.pre_assignment where enrolment_id = $1 and number = 1`, e)
	if got := u.Post(pre+"/discussion", url.Values{"form": {uuid.NewString()}, "version": {"1"}}); got.Code != 422 ||
		!got.Has("E_PREASSIGN_OPEN") {
		t.Errorf("discussing nothing: %d %v", got.Code, got.Codes())
	}
	told := apptest.Fill(t, u.Get(pre).Body, pre+"/answer")
	told.Set("answer", "Hän sanoi: työ lähellä kotia")
	if got := u.Post(pre+"/answer", told); got.Code != 422 || !got.Has("E_CHOICE") ||
		!strings.Contains(got.Body, "työ lähellä kotia</textarea>") {
		t.Errorf("without saying how it was given: %d %v", got.Code, got.Codes())
	}
	told.Set("how", "told")
	if got := u.Post(pre+"/answer", told); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	talk := apptest.Fill(t, u.Get(pre).Body, pre+"/discussion")
	talk.Set("comment", "Kertoi selkeästi")
	if got := u.Post(pre+"/discussion", talk); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	told.Set("form", uuid.NewString())
	told.Set("version", "3")
	if got := u.Post(pre+"/answer", told); got.Code != 422 || !got.Has("E_PREASSIGN_DONE") {
		t.Errorf("answering what was discussed: %d %v", got.Code, got.Codes())
	}
	if page := u.Get(at).Body; !strings.Contains(page, "keskusteltu") {
		t.Error("the cohort's page does not show the state")
	}
	page := u.Get("/cohorts/" + demo.Running.String() + "/pre-assignments").Body
	if !strings.Contains(page, "ei vastausta, määräpäivä oli") {
		t.Error("who is silent is not shown")
	}
}

// The participant's own side: opening, answering, writing the goal.
func TestOwnGoalAndAnswers(t *testing.T) {
	s := apptest.Start(t)
	e := demo.Enrolment(8)
	s.SQL(`update app.pre_assignment
set
  opened_at = null,
  returned_at = null,
  how = null,
  answer = '',
  entered_by = null,
  discussed_at = null,
  discussed_by = null
where enrolment_id = $1 and number = 2`, e)
	u := s.As("tuulikki.esimerkki")
	pre := "/pre-assignments/" + s.UUID(`select id from app.pre_assignment where enrolment_id = $1 and number = 2`, e)
	if got := u.Post(pre+"/opening", apptest.Fill(t, u.Get("/me").Body, pre+"/opening")); got.Code != 303 || got.Location != pre {
		t.Fatal(got.Code, got.Location)
	}
	v := apptest.Fill(t, u.Get(pre).Body, pre+"/answer")
	v.Set("answer", "Juhannuksen kassa, yksin")
	v.Set("how", "paper") // a participant's word is their own
	if got := u.Post(pre+"/answer", v); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	if row := s.SQL(`select how || ' ' || (opened_at is not null)::text || ' ' || (returned_at is not null)::text
from app.pre_assignment
where enrolment_id = $1 and number = 2`, e); row != "self true true" {
		t.Errorf("stored: %s", row)
	}
	coachs := s.As("veera.valmentava")
	if got := coachs.Post(pre+"/answer", url.Values{
		"form":    {uuid.NewString()},
		"version": {s.SQL(`select version from app.pre_assignment where id = $1`, pre[len("/pre-assignments/"):])},
		"answer":  {"Valmentajan sana"}, "how": {"told"},
	}); got.Code != 422 ||
		!got.Has("E_PREASSIGN_OWN") {
		t.Errorf("the coach rewrites the participant's words: %d %v", got.Code, got.Codes())
	}
	done := "/pre-assignments/" + s.UUID(`select id from app.pre_assignment where enrolment_id = $1 and number = 1`, e)
	if got := u.Post(done+"/answer", url.Values{
		"form":    {uuid.NewString()},
		"version": {s.SQL(`select version from app.pre_assignment where id = $1`, done[len("/pre-assignments/"):])},
		"answer":  {"uusi"},
	}); got.Code != 422 ||
		!got.Has("E_PREASSIGN_DONE") {
		t.Errorf("a discussed one: %d %v", got.Code, got.Codes())
	}
	old := apptest.Fill(t, coachs.Get("/enrolments/"+e.String()).Body, "/enrolments/"+e.String()+"/goal")
	g := apptest.Fill(t, u.Get("/me").Body, "/me/goal")
	g.Set("body", "Aamuvuoroon keittiölle")
	g.Set("kind", "employment")
	stale := url.Values{}
	for k, x := range g {
		stale[k] = x
	}
	if got := u.Post("/me/goal", g); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	stale.Set("form", uuid.NewString())
	if got := u.Post("/me/goal", stale); got.Code != 409 || !strings.Contains(got.Body, "Aamuvuoroon keittiölle</textarea>") {
		t.Errorf("a stale own goal: %d", got.Code)
	}
	if how := s.SQL(`select how || ' ' || number from app.goal where enrolment_id = $1 order by number desc limit 1`, e); how != "self 3" {
		t.Errorf("own goal: %s", how)
	}
	old.Set("body", "Valmentajan vanha sivu")
	old.Set("kind", "employment")
	old.Set("how", "present")
	coach := s.As("veera.valmentava")
	if got := coach.Post("/enrolments/"+e.String()+"/goal", old); got.Code != 409 ||
		!strings.Contains(got.Body, "Valmentajan vanha sivu</textarea>") {
		t.Errorf("the coach's old page over the participant's new goal: %d", got.Code)
	}
	if page := coach.Get("/enrolments/" + e.String()).Body; !strings.Contains(page, "Aamuvuoroon keittiölle") ||
		!strings.Contains(page, "Tuulikki Esimerkki, ") {
		t.Error("the coach does not see who wrote the goal")
	}
	// the week's look: once a week
	at := "/enrolments/" + e.String() + "/goal-checks"
	check := apptest.Fill(t, coach.Get("/enrolments/"+e.String()).Body, at)
	check.Set("going", "on_way")
	if got := coach.Post(at, check); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	check.Set("form", uuid.NewString())
	if got := coach.Post(at, check); got.Code != 422 || !got.Has("E_CHECKED") {
		t.Errorf("a second look in the week: %d %v", got.Code, got.Codes())
	}
}

package main

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"kuukausi/internal/postgres/demo"
)

// The model's three pre-assignments are sent together, before each one's first day, once; the participant answers in
// their own portal or tells the coach; what was discussed stays.
func TestPreAssignments(t *testing.T) {
	s := start(t)
	u := s.as("veera.valmentava")
	at := "/cohorts/" + demo.Recruiting.String() + "/pre-assignments"
	e := demo.Recruit(2)
	v := fill(t, u.get(at).body, at)
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
		got := u.post(at, w)
		if got.code != 422 || !got.has(code) {
			t.Errorf("%s: %d %v, want 422 %s", what, got.code, got.codes(), code)
		}
	}
	refused("two", "E_PREASSIGN_COUNT", func(w url.Values) { w["number"] = []string{"1", "2"} })
	refused("four", "E_PREASSIGN_COUNT", func(w url.Values) { w["number"] = []string{"1", "2", "3", "4"} })
	refused("one twice", "E_PREASSIGN_COUNT", func(w url.Values) { w["number"] = []string{"1", "2", "2"} })
	refused("due on the first day", "E_PREASSIGN_LATE", func(w url.Values) { w.Set("due_on", "7.12.2026") })
	refused("due yesterday", "E_PAST", func(w url.Values) { w.Set("due_on", "1.11.2026") })
	refused("to nobody", "E_NOBODY", func(w url.Values) { w.Del("for") })
	if got := u.post(at, func() url.Values {
		w := url.Values{}
		for k, x := range v {
			w[k] = x
		}
		w.Set("form", uuid.NewString())
		w["for"] = []string{demo.Enrolment(1).String()}
		return w
	}()); got.code != 404 {
		t.Errorf("to somebody of another cohort: %d", got.code)
	}
	running := "/enrolments/" + demo.Enrolment(1).String()
	if got := u.post(
		running+"/pre-assignments",
		url.Values{"form": {uuid.NewString()}, "version": {"0"}, "number": {"1", "2", "3"}, "due_on": {"30.11.2026"}},
	); got.code != 303 {
		t.Errorf("who has theirs gets no second set: %d %v", got.code, got.codes())
	}
	if n := s.sql(`select count(*) from app.pre_assignment where enrolment_id = $1`, demo.Enrolment(1)); n != "3" {
		t.Errorf("%s pre-assignments after a second sending", n)
	}
	v.Set("form", uuid.NewString())
	answers := atOnce(20, func(int) answer { return u.post(at, v) })
	if answers[303] != 20 {
		t.Fatalf("sending: %v", answers)
	}
	if n := s.sql(`select count(*) || ' ' || count(*) filter (where opened_at is null)
from app.pre_assignment
where enrolment_id = $1`, e); n != "3 3" {
		t.Errorf("%s pre-assignments, want three unopened", n)
	}
	// told to the coach, then discussed
	pre := "/pre-assignments/" + s.uuid(`select id from app.pre_assignment where enrolment_id = $1 and number = 1`, e)
	if got := u.post(pre+"/discussion", url.Values{"form": {uuid.NewString()}, "version": {"1"}}); got.code != 422 ||
		!got.has("E_PREASSIGN_OPEN") {
		t.Errorf("discussing nothing: %d %v", got.code, got.codes())
	}
	told := fill(t, u.get(pre).body, pre+"/answer")
	told.Set("answer", "Hän sanoi: työ lähellä kotia")
	if got := u.post(pre+"/answer", told); got.code != 422 || !got.has("E_CHOICE") ||
		!strings.Contains(got.body, "työ lähellä kotia</textarea>") {
		t.Errorf("without saying how it was given: %d %v", got.code, got.codes())
	}
	told.Set("how", "told")
	if got := u.post(pre+"/answer", told); got.code != 303 {
		t.Fatal(got.code, got.codes())
	}
	talk := fill(t, u.get(pre).body, pre+"/discussion")
	talk.Set("comment", "Kertoi selkeästi")
	if got := u.post(pre+"/discussion", talk); got.code != 303 {
		t.Fatal(got.code, got.codes())
	}
	told.Set("form", uuid.NewString())
	told.Set("version", "3")
	if got := u.post(pre+"/answer", told); got.code != 422 || !got.has("E_PREASSIGN_DONE") {
		t.Errorf("answering what was discussed: %d %v", got.code, got.codes())
	}
	if page := u.get(at).body; !strings.Contains(page, "keskusteltu") {
		t.Error("the cohort's page does not show the state")
	}
	if page := u.get("/cohorts/" + demo.Running.String() + "/pre-assignments").body; !strings.Contains(page, "ei vastausta, määräpäivä oli") {
		t.Error("who is silent is not shown")
	}
}

// The participant's own side: opening, answering, writing the goal.
func TestOwnGoalAndAnswers(t *testing.T) {
	s := start(t)
	e := demo.Enrolment(8)
	s.sql(`update app.pre_assignment
set
  opened_at = null,
  returned_at = null,
  how = null,
  answer = '',
  entered_by = null,
  discussed_at = null,
  discussed_by = null
where enrolment_id = $1 and number = 2`, e)
	u := s.as("tuulikki.esimerkki")
	pre := "/pre-assignments/" + s.uuid(`select id from app.pre_assignment where enrolment_id = $1 and number = 2`, e)
	if got := u.post(pre+"/opening", fill(t, u.get("/me").body, pre+"/opening")); got.code != 303 || got.location != pre {
		t.Fatal(got.code, got.location)
	}
	v := fill(t, u.get(pre).body, pre+"/answer")
	v.Set("answer", "Juhannuksen kassa, yksin")
	v.Set("how", "paper") // a participant's word is their own
	if got := u.post(pre+"/answer", v); got.code != 303 {
		t.Fatal(got.code, got.codes())
	}
	if row := s.sql(`select how || ' ' || (opened_at is not null)::text || ' ' || (returned_at is not null)::text
from app.pre_assignment
where enrolment_id = $1 and number = 2`, e); row != "self true true" {
		t.Errorf("stored: %s", row)
	}
	coachs := s.as("veera.valmentava")
	if got := coachs.post(pre+"/answer", url.Values{
		"form":    {uuid.NewString()},
		"version": {s.sql(`select version from app.pre_assignment where id = $1`, pre[len("/pre-assignments/"):])},
		"answer":  {"Valmentajan sana"}, "how": {"told"},
	}); got.code != 422 ||
		!got.has("E_PREASSIGN_OWN") {
		t.Errorf("the coach rewrites the participant's words: %d %v", got.code, got.codes())
	}
	done := "/pre-assignments/" + s.uuid(`select id from app.pre_assignment where enrolment_id = $1 and number = 1`, e)
	if got := u.post(done+"/answer", url.Values{
		"form":    {uuid.NewString()},
		"version": {s.sql(`select version from app.pre_assignment where id = $1`, done[len("/pre-assignments/"):])},
		"answer":  {"uusi"},
	}); got.code != 422 ||
		!got.has("E_PREASSIGN_DONE") {
		t.Errorf("a discussed one: %d %v", got.code, got.codes())
	}
	old := fill(t, coachs.get("/enrolments/"+e.String()).body, "/enrolments/"+e.String()+"/goal")
	g := fill(t, u.get("/me").body, "/me/goal")
	g.Set("body", "Aamuvuoroon keittiölle")
	g.Set("kind", "employment")
	stale := url.Values{}
	for k, x := range g {
		stale[k] = x
	}
	if got := u.post("/me/goal", g); got.code != 303 {
		t.Fatal(got.code, got.codes())
	}
	stale.Set("form", uuid.NewString())
	if got := u.post("/me/goal", stale); got.code != 409 || !strings.Contains(got.body, "Aamuvuoroon keittiölle</textarea>") {
		t.Errorf("a stale own goal: %d", got.code)
	}
	if how := s.sql(`select how || ' ' || number from app.goal where enrolment_id = $1 order by number desc limit 1`, e); how != "self 3" {
		t.Errorf("own goal: %s", how)
	}
	old.Set("body", "Valmentajan vanha sivu")
	old.Set("kind", "employment")
	old.Set("how", "present")
	coach := s.as("veera.valmentava")
	if got := coach.post("/enrolments/"+e.String()+"/goal", old); got.code != 409 ||
		!strings.Contains(got.body, "Valmentajan vanha sivu</textarea>") {
		t.Errorf("the coach's old page over the participant's new goal: %d", got.code)
	}
	if page := coach.get("/enrolments/" + e.String()).body; !strings.Contains(page, "Aamuvuoroon keittiölle") ||
		!strings.Contains(page, "Tuulikki Esimerkki, ") {
		t.Error("the coach does not see who wrote the goal")
	}
	// the week's look: once a week
	at := "/enrolments/" + e.String() + "/goal-checks"
	check := fill(t, coach.get("/enrolments/"+e.String()).body, at)
	check.Set("going", "on_way")
	if got := coach.post(at, check); got.code != 303 {
		t.Fatal(got.code, got.codes())
	}
	check.Set("form", uuid.NewString())
	if got := coach.post(at, check); got.code != 422 || !got.has("E_CHECKED") {
		t.Errorf("a second look in the week: %d %v", got.code, got.codes())
	}
}

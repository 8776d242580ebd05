package casework_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
)

// A case ends as it ended, its place becomes free, and the page tells the way it went and by whom (internal/domain.md, ruling
// 42).
func TestCaseEndsTruthfully(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	taken := func() string { return s.SQL(`select places_taken from app.cohort where id = $1`, demo.Running) }
	before := taken()
	for i, x := range []struct{ how, told string }{
		{"withdrawn", "lopetti omasta tahdostaan"}, {"moved", "muutti muualle"}, {"died", "kuollut"},
	} {
		person := "/enrolments/" + demo.Enrolment(i).String()
		at := person + "/withdrawal"
		v := apptest.Fill(t, u.Get(at).Body, at)
		if v.Get("how") != "" {
			t.Errorf("%q is chosen beforehand", v.Get("how"))
		}
		v.Set("how", "completed")
		if got := u.Post(at, v); got.Code != 422 || !got.Has("E_CHOICE") {
			t.Errorf("completed by the way: %d %v", got.Code, got.Codes())
		}
		v.Set("form", uuid.NewString())
		v.Set("how", x.how)
		if got := u.Post(at, v); got.Code != 303 {
			t.Fatalf("%s: %d %v", x.how, got.Code, got.Codes())
		}
		if page := u.Get(person).Body; strings.Count(page, x.told) < 2 || !strings.Contains(page, "hyväksytty") {
			t.Errorf("%s is not told with what was before", x.how)
		}
		again := url.Values{"form": {uuid.NewString()}, "how": {"moved"},
			"version": {s.SQL(`select version from app.enrolment where id = $1`, demo.Enrolment(i))}}
		if got := u.Post(at, again); got.Code != 422 || !got.Has("E_TRANSITION") {
			t.Errorf("ended twice: %d %v", got.Code, got.Codes())
		}
	}
	after := taken()
	if before == after {
		t.Errorf("%s places taken before, %s after", before, after)
	}
	// one number everywhere, and nobody waits for a mark of theirs
	group := "/cohorts/" + demo.Running.String()
	for _, at := range []string{group, "/cohorts"} {
		if page := u.Get(at).Body; !strings.Contains(page, "<b>"+after+"/10</b>") {
			t.Errorf("%s counts who left", at)
		}
	}
	s.Set(s.Now().AddDate(0, 0, 1))
	u = s.As("veera.valmentava")
	if page := u.Get("/").Body; !strings.Contains(page, "0/"+after) {
		t.Errorf("Today waits for another number than %s", after)
	}
	day := u.Get(group + "/days/" + s.Now().Format(time.DateOnly)).Body
	gone := s.SQL(`select p.first_name from app.enrolment e join app.participant p on p.id = e.participant_id
where e.id = $1`, demo.Enrolment(1))
	if n := strings.Count(day, "merkitsemättä"); n == 0 || strings.Contains(day, gone) {
		t.Errorf("the day lists %d people, and %s who left yesterday", n, gone)
	}
}

// A case ends without its review once its month has come to the end, with why there was none; its cohort can be closed then.
func TestCaseEndsUnreviewed(t *testing.T) {
	s := apptest.Start(t)
	id := demo.Enrolment(3)
	at := "/enrolments/" + id.String() + "/withdrawal"
	send := func(reason string) apptest.Answer {
		u := s.As("veera.valmentava")
		v := apptest.Fill(t, u.Get(at).Body, at)
		v.Set("how", "unreviewed")
		v.Set("reason", reason)
		return u.Post(at, v)
	}
	s.SQL(`update app.enrolment set state = 'active' where id = $1`, id)
	if got := send("Ei halunnut keskustelua"); got.Code != 422 || !got.Has("E_NOT_YET") {
		t.Errorf("before its month is over: %d %v", got.Code, got.Codes())
	}
	s.Set(apptest.Morning.AddDate(0, 0, 40))
	if got := send(""); got.Code != 422 || !got.Has("E_REQUIRED") {
		t.Errorf("without why: %d %v", got.Code, got.Codes())
	}
	if got := send("Ei halunnut keskustelua"); got.Code != 303 {
		t.Fatalf("%d %v", got.Code, got.Codes())
	}
	page := s.As("veera.valmentava").Get("/enrolments/" + id.String()).Body
	if !strings.Contains(page, "päättyi ilman loppukeskustelua") || !strings.Contains(page, "Ei halunnut keskustelua") {
		t.Error("the page does not tell how it ended, and why")
	}
}

// The authority's decision is recorded by the expert of the case and by nobody else: the case ends, the place becomes free, the
// coach is told until they have read it, and the participant can read it (380/2023 59 §).
func TestCaseIsInterrupted(t *testing.T) {
	s := apptest.Start(t)
	id := demo.Enrolment(8) // the case of the participant who signs in
	at := "/enrolments/" + id.String() + "/interruption"
	taken := `select places_taken from app.cohort where id = $1`
	before := s.SQL(taken, demo.Running)
	e := s.As("eeva.ehkanen")
	send := func(set ...string) apptest.Answer {
		v := apptest.Fill(t, e.Get(at).Body, at)
		v.Set("ground", "weighty")
		v.Set("body", "Palvelu ei vastaa tarvetta")
		for i := 0; i < len(set); i += 2 {
			v.Set(set[i], set[i+1])
		}
		return e.Post(at, v)
	}
	for _, x := range []struct{ field, value, code string }{
		{"ground", "", "E_CHOICE"}, {"body", "", "E_REQUIRED"}, {"decided_on", "31.2.2026", "E_DATE"},
		{"decided_on", "24.12.2026", "E_FUTURE"}, {"decided_on", "1.1.2026", "E_DATE_RANGE"},
	} {
		if got := send(x.field, x.value); got.Code != 422 || !got.Has(x.code) {
			t.Errorf("%s %q: %d %v, want %s", x.field, x.value, got.Code, got.Codes(), x.code)
		}
	}
	lock := `update app.review set state = $2 where enrolment_id = $1 returning 1`
	s.SQL(lock, id, "locked")
	if got := send(); got.Code != 422 || !got.Has("E_REVIEW_LOCKED") {
		t.Errorf("once its review is locked: %d %v", got.Code, got.Codes())
	}
	s.SQL(lock, id, "draft")
	if got := send("reference", "TE 123"); got.Code != 303 {
		t.Fatalf("%d %v", got.Code, got.Codes())
	}
	if got := e.Post(at, url.Values{"form": {uuid.NewString()}, "ground": {"weighty"}, "body": {"x"}, "decided_on": {"19.11.2026"},
		"version": {s.SQL(`select version from app.enrolment where id = $1`, id)}}); got.Code != 422 || !got.Has("E_TRANSITION") {
		t.Errorf("twice: %d %v", got.Code, got.Codes())
	}
	if after := s.SQL(taken, demo.Running); after == before {
		t.Error("the place is not free")
	}
	u, seen := s.As("veera.valmentava"), "/enrolments/"+id.String()+"/seen"
	for _, page := range []string{
		e.Get("/enrolments/" + id.String()).Body, u.Get("/enrolments/" + id.String()).Body, s.As("tuulikki.esimerkki").Get("/me").Body,
	} {
		if !strings.Contains(page, "Viranomainen keskeytti palvelun") || !strings.Contains(page, "TE 123") {
			t.Error("a page does not tell of the decision")
		}
	}
	got := u.Post(seen, url.Values{"form": {uuid.NewString()}, "version": {"0"}, "kind": {"mark"}})
	if got.Code != 422 || !got.Has("E_CHOICE") {
		t.Errorf("a signal that asks for more: %d %v", got.Code, got.Codes())
	}
	s.Set(s.Now().AddDate(0, 0, 30))
	u = s.As("veera.valmentava")
	page := u.Get("/").Body
	if !strings.Contains(page, "viranomainen keskeytti palvelun") {
		t.Fatal("the coach is not told")
	}
	if got := u.Post(seen, apptest.Fill(t, page, seen)); got.Code != 303 {
		t.Fatalf("read: %d %v", got.Code, got.Codes())
	}
	if strings.Contains(u.Get("/").Body, "viranomainen keskeytti palvelun") {
		t.Error("the coach is told of what they have read")
	}
}

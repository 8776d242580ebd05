package casework_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
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
		if v.Get("how") != "withdrawn" {
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

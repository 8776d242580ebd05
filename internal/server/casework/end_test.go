package casework_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/url"
	"strings"
	"testing"

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
	if after := taken(); before == after {
		t.Errorf("%s places taken before, %s after", before, after)
	}
}

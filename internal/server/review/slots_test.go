package review_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
)

// The reviews of a whole group are booked from one page: times nobody has are proposed, all are booked or none, and a line left
// empty is left out.
func TestGroupIsBooked(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	at := "/cohorts/" + demo.Running.String() + "/reviews"
	booked := func() string {
		return s.SQL(`select count(*) from app.review r join app.enrolment e on e.id = r.enrolment_id where e.cohort_id = $1`, demo.Running)
	}
	before := booked()
	v := apptest.Fill(t, u.Get(at).Body, at)
	people := v["person"]
	if len(people) < 5 {
		t.Fatalf("%d people without a review", len(people))
	}
	seen := map[string]bool{}
	for _, p := range people {
		slot := v.Get("meets_on."+p) + " " + v.Get("meets_at."+p)
		if len(slot) < 8 || seen[slot] {
			t.Errorf("proposed: %q", slot)
		}
		seen[slot] = true
	}
	v.Set("place", "Huone 3")
	with := func(set ...string) apptest.Answer {
		w := url.Values{}
		for k, x := range v {
			w[k] = x
		}
		w.Set("form", uuid.NewString())
		for i := 0; i < len(set); i += 2 {
			w.Set(set[i], set[i+1])
		}
		return u.Post(at, w)
	}
	first, second := people[0], people[1]
	for _, x := range []struct {
		what string
		got  apptest.Answer
		code string
	}{
		{"two at one time", with("meets_on."+second, v.Get("meets_on."+first), "meets_at."+second, v.Get("meets_at."+first)), "E_OVERLAP"},
		{"on a Sunday", with("meets_on."+second, "6.12.2026"), "E_HOLIDAY"},
		{"on a group morning", with("meets_on."+second, "2.12.2026", "meets_at."+second, "9.00"), "E_OVERLAP"},
		{"no place", with("place", ""), "E_REQUIRED"},
		{"no time", with("meets_at."+second, ""), "E_CLOCK"},
	} {
		if x.got.Code != 422 || !x.got.Has(x.code) {
			t.Errorf("%s: %d %v, want %s", x.what, x.got.Code, x.got.Codes(), x.code)
		}
	}
	if booked() != before {
		t.Fatal("a refused form booked somebody")
	}
	if got := with("meets_on."+second, "", "meets_at."+second, ""); got.Code != 303 {
		t.Fatalf("all but one: %d %v", got.Code, got.Codes())
	}
	left := apptest.Fill(t, u.Get(at).Body, at)
	if p := left["person"]; len(p) != 1 || p[0] != second {
		t.Errorf("left: %v", p)
	}
	if got := u.Post(at, left); got.Code != 303 {
		t.Errorf("the last one: %d %v", got.Code, got.Codes())
	}
	if !strings.Contains(u.Get(at).Body, "Kaikilla on jo") {
		t.Error("the page does not say that all are booked")
	}
	if n := s.SQL(`select count(*) from app.review a join app.review b on a.id < b.id and a.meets_on = b.meets_on
  and a.meets_at < b.meets_at + 45 and b.meets_at < a.meets_at + 45
join app.enrolment e on e.id = a.enrolment_id where e.cohort_id = $1`, demo.Running); n != "0" {
		t.Errorf("%s pairs at one time", n)
	}
}

package recruitment_test

import (
	"fmt"
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/http"
	"net/url"
	"sync"
	"testing"
)

// Fifty concurrent enrolments into the last place: exactly one wins, the others are told E_COHORT_FULL.
func TestLastPlace(t *testing.T) {
	s := apptest.Start(t, apptest.Many)
	u := s.As("veera.valmentava")
	path := "/cohorts/" + demo.Recruiting.String() + "/enrolments"
	asked := "/enrolments/" + demo.Recruit(3).String() + "/choice" // the one a place is held for takes it
	v := apptest.Fill(t, u.Get(asked).Body, asked)
	v.Set("chose", "yes")
	v.Set("how", "paper")
	if got := u.Post(asked, v); got.Code != http.StatusSeeOther {
		t.Fatalf("%d %v", got.Code, got.Codes())
	}
	for i := range 4 {
		if got := u.Post(path, s.Person(fmt.Sprint("Täyte ", i))); got.Code != http.StatusSeeOther {
			t.Fatalf("%d %v", got.Code, got.Codes())
		}
	}
	forms := make([]url.Values, 50)
	for i := range forms {
		forms[i] = s.Person(fmt.Sprint("Onni ", i))
	}
	full := 0
	var mu sync.Mutex
	got := apptest.AtOnce(50, func(i int) apptest.Answer {
		a := u.Post(path, forms[i])
		if a.Has("E_COHORT_FULL") {
			mu.Lock()
			full++
			mu.Unlock()
		}
		return a
	})
	if got[303] != 1 || got[422] != 49 || full != 49 {
		t.Errorf("answers %v, %d times E_COHORT_FULL", got, full)
	}
	if n := s.SQL(`select places_taken from app.cohort where org_id = $1 and id = $2`, demo.Org, demo.Recruiting); n != "10" {
		t.Errorf("%s places taken", n)
	}
}

package recruitment_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/url"
	"strings"
	"sync"
	"testing"
)

// An expert refers a person: onto the waiting list, whose coach sees them and another coach does not; without a choice,
// and without a place taken.
func TestServiceReferral(t *testing.T) {
	s := apptest.Start(t)
	eeva := s.As("eeva.ehkanen")
	form := func() url.Values {
		v := apptest.Fill(t, eeva.Get("/referrals/new").Body, "/referrals")
		for k, x := range map[string]string{
			"cohort": demo.Recruiting.String(), "first_name": "Åke", "last_name": "Öhman-Äijälä", "born_on": "3.4.1979",
			"municipality": "Hattula", "lang": "sv", "unemployed_since": "1.2.2025",
		} {
			v.Set(k, x)
		}
		return v
	}
	taken := s.SQL(`select places_taken from app.cohort where id = $1`, demo.Recruiting)
	v := form()
	v.Set("cohort", demo.Running.String())
	if got := eeva.Post("/referrals", v); got.Code != 422 || !got.Has("E_CHOICE") || !strings.Contains(got.Body, "Öhman-Äijälä") {
		t.Errorf("to a running cohort: %d %v", got.Code, got.Codes())
	}
	v = form()
	var wg sync.WaitGroup
	for range 5 {
		wg.Go(func() { eeva.Post("/referrals", v) })
	}
	wg.Wait()
	id := v.Get("form")
	if got := s.SQL(
		`select count(*) || ' ' || min(state) || ' ' || min(queue_number) from app.enrolment where id = $1`, id,
	); got != "1 referred 3" {
		t.Errorf("five posts of one form: %s", got)
	}
	if s.SQL(`select places_taken from app.cohort where id = $1`, demo.Recruiting) != taken ||
		s.SQL(`select count(*) from app.voluntary_choice where enrolment_id = $1`, id) != "0" {
		t.Error("a referral took a place or stored a choice")
	}
	if got := eeva.Get("/enrolments/" + id); got.Code != 200 {
		t.Errorf("the referring expert: %d", got.Code)
	}
	for who, want := range map[string]int{"olli.omanen": 404, "senni.sijainen": 404, "veera.valmentava": 200} {
		if got := s.As(who).Get("/enrolments/" + id); got.Code != want {
			t.Errorf("%s: %d, want %d", who, got.Code, want)
		}
	}
	if got := s.SQL(`select unemployed_since::text from app.eligibility where enrolment_id = $1`, id); got != "2025-02-01" {
		t.Errorf("evidence: %s", got)
	}
}

package main

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"kuukausi/internal/postgres/demo"
	"kuukausi/internal/postgres/door"
)

func many(c *door.Config) { c.Conns = 16 }

// at once runs n posts together and counts the answers by status.
func atOnce(n int, do func(i int) answer) map[int]int {
	var wg sync.WaitGroup
	var mu sync.Mutex
	out := map[int]int{}
	gate := make(chan struct{})
	for i := range n {
		wg.Go(func() {
			<-gate
			a := do(i)
			mu.Lock()
			out[a.code]++
			mu.Unlock()
		})
	}
	close(gate)
	wg.Wait()
	return out
}

// person is a filled enrolment form.
func (s *site) person(first string) url.Values {
	return url.Values{
		"form":       {uuid.NewString()},
		"version":    {"0"},
		"first_name": {first},
		"last_name":  {"Yksitoista"},
		"born_on":    {"2.2.2004"},
		"lang":       {"fi"},
		"chose":      {"yes"},
		"how":        {"paper"},
		"chosen_on":  {"18.11.2026"},
		"expert":     {s.uuid(`select id from app.membership where org_id = $1 and email = 'eeva.ehkanen@example.org'`, demo.Org)},
	}
}

// Fifty concurrent enrolments into the last place: exactly one wins, the others are told E_COHORT_FULL.
func TestLastPlace(t *testing.T) {
	s := start(t, many)
	u := s.as("veera.valmentava")
	path := "/cohorts/" + demo.Recruiting.String() + "/enrolments"
	asked := "/enrolments/" + demo.Recruit(3).String() + "/choice" // the one a place is held for takes it
	v := fill(t, u.get(asked).body, asked)
	v.Set("chose", "yes")
	v.Set("how", "paper")
	if got := u.post(asked, v); got.code != http.StatusSeeOther {
		t.Fatalf("%d %v", got.code, got.codes())
	}
	for i := range 4 {
		if got := u.post(path, s.person(fmt.Sprint("Täyte ", i))); got.code != http.StatusSeeOther {
			t.Fatalf("%d %v", got.code, got.codes())
		}
	}
	forms := make([]url.Values, 50)
	for i := range forms {
		forms[i] = s.person(fmt.Sprint("Onni ", i))
	}
	full := 0
	var mu sync.Mutex
	got := atOnce(50, func(i int) answer {
		a := u.post(path, forms[i])
		if a.has("E_COHORT_FULL") {
			mu.Lock()
			full++
			mu.Unlock()
		}
		return a
	})
	if got[303] != 1 || got[422] != 49 || full != 49 {
		t.Errorf("answers %v, %d times E_COHORT_FULL", got, full)
	}
	if n := s.sql(`select places_taken from app.cohort where org_id = $1 and id = $2`, demo.Org, demo.Recruiting); n != "10" {
		t.Errorf("%s places taken", n)
	}
}

// A double click, and twenty at once: one person, one effect, the same answer.
func TestDoubleSubmit(t *testing.T) {
	s := start(t, many)
	u := s.as("veera.valmentava")
	path := "/cohorts/" + demo.Recruiting.String() + "/enrolments"
	v := s.person("Tupla")
	if got := atOnce(20, func(int) answer { return u.post(path, v) }); got[303] != 20 {
		t.Errorf("answers %v", got)
	}
	if n := s.sql(`select count(*) from app.participant where org_id = $1 and first_name = 'Tupla'`, demo.Org); n != "1" {
		t.Errorf("%s people", n)
	}
	if n := s.sql(`select count(*) from app.audit where action = 'enrolment_create' and outcome = 'done'`); n != "1" {
		t.Errorf("%s audit rows", n)
	}
	if n := s.sql(`select places_taken from app.cohort where org_id = $1 and id = $2`, demo.Org, demo.Recruiting); n != "5" {
		t.Errorf("%s places taken", n)
	}
}

// Of fifty edits of one version exactly one wins; every loser sees 409 with what they typed.
func TestStaleVersion(t *testing.T) {
	s := start(t, many)
	u := s.as("veera.valmentava")
	path := "/enrolments/" + demo.Enrolment(8).String() + "/goal"
	base := fill(t, u.get("/enrolments/"+demo.Enrolment(8).String()).body, path)
	lost := 0
	var mu sync.Mutex
	got := atOnce(50, func(i int) answer {
		v := url.Values{
			"form":    {uuid.NewString()},
			"version": base["version"],
			"kind":    {"employment"},
			"how":     {"present"},
			"body":    {fmt.Sprintf("Äidin öljytyö nro %d", i)},
		}
		a := u.post(path, v)
		if a.code == 409 && !strings.Contains(a.body, fmt.Sprintf("Äidin öljytyö nro %d</textarea>", i)) {
			mu.Lock()
			lost++
			mu.Unlock()
		}
		return a
	})
	if got[303] != 1 || got[409] != 49 || lost != 0 {
		t.Errorf("answers %v, %d texts lost", got, lost)
	}
	if n := s.sql(`select count(*) from app.goal where org_id = $1 and enrolment_id = $2`, demo.Org, demo.Enrolment(8)); n != "3" {
		t.Errorf("%s goals", n)
	}
}

// Acknowledging races with editing: whatever wins, no acknowledgement ever stands on a text the party did not see.
func TestAcknowledgeAgainstEdit(t *testing.T) {
	s := start(t, many)
	coach, expert := s.as("veera.valmentava"), s.as("eeva.ehkanen")
	at := "/reviews/" + demo.Review(202).String()
	for round := range 12 {
		text := fill(t, coach.get(at).body, at+"/text")
		text.Set("obstacles", fmt.Sprintf("Kierros %d", round))
		seen := expert.get(at)
		ack := url.Values{"form": {uuid.NewString()}, "version": {text.Get("version")}}
		version := s.sql(`select number from app.review where org_id = $1 and id = $2`, demo.Org, demo.Review(202))
		if !strings.Contains(seen.body, "versio "+version) {
			t.Fatalf("the expert saw another version than %s", version)
		}
		atOnce(2, func(i int) answer {
			if i == 0 {
				return coach.post(at+"/text", text)
			}
			return expert.post(at+"/acknowledgement", ack)
		})
		if n := s.sql(`select count(*)
from app.review_acknowledgement k
join app.review_version v on v.org_id = k.org_id and v.review_id = k.review_id and v.number = k.number
where k.org_id = $1
  and k.review_id = $2
  and k.hash <> v.hash`, demo.Org, demo.Review(202)); n != "0" {
			t.Fatalf("%s acknowledgements of another text", n)
		}
		if n := s.sql(`select coalesce(max(number), 0)
from app.review_acknowledgement
where org_id = $1
  and review_id = $2
  and party = 'expert'`, demo.Org, demo.Review(202)); n > version && len(n) == len(version) {
			t.Fatalf("the expert saw version %s, the acknowledgement stands on %s", version, n)
		}
	}
}

// Two coaches mark the same sheet: the second is told, and both marks of a correction are kept.
func TestCorrectionKeepsWhoAndWhen(t *testing.T) {
	s := start(t)
	u := s.as("veera.valmentava")
	path := examplePath(s, "{meeting}")
	first, second := fill(t, u.get(path).body, path), fill(t, u.get(path).body, path)
	first.Set("mark."+demo.Enrolment(0).String(), "n")
	second.Set("mark."+demo.Enrolment(0).String(), "l")
	second.Set("remark."+demo.Enrolment(0).String(), "Bussi myöhässä")
	if got := u.post(path, first); got.code != 303 {
		t.Fatal(got.code, got.codes())
	}
	got := u.post(path, second)
	if got.code != 409 || !got.has("E_STALE") || !strings.Contains(got.body, "Bussi myöhässä") {
		t.Errorf("stale sheet: %d %v, or the remark was lost", got.code, got.codes())
	}
	if row := s.sql(`select mark || ' ' || (marked_by is not null)::text || ' ' || (marked_at is not null)::text
from app.attendance_before
where org_id = $1 and enrolment_id = $2`, demo.Org, demo.Enrolment(0)); row != "p true true" {
		t.Errorf("what the mark was before: %q", row)
	}
}

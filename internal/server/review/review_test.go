package review_test

import (
	"fmt"
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// Acknowledging races with editing: whatever wins, no acknowledgement ever stands on a text the party did not see.
func TestAcknowledgeAgainstEdit(t *testing.T) {
	s := apptest.Start(t, apptest.Many)
	coach, expert := s.As("veera.valmentava"), s.As("eeva.ehkanen")
	at := "/reviews/" + demo.Review(202).String()
	for round := range 12 {
		text := apptest.Fill(t, coach.Get(at).Body, at+"/text")
		text.Set("obstacles", fmt.Sprintf("Kierros %d", round))
		seen := expert.Get(at)
		ack := url.Values{"form": {uuid.NewString()}, "version": {text.Get("version")}}
		version := s.SQL(`select number from app.review where org_id = $1 and id = $2`, demo.Org, demo.Review(202))
		if !strings.Contains(seen.Body, "versio "+version) {
			t.Fatalf("the expert saw another version than %s", version)
		}
		apptest.AtOnce(2, func(i int) apptest.Answer {
			if i == 0 {
				return coach.Post(at+"/text", text)
			}
			return expert.Post(at+"/acknowledgement", ack)
		})
		if n := s.SQL(`select count(*)
from app.review_acknowledgement k
join app.review_version v on v.org_id = k.org_id and v.review_id = k.review_id and v.number = k.number
where k.org_id = $1
  and k.review_id = $2
  and k.hash <> v.hash`, demo.Org, demo.Review(202)); n != "0" {
			t.Fatalf("%s acknowledgements of another text", n)
		}
		if n := s.SQL(`select coalesce(max(number), 0)
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
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	path := s.Example("{meeting}")
	first, second := apptest.Fill(t, u.Get(path).Body, path), apptest.Fill(t, u.Get(path).Body, path)
	first.Set("mark."+demo.Enrolment(0).String(), "n")
	second.Set("mark."+demo.Enrolment(0).String(), "l")
	second.Set("remark."+demo.Enrolment(0).String(), "Bussi myöhässä")
	if got := u.Post(path, first); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	got := u.Post(path, second)
	if got.Code != 409 || !got.Has("E_STALE") || !strings.Contains(got.Body, "Bussi myöhässä") {
		t.Errorf("stale sheet: %d %v, or the remark was lost", got.Code, got.Codes())
	}
	if row := s.SQL(`select mark || ' ' || (marked_by is not null)::text || ' ' || (marked_at is not null)::text
from app.attendance_before
where org_id = $1 and enrolment_id = $2`, demo.Org, demo.Enrolment(0)); row != "p true true" {
		t.Errorf("what the mark was before: %q", row)
	}
}

package main

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
)

// Whatever is posted, in whatever order and by whom, the database holds no state and sees no transition that internal/domain.md 11
// and ruling 12 do not list, and as many places taken as people who take one. The rules alone are tried far longer
// in the room's own test; this goes through forms, doors and SQL.
func TestStatesByPosts(t *testing.T) {
	s := apptest.Start(t)
	seed := uint64(time.Now().UnixNano())
	dice := rand.New(rand.NewPCG(seed, 0))
	t.Logf("seed %d", seed)
	listed := map[string][]string{
		"referred": {
			"invited",
			"withdrawn",
			"not_started",
		}, "invited": {"accepted", "withdrawn", "not_started"}, "accepted": {"preparing", "active", "withdrawn", "not_started"},
		"preparing": {"active", "withdrawn", "not_started"}, "active": {"review", "withdrawn"}, "review": {"active", "completed", "withdrawn"},
	}
	ends := []string{"withdrawn", "moved", "died", "unreviewed"} // the last one only at the end of a month
	for from, to := range listed {
		listed[from] = append(to, "moved", "died")
	}
	states := []string{
		"referred",
		"invited",
		"accepted",
		"preparing",
		"active",
		"review",
		"completed",
		"unreviewed",
		"withdrawn",
		"moved",
		"died",
		"interrupted",
		"not_started",
		"",
		"x",
	}
	users := []*apptest.User{
		s.As("veera.valmentava"),
		s.As("veera.valmentava"),
		s.As("veera.valmentava"),
		s.As("kimmo.koordinoiva"),
		s.As("eeva.ehkanen"),
		s.As("senni.sijainen"),
	}
	var cases []string
	for i := range 6 {
		cases = append(cases, demo.Recruit(i).String())
	}
	for i := range 3 {
		cases = append(cases, demo.Enrolment(i).String())
	}
	look := func() map[string]string {
		out := map[string]string{}
		for _, pair := range strings.Fields(s.SQL(`select string_agg(id::text || ' ' || state, ' ')
from (select id::text || '=' || state as id, '' as state from app.enrolment where org_id = $1 and id::text = any($2)) x`,
			demo.Org, cases)) {
			id, state, _ := strings.Cut(pair, "=")
			out[id] = state
		}
		return out
	}
	was, changed := look(), 0
	for range 250 {
		id := cases[dice.IntN(len(cases))]
		e := "/enrolments/" + id
		v := url.Values{"form": {uuid.NewString()}, "version": {s.SQL(`select version from app.enrolment where id = $1`, id)}}
		path := e + "/state"
		switch dice.IntN(6) {
		case 0:
			path = e + "/offer"
			v.Set("answer_by", "25.11.2026")
		case 1:
			path = e + "/choice"
			v.Set("chose", "yes")
			v.Set("how", "oral")
			v.Set("lang", "fi")
			v.Set("chosen_on", "18.11.2026")
		case 2:
			if dice.IntN(4) == 0 {
				path = e + "/withdrawal"
				v.Set("how", ends[dice.IntN(len(ends))])
			}
		default:
			to := append(slices.Clone(listed[was[id]]), states...)
			v.Set("to", to[dice.IntN(len(to))])
		}
		users[dice.IntN(len(users))].Post(path, v)
		now := look()
		for id, state := range now {
			if state != was[id] {
				changed++
				if !slices.Contains(listed[was[id]], state) {
					t.Errorf("%s: %q → %q is not listed", id, was[id], state)
				}
			}
		}
		was = now
	}
	if changed < 5 {
		t.Errorf("only %d of 250 posts changed anything", changed)
	}
	if n := s.SQL(`select count(*)
from app.cohort c
where c.org_id = $1
  and c.places_taken <> (
    select count(*)
    from app.enrolment e
    where e.cohort_id = c.id and e.state in ('accepted', 'preparing', 'active', 'review'))`, demo.Org); n != "0" {
		t.Errorf("%s cohorts miscount their places", n)
	}
}

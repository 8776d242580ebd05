package partner_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"strings"
	"testing"
)

// The coordinator sees nothing of what is the coach's: goal, group attendance, search, review (internal/domain.md, ruling 4); and text
// that looks like markup comes back as text on every page.
func TestCoordinatorBlindness(t *testing.T) {
	s := apptest.Start(t)
	const marker = `MERKKI<img src=x onerror=alert(1)>"'&amp;`
	s.SQL(`update app.goal set body = $2 where org_id = $1`, demo.Org, marker)
	s.SQL(`update app.participant set strengths = $2 where org_id = $1`, demo.Org, marker)
	s.SQL(`update app.attendance set remark = $2 where org_id = $1 and not on_trial`, demo.Org, marker)
	s.SQL(`update app.review_version
set body = jsonb_build_object('goal', $2::text, 'own_words', $2::text, 'obstacles', $2::text)
where org_id = $1`, demo.Org, marker)
	s.SQL(`update app.decision set grounds = $2 where org_id = $1`, demo.Org, marker)
	seen := 0
	for _, c := range apptest.People {
		u := s.As(c.Email)
		for _, m := range apptest.Matrix {
			if m.Method != "GET" {
				continue
			}
			a := u.Get(s.Example(m.Path))
			if c.Letter == "K" && strings.Contains(a.Body, "MERKKI") {
				t.Errorf("the coordinator sees it on %s", m.Pattern)
			}
			if strings.Contains(a.Body, "<img") {
				t.Errorf("markup from the database on %s as %s", m.Pattern, c.Letter)
			}
			if strings.Contains(a.Body, "MERKKI") {
				seen++
			}
		}
	}
	if seen < 5 {
		t.Errorf("only %d pages show the marker to anyone: the test looks at nothing", seen)
	}
	if n := len(s.As("veera.valmentava").Get("/cohorts/" + demo.Running.String()).Body); n > 60<<10 {
		t.Errorf("the month map is %d bytes", n)
	}
}

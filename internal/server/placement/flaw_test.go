package placement_test

import (
	"strings"
	"testing"

	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
)

// A draft that can't become an agreement says so wherever it stands, and is not printed to be signed: hours the law does not
// allow, a second draft of the same place, hours over the group's (internal/domain.md, ruling 35).
func TestFlawedDraft(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("kimmo.koordinoiva")
	id := demo.Trial(107).String()
	person := s.UUID(`select enrolment_id from app.trial where id = $1`, id)
	site := s.UUID(`select site_id from app.trial where id = $1`, id)
	trial, paper := "/trials/"+id, "/trials/"+id+"/agreement"
	const not = "Luonnos, ei allekirjoitettavaksi"
	line := func(flawed bool) {
		t.Helper()
		for _, at := range []string{trial, paper} {
			if got := u.Get(at); strings.Contains(got.Body, not) != flawed {
				t.Errorf("%s: %d, flawed %t", at, got.Code, !flawed)
			}
		}
		if strings.Contains(u.Get(paper).Body, `class="rule"`) == flawed {
			t.Errorf("lines to sign on: %t", !flawed)
		}
		_, cell, _ := strings.Cut(u.Get("/cohorts/"+demo.Running.String()).Body, `href="`+trial+`"`)
		cell, _, _ = strings.Cut(cell, "</td>")
		if cell != "" && strings.Contains(cell, "Ei voi tulla voimaan") != flawed { // with another one in force, that one stands there
			t.Errorf("the month map: flawed %t", !flawed)
		}
		for _, at := range []string{"/sites/" + site} {
			if got := u.Get(at); strings.Contains(got.Body, "Ei voi tulla voimaan") != flawed {
				t.Errorf("%s: %d, flawed %t", at, got.Code, !flawed)
			}
		}
		if got := s.As("veera.valmentava").Get("/enrolments/" + person); strings.Contains(got.Body, "Ei voi tulla voimaan") != flawed {
			t.Errorf("the person's page: %d, flawed %t", got.Code, !flawed)
		}
	}
	line(false)
	born := s.SQL(`select to_char(born_on, 'FMDD.FMMM.YYYY') from app.participant p join app.enrolment e on e.participant_id = p.id
where e.id = $1`, person)
	if strings.Contains(u.Get(paper).Body, born) {
		t.Error("the organiser's paper tells when the person was born")
	}
	copied := func(state string) string {
		return `insert into app.trial (
  org_id, id, enrolment_id, site_id, supervisor_id, purpose, starts_on, ends_on, starts_at, day_minutes, week_days,
  tasks, goals, judged, created_at, state)
select org_id, gen_random_uuid(), enrolment_id, site_id, supervisor_id, purpose, starts_on, ends_on, starts_at, day_minutes, week_days,
  'kaksonen', goals, judged, created_at, '` + state + `' from app.trial where id = $1`
	}
	for _, x := range []struct{ what, do, undo string }{
		{"short", `update app.trial set day_minutes = 210 where id = $1`, `update app.trial set day_minutes = 240 where id = $1`},
		{"long", `update app.trial set day_minutes = 481 where id = $1`, `update app.trial set day_minutes = 240 where id = $1`},
		{"week", `update app.trial set week_days = 6 where id = $1`, `update app.trial set week_days = 5 where id = $1`},
		{
			"dates", `update app.trial set starts_on = starts_on - 60, continuing = true where id = $1`,
			`update app.trial set starts_on = starts_on + 60, continuing = false where id = $1`,
		},
		{"twin", copied("draft"), `delete from app.trial where tasks = 'kaksonen' and id <> $1`},
		{"overlap", copied("active"), `delete from app.trial where tasks = 'kaksonen' and id <> $1`},
		{"group", `update app.trial set starts_at = 600 where id = $1`, `update app.trial set starts_at = 750 where id = $1`},
	} {
		s.SQL(x.do, id)
		if page := u.Get(trial).Body; !strings.Contains(page, `data-flaw="`+x.what+`"`) {
			t.Errorf("%s is not told", x.what)
		}
		line(true)
		s.SQL(x.undo, id)
	}
	line(false)
}

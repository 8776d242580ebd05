package partner_test

import (
	"fmt"
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"strings"
	"testing"
)

// Matching reads an approved profile only, says why a site fits, and shows who competes for a last place.
func TestMatching(t *testing.T) {
	s := apptest.Start(t)
	k, v := s.As("kimmo.koordinoiva"), s.As("veera.valmentava")
	matti := "/enrolments/" + demo.Enrolment(3).String() + "/matching"
	page := k.Get(matti).Body
	for _, want := range []string{"Vanajan Mallivarasto", "ala sopii", "vapaa paikka näillä viikoilla", "Sopisivat, mutta eivät nyt"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q", want)
		}
	}
	f := apptest.Fill(t, v.Get(matti).Body, "/enrolments/"+demo.Enrolment(3).String()+"/placement-profile")
	f["fields"] = []string{"warehouse"}
	f.Set("profile_tasks", "salainen tehtävä")
	if got := v.Post("/enrolments/"+demo.Enrolment(3).String()+"/placement-profile", f); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	if page := k.Get(matti).Body; strings.Contains(page, "salainen") || strings.Contains(page, "Vanajan") ||
		!strings.Contains(page, "ei ole vielä hyväksynyt") {
		t.Error("the coordinator reads what was not approved")
	}
	f = apptest.Fill(t, v.Get(matti).Body, "/enrolments/"+demo.Enrolment(3).String()+"/placement-profile")
	f.Set("approved", "yes")
	if got := v.Post("/enrolments/"+demo.Enrolment(3).String()+"/placement-profile", f); got.Code != 422 || !got.Has("E_CHOICE") {
		t.Errorf("approved nobody knows how: %d %v", got.Code, got.Codes())
	}
	f.Set("way", "present")
	if got := v.Post("/enrolments/"+demo.Enrolment(3).String()+"/placement-profile", f); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	s.SQL(`insert into app.placement_profile (org_id, enrolment_id, fields, approved_on, approved_how, entered_by, at)
select
  org_id,
  $2,
  '{warehouse}',
  '2026-11-19',
  'present',
  id,
  now()
from app.membership
where org_id = $1 and email = 'veera.valmentava@example.org'
on conflict (org_id, enrolment_id) do update
set fields = '{warehouse}'`, demo.Org, demo.OtherCoachsEnrolment(0))
	if page := k.Get("/matching").Body; strings.Count(page, "sopii 2 henkilölle, vapaita 1") != 2 {
		t.Error("two people for one place are not seen at once")
	}
}

// A coordinator sees nothing of notes, instruments, health and review: a marker in every such field, and every byte of
// every page, export and print searched.
func TestCoordinatorSearched(t *testing.T) {
	s := apptest.Start(t)
	const secret = "SALAISUUS7741"
	const marker = secret + `<img src=x onerror=alert(1)>"'&amp;`
	for table, columns := range map[string][]string{
		"note": {"body"}, "goal": {"body"}, "goal_check": {"body"}, "pre_assignment": {"answer"}, "obstacle": {"body"},
		"referral": {"reason"}, "eligibility": {"assessment", "expert_note"}, "participant": {"strengths"},
		"decision": {"grounds"}, "draft": nil,
	} {
		for _, c := range columns {
			if s.SQL(`select count(*)
from information_schema.columns
where table_schema = 'app'
  and table_name = $1
  and column_name = $2`, table, c) == "0" {
				t.Fatalf("no column %s.%s: the search would look at nothing", table, c)
			}
			s.SQL(fmt.Sprintf(`update app.%s set %s = $1`, table, c), marker)
		}
	}
	s.SQL(`update app.review_version
set body = jsonb_build_object('goal', $1::text, 'obstacles', $1::text, 'own_words', $1::text, 'trial', $1::text)`, marker)
	s.SQL(`update app.attendance set remark = $1 where not on_trial`, marker)
	s.SQL(`update app.placement_profile set limits = $1, approved_on = null, approved_how = ''`, marker)
	seen := func(who string) (n int) {
		u := s.As(who)
		for _, m := range apptest.Matrix {
			if m.Method == "GET" {
				a := u.Get(s.Example(m.Path))
				if strings.Contains(a.Body, "<img") {
					t.Errorf("markup from the database on %s as %s", m.Pattern, who)
				}
				if strings.Contains(a.Body, secret) {
					n++
					if who == "kimmo.koordinoiva" {
						t.Errorf("on %s", m.Pattern)
					}
				}
			}
		}
		return n
	}
	if n := seen("veera.valmentava"); n < 8 {
		t.Errorf("the coach sees the marker on %d pages only: the search looks at nothing", n)
	}
	for _, c := range apptest.People {
		if c.Email != "veera.valmentava" {
			seen(c.Email)
		}
	}
	if n := len(s.As("veera.valmentava").Get("/cohorts/" + demo.Running.String()).Body); n > 60<<10 {
		t.Errorf("the month map is %d bytes", n)
	}
}

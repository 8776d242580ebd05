package main

import (
	"fmt"
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"strings"
	"testing"
	"time"
)

// An individual model from the browser alone, in each language: made from nothing, published, a person begins on it,
// meetings are agreed one by one, goal, note, trial, a review by its own parties, and the end.
func TestIndividualModel(t *testing.T) {
	for _, c := range []struct {
		lang    string
		scripts bool
	}{{"fi", true}, {"sv", false}, {"en", true}} {
		t.Run(fmt.Sprintf("%s scripts %t", c.lang, c.scripts), func(t *testing.T) {
			s := apptest.Start(t)
			s.T = t
			admin, coach, coordinator := s.Open(c.scripts), s.Open(c.scripts), s.Open(c.scripts)
			admin.SignIn("aatu.yllapitaja", c.lang)
			coach.SignIn("veera.valmentava", c.lang)
			coordinator.SignIn("kimmo.koordinoiva", c.lang)

			// the model: two weeks of three days, two parties, no half-day planned
			admin.Visit("/admin/models/new")
			admin.Refuse("E_MODEL_CODE", "/admin/models", "", "code", "Oma polku", "name.fi", "Oma polku", "in_cohort", "alone")
			facts := admin.Send("/admin/models", "", "code", "oma-polku", "name.fi", "Oma polku", "in_cohort", "alone")
			draft := strings.TrimSuffix(facts, "/facts")
			admin.Eval(`(document.querySelectorAll("[name=parties][value=expert], [name=headings][value=search]")
				.forEach(e => e.checked = false), "")`)
			admin.Send(facts, "", "weeks", "2", "days_a_week", "3", "trial_hours", "5", "trial_starts_at", "9.00",
				"coaching_kind", "job_coaching", "follow_up_months", "3", "contact.first_day", "0")
			for week, theme := range []string{"Alku", "Loppu"} {
				at := fmt.Sprintf("%s/weeks/%d", draft, week+1)
				admin.Visit(at)
				if n := admin.Eval(`String(document.querySelectorAll("fieldset.slots").length)`); n != "3" {
					t.Fatalf("a week of three days asks for %s", n)
				}
				admin.Send(at, "", "theme.fi", theme)
			}
			admin.Visit(draft)
			admin.Send(draft+"/publication", "")

			// a person begins
			coach.Visit("/participants")
			coach.Visit(coach.Eval(`document.querySelector("a.govuk-button[href^='/enrolments/new']").getAttribute("href")`))
			coach.Refuse("E_HOLIDAY", "/enrolments", "", "starts_on", "21.11.2026", "first_name", "Yrjö", "last_name", "Yksin",
				"born_on", "1.3.1970", "lang", c.lang, "expert", coach.Option("[name=expert]", "Eeva"), "chose", "yes", "how", "oral",
				"chosen_on", "18.11.2026")
			person := coach.Send("/enrolments", "", "starts_on", "19.11.2026", "coordinator", coach.Option("[name=coordinator]", "Kimmo"))
			if got := s.SQL(`select e.ends_on || ' ' || (e.shape->>'DaysAWeek') || ' ' || e.state || ' ' || (
  select string_agg(g.kind, ',' order by g.kind) from app.case_grant g where g.enrolment_id = e.id)
from app.enrolment e
where e.id::text = $1`, strings.TrimPrefix(person, "/enrolments/")); got != "2026-11-30 3 accepted coach,coordinator,expert" {
				t.Errorf("the case: %s", got)
			}
			coach.Send(person+"/state", "", "to", "preparing")
			coach.Send(person+"/state", "", "to", "active")

			// meetings one by one, goal, note
			coach.Visit(person + "/appointments")
			coach.Send(person+"/appointments", "", "kind", "single", "held_on", "19.11.2026", "starts_at", "15.00", "ends_at", "16.00",
				"place", "Huone 2", "purpose", "Alkukeskustelu")
			coach.Visit(person)
			coach.Send(person+"/goal", "", "body", "Oma verstas", "kind", "employment", "how", "present")
			coach.Send(person+"/notes", "", "body", "Tuli ajoissa", "visibility", "case", "source", "coach")

			// a trial whose form begins as the model says
			coordinator.Visit("/employers/new")
			coordinator.Send("/employers", "", "name", "Mallipaja Öljy Oy", "kind_of", "company", "field", "industry", "municipality",
				"Hämeenlinna", "tasks", "Kokoonpano", "person", "Outi Ohjaava", "phone", "000 000 0099")
			coordinator.Visit(person + "/trials/new")
			got := coordinator.Eval(`["starts_at", "hours"].map(n => document.querySelector("[name=" + n + "]").value).join(" ")`)
			if !strings.HasPrefix(strings.ReplaceAll(got, "09:00", "9.00"), "9.00 5") {
				t.Errorf("the trial begins as %q, want 9.00 and 5 hours", got)
			}
			trial := coordinator.Send(person+"/trials", "", "site", coordinator.Option("[name=site]", "Mallipaja"), "purpose", "return_to_work",
				"goals", "Sopiiko työ", "tasks", "Kokoonpano", "payer", "kela_general_support", "bar.competition", "no",
				"bar.drug_test", "no", "bar.children", "no")
			coordinator.Send(trial+"/answer", "", "answer", "yes", "way", "present")
			for _, party := range []string{"participant", "organiser", "authority"} {
				coordinator.Send(trial+"/signatures", "", "party", party, "signed_on", "19.11.2026")
			}
			coordinator.Send(trial+"/insurance", "", "insurance_on", "19.11.2026")
			coordinator.Send(trial+"/activation", "")

			// the review of its own parties, under its own headings, with its coach's name
			coach.Visit(person + "/review")
			rev := coach.Send(person+"/review", "", "meets_on", "19.11.2026", "meets_at", "14.00", "place", "Huone 3")
			if text := coach.Text(); !strings.Contains(text, "Veera Valmentava") {
				t.Error("the coach of a case without a cohort is not named on its review")
			}
			if n := coach.Eval(`String(document.querySelectorAll("[name=search]").length)`); n != "0" {
				t.Error("a heading the model leaves out is asked for")
			}
			coach.Send(rev+"/text", "", "goal_result", "Tavoite eteni", "own_words", "Uskallan soittaa", "strengths", "Tarkka",
				"next_steps", "Hakemukset")
			coach.Send(rev+"/ready", "")
			coach.Send(rev+"/acknowledgement", "")
			coach.Send(rev+"/device", "")
			coach.Send("/handed/acknowledgement", "")
			coach.Send("/handed/return", "", "password", demo.Password)
			coach.Send(rev+"/lock", "") // without the expert, who is no party
			coach.Visit(person)
			coach.Send(person+"/state", "", "to", "review")
			coach.Send(person+"/state", "", "to", "completed")
			// ended early: the coach keeps their access for thirty days, the others for the three months of the follow-up
			if got := s.SQL(`select string_agg(distinct g.kind || ' ' || (
  (g.valid_until - interval '1 second') at time zone 'Europe/Helsinki')::date, ', ')
from app.case_grant g
where g.enrolment_id::text = $1`, strings.TrimPrefix(person, "/enrolments/")); got != fmt.Sprintf(
				"coach %s, coordinator %s, expert %[2]s",
				s.Now().AddDate(0, 0, 30).Format(time.DateOnly), s.Now().AddDate(0, 3, 0).Format(time.DateOnly)) {
				t.Errorf("rights after the end: %s", got)
			}
			for _, x := range []*apptest.Window{admin, coach, coordinator} {
				if strings.Contains(x.Text(), "⟦") {
					t.Error("a message is missing")
				}
			}
		})
	}
}

package main

import (
	"fmt"
	"strings"
	"testing"

	"kuukausi/internal/postgres/demo"
)

// An individual model from the browser alone, in each language: made from nothing, published, a person begins on it,
// meetings are agreed one by one, goal, note, trial, a review by its own parties, and the end.
func TestIndividualModel(t *testing.T) {
	for _, c := range []struct {
		lang    string
		scripts bool
	}{{"fi", true}, {"sv", false}, {"en", true}} {
		t.Run(fmt.Sprintf("%s scripts %t", c.lang, c.scripts), func(t *testing.T) {
			s := start(t)
			s.t = t
			admin, coach, coordinator := s.open(c.scripts), s.open(c.scripts), s.open(c.scripts)
			admin.signIn("aatu.yllapitaja", c.lang)
			coach.signIn("veera.valmentava", c.lang)
			coordinator.signIn("kimmo.koordinoiva", c.lang)

			// the model: two weeks of three days, two parties, no half-day planned
			admin.visit("/admin/models/new")
			admin.refuse("E_MODEL_CODE", "/admin/models", "", "code", "Oma polku", "name.fi", "Oma polku", "in_cohort", "alone")
			facts := admin.send("/admin/models", "", "code", "oma-polku", "name.fi", "Oma polku", "in_cohort", "alone")
			draft := strings.TrimSuffix(facts, "/facts")
			admin.eval(`(document.querySelectorAll("[name=parties][value=expert], [name=headings][value=search]")
				.forEach(e => e.checked = false), "")`)
			admin.send(facts, "", "weeks", "2", "days_a_week", "3", "trial_hours", "5", "trial_starts_at", "9.00",
				"coaching_kind", "job_coaching", "follow_up_months", "3", "contact.first_day", "0")
			for week, theme := range []string{"Alku", "Loppu"} {
				at := fmt.Sprintf("%s/weeks/%d", draft, week+1)
				admin.visit(at)
				if n := admin.eval(`String(document.querySelectorAll("fieldset.slots").length)`); n != "3" {
					t.Fatalf("a week of three days asks for %s", n)
				}
				admin.send(at, "", "theme.fi", theme)
			}
			admin.visit(draft)
			admin.send(draft+"/publication", "")

			// a person begins
			coach.visit("/participants")
			coach.visit(coach.eval(`document.querySelector("a.govuk-button[href^='/enrolments/new']").getAttribute("href")`))
			coach.refuse("E_HOLIDAY", "/enrolments", "", "starts_on", "21.11.2026", "first_name", "Yrjö", "last_name", "Yksin",
				"born_on", "1.3.1970", "lang", c.lang, "expert", coach.option("[name=expert]", "Eeva"), "chose", "yes", "how", "oral",
				"chosen_on", "18.11.2026")
			person := coach.send("/enrolments", "", "starts_on", "19.11.2026", "coordinator", coach.option("[name=coordinator]", "Kimmo"))
			if got := s.sql(`select e.ends_on || ' ' || (e.shape->>'DaysAWeek') || ' ' || e.state || ' ' || (
  select string_agg(g.kind, ',' order by g.kind) from app.case_grant g where g.enrolment_id = e.id)
from app.enrolment e
where e.id::text = $1`, strings.TrimPrefix(person, "/enrolments/")); got != "2026-11-26 3 accepted coach,coordinator,expert" {
				t.Errorf("the case: %s", got)
			}
			coach.send(person+"/state", "", "to", "preparing")
			coach.send(person+"/state", "", "to", "active")

			// meetings one by one, goal, note
			coach.visit(person + "/appointments")
			coach.send(person+"/appointments", "", "kind", "single", "held_on", "19.11.2026", "starts_at", "15.00", "ends_at", "16.00",
				"place", "Huone 2", "purpose", "Alkukeskustelu")
			coach.visit(person)
			coach.send(person+"/goal", "", "body", "Oma verstas", "kind", "employment", "how", "present")
			coach.send(person+"/notes", "", "body", "Tuli ajoissa", "visibility", "case", "source", "coach")

			// a trial whose form begins as the model says
			coordinator.visit("/employers/new")
			coordinator.send("/employers", "", "name", "Mallipaja Öljy Oy", "kind_of", "company", "field", "industry", "municipality",
				"Hämeenlinna", "tasks", "Kokoonpano", "person", "Outi Ohjaava", "phone", "000 000 0099")
			coordinator.visit(person + "/trials/new")
			got := coordinator.eval(`["starts_at", "hours"].map(n => document.querySelector("[name=" + n + "]").value).join(" ")`)
			if !strings.HasPrefix(strings.ReplaceAll(got, "09:00", "9.00"), "9.00 5") {
				t.Errorf("the trial begins as %q, want 9.00 and 5 hours", got)
			}
			trial := coordinator.send(person+"/trials", "", "site", coordinator.option("[name=site]", "Mallipaja"), "purpose", "return_to_work",
				"goals", "Sopiiko työ", "tasks", "Kokoonpano", "payer", "kela_general_support", "bar.competition", "no",
				"bar.drug_test", "no", "bar.children", "no")
			coordinator.send(trial+"/answer", "", "answer", "yes", "way", "present")
			for _, party := range []string{"participant", "organiser", "authority"} {
				coordinator.send(trial+"/signatures", "", "party", party, "signed_on", "19.11.2026")
			}
			coordinator.send(trial+"/insurance", "", "insurance_on", "19.11.2026")
			coordinator.send(trial+"/activation", "")

			// the review of its own parties, under its own headings, with its coach's name
			coach.visit(person + "/review")
			rev := coach.send(person+"/review", "", "meets_on", "19.11.2026", "meets_at", "14.00", "place", "Huone 3")
			if text := coach.text(); !strings.Contains(text, "Veera Valmentava") {
				t.Error("the coach of a case without a cohort is not named on its review")
			}
			if n := coach.eval(`String(document.querySelectorAll("[name=search]").length)`); n != "0" {
				t.Error("a heading the model leaves out is asked for")
			}
			coach.send(rev+"/text", "", "goal_result", "Tavoite eteni", "own_words", "Uskallan soittaa", "strengths", "Tarkka",
				"next_steps", "Hakemukset")
			coach.send(rev+"/ready", "")
			coach.send(rev+"/acknowledgement", "")
			coach.send(rev+"/device", "")
			coach.send("/handed/acknowledgement", "")
			coach.send("/handed/return", "", "password", demo.Password)
			coach.send(rev+"/lock", "") // without the expert, who is no party
			coach.visit(person)
			coach.send(person+"/state", "", "to", "review")
			coach.send(person+"/state", "", "to", "completed")
			for _, x := range []*window{admin, coach, coordinator} {
				if strings.Contains(x.text(), "⟦") {
					t.Error("a message is missing")
				}
			}
		})
	}
}

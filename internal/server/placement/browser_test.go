package placement_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"strings"
	"testing"
)

// Every refusal of a work trial in a browser, with scripts and without: the code in the summary, each link leading to its
// field, and, once what was wrong is right, the agreement in force and closed.
func TestTrialRefusalsInBrowser(t *testing.T) {
	for _, scripts := range []bool{true, false} {
		s := apptest.Start(t)
		k, e := s.Open(scripts), s.Open(scripts)
		k.SignIn("kimmo.koordinoiva", "en")
		e.SignIn("eeva.ehkanen", "sv")
		person := "/enrolments/" + demo.Enrolment(3).String()
		form := person + "/trials"
		good := []string{
			"site",
			s.At(2),
			"purpose",
			"return_to_work",
			"goals",
			"Sopiiko",
			"tasks",
			"Keräily",
			"payer",
			"kela_general_support",
			"bar.competition",
			"no",
			"bar.drug_test",
			"no",
			"bar.children",
			"no",
		}
		for _, c := range [][3]string{{"E_TRIAL_DAY_SHORT", "hours", "3:59"}, {"E_TRIAL_DAY_LONG", "hours", "8:01"},
			{"E_TRIAL_WEEK", "week_days", "6"}, {"E_TRIAL_EMPLOYER", "current_employer", "yes"}, {"E_TRIAL_DATES", "ends_on", "5.12.2026"},
			{"E_TRIAL_MAX", "ends_on", "19.5.2027"}, {"E_TRIAL_BAR", "bar.children", "yes"}, {"E_TRIAL_FIELDS", "site", ""},
			{"E_SITE_FULL", "site", s.At(1)}} {
			k.Visit(form + "/new")
			k.Refuse(c[0], form, "", append(append([]string{}, good...), c[1], c[2])...)
		}
		k.Visit(form + "/new")
		trial := k.Send(form, "", append(append([]string{}, good...), "payer", "")...)
		k.Refuse("E_TRIAL_FIELDS", trial+"/signatures", "", "party", "participant", "signed_on", "18.11.2026")
		k.Refuse("E_TRIAL_ANSWER", trial+"/signatures", "", "party", "participant", "signed_on", "18.11.2026")
		k.Send(trial+"/terms", "", "payer", "none")
		k.Send(trial+"/answer", "", "answer", "yes", "way", "paper")
		k.Refuse("E_TRIAL_UNSIGNED", trial+"/activation", "")
		k.Refuse("E_NO_INSURANCE", trial+"/activation", "")
		k.Refuse("E_NO_INSURANCE", trial+"/insurance", "", "insurance_on", "20.11.2026")
		for _, p := range []string{"participant", "organiser"} {
			k.Send(trial+"/signatures", "", "party", p, "signed_on", "18.11.2026")
		}
		e.Visit(trial)
		e.Send(trial+"/signatures", "") // the authority, in the app
		k.Visit(trial)
		k.Send(trial+"/insurance", "", "insurance_on", "19.11.2026")
		k.Send(trial+"/activation", "")
		k.Refuse("E_TRIAL_NOTICE", trial+"/end", "", "reason", "Sai töitä", "hired", "yes")
		k.Refuse(
			"E_TRIAL_NO_ASSESSMENT",
			trial+"/end",
			"",
			"reason",
			"Sai töitä",
			"hired",
			"yes",
			"terminated_by",
			"participant",
			"notice_on",
			"19.11.2026",
		)
		k.Refuse("E_REQUIRED", trial+"/assessment", "", "suitability", "Sopii", "how", "phone")
		k.Send(trial+"/assessment", "", "suitability", "Sopii", "skills", "Trukki", "how", "phone")
		k.Send(trial+"/end", "", "reason", "Sai töitä", "hired", "yes", "terminated_by", "participant", "notice_on", "19.11.2026")
		if got := s.SQL(
			`select state || ' ' || hired from app.trial where id::text = $1`, strings.TrimPrefix(trial, "/trials/"),
		); got != "ended yes" {
			t.Error(got)
		}
		// signed after the first day: too late
		s.SQL(`update app.trial set starts_on = '2026-11-18' where id = $1`, demo.Trial(107))
		late := "/trials/" + demo.Trial(107).String()
		k.Visit(late)
		k.Refuse("E_TRIAL_EARLY", late+"/signatures", "", "party", "authority", "signed_on", "19.11.2026")
	}
}

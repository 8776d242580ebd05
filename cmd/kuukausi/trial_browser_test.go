package main

import (
	"strings"
	"testing"
	"time"

	"kuukausi/internal/postgres/demo"
)

// Every refusal of a work trial in a browser, with scripts and without: the code in the summary, each link leading to its
// field, and, once what was wrong is right, the agreement in force and closed.
func TestTrialRefusalsInBrowser(t *testing.T) {
	for _, scripts := range []bool{true, false} {
		s := start(t)
		k, e := s.open(scripts), s.open(scripts)
		k.signIn("kimmo.koordinoiva", "en")
		e.signIn("eeva.ehkanen", "sv")
		person := "/enrolments/" + demo.Enrolment(3).String()
		form := person + "/trials"
		good := []string{
			"site",
			s.at(2),
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
			{"E_SITE_FULL", "site", s.at(1)}} {
			k.visit(form + "/new")
			k.refuse(c[0], form, "", append(append([]string{}, good...), c[1], c[2])...)
		}
		k.visit(form + "/new")
		trial := k.send(form, "", append(append([]string{}, good...), "payer", "")...)
		k.refuse("E_TRIAL_FIELDS", trial+"/signatures", "", "party", "participant", "signed_on", "18.11.2026")
		k.refuse("E_TRIAL_ANSWER", trial+"/signatures", "", "party", "participant", "signed_on", "18.11.2026")
		k.send(trial+"/terms", "", "payer", "none")
		k.send(trial+"/answer", "", "answer", "yes", "way", "paper")
		k.refuse("E_TRIAL_UNSIGNED", trial+"/activation", "")
		k.refuse("E_NO_INSURANCE", trial+"/activation", "")
		k.refuse("E_NO_INSURANCE", trial+"/insurance", "", "insurance_on", "20.11.2026")
		for _, p := range []string{"participant", "organiser"} {
			k.send(trial+"/signatures", "", "party", p, "signed_on", "18.11.2026")
		}
		e.visit(trial)
		e.send(trial+"/signatures", "") // the authority, in the app
		k.visit(trial)
		k.send(trial+"/insurance", "", "insurance_on", "19.11.2026")
		k.send(trial+"/activation", "")
		k.refuse("E_TRIAL_NOTICE", trial+"/end", "", "reason", "Sai töitä", "hired", "yes")
		k.refuse(
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
		k.refuse("E_REQUIRED", trial+"/assessment", "", "suitability", "Sopii", "how", "phone")
		k.send(trial+"/assessment", "", "suitability", "Sopii", "skills", "Trukki", "how", "phone")
		k.send(trial+"/end", "", "reason", "Sai töitä", "hired", "yes", "terminated_by", "participant", "notice_on", "19.11.2026")
		if got := s.sql(
			`select state || ' ' || hired from app.trial where id::text = $1`, strings.TrimPrefix(trial, "/trials/"),
		); got != "ended yes" {
			t.Error(got)
		}
		// signed after the first day: too late
		s.sql(`update app.trial set starts_on = '2026-11-18' where id = $1`, demo.Trial(107))
		late := "/trials/" + demo.Trial(107).String()
		k.visit(late)
		k.refuse("E_TRIAL_EARLY", late+"/signatures", "", "party", "authority", "signed_on", "19.11.2026")
	}
}

// What the law says of a trial's days and hours stands beside them while they are written, on a new form and on one that
// is corrected; nothing is stored by asking.
func TestLawAnswersWhileWriting(t *testing.T) {
	s := start(t)
	k := s.open(true)
	k.signIn("kimmo.koordinoiva", "en")
	said := func(field, value, want string) {
		t.Helper()
		k.eval(
			`(() => { const e = document.querySelector("[data-law]").closest("form").elements["` + field + `"]; e.value = "` +
				value + `"; e.dispatchEvent(new Event("change", { bubbles: true })); return "" })()`,
		)
		var got string
		for range 50 {
			if got = k.eval(`(() => { const b = document.querySelector("[data-law]");
			  return b.hidden ? "hidden" : [...b.querySelectorAll("[data-law-code]")].map(e => e.dataset.lawCode).join(" ") ||
    b.innerText.trim() })()`); got == want {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
		t.Errorf("%s %s: %q, want %q", field, value, got, want)
	}
	trials := s.sql(`select count(*) || '' from app.trial`)
	lawful := "The days and hours are within the law."
	k.visit("/enrolments/" + demo.Enrolment(3).String() + "/trials/new")
	said("hours", "3:59", "E_TRIAL_DAY_SHORT")
	said("hours", "8:01", "E_TRIAL_DAY_LONG")
	said("week_days", "6", "E_TRIAL_DAY_LONG E_TRIAL_WEEK")
	said("hours", "8", "E_TRIAL_WEEK")
	said("week_days", "5", lawful)
	said("ends_on", "5.12.2027", "E_TRIAL_MAX E_TRIAL_DATES")
	if v := k.violations(); len(v) > 0 {
		t.Error(v)
	}
	k.visit("/trials/" + demo.Trial(107).String())
	k.eval(`(() => { document.querySelector("[data-law]").closest("details").open = true; return "" })()`)
	said("hours", "8:01", "E_TRIAL_DAY_LONG")
	said("hours", "8", lawful)
	if got := s.sql(`select count(*) || '' from app.trial`); got != trials {
		t.Errorf("%s trials, were %s", got, trials)
	}
}

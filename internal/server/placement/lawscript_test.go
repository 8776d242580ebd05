package placement_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"testing"
	"time"
)

// What the law says of a trial's days and hours stands beside them while they are written, on a new form and on one that
// is corrected; nothing is stored by asking.
func TestLawAnswersWhileWriting(t *testing.T) {
	s := apptest.Start(t)
	k := s.Open(true)
	k.SignIn("kimmo.koordinoiva", "en")
	said := func(field, value, want string) {
		t.Helper()
		k.Eval(
			`(() => { const e = document.querySelector("[data-law]").closest("form").elements["` + field + `"]; e.value = "` +
				value + `"; e.dispatchEvent(new Event("change", { bubbles: true })); return "" })()`,
		)
		var got string
		for range 50 {
			if got = k.Eval(`(() => { const b = document.querySelector("[data-law]");
			  return b.hidden ? "hidden" : [...b.querySelectorAll("[data-law-code]")].map(e => e.dataset.lawCode).join(" ") ||
    b.innerText.trim() })()`); got == want {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
		t.Errorf("%s %s: %q, want %q", field, value, got, want)
	}
	trials := s.SQL(`select count(*) || '' from app.trial`)
	lawful := "The days and hours are within the law."
	k.Visit("/enrolments/" + demo.Enrolment(3).String() + "/trials/new")
	said("hours", "3:59", "E_TRIAL_DAY_SHORT")
	said("hours", "8:01", "E_TRIAL_DAY_LONG")
	said("week_days", "6", "E_TRIAL_DAY_LONG E_TRIAL_WEEK")
	said("hours", "8", "E_TRIAL_WEEK")
	said("week_days", "5", lawful)
	said("ends_on", "5.12.2027", "E_TRIAL_MAX E_TRIAL_DATES")
	if v := k.Violations(); len(v) > 0 {
		t.Error(v)
	}
	k.Visit("/trials/" + demo.Trial(107).String())
	k.Eval(`(() => { document.querySelector("[data-law]").closest("details").open = true; return "" })()`)
	said("hours", "8:01", "E_TRIAL_DAY_LONG")
	said("hours", "8", lawful)
	if got := s.SQL(`select count(*) || '' from app.trial`); got != trials {
		t.Errorf("%s trials, were %s", got, trials)
	}
}

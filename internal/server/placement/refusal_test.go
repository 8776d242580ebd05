package placement_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// Every limit of the law by raw POST, one step outside: refused with its code, the typed text kept, nothing stored.
func TestTrialRefusals(t *testing.T) {
	s := apptest.Start(t)
	k := s.As("kimmo.koordinoiva")
	matti := demo.Enrolment(3)
	before := s.SQL(`select count(*) from app.trial`)
	for _, c := range []struct{ code, field, value string }{
		{"E_TRIAL_DAY_SHORT", "hours", "3:59"}, {"E_TRIAL_DAY_SHORT", "hours", "3,5"}, {"E_TRIAL_DAY_LONG", "hours", "8:01"},
		{"E_HOURS_TWO", "hours", "4.30"}, {"E_OVERLAP", "starts_at", "8.45"},
		{"E_TRIAL_WEEK", "week_days", "6"}, {"E_TRIAL_EMPLOYER", "current_employer", "yes"},
		{"E_TRIAL_DATES", "ends_on", "5.12.2026"}, {"E_TRIAL_BAR", "bar.children", "yes"}, {"E_TRIAL_FIELDS", "site",
			uuid.NewString() + " " + uuid.NewString()}, {"E_CHOICE", "payer", "somebody"}, {"E_SITE_FULL", "site", s.At(1)},
	} {
		path, v := s.Proposal(k, matti)
		v.Set("goals", "Ääkköset säilyvät")
		v.Set(c.field, c.value)
		if got := k.Post(path, v); got.Code != 422 || !got.Has(c.code) || !strings.Contains(got.Body, "Ääkköset säilyvät") {
			t.Errorf("%s by %s=%s: %d %v", c.code, c.field, c.value, got.Code, got.Codes())
		}
	}
	if n := s.SQL(`select count(*) from app.trial`); n != before {
		t.Errorf("%s trials, %s before", n, before)
	}
	path, v := s.Proposal(k, matti)
	v.Set("hours", "8")
	v.Set("payer", "")
	if got := k.Post(path, v); got.Code != 303 {
		t.Fatalf("a lawful one: %d %v", got.Code, got.Codes())
	}
	at := "/trials/" + v.Get("form")
	step := func(what, code string, more ...string) apptest.Answer {
		f := apptest.Fill(t, k.Get(at).Body, at+what)
		for i := 0; i+1 < len(more); i += 2 {
			f.Set(more[i], more[i+1])
		}
		got := k.Post(at+what, f)
		if code == "" && got.Code != 303 || code != "" && (got.Code != 422 || !got.Has(code)) {
			t.Errorf("%s: %d %v, want %q", what, got.Code, got.Codes(), code)
		}
		return got
	}
	step("/signatures", "E_TRIAL_FIELDS", "party", "participant")
	step("/signatures", "E_TRIAL_ANSWER", "party", "participant")
	step("/terms", "", "payer", "none")
	step("/answer", "E_CHOICE", "answer", "yes")
	step("/answer", "", "answer", "yes", "way", "phone")
	step("/activation", "E_TRIAL_UNSIGNED")
	step("/activation", "E_NO_INSURANCE")
	step("/signatures", "E_FUTURE", "party", "participant", "signed_on", "20.11.2026")
	for _, p := range []string{"participant", "organiser", "authority"} {
		step("/signatures", "", "party", p, "signed_on", "18.11.2026")
	}
	step("/insurance", "E_NO_INSURANCE", "insurance_on", "20.11.2026")
	step("/insurance", "", "insurance_on", "19.11.2026")
	step("/activation", "")
	if n := s.SQL(`select count(*) from app.trial_checkin where trial_id::text = $1`, v.Get("form")); n != "4" {
		t.Errorf("%s planned contacts", n)
	}
	// other terms need another answer and other signatures
	if got := k.Post(at+"/terms", v); got.Code != 409 && !got.Has("E_TRIAL_LOCKED") {
		t.Errorf("terms of an agreement in force: %d %v", got.Code, got.Codes())
	}
	if got := s.SQL(`select string_agg(j ->> 'Key', ' ' order by j ->> 'Key')
from app.trial t, jsonb_array_elements(t.judged) j
where t.id::text = $1`, v.Get("form")); !strings.Contains(got, "trial_total_max") || !strings.Contains(got, "trial_day_min") {
		t.Errorf("judged by %s", got)
	}
}

// The traps of the demo data stay what they are there to show: no act brings them into force.
func TestTraps(t *testing.T) {
	s := apptest.Start(t)
	k := s.As("kimmo.koordinoiva")
	for trial, code := range map[uuid.UUID]string{
		demo.Trial(105): "E_TRIAL_DAY_SHORT", demo.Trial(107): "E_TRIAL_UNSIGNED", demo.Trial(400): "E_TRIAL_EMPLOYER",
	} {
		at := "/trials/" + trial.String()
		if got := k.Post(at+"/activation", apptest.Fill(t, k.Get(at).Body, at+"/activation")); got.Code != 422 || !got.Has(code) {
			t.Errorf("%s: %d %v", code, got.Code, got.Codes())
		}
	}
}

package programme_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"strings"
	"testing"
)

// A number of the law changes from its day on; what was judged before keeps what it was judged by; old checks warn.
func TestLawEditor(t *testing.T) {
	s := apptest.Start(t)
	a, k := s.As("aatu.yllapitaja"), s.As("kimmo.koordinoiva")
	set := func(value, from string) apptest.Answer {
		v := apptest.Fill(t, a.Get("/admin/law").Body, "/admin/law")
		for key, x := range map[string]string{"key": "trial_day_min", "value": value, "valid_from": from, "source": "380/2023 57 §, muutos"} {
			v.Set(key, x)
		}
		return a.Post("/admin/law", v)
	}
	for code, got := range map[string]apptest.Answer{"E_PAST": set("300", "18.11.2026"), "E_NUMBER": set("viisi", "1.12.2026")} {
		if got.Code != 422 || !got.Has(code) {
			t.Errorf("%s: %d %v", code, got.Code, got.Codes())
		}
	}
	if got := set("300", "1.12.2026"); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	for value, code := range map[string]string{"600": "E_LAW_ORDER", "-5": "E_NUMBER"} {
		if got := set(value, "1.12.2026"); got.Code != 422 || !got.Has(code) {
			t.Errorf("%s minutes at least: %d %v", value, got.Code, got.Codes())
		}
	}
	for _, x := range [][2]string{
		{"trial_day_max", "200"}, {"trial_week_days_max", "0"}, {"trial_week_days_max", "8"}, {"trial_total_max", "0"},
	} {
		v := apptest.Fill(t, a.Get("/admin/law").Body, "/admin/law")
		for key, val := range map[string]string{"key": x[0], "value": x[1], "valid_from": "1.12.2026", "source": "380/2023, muutos"} {
			v.Set(key, val)
		}
		if got := a.Post("/admin/law", v); got.Code != 422 || !got.Has("E_LAW_ORDER") {
			t.Errorf("%s of %s: %d %v", x[1], x[0], got.Code, got.Codes())
		}
	}
	if got := set("360", "1.12.2026"); got.Code != 303 { // a number of a day to come may be corrected
		t.Errorf("corrected: %d %v", got.Code, got.Codes())
	}
	if got := set("300", "1.12.2026"); got.Code != 303 {
		t.Errorf("and back: %d %v", got.Code, got.Codes())
	}
	if got := set("240", "19.11.2026"); got.Code != 303 {
		t.Errorf("today, checked again: %d %v", got.Code, got.Codes())
	}
	if got := set("240,5", "1.12.2026"); got.Code != 422 || !got.Has("E_NUMBER") {
		t.Errorf("half a minute: %d %v", got.Code, got.Codes())
	}
	if page := a.Get("/admin/law").Body; !strings.Contains(page, "300 minuuttia") || !strings.Contains(page, "240 minuuttia") {
		t.Error("what is in force and what is to come are not both there")
	}
	path, v := s.Proposal(k, demo.Enrolment(3))
	v.Set("starts_on", "1.12.2026")
	if got := k.Post(path, v); !got.Has("E_TRIAL_DAY_SHORT") {
		t.Errorf("four hours on the day of the change: %d %v", got.Code, got.Codes())
	}
	v.Set("starts_on", "30.11.2026")
	if got := k.Post(path, v); got.Code != 303 {
		t.Errorf("four hours on the day before: %d %v", got.Code, got.Codes())
	}
	// an administrator cannot reach back, not even in SQL; a number of another organisation is not ours
	if n := s.SQL(`select count(*) from app.law_override where org_id <> $1`, demo.Org); n != "0" {
		t.Errorf("%s rows of others", n)
	}
	s.Set(apptest.Morning.AddDate(1, 1, 0))
	a = s.As("aatu.yllapitaja")
	if page := a.Get("/admin/law").Body; !strings.Contains(page, "tarkistettu yli 12 kuukautta sitten") {
		t.Error("an old check does not warn")
	}
	if page := a.Get("/admin/users").Body; !strings.Contains(page, "lain lukua on tarkistamatta yli 12 kuukautta") {
		t.Error("the administrator's first page does not say so")
	}
}

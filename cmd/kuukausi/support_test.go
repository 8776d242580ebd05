package main

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"kuukausi/internal/postgres/demo"
)

// Eligibility warns and never refuses; a referral needs the person's agreement and how it was given; obstacles and
// referrals are the coach's, the expert sees the evidence only.
func TestSupport(t *testing.T) {
	s := start(t)
	u := s.as("veera.valmentava")
	e := "/enrolments/" + demo.Enrolment(4).String()
	page := u.get(e + "/support").body
	if strings.Contains(page, "alle vuoden") || !strings.Contains(page, "enintään 10 kg") {
		t.Error("somebody long out of work is doubted, or the obstacle is not shown")
	}
	if page := u.get("/enrolments/" + demo.Enrolment(6).String() + "/support").body; !strings.Contains(
		page,
		"Edellytyksiä ei ole vielä kirjattu",
	) {
		t.Error("missing evidence is not told")
	}
	// eleven months: doubted, stored all the same, and asks for the expert's remark until there is one
	v := fill(t, u.get(e+"/support").body, e+"/eligibility")
	v.Set("unemployed_since", "20.11.2025")
	if got := u.post(e+"/eligibility", v); got.code != 303 {
		t.Fatal(got.code, got.codes())
	}
	if page := u.get(e + "/support").body; !strings.Contains(page, "alle vuoden") || !strings.Contains(page, "Pyydä asiantuntijalta") {
		t.Error("under a year is not doubted")
	}
	expert := s.as("eeva.ehkanen")
	page = expert.get(e + "/support").body
	if strings.Contains(page, "10 kg") || strings.Contains(page, "Nostoraja") || !strings.Contains(page, "alle vuoden") {
		t.Error("the expert sees more, or less, than the evidence")
	}
	v = fill(t, page, e+"/eligibility")
	v.Set("expert_note", "Sopii: paluu alalle")
	if got := expert.post(e+"/eligibility", v); got.code != 303 {
		t.Fatal(got.code, got.codes())
	}
	if page := u.get(e + "/support").body; strings.Contains(page, "Pyydä asiantuntijalta") || !strings.Contains(page, "Sopii: paluu alalle") {
		t.Error("the expert's remark does not settle it")
	}
	// twelve months to the day are enough
	v = fill(t, u.get(e+"/support").body, e+"/eligibility")
	v.Set("unemployed_since", "19.11.2025")
	if got := u.post(e+"/eligibility", v); got.code != 303 || strings.Contains(u.get(e+"/support").body, "alle vuoden") {
		t.Errorf("a year to the day: %d", got.code)
	}
	v.Set("form", uuid.NewString())
	v.Set("unemployed_since", "1.1.2030")
	if got := u.post(e+"/eligibility", v); got.code != 422 || !got.has("E_FUTURE") {
		t.Errorf("in the future: %d %v", got.code, got.codes())
	}
	// a referral without agreement
	r := fill(t, u.get(e+"/support").body, e+"/referrals")
	r.Set("kind", "vocational_rehab")
	r.Set("reason", "Uusi ammatti ilman raskaita nostoja")
	if got := u.post(e+"/referrals", r); got.code != 422 || !got.has("E_REFERRAL_CONSENT") ||
		!strings.Contains(got.body, "ilman raskaita nostoja</textarea>") {
		t.Errorf("without agreement: %d %v", got.code, got.codes())
	}
	r.Set("agreed", "yes")
	if got := u.post(e+"/referrals", r); got.code != 422 || !got.has("E_REFERRAL_CONSENT") {
		t.Errorf("without how it was given: %d %v", got.code, got.codes())
	}
	r.Set("agreed_how", "present")
	if got := u.post(e+"/referrals", r); got.code != 303 {
		t.Fatal(got.code, got.codes())
	}
	o := "/obstacles/" + s.uuid(`select id from app.obstacle where enrolment_id = $1 limit 1`, demo.Enrolment(4)) + "/solved"
	solve := fill(t, u.get(e+"/support").body, o)
	if got := u.post(o, solve); got.code != 303 || !strings.Contains(u.get(e+"/support").body, "ratkaistu") {
		t.Errorf("solving: %d", got.code)
	}
	solve.Set("form", uuid.NewString())
	solve.Set("version", "2")
	if got := u.post(o, solve); got.code != 409 {
		t.Errorf("solved twice: %d", got.code)
	}
}

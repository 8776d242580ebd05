package casework_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// Eligibility warns and never refuses; a referral needs the person's agreement and how it was given; obstacles and
// referrals are the coach's, the expert sees the evidence only.
func TestSupport(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	e := "/enrolments/" + demo.Enrolment(4).String()
	page := u.Get(e + "/support").Body
	if strings.Contains(page, "alle vuoden") || !strings.Contains(page, "enintään 10 kg") {
		t.Error("somebody long out of work is doubted, or the obstacle is not shown")
	}
	if page := u.Get("/enrolments/" + demo.Enrolment(6).String() + "/support").Body; !strings.Contains(
		page,
		"Edellytyksiä ei ole vielä kirjattu",
	) {
		t.Error("missing evidence is not told")
	}
	// eleven months: doubted, stored all the same, and asks for the expert's remark until there is one
	v := apptest.Fill(t, u.Get(e+"/support").Body, e+"/eligibility")
	v.Set("unemployed_since", "20.11.2025")
	if got := u.Post(e+"/eligibility", v); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	if page := u.Get(e + "/support").Body; !strings.Contains(page, "alle vuoden") || !strings.Contains(page, "Pyydä asiantuntijalta") {
		t.Error("under a year is not doubted")
	}
	expert := s.As("eeva.ehkanen")
	page = expert.Get(e + "/support").Body
	if strings.Contains(page, "10 kg") || strings.Contains(page, "Nostoraja") || !strings.Contains(page, "alle vuoden") {
		t.Error("the expert sees more, or less, than the evidence")
	}
	v = apptest.Fill(t, page, e+"/eligibility")
	v.Set("expert_note", "Sopii: paluu alalle")
	if got := expert.Post(e+"/eligibility", v); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	if page := u.Get(e + "/support").Body; strings.Contains(page, "Pyydä asiantuntijalta") || !strings.Contains(page, "Sopii: paluu alalle") {
		t.Error("the expert's remark does not settle it")
	}
	// twelve months to the day are enough
	v = apptest.Fill(t, u.Get(e+"/support").Body, e+"/eligibility")
	v.Set("unemployed_since", "19.11.2025")
	if got := u.Post(e+"/eligibility", v); got.Code != 303 || strings.Contains(u.Get(e+"/support").Body, "alle vuoden") {
		t.Errorf("a year to the day: %d", got.Code)
	}
	v.Set("form", uuid.NewString())
	v.Set("unemployed_since", "1.1.2027")
	if got := u.Post(e+"/eligibility", v); got.Code != 422 || !got.Has("E_FUTURE") {
		t.Errorf("in the future: %d %v", got.Code, got.Codes())
	}
	// a referral without agreement
	r := apptest.Fill(t, u.Get(e+"/support").Body, e+"/referrals")
	r.Set("kind", "vocational_rehab")
	r.Set("reason", "Uusi ammatti ilman raskaita nostoja")
	if got := u.Post(e+"/referrals", r); got.Code != 422 || !got.Has("E_REFERRAL_CONSENT") ||
		!strings.Contains(got.Body, "ilman raskaita nostoja</textarea>") {
		t.Errorf("without agreement: %d %v", got.Code, got.Codes())
	}
	r.Set("agreed", "yes")
	if got := u.Post(e+"/referrals", r); got.Code != 422 || !got.Has("E_REFERRAL_CONSENT") {
		t.Errorf("without how it was given: %d %v", got.Code, got.Codes())
	}
	r.Set("agreed_how", "present")
	if got := u.Post(e+"/referrals", r); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	o := "/obstacles/" + s.UUID(`select id from app.obstacle where enrolment_id = $1 limit 1`, demo.Enrolment(4)) + "/solved"
	solve := apptest.Fill(t, u.Get(e+"/support").Body, o)
	if got := u.Post(o, solve); got.Code != 303 || !strings.Contains(u.Get(e+"/support").Body, "ratkaistu") {
		t.Errorf("solving: %d", got.Code)
	}
	solve.Set("form", uuid.NewString())
	solve.Set("version", "2")
	if got := u.Post(o, solve); got.Code != 409 {
		t.Errorf("solved twice: %d", got.Code)
	}
}

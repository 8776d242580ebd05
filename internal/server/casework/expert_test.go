package casework_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
)

// Another expert answers for a case from now on: who it was is kept, and sees the case no more (internal/domain.md, ruling 41).
func TestExpertIsReplaced(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	person := "/enrolments/" + demo.Enrolment(0).String()
	at := person + "/expert"
	member := func(email string) string {
		return s.UUID(`select m.id from app.membership m
join app.account a on a.id = m.account_id where a.email = $1 || '@example.org' and m.org_id = $2`, email, demo.Org)
	}
	send := func(who string) apptest.Answer {
		v := apptest.Fill(t, u.Get(at).Body, at)
		v.Set("expert", who)
		return u.Post(at, v)
	}
	for _, x := range []struct{ who, code string }{
		{"", "E_CHOICE"}, {uuid.NewString(), "E_CHOICE"}, {member("kimmo.koordinoiva"), "E_CHOICE"}, {member("eeva.ehkanen"), "E_SAME"},
	} {
		if got := send(x.who); got.Code != 422 || !got.Has(x.code) {
			t.Errorf("%q: %d %v, want %s", x.who, got.Code, got.Codes(), x.code)
		}
	}
	e, o := s.As("eeva.ehkanen"), s.As("olli.omanen")
	if a, b := e.Get(person).Code, o.Get(person).Code; a != 200 || b != 404 {
		t.Fatalf("before: %d %d", a, b)
	}
	if got := send(member("olli.omanen")); got.Code != 303 {
		t.Fatalf("%d %v", got.Code, got.Codes())
	}
	if a, b := e.Get(person).Code, o.Get(person).Code; a != 404 || b != 200 {
		t.Errorf("after: the old one %d, the new one %d", a, b)
	}
	if page := u.Get(at).Body; !strings.Contains(page, "Eeva Ehkänen → Olli Omanen") {
		t.Error("who it was is not told")
	}
	if !strings.Contains(u.Get(person).Body, "Olli Omanen") {
		t.Error("the person's page names the old one")
	}
}

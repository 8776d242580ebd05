package partner_test

import (
	"strings"
	"testing"

	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
)

// An employer's name and Y-tunnus are corrected, with what they were (internal/domain.md, ruling 41).
func TestEmployerIsCorrected(t *testing.T) {
	s := apptest.Start(t)
	k := s.As("kimmo.koordinoiva")
	at := "/sites/" + demo.Site(1).String() + "/employer"
	was := apptest.Fill(t, k.Get(at).Body, at)
	send := func(name, business string) apptest.Answer {
		v := apptest.Fill(t, k.Get(at).Body, at)
		v.Set("name", name)
		v.Set("business_id", business)
		return k.Post(at, v)
	}
	other := s.SQL(`select y.business_id from app.employer y join app.site s on s.employer_id = y.id
where s.id = $1`, demo.Site(2))
	for _, x := range []struct{ name, business, code string }{
		{was.Get("name"), was.Get("business_id"), "E_SAME"}, {"", was.Get("business_id"), "E_REQUIRED"},
		{"Ehta Oy", "1234567-2", "E_BUSINESS_ID"}, {"Ehta Oy", other, "E_EMPLOYER_TAKEN"},
	} {
		if got := send(x.name, x.business); got.Code != 422 || !got.Has(x.code) {
			t.Errorf("%s: %d %v", x.code, got.Code, got.Codes())
		}
	}
	if got := send("Åkerin Puutarha", was.Get("business_id")); got.Code != 303 {
		t.Fatalf("%d %v", got.Code, got.Codes())
	}
	page := k.Get(at).Body
	if !strings.Contains(page, was.Get("name")+" → Åkerin Puutarha") || !strings.Contains(page, "Kimmo Koordinoiva") {
		t.Error("what it was, and who changed it, is not told")
	}
	if !strings.Contains(k.Get("/sites/"+demo.Site(1).String()).Body, "Åkerin Puutarha") {
		t.Error("the site has the old name")
	}
	if got := s.As("veera.valmentava").Post(at, was); got.Code != 403 {
		t.Errorf("a coach: %d", got.Code)
	}
}

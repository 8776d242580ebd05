package recruitment_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// An info session: a required one says that the month is voluntary; being there makes no case; who was told is known to
// who told them and to the host.
func TestInfoSession(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	v := apptest.Fill(t, u.Get("/info-sessions/new").Body, "/info-sessions")
	statement := v.Get("invitation")
	for k, x := range map[string]string{
		"held_on": "25.11.2026", "starts_at": "9.00", "ends_at": "10.00", "place": "Kirjasto", "attendance": "mandatory",
		"invitation": "Tervetuloa!",
	} {
		v.Set(k, x)
	}
	if got := u.Post("/info-sessions", v); got.Code != 422 || !got.Has("E_INFO_VOLUNTARY_TEXT") ||
		!strings.Contains(got.Body, "Tervetuloa!</textarea>") {
		t.Fatalf("required without the text: %d %v", got.Code, got.Codes())
	}
	v.Set("invitation", "Tervetuloa!\r\n\r\n"+strings.Replace(statement, " ", "\r\n", 2))
	v.Set("lang", "sv")
	if got := u.Post("/info-sessions", v); got.Code != 422 || !got.Has("E_INFO_VOLUNTARY_TEXT") {
		t.Errorf("the text in another language: %d %v", got.Code, got.Codes())
	}
	v.Set("lang", "fi")
	v.Set("held_on", "6.12.2026")
	if got := u.Post("/info-sessions", v); got.Code != 422 || !got.Has("E_HOLIDAY") {
		t.Errorf("on Independence Day: %d %v", got.Code, got.Codes())
	}
	v.Set("held_on", "25.11.2026")
	if got := u.Post("/info-sessions", v); got.Code != 303 {
		t.Fatalf("with the text: %d %v", got.Code, got.Codes())
	}
	at := "/info-sessions/" + v.Get("form")
	eeva, olli := s.As("eeva.ehkanen"), s.As("olli.omanen")
	cases := s.SQL(`select count(*) from app.enrolment`)
	g := apptest.Fill(t, eeva.Get(at).Body, at+"/guests")
	g.Set("names", "Åsa  Ängström\n\n  Örjan Öst \n")
	if got := eeva.Post(at+"/guests", g); got.Code != 303 {
		t.Fatalf("names: %d %v", got.Code, got.Codes())
	}
	if strings.Contains(olli.Get(at).Body, "Åsa Ängström") || !strings.Contains(eeva.Get(at).Body, "Åsa Ängström") ||
		!strings.Contains(u.Get(at).Body, "Örjan Öst") {
		t.Error("a guest is known to the wrong people")
	}
	if m := u.Post(at+"/attendance", url.Values{"form": {uuid.NewString()}, "version": {"0"}}); m.Code != 422 || !m.Has("E_NOT_YET") {
		t.Errorf("marked before the day: %d %v", m.Code, m.Codes())
	}
	s.Set(apptest.Morning.AddDate(0, 0, 6))
	u, eeva = s.As("veera.valmentava"), s.As("eeva.ehkanen")
	m := apptest.Fill(t, u.Get(at).Body, at+"/attendance")
	m.Set("came", s.UUID(`select id from app.info_guest where name = 'Örjan Öst'`))
	if got := u.Post(at+"/attendance", m); got.Code != 303 ||
		s.SQL(`select string_agg(came::text, ' ' order by name) from app.info_guest where info_id = $1`, v.Get("form")) != "false true" {
		t.Errorf("marks: %d %v", got.Code, got.Codes())
	}
	if s.SQL(`select count(*) from app.enrolment`) != cases {
		t.Error("an info session made a case")
	}
	ref := eeva.Get("/referrals/new?guest=" + s.UUID(`select id from app.info_guest where name = 'Örjan Öst'`)).Body
	if r := apptest.Fill(t, ref, "/referrals"); r.Get("first_name") != "Örjan" || r.Get("last_name") != "Öst" {
		t.Errorf("the referral begins with %q %q", r.Get("first_name"), r.Get("last_name"))
	}
	// who came joins a cohort without their name being typed again, and is offered no more
	form := "/cohorts/" + demo.Recruiting.String() + "/enrolments"
	guest := s.UUID(`select id from app.info_guest where name = 'Örjan Öst'`)
	if page := u.Get(form + "/new").Body; !strings.Contains(page, "guest="+guest) || strings.Contains(page, "Åsa Ängström") {
		t.Error("who came is not offered, or who did not is")
	}
	e := apptest.Fill(t, u.Get(form+"/new?guest="+guest).Body, form)
	if e.Get("first_name") != "Örjan" || e.Get("last_name") != "Öst" {
		t.Errorf("enrolling begins with %q %q", e.Get("first_name"), e.Get("last_name"))
	}
	for k, x := range s.Person("Örjan") {
		if k != "form" && k != "last_name" {
			e[k] = x
		}
	}
	e.Set("waiting", "yes")
	e.Set("next", "yes")
	if got := u.Post(form, e); got.Code != 303 || !strings.Contains(got.Header.Get("Location"), "next=yes") {
		t.Errorf("enrolled from an info session: %d %v %s", got.Code, got.Codes(), got.Header.Get("Location"))
	}
	next := apptest.Fill(t, u.Get(form+"/new?next=yes&expert="+e.Get("expert")).Body, form)
	if next.Get("next") != "yes" || next.Get("expert") != e.Get("expert") || next.Get("first_name") != "" {
		t.Errorf("the next person begins with %v", next)
	}
	if strings.Contains(u.Get(form+"/new").Body, "guest="+guest) || !strings.Contains(u.Get(at).Body, "ohjattu palveluun") {
		t.Error("who has joined is offered again")
	}
	if got := eeva.Post(at+"/cancellation", url.Values{"form": {uuid.NewString()}, "version": {"1"}}); got.Code != 404 {
		t.Errorf("an expert cancels: %d", got.Code)
	}
	c := apptest.Fill(t, u.Get(at).Body, at+"/cancellation")
	if got := u.Post(at+"/cancellation", c); got.Code != 303 || !strings.Contains(eeva.Get(at).Body, "peruttu") {
		t.Errorf("cancelling: %d %v", got.Code, got.Codes())
	}
	c.Set("form", uuid.NewString())
	if got := u.Post(at+"/cancellation", c); got.Code != 409 {
		t.Errorf("cancelling twice: %d", got.Code)
	}
}

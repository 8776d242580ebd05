package account_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
)

// Somebody who forgot their password gets a link, which ends their sessions; everybody changes their own and ends their own
// sessions; an organisation keeps an administrator.
func TestOwnPassword(t *testing.T) {
	s := apptest.Start(t)
	s.SQL(`update app.membership set created_at = $1`, s.Now().AddDate(0, 0, -20))
	admin, veera, kimmo := s.As("aatu.yllapitaja"), s.As("veera.valmentava"), s.As("kimmo.koordinoiva")
	at := "/admin/users/" + s.UUID(`select id from app.membership where email = 'kimmo.koordinoiva@example.org'`) + "/reset"
	if got := admin.Post(at, apptest.Fill(t, admin.Get("/admin/users").Body, at)); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	link := oneTimeLink.FindString(admin.Get("/admin/users").Body)
	if got := accept(s, link, "aivan uusi salasana"); !got.Has("E_LINK_WAITS") {
		t.Errorf("an administrator takes over a colleague: %d %v", got.Code, got.Codes())
	}
	if !confirmLink(t, veera, "yes") {
		t.Fatal("nobody is asked")
	}
	if got := accept(s, link, "aivan uusi salasana"); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	if got := kimmo.Get("/cohorts"); got.Code != 303 {
		t.Errorf("an old session lives on: %d", got.Code)
	}
	login := func(email, password string) apptest.Answer {
		return s.As("").Post("/login", url.Values{"email": {email + "@example.org"}, "password": {password}})
	}
	if got := login("kimmo.koordinoiva", "aivan uusi salasana"); got.Code != 303 {
		t.Errorf("the new password: %d %v", got.Code, got.Codes())
	}
	// one's own
	other := s.As("veera.valmentava")
	change := func(present, password, again string) apptest.Answer {
		return veera.Post("/password", url.Values{"present": {present}, "password": {password}, "again": {again}})
	}
	if got := change("väärä", "uusi pitkä lause", "uusi pitkä lause"); got.Code != 422 || !got.Has("E_PASSWORD") {
		t.Errorf("a wrong present one: %d %v", got.Code, got.Codes())
	}
	if got := change(demo.Password, "uusi pitkä lause", "uusi pitka lause"); !got.Has("E_PASSWORD_AGAIN") {
		t.Errorf("two new ones: %v", got.Codes())
	}
	if got := change(demo.Password, "uusi pitka\u0308 lause", "uusi pitkä lause"); got.Code != 303 {
		t.Errorf("ä typed in two ways: %d %v", got.Code, got.Codes())
	}
	if a, b := veera.Get("/cohorts"), other.Get("/cohorts"); a.Code != 200 || b.Code != 303 {
		t.Errorf("this session gets %d, another one %d", a.Code, b.Code)
	}
	if got := login("veera.valmentava", "uusi pitkä lause"); got.Code != 303 {
		t.Errorf("the new password: %d %v", got.Code, got.Codes())
	}
	page := veera.Get("/sign-ins").Body
	end := regexp.MustCompile(`/sessions/[0-9a-f-]{36}/end`).FindString(page)
	if end == "" || !strings.Contains(page, "Salasanan vaihto") {
		t.Fatal("the sessions or the change of the password are not listed")
	}
	if got := veera.Post(end, url.Values{}); got.Code != 303 || strings.Contains(veera.Get("/sign-ins").Body, end) {
		t.Errorf("ending another session: %d", got.Code)
	}
}

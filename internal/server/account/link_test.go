package account_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

var (
	confirmForm = regexp.MustCompile(`action="(/confirmations/[0-9a-f-]{36})"`)
	oneTimeLink = regexp.MustCompile(`/invitations/[A-Za-z0-9_-]{43}`)
)

// confirmLink says yes or no to the first link that waits for this person; false when none does.
func confirmLink(t *testing.T, u *apptest.User, answer string) bool {
	t.Helper()
	page := u.Get("/confirmations").Body
	m := confirmForm.FindStringSubmatch(page)
	if m == nil {
		return false
	}
	v := apptest.Fill(t, page, m[1])
	v.Set("answer", answer)
	if got := u.Post(m[1], v); got.Code != 303 {
		t.Fatalf("confirming: %d %v", got.Code, got.Codes())
	}
	return true
}

// invited makes an invitation and returns its link.
func invited(t *testing.T, admin *apptest.User, name, email, role string) string {
	t.Helper()
	v := apptest.Fill(t, admin.Get("/admin/users").Body, "/admin/users/invitations")
	v.Set("name", name)
	v.Set("email", email)
	v.Set("role", role)
	if got := admin.Post("/admin/users/invitations", v); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	return oneTimeLink.FindString(admin.Get("/admin/users").Body)
}

func accept(s *apptest.Site, link, password string) apptest.Answer {
	return s.As("").Post(link, url.Values{"password": {password}, "again": {password}})
}

// One administrator alone opens no way to the cases: not by inviting, not by a puppet they invited, not by a new password for
// a colleague. Where there is no other administrator the team confirms, who has been there for fourteen days.
func TestNobodyGetsInAlone(t *testing.T) {
	s := apptest.Start(t)
	admin, veera := s.As("aatu.yllapitaja"), s.As("veera.valmentava")
	s.SQL(`update app.membership set created_at = $1`, s.Now().AddDate(0, 0, -20))
	link := invited(t, admin, "Nukke Hallinto", "nukke@example.org", "admin")
	if confirmLink(t, admin, "yes") {
		t.Error("an administrator confirms their own link")
	}
	if got := accept(s, link, demo.Password); !got.Has("E_LINK_WAITS") {
		t.Errorf("a link nobody confirmed: %d %v", got.Code, got.Codes())
	}
	if !strings.Contains(veera.Get("/").Body, "odottaa vahvistustasi") || !confirmLink(t, veera, "yes") {
		t.Fatal("the team is not asked")
	}
	if !strings.Contains(admin.Get("/admin/users").Body, "vahvisti Veera Valmentava") {
		t.Error("who confirmed is not told")
	}
	if got := accept(s, link, demo.Password); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	// the puppet does not confirm what its maker does
	link = invited(t, admin, "Rikos Kumppani", "kumppani@example.org", "coach")
	if confirmLink(t, s.As("nukke"), "yes") {
		t.Error("a puppet confirms its maker's link")
	}
	if !confirmLink(t, veera, "no") {
		t.Fatal("the team is not asked about the second")
	}
	invited(t, s.As("nukke"), "Rikos Kumppani", "kumppani@example.org", "coach")
	if confirmLink(t, admin, "yes") {
		t.Error("the maker confirms what their puppet does")
	}
	// an expert of three days does not either, and a no is a no
	s.SQL(`update app.membership set created_at = $1 where email = 'eeva.ehkanen@example.org'`, s.Now().AddDate(0, 0, -3))
	if confirmLink(t, s.As("eeva.ehkanen"), "yes") {
		t.Error("a newcomer confirms")
	}
	if !confirmLink(t, veera, "no") {
		t.Fatal("the coach is not asked")
	}
	if got := s.As("").Get(link); got.Code != 404 {
		t.Errorf("a declined link: %d", got.Code)
	}
	// another administrator, whom somebody else invited, confirms in place of the team
	s.SQL(`update app.membership set invited_by = (select id from app.membership where email = 'veera.valmentava@example.org' limit 1)
where email = 'nukke@example.org'`)
	link = invited(t, admin, "Uusi Valmentaja", "uusi@example.org", "coach")
	if confirmLink(t, veera, "yes") {
		t.Error("the team is asked though there is another administrator")
	}
	if !confirmLink(t, s.As("nukke"), "yes") {
		t.Fatal("the other administrator is not asked")
	}
	if got := accept(s, link, demo.Password); got.Code != 303 {
		t.Errorf("a confirmed link: %d %v", got.Code, got.Codes())
	}
}

// A newer link ends the older ones, a withdrawn one is none, and the end of a membership ends what is pending: no second link
// lets an ended colleague back in.
func TestLinksEnd(t *testing.T) {
	s := apptest.Start(t)
	admin := s.As("aatu.yllapitaja")
	s.SQL(`delete from app.attendance_before`)
	first := invited(t, admin, "Uusi Valmentaja", "uusi@example.org", "coach")
	second := invited(t, admin, "Uusi Valmentaja", "uusi@example.org", "expert")
	if got := s.As("").Get(first); got.Code != 404 {
		t.Errorf("the older link: %d", got.Code)
	}
	page := admin.Get("/admin/users").Body
	at := regexp.MustCompile(`/admin/users/invitations/[0-9a-f-]{36}/withdrawal`).FindString(page)
	if got := admin.Post(at, apptest.Fill(t, page, at)); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	if got := s.As("").Get(second); got.Code != 404 {
		t.Errorf("the withdrawn link: %d", got.Code)
	}
	third := invited(t, admin, "Senni Sijainen", "senni.sijainen@example.org", "expert")
	s.SQL(`update app.cohort_duty set valid_until = valid_from where user_id = (
  select id from app.membership where email = 'senni.sijainen@example.org' and role = 'coach')`)
	s.SQL(`update app.enrolment_party set valid_until = valid_from where user_id = (
  select id from app.membership where email = 'senni.sijainen@example.org' and role = 'coach')`)
	s.SQL(`update app.protection_order set coach_id = null where coach_id = (
  select id from app.membership where email = 'senni.sijainen@example.org' and role = 'coach')`)
	end := "/admin/users/" + s.UUID(`select id from app.membership where email = 'senni.sijainen@example.org' and role = 'coach'`) + "/end"
	if got := admin.Post(end, apptest.Fill(t, admin.Get("/admin/users").Body, end)); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	if got := s.As("").Get(third); got.Code != 404 {
		t.Errorf("a link to an ended colleague: %d", got.Code)
	}
}

// A link does not tell whether its address has an account, and guesses by it count as guesses at the sign-in and leave traces
// with the owner.
func TestLinkTellsNothing(t *testing.T) {
	s := apptest.Start(t)
	s.SQL(`update app.membership set created_at = $1`, s.Now().AddDate(0, 0, -20))
	admin, veera := s.As("aatu.yllapitaja"), s.As("veera.valmentava")
	known := invited(t, admin, "Nimi Sama", "kaisa.kahdessa@example.org", "expert")
	confirmLink(t, veera, "yes")
	fresh := invited(t, admin, "Nimi Sama", "ei.tunnusta.kaisa@example.org", "expert")
	confirmLink(t, veera, "yes")
	bare := func(link, body string) string {
		body = strings.ReplaceAll(body, link, "")
		return strings.NewReplacer("kaisa.kahdessa@example.org", "", "ei.tunnusta.kaisa@example.org", "").Replace(body)
	}
	if bare(known, s.As("").Get(known).Body) != bare(fresh, s.As("").Get(fresh).Body) {
		t.Error("the page of an address with an account is another one")
	}
	for _, v := range []url.Values{{"password": {"arvaus"}}, {"password": {"arvaus"}, "again": {"toinen"}}} {
		a, b := s.As("").Post(known, v), s.As("").Post(fresh, v)
		if a.Code != b.Code || bare(known, a.Body) != bare(fresh, b.Body) || !a.Has("E_LINK_PASSWORD") {
			t.Errorf("%v: %d %v and %d %v", v, a.Code, a.Codes(), b.Code, b.Codes())
		}
	}
	if n := s.SQL(`select count(*) from app.audit where action = 'login_start' and outcome = 'refused' and actor_id in (
  select id from app.membership where email = 'kaisa.kahdessa@example.org')`); n == "0" {
		t.Error("a guess leaves no trace with the owner")
	}
	for range 6 {
		s.As("").Post(known, url.Values{"password": {"arvaus"}})
	}
	if got := s.As("").Post("/login", url.Values{"email": {"kaisa.kahdessa@example.org"}, "password": {"arvaus"}}); !got.Has("E_THROTTLED") {
		t.Errorf("guesses by the link do not count at the sign-in: %v", got.Codes())
	}
}

// The same form sent twice shows the same link: the first answer may have been lost on its way.
func TestLinkOfAFormSentTwice(t *testing.T) {
	s := apptest.Start(t)
	admin := s.As("aatu.yllapitaja")
	v := apptest.Fill(t, admin.Get("/admin/users").Body, "/admin/users/invitations")
	v.Set("name", "Uusi Valmentaja")
	v.Set("email", "uusi@example.org")
	v.Set("role", "coach")
	var links []string
	for range 2 {
		if got := admin.Post("/admin/users/invitations", v); got.Code != 303 {
			t.Fatal(got.Code, got.Codes())
		}
		links = append(links, oneTimeLink.FindString(admin.Get("/admin/users").Body))
	}
	if links[0] == "" || links[0] != links[1] || s.As("").Get(links[1]).Code != 200 {
		t.Errorf("%v", links)
	}
}

// A password that opens another organisation too is not this administrator's to give.
func TestNoPasswordForElsewhere(t *testing.T) {
	s := apptest.Start(t)
	admin := s.As("aatu.yllapitaja")
	at := "/admin/users/" + s.UUID(`select id from app.membership where org_id = $1 and email = 'kaisa.kahdessa@example.org'`,
		demo.Org) + "/reset"
	if got := admin.Post(at, apptest.Fill(t, admin.Get("/admin/users").Body, at)); got.Code != 422 || !got.Has("E_ELSEWHERE") {
		t.Errorf("%d %v", got.Code, got.Codes())
	}
	// nor does a link from before the second membership
	s.SQL(`update app.membership set disabled_at = $1 where email = 'kaisa.kahdessa@example.org' and org_id <> $2`, s.Now(), demo.Org)
	s.SQL(`update app.membership set created_at = $1`, s.Now().AddDate(0, 0, -20))
	if got := admin.Post(at, apptest.Fill(t, admin.Get("/admin/users").Body, at)); got.Code != 303 {
		t.Fatalf("%d %v", got.Code, got.Codes())
	}
	link := oneTimeLink.FindString(admin.Get("/admin/users").Body)
	confirmLink(t, s.As("veera.valmentava"), "yes")
	s.SQL(`update app.membership set disabled_at = null where email = 'kaisa.kahdessa@example.org'`)
	if got := accept(s, link, "uusi salasana kaisalle"); got.Code == 303 {
		t.Error("a link of one organisation gives a password for two")
	}
}

// Where nobody has been there for fourteen days, the one who has been there longest confirms.
func TestYoungOrganisationConfirms(t *testing.T) {
	s := apptest.Start(t)
	s.SQL(`update app.membership set created_at = $1`, s.Now().AddDate(0, 0, -2))
	s.SQL(`update app.membership set created_at = $1 where email = 'veera.valmentava@example.org'`, s.Now().AddDate(0, 0, -3))
	link := invited(t, s.As("aatu.yllapitaja"), "Uusi Valmentaja", "uusi@example.org", "coach")
	if confirmLink(t, s.As("eeva.ehkanen"), "yes") {
		t.Error("a later one confirms")
	}
	if !confirmLink(t, s.As("veera.valmentava"), "yes") || accept(s, link, demo.Password).Code != 303 {
		t.Error("nobody can confirm")
	}
}

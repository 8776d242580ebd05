package account_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
)

// Strangers lock nobody out: five wrong tries from one place keep that place out, not the owner elsewhere, and a device the
// owner used before comes in at any time.
func TestStrangersLockNobodyOut(t *testing.T) {
	s := apptest.Start(t)
	owner := s.As("veera.valmentava")
	owner.Post("/logout", url.Values{})
	try := func(u *apptest.User, password string) apptest.Answer {
		return u.Post("/login", url.Values{"email": {"veera.valmentava@example.org"}, "password": {password}})
	}
	for range 30 {
		try(s.As(""), "arvaus")
	}
	if got := try(s.As(""), demo.Password); !got.Has("E_THROTTLED") {
		t.Errorf("a stranger after thirty guesses: %d %v", got.Code, got.Codes())
	}
	if got := try(owner, demo.Password); got.Code != 303 {
		t.Errorf("the owner on their own device: %d %v", got.Code, got.Codes())
	}
	// and the next morning, with a browser that was closed: the session's cookie is gone, the device's is not
	at, _ := url.Parse(s.URL)
	next := s.As("")
	for _, c := range owner.Jar.Cookies(at) {
		if strings.HasSuffix(c.Name, "-device") {
			next.Jar.SetCookies(at, []*http.Cookie{c})
		}
	}
	s.Set(s.Now().Add(15 * time.Hour))
	for range 30 {
		try(s.As(""), "arvaus")
	}
	got := try(next, demo.Password)
	if got.Code != 303 {
		t.Errorf("the owner on the next morning: %d %v", got.Code, got.Codes())
	}
	if !slices.ContainsFunc(got.Header.Values("Set-Cookie"), func(c string) bool {
		return strings.Contains(c, "-device=") && strings.Contains(c, "Max-Age=15552000")
	}) {
		t.Error("the device's cookie does not outlive the browser")
	}
	if got := next.Post("/login", url.Values{"email": {"eeva.ehkanen@example.org"}, "password": {"arvaus"}}); got.Code != 422 {
		t.Errorf("somebody else on it: %d", got.Code)
	}
	s.Set(s.Now().AddDate(0, 0, 2))
	try(s.As(""), "arvaus")
	if n := s.SQL(`select count(*) from app.login_throttle where last_at < $1`, s.Now().Add(-24*time.Hour)); n != "0" {
		t.Errorf("%s rows of tries live on", n)
	}
}

// Right passwords are never throttled: an office signs in all morning, a coach takes the device back all afternoon.
func TestRightPasswordsAreNotThrottled(t *testing.T) {
	s := apptest.Start(t)
	for i := range 80 {
		s.Set(apptest.Morning.Add(time.Duration(i) * time.Minute))
		s.As("olli.omanen")
	}
	u := s.As("veera.valmentava")
	at := "/reviews/" + demo.Review(202).String()
	for i := range 14 {
		hand := apptest.Fill(t, u.Get(at).Body, at+"/text")
		if got := u.Post(at+"/device", url.Values{"form": {uuid.NewString()}, "version": hand["version"]}); got.Location != "/handed" {
			t.Fatalf("hand-over %d: %d %v", i, got.Code, got.Codes())
		}
		if got := u.Get("/membership"); got.Location != "/handed" {
			t.Errorf("a handed device opened the membership page: %d", got.Code)
		}
		if got := u.Post("/handed/return", url.Values{"password": {"wrong password"}}); !got.Has("E_PASSWORD") {
			t.Fatalf("a wrong password: %d %v", got.Code, got.Codes())
		}
		if got := u.Post("/handed/return", url.Values{"password": {demo.Password}}); got.Location != at {
			t.Fatalf("take-back %d: %d %v", i, got.Code, got.Codes())
		}
	}
}

package main

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/url"
	"strings"
	"testing"
	"time"
)

// Sign-in: equal answers, throttle, renewal, idle and absolute expiry, sign-out, cross-site posts, headers.
func TestSignIn(t *testing.T) {
	s := apptest.Start(t)
	try := func(email, password string) apptest.Answer {
		return s.As("").Post("/login", url.Values{"email": {email}, "password": {password}})
	}
	strip := func(a apptest.Answer) string { return masked.ReplaceAllString(a.Body, "") }
	known, unknown := try("veera.valmentava@example.org", "not the password"), try("nobody.at.all@example.org", "not the password")
	if known.Code != 422 || !known.Has("E_SIGN_IN") ||
		strings.ReplaceAll(strip(known), "veera.valmentava", "x") != strings.ReplaceAll(strip(unknown), "nobody.at.all", "x") {
		t.Errorf("known %d %v and unknown %d %v differ", known.Code, known.Codes(), unknown.Code, unknown.Codes())
	}
	for range 6 {
		try("olli.omanen@example.org", "wrong password")
	}
	if got := try("olli.omanen@example.org", demo.Password); !got.Has("E_THROTTLED") {
		t.Errorf("after seven tries the right password is %v, want E_THROTTLED", got.Codes())
	}
	if got := try("nobody.twice@example.org", "x"); !got.Has("E_SIGN_IN") {
		t.Errorf("another name is throttled too: %v", got.Codes())
	}
	s.Set(apptest.Morning.Add(20 * time.Minute))
	if got := try("olli.omanen@example.org", demo.Password); got.Code != 303 {
		t.Errorf("after the wait: %d %v", got.Code, got.Codes())
	}
	s.Set(apptest.Morning)
	u := s.As("veera.valmentava")
	for h, want := range map[string]string{
		"Content-Security-Policy": "default-src 'none'", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
		"Cross-Origin-Opener-Policy": "same-origin",
	} {
		if got := u.Get("/cohorts").Header.Get(h); !strings.Contains(got, want) {
			t.Errorf("%s: %q", h, got)
		}
	}
	token := s.SQL(`select encode(token_hash, 'hex')
from app.login_session
where membership_id in (select id from app.membership where email = 'veera.valmentava@example.org')
order by created_at desc, seen_at desc
limit 1`)
	u.Post("/login", url.Values{"email": {"veera.valmentava@example.org"}, "password": {demo.Password}})
	if s.SQL(`select count(*) from app.login_session where token_hash = decode($1, 'hex')`, token) != "0" {
		t.Error("a second sign-in leaves the token of the first")
	}
	s.Set(apptest.Morning.Add(31 * time.Minute))
	if got := u.Get("/cohorts"); got.Code != 303 || !strings.HasPrefix(got.Location, "/login") {
		t.Errorf("idle for 31 minutes: %d %s", got.Code, got.Location)
	}
	s.Set(apptest.Morning)
	v := s.As("veera.valmentava")
	for m := time.Duration(0); m < 12*60; m += 20 {
		s.Set(apptest.Morning.Add(m * time.Minute))
		v.Get("/cohorts")
	}
	s.Set(apptest.Morning.Add(12*time.Hour + time.Minute))
	if got := v.Get("/cohorts"); got.Code != 303 {
		t.Errorf("after twelve busy hours: %d", got.Code)
	}
	s.Set(apptest.Morning)
	w := s.As("veera.valmentava")
	at, _ := url.Parse(s.URL)
	kept := w.Jar.Cookies(at)
	w.Post("/logout", nil)
	w.Jar.SetCookies(at, kept)
	if got := w.Get("/cohorts"); got.Code != 303 {
		t.Errorf("a cookie kept over the sign-out still works: %d", got.Code)
	}
	r := s.As("").Post(
		"/login?x=1",
		url.Values{"email": {"veera.valmentava@example.org"}, "password": {demo.Password}, "next": {"//evil.example.org/"}},
	)
	if r.Location != "/" {
		t.Errorf("open redirect to %s", r.Location)
	}
}

// Everybody sees their own sign-ins and the wrong passwords, nobody another's.
func TestOwnSignIns(t *testing.T) {
	s := apptest.Start(t)
	s.As("").Post("/login", url.Values{"email": {"veera.valmentava@example.org"}, "password": {"not this one"}})
	page := s.As("veera.valmentava").Get("/sign-ins").Body
	if strings.Count(page, "Kirjautuminen sisään") != 1 || strings.Count(page, "Väärä salasana") != 1 {
		t.Error("the page does not hold one sign-in and one wrong password")
	}
	if page := s.As("senni.sijainen").Get("/sign-ins").Body; strings.Contains(page, "Väärä salasana") {
		t.Error("somebody else sees it")
	}
}

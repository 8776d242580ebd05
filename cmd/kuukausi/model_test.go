package main

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/url"
	"strings"
	"testing"
)

// Ten thousand characters, NUL, broken UTF-8 and a missing form id: a clear answer, never a 500.
func TestHostileForms(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	path := "/enrolments/" + demo.Enrolment(8).String() + "/goal"
	base := func() url.Values {
		v := apptest.Fill(t, u.Get("/enrolments/"+demo.Enrolment(8).String()).Body, path)
		v.Set("kind", "employment")
		v.Set("how", "present")
		return v
	}
	v := base()
	v.Set("body", strings.Repeat("ä", 10000))
	if got := u.Post(path, v); got.Code != 422 || !got.Has("E_TOO_LONG") || !strings.Contains(got.Body, strings.Repeat("ä", 10000)) {
		t.Errorf("10,000 characters: %d %v", got.Code, got.Codes())
	}
	v = base()
	v.Set("how", "")
	v.Set("body", "Töihin")
	if got := u.Post(path, v); !got.Has("E_GOAL_NOT_OWNER") || !strings.Contains(got.Body, ">Töihin</textarea>") {
		t.Errorf("a goal without how: %v", got.Codes())
	}
	v = base()
	v.Set("body", "Nolla\x00 ja rikki\xff")
	if got := u.Post(path, v); got.Code != 303 {
		t.Errorf("NUL and broken UTF-8: %d %v", got.Code, got.Codes())
	}
	if got := u.Post(path, url.Values{"body": {"x"}}); got.Code != 400 {
		t.Errorf("no form id: %d", got.Code)
	}
	if got := u.Post(path, url.Values{"body": {strings.Repeat("x", 2<<20)}}); got.Code != 413 || !got.Has("E_TOO_LARGE") {
		t.Errorf("two megabytes: %d", got.Code)
	}
}

package apptest

import (
	"io"
	"kuukausi/internal/postgres/demo"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
)

// User is a signed-in browser without scripts.
type User struct {
	*http.Client
	T    testing.TB
	s    *Site
	Name string // the part of the e-mail before @; empty is nobody
}

// As signs in by the part of the e-mail before @; "" is nobody.
func (s *Site) As(name string) *User {
	s.T.Helper()
	jar, _ := cookiejar.New(nil)
	u := &User{
		Client: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
		T:      s.T,
		s:      s,
		Name:   name,
	}
	if name == "" {
		return u
	}
	if !strings.Contains(name, "@") {
		name += "@example.org"
	}
	r := u.Post("/login", url.Values{"email": {name}, "password": {demo.Password}})
	if r.Code != http.StatusSeeOther || r.Location == "/login" {
		s.T.Fatalf("sign-in of %s: %d %s", name, r.Code, r.Location)
	}
	return u
}

type Answer struct {
	Code     int
	Location string
	Body     string
	Header   http.Header
}

func (u *User) Ask(r *http.Request) Answer {
	u.T.Helper()
	resp, err := u.Do(r)
	if err != nil {
		u.T.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		u.T.Fatal(err)
	}
	return Answer{resp.StatusCode, resp.Header.Get("Location"), string(b), resp.Header}
}

func (u *User) Get(path string) Answer {
	u.T.Helper()
	r, err := http.NewRequest(http.MethodGet, u.s.URL+path, nil)
	if err != nil {
		u.T.Fatal(err)
	}
	return u.Ask(r)
}

func (u *User) Post(path string, v url.Values) Answer {
	u.T.Helper()
	u.s.log.note(v)
	r, err := http.NewRequest(http.MethodPost, u.s.URL+path, strings.NewReader(v.Encode()))
	if err != nil {
		u.T.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return u.Ask(r)
}

// Follow posts and goes where the answer leads.
func (u *User) Follow(path string, v url.Values) Answer {
	u.T.Helper()
	a := u.Post(path, v)
	if a.Code == http.StatusSeeOther {
		return u.Get(a.Location)
	}
	return a
}

// Codes are the refusal codes a page shows.
func (a Answer) Codes() (out []string) {
	for _, m := range codeAttr.FindAllStringSubmatch(a.Body, -1) {
		out = append(out, m[1])
	}
	return out
}

func (a Answer) Has(code string) bool {
	for _, c := range a.Codes() {
		if c == code {
			return true
		}
	}
	return false
}

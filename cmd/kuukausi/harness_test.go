package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/postgres/demo"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/postgres/pgtest"
)

// morning is when every test takes place: a Thursday at 8.50, the ninth day of the running cohort.
var morning = time.Date(2026, 11, 19, 8, 50, 0, 0, access.Helsinki)

// testConfig is the app's configuration in tests; its key is the one the demo's identity codes are sealed with.
var testConfig = Config{Env: "development", KeyFile: "testdata/key"}

// demoFill puts the demo into the template database that tests start from.
var demoFill = pgtest.Fill{
	Key:  demoKey(),
	Fill: func(ctx context.Context, url string) error { return seedDemo(ctx, &testConfig, url, morning) },
}

// demoKey changes when the demo's source, its model or its texts do.
func demoKey() string {
	var b strings.Builder
	for _, pattern := range []string{
		"../../internal/postgres/demo/*.go", "../../internal/postgres/organisation.go",
		"../../internal/programme/models/*.toml", "../../web/locales/*.toml",
	} {
		files, _ := filepath.Glob(pattern)
		for _, f := range files {
			raw, _ := os.ReadFile(f)
			b.Write(raw)
		}
	}
	return b.String()
}

// site is the running app over a fresh demo database.
type site struct {
	*httptest.Server
	t   testing.TB
	db  pgtest.Database
	pg  *door.DB
	now atomic.Pointer[time.Time]
}

func start(t testing.TB, tune ...func(*door.Config)) *site {
	t.Helper()
	s := &site{t: t, db: pgtest.New(t, demoFill)}
	s.set(morning)
	cfg := door.Config{URL: s.db.WebURL, Conns: 4}
	for _, f := range tune {
		f(&cfg)
	}
	pg, err := door.Open(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	s.pg = pg
	t.Cleanup(pg.Close)
	h, err := app(pg, &testConfig, func() time.Time { return *s.now.Load() })
	if err != nil {
		t.Fatal(err)
	}
	s.Server = httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

func (s *site) set(t time.Time) { s.now.Store(&t) }

func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.NewTextHandler(io.Discard, nil)))
	if os.Getenv("LOG") == "" {
		devnull, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
		if err == nil {
			os.Stderr = devnull // the app's own log lines; test failures go to standard output
		}
	}
	os.Exit(m.Run())
}

// sql runs a statement behind the doors and returns the first column of its first row as text.
func (s *site) sql(q string, args ...any) string {
	s.t.Helper()
	c, err := pgx.Connect(context.Background(), s.db.AdminURL)
	if err != nil {
		s.t.Fatal(err)
	}
	defer c.Close(context.Background())
	rows, err := c.Query(context.Background(), q, args...)
	if err != nil {
		s.t.Fatal(err)
	}
	defer rows.Close()
	out := ""
	if rows.Next() {
		v, err := rows.Values()
		if err != nil {
			s.t.Fatal(err)
		}
		if len(v) > 0 && v[0] != nil {
			out = fmt.Sprint(v[0])
		}
	}
	rows.Close()
	if err := rows.Err(); err != nil {
		s.t.Fatalf("%v in %s", err, q)
	}
	return out
}

// user is a signed-in browser without scripts.
type user struct {
	*http.Client
	s    *site
	name string
}

// as signs in by the part of the e-mail before @; "" is nobody.
func (s *site) as(name string) *user {
	s.t.Helper()
	jar, _ := cookiejar.New(nil)
	u := &user{
		Client: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
		s:      s,
		name:   name,
	}
	if name == "" {
		return u
	}
	if !strings.Contains(name, "@") {
		name += "@example.org"
	}
	r := u.post("/login", url.Values{"email": {name}, "password": {demo.Password}})
	if r.code != http.StatusSeeOther || r.location == "/login" {
		s.t.Fatalf("sign-in of %s: %d %s", name, r.code, r.location)
	}
	return u
}

type answer struct {
	code     int
	location string
	body     string
	header   http.Header
}

func (u *user) do(r *http.Request) answer {
	u.s.t.Helper()
	resp, err := u.Do(r)
	if err != nil {
		u.s.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		u.s.t.Fatal(err)
	}
	return answer{resp.StatusCode, resp.Header.Get("Location"), string(b), resp.Header}
}

func (u *user) get(path string) answer {
	u.s.t.Helper()
	r, err := http.NewRequest(http.MethodGet, u.s.URL+path, nil)
	if err != nil {
		u.s.t.Fatal(err)
	}
	return u.do(r)
}

func (u *user) post(path string, v url.Values) answer {
	u.s.t.Helper()
	r, err := http.NewRequest(http.MethodPost, u.s.URL+path, strings.NewReader(v.Encode()))
	if err != nil {
		u.s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return u.do(r)
}

var (
	formTag   = regexp.MustCompile(`(?s)<form method="post" action="([^"]*)"[^>]*>(.*?)</form>`)
	inputTag  = regexp.MustCompile(`<input[^>]*>`)
	attrOf    = regexp.MustCompile(`([a-z-]+)="([^"]*)"`)
	codeAttr  = regexp.MustCompile(`data-code="([^"]*)"`)
	areaTag   = regexp.MustCompile(`(?s)<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>`)
	optionTag = regexp.MustCompile(`(?s)<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>`)
	chosenTag = regexp.MustCompile(`<option value="([^"]*)" selected`)
)

// fill reads a form of a page as a browser would, with what is set in it.
func fill(t testing.TB, page, action string) url.Values {
	t.Helper()
	for _, m := range formTag.FindAllStringSubmatch(page, -1) {
		if m[1] != action {
			continue
		}
		v := url.Values{}
		for _, in := range inputTag.FindAllString(m[2], -1) {
			a := map[string]string{}
			for _, x := range attrOf.FindAllStringSubmatch(in, -1) {
				a[x[1]] = unescape(x[2])
			}
			if (a["type"] == "radio" || a["type"] == "checkbox") && !strings.Contains(in, " checked") {
				continue
			}
			v.Add(a["name"], a["value"])
		}
		for _, x := range areaTag.FindAllStringSubmatch(m[2], -1) {
			v.Set(x[1], unescape(x[2]))
		}
		for _, x := range optionTag.FindAllStringSubmatch(m[2], -1) {
			if c := chosenTag.FindStringSubmatch(x[2]); c != nil {
				v.Set(x[1], c[1])
			}
		}
		return v
	}
	t.Fatalf("no form %s on the page", action)
	return nil
}

func unescape(s string) string {
	return strings.NewReplacer("&#34;", `"`, "&#39;", "'", "&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(s)
}

// codes are the refusal codes a page shows.
func (a answer) codes() (out []string) {
	for _, m := range codeAttr.FindAllStringSubmatch(a.body, -1) {
		out = append(out, m[1])
	}
	return out
}

func (a answer) has(code string) bool {
	for _, c := range a.codes() {
		if c == code {
			return true
		}
	}
	return false
}

// uuid is sql's answer as an id.
func (s *site) uuid(q string, args ...any) string {
	s.t.Helper()
	return s.sql("select x::text from ("+q+") q(x)", args...)
}

// digest is a fingerprint of all data but the audit trail, sessions and throttles.
func (s *site) digest() string {
	s.t.Helper()
	c, err := pgx.Connect(context.Background(), s.db.AdminURL)
	if err != nil {
		s.t.Fatal(err)
	}
	defer c.Close(context.Background())
	rows, err := c.Query(context.Background(), `select tablename
from pg_tables
where schemaname = 'app' and tablename not in ('audit', 'login_session', 'login_throttle')
order by 1`)
	if err != nil {
		s.t.Fatal(err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		s.t.Fatal(err)
	}
	out := ""
	for _, n := range tables {
		var sum string
		if err := c.QueryRow(
			context.Background(),
			fmt.Sprintf(`select coalesce(md5(string_agg(t::text, '' order by t::text)), '') from app.%s t`, n),
		).Scan(&sum); err != nil {
			s.t.Fatal(err)
		}
		out += n + sum + " "
	}
	return out
}

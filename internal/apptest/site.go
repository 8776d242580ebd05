// Package apptest is the running app over a fresh demo database, for the tests of every room: browsers with and without
// scripts, and raw SQL behind the doors.
package apptest

import (
	_ "embed"
	"errors"
	"kuukausi/cmd/kuukausi/app"
	"kuukausi/internal/participant"
	"kuukausi/internal/seal"
	"log/slog"
	"slices"

	"context"
	"crypto/sha256"
	"fmt"
	"kuukausi/internal/access"
	"kuukausi/internal/postgres/demo"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/postgres/pgtest"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Morning is when every test takes place: a Thursday at 8.50, the ninth day of the running cohort.
var Morning = time.Date(2026, 11, 19, 8, 50, 0, 0, access.Helsinki)

// demoFill puts the demo into the template database that tests start from.
var demoFill = pgtest.Fill{
	Key: demoKey(),
	Fill: func(ctx context.Context, url string) error {
		return app.SeedDemo(ctx, url, Morning, Config(time.Now).Codes)
	},
}

// demoKey changes when the demo's source, its model or its texts do.
func demoKey() string {
	root, err := pgtest.Root()
	if err != nil {
		panic(err)
	}
	var b strings.Builder
	for _, pattern := range []string{
		"internal/postgres/demo/*.go", "internal/postgres/operate/*.go", "internal/programme/*.go",
		"internal/programme/models/*.toml", "web/locales/*.toml", "internal/apptest/testdata/key",
	} {
		files, _ := filepath.Glob(filepath.Join(root, pattern))
		for _, f := range files {
			raw, _ := os.ReadFile(f)
			b.Write(raw)
		}
	}
	return b.String()
}

// secret is what the demo's identity codes are sealed with in tests.
//
//go:embed testdata/key
var secret string

// Config is the app's configuration in tests. It writes its log only when LOG is set.
func Config(now func() time.Time) app.Config {
	all, err := seal.Secrets(secret)
	if err != nil {
		panic(err)
	}
	keys, err := seal.New(all)
	if err != nil {
		panic(err)
	}
	log := slog.New(slog.DiscardHandler)
	if os.Getenv("LOG") != "" {
		log = slog.New(slog.NewTextHandler(os.Stderr, nil))
	}
	return app.Config{Key: all[0], Codes: participant.Codes{Sealer: keys}, Now: now, Log: log}
}

// Site is the running app over a fresh demo database.
type Site struct {
	*httptest.Server
	T   testing.TB
	DB  pgtest.Database
	PG  *door.DB
	log logs
	now atomic.Pointer[time.Time]
}

// Start runs the app for one test; everything ends with it, and nothing that was typed may have come into its log.
func Start(t testing.TB, tune ...func(*door.Config)) *Site {
	t.Helper()
	s := &Site{T: t, DB: pgtest.New(t, demoFill), log: logs{typed: map[string]bool{}}}
	s.Set(Morning)
	cfg := door.Config{URL: s.DB.WebURL, Conns: 4}
	for _, f := range tune {
		f(&cfg)
	}
	pg, err := door.Open(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	s.PG = pg
	t.Cleanup(pg.Close)
	c := Config(s.Now)
	c.Log = s.log.logger()
	h, err := app.New(pg, c)
	if err != nil {
		t.Fatal(err)
	}
	s.Server = httptest.NewServer(h)
	t.Cleanup(func() {
		s.Close()
		for _, x := range s.log.leaked() {
			t.Errorf("the log holds what was typed: %q", x)
		}
	})
	return s
}

// Now is what the clock says.
func (s *Site) Now() time.Time { return *s.now.Load() }

// Set turns the clock.
func (s *Site) Set(t time.Time) { s.now.Store(&t) }

// SQL runs a statement behind the doors and returns the first column of its first row as text.
func (s *Site) SQL(q string, args ...any) string {
	s.T.Helper()
	c, err := pgx.Connect(context.Background(), s.DB.AdminURL)
	if err != nil {
		s.T.Fatal(err)
	}
	defer c.Close(context.Background())
	rows, err := c.Query(context.Background(), q, args...)
	if err != nil {
		s.T.Fatal(err)
	}
	defer rows.Close()
	out := ""
	if rows.Next() {
		v, err := rows.Values()
		if err != nil {
			s.T.Fatal(err)
		}
		if len(v) > 0 && v[0] != nil {
			out = fmt.Sprint(v[0])
		}
	}
	rows.Close()
	if err := rows.Err(); err != nil {
		s.T.Fatalf("%v in %s", err, q)
	}
	return out
}

// UUID is sql's Answer as an id.
func (s *Site) UUID(q string, args ...any) string {
	s.T.Helper()
	return s.SQL("select x::text from ("+q+") q(x)", args...)
}

// Context is a request's context of a demo login, for calling a room without a browser.
func (s *Site) Context(email string) context.Context {
	s.T.Helper()
	token := sha256.Sum256([]byte("test " + email))
	s.SQL(`insert into app.login_session (token_hash, account_id, org_id, membership_id, created_at, seen_at, expires_at)
select
  $1,
  m.account_id,
  m.org_id,
  m.id,
  $3,
  $3,
  $3::timestamptz + interval '12 hours'
from app.membership m
where m.email = $2
on conflict do nothing`, token[:], email, s.Now())
	return access.With(context.Background(), &access.Visit{Token: token[:], RequestID: "test", Now: s.Now()})
}

// Raw runs a statement as the web role in the name of somebody, and says what came of it: "refused" by a right, a policy or a
// key, else the statement's own error, so that a mistyped one does not pass for a refusal.
func (s *Site) Raw(email, role, q string, args ...any) string {
	s.T.Helper()
	ctx := context.Background()
	c, err := pgx.Connect(ctx, s.DB.AdminURL)
	if err != nil {
		s.T.Fatal(err)
	}
	defer c.Close(ctx)
	me := s.UUID(`select id from app.membership where org_id = $1 and email = $2`, demo.Org, email+"@example.org")
	tx, err := c.Begin(ctx)
	if err != nil {
		s.T.Fatal(err)
	}
	defer func() { _ = tx.Rollback(ctx) }()
	for _, x := range [][2]string{{"app.org", demo.Org.String()}, {"app.actor", me}, {"app.role", role}, {"app.now", "2026-11-19T08:00:00Z"}} {
		if _, err := tx.Exec(ctx, `select set_config($1, $2, true)`, x[0], x[1]); err != nil {
			s.T.Fatal(err)
		}
	}
	if _, err := tx.Exec(ctx, `set local role kuukausi_web`); err != nil {
		s.T.Fatal(err)
	}
	tag, err := tx.Exec(ctx, q, args...)
	var pg *pgconn.PgError
	switch {
	case errors.As(err, &pg) && slices.Contains([]string{"42501", "23503", "23502"}, pg.Code):
		return "refused"
	case err != nil:
		return err.Error()
	}
	return tag.String()
}

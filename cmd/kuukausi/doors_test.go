package main

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/postgres/demo"
	"kuukausi/internal/postgres/door"
)

// wire counts round trips: a write that follows a read begins a new one.
type wire struct {
	net.Conn
	flights *atomic.Int64
	read    atomic.Bool
}

func (w *wire) Read(p []byte) (int, error) {
	n, err := w.Conn.Read(p)
	if n > 0 {
		w.read.Store(true)
	}
	return n, err
}

func (w *wire) Write(p []byte) (int, error) {
	if w.read.Swap(false) {
		w.flights.Add(1)
	}
	return w.Conn.Write(p)
}

// statements counts what is sent, begin and commit included.
type statements struct{ n atomic.Int64 }

func (s *statements) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	s.n.Add(1)
	return ctx
}
func (s *statements) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}
func (s *statements) TraceBatchStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceBatchStartData) context.Context {
	return ctx
}
func (s *statements) TraceBatchQuery(context.Context, *pgx.Conn, pgx.TraceBatchQueryData) { s.n.Add(1) }
func (s *statements) TraceBatchEnd(context.Context, *pgx.Conn, pgx.TraceBatchEndData)     {}

// counted starts the app on one warm connection whose round trips and statements are counted.
func counted(t *testing.T) (s *site, flights *atomic.Int64, sent *statements) {
	flights, sent = &atomic.Int64{}, &statements{}
	s = start(t, func(c *door.Config) {
		c.Conns = 1
		c.ConnectConfig = func(cc *pgx.ConnConfig) {
			dial := cc.DialFunc
			cc.DialFunc = func(ctx context.Context, network, addr string) (net.Conn, error) {
				c, err := dial(ctx, network, addr)
				if err != nil {
					return nil, err
				}
				return &wire{Conn: c, flights: flights}, nil
			}
			cc.Tracer = sent
		}
	})
	return s, flights, sent
}

// The price of every page on a warm connection: one round trip and at most eight statements; and the same after a 404,
// because no error ever leaves a batch.
func TestOneFlightAPage(t *testing.T) {
	s, flights, sent := counted(t)
	u := map[string]*user{}
	for _, c := range matrixUsers {
		u[c.letter] = s.as(c.email)
	}
	for _, m := range matrix {
		if m.method != http.MethodGet || m.name == "" {
			continue
		}
		letter := m.who[:1]
		path := examplePath(s, m.path)
		price := func() (int64, int64) {
			f, n := flights.Load(), sent.n.Load()
			if got := u[letter].get(path); got.code != 200 {
				t.Errorf("%s as %s: %d", path, letter, got.code)
			}
			return flights.Load() - f, sent.n.Load() - n
		}
		price()
		f, n := price()
		limit := int64(1)
		if m.pattern == "/membership" {
			limit = 2 // who is there, and what they can switch to
		}
		if f > limit || n > 8 {
			t.Errorf("%s as %s: %d round trips, %d statements", m.pattern, letter, f, n)
		}
		t.Logf("%-40s %d round trips, %d statements", m.pattern, f, n)
		u[letter].get("/cohorts/" + uuid.NewString())
		u[letter].get("/enrolments/" + uuid.NewString())
		if f, _ := price(); f > limit {
			t.Errorf("%s as %s after a 404: %d round trips", m.pattern, letter, f)
		}
	}
}

// A POST costs two round trips, for ten people as for thirty.
func TestTwoFlightsAWrite(t *testing.T) {
	s, flights, sent := counted(t)
	u := s.as("veera.valmentava")
	path := examplePath(s, "{meeting}")
	record := func(mark string) (int64, int64) {
		page := u.get(path)
		v := fill(t, page.body, path)
		for k := range v {
			if strings.HasPrefix(k, "mark.") {
				v.Set(k, mark)
			}
		}
		f, n := flights.Load(), sent.n.Load()
		if got := u.post(path, v); got.code != http.StatusSeeOther {
			t.Fatalf("%d %v", got.code, got.codes())
		}
		return flights.Load() - f, sent.n.Load() - n
	}
	record("l")
	f10, n10 := record("p")
	s.grow(20)
	record("l")
	f30, n30 := record("p")
	t.Logf("attendance: %d round trips and %d statements for 10 people, %d and %d for 30", f10, n10, f30, n30)
	if f10 > 2 || f30 > 2 || n10 != n30 {
		t.Errorf("attendance costs %d/%d round trips, %d/%d statements", f10, f30, n10, n30)
	}
	get := func() (int64, int64) {
		f, n := flights.Load(), sent.n.Load()
		u.get("/cohorts/" + demo.Running.String())
		return flights.Load() - f, sent.n.Load() - n
	}
	get()
	if f, n := get(); f != 1 || n > 8 {
		t.Errorf("the map of 30 people: %d round trips, %d statements", f, n)
	}
}

// grow adds people to the running cohort behind the doors.
func (s *site) grow(n int) {
	s.sql(`update app.cohort set size_max = size_max + $3::int where org_id = $1 and id = $2`, demo.Org, demo.Running, n)
	s.sql(`with p as (
  insert into app.participant (org_id, id, first_name, last_name, born_on, created_by, created_at)
  select
    e.org_id,
    gen_random_uuid(),
    'Lisä',
    'Väki ' || g,
    date '1980-01-01',
    e.created_by,
    e.created_at
  from app.enrolment e, generate_series(1, $3::int) g
  where e.org_id = $1 and e.id = $2
  returning *) insert into app.enrolment (
  org_id, id, participant_id, cohort_id, version_id, state, starts_on, ends_on, created_by, created_at)
select
  p.org_id,
  gen_random_uuid(),
  p.id,
  e.cohort_id,
  e.version_id,
  'active',
  e.starts_on,
  e.ends_on,
  e.created_by,
  e.created_at
from p
join app.enrolment e on e.org_id = p.org_id and e.id = $2`, demo.Org, demo.Enrolment(0), n)
}

// The server refuses a database role that row-level security does not hold.
func TestRefusesAnUnsafeRole(t *testing.T) {
	s := start(t)
	db, err := door.Open(context.Background(), door.Config{URL: s.db.AdminURL, Conns: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.CheckRole(context.Background()); err == nil || !strings.Contains(err.Error(), "superuser true") {
		t.Errorf("a superuser was accepted: %v", err)
	}
	if err := s.pg.CheckRole(context.Background()); err != nil {
		t.Errorf("the web role was refused: %v", err)
	}
}

// Each write and each sensitive read leaves exactly one row, denials too; plain reads leave none.
func TestAuditIsComplete(t *testing.T) {
	s := start(t)
	v, k, o := s.as("veera.valmentava"), s.as("kimmo.koordinoiva"), s.as("olli.omanen")
	meeting := examplePath(s, "{meeting}")
	count := func() string { return s.sql(`select count(*) from app.audit`) }
	one := func(what, action, outcome string, do func() answer) {
		t.Helper()
		before := s.sql(`select coalesce(max(id::text), '') from app.audit`)
		got := do()
		n := s.sql(`select count(*) from app.audit where id::text > $1`, before)
		row := s.sql(`select string_agg(action || ' ' || outcome, ', ' order by id) from app.audit where id::text > $1`, before)
		if n != "1" || row != action+" "+outcome {
			t.Errorf("%s (%d): %s rows: %s, want %s %s", what, got.code, n, row, action, outcome)
		}
	}
	map_ := "/cohorts/" + demo.Running.String()
	one("map", "month_map_view", "seen", func() answer { return v.get(map_) })
	if n := s.sql(`select array_length(enrolment_ids, 1) from app.audit order by id desc limit 1`); n != "10" {
		t.Errorf("the map's row names %s cases, want 10", n)
	}
	one("person", "enrolment_view", "seen", func() answer { return v.get("/enrolments/" + demo.Enrolment(8).String()) })
	one("foreign person", "enrolment_view", "not_found", func() answer { return v.get("/enrolments/" + demo.OtherEnrolment(0).String()) })
	one("role without the act", "enrolment_view", "not_found", func() answer { return k.get("/enrolments/" + demo.Enrolment(8).String()) })
	one(
		"expert's decision by a coach",
		"decision_view",
		"refused",
		func() answer { return v.get("/reviews/" + demo.Review(202).String() + "/decision") },
	)
	one("stranger's trial", "trial_view", "not_found", func() answer { return o.get("/trials/" + demo.Trial(100).String()) })
	form := func(path string) url.Values { return fill(t, v.get(path).body, path) }
	mark := form(meeting)
	mark.Set("mark."+demo.Enrolment(1).String(), "l")
	one("attendance", "attendance_record", "done", func() answer { return v.post(meeting, mark) })
	mark.Set("form", uuid.NewString())
	one("the same, stale", "attendance_record", "stale", func() answer {
		// the page shown again is a read of its own; it is not counted here
		got := v.post(meeting, mark)
		s.sql(`delete from app.audit where action = 'attendance_view'`)
		return got
	})
	before := count()
	v.get("/cohorts")
	v.get("/accessibility")
	if after := count(); after != before {
		t.Errorf("a plain read left a row: %s → %s", before, after)
	}
	one("a sign-in", "login_start", "done", func() answer { s.as("eeva.ehkanen"); return answer{} })
	one("a refused sign-in", "login_start", "refused", func() answer {
		return s.as("").post("/login", url.Values{"email": {"eeva.ehkanen@example.org"}, "password": {"wrong password here"}})
	})
	one("a sign-out", "login_end", "done", func() answer { return o.post("/logout", nil) })
}

// When the audit row cannot be written, no byte of the page leaves, and no write happens.
func TestNoAuditNoPage(t *testing.T) {
	s := start(t)
	v := s.as("veera.valmentava")
	path := examplePath(s, "{meeting}")
	mark := fill(t, v.get(path).body, path)
	mark.Set("mark."+demo.Enrolment(1).String(), "l")
	before := s.digest()
	s.sql(`create function app.break_audit() returns trigger language plpgsql as $$ begin raise exception 'no audit'; end $$`)
	s.sql(`create trigger broken before insert on app.audit for each row execute function app.break_audit()`)
	got := v.get("/enrolments/" + demo.Enrolment(8).String())
	if got.code != http.StatusInternalServerError || strings.Contains(got.body, "Tuulikki") {
		t.Errorf("without audit: %d, and the name leaked: %t", got.code, strings.Contains(got.body, "Tuulikki"))
	}
	if got := v.post(path, mark); got.code != http.StatusInternalServerError || s.digest() != before {
		t.Errorf("a write without audit: %d", got.code)
	}
}

// The database gone: a clear page in the reader's language, nothing lost, and back by itself.
func TestDatabaseGone(t *testing.T) {
	s := start(t)
	v := s.as("veera.valmentava")
	s.sqlServer(`alter database ` + s.db.Name + ` allow_connections false`)
	s.sqlServer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '` + s.db.Name + `'`)
	got := v.get("/cohorts/" + demo.Running.String())
	for i := 0; i < 8 && got.code != http.StatusServiceUnavailable; i++ {
		got = v.get("/cohorts/" + demo.Running.String())
	}
	if got.code != http.StatusServiceUnavailable || !got.has("E_UNAVAILABLE") {
		t.Errorf("database gone: %d %v", got.code, got.codes())
	}
	if r := v.get("/readyz"); r.code != http.StatusServiceUnavailable {
		t.Errorf("/readyz without a database: %d", r.code)
	}
	if r := v.get("/livez"); r.code != http.StatusOK {
		t.Errorf("/livez without a database: %d", r.code)
	}
	s.sqlServer(`alter database ` + s.db.Name + ` allow_connections true`)
	for i := 0; i < 50 && got.code != http.StatusOK; i++ {
		got = v.get("/cohorts/" + demo.Running.String())
	}
	if got.code != http.StatusOK {
		t.Errorf("after the database came back: %d", got.code)
	}
}

// sqlServer runs a statement on the server's maintenance database.
func (s *site) sqlServer(q string) {
	s.t.Helper()
	u, err := url.Parse(s.db.AdminURL)
	if err != nil {
		s.t.Fatal(err)
	}
	u.Path = "/postgres"
	c, err := pgx.Connect(context.Background(), u.String())
	if err != nil {
		s.t.Fatal(err)
	}
	defer c.Close(context.Background())
	if _, err := c.Exec(context.Background(), q); err != nil {
		s.t.Fatal(err)
	}
}

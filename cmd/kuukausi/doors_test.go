package main

import (
	"context"
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"kuukausi/internal/postgres/door"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// A POST costs two round trips, for ten people as for thirty.
func TestTwoFlightsAWrite(t *testing.T) {
	s, flights, sent := counted(t)
	u := s.As("veera.valmentava")
	path := s.Example("{meeting}")
	record := func(mark string) (int64, int64) {
		page := u.Get(path)
		v := apptest.Fill(t, page.Body, path)
		for k := range v {
			if strings.HasPrefix(k, "mark.") {
				v.Set(k, mark)
			}
		}
		f, n := flights.Load(), sent.n.Load()
		if got := u.Post(path, v); got.Code != http.StatusSeeOther {
			t.Fatalf("%d %v", got.Code, got.Codes())
		}
		return flights.Load() - f, sent.n.Load() - n
	}
	record("l")
	f10, n10 := record("p")
	grow(s, 20)
	record("l")
	f30, n30 := record("p")
	t.Logf("attendance: %d round trips and %d statements for 10 people, %d and %d for 30", f10, n10, f30, n30)
	if f10 > 2 || f30 > 2 || n10 != n30 {
		t.Errorf("attendance costs %d/%d round trips, %d/%d statements", f10, f30, n10, n30)
	}
	get := func() (int64, int64) {
		f, n := flights.Load(), sent.n.Load()
		u.Get("/cohorts/" + demo.Running.String())
		return flights.Load() - f, sent.n.Load() - n
	}
	get()
	if f, n := get(); f != 1 || n > 8 {
		t.Errorf("the map of 30 people: %d round trips, %d statements", f, n)
	}
}

// grow adds people to the running cohort behind the doors.
func grow(s *apptest.Site, n int) {
	s.SQL(`update app.cohort set size_max = size_max + $3::int where org_id = $1 and id = $2`, demo.Org, demo.Running, n)
	s.SQL(`with p as (
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
	s := apptest.Start(t)
	db, err := door.Open(context.Background(), door.Config{URL: s.DB.AdminURL, Conns: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.CheckRole(context.Background()); err == nil || !strings.Contains(err.Error(), "superuser true") {
		t.Errorf("a superuser was accepted: %v", err)
	}
	if err := s.PG.CheckRole(context.Background()); err != nil {
		t.Errorf("the web role was refused: %v", err)
	}
	s.SQL(`grant execute on function pg_catalog.set_config to public`)
	if err := s.PG.CheckRole(context.Background()); err == nil || !strings.Contains(err.Error(), "set_config") {
		t.Errorf("a web role that names itself anybody was accepted: %v", err)
	}
}

// Each write and each sensitive read leaves exactly one row, denials too; plain reads leave none.
func TestAuditIsComplete(t *testing.T) {
	s := apptest.Start(t)
	v, k, o := s.As("veera.valmentava"), s.As("kimmo.koordinoiva"), s.As("olli.omanen")
	meeting := s.Example("{meeting}")
	count := func() string { return s.SQL(`select count(*) from app.audit`) }
	one := func(what, action, outcome string, do func() apptest.Answer) {
		t.Helper()
		before := s.SQL(`select coalesce(max(id::text), '') from app.audit`)
		got := do()
		n := s.SQL(`select count(*) from app.audit where id::text > $1`, before)
		row := s.SQL(`select string_agg(action || ' ' || outcome, ', ' order by id) from app.audit where id::text > $1`, before)
		if n != "1" || row != action+" "+outcome {
			t.Errorf("%s (%d): %s rows: %s, want %s %s", what, got.Code, n, row, action, outcome)
		}
	}
	map_ := "/cohorts/" + demo.Running.String()
	one("map", "month_map_view", "seen", func() apptest.Answer { return v.Get(map_) })
	if n := s.SQL(`select array_length(enrolment_ids, 1) from app.audit order by id desc limit 1`); n != "10" {
		t.Errorf("the map's row names %s cases, want 10", n)
	}
	one("person", "enrolment_view", "seen", func() apptest.Answer { return v.Get("/enrolments/" + demo.Enrolment(8).String()) })
	one("foreign person", "enrolment_view", "not_found", func() apptest.Answer {
		return v.Get("/enrolments/" + demo.OtherEnrolment(0).String())
	})
	one("role without the act", "enrolment_view", "not_found", func() apptest.Answer {
		return k.Get("/enrolments/" + demo.Enrolment(8).String())
	})
	one(
		"expert's decision by a coach",
		"decision_view",
		"refused",
		func() apptest.Answer { return v.Get("/reviews/" + demo.Review(202).String() + "/decision") },
	)
	one("stranger's trial", "trial_view", "not_found", func() apptest.Answer { return o.Get("/trials/" + demo.Trial(100).String()) })
	form := func(path string) url.Values { return apptest.Fill(t, v.Get(path).Body, path) }
	mark := form(meeting)
	mark.Set("mark."+demo.Enrolment(1).String(), "l")
	one("attendance", "attendance_record", "done", func() apptest.Answer { return v.Post(meeting, mark) })
	mark.Set("form", uuid.NewString())
	one("the same, stale", "attendance_record", "stale", func() apptest.Answer {
		// the page shown again is a read of its own; it is not counted here
		got := v.Post(meeting, mark)
		s.SQL(`delete from app.audit where action = 'attendance_view'`)
		return got
	})
	before := count()
	v.Get("/cohorts")
	v.Get("/accessibility")
	if after := count(); after != before {
		t.Errorf("a plain read left a row: %s → %s", before, after)
	}
	one("a sign-in", "login_start", "done", func() apptest.Answer { s.As("eeva.ehkanen"); return apptest.Answer{} })
	one("a refused sign-in", "login_start", "refused", func() apptest.Answer {
		return s.As("").Post("/login", url.Values{"email": {"eeva.ehkanen@example.org"}, "password": {"wrong password here"}})
	})
	one("a sign-out", "login_end", "done", func() apptest.Answer { return o.Post("/logout", nil) })
}

// When the audit row cannot be written, no byte of the page leaves, and no write happens.
func TestNoAuditNoPage(t *testing.T) {
	s := apptest.Start(t)
	v := s.As("veera.valmentava")
	path := s.Example("{meeting}")
	mark := apptest.Fill(t, v.Get(path).Body, path)
	mark.Set("mark."+demo.Enrolment(1).String(), "l")
	before := s.Digest()
	s.SQL(`create function app.break_audit() returns trigger language plpgsql as $$ begin raise exception 'no audit'; end $$`)
	s.SQL(`create trigger broken before insert on app.audit for each row execute function app.break_audit()`)
	got := v.Get("/enrolments/" + demo.Enrolment(8).String())
	if got.Code != http.StatusInternalServerError || strings.Contains(got.Body, "Tuulikki") {
		t.Errorf("without audit: %d, and the name leaked: %t", got.Code, strings.Contains(got.Body, "Tuulikki"))
	}
	if got := v.Post(path, mark); got.Code != http.StatusInternalServerError || s.Digest() != before {
		t.Errorf("a write without audit: %d", got.Code)
	}
}

// The database gone: a clear page in the reader's language, nothing lost, and back by itself.
func TestDatabaseGone(t *testing.T) {
	s := apptest.Start(t)
	v := s.As("veera.valmentava")
	sqlServer(s, `alter database `+s.DB.Name+` allow_connections false`)
	sqlServer(s, `select pg_terminate_backend(pid) from pg_stat_activity where datname = '`+s.DB.Name+`'`)
	got := v.Get("/cohorts/" + demo.Running.String())
	for i := 0; i < 8 && got.Code != http.StatusServiceUnavailable; i++ {
		got = v.Get("/cohorts/" + demo.Running.String())
	}
	if got.Code != http.StatusServiceUnavailable || !got.Has("E_UNAVAILABLE") {
		t.Errorf("database gone: %d %v", got.Code, got.Codes())
	}
	if r := v.Get("/readyz"); r.Code != http.StatusServiceUnavailable {
		t.Errorf("/readyz without a database: %d", r.Code)
	}
	if r := v.Get("/livez"); r.Code != http.StatusOK {
		t.Errorf("/livez without a database: %d", r.Code)
	}
	sqlServer(s, `alter database `+s.DB.Name+` allow_connections true`)
	for i := 0; i < 50 && got.Code != http.StatusOK; i++ {
		got = v.Get("/cohorts/" + demo.Running.String())
	}
	if got.Code != http.StatusOK {
		t.Errorf("after the database came back: %d", got.Code)
	}
}

// sqlServer runs a statement on the server's maintenance database.
func sqlServer(s *apptest.Site, q string) {
	s.T.Helper()
	u, err := url.Parse(s.DB.AdminURL)
	if err != nil {
		s.T.Fatal(err)
	}
	u.Path = "/postgres"
	c, err := pgx.Connect(context.Background(), u.String())
	if err != nil {
		s.T.Fatal(err)
	}
	defer c.Close(context.Background())
	if _, err := c.Exec(context.Background(), q); err != nil {
		s.T.Fatal(err)
	}
}

package main

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"kuukausi/cmd/kuukausi/app"
	"kuukausi/internal/apptest"
	"kuukausi/internal/fault"
	"kuukausi/internal/postgres/demo"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/postgres/schema"
	"kuukausi/internal/seal"
	"kuukausi/migrations"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// deaf swallows the answer to the second flight of a write, once it is armed: the database did it, and nobody hears.
type deaf struct {
	net.Conn
	armed   *atomic.Bool
	flights atomic.Int32
	read    atomic.Bool
}

func (d *deaf) Write(p []byte) (int, error) {
	if len(p) == 16 && binary.BigEndian.Uint32(p[4:]) == 80877102 {
		_ = d.Conn.Close()
		return len(p), nil // a request to cancel what the lost connection does gets lost too
	}
	if d.read.Swap(false) && d.armed.Load() {
		d.flights.Add(1)
	}
	return d.Conn.Write(p)
}

func (d *deaf) Read(p []byte) (int, error) {
	if d.armed.Load() && d.flights.Load() == 2 {
		d.armed.Store(false)
		time.Sleep(200 * time.Millisecond) // the commit goes through meanwhile
		_ = d.Conn.Close()
		return 0, io.EOF
	}
	n, err := d.Conn.Read(p)
	d.read.Store(true)
	return n, err
}

// The answer of a commit is lost: with one connection only, the form's id decides what is told, and nobody waits for
// themself.
func TestLostAnswerOfACommit(t *testing.T) {
	armed := &atomic.Bool{}
	s := apptest.Start(t, func(c *door.Config) {
		c.Conns = 1
		c.ConnectConfig = func(cc *pgx.ConnConfig) {
			dial := cc.DialFunc
			cc.DialFunc = func(ctx context.Context, network, addr string) (net.Conn, error) {
				c, err := dial(ctx, network, addr)
				return &deaf{Conn: c, armed: armed}, err
			}
		}
	})
	u := s.As("veera.valmentava")
	page := "/enrolments/" + demo.Enrolment(8).String()
	note := func(body string, swallow bool) apptest.Answer {
		v := apptest.Fill(t, u.Get(page).Body, page+"/notes")
		v.Set("body", body)
		v.Set("visibility", "case")
		v.Set("source", "coach")
		armed.Store(swallow)
		return u.Post(page+"/notes", v)
	}
	for range 2 { // its statements are prepared: a write is two flights
		if got := note("Ensin tavallinen", false); got.Code != 303 {
			t.Fatal(got.Code)
		}
	}
	began := time.Now()
	got := note("Vastaus katosi", true)
	if armed.Load() {
		t.Fatal("the commit was not met")
	}
	if n := s.SQL(`select count(*) from app.note where body = 'Vastaus katosi'`); n != "1" || got.Code != 303 {
		t.Errorf("%s notes, told %d %v", n, got.Code, got.Codes())
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %s", took)
	}
	// the connection goes while the server still works on it: nobody is told that nothing was saved
	s.SQL(`create function public.slow() returns trigger language plpgsql as $$ begin perform pg_sleep(1); return new; end $$`)
	s.SQL(`create trigger slow before insert on app.note for each row when (new.body = 'Hidas') execute function public.slow()`)
	for range 2 {
		if got := note("Taas tavallinen", false); got.Code != 303 {
			t.Fatal(got.Code)
		}
	}
	got = note("Hidas", true)
	if n := s.SQL(`select count(*) from app.note where body = 'Hidas'`); armed.Load() || n != "1" || got.Code != 303 {
		t.Errorf("%s notes, told %d %v", n, got.Code, got.Codes())
	}
}

// A lock that somebody holds, and more requests than connections: everybody gets a calm page in a few seconds, with what
// they typed, and it goes on by itself.
func TestNothingWaitsForEver(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	page := "/enrolments/" + demo.Enrolment(8).String()
	typed := apptest.Fill(t, u.Get(page).Body, page+"/notes")
	typed.Set("body", "Tätä ei saa hukata")
	typed.Set("visibility", "case")
	typed.Set("source", "coach")
	ctx := context.Background()
	c, err := pgx.Connect(ctx, s.DB.AdminURL)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(ctx)
	if _, err := c.Exec(ctx, `begin; lock table app.enrolment in access exclusive mode`); err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	began := time.Now()
	for i := range 12 {
		wait.Go(func() {
			var got apptest.Answer
			if i > 0 {
				got = u.Get(page)
			} else {
				got = u.Post(page+"/notes", typed)
				if !strings.Contains(got.Body, "Tätä ei saa hukata") {
					t.Error("what was typed is lost")
				}
			}
			if got.Code != 503 || !got.Has("E_UNAVAILABLE") {
				t.Errorf("%d: %d %v", i, got.Code, got.Codes())
			}
		})
	}
	wait.Wait()
	if took := time.Since(began); took > 9*time.Second {
		t.Errorf("the calm page took %s", took)
	}
	if _, err := c.Exec(ctx, `rollback`); err != nil {
		t.Fatal(err)
	}
	if got := u.Get(page); got.Code != 200 {
		t.Errorf("afterwards: %d", got.Code)
	}
	if got := u.Post(page+"/notes", typed); got.Code != 303 {
		t.Errorf("the same form sent again: %d %v", got.Code, got.Codes())
	}
}

// What the database says when it cannot serve is told as that, and not as an unexpected error.
func TestFaultsOfTheDatabase(t *testing.T) {
	for _, err := range []error{
		io.EOF, io.ErrUnexpectedEOF, syscall.ECONNRESET, syscall.EPIPE, net.ErrClosed, context.DeadlineExceeded,
		&pgconn.PgError{Code: "53100"}, &pgconn.PgError{Code: "25006"}, &pgconn.PgError{Code: "57P03"}, &pgconn.PgError{Code: "57014"},
		&pgconn.PgError{Code: "55P03"}, &pgconn.PgError{Code: "58030"}, &pgconn.PgError{Code: "08006"},
	} {
		if got := door.ToFault(err); !errors.Is(got, fault.ErrUnavailable) {
			t.Errorf("%v is %v", err, got)
		}
	}
	if got := door.ToFault(&pgconn.PgError{Code: "22P02"}); errors.Is(got, fault.ErrUnavailable) {
		t.Error("our own mistake is told as the database's")
	}
}

// A database that only answers reads is not ready, and its writes are told as such; one of a newer program is refused, and so
// is a key that does not open what is sealed.
func TestNotReady(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	page := "/enrolments/" + demo.Enrolment(8).String()
	v := apptest.Fill(t, u.Get(page).Body, page+"/notes")
	v.Set("body", "Ei mahdu")
	v.Set("visibility", "case")
	v.Set("source", "coach")
	ctx, latest := context.Background(), schema.Latest(migrations.FS)
	reads := func(only string) {
		sqlServer(s, `alter role kuukausi_web in database `+s.DB.Name+` set default_transaction_read_only = `+only)
		sqlServer(s, `select pg_terminate_backend(pid) from pg_stat_activity where datname = '`+s.DB.Name+`' and usename = 'kuukausi_web'`)
		for range 8 { // the connections that are gone are met
			u.Get(page)
		}
	}
	if err := s.PG.Ready(ctx, latest); err != nil {
		t.Errorf("a healthy database: %v", err)
	}
	reads("on")
	if got := u.Post(page+"/notes", v); got.Code != 503 || !got.Has("E_UNAVAILABLE") || !strings.Contains(got.Body, "Ei mahdu") {
		t.Errorf("a write to a database that only answers reads: %d %v", got.Code, got.Codes())
	}
	if err := s.PG.Ready(ctx, latest); err == nil {
		t.Error("a database that only answers reads is ready")
	}
	reads("off")
	if got := u.Post(page+"/notes", v); got.Code != 303 {
		t.Errorf("once it writes again: %d %v", got.Code, got.Codes())
	}
	if err := s.PG.Ready(ctx, latest); err != nil {
		t.Errorf("once it writes again: %v", err)
	}
	if err := s.PG.Ready(ctx, latest-1); err == nil || !strings.Contains(err.Error(), "newer program") {
		t.Errorf("a newer schema: %v", err)
	}
	one, err := seal.New([][]byte{[]byte("01234567890123456789012345678901")})
	if err != nil {
		t.Fatal(err)
	}
	other, err := seal.New([][]byte{[]byte("another secret of thirty-two byt")})
	if err != nil {
		t.Fatal(err)
	}
	both, err := seal.New([][]byte{[]byte("another secret of thirty-two byt"), []byte("01234567890123456789012345678901")})
	if err != nil {
		t.Fatal(err)
	}
	for i, x := range []struct {
		keys *seal.Keys
		want error
	}{{one, nil}, {one, nil}, {other, app.ErrKey}, {both, nil}} {
		if err := app.CheckKey(ctx, s.PG, x.keys); !errors.Is(err, x.want) {
			t.Errorf("%d: %v, want %v", i, err, x.want)
		}
	}
}

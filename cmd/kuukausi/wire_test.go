package main

import (
	"context"
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/door"
	"net"
	"net/http"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
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

// counted starts the app on one warm connection whose round trips and statements are counted.
func counted(t *testing.T) (s *apptest.Site, flights *atomic.Int64, sent *statements) {
	flights, sent = &atomic.Int64{}, &statements{}
	s = apptest.Start(t, func(c *door.Config) {
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

func (s *statements) TraceBatchQuery(context.Context, *pgx.Conn, pgx.TraceBatchQueryData) { s.n.Add(1) }

func (s *statements) TraceBatchEnd(context.Context, *pgx.Conn, pgx.TraceBatchEndData) {}

// The price of every page on a warm connection: one round trip and at most eight statements; and the same after a 404,
// because no error ever leaves a batch.
func TestOneFlightAPage(t *testing.T) {
	s, flights, sent := counted(t)
	u := map[string]*apptest.User{}
	for _, c := range apptest.People {
		u[c.Letter] = s.As(c.Email)
	}
	for _, m := range apptest.Matrix {
		if m.Method != http.MethodGet || m.Name == "" {
			continue
		}
		letter := m.Who[:1]
		path := s.Example(m.Path)
		price := func() (int64, int64) {
			f, n := flights.Load(), sent.n.Load()
			if got := u[letter].Get(path); got.Code != 200 {
				t.Errorf("%s as %s: %d", path, letter, got.Code)
			}
			return flights.Load() - f, sent.n.Load() - n
		}
		price()
		f, n := price()
		limit := int64(1)
		if m.Pattern == "/membership" {
			limit = 2 // who is there, and what they can switch to
		}
		if f > limit || n > 8 {
			t.Errorf("%s as %s: %d round trips, %d statements", m.Pattern, letter, f, n)
		}
		t.Logf("%-40s %d round trips, %d statements", m.Pattern, f, n)
		u[letter].Get("/cohorts/" + uuid.NewString())
		u[letter].Get("/enrolments/" + uuid.NewString())
		if f, _ := price(); f > limit {
			t.Errorf("%s as %s after a 404: %d round trips", m.Pattern, letter, f)
		}
	}
}

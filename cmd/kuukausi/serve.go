package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"time"

	"kuukausi/internal/account"
	"kuukausi/internal/cohort"
	"kuukausi/internal/jobsearch"
	"kuukausi/internal/locale"
	"kuukausi/internal/participant"
	"kuukausi/internal/placement"
	"kuukausi/internal/postgres"
	"kuukausi/internal/programme"
	"kuukausi/internal/review"
	"kuukausi/internal/server"
	"kuukausi/migrations"
	"kuukausi/web"
)

type serveCmd struct{}

// Run serves until a signal comes. It never migrates: that is another role's work.
func (serveCmd) Run(ctx context.Context, c *Config) error {
	if err := c.check(); err != nil {
		return err
	}
	if c.DatabaseURL == "" {
		return errors.New("DATABASE_URL is not set; for development use: kuukausi dev")
	}
	return serve(ctx, c, c.DatabaseURL, func(string) {})
}

// app wires the rooms over a database.
func app(db *postgres.DB, c *Config, now func() time.Time) (http.Handler, error) {
	key, codes, err := c.secrets()
	if err != nil {
		return nil, fmt.Errorf("key: %w", err)
	}
	bundle, err := locale.Load(web.Locales())
	if err != nil {
		return nil, err
	}
	latest := postgres.Latest(migrations.FS)
	s := server.New(server.Config{PublicURL: c.publicURL(), Key: key, Proxies: c.Proxies, Now: now, Log: c.logger(),
		Ready: func(ctx context.Context) error { return db.Ready(ctx, latest) }},
		server.Rooms{Accounts: account.Service{Store: db, Sessions: db, Drafts: db, Key: key}, Cohorts: cohort.Service{Store: db, Codes: codes}, Persons: participant.Service{Store: db, Codes: codes}, Programmes: programme.Service{Store: db}, Search: jobsearch.Service{Store: db},
			Placements: placement.Service{Store: db}, Reviews: review.Service{Store: db}}, bundle)
	return s.Handler()
}

func serve(ctx context.Context, c *Config, databaseURL string, started func(address string)) error {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400) // small heap, many short requests: measured to be worth a tenth of the throughput
		debug.SetMemoryLimit(40 << 20)
	}
	db, err := postgres.Open(ctx, postgres.Config{URL: databaseURL, Conns: c.Conns, AsyncAudit: c.ReadAuditSync == "off"})
	if err != nil {
		return fmt.Errorf("database: %w", err)
	}
	defer db.Close()
	if err := db.CheckRole(ctx); err != nil {
		return fmt.Errorf("database: %w", err)
	}
	if err := db.Ready(ctx, postgres.Latest(migrations.FS)); err != nil {
		return fmt.Errorf("database: %w", err)
	}
	h, err := app(db, c, time.Now)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", c.address())
	if err != nil {
		return err
	}
	hs := &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 20 * time.Second, WriteTimeout: 30 * time.Second, IdleTimeout: 90 * time.Second, MaxHeaderBytes: 32 << 10}
	done := make(chan error, 1)
	go func() { done <- hs.Serve(l) }()
	started(l.Addr().String())
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.Background(), 4*time.Second)
	defer cancel()
	return hs.Shutdown(last)
}

type healthCmd struct{}

// Run answers a container's health check: the image holds no shell and no curl.
func (healthCmd) Run(ctx context.Context, c *Config) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://127.0.0.1:"+c.Port+"/readyz", nil)
	if err != nil {
		return err
	}
	resp, err := (&http.Client{Timeout: 3 * time.Second}).Do(r)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("not ready: %d", resp.StatusCode)
	}
	return nil
}

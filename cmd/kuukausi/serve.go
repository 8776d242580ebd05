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

	"kuukausi/cmd/kuukausi/app"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/postgres/schema"
	"kuukausi/migrations"
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

func serve(ctx context.Context, c *Config, databaseURL string, started func(address string)) error {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400) // small heap, many short requests: measured to be worth a tenth of the throughput
		debug.SetMemoryLimit(40 << 20)
	}
	db, err := door.Open(ctx, door.Config{URL: databaseURL, Conns: c.Conns, AsyncAudit: c.ReadAuditSync == "off"})
	if err != nil {
		return fmt.Errorf("database: %w", err)
	}
	defer db.Close()
	if err := db.CheckRole(ctx); err != nil {
		return fmt.Errorf("database: %w", err)
	}
	if err := db.Ready(ctx, schema.Latest(migrations.FS)); err != nil {
		return fmt.Errorf("database: %w", err)
	}
	site, err := c.site()
	if err != nil {
		return err
	}
	if err := app.CheckKey(ctx, db, site.Codes.Sealer); err != nil {
		return err
	}
	h, err := app.New(db, site)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", c.address())
	if err != nil {
		return err
	}
	hs := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       20 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       90 * time.Second,
		MaxHeaderBytes:    32 << 10,
	}
	done := make(chan error, 1)
	go func() { done <- hs.Serve(l) }()
	started(l.Addr().String())
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.Background(), 9*time.Second) // a commit may take eight
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

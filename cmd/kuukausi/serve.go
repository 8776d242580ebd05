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
	"kuukausi/internal/casework"
	"kuukausi/internal/cohort"
	"kuukausi/internal/desk"
	"kuukausi/internal/jobsearch"
	"kuukausi/internal/locale"
	"kuukausi/internal/participant"
	"kuukausi/internal/partner"
	"kuukausi/internal/placement"
	pgaccount "kuukausi/internal/postgres/account"
	pgcasework "kuukausi/internal/postgres/casework"
	pgcohort "kuukausi/internal/postgres/cohort"
	pgdesk "kuukausi/internal/postgres/desk"
	"kuukausi/internal/postgres/door"
	pgjobsearch "kuukausi/internal/postgres/jobsearch"
	pgparticipant "kuukausi/internal/postgres/participant"
	pgpartner "kuukausi/internal/postgres/partner"
	pgplacement "kuukausi/internal/postgres/placement"
	pgprogramme "kuukausi/internal/postgres/programme"
	pgrecruitment "kuukausi/internal/postgres/recruitment"
	pgreview "kuukausi/internal/postgres/review"
	pgschedule "kuukausi/internal/postgres/schedule"
	"kuukausi/internal/postgres/schema"
	"kuukausi/internal/programme"
	"kuukausi/internal/recruitment"
	"kuukausi/internal/review"
	"kuukausi/internal/schedule"
	"kuukausi/internal/server"
	"kuukausi/internal/server/core"
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

// rooms are the services over a database: the only place that knows both ends.
func rooms(db *door.DB, codes participant.Codes, key []byte) server.Rooms {
	accounts := pgaccount.Store{DB: db}
	return server.Rooms{
		Account:     account.New(accounts, accounts, accounts, key),
		Participant: participant.New(pgparticipant.Store{DB: db}, codes),
		Programme:   programme.New(pgprogramme.Store{DB: db}),
		Recruitment: recruitment.New(pgrecruitment.Store{DB: db}, codes),
		Casework:    casework.New(pgcasework.Store{DB: db}),
		Schedule:    schedule.New(pgschedule.Store{DB: db}),
		Cohort:      cohort.New(pgcohort.Store{DB: db}),
		Jobsearch:   jobsearch.New(pgjobsearch.Store{DB: db}),
		Partner:     partner.New(pgpartner.Store{DB: db}),
		Placement:   placement.New(pgplacement.Store{DB: db}),
		Review:      review.New(pgreview.Store{DB: db}),
		Desk:        desk.New(pgdesk.Store{DB: db}, codes),
	}
}

// app is the site over a database.
func app(db *door.DB, c *Config, now func() time.Time) (http.Handler, error) {
	key, codes, err := c.secrets()
	if err != nil {
		return nil, fmt.Errorf("key: %w", err)
	}
	bundle, err := locale.Load(web.Locales())
	if err != nil {
		return nil, err
	}
	latest := schema.Latest(migrations.FS)
	s := server.New(core.Config{PublicURL: c.publicURL(), Key: key, Proxies: c.Proxies, Now: now, Log: c.logger(),
		Ready: func(ctx context.Context) error { return db.Ready(ctx, latest) }},
		rooms(db, codes, key), bundle)
	return s.Handler()
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
	h, err := app(db, c, time.Now)
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

package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"kuukausi/cmd/kuukausi/app"
	"kuukausi/internal/postgres/demo"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/postgres/embedded"
	"kuukausi/internal/postgres/operate"
)

type devCmd struct{}

// Run starts a private Postgres (unless DATABASE_URL is set), migrates, seeds the demo once and serves.
func (devCmd) Run(ctx context.Context, c *Config) error {
	if c.production() {
		return fmt.Errorf("dev is not for production: use serve with DATABASE_URL, PUBLIC_URL and KEY_FILE")
	}
	webURL, ownerURL, psql := c.DatabaseURL, c.MigrateDatabaseURL, ""
	if webURL == "" {
		s, err := c.privateDatabase(ctx, os.Stdout)
		if err != nil {
			return err
		}
		defer func() {
			if err := s.Stop(); err != nil {
				fmt.Fprintln(os.Stderr, "kuukausi:", err)
			}
		}()
		webURL, ownerURL = s.URL(door.WebRole), s.URL("postgres")
		psql = fmt.Sprintf("psql -h %s -U postgres kuukausi", s.Socket)
		fmt.Printf("Development database in %s: not for production.\n", s.Dir)
	}
	if ownerURL == "" {
		ownerURL = webURL
	}
	if err := app.Migrate(ctx, ownerURL, ""); err != nil {
		return err
	}
	empty, err := operate.IsEmpty(ctx, ownerURL)
	if err != nil {
		return err
	}
	if empty {
		fmt.Println("Seeding the demo …")
		if err := c.seedDemo(ctx, ownerURL); err != nil {
			return err
		}
	}
	return serve(ctx, c, webURL, func(address string) {
		fmt.Printf("\n  http://%s\n\n  Sign in with one of these, password %s\n", address, demo.Password)
		for _, m := range demo.Staff {
			fmt.Printf("    %-34s %s\n", m.Email, m.Role)
		}
		fmt.Printf(
			"    %-34s %s\n    %-34s %s\n",
			"tuulikki.esimerkki@example.org",
			"participant",
			"kaisa.kahdessa@example.org",
			"coach in two organisations",
		)
		if psql != "" {
			fmt.Printf("\n  %s\n", psql)
		}
		fmt.Print("\n  Ctrl-C stops everything; the data stays.\n\n")
	})
}

// privateDatabase starts the server that development keeps in DATA_DIR, or joins the one that runs.
func (c *Config) privateDatabase(ctx context.Context, out io.Writer) (*embedded.Server, error) {
	return embedded.Start(ctx, embedded.Config{Dir: filepath.Join(c.DataDir, "pg"), Fetched: filepath.Join(c.DataDir, "pgbin"),
		Database: "kuukausi", Out: out})
}

type postgresCmd struct{}

// Run fetches server binaries for machines without PostgreSQL.
func (postgresCmd) Run(c *Config) error {
	return embedded.Fetch(filepath.Join(c.DataDir, "pgbin"), os.Stdout)
}

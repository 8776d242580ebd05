package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"time"

	"kuukausi/internal/postgres/door"
	"kuukausi/internal/postgres/operate"
)

type psqlCmd struct {
	As string `arg:"" help:"E-mail of the person to see the database as."`
}

// Run opens the development database in psql as the web role with the settings the app would make for one person, so that
// a query can be tried by hand and sees what that person sees. It only ever opens the development database.
func (p psqlCmd) Run(ctx context.Context, c *Config) error {
	psql, err := exec.LookPath("psql")
	if err != nil {
		return fmt.Errorf("psql is not installed (Debian: postgresql-client)")
	}
	s, err := c.privateDatabase(ctx, os.Stderr)
	if err != nil {
		return err
	}
	defer func() { _ = s.Stop() }() // it stays up while anybody else uses it
	settings, err := operate.Settings(ctx, s.URL("postgres"), p.As, time.Now())
	if err != nil {
		return err
	}
	options := "-c role=" + door.WebRole
	for _, v := range settings {
		options += " -c " + v
	}
	cmd := exec.Command(psql, "-h", s.Socket, "-U", "postgres", "kuukausi")
	cmd.Env = append(os.Environ(), "PGOPTIONS="+options)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	fmt.Fprintf(os.Stderr, "You see the development database as %s.\n", p.As)
	return cmd.Run()
}

// Command kuukausi runs the coaching-month app: the server, its migrations, and what an operator does by hand.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

type cli struct {
	Config `embed:""`

	Serve    serveCmd    `cmd:"" help:"Serve on DATABASE_URL; migrations are run before, by 'migrate up'."`
	Dev      devCmd      `cmd:"" help:"Run everything on this machine: private Postgres, migrations, demo data, server."`
	Migrate  migrateCmd  `cmd:"" help:"Schema migrations."`
	Seed     seedCmd     `cmd:"" help:"Fill an empty database with the demo, or make a large one for measuring."`
	Org      orgCmd      `cmd:"" help:"Organisations."`
	User     userCmd     `cmd:"" help:"Users."`
	Psql     psqlCmd     `cmd:"" help:"Open the development database in psql, seeing what one person sees."`
	Postgres postgresCmd `cmd:"" help:"Fetch PostgreSQL server binaries for development into DATA_DIR/pgbin."`
	Health   healthCmd   `cmd:"" help:"Ask a running server whether it is ready (for container health checks)."`
}

func main() {
	var c cli
	k := kong.Parse(
		&c,
		kong.Name("kuukausi"),
		kong.Description("Valmennuskuukausi: employment-coaching case management."),
		kong.UsageOnError(),
	)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	k.BindTo(ctx, (*context.Context)(nil))
	if err := k.Run(&c.Config); err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintln(os.Stderr, "kuukausi:", err)
		os.Exit(1)
	}
}

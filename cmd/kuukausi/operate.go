package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/cmd/kuukausi/app"
	"kuukausi/internal/account"
	"kuukausi/internal/postgres/demo"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/postgres/operate"
	"kuukausi/internal/postgres/schema"
	"kuukausi/internal/programme"
	"kuukausi/migrations"
)

type migrateCmd struct {
	Up     migrateUpCmd     `cmd:"" help:"Bring the schema up to date. The web role gets the password of DATABASE_URL."`
	Status migrateStatusCmd `cmd:"" help:"List the migrations and which are applied."`
	Roles  migrateRolesCmd  `cmd:"" help:"Make the database roles only: run it before restoring a dump."`
}

type migrateRolesCmd struct{}

// Run makes the roles a dump does not carry.
func (migrateRolesCmd) Run(ctx context.Context, c *Config) error {
	owner, err := c.migrateURL()
	if err != nil {
		return err
	}
	return schema.EnsureRoles(ctx, owner)
}

type migrateUpCmd struct{}

// Run migrates as the owner; where the web role signs in with a password, it is set from DATABASE_URL.
func (migrateUpCmd) Run(ctx context.Context, c *Config) error {
	owner, err := c.migrateURL()
	if err != nil {
		return err
	}
	password := ""
	if u, err := url.Parse(c.DatabaseURL); err == nil && u.User != nil && u.User.Username() == door.WebRole {
		password, _ = u.User.Password()
	}
	return app.Migrate(ctx, owner, password)
}

type migrateStatusCmd struct{}

// Run prints one line a migration.
func (migrateStatusCmd) Run(ctx context.Context, c *Config) error {
	owner, err := c.migrateURL()
	if err != nil {
		return err
	}
	steps, err := schema.MigrationStatus(ctx, owner, migrations.FS)
	for _, s := range steps {
		state := "pending"
		if s.Applied {
			state = "applied"
		}
		fmt.Printf("%-8s %s\n", state, s.Name)
	}
	return err
}

type seedCmd struct {
	Large int `help:"Make a large database of this many cohorts for measuring, instead of the demo."`
}

// Run fills an empty database; it never touches one that holds an organisation.
func (s seedCmd) Run(ctx context.Context, c *Config) error {
	owner, err := c.migrateURL()
	if err != nil {
		return err
	}
	empty, err := operate.IsEmpty(ctx, owner)
	if err != nil {
		return err
	}
	if !empty {
		return errors.New("the database holds an organisation already: nothing was seeded")
	}
	if s.Large > 0 {
		return demo.SeedLarge(ctx, owner, s.Large, time.Now())
	}
	return c.seedDemo(ctx, owner)
}

type orgCmd struct {
	Add orgAddCmd `cmd:"" help:"Make an organisation with the programme models and its first administrator."`
}

type orgAddCmd struct {
	Name  string `arg:"" help:"Name of the organisation."`
	Admin string `       help:"Name of the first administrator."                        required:""`
	Email string `       help:"Their e-mail. The password is read from standard input." required:""`
}

// Run reads the administrator's password from standard input, so that it is in no history and no process list.
func (o orgAddCmd) Run(ctx context.Context, c *Config) error {
	owner, err := c.migrateURL()
	if err != nil {
		return err
	}
	password, err := readPassword()
	if err != nil {
		return err
	}
	models, err := programme.Shipped()
	if err != nil {
		return err
	}
	t, err := app.Texts()
	if err != nil {
		return err
	}
	return operate.AddOrganisation(
		ctx,
		owner,
		operate.Organisation{ID: uuid.Must(uuid.NewV7()), Name: o.Name, AdminName: o.Admin, AdminEmail: o.Email, AdminPassword: password,
			Models: models, Texts: t, Now: time.Now()},
	)
}

type userCmd struct {
	Add     userAddCmd     `cmd:"" help:"Make a login with a role in an organisation."`
	Disable userDisableCmd `cmd:"" help:"Disable a login: its sessions, rights and open links end at once."`
	Reset   userResetCmd   `cmd:"" help:"Give a login another password, read from standard input; its sessions end."`
}

type userAddCmd struct {
	Org   string `required:"" help:"Name of the organisation."`
	Name  string `required:"" help:"Name of the user."`
	Email string `required:"" help:"Their e-mail. The password is read from standard input."`
	Role  string `required:"" help:"coach, coordinator, expert or admin."                    enum:"coach,coordinator,expert,admin"`
	Area  string `            help:"Employment area of an expert."`
}

// Run makes the login.
func (u userAddCmd) Run(ctx context.Context, c *Config) error {
	owner, err := c.migrateURL()
	if err != nil {
		return err
	}
	password, err := readPassword()
	if err != nil {
		return err
	}
	return operate.AddUser(
		ctx,
		owner,
		u.Org,
		operate.Member{Name: u.Name, Email: u.Email, Role: u.Role, Area: u.Area, Password: password, Now: time.Now()},
	)
}

type userDisableCmd struct {
	Email string `arg:"" help:"E-mail of the login."`
}

// Run disables the login everywhere.
func (u userDisableCmd) Run(ctx context.Context, c *Config) error {
	owner, err := c.migrateURL()
	if err != nil {
		return err
	}
	n, err := operate.DisableAccount(ctx, owner, u.Email, time.Now())
	if err == nil && n == 0 {
		err = errors.New("no such live login")
	}
	return err
}

type userResetCmd struct {
	Email string `arg:"" help:"E-mail of the login."`
}

// Run gives the login another password.
func (u userResetCmd) Run(ctx context.Context, c *Config) error {
	owner, err := c.migrateURL()
	if err != nil {
		return err
	}
	password, err := readPassword()
	if err != nil {
		return err
	}
	n, err := operate.ResetPassword(ctx, owner, u.Email, password)
	if err == nil && n == 0 {
		err = errors.New("no such live login")
	}
	return err
}

func readPassword() (string, error) {
	fmt.Fprint(os.Stderr, "Password: ")
	line, err := bufio.NewReader(os.Stdin).ReadString('\n')
	line = strings.TrimRight(line, "\r\n")
	if line == "" && err != nil {
		return "", errors.New("no password on standard input")
	}
	if len([]rune(line)) < account.MinPassword {
		return "", fmt.Errorf("the password needs at least %d characters", account.MinPassword)
	}
	return line, nil
}

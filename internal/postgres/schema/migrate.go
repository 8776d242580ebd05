package schema

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
	"github.com/pressly/goose/v3/lock"

	"kuukausi/internal/postgres/door"
)

// Three roles of the cluster. None owns a table, none bypasses row-level security. Another database may be making them
// at the same moment; a migration role that is no superuser hands objects over only to roles it is a member of.
const rolesSQL = `do $$ declare r text; begin
  foreach r in array array['kuukausi_web', 'kuukausi_door', 'kuukausi_duty'] loop
    begin
      if not exists (select from pg_roles where rolname = r) then
        execute format('create role %I nosuperuser nobypassrls nocreatedb nocreaterole %s', r,
          case r when 'kuukausi_web' then 'login' else 'nologin' end);
      end if;
    exception when duplicate_object or unique_violation then null;
    end;
    -- a migration role that is no superuser hands objects over only to roles it is a member of
    if not (select rolsuper from pg_roles where rolname = current_user) and not pg_has_role(current_user, r, 'member') then
      execute format('grant %I to %I', r, current_user);
    end if;
  end loop;
end $$;`

// EnsureRoles makes the three database roles where they are missing. A restore needs them before pg_restore runs, else
// the dump's policies and rights would be lost.
func EnsureRoles(ctx context.Context, url string) error {
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer c.Close(context.Background())
	_, err = c.Exec(ctx, rolesSQL)
	return err
}

func provider(files fs.FS, db *sql.DB) (*goose.Provider, error) {
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(database.DialectPostgres, db, files, goose.WithSessionLocker(locker))
}

// Migrate brings the schema up to date as the migration role, under goose's lock: two at once do it once. password,
// when not empty, becomes the web role's. Hidden rows are an error while migrating, never silence.
func Migrate(ctx context.Context, url, password string, files fs.FS) error {
	if err := EnsureRoles(ctx, url); err != nil {
		return err
	}
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		return err
	}
	cfg.RuntimeParams["row_security"] = "off"
	db := stdlib.OpenDB(*cfg)
	defer db.Close()
	p, err := provider(files, db)
	if err != nil {
		return err
	}
	if err := known(ctx, db, p); err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return err
	}
	if password == "" {
		return nil
	}
	_, err = db.ExecContext(ctx, "alter role "+door.WebRole+" login password '"+strings.ReplaceAll(password, "'", "''")+"'")
	return err
}

// ErrUnknown refuses a database that holds a migration these files do not: a newer program made it, or the chain of
// migrations before the baseline. Nothing of it was changed.
var ErrUnknown = errors.New("the database holds a migration that this program does not know: a newer version made it, or one from " +
	"before the schema's baseline; nothing was changed. Use an empty database (in development: make clean)")

func known(ctx context.Context, db *sql.DB, p *goose.Provider) error {
	var exists bool
	if err := db.QueryRowContext(ctx, "select to_regclass('public.goose_db_version') is not null").Scan(&exists); err != nil || !exists {
		return err
	}
	files := []int64{0}
	for _, s := range p.ListSources() {
		files = append(files, s.Version)
	}
	var unknown bool
	const q = "select exists (select from public.goose_db_version where is_applied and not version_id = any ($1))"
	if err := db.QueryRowContext(ctx, q, files).Scan(&unknown); err != nil {
		return err
	}
	if unknown {
		return ErrUnknown
	}
	return nil
}

// Step is one migration and whether this database has it.
type Step struct {
	Version int64
	Name    string
	Applied bool
}

// MigrationStatus lists every migration of files.
func MigrationStatus(ctx context.Context, url string, files fs.FS) ([]Step, error) {
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	db := stdlib.OpenDB(*cfg)
	defer db.Close()
	p, err := provider(files, db)
	if err != nil {
		return nil, err
	}
	all, err := p.Status(ctx)
	var out []Step
	for _, s := range all {
		out = append(out, Step{Version: s.Source.Version, Name: s.Source.Path, Applied: s.State == goose.StateApplied})
	}
	return out, err
}

// Latest is the newest migration in files.
func Latest(files fs.FS) int64 {
	var v int64
	names, _ := fs.Glob(files, "*.sql")
	for _, n := range names {
		var k int64
		if _, err := fmt.Sscanf(n, "%d_", &k); err == nil {
			v = max(v, k)
		}
	}
	return v
}

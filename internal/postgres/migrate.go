package postgres

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
)

// WebRole is the database role the server signs in as. It owns nothing.
const WebRole = "kuukausi_web"

// Three roles of the cluster. None owns a table, none bypasses row-level security. Another database may be making them
// at the same moment; a migration role that is no superuser hands objects over only to roles it is a member of.
const rolesSQL = `do $$ declare r text; begin
  foreach r in array array['kuukausi_web', 'kuukausi_door', 'kuukausi_duty'] loop
    begin
      if not exists (select from pg_roles where rolname = r) then
        execute format('create role %I nosuperuser nobypassrls nocreatedb nocreaterole %s', r, case r when 'kuukausi_web' then 'login' else 'nologin' end);
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
	if _, err := p.Up(ctx); err != nil {
		return err
	}
	if password == "" {
		return nil
	}
	_, err = db.ExecContext(ctx, "alter role "+WebRole+" login password '"+strings.ReplaceAll(password, "'", "''")+"'")
	return err
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

// ErrRole: the server was given a database role that row-level security does not hold.
var ErrRole = errors.New("unsafe database role")

// CheckRole refuses a role that is superuser, may bypass row-level security, or owns anything in the schema.
func (db *DB) CheckRole(ctx context.Context) error {
	var name string
	var super, bypass bool
	var owned int
	err := db.pool.QueryRow(ctx, `select current_user, r.rolsuper, r.rolbypassrls,
  (select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'app' and pg_has_role(current_user, c.relowner, 'usage'))
from pg_roles r where r.rolname = current_user`).Scan(&name, &super, &bypass, &owned)
	if err != nil {
		return err
	}
	if super || bypass || owned > 0 {
		return fmt.Errorf("%w: %s (superuser %t, bypasses row-level security %t, owns %d tables); sign the server in as %s", ErrRole, name, super, bypass, owned, WebRole)
	}
	return nil
}

// Ready tells whether the database answers and has the newest schema the binary knows (latest).
func (db *DB) Ready(ctx context.Context, latest int64) error {
	var have int64
	if err := db.pool.QueryRow(ctx, `select app.schema_version()`).Scan(&have); err != nil {
		return toFault(err)
	}
	if have < latest {
		return fmt.Errorf("schema is at %d, this binary needs %d: run `kuukausi migrate up`", have, latest)
	}
	return nil
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

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

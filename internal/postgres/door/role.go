package door

import (
	"context"
	"errors"
	"fmt"
)

// WebRole is the database role the server signs in as. It owns nothing.
const WebRole = "kuukausi_web"

// ErrRole: the server was given a database role that row-level security does not hold.
var ErrRole = errors.New("unsafe database role")

// CheckRole refuses a role that is superuser, may bypass row-level security, or owns anything in the schema.
func (db *DB) CheckRole(ctx context.Context) error {
	var name string
	var super, bypass bool
	var owned int
	err := db.pool.QueryRow(ctx, `select
  current_user,
  r.rolsuper,
  r.rolbypassrls,
  (
    select count(*)
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'app' and pg_has_role(current_user, c.relowner, 'usage'))
from pg_roles r
where r.rolname = current_user`).Scan(&name, &super, &bypass, &owned)
	if err != nil {
		return err
	}
	if super || bypass || owned > 0 {
		return fmt.Errorf(
			"%w: %s (superuser %t, bypasses row-level security %t, owns %d tables); sign the server in as %s",
			ErrRole,
			name,
			super,
			bypass,
			owned,
			WebRole,
		)
	}
	return nil
}

// Ready tells whether the database answers and has the newest schema the binary knows (latest).
func (db *DB) Ready(ctx context.Context, latest int64) error {
	var have int64
	if err := db.pool.QueryRow(ctx, `select app.schema_version()`).Scan(&have); err != nil {
		return ToFault(err)
	}
	if have < latest {
		return fmt.Errorf("schema is at %d, this binary needs %d: run `kuukausi migrate up`", have, latest)
	}
	return nil
}

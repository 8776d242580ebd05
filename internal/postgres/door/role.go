package door

import (
	"context"
	"errors"
	"fmt"
	"kuukausi/internal/fault"
	"time"
)

// WebRole is the database role the server signs in as. It owns nothing.
const WebRole = "kuukausi_web"

// ErrRole: the server was given a database role that row-level security does not hold.
var ErrRole = errors.New("unsafe database role")

// CheckRole refuses a role that is superuser, may bypass row-level security, owns anything in the schema, or can call what sets the
// context (internal/domain.md, ruling 44).
func (db *DB) CheckRole(ctx context.Context) error {
	var name string
	var super, bypass, sets bool
	var owned int
	err := db.pool.QueryRow(ctx, `select
  current_user,
  r.rolsuper,
  r.rolbypassrls,
  has_function_privilege(current_user, 'pg_catalog.set_config(text, text, boolean)', 'execute'),
  (
    select count(*)
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'app' and pg_has_role(current_user, c.relowner, 'usage'))
from pg_roles r
where r.rolname = current_user`).Scan(&name, &super, &bypass, &sets, &owned)
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
	if sets {
		return fmt.Errorf("%w: %s may call set_config and so name itself anybody; as a superuser of this database: "+
			"revoke execute on function pg_catalog.set_config from public; "+
			"grant execute on function pg_catalog.set_config to kuukausi_door", ErrRole, name)
	}
	return nil
}

// Sealed returns what was sealed when this database was first served, and keeps fresh as it when there is nothing yet: a key
// that cannot open it is not the key of this database.
func (db *DB) Sealed(ctx context.Context, fresh []byte) (sealed []byte, err error) {
	err = db.pool.QueryRow(ctx, `select app.seal_check(@fresh)`, Args{"fresh": fresh}).Scan(&sealed)
	return sealed, ToFault(err)
}

// sickFor is how long a full disk or a read-only database keeps a server from being called ready, unless a write goes well.
const sickFor = 30 * time.Second

// Ready tells whether the database answers within two seconds, has the schema the binary knows (latest) and no newer one,
// and stored the last write.
func (db *DB) Ready(ctx context.Context, latest int64) error {
	var have int64
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	if err := db.pool.QueryRow(ctx, `select app.schema_version()`).Scan(&have); err != nil {
		return ToFault(err)
	}
	if at := db.sick.Load(); at > 0 && time.Since(time.Unix(at, 0)) < sickFor {
		return errors.Join(fault.ErrUnavailable, errors.New("the last write was not stored"))
	}
	if have > latest {
		return fmt.Errorf("schema is at %d, this binary knows %d: a newer program made it", have, latest)
	}
	if have < latest {
		return fmt.Errorf("schema is at %d, this binary needs %d: run `kuukausi migrate up`", have, latest)
	}
	return nil
}

package door

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// Call calls one of the sign-in functions: they are the only statements that run without a door of their own, because
// there is no actor yet. Each is one statement, and reaches accounts and sessions only.
func Call[T any](ctx context.Context, db *DB, sql string, a Args) ([]T, error) {
	ctx, cancel := context.WithTimeout(ctx, db.cfg.Wait+commitWithin)
	defer cancel()
	rows, err := db.pool.Query(ctx, sql, a)
	if err != nil {
		return nil, ToFault(err)
	}
	out, err := pgx.CollectRows(rows, pgx.RowToStructByPos[T])
	return out, ToFault(err)
}

// Tell is Call for a function that answers nothing.
func Tell(ctx context.Context, db *DB, sql string, a Args) error {
	ctx, cancel := context.WithTimeout(ctx, db.cfg.Wait+commitWithin)
	defer cancel()
	_, err := db.pool.Exec(ctx, sql, a)
	return ToFault(err)
}

package door

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// Settle notes that something open is done, once: a second time is stale. lock reads what it belongs to, the case it is
// of (none, when it is a cohort's), its version and whether it is done; it answers what it belongs to.
func (db *DB) Settle(ctx context.Context, do access.Action, id uuid.UUID, form access.Form, lock, update string) (uuid.UUID, error) {
	type open struct {
		Of      uuid.UUID
		Cases   []uuid.UUID
		Version int
		Done    bool
	}
	var o open
	err := db.Write(ctx, Act{Do: do, Subject: id, Form: form,
		Ask:     func(b *pgx.Batch) { One(b, &o, lock, Args{"id": id}) },
		Found:   func() bool { return o.Of != uuid.Nil },
		Version: func() int { return o.Version },
		Decide: func(a access.Actor) (Change, error) {
			if o.Done {
				return Change{}, fault.ErrStale
			}
			return Change{Enrolments: o.Cases, Queue: func(b *pgx.Batch) { b.Queue(update, Args{"id": id, "now": a.Now, "by": a.ID}) }}, nil
		}})
	return o.Of, err
}

package postgres

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
	"kuukausi/internal/fault"
)

// addToCase stores something new of a case, which decide may refuse by the case's state; words, when not nil, gets the
// organisation's list.
func (db *DB) addToCase(ctx context.Context, do access.Action, id uuid.UUID, form access.Form, words *[]string, decide func(access.Actor, cohort.NoteCase) (func(*pgx.Batch), error)) error {
	var states []string
	return db.write(ctx, act{do: do, subject: id, form: form,
		ask: func(b *pgx.Batch) {
			values(b, &states, `select e.state from app.enrolment e where e.id = @enrolment`, args{"enrolment": id})
			if words != nil {
				values(b, words, qWords, nil)
			}
		},
		found: func() bool { return len(states) > 0 },
		decide: func(a access.Actor) (change, error) {
			c := cohort.NoteCase{State: states[0]}
			if words != nil {
				c.Words = *words
			}
			queue, err := decide(a, c)
			return change{enrolments: []uuid.UUID{id}, queue: queue}, err
		}})
}

// settle notes that something open is done, once: a second time is stale. lock reads what it belongs to, the case it is
// of (none, when it is a cohort's), its version and whether it is done; it answers what it belongs to.
func (db *DB) settle(ctx context.Context, do access.Action, id uuid.UUID, form access.Form, lock, update string) (uuid.UUID, error) {
	type open struct {
		Of      uuid.UUID
		Cases   []uuid.UUID
		Version int
		Done    bool
	}
	var o open
	err := db.write(ctx, act{do: do, subject: id, form: form,
		ask:     func(b *pgx.Batch) { one(b, &o, lock, args{"id": id}) },
		found:   func() bool { return o.Of != uuid.Nil },
		version: func() int { return o.Version },
		decide: func(a access.Actor) (change, error) {
			if o.Done {
				return change{}, fault.ErrStale
			}
			return change{enrolments: o.Cases, queue: func(b *pgx.Batch) { b.Queue(update, args{"id": id, "now": a.Now, "by": a.ID}) }}, nil
		}})
	return o.Of, err
}

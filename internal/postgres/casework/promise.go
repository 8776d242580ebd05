package casework

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/postgres/door"
)

// AddPromise stores something agreed about the person of a case.
func (db Store) AddPromise(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, casework.Case) (casework.NewPromise, error),
) error {
	var c casework.Case
	return db.Write(ctx, door.Act{Do: access.PromiseMake, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			door.One(b, &c, door.Case(door.NoGoals, "for update of e"), door.Args{"enrolment": id})
		},
		Found: func() bool { return c.ID == id },
		Decide: func(a access.Actor) (door.Change, error) {
			n, err := decide(a, c)
			return door.Change{Enrolments: []uuid.UUID{id}, Queue: func(b *pgx.Batch) {
				door.QueuePromise(b, a.OrgID, id, n.Body, n.Owner, n.DueOn)
			}}, err
		}})
}

// SettlePromise notes that a promise was kept, or takes that back.
func (db Store) SettlePromise(ctx context.Context, do access.Action, id uuid.UUID, form access.Form) error {
	settled, change := `o.done_at is not null`, `done_at = @now, done_by = @by`
	if do.Name == access.PromiseReopen.Name {
		settled, change = `o.done_at is null`, `done_at = null, done_by = null`
	}
	_, err := db.Settle(ctx, do, id, form, `select
  o.enrolment_id "of",
  array[o.enrolment_id] cases,
  o.version,
  `+settled+` done
from app.promise o
where o.id = @id
for update`,
		`update app.promise set `+change+`, version = version + 1 where id = @id`)
	return err
}

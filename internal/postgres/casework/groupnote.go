package casework

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/postgres/door"
)

const qRoster = `select e.id enrolment_id, p.first_name, p.last_name, e.state
from app.enrolment e
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
where e.cohort_id = @cohort %s
order by p.first_name collate "fi-x-icu", p.last_name collate "fi-x-icu", e.id
limit 200`

func queueRoster(b *pgx.Batch, id uuid.UUID, r *casework.Roster, states string) {
	a := door.Args{"cohort": id}
	door.One(b, &r.Head, door.Group, a)
	door.List(b, &r.People, door.Sqlf(qRoster, states), a)
}

// Roster is a cohort with its people, for a note to several.
func (db Store) Roster(ctx context.Context, id uuid.UUID) (casework.Roster, error) {
	var r casework.Roster
	err := db.Read(ctx, door.Question{
		Do:      access.RosterView,
		Subject: id,
		Scope:   door.ScopeCohort,
		Found:   func() bool { return r.Head.ID == id },
		Ask: func(b *pgx.Batch) {
			queueRoster(b, id, &r, "and "+door.Placed)
		},
	})
	return r, err
}

// AddGroupNote stores a note a person under one batch, which is the form's id.
func (db Store) AddGroupNote(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(casework.Roster) ([]casework.NewNote, error),
) error {
	var r casework.Roster
	return db.Write(ctx, door.Act{Do: access.GroupNoteAdd, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			queueRoster(b, id, &r, "") // also who has left meanwhile
			door.Values(b, &r.Words, qWords, nil)
		},
		Found: func() bool { return r.Head.ID == id },
		Decide: func(a access.Actor) (door.Change, error) {
			ns, err := decide(r)
			ch := door.Change{Queue: func(b *pgx.Batch) {
				for _, n := range ns {
					queueNote(b, a.OrgID, door.NewID(), form.ID, n)
				}
			}}
			for _, n := range ns {
				ch.Enrolments = append(ch.Enrolments, n.Enrolment)
			}
			return ch, err
		}})
}

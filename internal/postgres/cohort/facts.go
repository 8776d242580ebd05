package cohort

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
	"kuukausi/internal/participant"
	"kuukausi/internal/postgres/door"
)

var qFactsCorrected = `select ` + door.Corrections("c.cohort_id = @cohort")

// Facts are a cohort's name, place and first day, with what was corrected.
func (db Store) Facts(ctx context.Context, id uuid.UUID) (cohort.Facts, error) {
	var f cohort.Facts
	var kept struct{ Corrections []participant.Correction }
	err := db.Read(ctx, door.Question{
		Do:      access.FactsView,
		Subject: id,
		Scope:   door.ScopeCohort,
		Found:   func() bool { return f.Head.ID == id },
		Ask: func(b *pgx.Batch) {
			door.One(b, &f.Head, door.Group, door.Args{"cohort": id})
			door.One(b, &kept, qFactsCorrected, door.Args{"cohort": id})
		},
	})
	f.Corrections = kept.Corrections
	return f, err
}

// CorrectFacts stores a cohort's name and place, and what of it was corrected.
func (db Store) CorrectFacts(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, cohort.Facts) (cohort.FactsForm, []participant.Correction, error),
) error {
	var x cohort.Facts
	var held []uuid.UUID
	return db.Write(ctx, door.Act{Do: access.FactsCorrect, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			door.Values(b, &held, `select c.id from app.cohort c where c.id = @cohort for update`, door.Args{"cohort": id})
			door.One(b, &x.Head, door.Group, door.Args{"cohort": id})
		},
		Found:   func() bool { return len(held) > 0 && x.Head.ID == id },
		Version: func() int { return x.Head.Version },
		Decide: func(a access.Actor) (door.Change, error) {
			f, changed, err := decide(a, x)
			return door.Change{Queue: func(b *pgx.Batch) {
				b.Queue(`update app.cohort set name = @name, place = @place, version = version + 1 where id = @id`,
					door.Args{"name": f.Name, "place": f.Place, "id": id})
				for _, c := range changed {
					door.QueueCorrection(b, a.OrgID, "cohort_id", id, c.Field, c.Was, c.Now)
				}
			}}, err
		}})
}

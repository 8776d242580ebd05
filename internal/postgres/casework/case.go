package casework

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/postgres/door"
)

// Case is what a confirming page needs of a case.
func (db Store) Case(ctx context.Context, do access.Action, id uuid.UUID) (casework.Case, error) {
	var c casework.Case
	err := db.Read(ctx, door.Question{
		Do:      do,
		Subject: id,
		Scope:   door.ScopeEnrolment,
		Found:   func() bool { return c.ID == id },
		Ask: func(b *pgx.Batch) {
			door.One(b, &c, door.Case(door.NoGoals, ""), door.Args{"enrolment": id})
		},
	})
	return c, err
}

// changeCase locks an enrolment (and with place its cohort) and stores what decide says.
func (db Store) changeCase(
	ctx context.Context,
	do access.Action,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, casework.Case) (func(*pgx.Batch), error),
) error {
	return db.changeCaseSince(ctx, do, id, form, func(c casework.Case) int { return c.Version }, decide)
}

// changeCaseSince does so where the form is stale about something else than the case: the goal has two writers, one of
// whom may not touch the case.
func (db Store) changeCaseSince(
	ctx context.Context,
	do access.Action,
	id uuid.UUID,
	form access.Form,
	version func(casework.Case) int,
	decide func(access.Actor, casework.Case) (func(*pgx.Batch), error),
) error {
	var c casework.Case
	var places []int
	return db.Write(ctx, door.Act{Do: do, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			door.Values(b, &places, `select c.places_taken::int
from app.cohort c
where c.id = (select e.cohort_id from app.enrolment e where e.id = @enrolment)
for update`, door.Args{"enrolment": id})
			door.One(b, &c, door.Case(door.GoalCount, "for update of e"), door.Args{"enrolment": id})
		},
		Found:   func() bool { return c.ID == id },
		Version: func() int { return version(c) },
		Decide: func(a access.Actor) (door.Change, error) {
			queue, err := decide(a, c)
			return door.Change{Enrolments: []uuid.UUID{id}, Queue: queue}, err
		}})
}

// MoveEnrolment stores an enrolment's next state and frees or takes its place.
func (db Store) MoveEnrolment(
	ctx context.Context,
	do access.Action,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, casework.Case) (casework.EnrolmentMove, error),
) error {
	return db.changeCase(ctx, do, id, form, func(a access.Actor, c casework.Case) (func(*pgx.Batch), error) {
		m, err := decide(a, c)
		return func(b *pgx.Batch) {
			b.Queue(`update app.enrolment
set
  state = @state,
  version = version + 1,
  closed_at = case when @closes then @now::timestamptz else closed_at end
where id = @id`, door.Args{"state": m.To, "closes": m.Closes, "now": a.Now, "id": id})
			b.Queue(`insert into app.enrolment_state (org_id, id, enrolment_id, state, reason)
values (@org, @id, @enrolment, @state, @reason)`,
				door.Args{"org": a.OrgID, "id": door.NewID(), "enrolment": id, "state": m.To, "reason": m.Reason})
			if m.Closes && c.CohortID == nil {
				b.Queue(`select app.case_ends(@id)`, door.Args{"id": id})
			}
			if (m.PlaceChange != 0 || m.OfferEnds) && c.CohortID != nil {
				b.Queue(`update app.cohort
set
  places_taken = places_taken + @n,
  places_offered = places_offered - case when @offered then 1 else 0 end
where id = @id`, door.Args{"n": m.PlaceChange, "offered": m.OfferEnds, "id": *c.CohortID})
			}
		}, err
	})
}

// Interrupt stores the authority's decision; the function behind it ends the case, which an expert does not write to.
func (db Store) Interrupt(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, casework.Case) (casework.Interruption, error),
) error {
	var c casework.Case
	return db.Write(ctx, door.Act{Do: access.InterruptionMake, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			door.One(b, &c, door.Case(door.NoGoals, ""), door.Args{"enrolment": id})
		},
		Found:   func() bool { return c.ID == id },
		Version: func() int { return c.Version },
		Decide: func(a access.Actor) (door.Change, error) {
			x, err := decide(a, c)
			return door.Change{Enrolments: []uuid.UUID{id}, Queue: func(b *pgx.Batch) {
				b.Queue(`select app.interrupt(@id, @enrolment, @seen, @ground, @on, @reference, @body)`, door.Args{
					"id": form.ID, "enrolment": id, "seen": c.Version, "ground": x.Ground, "on": x.DecidedOn, "reference": x.Reference, "body": x.Body,
				})
			}}, err
		}})
}

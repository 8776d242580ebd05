package recruitment

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/recruitment"
)

// Who waits for a place of @cohort, in order; a person with a place offered stays in the list.
const qWaiting = `select
  e.id,
  p.first_name,
  p.last_name,
  p.municipality,
  p.phone,
  e.state,
  coalesce(e.queue_number, 0)::int "number",
  e.answer_by,
  e.created_at since,
  e.version,
  ` + door.ExpertOf + `
from app.enrolment e
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
where e.cohort_id = @cohort and e.state in ('referred', 'invited')
order by e.queue_number, e.created_at, e.id
limit 200`

// Who was asked, or waited, and did not come.
const qGone = `select e.id, p.first_name, p.last_name, e.closed_at "on"
from app.enrolment e join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
where e.cohort_id = @cohort and e.state = 'not_started' and e.closed_at is not null
order by e.closed_at desc
limit 100`

// Waiting is a cohort's waiting list.
func (db Store) Waiting(ctx context.Context, id uuid.UUID) (recruitment.Waiting, error) {
	var w recruitment.Waiting
	var next struct {
		First  *uuid.UUID
		Closed []time.Time
	}
	err := db.Read(ctx, door.Question{
		Do:      access.WaitingView,
		Subject: id,
		Scope:   door.ScopeCohort,
		Found:   func() bool { return w.Head.ID == id },
		Ask: func(b *pgx.Batch) {
			door.One(b, &w.Head, qJoining, door.Args{"cohort": id})
			door.List(b, &w.People, qWaiting, door.Args{"cohort": id})
			door.One(b, &next, `select
  app.queue_first(@cohort) "first",
  coalesce((select array_agg(d.day) from app.closed_day d where d.day >= `+door.Today+`), '{}') closed`, door.Args{"cohort": id})
			door.List(b, &w.Gone, qGone, door.Args{"cohort": id})
		},
	})
	if w.Closed = next.Closed; next.First != nil {
		w.First = *next.First
	}
	return w, err
}

// OfferPlace stores that a place is held for somebody; the cohort's row is locked, so that one place is held for one.
// It answers in which cohort.
func (db Store) OfferPlace(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, recruitment.Waiting) (answerBy time.Time, err error),
) (uuid.UUID, error) {
	var w recruitment.Waiting
	of := `(select e.cohort_id from app.enrolment e where e.id = @enrolment)`
	a := door.Args{"enrolment": id}
	var first []uuid.UUID
	mine := func() *recruitment.WaitingPerson {
		for i := range w.People {
			if w.People[i].ID == id {
				return &w.People[i]
			}
		}
		return nil
	}
	err := db.Write(ctx, door.Act{Do: access.PlaceOffer, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			door.One(b, &w.Head, withCohort(qJoining, of)+"for update of c", a)
			door.List(b, &w.People, withCohort(qWaiting, of), a)
			door.Values(b, &first, `select f from app.queue_first(`+of+`) f where f is not null`, a)
		},
		Found:   func() bool { return mine() != nil },
		Version: func() int { return mine().Version },
		Decide: func(actor access.Actor) (door.Change, error) {
			if len(first) > 0 {
				w.First = first[0]
			}
			answerBy, err := decide(actor, w)
			return door.Change{Enrolments: []uuid.UUID{id}, Queue: func(b *pgx.Batch) {
				b.Queue(
					`update app.enrolment set state = 'invited', answer_by = @by, version = version + 1 where id = @id`,
					door.Args{"by": answerBy, "id": id},
				)
				b.Queue(`update app.cohort set places_offered = places_offered + 1 where id = @id`, door.Args{"id": w.Head.ID})
				b.Queue(`insert into app.enrolment_state (org_id, id, enrolment_id, state)
values (@org, @id, @enrolment, 'invited')`, door.Args{"org": actor.OrgID, "id": door.NewID(), "enrolment": id})
			}}, err
		}})
	return w.Head.ID, err
}

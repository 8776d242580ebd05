package review

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/review"
	"kuukausi/internal/schedule"
)

// Book stores a review with its first version; its id is the form's.
func (db Store) Book(
	ctx context.Context,
	enrolment uuid.UUID,
	form access.Form,
	want review.Booking,
	decide func(access.Actor, review.Gathered) (review.Booking, error),
) error {
	var g []review.Gathered
	var locked []uuid.UUID
	var closed []time.Time
	var clashes []string
	return db.Write(ctx, door.Act{Do: access.ReviewBook, Subject: form.ID, Form: form,
		Ask: func(b *pgx.Batch) {
			door.Values(b, &locked, `select id from app.enrolment where id = @enrolment for update`, door.Args{"enrolment": enrolment})
			door.List(b, &g, qGathered, door.Args{"enrolment": enrolment, "marks": cohort.TakingPart()})
			door.Values(b, &closed, door.Closed, nil)
			queueClashes(b, &clashes, "@enrolment", door.Args{"enrolment": enrolment}, want)
		},
		About: enrolment,
		Found: func() bool { return len(locked) > 0 && len(g) > 0 },
		Decide: func(a access.Actor) (door.Change, error) {
			g[0].Closed, g[0].Clashes = closed, clashes
			k, err := decide(a, g[0])
			return door.Change{Enrolments: []uuid.UUID{enrolment}, Queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.review (org_id, id, enrolment_id, meets_on, meets_at, place, number)
values (@org, @id, @enrolment, @on, @at, @place, 1)`,
					door.Args{"org": a.OrgID, "id": form.ID, "enrolment": enrolment, "on": k.MeetsOn, "at": k.MeetsAt, "place": k.Place})
				b.Queue(qAddVersion, door.Args{
					"org":       a.OrgID,
					"review":    form.ID,
					"number":    1,
					"enrolment": enrolment,
					"body":      k.Body,
					"hash":      k.Body.Hash(g[0].Shape.Headings, form.ID, 1),
					"lang":      g[0].Lang,
				})
			}}, err
		}})
}

// queueClashes asks what a wanted time touches; enrolment is an expression of a.
func queueClashes(b *pgx.Batch, clashes *[]string, enrolment string, a door.Args, want review.Booking) {
	a["on"], a["at"], a["until"], a["place"] = door.OrNoDay(want.MeetsOn), want.MeetsAt, want.MeetsAt+schedule.ReviewMinutes, want.Place
	door.Values(b, clashes, `select c from app.review_clashes(`+enrolment+`, @on, @at, @until, @place) c`, a)
}

// Rebook stores another time or place of a review's meeting.
func (db Store) Rebook(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	want review.Booking,
	decide func(access.Actor, review.Review, []time.Time, []string) (review.Booking, error),
) error {
	var r review.Review
	var locked []uuid.UUID
	var closed []time.Time
	var clashes []string
	return db.Write(ctx, door.Act{Do: access.ReviewMove, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			door.Values(b, &locked, `select id from app.review where id = @review for update`, door.Args{"review": id})
			queueReview(b, id, &r)
			door.Values(b, &closed, door.Closed, nil)
			queueClashes(b, &clashes, "(select r.enrolment_id from app.review r where r.id = @review)", door.Args{"review": id}, want)
		},
		Found:   func() bool { return r.ID == id },
		Version: func() int { return r.Version },
		Decide: func(a access.Actor) (door.Change, error) {
			k, err := decide(a, r, closed, clashes)
			return door.Change{Enrolments: []uuid.UUID{r.EnrolmentID}, Queue: func(b *pgx.Batch) {
				b.Queue(`update app.review
set
  meets_on = @on,
  meets_at = @at,
  place = @place,
  version = version + 1
where id = @id`, door.Args{"on": k.MeetsOn, "at": k.MeetsAt, "place": k.Place, "id": id})
				was := review.Booking{MeetsOn: r.MeetsOn, MeetsAt: r.MeetsAt, Place: r.Place}
				door.QueueCorrection(b, a.OrgID, "enrolment_id", r.EnrolmentID, "review", was.String(), k.String())
			}}, err
		}})
}

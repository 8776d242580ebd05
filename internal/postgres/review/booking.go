package review

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/review"
	"kuukausi/internal/schedule"
)

// Book stores reviews with their first versions. A single one has the form's id.
func (db Store) Book(
	ctx context.Context,
	about uuid.UUID,
	form access.Form,
	want []review.Booking,
	decide func(access.Actor, []review.Gathered) ([]review.Booking, error),
) error {
	var g []review.Gathered
	var known []uuid.UUID
	var closed []time.Time
	var people []uuid.UUID
	for _, b := range want {
		people = append(people, b.Enrolment)
	}
	clashes := make([][]string, len(want))
	return db.Write(ctx, door.Act{Do: access.ReviewBook, Subject: form.ID, Form: form,
		Ask: func(b *pgx.Batch) {
			a := door.Args{"people": people, "about": about}
			b.Queue(`select id from app.enrolment where id = any(@people) order by id for update`, a)
			door.Values(b, &known, `select id from app.enrolment where id = @about
union all
select id from app.cohort where id = @about`, a)
			door.List(b, &g, qGathered, door.Args{"people": people, "marks": cohort.TakingPart()})
			door.Values(b, &closed, door.Closed, nil)
			for _, i := range byDay(want) { // each day is locked once asked about: always in the same order
				queueClashes(b, &clashes[i], "@enrolment", door.Args{"enrolment": want[i].Enrolment}, want[i])
			}
		},
		About: about,
		Found: func() bool { return len(known) > 0 },
		Decide: func(a access.Actor) (door.Change, error) {
			for i := range g {
				g[i].Closed = closed
				for k, w := range want {
					if w.Enrolment == g[i].EnrolmentID {
						g[i].Clashes = clashes[k]
					}
				}
			}
			all, err := decide(a, g)
			return door.Change{Enrolments: people, Queue: func(b *pgx.Batch) {
				for _, k := range all {
					queueReviewMade(b, a.OrgID, k, g)
				}
			}}, err
		}})
}

// byDay are the places of bookings, the earliest day first.
func byDay(want []review.Booking) []int {
	out := make([]int, len(want))
	for i := range out {
		out[i] = i
	}
	slices.SortStableFunc(out, func(a, b int) int { return want[a].MeetsOn.Compare(want[b].MeetsOn) })
	return out
}

// queueReviewMade stores one review with what was gathered about the person.
func queueReviewMade(b *pgx.Batch, org uuid.UUID, k review.Booking, all []review.Gathered) {
	if k.ID == uuid.Nil {
		k.ID = door.NewID()
	}
	for _, g := range all {
		if g.EnrolmentID != k.Enrolment {
			continue
		}
		b.Queue(`insert into app.review (org_id, id, enrolment_id, meets_on, meets_at, place, number)
values (@org, @id, @enrolment, @on, @at, @place, 1)`,
			door.Args{"org": org, "id": k.ID, "enrolment": k.Enrolment, "on": k.MeetsOn, "at": k.MeetsAt, "place": k.Place})
		b.Queue(qAddVersion, door.Args{
			"org":       org,
			"review":    k.ID,
			"number":    1,
			"enrolment": k.Enrolment,
			"body":      k.Body,
			"hash":      k.Body.Hash(g.Shape.Headings, k.ID, 1),
			"lang":      g.Lang,
		})
	}
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

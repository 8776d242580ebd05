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
)

const qAddVersion = `insert into app.review_version (org_id, review_id, number, enrolment_id, body, hash, lang)
values (@org, @review, @number, @enrolment, @body, @hash, @lang)`

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
			door.Values(b, &clashes, `select c from app.review_clashes(@enrolment, @on, @at, @until, @place) c`, door.Args{
				"enrolment": enrolment, "on": door.OrNoDay(want.MeetsOn), "at": want.MeetsAt, "until": want.MeetsAt + review.Minutes,
				"place": want.Place,
			})
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

// WriteText stores a new version of the text.
func (db Store) WriteText(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, review.Review) (review.Body, error),
) error {
	return db.changeReview(ctx, access.ReviewWrite, id, form, "update", func(a access.Actor, r review.Review) (func(*pgx.Batch), error) {
		body, err := decide(a, r)
		return func(b *pgx.Batch) {
			n := r.Number + 1
			b.Queue(qAddVersion, door.Args{
				"org":       a.OrgID,
				"review":    id,
				"number":    n,
				"enrolment": r.EnrolmentID,
				"body":      body,
				"hash":      body.Hash(r.Shape.Headings, id, n),
				"lang":      a.Lang,
			})
			b.Queue(`update app.review set number = @number, version = version + 1 where id = @id`, door.Args{"number": n, "id": id})
		}, err
	})
}

// Approve adds the participant's word on the transfer.
func (db Store) Approve(
	ctx context.Context,
	do access.Action,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, review.Review) (review.Approval, error),
) error {
	return db.changeReview(ctx, do, id, form, "", func(a access.Actor, r review.Review) (func(*pgx.Batch), error) {
		p, err := decide(a, r)
		return func(b *pgx.Batch) {
			b.Queue(
				`insert into app.transfer_approval (org_id, id, review_id, enrolment_id, approved, objection, how)
values (@org, @id, @review, @enrolment, @approved, @objection, @how)`,
				door.Args{
					"org":       a.OrgID,
					"id":        form.ID,
					"review":    id,
					"enrolment": r.EnrolmentID,
					"approved":  p.Approved,
					"objection": p.Objection,
					"how":       p.How,
				},
			)
		}, err
	})
}

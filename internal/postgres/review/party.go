package review

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/review"
)

// MoveReview stores a review's next state.
func (db Store) MoveReview(
	ctx context.Context,
	do access.Action,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, review.Review) (review.State, error),
) error {
	return db.changeReview(ctx, do, id, form, "update", func(a access.Actor, r review.Review) (func(*pgx.Batch), error) {
		state, err := decide(a, r)
		return func(b *pgx.Batch) {
			if state == r.State {
				return
			}
			b.Queue(`update app.review set state = @state, version = version + 1 where id = @id`, door.Args{"state": state, "id": id})
		}, err
	})
}

// Acknowledge adds a party's acknowledgement of the present version.
func (db Store) Acknowledge(
	ctx context.Context,
	do access.Action,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, review.Review) (review.Acknowledgement, error),
) error {
	return db.changeReview(ctx, do, id, form, "", func(a access.Actor, r review.Review) (func(*pgx.Batch), error) {
		k, err := decide(a, r)
		return func(b *pgx.Batch) {
			b.Queue(
				`insert into app.review_acknowledgement (org_id, id, review_id, enrolment_id, number, party, how, hash)
values (@org, @id, @review, @enrolment, @number, @party, @how, @hash)`,
				door.Args{
					"org":       a.OrgID,
					"id":        form.ID,
					"review":    id,
					"enrolment": r.EnrolmentID,
					"number":    k.Number,
					"party":     k.Party,
					"how":       k.How,
					"hash":      r.Hash,
				},
			)
		}, err
	})
}

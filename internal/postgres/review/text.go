package review

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/review"
)

const qAddVersion = `insert into app.review_version (org_id, review_id, number, enrolment_id, body, hash, lang)
values (@org, @review, @number, @enrolment, @body, @hash, @lang)`

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

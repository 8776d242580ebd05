package review

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/review"
)

// Decide adds the expert's notes of decisions.
func (db Store) Decide(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, review.Review) ([]review.Decision, error),
) error {
	return db.changeReview(ctx, access.DecisionRecord, id, form, "", func(a access.Actor, r review.Review) (func(*pgx.Batch), error) {
		ds, err := decide(a, r)
		return func(b *pgx.Batch) {
			for _, d := range ds {
				b.Queue(
					`insert into app.decision (
  org_id, id, review_id, enrolment_id, kind, starts_on, ends_on, decided_on, grounds, reference)
values (@org, @id, @review, @enrolment, @kind, @starts, @ends, @on, @grounds, @reference)`,
					door.Args{
						"org":       a.OrgID,
						"id":        door.NewID(),
						"review":    id,
						"enrolment": r.EnrolmentID,
						"kind":      d.Kind,
						"starts":    d.StartsOn,
						"ends":      d.EndsOn,
						"on":        d.DecidedOn,
						"grounds":   d.Grounds,
						"reference": d.Reference,
					},
				)
			}
		}, err
	})
}

// WithdrawDecision notes that a decision was noted wrongly, and why.
func (db Store) WithdrawDecision(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decision uuid.UUID,
	decide func(access.Actor, review.Review) (string, error),
) error {
	return db.changeReview(ctx, access.DecisionWithdraw, id, form, "", func(a access.Actor, r review.Review) (func(*pgx.Batch), error) {
		grounds, err := decide(a, r)
		return func(b *pgx.Batch) {
			b.Queue(`insert into app.decision_withdrawal (org_id, decision_id, enrolment_id, grounds)
values (@org, @decision, @enrolment, @grounds)`,
				door.Args{"org": a.OrgID, "decision": decision, "enrolment": r.EnrolmentID, "grounds": grounds})
		}, err
	})
}

// RecordOutcome adds an outcome to the case.
func (db Store) RecordOutcome(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, review.Review) (review.Outcome, error),
) error {
	return db.changeReview(ctx, access.OutcomeRecord, id, form, "update", func(a access.Actor, r review.Review) (func(*pgx.Batch), error) {
		o, err := decide(a, r)
		return func(b *pgx.Batch) {
			b.Queue(`insert into app.outcome (org_id, id, enrolment_id, kind, on_day, evidence)
values (@org, @id, @enrolment, @kind, @on, @evidence)`,
				door.Args{"org": a.OrgID, "id": form.ID, "enrolment": r.EnrolmentID, "kind": o.Kind, "on": o.On, "evidence": o.Evidence})
		}, err
	})
}

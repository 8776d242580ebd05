package placement

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/placement"
	"kuukausi/internal/postgres/door"
)

// AddAssessment stores the organiser's closing assessment.
func (db Store) AddAssessment(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, placement.Trial) (placement.Assessment, error),
) error {
	return db.changeTrial(ctx, access.AssessmentAdd, id, form, nil, func(a access.Actor, t placement.Trial) (func(*pgx.Batch), error) {
		x, err := decide(a, t)
		return func(b *pgx.Batch) {
			b.Queue(
				`insert into app.organiser_assessment (
  org_id, trial_id, enrolment_id, number, suitability, skills, given_by, given_on, how)
select
  @org,
  @trial,
  @enrolment,
  coalesce((select max(o.number) from app.organiser_assessment o where o.trial_id = @trial), 0) + 1,
  @suitability,
  @skills,
  @who,
  @on,
  @how`,
				door.Args{
					"org":         a.OrgID,
					"trial":       id,
					"enrolment":   t.Case.EnrolmentID,
					"suitability": x.Suitability,
					"skills":      x.Skills,
					"who":         x.GivenBy,
					"on":          x.GivenOn,
					"how":         x.How,
				},
			)
		}, err
	})
}

// AddWaiver stores the expert's grounds for closing without an assessment.
func (db Store) AddWaiver(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, placement.Trial) (string, error),
) error {
	return db.changeTrial(ctx, access.AssessmentWaive, id, form, nil, func(a access.Actor, t placement.Trial) (func(*pgx.Batch), error) {
		grounds, err := decide(a, t)
		return func(b *pgx.Batch) {
			b.Queue(`insert into app.assessment_waiver (org_id, trial_id, enrolment_id, grounds)
values (@org, @trial, @enrolment, @grounds)`,
				door.Args{"org": a.OrgID, "trial": id, "enrolment": t.Case.EnrolmentID, "grounds": grounds})
		}, err
	})
}

// StoreComment stores the participant's word on the assessment of their own trial.
func (db Store) StoreComment(ctx context.Context, id uuid.UUID, form access.Form, decide func(access.Actor) (string, error)) error {
	type row struct {
		EnrolmentID     uuid.UUID
		Version, Number int
	}
	var h []row
	return db.Write(ctx, door.Act{Do: access.AssessmentComment, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			door.List(b, &h, `select enrolment_id, version, number::int
from app.organiser_assessment
where trial_id = @id
order by number desc
limit 1
for update`, door.Args{"id": id})
		},
		Found: func() bool { return len(h) > 0 },
		Decide: func(a access.Actor) (door.Change, error) {
			if form.Version != h[0].Version {
				return door.Change{}, fault.ErrStale
			}
			text, err := decide(a)
			return door.Change{Enrolments: []uuid.UUID{h[0].EnrolmentID}, Queue: func(b *pgx.Batch) {
				b.Queue(`update app.organiser_assessment
set comment = @text, commented_at = @now, version = version + 1
where trial_id = @id and number = @number`, door.Args{"text": text, "now": a.Now, "id": id, "number": h[0].Number})
			}}, err
		}})
}

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

// AddEvidence stores what was before, or elsewhere.
func (db Store) AddEvidence(
	ctx context.Context,
	enrolment uuid.UUID,
	form access.Form,
	decide func(access.Actor) (placement.EvidenceForm, error),
) error {
	var found []uuid.UUID
	return db.Write(ctx, door.Act{Do: access.EvidenceAdd, Subject: enrolment, Form: form,
		Ask: func(b *pgx.Batch) {
			door.Values(b, &found, `select id from app.enrolment where id = @enrolment`, door.Args{"enrolment": enrolment})
		},
		Found: func() bool { return len(found) > 0 },
		Decide: func(a access.Actor) (door.Change, error) {
			f, err := decide(a)
			return door.Change{Enrolments: []uuid.UUID{enrolment}, Queue: func(b *pgx.Batch) {
				b.Queue(
					`insert into app.trial_evidence (org_id, id, enrolment_id, kind, organiser, from_on, until_on, source, evidence)
values (@org, @id, @enrolment, @kind, @organiser, @from, @until, @source, @evidence)`,
					door.Args{
						"org":       a.OrgID,
						"id":        form.ID,
						"enrolment": enrolment,
						"kind":      f.Kind,
						"organiser": f.Organiser,
						"from":      f.From,
						"until":     door.OrNoDay(f.Until),
						"source":    f.Source,
						"evidence":  f.Evidence,
					},
				)
			}}, err
		}})
}

// EndEvidence stores that evidence was entered by mistake; it answers of which case.
func (db Store) EndEvidence(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor) (string, error),
) (uuid.UUID, error) {
	type row struct {
		EnrolmentID uuid.UUID
		Done        bool
	}
	var h row
	err := db.Write(ctx, door.Act{Do: access.EvidenceDrop, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			door.One(
				b,
				&h,
				`select enrolment_id, withdrawn_at is not null done from app.trial_evidence where id = @id for update`,
				door.Args{"id": id},
			)
		},
		Found: func() bool { return h.EnrolmentID != uuid.Nil },
		Decide: func(a access.Actor) (door.Change, error) {
			if h.Done {
				return door.Change{}, fault.ErrStale
			}
			why, err := decide(a)
			return door.Change{Enrolments: []uuid.UUID{h.EnrolmentID}, Queue: func(b *pgx.Batch) {
				b.Queue(
					`update app.trial_evidence set withdrawn_at = @now, withdrawn_why = @why where id = @id`,
					door.Args{"now": a.Now, "why": why, "id": id},
				)
			}}, err
		}})
	return h.EnrolmentID, err
}

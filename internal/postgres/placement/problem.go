package placement

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/placement"
	"kuukausi/internal/postgres/door"
)

// AddProblem stores a problem at a site. Whoever reports it may see the trial; they do not have to be allowed to change it.
func (db Store) AddProblem(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(a access.Actor, state placement.State, closed []time.Time) (placement.Problem, error),
) error {
	type row struct {
		EnrolmentID uuid.UUID
		State       placement.State
	}
	var found []row
	var closed []time.Time
	return db.Write(ctx, door.Act{Do: access.ProblemReport, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			door.List(b, &found, `select enrolment_id, state from app.trial where id = @trial`, door.Args{"trial": id})
			door.Values(b, &closed, door.Closed, nil)
		},
		Found: func() bool { return len(found) > 0 },
		Decide: func(a access.Actor) (door.Change, error) {
			p, err := decide(a, found[0].State, closed)
			return door.Change{Enrolments: []uuid.UUID{found[0].EnrolmentID}, Queue: func(b *pgx.Batch) {
				b.Queue(
					`insert into app.trial_problem (org_id, id, trial_id, enrolment_id, category, body, told_by, act_by)
values (@org, @id, @trial, @enrolment, @category, @body, @told, @by)`,
					door.Args{
						"org":       a.OrgID,
						"id":        form.ID,
						"trial":     id,
						"enrolment": found[0].EnrolmentID,
						"category":  p.Category,
						"body":      p.Body,
						"told":      p.ToldBy,
						"by":        p.ActBy,
					},
				)
			}}, err
		}})
}

// SettleProblem stores what was done about a problem; it answers of which trial.
func (db Store) SettleProblem(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, placement.Problem) (string, error),
) (uuid.UUID, error) {
	type row struct {
		TrialID, EnrolmentID uuid.UUID
		ActedOn              *time.Time
		Version              int
	}
	var h row
	err := db.Write(ctx, door.Act{Do: access.ProblemAct, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			b.Queue(
				`select from app.trial_problem where id = @id for update`,
				door.Args{"id": id},
			) // passes over what the role may not change, and must still see
			door.One(b, &h, `select trial_id, enrolment_id, acted_on, version from app.trial_problem where id = @id`, door.Args{"id": id})
		},
		Found:   func() bool { return h.TrialID != uuid.Nil },
		Version: func() int { return h.Version },
		Decide: func(a access.Actor) (door.Change, error) {
			text, err := decide(a, placement.Problem{ActedOn: h.ActedOn})
			return door.Change{Enrolments: []uuid.UUID{h.EnrolmentID}, Queue: func(b *pgx.Batch) {
				b.Queue(`update app.trial_problem
set
  acted = @text,
  acted_on = @today,
  acted_by = @me,
  version = version + 1
where id = @id`, door.Args{"text": text, "today": a.Today(), "me": a.ID, "id": id})
			}}, err
		}})
	return h.TrialID, err
}

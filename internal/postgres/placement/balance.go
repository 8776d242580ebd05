package placement

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/placement"
	"kuukausi/internal/postgres/door"
)

// TrialBalance is what a person has used of the six months in total.
func (db Store) TrialBalance(ctx context.Context, enrolment uuid.UUID) (placement.Plan, error) {
	var p placement.Plan
	return p, db.Read(ctx, door.Question{
		Do:      access.BalanceView,
		Subject: enrolment,
		Scope:   door.ScopeEnrolment,
		Found:   func() bool { return p.Case.EnrolmentID == enrolment },
		Ask: func(b *pgx.Batch) {
			a := door.Args{"enrolment": enrolment}
			door.One(b, &p.Case, door.Sqlf(door.TrialCase, "@enrolment"), a)
			door.List(b, &p.Earlier, door.Sqlf(qEarlier, "@enrolment"), a)
			door.List(b, &p.Law, door.Law, nil)
		},
	})
}

// What a person did before, for the six months in total: trials of all their cases, and evidence of what was elsewhere,
// counted past what one may see (internal/domain.md, ruling 8).
const qEarlier = `select
  b.id,
  b.site_name,
  b.state,
  b.starts_on,
  b.ends_on,
  b.source,
  b.evidence,
  b."by"
from app.trials_of_person(%s) b
order by b.starts_on`

package cohort

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
	"kuukausi/internal/postgres/door"
)

// Details is the cohort's page of facts.
func (db Store) Details(ctx context.Context, id uuid.UUID) (cohort.Details, error) {
	var d cohort.Details
	err := db.Read(ctx, door.Question{
		Do:      access.CohortView,
		Subject: id,
		Scope:   door.ScopeCohort,
		Found:   func() bool { return d.Head.ID == id },
		Ask: func(b *pgx.Batch) {
			door.One(b, &d.Head, door.Group, door.Args{"cohort": id})
			door.List(b, &d.Duties, door.Q(`select
  d.kind,
  m.name,
  d.user_id = (select nullif(current_setting('app.actor', true), '')::uuid) own
from app.cohort_duty d
join app.membership m on m.org_id = d.org_id and m.id = d.user_id
where d.cohort_id = @cohort
  and d.valid_from <= {now}
  and d.valid_until > {now}
order by d.kind, m.name
limit 50`), door.Args{"cohort": id})
			door.List(
				b,
				&d.Meetings,
				door.Sqlf(door.Meeting, "m.cohort_id = @cohort")+" order by m.held_on, m.half limit 1000",
				door.Args{"cohort": id},
			)
			door.One(b, &d.Where, door.Where, door.Args{"cohort": id, "meeting": nil})
		},
	})
	return d, err
}

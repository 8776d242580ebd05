package placement

import (
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/placement"
	"kuukausi/internal/postgres/door"
)

// queueCheckins stores planned contacts of a trial.
func queueCheckins(b *pgx.Batch, org, trial, enrolment uuid.UUID, all []placement.Checkin) {
	for _, k := range all {
		b.Queue(`insert into app.trial_checkin (org_id, id, trial_id, enrolment_id, code, due_on)
values (@org, @id, @trial, @enrolment, @code, @due)`,
			door.Args{"org": org, "id": k.ID, "trial": trial, "enrolment": enrolment, "code": k.Code, "due": k.DueOn})
	}
}

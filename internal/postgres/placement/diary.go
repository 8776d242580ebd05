package placement

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/placement"
	"kuukausi/internal/postgres/door"
)

// AddDiary stores a day of a participant's own diary.
func (db Store) AddDiary(
	ctx context.Context,
	trial uuid.UUID,
	form access.Form,
	decide func(a access.Actor, state placement.State) (placement.DiaryDay, error),
) error {
	type row struct {
		EnrolmentID uuid.UUID
		State       placement.State
	}
	var h []row
	return db.Write(ctx, door.Act{Do: access.DiaryWrite, Subject: trial, Form: form,
		Ask: func(b *pgx.Batch) {
			door.List(b, &h, `select enrolment_id, state from app.trial where id = @id`, door.Args{"id": trial})
		},
		Found: func() bool { return len(h) > 0 },
		Decide: func(a access.Actor) (door.Change, error) {
			d, err := decide(a, h[0].State)
			return door.Change{Enrolments: []uuid.UUID{h[0].EnrolmentID}, Queue: func(b *pgx.Batch) {
				b.Queue(
					`insert into app.trial_diary (org_id, id, trial_id, enrolment_id, on_day, mood, body, shared, topic)
values (@org, @id, @trial, @enrolment, @on, @mood, @body, @shared, @topic)`,
					door.Args{
						"org":       a.OrgID,
						"id":        form.ID,
						"trial":     trial,
						"enrolment": h[0].EnrolmentID,
						"on":        d.OnDay,
						"mood":      d.Mood,
						"body":      d.Body,
						"shared":    d.Shared,
						"topic":     d.Topic,
					},
				)
			}}, err
		}})
}

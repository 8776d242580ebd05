package schedule

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/schedule"
)

var qAllHalfDays = qHalfDays + `from app.cohort c
join app.meeting n on n.org_id = c.org_id and n.cohort_id = c.id
where c.id = @cohort
order by n.day, n.half
limit 1000`

func queueFirstDay(b *pgx.Batch, id uuid.UUID, f *schedule.FirstDay) {
	a := door.Args{"cohort": id}
	door.One(b, &f.Head, door.Group, a)
	door.List(b, &f.Meetings, qAllHalfDays, a)
	door.List(b, &f.Engaged, qEngagedOf("c.id = @cohort"), door.Args{"cohort": id, "review": schedule.ReviewMinutes})
	door.Values(b, &f.Closed, door.Closed, nil)
}

// FirstDay is a cohort with every half-day.
func (db Store) FirstDay(ctx context.Context, id uuid.UUID) (schedule.FirstDay, error) {
	var f schedule.FirstDay
	err := db.Read(ctx, door.Question{
		Do:      access.FactsView,
		Subject: id,
		Scope:   door.ScopeCohort,
		Found:   func() bool { return f.Head.ID == id },
		Ask:     func(b *pgx.Batch) { queueFirstDay(b, id, &f) },
	})
	return f, err
}

// LayAnew stores the days of a month that begins on another day: of its half-days, its people and its staff.
func (db Store) LayAnew(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(schedule.FirstDay) ([]schedule.Change, schedule.Span, error),
) error {
	var f schedule.FirstDay
	var held []uuid.UUID
	return db.Write(ctx, door.Act{Do: access.FirstDayMove, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			door.Values(b, &held, `select c.id from app.cohort c where c.id = @cohort for update`, door.Args{"cohort": id})
			queueFirstDay(b, id, &f)
		},
		Found:   func() bool { return len(held) > 0 && f.Head.ID == id },
		Version: func() int { return f.Head.Version },
		Decide: func(a access.Actor) (door.Change, error) {
			changes, span, err := decide(f)
			return door.Change{Queue: func(b *pgx.Batch) {
				queueDates(b, changes)
				of := door.Args{"cohort": id, "start": span.From, "end": span.Until}
				b.Queue(`select app.cases_span(@cohort, @start, @end)`, of)
				b.Queue(`update app.cohort set starts_on = @start, ends_on = @end, version = version + 1 where id = @cohort`, of)
				b.Queue(`select app.cohort_ends(@cohort)`, door.Args{"cohort": id})
				door.QueueCorrection(
					b, a.OrgID, "cohort_id", id, "starts_on", f.Head.StartsOn.Format(time.DateOnly), span.From.Format(time.DateOnly),
				)
			}}, err
		}})
}

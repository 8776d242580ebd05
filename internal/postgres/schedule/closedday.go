package schedule

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/schedule"
)

// ClosedDays are those of this year and the ones to come.
func (db Store) ClosedDays(ctx context.Context) ([]schedule.ClosedDay, error) {
	var out []schedule.ClosedDay
	err := db.Read(ctx, door.Question{Do: access.ClosedDayList, Ask: func(b *pgx.Batch) {
		door.List(b, &out, door.Q(`select d.day, d.reason, app.meetings_on(d.day) meeting
from app.closed_day d
where d.day > {today} - 366
order by d.day
limit 400`), nil)
	}})
	return out, err
}

// AddClosedDays stores closed days; one that is there already stays as it is.
func (db Store) AddClosedDays(
	ctx context.Context,
	form access.Form,
	decide func(access.Actor, []time.Time) ([]schedule.ClosedDay, error),
) error {
	var have []time.Time
	return db.Write(ctx, door.Act{Do: access.ClosedDayAdd, Form: form,
		Ask: func(b *pgx.Batch) { door.Values(b, &have, door.Closed, nil) },
		Decide: func(a access.Actor) (door.Change, error) {
			days, err := decide(a, have)
			return door.Change{Queue: func(b *pgx.Batch) {
				on := make([]time.Time, len(days))
				for i, d := range days {
					on[i] = d.Day
				}
				b.Queue(`insert into app.closed_day (org_id, day, reason)
select @org, n.day, @reason
from unnest(@days::date[]) n (day)
on conflict do nothing`, door.Args{"org": a.OrgID, "days": on, "reason": days[0].Reason})
			}}, err
		}})
}

// DropClosedDay takes a closed day back.
func (db Store) DropClosedDay(ctx context.Context, day time.Time, form access.Form, decide func(access.Actor) error) error {
	var have []time.Time
	return db.Write(ctx, door.Act{Do: access.ClosedDayDrop, Form: form,
		Ask: func(b *pgx.Batch) {
			door.Values(b, &have, `select d.day from app.closed_day d where d.day = @day`, door.Args{"day": day})
		},
		Found: func() bool { return len(have) > 0 },
		Decide: func(a access.Actor) (door.Change, error) {
			return door.Change{
				Queue: func(b *pgx.Batch) { b.Queue(`delete from app.closed_day where day = @day`, door.Args{"day": day}) },
			}, decide(a)
		}})
}

package cohort

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/schedule"
)

// boardRow is a row of one of the day's sheets, which are read together.
type boardRow struct {
	MeetingID uuid.UUID
	cohort.SheetRow
}

// DayBoard is one day of a cohort with both its half-days.
func (db Store) DayBoard(ctx context.Context, id uuid.UUID, day time.Time) (cohort.DayBoard, error) {
	var d cohort.DayBoard
	var ms []schedule.Meeting
	var rows []boardRow
	type near struct {
		Earlier, Later  *time.Time
		Called, Private []uuid.UUID
	}
	var n near
	a := door.Args{"cohort": id, "day": day}
	err := db.Read(ctx, door.Question{
		Do:      access.DayView,
		Subject: id,
		Scope:   door.ScopeCohort,
		Found:   func() bool { return d.Head.ID == id && len(ms) > 0 },
		Ask: func(b *pgx.Batch) {
			door.One(b, &d.Head, door.Group, a)
			door.List(
				b,
				&ms,
				door.Sqlf(door.Meeting, "m.cohort_id = @cohort and m.held_on = @day")+" order by m.half, m.cancelled_at is not null limit 6",
				a,
			)
			door.List(b, &rows, qBoardRows, a)
			door.One(b, &n, `select
  max(held_on) filter (where held_on < @day) earlier,
  min(held_on) filter (where held_on > @day) later,
  coalesce(
    (
      select array_agg(distinct s.enrolment_id)
      from app.enrolment e
      join app.search_step s on s.org_id = e.org_id and s.enrolment_id = e.id
      where e.cohort_id = @cohort
        and s.kind = 'call'
        and s.done_on = @day),
    '{}') called,
  coalesce((select array_agg(e.id) from app.enrolment e where e.cohort_id = @cohort and not e.search_shared), '{}') private
from app.meeting
where cohort_id = @cohort`, a)
		},
	})
	d.Day, d.Earlier, d.Later, d.Called, d.Private = day, n.Earlier, n.Later, n.Called, n.Private
	for _, m := range ms {
		part := cohort.BoardPart{Meeting: m}
		for _, r := range rows {
			if r.MeetingID == m.ID {
				part.Rows = append(part.Rows, r.SheetRow)
			}
		}
		d.Parts = append(d.Parts, part)
	}
	return d, err
}

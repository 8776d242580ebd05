package schedule

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/schedule"
)

// Week is one programme week of a cohort.
func (db Store) Week(ctx context.Context, id uuid.UUID, week int) (schedule.WeekPlan, error) {
	var w schedule.WeekPlan
	a := door.Args{"cohort": id, "week": week}
	err := db.Read(ctx, door.Question{
		Do:      access.WeekView,
		Subject: id,
		Scope:   door.ScopeCohort,
		Found:   func() bool { return w.Head.ID == id && len(w.Meetings) > 0 },
		Ask: func(b *pgx.Batch) {
			door.One(b, &w, `select
  @week::int week,
  (select max(m.week) from app.meeting m where m.cohort_id = c.id)::int weeks,
  coalesce((select r.name from app.room r where r.org_id = c.org_id and r.id = c.room_id), '') room,
  coalesce(
    (
      select array_agg(
        p.first_name || ' ' || p.last_name order by p.first_name collate "fi-x-icu", p.last_name collate "fi-x-icu")
      from app.enrolment e
      join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
      where e.cohort_id = c.id
        and `+door.Placed+`
        and not p.protected),
    '{}') names,
  (
    select count(*)::int
    from app.enrolment e
    join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
    where e.cohort_id = c.id
      and `+door.Placed+`
      and p.protected) off,
  coalesce((select array_agg(d.day) from app.closed_day d where d.org_id = c.org_id), '{}') closed,
  coalesce(
    (
      select jsonb_agg(
        jsonb_build_object(
          'On', d.held_on::timestamptz, 'Starts', d.starts_at, 'Ends', d.ends_at, 'Place', d.place, 'What', d.what) order by d.held_on,
        d.starts_at)
      from app.open_day d
      where d.org_id = c.org_id
        and d.cohort_id = c.id
        and d.cancelled_at is null),
    '[]') hours
from app.cohort c
where c.id = @cohort`, a)
			door.One(b, &w.Head, door.Group, a)
			door.List(
				b,
				&w.Meetings,
				door.Sqlf(
					door.Meeting,
					"m.cohort_id = @cohort and m.week = @week",
				)+" order by m.held_on, m.half, m.cancelled_at is not null limit 100",
				a,
			)
		},
	})
	return w, err
}

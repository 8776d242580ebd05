package review

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/review"
	"kuukausi/internal/schedule"
)

const qSlotPeople = `select e.id enrolment_id, p.first_name, p.last_name
from app.enrolment e
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
where e.cohort_id = @cohort
  and e.state in ('active', 'review')
  and not exists (select from app.review r where r.org_id = e.org_id and r.enrolment_id = e.id)
order by p.first_name collate "fi-x-icu", p.last_name collate "fi-x-icu", e.id
limit 100`

// What takes the time of all: half-days of the group and reviews the reader knows of. Of one person: their appointments.
var qTaken = door.Q(`select null::uuid enrolment_id, m.held_on "on", m.starts_at::int, m.ends_at::int
from app.meeting m
where m.cohort_id = @cohort
  and m.kind = 'group'
  and m.cancelled_at is null
  and m.held_on >= {today}
union all
select null, r.meets_on, r.meets_at, r.meets_at + @review
from app.review r
where r.meets_on >= {today} and r.state <> 'locked'
union all
select x.enrolment_id, x.held_on, x.starts_at, x.ends_at
from app.appointment x
join app.enrolment e on e.org_id = x.org_id and e.id = x.enrolment_id
where e.cohort_id = @cohort
  and x.state = 'booked'
  and x.held_on >= {today}
limit 2000`)

// Slots is who of a cohort has no review yet, and what takes time.
func (db Store) Slots(ctx context.Context, id uuid.UUID) (review.Slots, error) {
	var s review.Slots
	a := door.Args{"cohort": id, "review": schedule.ReviewMinutes}
	err := db.Read(ctx, door.Question{
		Do:      access.SlotsView,
		Subject: id,
		Scope:   door.ScopeCohort,
		Found:   func() bool { return s.Head.ID == id },
		Ask: func(b *pgx.Batch) {
			door.One(b, &s.Head, door.Group, door.Args{"cohort": id})
			door.List(b, &s.People, qSlotPeople, door.Args{"cohort": id})
			door.List(b, &s.Taken, qTaken, a)
			door.Values(b, &s.Closed, door.Closed, nil)
		},
	})
	return s, err
}

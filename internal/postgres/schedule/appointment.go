package schedule

import (
	"context"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/schedule"
)

// whose are the cases of a diary: of a cohort, or the one case.
const whose = `(e.cohort_id = @cohort or e.id = @enrolment)`

const qAppointment = `select
  x.id,
  x.enrolment_id,
  p.first_name,
  p.last_name,
  x.kind,
  x.held_on,
  x.starts_at,
  x.ends_at,
  x.place,
  x.purpose,
  x.state,
  m.name by,
  e.state case_state,
  x.version
from app.appointment x
join app.enrolment e on e.org_id = x.org_id and e.id = x.enrolment_id
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
join app.membership m on m.org_id = x.org_id and m.id = x.booked_by
`

var qDiaryAppointments = door.Q(qAppointment + `where ` + whose + ` and x.held_on > {today} - 60
order by
  x.held_on < {today},
  case when x.held_on >= {today} then x.held_on end,
  x.held_on desc,
  x.starts_at,
  p.first_name
limit 300`)

const qDiaryPeople = `select e.id enrolment_id, p.first_name, p.last_name, e.state, p.no_phone
from app.enrolment e join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
where ` + whose + ` and ` + door.Placed + `
order by p.first_name collate "fi-x-icu", p.last_name collate "fi-x-icu", e.id
limit 100`

// Diary is what is agreed with the people of a cohort, or with one.
func (db Store) Diary(ctx context.Context, of, enrolment uuid.UUID) (schedule.Diary, error) {
	var d schedule.Diary
	type head struct {
		Title    string
		CohortID *uuid.UUID
	}
	var h []head
	a := door.Args{"cohort": door.OrNull(of), "enrolment": door.OrNull(enrolment)}
	question := door.Question{
		Do:      access.DiaryView,
		Subject: enrolment,
		Scope:   door.ScopeEnrolment,
		Found:   func() bool { return len(h) > 0 },
		Ask: func(b *pgx.Batch) {
			if of != uuid.Nil {
				door.List(b, &h, `select c.name title, c.id cohort_id from app.cohort c where c.id = @cohort`, door.Args{"cohort": of})
			} else {
				door.List(b, &h, `select p.first_name || ' ' || p.last_name title, e.cohort_id
from app.enrolment e
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
where e.id = @enrolment`, door.Args{"enrolment": enrolment})
			}
			door.List(b, &d.People, qDiaryPeople, a)
			door.List(b, &d.Appointments, qDiaryAppointments, a)
		},
	}
	if of != uuid.Nil {
		question.Subject, question.Scope = of, door.ScopeCohort
	}
	err := db.Read(ctx, question)
	if len(h) > 0 {
		d.Title, d.CohortID = h[0].Title, h[0].CohortID
	}
	return d, err
}

// engaged is what the people of cases e that a condition names already have on a day: half-days of theirs, a trial, other
// appointments.
func engaged(whose, day string) string {
	return strings.NewReplacer("{whose}", whose, "{day}", day).Replace(qEngagedOn)
}

const qEngagedOn = `select e.id enrolment_id, m.starts_at, m.ends_at
from app.enrolment e
join app.meeting m on m.org_id = e.org_id and (m.cohort_id = e.cohort_id or m.enrolment_id = e.id)
where {whose}
  and m.held_on = {day}
  and m.kind <> 'trial'
  and m.cancelled_at is null
union all
select e.id, t.starts_at, t.starts_at + t.day_minutes
from app.enrolment e
join app.trial t on t.org_id = e.org_id and t.enrolment_id = e.id
where {whose}
  and t.state = 'active'
  and {day} between t.starts_on and t.ends_on
union all
select e.id, x.starts_at, x.ends_at
from app.enrolment e
join app.appointment x on x.org_id = e.org_id and x.enrolment_id = e.id
where {whose}
  and x.state = 'booked'
  and x.held_on = {day}
union all
select e.id, r.meets_at, r.meets_at + @review
from app.enrolment e
join app.review r on r.org_id = e.org_id and r.enrolment_id = e.id
where {whose}
  and r.state <> 'locked'
  and r.meets_on = {day}
limit 500`

// AddAppointments stores one appointment for each of the chosen people. Their cases are locked, so that two at one time
// cannot both be booked.
func (db Store) AddAppointments(
	ctx context.Context,
	of, enrolment uuid.UUID,
	form access.Form,
	f schedule.AppointmentForm,
	decide func(access.Actor, schedule.Booking) error,
) error {
	var k schedule.Booking
	var seen []uuid.UUID
	subject := enrolment
	if of != uuid.Nil {
		subject = of
	}
	a := door.Args{"cohort": door.OrNull(of), "enrolment": door.OrNull(enrolment), "day": door.OrNoDay(f.HeldOn), "for": f.For,
		"review": schedule.ReviewMinutes}
	return db.Write(ctx, door.Act{Do: access.AppointmentMake, Subject: subject, Form: form,
		Ask: func(b *pgx.Batch) {
			door.Values(b, &seen, `select c.id
from app.cohort c
where c.id = @cohort
union all
select e.id
from app.enrolment e
where e.id = @enrolment`, a)
			b.Queue(`select e.id from app.enrolment e where e.id = any(@for) order by e.id for update`, a)
			door.List(b, &k.People, qDiaryPeople, a)
			door.List(b, &k.Engaged, engaged(whose, "@day"), a)
			door.Values(b, &k.Closed, door.Closed, nil)
		},
		Found: func() bool { return len(seen) > 0 },
		Decide: func(actor access.Actor) (door.Change, error) {
			return door.Change{Enrolments: f.For, Queue: func(b *pgx.Batch) {
				b.Queue(
					`insert into app.appointment (org_id, id, enrolment_id, batch_id, kind, held_on, starts_at, ends_at, place, purpose)
select
  @org,
  n.id,
  n.enrolment,
  @batch,
  @kind,
  @day,
  @starts,
  @ends,
  @place,
  @purpose
from unnest(@ids::uuid[], @for::uuid[]) n (id, enrolment)`,
					door.Args{
						"org":     actor.OrgID,
						"batch":   form.ID,
						"kind":    f.Kind,
						"day":     f.HeldOn,
						"starts":  f.StartsAt,
						"ends":    f.EndsAt,
						"place":   f.Place,
						"purpose": f.Purpose,
						"ids":     door.NewIDs(len(f.For)),
						"for":     f.For,
					},
				)
			}}, decide(actor, k)
		}})
}

// What the person of appointment @id has on its day beside it, while it is not booked.
var qSameDay = engaged(
	"e.id = (select y.enrolment_id from app.appointment y where y.id = @id)",
	"(select y.held_on from app.appointment y where y.id = @id)",
)

// EndAppointment stores how an appointment ended; it answers whose it was.
func (db Store) EndAppointment(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	to string,
	decide func(access.Actor, schedule.Appointment, []schedule.Engagement) error,
) (uuid.UUID, error) {
	var x schedule.Appointment
	var has []schedule.Engagement
	err := db.Write(ctx, door.Act{Do: access.AppointmentSettle, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			door.One(b, &x, qAppointment+`where x.id = @id for update of x, e`, door.Args{"id": id})
			door.List(b, &has, qSameDay, door.Args{"id": id, "review": schedule.ReviewMinutes})
		},
		Found:   func() bool { return x.ID == id },
		Version: func() int { return x.Version },
		Decide: func(a access.Actor) (door.Change, error) {
			return door.Change{Enrolments: []uuid.UUID{x.EnrolmentID}, Queue: func(b *pgx.Batch) {
				b.Queue(`update app.appointment
set
  state = @to,
  settled_by = case when @to = 'booked' then null else @by::uuid end,
  settled_at = case when @to = 'booked' then null else @now::timestamptz end,
  version = version + 1
where id = @id`, door.Args{"to": to, "by": a.ID, "now": a.Now, "id": id})
			}}, decide(a, x, has)
		}})
	return x.EnrolmentID, err
}

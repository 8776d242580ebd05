package schedule

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/schedule"
)

// qHalfDays begins a list of schedule.Scheduled, the half-days n of cohort c; what joins n to c and a condition follow.
var qHalfDays = `select
  n.id,
  n.held_on,
  n.day,
  n.week,
  n.kind,
  ` + door.Text("c.version_id", "'slot.' || n.day || '.' || n.half") + ` title,
  n.cancelled_at is not null cancelled,
  n.starts_at,
  n.ends_at,
  exists (
    select
    from app.attendance a
    join app.enrolment e on e.org_id = a.org_id and e.id = a.enrolment_id
    where a.org_id = n.org_id
      and e.cohort_id = n.cohort_id
      and a.held_on = n.held_on
      and a.half = n.half) marked
`

// the cohort's half-days of the same half as the meeting
var qSchedule = qHalfDays + `from app.meeting m
join app.meeting n on n.org_id = m.org_id and n.cohort_id = m.cohort_id and n.half = m.half
join app.cohort c on c.org_id = m.org_id and c.id = m.cohort_id
where m.id = @meeting
order by n.held_on
limit 1000`

// qEngagedOf is what the people of the cohort that a condition on c names have beside its half-days, those of past days but
// for trials left out.
func qEngagedOf(condition string) string {
	return strings.ReplaceAll(door.Q(`select
  case when t.state = 'active' then 'trial' else 'draft' end kind,
  p.first_name || ' ' || p.last_name as name,
  t.starts_on "from",
  t.ends_on until,
  t.starts_at::int,
  (t.starts_at + t.day_minutes)::int ends_at
from app.cohort c
join app.enrolment e on e.org_id = c.org_id and e.cohort_id = c.id
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
join app.trial t on t.org_id = e.org_id and t.enrolment_id = e.id
where {of}
  and t.state in ('active', 'draft')
union all
select 'appointment', p.first_name || ' ' || p.last_name, x.held_on, x.held_on, x.starts_at, x.ends_at
from app.cohort c
join app.enrolment e on e.org_id = c.org_id and e.cohort_id = c.id
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
join app.appointment x on x.org_id = e.org_id and x.enrolment_id = e.id
where {of}
  and x.state = 'booked'
  and x.held_on >= {today}
union all
select 'review', p.first_name || ' ' || p.last_name, r.meets_on, r.meets_on, r.meets_at, r.meets_at + @review
from app.cohort c
join app.enrolment e on e.org_id = c.org_id and e.cohort_id = c.id
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
join app.review r on r.org_id = e.org_id and r.enrolment_id = e.id
where {of}
  and r.state <> 'locked'
  and r.meets_on >= {today}
union all
select 'employer_hour', y.what, y.held_on, y.held_on, y.starts_at, y.ends_at
from app.cohort c
join app.open_day y on y.org_id = c.org_id and y.cohort_id = c.id
where {of}
  and y.cancelled_at is null
  and y.held_on >= {today}
order by "from", name
limit 500`), "{of}", condition)
}

var qEngagedAt = qEngagedOf("c.id = (select m.cohort_id from app.meeting m where m.id = @meeting)")

// qAround is what a half-day's page shows beside it, in one row: its earlier dates, and what else its people have.
var qAround = `select
  coalesce((select jsonb_agg(jsonb_build_object(
    'From', x."from"::timestamptz, 'To', x."to"::timestamptz, 'Reason', x.reason, 'By', x.by, 'At', x.at))
    from (` + qMoves + `) x), '[]') moves,
  coalesce((select jsonb_agg(jsonb_build_object(
    'Kind', x.kind, 'Name', x.name, 'From', x."from"::timestamptz, 'Until', x.until::timestamptz, 'StartsAt', x.starts_at,
    'EndsAt', x.ends_at))
    from (` + qEngagedAt + `) x), '[]') engaged`

const qMoves = `select v.from_on "from", v.to_on "to", v.reason, m.name by, v.at
from app.meeting_move v join app.membership m on m.org_id = v.org_id and m.id = v.by_id
where v.meeting_id = @meeting
order by v.at desc
limit 20`

func queueSchedule(b *pgx.Batch, id uuid.UUID, s *schedule.Schedule) {
	a := door.Args{"meeting": id}
	door.One(b, &s.Meeting, door.Sqlf(door.Meeting, "m.id = @meeting"), a)
	door.List(b, &s.Meetings, qSchedule, a)
}

// Schedule is a meeting among the others of its half.
func (db Store) Schedule(ctx context.Context, id uuid.UUID) (schedule.Schedule, error) {
	var s schedule.Schedule
	var around struct {
		Moves   []schedule.Moved
		Engaged []schedule.Engaged
	}
	err := db.Read(ctx, door.Question{
		Do:      access.MeetingView,
		Subject: id,
		Scope:   door.ScopeMeeting,
		Found:   func() bool { return s.Meeting.ID == id && s.Meeting.CohortID != nil },
		Ask: func(b *pgx.Batch) {
			queueSchedule(b, id, &s)
			door.One(b, &around, qAround, door.Args{"meeting": id, "review": schedule.ReviewMinutes})
			door.One(b, &s.Where, door.Where, door.Args{"cohort": nil, "meeting": id})
		},
	})
	s.Closed, s.Moves, s.Engaged = s.Where.Closed, around.Moves, around.Engaged
	return s, err
}

// Reschedule stores the changed dates. The cohort's row is locked, so that two moves follow one another; a month that
// grows longer ends later.
func (db Store) Reschedule(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	reason string,
	decide func(access.Actor, schedule.Schedule) ([]schedule.Change, error),
) error {
	var s schedule.Schedule
	return db.changeMeeting(ctx, access.MeetingMove, id, form, &s, func(a access.Actor) (func(*pgx.Batch), error) {
		changes, err := decide(a, s)
		return func(b *pgx.Batch) {
			queueDates(b, changes)
			for _, c := range changes {
				b.Queue(
					`insert into app.meeting_move (org_id, id, cohort_id, meeting_id, from_on, to_on, reason)
values (@org, @id, @cohort, @meeting, @from, @to, @reason)`,
					door.Args{
						"org":     a.OrgID,
						"id":      door.NewID(),
						"cohort":  *s.Meeting.CohortID,
						"meeting": c.ID,
						"from":    c.From,
						"to":      c.To,
						"reason":  reason,
					},
				)
			}
			// whoever was to stay until the end stays until the new one
			b.Queue(`select app.cases_span(@cohort, @start, @end)`,
				door.Args{"cohort": *s.Meeting.CohortID, "start": *s.Meeting.CohortStart, "end": s.End(changes)})
			b.Queue(`update app.cohort
set
  ends_on = greatest(ends_on, (select max(m.held_on) from app.meeting m where m.cohort_id = @cohort)),
  version = version + 1
where id = @cohort`, door.Args{"cohort": *s.Meeting.CohortID})
			b.Queue(`select app.cohort_ends(@cohort)`, door.Args{"cohort": *s.Meeting.CohortID})
		}, err
	})
}

// queueDates gives half-days their new days.
func queueDates(b *pgx.Batch, changes []schedule.Change) {
	ids, days := make([]uuid.UUID, 0, len(changes)), make([]time.Time, 0, len(changes))
	for _, c := range changes {
		ids, days = append(ids, c.ID), append(days, c.To)
	}
	// out of the way first: dates are exchanged, and two half-days on one date cannot be
	b.Queue(`update app.meeting set held_on = held_on + 100000, version = version + 1 where id = any(@ids)`, door.Args{"ids": ids})
	b.Queue(`update app.meeting m
set held_on = x.day
from unnest(@ids::uuid[], @days::date[]) x (id, day)
where m.id = x.id`, door.Args{"ids": ids, "days": days})
}

// Cancel notes that a meeting does not take place.
func (db Store) Cancel(ctx context.Context, id uuid.UUID, form access.Form, reason string, decide func(schedule.Schedule) error) error {
	var s schedule.Schedule
	return db.changeMeeting(ctx, access.MeetingCancel, id, form, &s, func(a access.Actor) (func(*pgx.Batch), error) {
		return func(b *pgx.Batch) {
			b.Queue(`update app.meeting
set
  cancelled_at = @now,
  cancelled_by = @by,
  cancelled_reason = @reason,
  version = version + 1
where id = @id`, door.Args{"id": id, "now": a.Now, "by": a.ID, "reason": reason})
		}, decide(s)
	})
}

// Restore takes a cancellation back.
func (db Store) Restore(
	ctx context.Context, id uuid.UUID, form access.Form, decide func(access.Actor, schedule.Schedule) error,
) error {
	var s schedule.Schedule
	return db.changeMeeting(ctx, access.MeetingRestore, id, form, &s, func(a access.Actor) (func(*pgx.Batch), error) {
		return func(b *pgx.Batch) {
			b.Queue(`update app.meeting
set
  cancelled_at = null,
  cancelled_by = null,
  cancelled_reason = '',
  version = version + 1
where id = @id`, door.Args{"id": id})
		}, decide(a, s)
	})
}

func (db Store) changeMeeting(
	ctx context.Context,
	do access.Action,
	id uuid.UUID,
	form access.Form,
	s *schedule.Schedule,
	decide func(access.Actor) (func(*pgx.Batch), error),
) error {
	var held []uuid.UUID
	return db.Write(ctx, door.Act{Do: do, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			door.Values(b, &held, `select c.id
from app.cohort c
where c.id = (select m.cohort_id from app.meeting m where m.id = @meeting)
for update`, door.Args{"meeting": id})
			queueSchedule(b, id, s)
			door.List(b, &s.Engaged, qEngagedAt, door.Args{"meeting": id, "review": schedule.ReviewMinutes})
			door.Values(b, &s.Closed, door.Closed, nil)
		},
		Found:   func() bool { return len(held) > 0 && s.Meeting.ID == id },
		Version: func() int { return s.Meeting.Version },
		Decide: func(a access.Actor) (door.Change, error) {
			queue, err := decide(a)
			return door.Change{Queue: queue}, err
		}})
}

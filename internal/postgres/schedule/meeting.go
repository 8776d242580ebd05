package schedule

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/schedule"
)

var (
	// the cohort's half-days of the same half as the meeting
	qSchedule = `select
  n.id,
  n.held_on,
  n.week,
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
from app.meeting m
join app.meeting n on n.org_id = m.org_id and n.cohort_id = m.cohort_id and n.half = m.half
join app.cohort c on c.org_id = m.org_id and c.id = m.cohort_id
where m.id = @meeting
order by n.held_on
limit 1000`
)

// qGroupTrials are the trials in force of the people of a meeting's cohort.
const qGroupTrials = `select
  p.first_name || ' ' || p.last_name as name,
  t.starts_on,
  t.ends_on,
  t.starts_at::int,
  (t.starts_at + t.day_minutes)::int ends_at
from app.meeting m
join app.enrolment e on e.org_id = m.org_id and e.cohort_id = m.cohort_id
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
join app.trial t on t.org_id = e.org_id and t.enrolment_id = e.id
where m.id = @meeting
  and t.state = 'active'
order by p.first_name, p.last_name
limit 100`

// qAround is what a half-day's page shows beside it, in one row: its earlier dates, and the trials it must not touch.
const qAround = `select
  coalesce((select jsonb_agg(jsonb_build_object(
    'From', x."from"::timestamptz, 'To', x."to"::timestamptz, 'Reason', x.reason, 'By', x.by, 'At', x.at))
    from (` + qMoves + `) x), '[]') moves,
  coalesce((select jsonb_agg(jsonb_build_object(
    'Name', x.name, 'StartsOn', x.starts_on::timestamptz, 'EndsOn', x.ends_on::timestamptz, 'StartsAt', x.starts_at,
    'EndsAt', x.ends_at))
    from (` + qGroupTrials + `) x), '[]') trials`

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
		Moves  []schedule.Moved
		Trials []schedule.Trial
	}
	err := db.Read(ctx, door.Question{
		Do:      access.MeetingView,
		Subject: id,
		Scope:   door.ScopeMeeting,
		Found:   func() bool { return s.Meeting.ID == id && s.Meeting.CohortID != nil },
		Ask: func(b *pgx.Batch) {
			queueSchedule(b, id, &s)
			door.One(b, &around, qAround, door.Args{"meeting": id})
			door.One(b, &s.Where, door.Where, door.Args{"cohort": nil, "meeting": id})
		},
	})
	s.Closed, s.Moves, s.Trials = s.Where.Closed, around.Moves, around.Trials
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
			// out of the way first: dates are exchanged, and two half-days on one date cannot be
			ids := make([]uuid.UUID, 0, len(changes))
			for _, c := range changes {
				ids = append(ids, c.ID)
			}
			b.Queue(`update app.meeting set held_on = held_on + 100000, version = version + 1 where id = any(@ids)`, door.Args{"ids": ids})
			for _, c := range changes {
				b.Queue(`update app.meeting set held_on = @to where id = @id`, door.Args{"id": c.ID, "to": c.To})
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
			b.Queue(`select app.cases_end(@cohort, @end)`, door.Args{"cohort": *s.Meeting.CohortID, "end": s.End(changes)})
			b.Queue(`update app.cohort
set
  ends_on = greatest(ends_on, (select max(m.held_on) from app.meeting m where m.cohort_id = @cohort)),
  version = version + 1
where id = @cohort`, door.Args{"cohort": *s.Meeting.CohortID})
			b.Queue(`select app.cohort_ends(@cohort)`, door.Args{"cohort": *s.Meeting.CohortID})
		}, err
	})
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
			door.List(b, &s.Trials, qGroupTrials, door.Args{"meeting": id})
			door.Values(b, &s.Closed, door.Closed, nil)
		},
		Found:   func() bool { return len(held) > 0 && s.Meeting.ID == id },
		Version: func() int { return s.Meeting.Version },
		Decide: func(a access.Actor) (door.Change, error) {
			queue, err := decide(a)
			return door.Change{Queue: queue}, err
		}})
}

package desk

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/cohort"
	"kuukausi/internal/desk"
	"kuukausi/internal/postgres/door"
)

// A running or coming cohort of the actor's, and where its month stands today.
var qTodayCohorts = door.Q(`select
  c.id,
  c.name,
  c.state,
  c.starts_on,
  c.ends_on,
  coalesce(d.day, 0) as day,
  n.days,
  coalesce(d.week, 0) week,
  ` + door.Text("c.version_id", "'theme.' || coalesce(d.week, 1)") + ` theme,
  c.places_taken,
  c.size_max,
  w.waiting,
  w.offered
from ` + door.MyCohorts + `
left join lateral (
  select m.day, m.week
  from app.meeting m
  where m.cohort_id = c.id and m.held_on <= {today}
  order by m.held_on desc
  limit 1) d on true
cross join lateral (select count(distinct m.day)::int days from app.meeting m where m.cohort_id = c.id) n
cross join lateral (
  select
    (count(*) filter (where e.state = 'referred'))::int waiting,
    (count(*) filter (where e.state = 'invited'))::int offered
  from app.enrolment e
  where e.cohort_id = c.id) w
where ` + door.GroupOpen + `
order by c.state <> 'running', c.starts_on
limit 20`)

var qTodayMeetings = door.Q(`select
  m.id,
  c.id cohort_id,
  c.name cohort_name,
  m.half,
  m.starts_at,
  m.ends_at,
  m.kind,
  ` + door.Text("c.version_id", "'slot.' || m.day || '.' || m.half") + ` title,
  n.people,
  n.marked,
  n.at_sites
from ` + door.MyCohorts + `
join app.meeting m on m.org_id = c.org_id and m.cohort_id = c.id
cross join lateral (
  select
    count(*)::int people,
    count(a.mark)::int marked,
    (
      count(*) filter (
        where exists (
          select
          from app.trial t
          where t.org_id = e.org_id
            and t.enrolment_id = e.id
            and t.state = 'active'
            and m.held_on between t.starts_on and t.ends_on)))::int at_sites
  from app.enrolment e
  left join app.attendance a on a.org_id = e.org_id
    and a.enrolment_id = e.id
    and a.held_on = m.held_on
    and a.half = m.half
  where e.org_id = c.org_id
    and e.cohort_id = c.id
    and ` + door.OnSheet + `) n
where m.held_on = {today}
  and m.cancelled_at is null
  and c.state = 'running'
order by m.starts_at, c.name
limit 40`)

var qTodayReviews = door.Q(`select
  r.id,
  p.first_name,
  p.last_name,
  r.meets_on,
  r.meets_at,
  r.place,
  r.state,
  (select count(*) from app.decision d where d.org_id = r.org_id and d.review_id = r.id and ` + door.DecisionStands + `)::int decisions
from {mine}
join app.enrolment e on e.org_id = mine.org_id and e.id = mine.enrolment_id
join app.review r on r.org_id = e.org_id and r.enrolment_id = e.id
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
where (r.state = 'locked' or not (` + door.CaseClosed + `)) -- one that ended without its review has nothing to do here
  and (
    r.state <> 'locked'
    or r.meets_on >= {today}
    or not exists (select from app.decision d where d.org_id = r.org_id and d.review_id = r.id and ` + door.DecisionStands + `)
  )
order by r.meets_on, r.meets_at
limit 40`)

// Today is the start page of staff.
func (db Store) Today(ctx context.Context) (desk.Today, error) {
	var t desk.Today
	var rows []signalRow
	err := db.Read(ctx, door.Question{Do: access.TodayView, Scope: door.ScopeGranted, Ask: func(b *pgx.Batch) {
		door.List(b, &t.Cohorts, qTodayCohorts, nil)
		door.List(b, &t.Meetings, qTodayMeetings, nil)
		door.List(b, &rows, qTodaySignals, door.Args{
			"filing": casework.PrivateDays - 2, // two days' warning
			"ahead":  desk.StartWarning,
		})
		door.List(b, &t.Reviews, qTodayReviews, nil)
	}})
	var absent []desk.Signal
	for _, r := range rows {
		if r.Kind != "mark" {
			t.Signals = append(t.Signals, r.Signal)
			continue
		}
		if s, ok := absentSignal(r, access.From(ctx).Actor.Role); ok {
			absent = append(absent, s)
		}
	}
	t.Signals = append(absent, t.Signals...)
	return t, err
}

// absentSignal makes a signal of somebody's marks: the coach is told of two days in a row that go on and asked for the reason
// from the law's number on; the expert is told once there is none.
func absentSignal(r signalRow, role access.Role) (desk.Signal, bool) {
	run, ok := cohort.ParseMarkedDays(r.Mark).Ask(role, r.N)
	s := desk.Signal{Kind: "absent", ID: r.ID, Name: r.Name, N: len(run.Days)}
	switch {
	case !ok || s.N < 2:
		return s, false
	case role == access.Expert:
		s.Kind = "absence_flag"
	case s.N >= r.N:
		s.Kind = "absence_ask"
	}
	s.On = &run.Days[len(run.Days)-1].Day
	return s, true
}

// SeeSignal notes that the actor has read a signal about a case of theirs.
func (db Store) SeeSignal(
	ctx context.Context, id uuid.UUID, form access.Form, kind string, decide func(access.Actor) error,
) error {
	var found []uuid.UUID
	return db.Write(ctx, door.Act{Do: access.SignalSee, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			door.Values(b, &found, `select e.id from app.enrolment e where e.id = @enrolment`, door.Args{"enrolment": id})
		},
		Found: func() bool { return len(found) > 0 },
		Decide: func(a access.Actor) (door.Change, error) {
			return door.Change{Enrolments: found, Queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.signal_seen (enrolment_id, kind) values (@enrolment, @kind) on conflict do nothing`,
					door.Args{"enrolment": id, "kind": kind})
			}}, decide(a)
		}})
}

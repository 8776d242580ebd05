package desk

import (
	"context"

	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/desk"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/preassignment"
	"kuukausi/internal/schedule"
)

// MyMonth is the participant's own latest case.
func (db Store) MyMonth(ctx context.Context) (desk.MyMonth, error) {
	var m desk.MyMonth
	type mine struct {
		Goal, Site string
		Pre        []preassignment.Assignment
		Promises   []casework.Promise
		Own        []schedule.Appointment

		Interrupted *casework.Interruption
	}
	var x mine
	err := db.Read(ctx, door.Question{Do: access.MyMonthView, Scope: door.ScopeGranted, Ask: func(b *pgx.Batch) {
		door.One(b, &m.Case, door.WithLatest(door.Case(door.GoalCount, "")), nil)
		door.One(b, &x, `select
  coalesce(
    (select g.body from app.goal g where g.enrolment_id = `+door.Latest+` order by g.number desc limit 1), '') goal,
  coalesce(
    (
      select i.name
      from app.trial t
      join app.site i on i.org_id = t.org_id and i.id = t.site_id
      where t.enrolment_id = `+door.Latest+` and t.state = 'active'
      limit 1),
    '') site,
  (
    select n.interrupted
    from app.enrolment e
    cross join lateral (`+door.Interrupted+`) n
    where e.id = `+door.Latest+`) interrupted,
  coalesce(
    (
      select r.pre
      from app.enrolment e
      cross join lateral (`+door.PreAssignments()+`) r
      where e.id = `+door.Latest+`),
    '[]') pre,
  coalesce(
    (
      select jsonb_agg(
        jsonb_build_object(
          'Kind', o.kind, 'HeldOn', o.held_on::timestamptz, 'StartsAt', o.starts_at, 'EndsAt', o.ends_at, 'Place',
          o.place, 'Purpose', o.purpose) order by o.held_on,
        o.starts_at)
      from (
        select
          a.kind,
          a.held_on,
          a.starts_at,
          a.ends_at,
          a.place,
          a.purpose
        from app.appointment a
        where a.enrolment_id = `+door.Latest+`
          and a.state = 'booked'
          and a.held_on >= `+door.Today+`
        union all
        select
          case d.kind when 'visit' then 'visit' else 'employer_hour' end,
          d.held_on,
          d.starts_at,
          d.ends_at,
          d.place,
          d.what
        from app.open_day d
        where d.cancelled_at is null
          and d.held_on >= `+door.Today+`
          and (
            d.cohort_id is not null
            or exists (
              select
              from app.open_day_signup u
              where u.org_id = d.org_id
                and u.open_day_id = d.id
                and u.enrolment_id = `+door.Latest+`
                and u.withdrawn_at is null))
        union all
        select 'review', r.meets_on, r.meets_at, r.meets_at + @review, r.place, ''
        from app.review r
        where r.enrolment_id = `+door.Latest+`
          and r.state <> 'locked'
          and r.meets_on >= `+door.Today+`) o),
    '[]') own,
  coalesce(
    (
      select r.promises
      from app.enrolment e
      cross join lateral (`+door.OpenPromises+`) r
      where e.id = `+door.Latest+`),
    '[]') promises`, door.Args{"review": schedule.ReviewMinutes})
		door.List(b, &m.Slots, door.WithLatest(qMySlots), nil)
		door.List(b, &m.Notes, door.WithLatest(door.Notes), nil)
	}})
	m.Interrupted = x.Interrupted
	m.Goal, m.Site, m.Pre, m.Promises, m.Review, m.Appointments = x.Goal, x.Site, x.Pre, x.Promises, m.Case.ReviewID, x.Own
	return m, err
}

// The participant's own half-days, with their titles.
var qMySlots = `select
  m.held_on,
  m.half,
  m.kind,
  ` + door.Text("e.version_id", "'slot.' || m.day || '.' || m.half") + ` title,
  coalesce(a.mark, '') mark,
  coalesce(a.remark, '') remark,
  0 before,
  m.cancelled_at is not null cancelled,
  m.cancelled_reason reason
from app.enrolment e
join app.meeting m on m.org_id = e.org_id and (m.cohort_id = e.cohort_id or m.enrolment_id = e.id)
left join app.attendance a on a.org_id = e.org_id
  and a.enrolment_id = e.id
  and a.held_on = m.held_on
  and a.half = m.half
where e.id = @enrolment
order by m.held_on, m.half
limit 600`

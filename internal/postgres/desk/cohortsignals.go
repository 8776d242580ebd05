package desk

import "kuukausi/internal/postgres/door"

// cohortSignals are what of the actor's groups wants an eye: rows of qTodaySignals.
const cohortSignals = `  select
    'substitute_soon',
    d.cohort_id,
    d.name,
    d.days,
    d.starts,
    ''
  from app.duties_to_come() d
  union all
  select
    'no_substitute',
    c.id,
    c.name,
    0,
    greatest(x.from_on, {today}),
    ''
  from app.coach_absence x
  join app.cohort c on c.org_id = x.org_id and c.id = x.cohort_id
  where not x.ended
    and x.until_on >= {today}
    and c.state = 'running'
    and (
      (select current_setting('app.role', true)) = 'coach'
      or x.from_on <= {today} and ({now} at time zone 'Europe/Helsinki')::time >= time '09:00')
    and ` + door.Uncovered + `
  union all
  select
    case
      when c.state = 'running' then 'cohort_end'
      when c.state = 'confirmed' then 'cohort_start'
      else 'cohort_unready'
    end,
    c.id,
    c.name,
    c.places_taken::int,
    case when c.state = 'running' then c.ends_on else c.starts_on end,
    ''
  from ` + door.MyCohorts + `
  where (select current_setting('app.role', true)) in ('coach', 'coordinator')
    and (
      c.state = 'running' and c.ends_on < {today}
      or c.state = 'confirmed' and c.starts_on <= {today}
      or c.state in ('draft', 'open') and c.starts_on <= {today} + @ahead::int)
  union all
  select
    'unmarked',
    (array_agg(m.id order by m.held_on, m.half))[1],
    c.name,
    count(distinct m.id)::int,
    min(m.held_on),
    ''
  from ` + door.MyCohorts + `
  join app.enrolment e on e.org_id = c.org_id and e.cohort_id = c.id and e.state in ('active', 'review')
  cross join lateral (
    select coalesce(array_agg((a.held_on - date '2000-01-01') * 2 + a.half), '{}') slots
    from app.attendance a
    where a.org_id = e.org_id and a.enrolment_id = e.id) a
  cross join lateral (
    select coalesce(array_agg(daterange(t.starts_on, t.ends_on, '[]')), '{}') days
    from app.trial t
    where t.org_id = e.org_id and t.enrolment_id = e.id and ` + door.TrialWas + `) w
  join app.meeting m on m.org_id = c.org_id and m.cohort_id = c.id
  where (select current_setting('app.role', true)) = 'coach'
    and c.state = 'running'
    and m.held_on >= e.starts_on
    and m.held_on < {today}
    and m.cancelled_at is null
    and (m.held_on - date '2000-01-01') * 2 + m.half <> all(a.slots)
    and (m.kind <> 'trial' or m.held_on <@ any(w.days))
  group by c.id, c.name
  union all
  select
    'closed_day',
    m.id,
    c.name,
    0,
    m.held_on,
    ''
  from ` + door.MyCohorts + `
  join app.meeting m on m.org_id = c.org_id and m.cohort_id = c.id
  join app.closed_day d on d.org_id = m.org_id and d.day = m.held_on
  where (select current_setting('app.role', true)) = 'coach'
    and ` + door.GroupOpen + `
    and m.held_on >= {today}
    and m.cancelled_at is null
    and m.kind <> 'trial'`

package desk

import (
	"kuukausi/internal/desk"
	"kuukausi/internal/postgres/door"
)

// What wants an eye. A 'mark' row holds the marks of someone with an unexplained absence, day by day, with what
// was answered about it: for the coach, and for the expert once they are told. A coordinator sees half of the marks and would
// be told of absences that are none. The room counts the days. A site wants a call after more
// than the model's days of quiet. The actor's people are read once for all rows.
var qTodaySignals = door.Q(`with mine as materialized (
  select
    e.org_id,
    e.id,
    e.state,
    e.ends_on,
    e.closed_at,
    e.answer_by,
    e.shape,
    p.first_name || ' ' || p.last_name as name
  from {mine}
  join app.enrolment e on e.org_id = mine.org_id and e.id = mine.enrolment_id
  join app.participant p on p.org_id = e.org_id and p.id = e.participant_id)
select
  x.kind,
  x.id,
  x.name,
  x.n,
  x.on_day "on",
  x.mark
from (
  select
    'mark' kind,
    e.id,
    e.name,
    app.law_number('absence_flag_days', {today})::int n,
    null::date on_day,
    a.marks mark
  from mine e
  cross join lateral (` + door.AbsenceFold + `) a
  where (select current_setting('app.role', true)) = 'coach'
    and e.state in ('active', 'review')
    and exists (
      select
      from app.attendance u
      where u.org_id = e.org_id
        and u.enrolment_id = e.id
        and u.mark = 'u')
  union all
  select
    'mark',
    e.id,
    p.first_name || ' ' || p.last_name,
    app.law_number('absence_flag_days', {today})::int,
    null,
    a.marks
  from app.absence_marks() a
  join app.enrolment e on e.id = a.enrolment_id
  join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
  union all
  select
    'site_contact',
    t.id,
    i.name || ', ' || e.name,
    ({today} - coalesce(k.last, t.starts_on))::int,
    coalesce(k.last, t.starts_on),
    ''
  from mine e
  join app.trial t on t.org_id = e.org_id and t.enrolment_id = e.id
  join app.site i on i.org_id = t.org_id and i.id = t.site_id
  cross join lateral (
    select max(k.on_day) last
    from app.site_contact k
    where k.org_id = t.org_id and k.trial_id = t.id) k
  where t.state = 'active'
    and {today} between t.starts_on and t.ends_on
    and {today} - coalesce(k.last, t.starts_on) > (e.shape->>'QuietDays')::int
  union all
  select
    'no_trial',
    e.id,
    e.name,
    0,
    null,
    ''
  from mine e
  where e.state = 'active'
    and (select current_setting('app.role', true)) in ('coach', 'coordinator')
    and not exists (
      select
      from app.trial t
      where t.org_id = e.org_id
        and t.enrolment_id = e.id
        and ` + door.TrialStands + `)
  union all
  select
    'trial_orphan',
    t.id,
    e.name,
    0,
    t.ends_on,
    ''
  from mine e
  join app.trial t on t.org_id = e.org_id and t.enrolment_id = e.id
  where t.state = 'active'
    and t.ends_on >= {today}
    and e.state in ('withdrawn', 'moved', 'died', 'interrupted', 'not_started')
  union all
  select
    'trial_open',
    t.id,
    e.name,
    (
      3 - (
        select count(*)
        from app.trial_signature s
        where s.org_id = t.org_id
          and s.trial_id = t.id
          and s.trial_version = t.version))::int,
    t.starts_on,
    ''
  from mine e
  join app.trial t on t.org_id = e.org_id and t.enrolment_id = e.id
  where t.state = 'draft' and e.state in ('accepted', 'preparing', 'active')
  union all
  select
    'open_day',
    d.id,
    coalesce(i.name, c.name),
    d.starts_at::int,
    d.held_on,
    ''
  from app.open_day d
  left join app.site i on i.org_id = d.org_id and i.id = d.site_id
  left join app.cohort c on c.org_id = d.org_id and c.id = d.cohort_id
  where (select current_setting('app.role', true)) in ('coach', 'coordinator')
    and d.held_on between {today} and {today} + 1
    and d.cancelled_at is null
    and (d.cohort_id is null or c.id is not null)
  union all
  select
    'checkin',
    t.id,
    e.name,
    0,
    c.due_on,
    ''
  from mine e
  join app.trial_checkin c on c.org_id = e.org_id and c.enrolment_id = e.id
  join app.trial t on t.org_id = c.org_id and t.id = c.trial_id
  where c.contact_id is null
    and c.due_on <= {today}
    and t.state = 'active'
  union all
  select
    case when o.category in ('safety', 'harassment') then 'problem_urgent' else 'problem_open' end,
    o.trial_id,
    e.name,
    0,
    o.act_by,
    ''
  from mine e
  join app.trial_problem o on o.org_id = e.org_id and o.enrolment_id = e.id
  where o.acted_on is null
  union all
  select
    case when t.former_employer then 'former_employer' else 'no_assessment' end,
    t.id,
    e.name,
    0,
    case when t.former_employer then t.starts_on else t.ends_on end,
    ''
  from mine e
  join app.trial t on t.org_id = e.org_id and t.enrolment_id = e.id
  where t.former_employer
    and t.state = 'draft'
    and (select current_setting('app.role', true)) = 'expert' or t.state = 'active'
    and t.ends_on <= {today} + 3
    and (select current_setting('app.role', true)) in ('coach', 'coordinator')
    and not exists (select from app.organiser_assessment o where o.org_id = t.org_id and o.trial_id = t.id)
  union all
  select
    'declined',
    e.id,
    e.name,
    0,
    (e.closed_at at time zone 'Europe/Helsinki')::date,
    ''
  from mine e
  where e.state = 'not_started'
    and (select current_setting('app.role', true)) = 'expert'
    and e.closed_at > {now} - interval '14 days'
  union all
  select
    'offer_lapsed',
    e.id,
    e.name,
    0,
    e.answer_by,
    ''
  from mine e
  where e.state = 'invited'
    and (select current_setting('app.role', true)) in ('coach', 'coordinator')
    and e.answer_by < {today}
  union all
  select
    'promise',
    o.id,
    e.name,
    0,
    o.due_on,
    ''
  from mine e
  join app.promise o on o.org_id = e.org_id and o.enrolment_id = e.id
  where o.done_at is null
    and o.owner = (select current_setting('app.role', true))
    and o.due_on <= {today}
  union all
  select
    'private_note',
    n.id,
    e.name,
    0,
    (n.at at time zone 'Europe/Helsinki')::date,
    ''
  from mine e
  join app.note n on n.org_id = e.org_id and n.enrolment_id = e.id
  where n.visibility = 'private' and n.at < {now} - make_interval(days => @filing::int)
  union all
  select
    case when x.held_on < {today} then 'appointment_open' else 'appointment' end,
    e.id,
    e.name,
    x.starts_at::int,
    x.held_on,
    ''
  from mine e
  join app.appointment x on x.org_id = e.org_id and x.enrolment_id = e.id
  where x.state = 'booked' and x.held_on <= {today}
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
    'opened',
    o.id,
    o.by_name,
    0,
    (o.at at time zone 'Europe/Helsinki')::date,
    ''
  from app.openings() o
  union all
  select
    'confirm',
    c.id,
    c.name,
    0,
    (c.expires_at at time zone 'Europe/Helsinki')::date,
    ''
  from app.confirmations() c
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
    and c.state in ('draft', 'open', 'confirmed', 'running')
    and m.held_on >= {today}
    and m.cancelled_at is null
    and m.kind <> 'trial'
  union all
  select
    'review_unbooked',
    e.id,
    e.name,
    0,
    e.ends_on,
    ''
  from mine e
  where e.state in ('active', 'review')
    and (select current_setting('app.role', true)) = 'coach'
    and e.ends_on - {today} <= 14
    and not exists (select from app.review r where r.org_id = e.org_id and r.enrolment_id = e.id)) x
order by x.kind <> 'problem_urgent', x.on_day nulls last, x.name
limit 600`)

// signalRow is a signal with the folded marks it is counted from, which leave this file only as a number.
type signalRow struct {
	desk.Signal
	Mark string
}

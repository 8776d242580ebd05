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
    x.kind,
    e.id,
    e.name,
    0,
    (e.closed_at at time zone 'Europe/Helsinki')::date,
    ''
  from mine e
  join (values ('not_started', 'declined', 'expert'), ('interrupted', 'interrupted', 'coach')) x (state, kind, who) on x.state = e.state
  where x.who = (select current_setting('app.role', true))
    and not exists (
      select
      from app.signal_seen s
      where s.org_id = e.org_id
        and s.enrolment_id = e.id
        and s.kind = x.kind)
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
    'opened',
    o.id,
    o.by_name,
    0,
    (o.at at time zone 'Europe/Helsinki')::date,
    ''
  from app.openings() o
  union all
  select
    'break_unseen',
    (array_agg(b.id))[1],
    '',
    count(*)::int,
    min((b.at at time zone 'Europe/Helsinki')::date),
    ''
  from app.break_glass b
  where b.seen_at is null
    and app.sees_trail()
  having count(*) > 0
  union all
  select
    'probe',
    p.member,
    p.name,
    p.n,
    p.last,
    ''
  from app.probes() p
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
    and not exists (select from app.review r where r.org_id = e.org_id and r.enrolment_id = e.id)
  union all
` + trialSignals + `
  union all
` + cohortSignals + `) x
order by x.kind <> 'problem_urgent', x.on_day nulls last, x.name
limit 600`)

// signalRow is a signal with the folded marks it is counted from, which leave this file only as a number.
type signalRow struct {
	desk.Signal
	Mark string
}

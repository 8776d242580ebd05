package desk

import "kuukausi/internal/postgres/door"

// trialSignals are what of trials, sites and open days wants an eye: rows of qTodaySignals, over the actor's people (mine).
const trialSignals = `  select
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
    and ` + door.CaseClosed + `
    and e.state not in ('completed', 'unreviewed')
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
    and not exists (select from app.organiser_assessment o where o.org_id = t.org_id and o.trial_id = t.id)`

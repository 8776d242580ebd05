package door

// coach and coordinator of cohort c, as names
const (
	CoachName = `coalesce(
  (
    select m.name
    from app.cohort_duty d
    join app.membership m on m.org_id = d.org_id and m.id = d.user_id
    where d.org_id = c.org_id
      and d.cohort_id = c.id
      and d.kind = 'coach'
    order by d.valid_until desc, d.valid_from desc
    limit 1),
  '')`
	CoordinatorName = `coalesce(
  (
    select m.name
    from app.cohort_duty d
    join app.membership m on m.org_id = d.org_id and m.id = d.user_id
    where d.org_id = c.org_id
      and d.cohort_id = c.id
      and d.kind = 'coordinator'
    order by d.valid_until desc, d.valid_from desc
    limit 1),
  '')`
)

var Group = `select
  c.id,
  c.name,
  c.place,
  c.state,
  c.starts_on,
  c.ends_on,
  c.places_taken,
  c.size_min,
  c.size_max,
  c.start_reason,
  c.version,
  ` + CoachName + ` coach,
  ` + CoordinatorName + ` coordinator,
  c.shape
from app.cohort c
where c.id = @cohort`

const Colleagues = `select m.id, m.name, m.role, m.employment_area area
from app.membership m
where m.disabled_at is null and m.role in ('coach', 'coordinator', 'expert')
order by m.name collate "fi-x-icu"
limit 500`

const Closed = `select day from app.closed_day order by day limit 1000`

// Uncovered is the condition that on a day of absence x nobody but the absent coach has the group: no substitute and no
// pair coach. A day counts on which the cohort meets.
const Uncovered = `exists (
  select
  from app.meeting m
  where m.org_id = x.org_id
    and m.cohort_id = x.cohort_id
    and m.held_on between greatest(x.from_on, {today}) and x.until_on
    and m.kind = 'group'
    and m.cancelled_at is null
    and not exists (
      select
      from app.cohort_duty d
      where d.org_id = m.org_id
        and d.cohort_id = m.cohort_id
        and d.kind in ('substitute', 'pair')
        and (d.valid_from at time zone 'Europe/Helsinki')::date <= m.held_on
        and ((d.valid_until - interval '1 second') at time zone 'Europe/Helsinki')::date >= m.held_on))`

// Published begins a list of programme.Published; a condition follows.
var Published = `select
  v.id,
  ` + Text("v.id", "'name'") + ` name,
  v.version "number",
  v.in_cohort,
  v.weeks,
  v.size_min,
  v.size_max,
  v.shape
from app.programme_version v
where v.published_at is not null`

// GroupOpen is the condition that cohort c is planned or runs.
const GroupOpen = `c.state in ('draft', 'open', 'confirmed', 'running')`

// MyCohorts are the cohorts c on which the actor has a duty now, found from the duties: starting from app.cohort itself would
// go through all of the organisation's. The query is one of Q's.
const MyCohorts = `(
  select distinct d.org_id, d.cohort_id
  from app.cohort_duty d
  where d.user_id = (select nullif(current_setting('app.actor', true), '')::uuid)
    and d.valid_from <= {now}
    and d.valid_until > {now}) d0
join app.cohort c on c.org_id = d0.org_id and c.id = d0.cohort_id`

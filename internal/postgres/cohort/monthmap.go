package cohort

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
	"kuukausi/internal/postgres/door"
)

// The half-days of a cohort, one row a day.
var qMapDays = `select
  m.held_on date,
  m.day,
  m.week,
  w.theme,
  m."first",
  m."second",
  m.first_kind,
  m.second_kind,
  m.first_starts,
  m.second_starts,
  m.first_kind = '' and m.first_off first_off,
  m.second_kind = '' and m.second_off second_off
from (
  select
    m.held_on,
    min(m.day) as day,
    min(m.week) week,
    coalesce(
      (array_agg(m.id) filter (where m.half = 1 and m.cancelled_at is null))[1],
      '00000000-0000-0000-0000-000000000000') as first,
    coalesce(
      (array_agg(m.id) filter (where m.half = 2 and m.cancelled_at is null))[1],
      '00000000-0000-0000-0000-000000000000') as second,
    coalesce(max(m.kind) filter (where m.half = 1 and m.cancelled_at is null), '') first_kind,
    coalesce(max(m.kind) filter (where m.half = 2 and m.cancelled_at is null), '') second_kind,
    coalesce(min(m.starts_at) filter (where m.half = 1 and m.cancelled_at is null), 0) first_starts,
    coalesce(min(m.starts_at) filter (where m.half = 2 and m.cancelled_at is null), 0) second_starts,
    coalesce(bool_or(m.half = 1 and m.cancelled_at is not null), false) first_off,
    coalesce(bool_or(m.half = 2 and m.cancelled_at is not null), false) second_off
  from app.meeting m
  where m.cohort_id = @cohort
  group by m.held_on) m
join (
  select
    w.week,
    ` + door.Text("(select c.version_id from app.cohort c where c.id = @cohort)", "'theme.' || w.week") + ` theme
  from (select distinct n.week from app.meeting n where n.cohort_id = @cohort) w) w on w.week = m.week
order by m.held_on
limit 400`

// One row a person. Laterals, because under policies a grouped join is planned for one row and run once a person
// as measured. Who may not see a column's table gets nothing there from the policies.
const qMapRows = `select
  e.id enrolment_id,
  p.first_name,
  p.last_name,
  p.protected,
  e.state,
  e.starts_on,
  (e.closed_at at time zone 'Europe/Helsinki')::date closed_on,
  coalesce(g.body, '') goal,
  coalesce(a.slots, '{}') slots,
  coalesce(a.letters, '') letters,
  e.search_shared,
  s.applications,
  s.calls,
  s.interviews,
  t.id trial_id,
  coalesce(t.state, '') trial_state,
  coalesce(t.state = 'draft', false) trial_draft,
  coalesce(t.state = 'active', false) trial_active,
  coalesce(t.flaws, '{}') trial_flaws,
  t.starts_on trial_from,
  t.ends_on trial_until,
  coalesce(t.name, '') site_name,
  k.last_contact
from app.enrolment e
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
cross join lateral (
  select
    array_agg((a.held_on - date '2000-01-01') * 2 + a.half - 1) slots,
    string_agg(a.mark, '') letters
  from app.attendance a
  where a.org_id = e.org_id and a.enrolment_id = e.id) a
left join lateral (
  select g.body
  from app.goal g
  where g.org_id = e.org_id and g.enrolment_id = e.id
  order by g.number desc
  limit 1) g on true
cross join lateral (
  select
    count(*) filter (where s.kind = 'application') applications,
    count(*) filter (where s.kind = 'call') calls,
    count(*) filter (where s.kind = 'interview') interviews
  from app.search_step s
  where s.org_id = e.org_id and s.enrolment_id = e.id) s
left join lateral (
  select
    t.id,
    t.state,
    ` + door.TrialFlaws + ` flaws,
    t.starts_on,
    t.ends_on,
    i.name
  from app.trial t
  join app.site i on i.org_id = t.org_id and i.id = t.site_id
  where t.org_id = e.org_id
    and t.enrolment_id = e.id
    and t.state <> 'cancelled'
  order by t.state = 'draft', t.starts_on desc
  limit 1) t on true
left join lateral (
  select max(k.on_day) last_contact
  from app.site_contact k
  where k.org_id = e.org_id and k.trial_id = t.id) k on true
where e.cohort_id = @cohort and ` + door.Joined + `
order by p.first_name collate "fi-x-icu", p.last_name collate "fi-x-icu", e.id
limit 100`

// MonthMap is the cohort's month.
func (db Store) MonthMap(ctx context.Context, id uuid.UUID) (cohort.MonthMap, error) {
	var m cohort.MonthMap
	a := door.Args{"cohort": id}
	err := db.Read(ctx, door.Question{
		Do:      access.MonthMapView,
		Subject: id,
		Scope:   door.ScopeCohort,
		Found:   func() bool { return m.Head.ID == id },
		Ask: func(b *pgx.Batch) {
			door.One(b, &m.Head, door.Group, a)
			door.List(b, &m.Days, qMapDays, a)
			door.List(b, &m.Rows, qMapRows, a)
		},
	})
	return m, err
}

package desk

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
	"kuukausi/internal/desk"
	"kuukausi/internal/postgres/door"
)

// qPerson is a case with everything its page shows but the trials, in one row: each further mention of a guarded table
// costs more than the rows it brings. The half-days come as parallel arrays.
var qPerson = "select " + door.WholeCase + `,
  0 goals,
  ` + door.ExpertOf + `,
  s.applications, s.calls, s.interviews, v.choice, g.goal_versions, h.history, n.interrupted, k.checks, r0.pre, o.promises, q.kept,
    (select x.pre_assignments::int from app.programme_version x where x.org_id = e.org_id and x.id = e.version_id) asked,
      coalesce(a.at, '{}') slot_at, coalesce(a.kinds, '{}') slot_kinds,
  coalesce(a.marks, '{}') slot_marks, coalesce(a.remarks, '{}') slot_remarks,
  coalesce(a.corrections, '{}') slot_corrections` + door.WholeCaseFrom + `
cross join lateral (
  select
    count(*) filter (where s.kind = 'application') applications,
    count(*) filter (where s.kind = 'call') calls,
    count(*) filter (where s.kind = 'interview') interviews
  from app.search_step s
  where s.org_id = e.org_id and s.enrolment_id = e.id) s
cross join lateral (
  select coalesce(
    jsonb_agg(
      jsonb_build_object(
        'ChosenOn', v.chosen_on::timestamptz, 'How', v.how, 'Lang', v.lang, 'EnteredBy',
        coalesce(m.name, p.first_name || ' ' || p.last_name)) order by v.at),
    '[]') choice
  from app.voluntary_choice v
  left join app.membership m on m.org_id = v.org_id and m.id = v.entered_by
  where v.org_id = e.org_id and v.enrolment_id = e.id) v
cross join lateral (
  select coalesce(
    jsonb_agg(
      jsonb_build_object(
        'Number', g.number, 'Kind', g.kind, 'Body', g.body, 'How', g.how, 'EnteredBy',
        coalesce(m.name, p.first_name || ' ' || p.last_name), 'At', g.at) order by g.number desc),
    '[]') goal_versions
  from app.goal g
  left join app.membership m on m.org_id = g.org_id and m.id = g.entered_by
  where g.org_id = e.org_id and g.enrolment_id = e.id) g
cross join lateral (
  select coalesce(
    jsonb_agg(
      jsonb_build_object(
        'week', k.week, 'going', k.going, 'body', k.body, 'by', coalesce(m.name, p.first_name || ' ' || p.last_name),
        'at', k.at) order by k.week),
    '[]') checks
  from app.goal_check k
  left join app.membership m on m.org_id = k.org_id and m.id = k.entered_by
  where k.org_id = e.org_id and k.enrolment_id = e.id) k
cross join lateral (
  select coalesce(
    jsonb_agg(
      jsonb_build_object('State', h.state, 'Reason', h.reason, 'By', coalesce(m.name, ''), 'At', h.at)
      order by h.at desc, h.id desc),
    '[]') history
  from app.enrolment_state h
  left join app.membership m on m.org_id = h.org_id and m.id = h.by_id
  where h.org_id = e.org_id and h.enrolment_id = e.id) h
left join lateral (` + door.Interrupted + `) n on true
cross join lateral (` + door.PreAssignments() + `) r0
cross join lateral (` + door.OpenPromises + `) o
cross join lateral (` + door.KeptPromises + `) q
cross join lateral (
  select
    array_agg(m.slot) at,
    array_agg(m.kind) kinds,
    array_agg(m.mark) marks,
    array_agg(m.remark) remarks,
    array_agg(m.corrections) corrections
  from (
    select
      (m.held_on - date '2000-01-01') * 2 + m.half - 1 slot,
      m.kind,
      coalesce(a.mark, '') mark,
      coalesce(a.remark, '') remark,
      coalesce(a.corrections, 0) corrections
    from app.meeting m
    left join app.attendance a on a.org_id = m.org_id
      and a.enrolment_id = e.id
      and a.held_on = m.held_on
      and a.half = m.half
    where m.org_id = e.org_id
      and (m.cohort_id = e.cohort_id or m.enrolment_id = e.id)
      and m.cancelled_at is null
    order by m.held_on, m.half
    limit 600) m) a
where e.id = @enrolment`

// personRow is qPerson's row: the half-days of a month come as parallel arrays, a fifth of what they would weigh as jsonb.
type personRow struct {
	desk.Person
	SlotAt, SlotCorrections           []int32
	SlotKinds, SlotMarks, SlotRemarks []string
}

// Person is one person's month in the coach's eyes.
func (db Store) Person(ctx context.Context, id uuid.UUID) (desk.Person, error) {
	var x personRow
	a := door.Args{"enrolment": id}
	err := db.Read(ctx, door.Question{
		Do:      access.EnrolmentView,
		Subject: id,
		Scope:   door.ScopeEnrolment,
		Found:   func() bool { return x.Case.ID == id },
		Ask: func(b *pgx.Batch) {
			door.One(b, &x, qPerson, a)
			door.List(b, &x.Trials, qPersonTrials, a)
			door.List(b, &x.Notes, door.Notes, a)
		},
	})
	p := x.Person
	for i, at := range x.SlotAt {
		s := desk.PersonSlot{
			HeldOn: cohort.SlotDay(at),
			Half:   int(at%2) + 1,
			Kind:   x.SlotKinds[i],
			Mark:   cohort.Mark(x.SlotMarks[i]),
			Remark: x.SlotRemarks[i],
			Before: int(x.SlotCorrections[i]),
		}
		p.Slots = append(p.Slots, s)
		past, here := &p.Counts.GroupPast, &p.Counts.GroupHere
		if s.AtWork() {
			past, here = &p.Counts.TrialPast, &p.Counts.TrialHere
		}
		if s.Mark != cohort.Unmarked {
			*past++
		}
		if s.Mark.TookPart() {
			*here++
		}
	}
	return p, err
}

const qPersonTrials = `select
  t.id,
  i.name site_name,
  t.state,
  ` + door.TrialFlaws + ` flaws,
  t.starts_on,
  t.ends_on,
  t.day_minutes,
  (select max(k.on_day) from app.site_contact k where k.org_id = t.org_id and k.trial_id = t.id) last_contact
from app.trial t
join app.site i on i.org_id = t.org_id and i.id = t.site_id
where t.enrolment_id = @enrolment
order by t.starts_on desc
limit 50`

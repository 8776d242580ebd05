package cohort

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/schedule"
)

// heldRow is what marking needs of a sheet, without names and texts: the meeting, locked, and one person's mark. A
// meeting nobody is on has one row without a person.
type heldRow struct {
	ID           uuid.UUID
	HeldOn       time.Time
	Half         int
	StartsAt     int
	Kind         string
	Version      int
	Cancelled    bool
	EnrolmentID  *uuid.UUID
	Mark, Remark string
	HasTrial     bool
}

const (
	// The version is raised here already: that locks the row until the act is decided, and a refusal rolls it back. Who
	// waited for the lock may read marks of before, but then the version is another one and the form stale.
	qHold = `with m as (
  update app.meeting m
  set version = m.version + 1
  where %s
  returning
    m.org_id,
    m.id,
    m.cohort_id,
    m.enrolment_id,
    m.held_on,
    m.half,
    m.starts_at,
    m.kind,
    m.version - 1 as version,
    m.cancelled_at is not null cancelled)
select
  m.id,
  m.held_on,
  m.half,
  m.starts_at,
  m.kind,
  m.version,
  m.cancelled,
  r.id enrolment_id,
  coalesce(r.mark, '') mark,
  coalesce(r.remark, '') remark,
  coalesce(r.has_trial, false) has_trial
from m
left join lateral (
  select
    e.id,
    a.mark,
    a.remark,
    %s has_trial
  from app.enrolment e
  left join app.attendance a on a.org_id = e.org_id
    and a.enrolment_id = e.id
    and a.held_on = m.held_on
    and a.half = m.half
  where e.org_id = m.org_id and (e.cohort_id = m.cohort_id or e.id = m.enrolment_id)` + onSheet + `) r on true
limit 100`
	onSheet = ` and ` + door.OnSheet
)

// A half-day elsewhere asks nothing of trials; one at workplaces asks whether one covers the day.
var (
	qHoldMeeting = door.Sqlf(qHold, "m.id = @meeting and m.kind <> 'trial'", "false")
	qHoldWork    = door.Sqlf(qHold, "m.id = @meeting and m.kind = 'trial'", covered)
	qHoldDay     = door.Sqlf(qHold, `m.cohort_id = @cohort and m.held_on = @day and m.kind = 'trial'
    and m.id = coalesce(@meeting, (
      select n.id
      from app.meeting n
      where n.cohort_id = @cohort and n.held_on = @day and n.kind = 'trial'
      order by n.cancelled_at is not null, n.half
      limit 1))`, covered)
)

// covered is the condition that a trial of case e covers the day of meeting m.
const covered = `exists (
      select
      from app.trial t
      where t.org_id = e.org_id
        and t.enrolment_id = e.id
        and ` + door.TrialWas + `
        and m.held_on between t.starts_on and t.ends_on)`

// What a changed mark was is kept.
const qKeepMarks = `with kept as (
  insert into app.attendance_before (
    org_id, enrolment_id, held_on, half, number, mark, remark, on_trial, marked_by, marked_at)
  select
    a.org_id,
    a.enrolment_id,
    a.held_on,
    a.half,
    a.corrections,
    a.mark,
    a.remark,
    a.on_trial,
    a.marked_by,
    a.marked_at
  from app.attendance a
  where a.org_id = @org
    and a.enrolment_id = any(@ids)
    and a.held_on = @day
    and a.half = @half)
`

// RecordAttendance stores a sheet's marks; the meeting is locked meanwhile.
func (db Store) RecordAttendance(
	ctx context.Context,
	do access.Action,
	which cohort.Which,
	form access.Form,
	decide func(access.Actor, cohort.Sheet) (cohort.Marking, error),
) error {
	var held []heldRow
	var s cohort.Sheet
	subject, hold, key := which.Meeting, qHoldMeeting, door.Args{"meeting": which.Meeting}
	switch {
	case which.Cohort != uuid.Nil: // a form that names no half-day means the first at workplaces
		subject, hold = which.Cohort, qHoldDay
		key["meeting"], key["cohort"], key["day"] = door.OrNull(which.Meeting), which.Cohort, which.Day
	case which.AtWork:
		hold = qHoldWork
	}
	return db.Write(ctx, door.Act{Do: do, Subject: subject, Form: form,
		Ask:     func(b *pgx.Batch) { door.List(b, &held, hold, key) },
		Found:   func() bool { return len(held) > 0 },
		Version: func() int { return held[0].Version },
		Decide: func(a access.Actor) (door.Change, error) {
			s.Meeting = schedule.Meeting{
				ID:        held[0].ID,
				HeldOn:    held[0].HeldOn,
				Half:      held[0].Half,
				StartsAt:  held[0].StartsAt,
				Kind:      held[0].Kind,
				Version:   held[0].Version,
				Cancelled: held[0].Cancelled,
			}
			for _, r := range held {
				if r.EnrolmentID != nil {
					s.Rows = append(
						s.Rows,
						cohort.SheetRow{EnrolmentID: *r.EnrolmentID, Mark: cohort.Mark(r.Mark), Remark: r.Remark, HasTrial: r.HasTrial},
					)
				}
			}
			m, err := decide(a, s)
			ch := door.Change{}
			ids, marks, remarks := make([]uuid.UUID, 0, len(m.Set)), make([]string, 0, len(m.Set)), make([]string, 0, len(m.Set))
			for _, e := range m.Set {
				ids, marks, remarks = append(ids, e.Enrolment), append(marks, string(e.Mark)), append(remarks, e.Remark)
			}
			ch.Enrolments = ids
			interviewed := m.Interviewed()
			ch.Queue = func(b *pgx.Batch) {
				kept := ""
				if len(m.Before) > 0 {
					kept = qKeepMarks
				}
				b.Queue(
					kept+`insert into app.attendance (org_id, enrolment_id, held_on, half, mark, remark, meeting_id, on_trial)
select
  @org,
  x.id,
  @day,
  @half,
  x.mark,
  x.remark,
  @meeting,
  @trial
from unnest(@ids::uuid[], @marks::text[], @remarks::text[]) x (id, mark, remark)
on conflict (org_id, enrolment_id, held_on, half) do update
set
  mark = excluded.mark,
  remark = excluded.remark,
  marked_by = excluded.marked_by,
  marked_at = excluded.marked_at,
  meeting_id = excluded.meeting_id,
  on_trial = excluded.on_trial,
  corrections = attendance.corrections + 1`,
					door.Args{
						"org":     a.OrgID,
						"meeting": s.Meeting.ID,
						"day":     s.Meeting.HeldOn,
						"half":    s.Meeting.Half,
						"trial":   s.Meeting.AtWork(),
						"ids":     ids,
						"marks":   marks,
						"remarks": remarks,
					},
				)
				if was := m.NotInterviewed(); len(was) > 0 {
					b.Queue(qNoInterviewSteps, door.Args{"day": s.Meeting.HeldOn, "people": was, "mark": string(cohort.Interview)})
				}
				if len(interviewed) > 0 {
					b.Queue(qInterviewSteps, door.Args{"day": s.Meeting.HeldOn, "people": interviewed, "ids": door.NewIDs(len(interviewed))})
				}
			}
			return ch, err
		}})
}

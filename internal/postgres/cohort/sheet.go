package cohort

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
	"kuukausi/internal/postgres/door"
)

// qSheet is everyone who is to be marked at meetings m: the cohort's people from their own first day on, or the one
// enrolment; at workplaces with the trial that covers the day. %s is the condition on the meetings.
const qSheet = `select
  m.id meeting_id,
  e.id enrolment_id,
  p.first_name,
  p.last_name,
  p.protected,
  coalesce(a.mark, '') mark,
  coalesce(a.remark, '') remark,
  coalesce(u.name, '') marked_by,
  a.marked_at,
  coalesce(a.corrections, 0) > 0 corrected,
  t.id is not null has_trial,
  coalesce(t.name, '') site_name,
  coalesce(t.phone, '') site_phone,
  coalesce(t.person, '') site_person,
  t.id trial_id
from app.meeting m
join app.enrolment e on e.org_id = m.org_id and (e.cohort_id = m.cohort_id or e.id = m.enrolment_id)
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
left join app.attendance a on a.org_id = e.org_id
  and a.enrolment_id = e.id
  and a.held_on = m.held_on
  and a.half = m.half
left join app.membership u on u.org_id = a.org_id and u.id = a.marked_by
left join lateral (
  select
    t.id,
    i.name,
    s.phone,
    s.name person
  from app.trial t
  join app.site i on i.org_id = t.org_id and i.id = t.site_id
  left join app.site_person s on s.org_id = t.org_id and s.id = t.supervisor_id
  where m.kind = 'trial'
    and t.org_id = e.org_id
    and t.enrolment_id = e.id
    and ` + door.TrialWas + `
    and m.held_on between t.starts_on and t.ends_on
  order by t.state = 'ended', t.starts_on desc
  limit 1) t on true
where %s` + onSheet + `
order by m.half, p.first_name collate "fi-x-icu", p.last_name collate "fi-x-icu", e.id
limit 200`

var (
	qSheetRows = door.Sqlf(qSheet, "m.id = @meeting")
	qBoardRows = door.Sqlf(qSheet, "m.cohort_id = @cohort and m.held_on = @day and m.cancelled_at is null")
)

// Sheet is one meeting with its people.
func (db Store) Sheet(ctx context.Context, meeting uuid.UUID) (cohort.Sheet, error) {
	var s cohort.Sheet
	var rows []boardRow
	err := db.Read(ctx, door.Question{
		Do:      access.AttendanceView,
		Subject: meeting,
		Scope:   door.ScopeMeeting,
		Found:   func() bool { return s.Meeting.ID == meeting },
		Ask: func(b *pgx.Batch) {
			door.One(b, &s.Meeting, door.Sqlf(door.Meeting, "m.id = @meeting"), door.Args{"meeting": meeting})
			door.List(b, &rows, qSheetRows, door.Args{"meeting": meeting})
		},
	})
	for _, r := range rows {
		s.Rows = append(s.Rows, r.SheetRow)
	}
	return s, err
}

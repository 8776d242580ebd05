package cohort

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/schedule"
)

// Mark is what happened on one half-day. The zero value is unmarked, which is not absent.
type Mark string

// The marks (internal/domain.md 20, internal/domain.md, ruling 14).
const (
	Unmarked       Mark = ""
	Present        Mark = "p"
	Late           Mark = "l"
	AbsentNotified Mark = "n"
	AbsentUnknown  Mark = "u"
	Interview      Mark = "i"
	AtReview       Mark = "r"
	Visit          Mark = "v"
	Excused        Mark = "e"
)

// Marks are all that can be set, in the order forms show them.
var Marks = []Mark{Present, Late, Interview, Visit, AtReview, AbsentNotified, AbsentUnknown, Excused}

// TookPart tells whether the half-day counts as participation.
func (m Mark) TookPart() bool {
	return m == Present || m == Late || m == Interview || m == AtReview || m == Visit
}

// Sheet is a meeting with everyone who is to be marked.
type Sheet struct {
	Meeting schedule.Meeting
	Rows    []SheetRow
}

// SheetRow is one person on the sheet. HasTrial says whether an active work trial covers the day.
type SheetRow struct {
	EnrolmentID uuid.UUID
	FirstName   string
	LastName    string
	Protected   bool // by an order: on no list on paper (internal/domain.md 96)
	Mark        Mark
	Remark      string
	MarkedBy    string
	MarkedAt    *time.Time
	Corrected   bool
	HasTrial    bool
	SiteName    string
	SitePhone   string
	SitePerson  string
	TrialID     *uuid.UUID
}

// Markable tells whether this person can be marked on this half-day: at a workplace only under an active agreement
// (380/2023 54 § 3 mom.).
func (r SheetRow) Markable(m schedule.Meeting) bool { return !m.AtWork() || r.HasTrial }

// Entry is one person's mark as typed.
type Entry struct {
	Enrolment uuid.UUID
	Mark      Mark
	Remark    string
}

// Marking is what is to be stored: new and changed rows, and what the changed ones were before.
type Marking struct {
	Set    []Entry
	Before []SheetRow
}

// Interviewed are the people newly marked as at a job interview: an interview is a step of their search too, and the number
// of interviews is counted from the steps alone (internal/domain.md, ruling 33).
func (m Marking) Interviewed() (out []uuid.UUID) {
	for _, e := range m.Set {
		if e.Mark == Interview {
			out = append(out, e.Enrolment)
		}
	}
	return out
}

// NotInterviewed are the people whose mark of an interview is corrected to another.
func (m Marking) NotInterviewed() (out []uuid.UUID) {
	interviewed := m.Interviewed()
	for _, b := range m.Before {
		if b.Mark == Interview && !slices.Contains(interviewed, b.EnrolmentID) {
			out = append(out, b.EnrolmentID)
		}
	}
	return out
}

// Which names the half-day to be marked: by itself, or, at workplaces, on a cohort's day board.
type Which struct {
	Meeting, Cohort uuid.UUID
	Day             time.Time
	AtWork          bool // the people are at their workplaces, and can be marked under an agreement only
}

// Record stores a sheet's marks. rest marks everyone still unmarked as present. What is left unmarked stays so.
func (s Service) Record(
	ctx context.Context, meeting uuid.UUID, atWork bool, form access.Form, entries []Entry, rest bool,
) error {
	return s.store.RecordAttendance(
		ctx,
		access.AttendanceRecord,
		Which{Meeting: meeting, AtWork: atWork},
		form,
		func(a access.Actor, sh Sheet) (Marking, error) { return sh.Record(a, entries, rest) },
	)
}

// RecordDay stores the marks of a half-day at workplaces, from the day board.
func (s Service) RecordDay(
	ctx context.Context, cohort, meeting uuid.UUID, day time.Time, form access.Form, entries []Entry, rest bool,
) error {
	return s.store.RecordAttendance(
		ctx,
		access.DayRecord,
		Which{Meeting: meeting, Cohort: cohort, Day: day, AtWork: true},
		form,
		func(a access.Actor, sh Sheet) (Marking, error) { return sh.Record(a, entries, rest) },
	)
}

// Record is the rule of Service.Record: begun (E_NOT_BEGUN), people of this sheet only, known marks, trial half-days
// under an agreement (E_TRIAL_UNSIGNED).
func (sh Sheet) Record(a access.Actor, entries []Entry, rest bool) (Marking, error) {
	var out Marking
	var v fault.Invalid
	if sh.Meeting.Cancelled {
		return out, fault.One("", "E_MEETING_CANCELLED")
	}
	if !sh.Meeting.Begun(a.Now) {
		return out, fault.One("", "E_NOT_BEGUN")
	}
	typed := map[uuid.UUID]Entry{}
	for _, e := range entries {
		typed[e.Enrolment] = e
	}
	for _, r := range sh.Rows {
		e, ok := typed[r.EnrolmentID]
		delete(typed, r.EnrolmentID)
		e.Enrolment, e.Remark = r.EnrolmentID, strings.TrimSpace(e.Remark)
		if rest && e.Mark == Unmarked && r.Mark == Unmarked && r.Markable(sh.Meeting) {
			e.Mark, ok = Present, true
		}
		field := "mark." + r.EnrolmentID.String()
		switch {
		case !ok || e.Mark == Unmarked:
			continue
		case !known(e.Mark):
			v.Add(field, "E_CHOICE")
			continue
		case !r.Markable(sh.Meeting):
			v.Add(field, "E_TRIAL_UNSIGNED")
			continue
		case len([]rune(e.Remark)) > 300:
			v.Add(field, "E_TOO_LONG", "Max", 300)
			continue
		case e.Mark == r.Mark && e.Remark == r.Remark:
			continue
		}
		out.Set = append(out.Set, e)
		if r.Mark != Unmarked {
			out.Before = append(out.Before, r)
		}
	}
	if len(typed) > 0 {
		return out, fault.ErrNotFound // somebody who is not on this sheet
	}
	if len(v) == 0 && len(out.Set) == 0 {
		v.Add("", "E_NOTHING_MARKED")
	}
	return out, v.OrNil()
}

func known(m Mark) bool {
	for _, k := range Marks {
		if k == m {
			return true
		}
	}
	return false
}

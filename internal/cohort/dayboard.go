package cohort

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/casework"
	"kuukausi/internal/schedule"
)

// DayBoard is one day of a cohort: who is in the group room, who is at which workplace.
type DayBoard struct {
	Head    casework.Group
	Day     time.Time
	Parts   []BoardPart // its half-days in the order of the clock
	Earlier *time.Time
	Later   *time.Time
	Called  []uuid.UUID // who has called an employer on this day, as far as they share it
	Private []uuid.UUID // who does not share their job search
}

// Quiet are the people who share their job search and have not called an employer on this day; for the coach only
// (internal/domain.md 22).
func (d DayBoard) Quiet() (out []SheetRow) {
	for _, p := range d.Parts {
		for _, r := range p.Rows {
			known := slices.ContainsFunc(out, func(x SheetRow) bool { return x.EnrolmentID == r.EnrolmentID })
			if !known && !slices.Contains(d.Called, r.EnrolmentID) && !slices.Contains(d.Private, r.EnrolmentID) {
				out = append(out, r)
			}
		}
	}
	return out
}

// BoardPart is one half-day of the day with its people.
type BoardPart struct {
	schedule.Meeting
	Rows []SheetRow
}

// Without are the people who have no workplace on this half-day.
func (p BoardPart) Without() (out []SheetRow) {
	for _, r := range p.Rows {
		if !r.Markable(p.Meeting) {
			out = append(out, r)
		}
	}
	return out
}

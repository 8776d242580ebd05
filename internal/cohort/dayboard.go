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
	Group   schedule.Meeting
	Trial   schedule.Meeting
	Rows    []BoardRow
	Earlier *time.Time
	Later   *time.Time
	Called  []uuid.UUID // who has called an employer on this day, as far as they share it
	Private []uuid.UUID // who does not share their job search
}

// Quiet are the people who share their job search and have not called an employer on this day; for the coach only
// (domain.md 22).
func (d DayBoard) Quiet() (out []BoardRow) {
	for _, r := range d.Rows {
		if !slices.Contains(d.Called, r.EnrolmentID) && !slices.Contains(d.Private, r.EnrolmentID) {
			out = append(out, r)
		}
	}
	return out
}

// BoardRow is one person on the board.
type BoardRow struct {
	SheetRow
	GroupMark Mark
}

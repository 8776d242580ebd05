package schedule

import (
	"slices"
	"time"

	"kuukausi/internal/casework"
)

// WeekPlan is one programme week on paper: the plan for the wall, and a list of names to sign.
type WeekPlan struct {
	Head     casework.Group `db:"-"` // read apart, as the meetings are
	Week     int
	Weeks    int
	Meetings []Meeting `db:"-"`
	Room     string
	Names    []string // those who may stand on a list; a protection order keeps a person off it
	Off      int      // how many are kept off
	Closed   []time.Time
	Hours    []EmployerHour // the coordinator's, on the programme
}

// EmployerHour is when employers come to the group.
type EmployerHour struct {
	On           time.Time
	Starts, Ends int
	Place, What  string
}

// IsClosed tells whether the organisation is closed on a day the week has: its meeting is still to be moved.
func (w WeekPlan) IsClosed(d time.Time) bool {
	return slices.ContainsFunc(w.Closed, d.Equal)
}

// Days are the week's days in order.
func (w WeekPlan) Days() (out []time.Time) {
	for _, m := range w.Meetings {
		if n := len(out); n == 0 || !out[n-1].Equal(m.HeldOn) {
			out = append(out, m.HeldOn)
		}
	}
	return out
}

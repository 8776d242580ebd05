package cohort

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/law"
)

// WeekPlan is one programme week on paper: the plan for the wall, and a list of names to sign.
type WeekPlan struct {
	Head     Head `db:"-"` // read apart, as the meetings are
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

// Participation are the days on which each person took part, for the expense compensation (kulukorvaus): days of actual
// participation only, one a day however many half-days, at most as many in a calendar week as the law says.
type Participation struct {
	Head         Head
	From, Until  time.Time
	CoachingKind string
	Law          law.Book
	People       []Participant
}

// Participant is a person and the days they took part.
type Participant struct {
	EnrolmentID         uuid.UUID
	FirstName, LastName string
	Protected           bool // no export: not in the list to copy
	Days                []time.Time
}

// Counted are a person's days that count, in order: no more in a calendar week than the law's number of that week.
func (p Participation) Counted(x Participant) (out []time.Time) {
	in := map[[2]int]int{}
	for _, d := range x.Days {
		y, w := d.ISOWeek()
		if limit, ok := p.Law.On(law.ExpenseWeekDays, d); !ok || in[[2]int{y, w}] < limit.Value {
			in[[2]int{y, w}]++
			out = append(out, d)
		}
	}
	return out
}

// TakingPart are the marks that count as participation.
func TakingPart() (out []string) {
	for _, m := range Marks {
		if m.TookPart() {
			out = append(out, string(m))
		}
	}
	return out
}

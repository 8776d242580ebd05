package cohort

import (
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/casework"
	"kuukausi/internal/law"
	"kuukausi/internal/programme"
)

// Participation are the days on which each person took part, for the expense compensation (kulukorvaus): days of actual
// participation only, one a day however many half-days, at most as many in a calendar week as the law says.
type Participation struct {
	Head         casework.Group
	From, Until  time.Time
	CoachingKind string
	Law          law.Book
	People       []Participant
}

// Discretionary tells that the compensation is at the employment authority's discretion, as in job coaching (380/2023 53 §).
func (p Participation) Discretionary() bool { return p.CoachingKind == programme.JobCoaching }

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

package desk

import (
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/casework"
	"kuukausi/internal/cohort"
	"kuukausi/internal/placement"
	"kuukausi/internal/preassignment"
	"kuukausi/internal/programme"
	"kuukausi/internal/recruitment"
)

// Person is one person's month for the coach.
type Person struct {
	casework.Case
	Counts
	Expert       string
	Choice       []recruitment.Choice
	GoalVersions []casework.Goal  // the newest first
	History      []casework.Stood // the newest first
	Interrupted  *casework.Interruption
	Slots        []PersonSlot    `db:"-"` // unfolded from arrays
	Trials       []PersonTrial   `db:"-"` // read apart, as the notes are
	Notes        []casework.Note `db:"-"`
	Checks       []casework.GoalCheck
	Pre          []preassignment.Assignment
	Promises     []casework.Promise
	Kept         []casework.Promise // the newest first
	Asked        int                // how many pre-assignments the model asks
}

// PersonSlot is one half-day of this person: the meeting and the mark, with what it was before.
type PersonSlot struct {
	HeldOn time.Time
	Half   int
	Kind   string
	Title  string
	Mark   cohort.Mark
	Remark string
	Before int
	// Cancelled meetings are shown to the participant, with why.
	Cancelled bool
	Reason    string
}

// AtWork tells whether it is spent at a workplace.
func (s PersonSlot) AtWork() bool { return s.Kind == programme.KindTrial }

// PersonTrial is a work trial on a person's page.
type PersonTrial struct {
	ID               uuid.UUID
	SiteName         string
	State            placement.State
	Flaws            []string // of a draft: what keeps it from becoming an agreement
	StartsOn, EndsOn time.Time
	DayMinutes       int
	LastContact      *time.Time
}

// Counts are what a month adds up to.
type Counts struct {
	GroupPast, GroupHere            int `db:"-"` // counted from the half-days
	TrialPast, TrialHere            int `db:"-"`
	Applications, Calls, Interviews int
}

package cohort

import (
	"slices"
	"time"

	"github.com/google/uuid"
)

// MonthMap is a cohort's month in one look: a row a person, a column a day with its two half-days.
type MonthMap struct {
	Head Head
	Days []MapDay
	Rows []MapRow
}

// Head is what every page of a cohort shows above itself.
type Head struct {
	ID               uuid.UUID
	Name, Place      string
	State            string
	StartsOn, EndsOn time.Time
	PlacesTaken      int
	SizeMin, SizeMax int
	Version          int
	Coach            string
	Coordinator      string
}

// MapDay is a column.
type MapDay struct {
	Date          time.Time
	Day, Week     int
	Theme         string
	First, Second uuid.UUID // meetings of the two half-days; Nil where nothing is planned
	FirstKind     string
	SecondKind    string
	FirstStarts   int
}

// MapRow is a person. Marks has two bytes a column: morning and afternoon, 0 where unmarked.
type MapRow struct {
	EnrolmentID                     uuid.UUID
	FirstName, LastName             string
	State                           string
	StartsOn                        time.Time
	Goal                            string
	Slots                           []int32 // (date − 1.1.2000) × 2 + half − 1
	Letters                         string  // one letter a slot
	SearchShared                    bool
	Applications, Calls, Interviews int
	TrialID                         *uuid.UUID
	TrialState                      string
	TrialFrom, TrialUntil           *time.Time
	SiteName                        string
	LastContact                     *time.Time
}

// Marks spreads a row over the days.
func (m MonthMap) Marks(r MapRow) []byte {
	at := make(map[int32]int, len(m.Days))
	for i, d := range m.Days {
		at[int32(d.Date.Sub(epoch).Hours()/24)] = i
	}
	out := make([]byte, 2*len(m.Days))
	for i, s := range r.Slots {
		if col, ok := at[s/2]; ok && i < len(r.Letters) {
			out[col*2+int(s%2)] = r.Letters[i]
		}
	}
	return out
}

// SlotDay is the day of a slot number.
func SlotDay(slot int32) time.Time { return epoch.AddDate(0, 0, int(slot/2)) }

// epoch is the day the map's slots are counted from.
var epoch = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// Details is the cohort's page of facts: state, duties, programme, people.
type Details struct {
	Head     Head
	Duties   []Duty
	Meetings []Meeting
	Where    Where
}

// DayBoard is one day of a cohort: who is in the group room, who is at which workplace.
type DayBoard struct {
	Head    Head
	Day     time.Time
	Group   Meeting
	Trial   Meeting
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

// Today is the start page of staff.
type Today struct {
	Cohorts  []TodayCohort
	Meetings []TodayMeeting
	Signals  []Signal
	Reviews  []TodayReview
}

// TodayCohort is a running cohort and where its month stands.
type TodayCohort struct {
	ID               uuid.UUID
	Name, State      string
	StartsOn, EndsOn time.Time
	Day, Days, Week  int
	Theme            string
	PlacesTaken      int
	SizeMax          int
	Waiting, Offered int // people who wait for a place, and who are offered one
}

// TodayMeeting is a half-day of today.
type TodayMeeting struct {
	ID         uuid.UUID
	CohortID   uuid.UUID
	CohortName string
	Half       int
	StartsAt   int
	EndsAt     int
	Kind       string
	Title      string
	People     int
	Marked     int
	AtSites    int
}

// Signal is something that wants a person's eye. Kind is the message key; ID leads to the page.
type Signal struct {
	Kind string
	ID   uuid.UUID
	Name string
	N    int
	On   *time.Time
}

// TodayReview is a review ahead.
type TodayReview struct {
	ID        uuid.UUID
	FirstName string
	LastName  string
	MeetsOn   time.Time
	MeetsAt   int
	Place     string
	State     string
	Decisions int
}

// Listed is a row of the participant list.
type Listed struct {
	EnrolmentID         uuid.UUID
	FirstName, LastName string
	Municipality, Phone string
	CohortName          string
	CohortID            *uuid.UUID
	State               string
	StartsOn, EndsOn    time.Time
	Protected           bool // a protection order: contact data stand elsewhere
}

// Person is one person's month for the coach.
type Person struct {
	Case
	Counts
	Expert       string
	Choice       []Choice
	GoalVersions []Goal        // the newest first
	Slots        []PersonSlot  `db:"-"` // unfolded from arrays
	Trials       []PersonTrial `db:"-"` // read apart, as the notes are
	Notes        []Note        `db:"-"`
	Checks       []GoalCheck
	Pre          []PreAssignment
	Promises     []Promise
	Asked        int // how many pre-assignments the model asks
}

// Choice is a recorded voluntary choice.
type Choice struct {
	ChosenOn  time.Time
	How, Lang string
	EnteredBy string
}

// Goal is one version of the goal.
type Goal struct {
	Number          int
	Kind, Body, How string
	EnteredBy       string
	At              time.Time
}

// PersonSlot is one half-day of this person: the meeting and the mark, with what it was before.
type PersonSlot struct {
	HeldOn time.Time
	Half   int
	Kind   string
	Title  string
	Mark   Mark
	Remark string
	Before int
	// Cancelled meetings are shown to the participant, with why.
	Cancelled bool
	Reason    string
}

// PersonTrial is a work trial on a person's page.
type PersonTrial struct {
	ID               uuid.UUID
	SiteName         string
	State            string
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

// MyMonth is the participant's own page.
type MyMonth struct {
	Case         Case
	Goal         string
	Slots        []PersonSlot
	Review       *uuid.UUID
	Site         string
	Notes        []Note
	Pre          []PreAssignment
	Promises     []Promise
	Appointments []Appointment
}

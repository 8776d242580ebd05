package desk

import (
	"time"

	"kuukausi/internal/casework"
	"kuukausi/internal/programme"
	"kuukausi/internal/review"

	"github.com/google/uuid"
)

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
	Name             string
	State            casework.GroupState
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

// AtWork tells whether it is spent at workplaces.
func (m TodayMeeting) AtWork() bool { return m.Kind == programme.KindTrial }

// Signal is something that wants a person's eye. Kind is the message key; ID leads to the page.
type Signal struct {
	Kind string
	ID   uuid.UUID
	Name string
	N    int
	On   *time.Time
}

// StartWarning is how many days before its first day a cohort that is not confirmed is named.
const StartWarning = 3

// TodayReview is a review ahead.
type TodayReview struct {
	ID        uuid.UUID
	FirstName string
	LastName  string
	MeetsOn   time.Time
	MeetsAt   int
	Place     string
	State     review.State
	Decisions int
}

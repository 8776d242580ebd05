package casework

import (
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/programme"
)

// Group is what every page of a cohort shows above itself.
type Group struct {
	ID               uuid.UUID
	Name, Place      string
	State            GroupState
	StartsOn, EndsOn time.Time
	PlacesTaken      int
	SizeMin, SizeMax int
	StartReason      string // why it goes ahead with fewer than the minimum
	Version          int
	Coach            string
	Coordinator      string
	Shape            programme.Shape // what its model asks
}

// GroupState is where a cohort stands (internal/domain.md 11). What moves it is the room of the cohort's.
type GroupState string

// The states of a cohort.
const (
	GroupDraft     GroupState = "draft"
	GroupOpen      GroupState = "open"
	GroupConfirmed GroupState = "confirmed"
	GroupRunning   GroupState = "running"
	GroupClosed    GroupState = "closed"
	GroupArchived  GroupState = "archived"
	GroupCancelled GroupState = "cancelled"
)

// groupNext lists the transitions there are.
var groupNext = map[GroupState][]GroupState{
	GroupDraft:     {GroupOpen, GroupCancelled},
	GroupOpen:      {GroupConfirmed, GroupCancelled},
	GroupConfirmed: {GroupRunning, GroupCancelled},
	GroupRunning:   {GroupClosed, GroupConfirmed}, // back while nothing rests on it
	GroupClosed:    {GroupArchived},
}

// Before tells whether the month is still to begin.
func (s GroupState) Before() bool { return s == GroupDraft || s == GroupOpen || s == GroupConfirmed }

// Next are the states a cohort may move to.
func (s GroupState) Next() []GroupState { return groupNext[s] }

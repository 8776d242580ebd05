package casework

import (
	"slices"
	"time"
)

// State is where a case stands (internal/domain.md, ruling 12).
type State string

// The states of a case.
const (
	Referred    State = "referred"
	Invited     State = "invited"
	Accepted    State = "accepted"
	Preparing   State = "preparing"
	Active      State = "active"
	InReview    State = "review"
	Completed   State = "completed"
	Unreviewed  State = "unreviewed" // closed without its review
	Withdrawn   State = "withdrawn"
	Moved       State = "moved" // to where this service is not theirs
	Died        State = "died"
	Interrupted State = "interrupted"
	NotStarted  State = "not_started"
)

// next lists the transitions of an open case; what is in Ends and interrupted may follow from anywhere and are acts
// of their own, as are the offer of a place and the choice that accepts it.
var next = map[State][]State{
	Referred:  {Invited, NotStarted},
	Invited:   {Accepted, NotStarted},
	Accepted:  {Preparing, NotStarted},
	Preparing: {Active, NotStarted},
	Active:    {InReview},
	InReview:  {Active, Completed},
}

// States are all of them in the order of a case's life.
var States = []State{
	Referred, Invited, Accepted, Preparing, Active, InReview, Completed, Unreviewed, Withdrawn, Moved, Died, Interrupted, NotStarted,
}

// Ends are the ways in which a case ends but by its review or the authority's interruption (internal/domain.md, ruling 42).
var Ends = []State{Withdrawn, Moved, Died, Unreviewed}

// Stood is a state a case came to, and by whose act.
type Stood struct {
	State  State
	Reason string // why there was no review
	By     string // empty for who is nobody's colleague
	At     time.Time
}

// ByHand are the states a coach may move the case to with one click; queued tells that it waits for a place of a cohort.
func (s State) ByHand(queued bool) (out []State) {
	for _, to := range next[s] {
		if to != Accepted && (to != Invited || !queued) {
			out = append(out, to)
		}
	}
	return out
}

// Open tells whether the case goes on.
func (s State) Open() bool { _, ok := next[s]; return ok }

// HasPlace tells whether the person holds a place of the cohort: the choice is made and the case goes on.
func (s State) HasPlace() bool { return s.Open() && s != Referred && s != Invited }

// Stayed tells whether the person has their place, or finished the month.
func (s State) Stayed() bool { return s == Completed || s == Unreviewed || s.HasPlace() }

// OnTheWay tells whether the person waits for a place, or is offered one.
func (s State) OnTheWay() bool { return s == Referred || s == Invited }

// In tells whether the state is one of these.
func (s State) In(all ...State) bool { return slices.Contains(all, s) }

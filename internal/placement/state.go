package placement

import "slices"

// State is where a trial stands.
type State string

// The states of a trial made here: proposed, in force, over, called off, and said no to.
const (
	Draft     State = "draft"
	Active    State = "active"
	Ended     State = "ended"
	Cancelled State = "cancelled"
	Declined  State = "declined"
)

// What stands beside the trials made here when a person's months are counted: evidence of others, and of times without
// work.
const (
	Elsewhere  State = "elsewhere"
	Unemployed State = "unemployed"
)

// next lists the transitions there are.
var next = map[State][]State{
	Draft:  {Active, Cancelled, Declined},
	Active: {Ended, Cancelled},
}

// May tells whether a trial may go from one state to another.
func (s State) May(to State) bool { return slices.Contains(next[s], to) }

// Open tells whether the trial is proposed or in force.
func (s State) Open() bool { _, ok := next[s]; return ok }

// TookPlace tells whether its days count: it is or was in force, here or elsewhere.
func (s State) TookPlace() bool { return s == Active || s == Ended || s == Elsewhere }

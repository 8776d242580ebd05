package review

import "slices"

// State is where a review stands.
type State string

// The states of a review: being written, open to every party, closed for good.
const (
	Draft  State = "draft"
	Ready  State = "ready"
	Locked State = "locked"
)

// next lists the transitions there are.
var next = map[State][]State{Draft: {Ready}, Ready: {Locked}}

// May tells whether a review may go from one state to another.
func (s State) May(to State) bool { return slices.Contains(next[s], to) }

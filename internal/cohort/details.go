package cohort

import (
	"kuukausi/internal/casework"
	"kuukausi/internal/schedule"
)

// Details is the cohort's page of facts: state, duties, programme, people.
type Details struct {
	Head     casework.Group
	Duties   []Duty
	Meetings []schedule.Meeting
	Where    schedule.Where
}

// DutyKind is what somebody does for a cohort: coach, pair, coordinator or substitute.
type DutyKind string

// Substitute is the kind of who stands in for a coach for some days and names nobody in turn.
const Substitute DutyKind = "substitute"

// Duty is who works with a cohort, in words.
type Duty struct {
	Kind DutyKind
	Name string
	Own  bool // the reader's
}

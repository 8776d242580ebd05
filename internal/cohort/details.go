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

// Duty is who works with a cohort, in words.
type Duty struct {
	Kind string
	Name string
	Own  bool // the reader's
}

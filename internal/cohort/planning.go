package cohort

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/fault"
	"kuukausi/internal/programme"
)

// Summary is a row of the cohort list.
type Summary struct {
	ID               uuid.UUID
	Name, Place      string
	State            casework.GroupState
	StartsOn, EndsOn time.Time
	People           int // who has or had a place
	SizeMax          int
	Coach            string
	Coordinator      string
}

// Plan is what a new cohort is made from.
type Plan struct {
	Versions   []programme.Published
	Slots      []programme.HalfDay
	Colleagues []access.Colleague
	Closed     []time.Time
	Like       Like
}

// Like is what a new cohort takes from another one: programme version, place and pair. The zero value is none.
type Like struct {
	Name, Place                 string
	Version, Coach, Coordinator uuid.UUID
}

// CohortForm is the typed form, unchecked.
type CohortForm struct {
	Version, Coach, Coordinator uuid.UUID
	Name, Place                 string
	StartsOn                    time.Time
}

// NewCohort is a cohort to be stored, with its meetings and its pair.
type NewCohort struct {
	CohortForm
	EndsOn           time.Time
	SizeMin, SizeMax int
	Meetings         []programme.Dated
	DutiesUntil      time.Time
}

// Create makes a draft cohort from a programme version: working days only, holidays and closed days lengthen it.
// Its id is the form's.
func (s Service) Create(ctx context.Context, form access.Form, f CohortForm) error {
	return s.store.CreateCohort(ctx, form, f.Version, func(a access.Actor, p Plan) (NewCohort, error) { return p.Make(a.ID, f) })
}

// Make checks the form against the plan. Who makes a cohort is one of its pair.
func (p Plan) Make(maker uuid.UUID, f CohortForm) (NewCohort, error) {
	var v fault.Invalid
	n := NewCohort{CohortForm: f}
	n.Name, n.Place = strings.TrimSpace(f.Name), strings.TrimSpace(f.Place)
	if n.Name == "" {
		v.Add("name", "E_REQUIRED")
	}
	var version programme.Published
	for _, x := range p.Versions {
		if x.ID == f.Version && x.InCohort {
			version = x
		}
	}
	if version.ID == uuid.Nil {
		v.Add("programme", "E_CHOICE")
	}
	if f.StartsOn.IsZero() {
		v.Add("starts_on", "E_DATE")
	} else if !programme.WorkingDay(f.StartsOn, p.Closed) {
		v.Add("starts_on", "E_HOLIDAY")
	}
	coach, coordinator := p.colleague(f.Coach, access.Coach), p.colleague(f.Coordinator, access.Coordinator)
	if coach == "" {
		v.Add("coach", "E_CHOICE")
	}
	if coordinator == "" {
		v.Add("coordinator", "E_CHOICE")
	}
	if f.Coach != uuid.Nil && f.Coach == f.Coordinator || coach != "" && coach == coordinator {
		v.Add("coordinator", "E_PAIR")
	}
	if maker != f.Coach && maker != f.Coordinator {
		v.Add("coach", "E_NOT_PAIR")
	}
	if len(v) > 0 {
		return n, v
	}
	n.SizeMin, n.SizeMax = version.SizeMin, version.SizeMax
	n.Meetings = version.Lay(p.Slots, f.StartsOn, p.Closed)
	n.EndsOn = n.Meetings[len(n.Meetings)-1].HeldOn
	n.DutiesUntil = access.Start(n.EndsOn.AddDate(1, 0, 0)) // until it closes, at most a year from now (internal/domain.md 91)
	return n, nil
}

// colleague is the name of a colleague of this role, "" when there is none with the id.
func (p Plan) colleague(id uuid.UUID, role access.Role) string {
	for _, c := range p.Colleagues {
		if c.ID == id && c.Role == role {
			return c.Name
		}
	}
	return ""
}

// Standing is a cohort as the rules on its state need it.
type Standing struct {
	ID               uuid.UUID
	State            casework.GroupState
	SizeMin          int
	PlacesTaken      int
	StartsOn, EndsOn time.Time
	Built            bool // something rests on its start: marks, reviews, cases that went on
	Version          int
}

// CohortMove is a transition to be stored.
type CohortMove struct {
	To     casework.GroupState
	Reason string
	// Activate makes the accepted and preparing enrolments active, Deactivate makes them again what they were.
	Activate, Deactivate bool
}

// Move takes a cohort to another state. It starts on its first day at the earliest (E_NOT_YET, internal/domain.md, ruling
// 34), is confirmed and starts below the minimum with a written reason by the coordinator (E_COHORT_TOO_SMALL, internal/domain.md
// 5), and a start is taken back while nothing rests on it (E_STARTED). Closing needs every case closed.
func (s Service) Move(ctx context.Context, cohort uuid.UUID, form access.Form, to casework.GroupState, reason string) error {
	return s.store.MoveCohort(ctx, cohort, form, func(a access.Actor, st Standing) (CohortMove, error) { return st.Move(a, to, reason) })
}

// goesAhead tells whether a move says that there will be a month.
func (st Standing) goesAhead(to casework.GroupState) bool {
	return to == casework.GroupRunning || to == casework.GroupConfirmed && st.State == casework.GroupOpen
}

// Move is the rule of Service.Move.
func (st Standing) Move(a access.Actor, to casework.GroupState, reason string) (CohortMove, error) {
	m := CohortMove{To: to, Reason: strings.TrimSpace(reason)}
	switch {
	case !slices.Contains(st.State.Next(), to):
		return m, fault.One("to", "E_TRANSITION")
	case to == casework.GroupRunning && a.Today().Before(st.StartsOn):
		return m, fault.One("to", "E_NOT_YET", "Day", st.StartsOn)
	case st.State == casework.GroupRunning && to == casework.GroupConfirmed && st.Built:
		return m, fault.One("to", "E_STARTED")
	case st.goesAhead(to) && st.PlacesTaken < st.SizeMin && a.Role != access.Coordinator:
		return m, fault.One("to", "E_COHORT_TOO_SMALL", "Min", st.SizeMin, "N", st.PlacesTaken)
	case st.goesAhead(to) && st.PlacesTaken < st.SizeMin && m.Reason == "":
		return m, fault.One("reason", "E_COHORT_TOO_SMALL", "Min", st.SizeMin, "N", st.PlacesTaken)
	case to == casework.GroupClosed && st.PlacesTaken > 0:
		return m, fault.One("to", "E_OPEN_CASES", "N", st.PlacesTaken)
	}
	m.Activate = to == casework.GroupRunning
	m.Deactivate = st.State == casework.GroupRunning && to == casework.GroupConfirmed
	return m, nil
}

package recruitment

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/fault"
	"kuukausi/internal/law"
	"kuukausi/internal/participant"
	"kuukausi/internal/programme"
)

// EnrolmentPlan is what enrolling needs to know: the cohort (or none), the programme, colleagues and the text the
// person says yes to.
type EnrolmentPlan struct {
	Cohort     *Joining
	Version    programme.Published   // of a case without a cohort
	Programmes []programme.Published // those one may be coached on alone
	Slots      []programme.HalfDay
	Colleagues []access.Colleague
	Closed     []time.Time
	Texts      participant.Texts
	Known      []participant.Known
	Here       []uuid.UUID // people who have an open case in the cohort
	Guests     []Guest     // who came to an info session and has not joined
}

// GuestDays is how many days after an info session a guest of it is offered to be enrolled by one click.
const GuestDays = 120

// Guest is the name of a guest in two, empty for none.
func (p EnrolmentPlan) Guest(id uuid.UUID) (first, last string) {
	for _, g := range p.Guests {
		if g.ID == id {
			return SplitName(g.Name)
		}
	}
	return "", ""
}

// Joining is the cohort a person joins.
type Joining struct {
	ID               uuid.UUID
	Name             string
	State            casework.GroupState
	StartsOn, EndsOn time.Time
	ThirdDay         time.Time
	SizeMax          int
	PlacesTaken      int
	PlacesOffered    int        // held for people who were asked
	Waiting          bool       // somebody is on the waiting list
	NextDay          *time.Time // the next day the cohort meets, today included
	VersionID        uuid.UUID
	Shape            programme.Shape
}

// EnrolmentForm is the typed form, unchecked.
type EnrolmentForm struct {
	PersonForm
	Choice   ChoiceForm // in the person's language
	StartsOn time.Time  // of a programme without cohorts
	Expert   uuid.UUID
	// Coordinator finds the work trial of a case without a cohort; Nil while nobody is named.
	Coordinator uuid.UUID
	Waiting     bool      // onto the waiting list: no choice yet, and no place
	Guest       uuid.UUID // of an info session, or Nil
}

// NewEnrolment is a person and their case to be stored. The enrolment's id is the form's.
type NewEnrolment struct {
	EnrolmentForm
	Person           NewPerson
	StartsOn, EndsOn time.Time
	Choice           *NewChoice        // nil for somebody who waits
	Meetings         []programme.Dated // of a programme without cohorts
	PartiesUntil     time.Time
	State            casework.State
}

// EnrolPerson enrols a person into a cohort (or, with cohort nil, into a programme of its own) with their recorded
// voluntary choice: E_NO_VOLUNTARY, E_COHORT_FULL, E_COHORT_STATE.
func (s Service) EnrolPerson(ctx context.Context, form access.Form, cohort, version uuid.UUID, f EnrolmentForm) error {
	return s.store.Enrol(
		ctx,
		form,
		cohort,
		version,
		s.lookup(f.PersonForm),
		func(a access.Actor, p EnrolmentPlan) (NewEnrolment, error) { return p.Enrol(a, s.codes, f) },
	)
}

// Enrol is the rule of EnrolPerson.
func (p EnrolmentPlan) Enrol(a access.Actor, codes participant.Codes, f EnrolmentForm) (NewEnrolment, error) {
	var v fault.Invalid
	n := NewEnrolment{EnrolmentForm: f, State: casework.Accepted}
	shape := p.Version.Shape
	if p.Cohort != nil {
		shape = p.Cohort.Shape
	}
	switch {
	case f.Waiting:
		n.State = casework.Referred
	case a.Role != access.Coach: // the choice is between the person and their coach (internal/domain.md, role matrix)
		v.AddAs("", "E_NO_VOLUNTARY", "problem.choice_by_coach")
	default:
		f.Choice.Lang = f.Lang
		choice := f.Choice.choose(p.Texts, a.Today(), &v)
		n.Choice = &choice
	}
	is := func(id uuid.UUID, role access.Role) bool {
		return slices.ContainsFunc(p.Colleagues, func(c access.Colleague) bool { return c.ID == id && c.Role == role })
	}
	if !is(f.Expert, access.Expert) {
		v.Add("expert", "E_CHOICE")
	}
	if f.Coordinator != uuid.Nil && (p.Cohort != nil || !is(f.Coordinator, access.Coordinator)) {
		v.Add("coordinator", "E_CHOICE")
	}
	if c := p.Cohort; c != nil {
		n.StartsOn, n.EndsOn = c.firstDay(a.Today()), c.EndsOn
		switch {
		case !c.TakesIn(a.Today()):
			v.Add("", "E_COHORT_STATE")
		case !f.Waiting && c.PlacesTaken >= c.SizeMax:
			v.Add("", "E_COHORT_FULL", "N", c.SizeMax)
		case !f.Waiting && c.free() == 0:
			v.Add("", "E_NO_PLACE") // the last ones are held for people who were asked
		}
		if c.State == casework.GroupRunning && !f.Waiting {
			n.State = casework.Active
		}
	} else {
		switch {
		case f.Waiting:
			v.Add("", "E_COHORT_STATE") // nobody queues for a programme of one's own
		case p.Version.ID == uuid.Nil || p.Version.InCohort:
			v.Add("programme", "E_CHOICE")
		case f.StartsOn.IsZero():
			v.Add("starts_on", "E_DATE")
		case f.StartsOn.Before(a.Today()):
			v.Add("starts_on", "E_PAST")
		case !programme.WorkingDay(f.StartsOn, p.Closed):
			v.Add("starts_on", "E_HOLIDAY")
		default:
			n.Meetings = p.Version.Lay(p.Slots, f.StartsOn, p.Closed)
			days := p.Version.Dates(f.StartsOn, p.Closed)
			n.StartsOn, n.EndsOn = f.StartsOn, days[len(days)-1]
		}
	}
	n.PartiesUntil = access.Start(law.AddMonths(n.EndsOn, shape.FollowUpMonths).AddDate(0, 0, 1))
	var err error
	if n.Person, err = f.PersonForm.check(codes, p.Known, a, &v); err != nil {
		return n, err
	}
	if n.Person.Exists && slices.Contains(p.Here, n.Person.ID) {
		v.Add("same", "E_ALREADY_HERE")
	}
	return n, v.OrNil()
}

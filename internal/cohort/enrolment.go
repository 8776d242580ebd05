package cohort

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/participant"
	"kuukausi/internal/programme"
)

// The states of an enrolment (rulings.md 12).
const (
	Referred    = "referred"
	Invited     = "invited"
	Accepted    = "accepted"
	Preparing   = "preparing"
	Active      = "active"
	InReview    = "review"
	Completed   = "completed"
	Withdrawn   = "withdrawn"
	Interrupted = "interrupted"
	NotStarted  = "not_started"
)

// enrolmentNext lists the transitions of an open case; withdrawn and interrupted may follow from anywhere and are acts
// of their own, as are the offer of a place and the choice that accepts it.
var enrolmentNext = map[string][]string{
	Referred: {Invited, NotStarted}, Invited: {Accepted, NotStarted}, Accepted: {Preparing, NotStarted}, Preparing: {Active, NotStarted},
	Active: {InReview}, InReview: {Active, Completed},
}

// NextEnrolmentStates are the states an enrolment may move to by the coach's hand alone; queued tells that it waits for
// a place of a cohort.
func NextEnrolmentStates(state string, queued bool) (out []string) {
	for _, to := range enrolmentNext[state] {
		if to != Accepted && (to != Invited || !queued) {
			out = append(out, to)
		}
	}
	return out
}

// IsOpen tells whether the case goes on.
func IsOpen(state string) bool { _, ok := enrolmentNext[state]; return ok }

// takesPlace tells whether the person holds a place of the cohort.
func takesPlace(state string) bool {
	return state == Accepted || state == Preparing || state == Active || state == InReview
}

// GoalKinds, GoalWays, ChoiceWays are what the forms offer (domain.md 17, 15, 7).
var (
	GoalKinds  = []string{"employment", "study", "trial_place", "step", "other"}
	GoalWays   = []string{"present", "phone", "paper"}
	ChoiceWays = []string{"paper", "oral"}
)

// EnrolmentPlan is what enrolling needs to know: the cohort (or none), the programme, colleagues and the text the
// person says yes to.
type EnrolmentPlan struct {
	Cohort     *Joining
	Version    Version
	Slots      []Slot
	Colleagues []Colleague
	Closed     []time.Time
	Texts      participant.Texts
	Known      []participant.Known
	Here       []uuid.UUID // people who have an open case in the cohort
}

// Joining is the cohort a person joins.
type Joining struct {
	ID               uuid.UUID
	Name, State      string
	StartsOn, EndsOn time.Time
	ThirdDay         time.Time
	SizeMax          int
	PlacesTaken      int
	PlacesOffered    int        // held for people who were asked
	Waiting          bool       // somebody is on the waiting list
	NextDay          *time.Time // the next day the cohort meets, today included
	VersionID        uuid.UUID
}

// EnrolmentForm is the typed form, unchecked.
type EnrolmentForm struct {
	PersonForm
	Choice   ChoiceForm // in the person's language
	StartsOn time.Time  // of a programme without cohorts
	Expert   uuid.UUID
	Waiting  bool // onto the waiting list: no choice yet, and no place
}

// NewEnrolment is a person and their case to be stored. The enrolment's id is the form's.
type NewEnrolment struct {
	EnrolmentForm
	Person           NewPerson
	StartsOn, EndsOn time.Time
	Choice           *NewChoice   // nil for somebody who waits
	Meetings         []NewMeeting // of a programme without cohorts
	PartiesUntil     time.Time
	State            string
}

// EnrolPerson enrols a person into a cohort (or, with cohort nil, into a programme of its own) with their recorded
// voluntary choice: E_NO_VOLUNTARY, E_COHORT_FULL, E_COHORT_STATE.
func (s Service) EnrolPerson(ctx context.Context, form access.Form, cohort, version uuid.UUID, f EnrolmentForm) error {
	return s.Enrol(ctx, form, cohort, version, s.lookup(f.PersonForm), func(a access.Actor, p EnrolmentPlan) (NewEnrolment, error) { return p.Enrol(a, s.Codes, f) })
}

// Enrol is the rule of EnrolPerson.
func (p EnrolmentPlan) Enrol(a access.Actor, codes participant.Codes, f EnrolmentForm) (NewEnrolment, error) {
	var v fault.Invalid
	n := NewEnrolment{EnrolmentForm: f, State: Accepted}
	if f.Waiting {
		n.State = Referred
	} else {
		f.Choice.Lang = f.Lang
		choice := f.Choice.choose(p.Texts, a.Today(), &v)
		n.Choice = &choice
	}
	expert := false
	for _, c := range p.Colleagues {
		expert = expert || c.ID == f.Expert && c.Role == access.Expert
	}
	if !expert {
		v.Add("expert", "E_CHOICE")
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
		if c.State == Running && !f.Waiting {
			n.State = Active
		}
	} else {
		switch {
		case f.Waiting:
			v.Add("", "E_COHORT_STATE") // nobody queues for a programme of one's own
		case p.Version.ID == uuid.Nil || p.Version.InCohort:
			v.Add("", "E_COHORT_STATE")
		case f.StartsOn.IsZero():
			v.Add("starts_on", "E_DATE")
		case !programme.WorkingDay(f.StartsOn, p.Closed):
			v.Add("starts_on", "E_HOLIDAY")
		default:
			n.Meetings = meetings(p.Slots, p.Version, f.StartsOn, p.Closed)
			days := programme.WorkingDays(f.StartsOn, p.Version.Weeks*5, p.Closed)
			n.StartsOn, n.EndsOn = f.StartsOn, days[len(days)-1]
		}
	}
	n.PartiesUntil = n.EndsOn.AddDate(0, 8, 0)
	var err error
	if n.Person, err = f.PersonForm.check(codes, p.Known, a, &v); err != nil {
		return n, err
	}
	if n.Person.Exists && slices.Contains(p.Here, n.Person.ID) {
		v.Add("same", "E_ALREADY_HERE")
	}
	return n, v.OrNil()
}

// Case is one enrolment as the rules, and the expert's page, need it.
type Case struct {
	ID, ParticipantID uuid.UUID
	CohortID          *uuid.UUID
	CohortName        string
	FirstName         string
	LastName          string
	BornOn            time.Time
	Municipality      string
	Phone, Email      string
	Lang              string
	State             string
	StartsOn, EndsOn  time.Time
	SearchShared      bool
	Goals             int
	Version           int
	ReviewID          *uuid.UUID
	ReviewState       string
	Full              bool // the cohort has no free place
	Strengths         string
	NoPhone           bool
	CodeKnown         bool // their identity code is stored
	Protected         bool // a protection order: contact data stand elsewhere
	Broken            bool // opened by break-glass: to be read only
}

// EnrolmentMove is a transition to be stored; PlaceChange is −1, 0 or +1.
type EnrolmentMove struct {
	To, Reason  string
	PlaceChange int
	OfferEnds   bool // a place was held for them
	Closes      bool
}

// MoveCase takes an enrolment to its next state.
func (s Service) MoveCase(ctx context.Context, enrolment uuid.UUID, form access.Form, to string) error {
	return s.MoveEnrolment(ctx, access.EnrolmentMove, enrolment, form, func(a access.Actor, c Case) (EnrolmentMove, error) { return c.Move(to) })
}

// Move is the rule of MoveCase: listed transitions only (E_TRANSITION, E_NO_VOLUNTARY); completing needs
// the locked review (E_REVIEW_PARTY).
func (c Case) Move(to string) (EnrolmentMove, error) {
	if to == Accepted && c.State == Invited {
		return EnrolmentMove{}, fault.One("to", "E_NO_VOLUNTARY") // their choice is stored first, on a page of its own
	}
	if !slices.Contains(NextEnrolmentStates(c.State, c.CohortID != nil), to) {
		return EnrolmentMove{}, fault.One("to", "E_TRANSITION")
	}
	if to == Completed && c.ReviewState != "locked" {
		return EnrolmentMove{}, fault.One("to", "E_REVIEW_PARTY")
	}
	m := c.moved(to, "")
	if m.PlaceChange > 0 && c.Full {
		return m, fault.One("to", "E_NO_PLACE")
	}
	return m, nil
}

func (c Case) moved(to, reason string) EnrolmentMove {
	m := EnrolmentMove{To: to, Reason: reason, Closes: !IsOpen(to), OfferEnds: c.State == Invited}
	if takesPlace(c.State) && !takesPlace(to) {
		m.PlaceChange = -1
	}
	if !takesPlace(c.State) && takesPlace(to) {
		m.PlaceChange = 1
	}
	return m
}

// Refuse records that somebody who waits, or is offered a place, does not want it. No reason is asked.
func (s Service) Refuse(ctx context.Context, enrolment uuid.UUID, form access.Form) error {
	return s.MoveEnrolment(ctx, access.PlaceRefuse, enrolment, form, func(a access.Actor, c Case) (EnrolmentMove, error) {
		if c.State != Invited && c.State != Referred {
			return EnrolmentMove{}, fault.One("", "E_TRANSITION")
		}
		return c.moved(NotStarted, ""), nil
	})
}

// Withdraw records that the person ended of their own will. No reason is asked, nothing is sent to anyone (domain.md 9).
func (s Service) Withdraw(ctx context.Context, enrolment uuid.UUID, form access.Form) error {
	return s.MoveEnrolment(ctx, access.EnrolmentWithdraw, enrolment, form, func(a access.Actor, c Case) (EnrolmentMove, error) {
		if !IsOpen(c.State) {
			return EnrolmentMove{}, fault.One("", "E_TRANSITION")
		}
		return c.moved(Withdrawn, ""), nil
	})
}

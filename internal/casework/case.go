package casework

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

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
	State             State
	StartsOn, EndsOn  time.Time
	SearchShared      bool
	Goals             int
	Version           int
	ReviewID          *uuid.UUID
	ReviewState       string // as its own room names it
	ReviewLocked      bool
	Full              bool // the cohort has no free place
	Strengths         string
	NoPhone           bool
	CodeKnown         bool // their identity code is stored
	Protected         bool // a protection order: contact data stand elsewhere
	Broken            bool // opened by break-glass: to be read only
}

// EnrolmentMove is a transition to be stored; PlaceChange is −1, 0 or +1.
type EnrolmentMove struct {
	To          State
	Reason      string
	PlaceChange int
	OfferEnds   bool // a place was held for them
	Closes      bool
}

// MoveCase takes an enrolment to its next state.
func (s Service) MoveCase(ctx context.Context, enrolment uuid.UUID, form access.Form, to State) error {
	return s.store.MoveEnrolment(
		ctx,
		access.EnrolmentMove,
		enrolment,
		form,
		func(a access.Actor, c Case) (EnrolmentMove, error) { return c.Move(to) },
	)
}

// Move is the rule of MoveCase: listed transitions only (E_TRANSITION, E_NO_VOLUNTARY); completing needs
// the locked review (E_REVIEW_PARTY).
func (c Case) Move(to State) (EnrolmentMove, error) {
	if to == Accepted && c.State == Invited {
		return EnrolmentMove{}, fault.One("to", "E_NO_VOLUNTARY") // their choice is stored first, on a page of its own
	}
	if !slices.Contains(c.State.ByHand(c.CohortID != nil), to) {
		return EnrolmentMove{}, fault.One("to", "E_TRANSITION")
	}
	if to == Completed && !c.ReviewLocked {
		return EnrolmentMove{}, fault.One("to", "E_REVIEW_PARTY")
	}
	m := c.moved(to)
	if m.PlaceChange > 0 && c.Full {
		return m, fault.One("to", "E_NO_PLACE")
	}
	return m, nil
}

func (c Case) moved(to State) EnrolmentMove {
	m := EnrolmentMove{To: to, Closes: !to.Open(), OfferEnds: c.State == Invited}
	if c.State.HasPlace() && !to.HasPlace() {
		m.PlaceChange = -1
	}
	if !c.State.HasPlace() && to.HasPlace() {
		m.PlaceChange = 1
	}
	return m
}

// Refuse records that somebody who waits, or is offered a place, does not want it. No reason is asked.
func (s Service) Refuse(ctx context.Context, enrolment uuid.UUID, form access.Form) error {
	return s.store.MoveEnrolment(ctx, access.PlaceRefuse, enrolment, form, func(a access.Actor, c Case) (EnrolmentMove, error) {
		if c.State != Invited && c.State != Referred {
			return EnrolmentMove{}, fault.One("", "E_TRANSITION")
		}
		return c.moved(NotStarted), nil
	})
}

// End records that the case ends as it ended: of the person's own will, because they moved or because they died, where no reason
// is asked and nothing is sent to anyone (internal/domain.md 9); or without its review, once the month has come to its last day
// (E_NOT_YET) and with why (E_REQUIRED). E_CHOICE: another way, E_TRANSITION: it has ended.
func (s Service) End(ctx context.Context, enrolment uuid.UUID, form access.Form, how State, reason string) error {
	return s.store.MoveEnrolment(ctx, access.EnrolmentWithdraw, enrolment, form, func(a access.Actor, c Case) (EnrolmentMove, error) {
		return c.end(a.Today(), how, strings.TrimSpace(reason))
	})
}

func (c Case) end(today time.Time, how State, reason string) (EnrolmentMove, error) {
	m := c.moved(how)
	switch {
	case !c.State.Open():
		return m, fault.One("", "E_TRANSITION")
	case !how.In(Ends...):
		return m, fault.One("how", "E_CHOICE")
	case how != Unreviewed:
		return m, nil
	}
	var v fault.Invalid
	switch {
	case !c.State.In(Active, InReview):
		v.Add("how", "E_TRANSITION")
	case c.ReviewLocked:
		v.Add("how", "E_REVIEW_LOCKED")
	case today.Before(c.EndsOn):
		v.Add("how", "E_NOT_YET", "Day", c.EndsOn)
	}
	v.Require("reason", reason, 500)
	m.Reason = reason
	return m, v.OrNil()
}

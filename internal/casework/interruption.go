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

// InterruptionGrounds are why the authority ends a service: absence without leave, absences that defeat its aims, or another
// weighty reason (380/2023 59 §).
var InterruptionGrounds = []string{"absence", "aims", "weighty"}

// Interruption is the authority's decision to end a service, as the expert recorded it.
type Interruption struct {
	Ground          string
	DecidedOn       time.Time
	Reference, Body string
	By              string
	At              time.Time
}

// Interrupt records the decision of an expert's authority on a case that goes on (E_TRANSITION); the case ends with it
// (internal/domain.md, rulings 12 and 42). The day is one of the case so far (E_FUTURE, E_DATE_RANGE).
func (s Service) Interrupt(ctx context.Context, enrolment uuid.UUID, form access.Form, x Interruption) error {
	return s.store.Interrupt(ctx, enrolment, form, func(a access.Actor, c Case) (Interruption, error) { return c.interrupt(a.Today(), x) })
}

func (c Case) interrupt(today time.Time, x Interruption) (Interruption, error) {
	if !c.State.In(Active, InReview) {
		return x, fault.One("", "E_TRANSITION")
	}
	if c.ReviewLocked { // the month was finished
		return x, fault.One("", "E_REVIEW_LOCKED")
	}
	x.Reference, x.Body = strings.TrimSpace(x.Reference), strings.TrimSpace(x.Body)
	var v fault.Invalid
	if !slices.Contains(InterruptionGrounds, x.Ground) {
		v.Add("ground", "E_CHOICE")
	}
	switch {
	case x.DecidedOn.IsZero():
		v.Add("decided_on", "E_DATE")
	case x.DecidedOn.After(today):
		v.Add("decided_on", "E_FUTURE")
	case x.DecidedOn.Before(c.StartsOn):
		v.Add("decided_on", "E_DATE_RANGE", "From", c.StartsOn, "Until", today)
	}
	v.Limit("reference", x.Reference, 100)
	v.Require("body", x.Body, 2000)
	return x, v.OrNil()
}

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

// Owners are who can promise to do something.
var Owners = []string{"coach", "coordinator", "expert", "participant"}

// Promise is something agreed about a person, and who does it.
type Promise struct {
	ID        uuid.UUID
	Body      string
	Owner     string
	DueOn     *time.Time
	By        string
	At        time.Time
	DoneAt    *time.Time
	DoneBy    string
	Version   int
	Enrolment uuid.UUID
}

// Late tells whether its day has passed.
func (p Promise) Late(today time.Time) bool { return p.DueOn != nil && p.DueOn.Before(today) }

// PromiseForm is something agreed about a person, unchecked.
type PromiseForm struct {
	Body, Owner string
	DueOn       time.Time
	Dated       bool // something was typed for the day
}

// NewPromise is a promise to be stored.
type NewPromise struct {
	Enrolment   uuid.UUID
	Body, Owner string
	DueOn       *time.Time
}

// Check reads what was agreed; of tells the fields of several people apart.
func (f PromiseForm) Check(of string, today time.Time, v *fault.Invalid) NewPromise {
	n := NewPromise{Body: strings.TrimSpace(f.Body), Owner: f.Owner}
	v.Limit("agreed"+of, n.Body, 500)
	if !slices.Contains(Owners, f.Owner) {
		v.Add("owner"+of, "E_CHOICE")
	}
	if f.Dated {
		n.DueOn = &f.DueOn
		if f.DueOn.IsZero() {
			v.Add("due"+of, "E_DATE")
		} else if f.DueOn.Before(today) {
			v.Add("due"+of, "E_PAST")
		}
	}
	return n
}

// Promise stores something agreed about the person of an open case (E_CASE_CLOSED).
func (s Service) Promise(ctx context.Context, enrolment uuid.UUID, form access.Form, f PromiseForm) error {
	return s.store.AddPromise(ctx, enrolment, form, func(a access.Actor, c Case) (NewPromise, error) {
		if !c.State.Open() {
			return NewPromise{}, fault.One("", "E_CASE_CLOSED")
		}
		var v fault.Invalid
		n := f.Check("", a.Today(), &v)
		v.Require("agreed", n.Body, 500)
		n.Enrolment = enrolment
		return n, v.OrNil()
	})
}

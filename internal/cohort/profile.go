package cohort

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// Profile is what the coach writes together with the person: strengths, contact details, and whether they share their
// job-search log. Sharing is the person's own word; the coach enters it on their behalf.
type Profile struct {
	Strengths, Municipality, Phone, Email string
	SearchShared                          bool
}

// WriteProfile stores the profile of an open case.
func (s Service) WriteProfile(ctx context.Context, enrolment uuid.UUID, form access.Form, p Profile) error {
	return s.EditProfile(ctx, enrolment, form, func(a access.Actor, c Case) (Profile, error) {
		var v fault.Invalid
		for field, t := range map[string]*string{"strengths": &p.Strengths, "municipality": &p.Municipality, "phone": &p.Phone, "email": &p.Email} {
			*t = strings.TrimSpace(*t)
			if len([]rune(*t)) > 2000 {
				v.Add(field, "E_TOO_LONG", "Max", 2000)
			}
		}
		if !IsOpen(c.State) {
			v.Add("", "E_CASE_CLOSED")
		}
		return p, v.OrNil()
	})
}

// NewGoal is a goal version to be stored.
type NewGoal struct {
	Kind, Body, How string
	Number          int
}

// WriteGoal stores the participant's goal as they gave it. Staff say how it was given, else E_GOAL_NOT_OWNER (rulings.md 15).
func (s Service) WriteGoal(ctx context.Context, enrolment uuid.UUID, form access.Form, kind, body, how string) error {
	return s.SetGoal(ctx, enrolment, form, func(a access.Actor, c Case) (NewGoal, error) {
		var v fault.Invalid
		g := NewGoal{Kind: kind, Body: strings.TrimSpace(body), How: how, Number: c.Goals + 1}
		if g.Body == "" {
			v.Add("body", "E_REQUIRED")
		}
		if len([]rune(g.Body)) > 600 {
			v.Add("body", "E_TOO_LONG", "Max", 600)
		}
		if !in(kind, GoalKinds...) {
			v.Add("kind", "E_CHOICE")
		}
		if !in(how, GoalWays...) {
			v.Add("how", "E_GOAL_NOT_OWNER")
		}
		if !IsOpen(c.State) {
			v.Add("", "E_TRANSITION")
		}
		return g, v.OrNil()
	})
}

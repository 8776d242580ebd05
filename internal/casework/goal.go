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

var GoalKinds = []string{"employment", "study", "trial_place", "step", "other"}

var GoalWays = []string{"present", "phone", "paper"}

// NewGoal is a goal version to be stored.
type NewGoal struct {
	Kind, Body, How string
	Number          int
}

// WriteGoal stores the participant's goal as they gave it. Staff say how it was given, else E_GOAL_NOT_OWNER (internal/domain.md, ruling
// 15); a participant writes their own.
func (s Service) WriteGoal(ctx context.Context, do access.Action, enrolment uuid.UUID, form access.Form, kind, body, how string) error {
	return s.store.SetGoal(ctx, do, enrolment, form, func(a access.Actor, c Case) (NewGoal, error) {
		var v fault.Invalid
		g := NewGoal{Kind: kind, Body: strings.TrimSpace(body), How: how, Number: c.Goals + 1}
		if a.Role == access.Participant {
			g.How = "self"
		} else if !slices.Contains(GoalWays, how) {
			v.Add("how", "E_GOAL_NOT_OWNER")
		}
		v.Require("body", g.Body, 600)
		if !slices.Contains(GoalKinds, kind) {
			v.Add("kind", "E_CHOICE")
		}
		if !c.State.Open() {
			v.Add("", "E_TRANSITION")
		}
		return g, v.OrNil()
	})
}

// Goings are how a goal goes when it is looked at. None of them judges the person.
var Goings = []string{"on_way", "reached", "changes", "stuck"}

// GoalCheck is a week's look at the goal (internal/domain.md 16).
type GoalCheck struct {
	Week        int
	Going, Body string
	By          string
	At          time.Time
}

// GoalWeek is what the rule of a check needs: the programme week of today, and whether it was looked at.
type GoalWeek struct {
	Week, Goals int
	Checked     bool
	State       State
}

// CheckGoal stores this week's look at the goal: there is one (E_NO_GOAL), once a week (E_CHECKED).
func (s Service) CheckGoal(ctx context.Context, enrolment uuid.UUID, form access.Form, going, body string) error {
	return s.store.AddGoalCheck(ctx, enrolment, form, func(_ access.Actor, w GoalWeek) (GoalCheck, error) { return w.Check(going, body) })
}

// Check is the rule of CheckGoal.
func (w GoalWeek) Check(going, body string) (GoalCheck, error) {
	var v fault.Invalid
	c := GoalCheck{Week: w.Week, Going: going, Body: strings.TrimSpace(body)}
	if !slices.Contains(Goings, going) {
		v.Add("going", "E_CHOICE")
	}
	v.Limit("body", c.Body, 2000)
	switch {
	case !w.State.Open():
		v.Add("", "E_CASE_CLOSED")
	case w.Goals == 0:
		v.Add("", "E_NO_GOAL")
	case w.Week == 0:
		v.Add("", "E_NOT_BEGUN")
	case w.Checked:
		v.Add("", "E_CHECKED", "N", w.Week)
	}
	return c, v.OrNil()
}

// Goal is one version of the goal.
type Goal struct {
	Number          int
	Kind, Body, How string
	EnteredBy       string
	At              time.Time
}

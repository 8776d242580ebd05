package preassignment

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/fault"
)

// The states of a pre-assignment (internal/domain.md 14).
const (
	Sent      = "sent"
	Opened    = "opened"
	Returned  = "returned"
	Discussed = "discussed"
)

// Ways are how staff were given an answer they write down for the participant.
var Ways = []string{"told", "paper"}

// Assignment is one thing to do before the first day.
type Assignment struct {
	ID                     uuid.UUID
	Number                 int
	Title, Body            string
	State                  string
	DueOn                  time.Time
	Answer, How, EnteredBy string
	ReturnedAt             *time.Time
	Comment, DiscussedBy   string
	DiscussedAt            *time.Time
	Version                int
}

// Silent tells whether the answer is overdue.
func (p Assignment) Silent(today time.Time) bool {
	return p.State != Returned && p.State != Discussed && p.DueOn.Before(today)
}

// Page is a pre-assignment with the person whose it is.
type Page struct {
	Assignment
	Enrolment uuid.UUID
	Name      string
	CaseState casework.State
}

// Outbox is who has been sent their pre-assignments and who has not: of a cohort, or of one case.
type Outbox struct {
	Head   casework.Group
	Titles []Title
	People []OutboxRow
}

// Title is a pre-assignment of the model.
type Title struct {
	Number      int
	Title, Body string
	Count       int // how many the model asks
}

// Count is how many the model asks.
func (o Outbox) Count() int {
	if len(o.Titles) == 0 {
		return 0
	}
	return o.Titles[0].Count
}

// OutboxRow is a person with their pre-assignments, none when they were not sent yet.
type OutboxRow struct {
	EnrolmentID         uuid.UUID
	FirstName, LastName string
	Protected           bool // by an order: on no list on paper (internal/domain.md 96)
	State               casework.State
	StartsOn            time.Time
	Pre                 []Assignment
}

// Sendable tells whether the person can still be sent theirs: with a place, and before their own first day (internal/domain.md,
// ruling 12).
func (r OutboxRow) Sendable(today time.Time) bool {
	return len(r.Pre) == 0 && r.State.HasPlace() && today.Before(r.StartsOn)
}

// Sending is what is sent to whom, unchecked.
type Sending struct {
	Numbers []int
	For     []uuid.UUID
	DueOn   time.Time
}

// Send sends the model's pre-assignments to the chosen people of a cohort (or, with cohort nil, to one
// case): all of them at once (E_PREASSIGN_COUNT), to who has a place (E_PREASSIGN_PLACE)
// and before each one's first day (E_PREASSIGN_LATE).
func (s Service) Send(ctx context.Context, cohort, enrolment uuid.UUID, form access.Form, p Sending) error {
	return s.store.Send(ctx, cohort, enrolment, form, func(a access.Actor, o Outbox) (Sending, error) { return o.Send(a, p) })
}

// Send is the rule of Send. Who has theirs already gets no second set.
func (o Outbox) Send(a access.Actor, p Sending) (Sending, error) {
	var v fault.Invalid
	out := Sending{Numbers: p.Numbers, DueOn: p.DueOn}
	known := map[int]bool{}
	for _, t := range o.Titles {
		known[t.Number] = true
	}
	chosen := map[int]bool{}
	for _, n := range p.Numbers {
		if known[n] {
			chosen[n] = true
		}
	}
	if len(chosen) != o.Count() || len(p.Numbers) != o.Count() {
		v.Add("number", "E_PREASSIGN_COUNT", "N", o.Count())
	}
	if p.DueOn.IsZero() {
		v.Add("due_on", "E_DATE")
	} else if p.DueOn.Before(a.Today()) {
		v.Add("due_on", "E_PAST")
	}
	people := map[uuid.UUID]OutboxRow{}
	for _, r := range o.People {
		people[r.EnrolmentID] = r
	}
	for _, id := range p.For {
		r, ok := people[id]
		switch {
		case !ok:
			return out, fault.ErrNotFound
		case len(r.Pre) > 0:
		case !r.State.HasPlace():
			v.Add("for", "E_PREASSIGN_PLACE", "Name", r.FirstName+" "+r.LastName)
		case !r.Sendable(a.Today()) || !p.DueOn.Before(r.StartsOn) && !p.DueOn.IsZero():
			v.Add("for", "E_PREASSIGN_LATE", "Name", r.FirstName+" "+r.LastName)
		default:
			out.For = append(out.For, id)
		}
	}
	if len(p.For) == 0 {
		v.Add("for", "E_NOBODY")
	}
	return out, v.OrNil()
}

// NewState is the next state of a pre-assignment to be stored.
type NewState struct{ State, Answer, How, Comment string }

// Open notes that the participant has opened theirs; later openings change nothing.
func (s Service) Open(ctx context.Context, pre uuid.UUID, form access.Form) error {
	return s.store.Change(ctx, access.PreAssignOpen, pre, form, func(_ access.Actor, p Page) (NewState, error) {
		if p.State != Sent {
			return NewState{State: p.State, Answer: p.Answer, How: p.How, Comment: p.Comment}, nil
		}
		return NewState{State: Opened}, nil
	})
}

// Answer stores an answer: the participant's own, or told or on paper, written down by the coach. A discussed one
// stays as it is (E_PREASSIGN_DONE).
func (s Service) Answer(ctx context.Context, pre uuid.UUID, form access.Form, answer, how string) error {
	return s.store.Change(ctx, access.PreAssignAnswer, pre, form, func(a access.Actor, p Page) (NewState, error) {
		var v fault.Invalid
		c := NewState{State: Returned, Answer: strings.TrimSpace(answer), How: how, Comment: p.Comment}
		if a.Role == access.Participant {
			c.How = "self"
		} else if !slices.Contains(Ways, how) {
			v.Add("how", "E_CHOICE")
		}
		v.Require("answer", c.Answer, 8000)
		if p.State == Discussed {
			v.Add("", "E_PREASSIGN_DONE")
		} else if a.Role != access.Participant && p.How == "self" { // own words: comment, never rewrite (internal/domain.md 15)
			v.Add("", "E_PREASSIGN_OWN")
		}
		if !p.CaseState.Open() {
			v.Add("", "E_CASE_CLOSED")
		}
		return c, v.OrNil()
	})
}

// Discuss notes that the answer was talked through; without an answer there is nothing to talk about (E_PREASSIGN_OPEN).
func (s Service) Discuss(ctx context.Context, pre uuid.UUID, form access.Form, comment string) error {
	return s.store.Change(ctx, access.PreAssignDiscuss, pre, form, func(_ access.Actor, p Page) (NewState, error) {
		var v fault.Invalid
		c := NewState{State: Discussed, Answer: p.Answer, How: p.How, Comment: strings.TrimSpace(comment)}
		if p.State != Returned {
			v.Add("", "E_PREASSIGN_OPEN")
		}
		v.Limit("comment", c.Comment, 2000)
		return c, v.OrNil()
	})
}

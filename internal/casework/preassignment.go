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

// The states of a pre-assignment (internal/domain.md 14).
const (
	PreSent      = "sent"
	PreOpened    = "opened"
	PreReturned  = "returned"
	PreDiscussed = "discussed"
)

// PreWays are how staff were given an answer they write down for the participant.
var PreWays = []string{"told", "paper"}

// PreAssignment is one thing to do before the first day.
type PreAssignment struct {
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
func (p PreAssignment) Silent(today time.Time) bool {
	return p.State != PreReturned && p.State != PreDiscussed && p.DueOn.Before(today)
}

// PrePage is a pre-assignment with the person whose it is.
type PrePage struct {
	PreAssignment
	Enrolment uuid.UUID
	Name      string
	CaseState State
}

// Outbox is who has been sent their pre-assignments and who has not: of a cohort, or of one case.
type Outbox struct {
	Head   Group
	Titles []PreTitle
	People []OutboxRow
}

// PreTitle is a pre-assignment of the model.
type PreTitle struct {
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
	State               State
	StartsOn            time.Time
	Pre                 []PreAssignment
}

// Sendable tells whether the person can still be sent theirs: with a place, and before their own first day (internal/domain.md,
// ruling 12).
func (r OutboxRow) Sendable(today time.Time) bool {
	return len(r.Pre) == 0 && r.State.HasPlace() && today.Before(r.StartsOn)
}

// PreSending is what is sent to whom, unchecked.
type PreSending struct {
	Numbers []int
	For     []uuid.UUID
	DueOn   time.Time
}

// SendPreAssignments sends the model's pre-assignments to the chosen people of a cohort (or, with cohort nil, to one
// case): all of them at once (E_PREASSIGN_COUNT), to who has a place (E_PREASSIGN_PLACE)
// and before each one's first day (E_PREASSIGN_LATE).
func (s Service) SendPreAssignments(ctx context.Context, cohort, enrolment uuid.UUID, form access.Form, p PreSending) error {
	return s.store.SendPre(ctx, cohort, enrolment, form, func(a access.Actor, o Outbox) (PreSending, error) { return o.Send(a, p) })
}

// Send is the rule of SendPreAssignments. Who has theirs already gets no second set.
func (o Outbox) Send(a access.Actor, p PreSending) (PreSending, error) {
	var v fault.Invalid
	out := PreSending{Numbers: p.Numbers, DueOn: p.DueOn}
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

// PreChange is the next state of a pre-assignment to be stored.
type PreChange struct{ State, Answer, How, Comment string }

// OpenPre notes that the participant has opened theirs; later openings change nothing.
func (s Service) OpenPre(ctx context.Context, pre uuid.UUID, form access.Form) error {
	return s.store.ChangePre(ctx, access.PreAssignOpen, pre, form, func(_ access.Actor, p PrePage) (PreChange, error) {
		if p.State != PreSent {
			return PreChange{State: p.State, Answer: p.Answer, How: p.How, Comment: p.Comment}, nil
		}
		return PreChange{State: PreOpened}, nil
	})
}

// AnswerPre stores an answer: the participant's own, or told or on paper, written down by the coach. A discussed one
// stays as it is (E_PREASSIGN_DONE).
func (s Service) AnswerPre(ctx context.Context, pre uuid.UUID, form access.Form, answer, how string) error {
	return s.store.ChangePre(ctx, access.PreAssignAnswer, pre, form, func(a access.Actor, p PrePage) (PreChange, error) {
		var v fault.Invalid
		c := PreChange{State: PreReturned, Answer: strings.TrimSpace(answer), How: how, Comment: p.Comment}
		if a.Role == access.Participant {
			c.How = "self"
		} else if !slices.Contains(PreWays, how) {
			v.Add("how", "E_CHOICE")
		}
		v.Require("answer", c.Answer, 8000)
		if p.State == PreDiscussed {
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

// DiscussPre notes that the answer was talked through; without an answer there is nothing to talk about (E_PREASSIGN_OPEN).
func (s Service) DiscussPre(ctx context.Context, pre uuid.UUID, form access.Form, comment string) error {
	return s.store.ChangePre(ctx, access.PreAssignDiscuss, pre, form, func(_ access.Actor, p PrePage) (PreChange, error) {
		var v fault.Invalid
		c := PreChange{State: PreDiscussed, Answer: p.Answer, How: p.How, Comment: strings.TrimSpace(comment)}
		if p.State != PreReturned {
			v.Add("", "E_PREASSIGN_OPEN")
		}
		v.Limit("comment", c.Comment, 2000)
		return c, v.OrNil()
	})
}

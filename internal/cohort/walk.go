package cohort

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/fault"
)

// Walk is the team meeting's page: one line a person.
type Walk struct {
	Head casework.Group
	Rows []WalkRow
}

// WalkRow is a person in a team meeting: what is good to know in one line, and what is open.
type WalkRow struct {
	EnrolmentID         uuid.UUID
	FirstName, LastName string
	Protected           bool // by an order: on no list on paper (internal/domain.md 96)
	State               casework.State
	Goal                string
	Going               string // of the newest look at the goal
	Here, Marked        int    // half-days of the last seven days
	Site                string
	SiteDraft           bool // its agreement is not in force yet
	LastContact         *time.Time
	Promises            []casework.Promise
}

// Agree stores what a team meeting agreed, a line a person at most, and which promises were kept; nobody's line is refused
// for being empty, all of them together are (E_NOTHING_AGREED).
func (s Service) Agree(
	ctx context.Context,
	cohort uuid.UUID,
	form access.Form,
	lines map[uuid.UUID]casework.PromiseForm,
	done []uuid.UUID,
) error {
	return s.store.AddPromises(
		ctx,
		cohort,
		form,
		done,
		func(a access.Actor, w Walk) ([]casework.NewPromise, error) { return w.Agree(a, lines, len(done)) },
	)
}

// Agree is the rule of Service.Agree.
func (w Walk) Agree(a access.Actor, lines map[uuid.UUID]casework.PromiseForm, done int) ([]casework.NewPromise, error) {
	var v fault.Invalid
	var out []casework.NewPromise
	here := map[uuid.UUID]bool{}
	for _, r := range w.Rows {
		here[r.EnrolmentID] = true
		l := lines[r.EnrolmentID]
		l.Body = strings.TrimSpace(l.Body)
		id := r.EnrolmentID.String()
		if l.Body == "" {
			continue
		}
		if !r.State.Open() { // left while the meeting was writing: the words are shown, so that nothing is lost
			v.Add("", "E_LEFT", "Text", l.Body)
			continue
		}
		n := l.Check("."+id, a.Today(), &v)
		n.Enrolment = r.EnrolmentID
		out = append(out, n)
	}
	for id := range lines {
		if !here[id] {
			return nil, fault.ErrNotFound
		}
	}
	if len(out) == 0 && done == 0 && len(v) == 0 {
		v.Add("", "E_NOTHING_AGREED")
	}
	return out, v.OrNil()
}

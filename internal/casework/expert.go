package casework

import (
	"context"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/participant"
)

// Responsible is the expert who answers for a case, with who could, and who did before (internal/domain.md, ruling 41).
type Responsible struct {
	EnrolmentID         uuid.UUID
	FirstName, LastName string
	State               State
	ExpertID            uuid.UUID // nil where nobody is named
	Expert              string
	Version             int
	Corrections         []participant.Correction
	Experts             []access.Colleague `db:"-"` // read apart
}

// ReplaceExpert names another expert of the organisation (E_CHOICE) for an open case (E_CASE_CLOSED) in place of the one named; who it
// was is kept, and their access ends. E_SAME: it is them already.
func (s Service) ReplaceExpert(ctx context.Context, enrolment uuid.UUID, form access.Form, member uuid.UUID) error {
	return s.store.ReplaceExpert(ctx, enrolment, form, func(_ access.Actor, r Responsible) (access.Colleague, error) {
		if !r.State.Open() {
			return access.Colleague{}, fault.One("", "E_CASE_CLOSED")
		}
		if member == r.ExpertID {
			return access.Colleague{}, fault.One("expert", "E_SAME")
		}
		for _, c := range r.Experts {
			if c.ID == member && c.Role == access.Expert {
				return c, nil
			}
		}
		return access.Colleague{}, fault.One("expert", "E_CHOICE")
	})
}

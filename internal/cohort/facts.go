package cohort

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/fault"
	"kuukausi/internal/participant"
)

// Facts are a cohort's name, place and first day, with what was corrected before (internal/domain.md, ruling 41).
type Facts struct {
	Head        casework.Group
	Corrections []participant.Correction
}

// FactsForm is the typed form, unchecked.
type FactsForm struct{ Name, Place string }

// CorrectFacts gives a cohort another name or place while it is not archived; what it was is kept. E_SAME: nothing changes.
func (s Service) CorrectFacts(ctx context.Context, cohort uuid.UUID, form access.Form, f FactsForm) error {
	return s.store.CorrectFacts(ctx, cohort, form, func(_ access.Actor, x Facts) (FactsForm, []participant.Correction, error) {
		f.Name, f.Place = strings.TrimSpace(f.Name), strings.TrimSpace(f.Place)
		if x.Head.State == casework.GroupArchived {
			return f, nil, fault.One("", "E_TRANSITION")
		}
		var v fault.Invalid
		v.Require("name", f.Name, 200)
		v.Limit("place", f.Place, 200)
		changed := participant.Changed(&v,
			participant.Correction{Field: "name", Was: x.Head.Name, Now: f.Name},
			participant.Correction{Field: "place", Was: x.Head.Place, Now: f.Place},
		)
		return f, changed, v.OrNil()
	})
}

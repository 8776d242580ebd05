package participant

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// minReason is how many characters a reason has at least.
const minReason = 20

// BreakForm is whom somebody asks to open and why, unchecked: by name and day of birth, or by code.
type BreakForm struct {
	FirstName, LastName string
	BornOn              time.Time
	NationalID          string
	Reason              string
}

// Breaking is a case opened without a duty, as an administrator sees it: who, when and why, and nothing of the case.
type Breaking struct {
	ID        uuid.UUID
	By        string
	Reason    string
	Cases     int
	At, Until time.Time
	SeenBy    string
	SeenAt    *time.Time
}

// Break opens the cases of a person one has no duty on, for an hour, and tells the administrators (internal/domain.md 97). It
// answers the newest of them. E_BREAK_REASON without a reason; E_PERSON_UNKNOWN when there is nobody, whatever the cause.
func (s Service) Break(ctx context.Context, form access.Form, f BreakForm) (enrolment uuid.UUID, err error) {
	f.FirstName, f.LastName, f.Reason = strings.TrimSpace(f.FirstName), strings.TrimSpace(f.LastName), strings.TrimSpace(f.Reason)
	return s.store.BreakGlass(ctx, form, f, s.IndexOf(f.NationalID), func(found []uuid.UUID) error {
		var v fault.Invalid
		if len([]rune(f.Reason)) < minReason {
			v.Add("reason", "E_BREAK_REASON", "Min", minReason)
		}
		if f.NationalID == "" {
			if f.FirstName == "" {
				v.Add("first_name", "E_REQUIRED")
			}
			if f.LastName == "" {
				v.Add("last_name", "E_REQUIRED")
			}
			if f.BornOn.IsZero() {
				v.Add("born_on", "E_DATE")
			}
		} else if s.IndexOf(f.NationalID) == nil {
			v.Add("national_id", "E_NATIONAL_ID")
		}
		if len(v) == 0 && len(found) == 0 {
			v.Add("", "E_PERSON_UNKNOWN")
		}
		return v.OrNil()
	})
}

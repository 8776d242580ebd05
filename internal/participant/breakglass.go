package participant

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// newcomerDays is what app.newcomer goes by, to be told: for so many days a member opens no case by break-glass.
const newcomerDays = 14

// Opening is a case of the reader's that somebody opened by break-glass.
type Opening struct {
	ID, EnrolmentID uuid.UUID
	By, Reason      string
	At              time.Time
}

// Note stores that the reader knows of an opening.
func (s Service) Note(ctx context.Context, opening uuid.UUID, form access.Form) error {
	return s.store.NoteOpening(ctx, opening, form)
}

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
// answers the newest of them. E_TOO_NEW for who has been a member for less than two weeks; E_BREAK_REASON without a reason;
// E_PERSON_UNKNOWN when there is nobody, whatever the cause.
func (s Service) Break(ctx context.Context, form access.Form, f BreakForm) (enrolment uuid.UUID, err error) {
	f.FirstName, f.LastName, f.Reason = strings.TrimSpace(f.FirstName), strings.TrimSpace(f.LastName), strings.TrimSpace(f.Reason)
	return s.store.BreakGlass(ctx, form, f, s.IndexOf(f.NationalID), func(a access.Actor, newcomer bool, found []uuid.UUID) error {
		var v fault.Invalid
		if newcomer {
			return fault.One("", "E_TOO_NEW", "N", newcomerDays)
		}
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

// Looked is an opening as the rule on looking into it needs it.
type Looked struct {
	Seen    bool
	Own     bool // the actor's, under whatever membership
	Invited bool // by somebody whom the actor invited
}

// SeeBreaking notes that an administrator has looked into an opening: nobody into their own (E_OWN_BREAK), nor into that of
// somebody they invited (E_OWN_INVITED), because the two could be one.
func (s Service) SeeBreaking(ctx context.Context, id uuid.UUID, form access.Form) error {
	return s.store.SeeBreaking(ctx, id, form, func(o Looked) error {
		switch {
		case o.Own:
			return fault.Forbidden{Code: "E_OWN_BREAK"}
		case o.Invited:
			return fault.Forbidden{Code: "E_OWN_INVITED"}
		case o.Seen:
			return fault.ErrStale
		}
		return nil
	})
}

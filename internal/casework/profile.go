package casework

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
	NoPhone                               bool // does not want to be phoned
}

// WriteProfile stores the profile of an open case.
func (s Service) WriteProfile(ctx context.Context, enrolment uuid.UUID, form access.Form, p Profile) error {
	return s.store.EditProfile(ctx, enrolment, form, func(a access.Actor, c Case) (Profile, error) {
		var v fault.Invalid
		p.Strengths, p.Municipality, p.Phone, p.Email = strings.TrimSpace(p.Strengths), strings.TrimSpace(p.Municipality), strings.TrimSpace(
			p.Phone,
		), strings.TrimSpace(p.Email)
		v.Limit("strengths", p.Strengths, 2000)
		v.Limit("municipality", p.Municipality, 200)
		v.Limit("phone", p.Phone, 200)
		v.Email("email", p.Email)
		if !c.State.Open() {
			v.Add("", "E_CASE_CLOSED")
		}
		return p, v.OrNil()
	})
}

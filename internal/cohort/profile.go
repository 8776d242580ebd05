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
	NoPhone                               bool // does not want to be phoned
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

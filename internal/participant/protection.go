package participant

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// Protection is a person's protection order (turvakielto), or that there is none. Contact is empty for who is not named.
type Protection struct {
	EnrolmentID, ParticipantID uuid.UUID
	FirstName, LastName        string
	Open                       bool // the case goes on
	Protected                  bool
	CoachID, CoordinatorID     uuid.UUID // Nil for who may not know
	Coach, Coordinator         string
	Contact
	Version    int
	Colleagues []Colleague `db:"-"` // who knows the person now, and may be named
}

// Contact is how a protected person is reached.
type Contact struct{ Phone, Email, Municipality, Address string }

// Colleague is somebody with a duty on the person's cohort.
type Colleague struct {
	ID   uuid.UUID
	Name string
	Role access.Role
}

// Knows tells whether somebody works with the person in this role, and may set an order or be named in one; a substitute
// does not.
func (p Protection) Knows(id uuid.UUID, role access.Role) bool {
	for _, c := range p.Colleagues {
		if c.ID == id && c.Role == role {
			return true
		}
	}
	return false
}

// Protect sets a protection order: from then on only the named coach, and for the trial the named coordinator, know how
// and where the person is found (internal/domain.md 96). coordinator may be Nil.
func (s Service) Protect(ctx context.Context, enrolment uuid.UUID, form access.Form, coach, coordinator uuid.UUID) error {
	return s.store.SetProtection(ctx, enrolment, form, coach, coordinator, func(_ access.Actor, p Protection) error {
		var v fault.Invalid
		if p.Protected {
			return fault.ErrStale
		}
		if !p.Knows(coach, access.Coach) {
			v.Add("coach", "E_CHOICE")
		}
		if coordinator != uuid.Nil && !p.Knows(coordinator, access.Coordinator) {
			v.Add("coordinator", "E_CHOICE")
		}
		return v.OrNil()
	})
}

// EditContact stores how a protected person is reached; only the named coach does.
func (s Service) EditContact(ctx context.Context, enrolment uuid.UUID, form access.Form, c Contact) error {
	return s.store.StoreContact(ctx, enrolment, form, func(a access.Actor, p Protection) (Contact, error) {
		if p.CoachID != a.ID {
			return c, fault.ErrNotFound
		}
		var v fault.Invalid
		c.Phone, c.Email, c.Municipality, c.Address = strings.TrimSpace(c.Phone), strings.TrimSpace(c.Email), strings.TrimSpace(
			c.Municipality,
		), strings.TrimSpace(c.Address)
		v.Limit("phone", c.Phone, 300)
		v.Email("email", c.Email)
		v.Limit("address", c.Address, 300)
		v.Limit("municipality", c.Municipality, 300)
		return c, v.OrNil()
	})
}

// Lift ends a protection order, by the named coach: contact data and site are then as for anybody else.
func (s Service) Lift(ctx context.Context, enrolment uuid.UUID, form access.Form) error {
	return s.store.LiftProtection(ctx, enrolment, form, func(a access.Actor, p Protection) error {
		if p.CoachID != a.ID {
			return fault.ErrNotFound
		}
		return nil
	})
}

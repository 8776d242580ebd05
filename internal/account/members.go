package account

import (
	"context"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// Reads are the pages of this room. They carry no rule, so handlers ask for them as they are.
type Reads interface {
	Who(ctx context.Context) error
	Members(ctx context.Context) (Members, error)
	OwnLogin(ctx context.Context) (OwnLogin, error)
	Confirmations(ctx context.Context) ([]Confirmation, error)
}

// Store is what an administrator reads and writes.
type Store interface {
	Reads

	Invite(ctx context.Context, form access.Form, linkHash []byte, decide func(access.Actor, Members) (Invited, error)) error
	WithdrawLink(ctx context.Context, link uuid.UUID, form access.Form) error
	ConfirmLink(ctx context.Context, link uuid.UUID, form access.Form, decide func() (yes bool, err error)) error
	ResetLink(
		ctx context.Context,
		member uuid.UUID,
		form access.Form,
		linkHash []byte,
		decide func(a access.Actor, m Member, elsewhere bool) (Invited, error),
	) error
	ChangeRole(ctx context.Context, member uuid.UUID, form access.Form, decide func(Member) (access.Role, error)) error
	EndMembership(ctx context.Context, member uuid.UUID, form access.Form, decide func(Member) error) error
	HandOver(ctx context.Context, leaver uuid.UUID, form access.Form, successor uuid.UUID, decide func(Member, Member) error) error
}

// Member is a membership as the administrator sees it.
type Member struct {
	ID             uuid.UUID
	Name, Email    string
	Role           access.Role
	EmploymentArea string
	Version        int
	DisabledAt     *time.Time
	Duties         int
	Admins         int // administrators besides this member
}

// SignIn is something that happened to the reader's own login: a sign-in, a wrong password, a sign-out.
type SignIn struct {
	Action, Outcome string
	At              time.Time
}

// OwnLogin is what the reader sees of their own login: what happened to it, and where it is open.
type OwnLogin struct {
	Events   []SignIn
	Sessions []Session
}

// Refused tells whether it was turned away.
func (s SignIn) Refused() bool { return s.Outcome == "refused" }

// Members is the administrator's page.
type Members struct {
	Members []Member
	Pending []Pending
	// Waiting is how many links wait for the reader's own word.
	Waiting int
	// Opened is how many cases were opened by break-glass that no administrator has looked into.
	Opened int
	// LawOld is how many numbers of the law were checked more than twelve months ago (internal/domain.md 100).
	LawOld int
	// Me is the administrator: nobody edits their own role.
	Me uuid.UUID
}

// StaffRoles can be invited.
var StaffRoles = []access.Role{access.Coach, access.Coordinator, access.Expert, access.Admin}

func staffRole(r access.Role) bool {
	for _, s := range StaffRoles {
		if s == r {
			return true
		}
	}
	return false
}

// ChangeRole gives a member another role. Their duties and sessions end in the same moment.
func (s Service) ChangeRole(ctx context.Context, member uuid.UUID, form access.Form, role access.Role) error {
	return s.store.ChangeRole(ctx, member, form, func(m Member) (access.Role, error) {
		if !staffRole(role) || m.Role == access.Participant {
			return "", fault.One("role", "E_CHOICE")
		}
		if m.Role == role {
			return "", fault.One("role", "E_SAME")
		}
		if m.Duties > 0 {
			return "", fault.One("role", "E_HAS_DUTIES", "N", m.Duties)
		}
		if m.Role == access.Admin && m.Admins == 0 {
			return "", fault.One("role", "E_LAST_ADMIN")
		}
		return role, nil
	})
}

// End disables a membership: sessions and grants end at once.
func (s Service) End(ctx context.Context, member uuid.UUID, form access.Form) error {
	return s.store.EndMembership(ctx, member, form, func(m Member) error {
		if m.DisabledAt != nil {
			return fault.ErrStale
		}
		if m.Duties > 0 { // a cohort must not lose its coach by the way
			return fault.One("", "E_HAS_DUTIES", "N", m.Duties)
		}
		if m.Role == access.Admin && m.Admins == 0 {
			return fault.One("", "E_LAST_ADMIN")
		}
		return nil
	})
}

// HandOver asks for all live duties of a leaver to go to a colleague of the same role, which somebody else than the administrator
// confirms: one alone opens no case to anybody.
func (s Service) HandOver(ctx context.Context, leaver uuid.UUID, form access.Form, successor uuid.UUID) error {
	return s.store.HandOver(ctx, leaver, form, successor, func(from, to Member) error {
		switch {
		case to.ID == uuid.Nil || to.ID == from.ID || to.DisabledAt != nil:
			return fault.One("successor", "E_CHOICE")
		case from.Role != to.Role:
			return fault.One("successor", "E_ROLE_DIFFERS")
		case from.EmploymentArea != to.EmploymentArea: // an expert is substituted by one of the same area (internal/domain.md 42)
			return fault.One("successor", "E_AREA_DIFFERS")
		case from.Duties == 0:
			return fault.One("successor", "E_NO_DUTIES")
		}
		return nil
	})
}

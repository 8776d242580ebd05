package account

import (
	"context"
	"encoding/base64"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// Invitation is a live one-time link. Whether its e-mail has an account already is for checking the password, and nothing
// that the page tells.
type Invitation struct {
	OrgName, Email, Name string
	Role                 access.Role
	Kind                 string
	Waits                bool // somebody else has to confirm it first
	AccountID            *uuid.UUID
	PasswordHash         *string
}

// The kinds of one-time links.
const (
	LinkInvitation = "invitation"
	LinkReset      = "reset"     // for a lost password
	LinkHandOver   = "hand_over" // no link: duties that wait to go to somebody else
)

// linkToken is the token of the one-time link a form makes, and its hash: the same form sent again shows the same link.
func (s Service) linkToken(form access.Form) (token string, hash []byte) {
	token = base64.RawURLEncoding.EncodeToString(s.mac("link", form.ID.String()))
	return token, HashToken(token)
}

// Accept uses a one-time link up. Someone who has an account gives its password, else the typed one becomes theirs; whatever
// is wrong, the answer is one (E_LINK_PASSWORD), because it must not tell whether the address has an account. Tries count as
// tries to sign in. E_LINK_WAITS: somebody else has to confirm the link first.
func (s Service) Accept(ctx context.Context, token, password, repeated, lang, address string) error {
	inv, err := s.sessions.Invitation(ctx, HashToken(token))
	if err != nil {
		return err
	}
	if inv.Waits {
		return fault.One("", "E_LINK_WAITS")
	}
	tries := s.tries(inv.Email, address, "")
	a, err := s.sessions.LoginAttempt(ctx, inv.Email, tries)
	if err != nil {
		return err
	}
	if a.WaitSeconds > 0 {
		return throttled("", a)
	}
	hash, fresh := dummy, inv.Kind == LinkReset || inv.PasswordHash == nil
	if !fresh {
		hash = *inv.PasswordHash
	}
	ok, err := matches(ctx, password, hash)
	if err != nil {
		return err
	}
	if fresh {
		ok = checkPassword(password, repeated, inv.Email) == nil
	}
	if !ok {
		who := uuid.Nil
		if !fresh {
			who = *inv.AccountID
		}
		if err := s.sessions.LoginRefused(ctx, who); err != nil {
			return err
		}
		return fault.One("password", "E_LINK_PASSWORD", "Min", MinPassword)
	}
	if err := s.sessions.ThrottleUndo(ctx, tries); err != nil {
		return err
	}
	if hash, err = HashPassword(password); err != nil {
		return err
	}
	ok, err = s.sessions.AcceptInvitation(ctx, HashToken(token), uuid.Must(uuid.NewV7()), uuid.Must(uuid.NewV7()), hash, lang)
	if err == nil && !ok {
		err = fault.ErrNotFound
	}
	return err
}

// Pending is a one-time link not used yet.
type Pending struct {
	ID          uuid.UUID
	Kind        string
	Email, Name string
	Role        access.Role
	ExpiresAt   time.Time
	Waits       bool // for somebody else's word
	ConfirmedBy string
}

// Confirmation is a link that waits for the reader's word: one administrator alone opens no way to the cases.
type Confirmation struct {
	ID                 uuid.UUID
	Kind               string
	Name, Email        string
	Role               access.Role
	By                 string
	CreatedAt, Expires time.Time
	From               string // whose duties go to Name
}

// Invited is an invitation to be made.
type Invited struct {
	Email, Name, EmploymentArea string
	Role                        access.Role
	Kind                        string
	ExpiresAt                   time.Time
}

// LinkDays is how long a one-time link lives.
const LinkDays = 7

// Invite makes a one-time link and returns its token. Earlier links to the same address end with it. Once the organisation has
// cases, somebody else confirms it.
func (s Service) Invite(ctx context.Context, form access.Form, email, name, area string, role access.Role) (string, error) {
	token, hash := s.linkToken(form)
	return token, s.store.Invite(ctx, form, hash, func(a access.Actor, ms Members) (Invited, error) {
		in := Invited{
			Email:          cleanEmail(email),
			Name:           strings.TrimSpace(name),
			EmploymentArea: strings.TrimSpace(area),
			Role:           role,
			Kind:           LinkInvitation,
			ExpiresAt:      a.Now.AddDate(0, 0, LinkDays),
		}
		var v fault.Invalid
		v.Name("name", in.Name, 200)
		if in.Email == "" {
			v.Add("email", "E_EMAIL")
		}
		v.Email("email", in.Email)
		v.Limit("area", in.EmploymentArea, 200)
		if !staffRole(role) {
			v.Add("role", "E_CHOICE")
		}
		for _, m := range ms.Members {
			if m.ID == a.ID && m.Email == in.Email {
				v.Add("email", "E_OWN_ROLE") // nobody grants themself
			}
			if m.Email == in.Email && m.Role == role && m.DisabledAt == nil {
				v.Add("email", "E_MEMBER_EXISTS")
			}
		}
		return in, v.OrNil()
	})
}

// Reset makes a one-time link with which a member who lost their password sets another, and returns its token; it is confirmed
// as an invitation is. A password that opens another organisation too is no administrator's of this one to give (E_ELSEWHERE):
// the command `user reset` is for those.
func (s Service) Reset(ctx context.Context, member uuid.UUID, form access.Form) (string, error) {
	token, hash := s.linkToken(form)
	return token, s.store.ResetLink(ctx, member, form, hash, func(a access.Actor, m Member, elsewhere bool) (Invited, error) {
		if elsewhere {
			return Invited{}, fault.One("", "E_ELSEWHERE")
		}
		if m.DisabledAt != nil || m.ID == a.ID {
			return Invited{}, fault.ErrStale
		}
		return Invited{
			Email: m.Email, Name: m.Name, EmploymentArea: m.EmploymentArea, Role: m.Role, Kind: LinkReset,
			ExpiresAt: a.Now.AddDate(0, 0, LinkDays),
		}, nil
	})
}

// Withdraw ends a one-time link that was not used.
func (s Service) Withdraw(ctx context.Context, link uuid.UUID, form access.Form) error {
	return s.store.WithdrawLink(ctx, link, form)
}

// Confirm says yes or no to a link that waits for the actor; whose word counts, the database knows (app.confirmations).
func (s Service) Confirm(ctx context.Context, link uuid.UUID, form access.Form, answer string) error {
	return s.store.ConfirmLink(ctx, link, form, func() (bool, error) {
		if answer != "yes" && answer != "no" {
			return false, fault.One("", "E_CHOICE")
		}
		return answer == "yes", nil
	})
}

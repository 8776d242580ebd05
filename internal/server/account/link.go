package account

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/account"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/account"
	"kuukausi/web/paths"
)

// invite makes a one-time link and shows it once, on the next page: it travels in the encrypted cookie, not in a URL.
func (s Handlers) invite(w http.ResponseWriter, r *http.Request) error {
	return s.Made(w, r, "invite", s.showMembers, func(t core.Typed) (string, string, error) {
		token, err := s.Account.Invite(r.Context(), t.Form, t.Get("email"), t.Get("name"), t.Get("area"), access.Role(t.Get("role")))
		return "members.invited", paths.Members, s.leaveLink(w, r, token, err)
	})
}

// leaveLink keeps a one-time link that was made, to be shown once on the next page.
func (s Handlers) leaveLink(w http.ResponseWriter, r *http.Request, token string, err error) error {
	if err != nil {
		return err
	}
	base := s.Base()
	if base == "" {
		base = "http://" + r.Host
	}
	return s.Leave(w, r, core.KeyLink, base+paths.Invitation.At(token))
}

// resetPassword makes a link for a member who lost their password.
func (s Handlers) resetPassword(w http.ResponseWriter, r *http.Request) error {
	return s.onMember(w, r, "reset", "members.reset_made", func(id uuid.UUID, t core.Typed) error {
		token, err := s.Account.Reset(r.Context(), id, t.Form)
		return s.leaveLink(w, r, token, err)
	})
}

func (s Handlers) withdrawLink(w http.ResponseWriter, r *http.Request) error {
	id, err := core.PathID(r, "link")
	if err != nil {
		return err
	}
	return s.Made(w, r, "withdraw", s.showMembers, func(t core.Typed) (string, string, error) {
		return "members.withdrawn", paths.Members, s.Account.Withdraw(r.Context(), id, t.Form)
	})
}

func (s Handlers) showConfirmations(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	all, err := s.Account.Confirmations(r.Context())
	if err != nil {
		return err
	}
	return s.Page(w, r, core.Status(ref), pages.ConfirmationsPage(pages.Confirmations{
		Frame: s.Frame(w, r, "", "confirm.title"), Links: all, Refused: ref,
	}))
}

func (s Handlers) confirm(w http.ResponseWriter, r *http.Request) error {
	id, err := core.PathID(r, "link")
	if err != nil {
		return err
	}
	return s.Made(w, r, "confirm-"+id.String(), s.showConfirmations, func(t core.Typed) (string, string, error) {
		return "saved", paths.Confirmations, s.Account.Confirm(r.Context(), id, t.Form, t.Get("answer"))
	})
}

func (s Handlers) showInvitation(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	token := chi.URLParam(r, "token")
	inv, err := s.Account.Invitation(r.Context(), account.HashToken(token))
	if err != nil {
		return err
	}
	v := pages.Invitation{
		Frame:   s.Frame(w, r, "", "invitation.title", "Org", inv.OrgName),
		Form:    ref.New("invitation", paths.Invitation.At(token), 0),
		OrgName: inv.OrgName,
		Email:   inv.Email,
		Name:    inv.Name,
		Role:    string(inv.Role),
		Reset:   inv.Kind == account.LinkReset,
		Waits:   inv.Waits,
		Min:     account.MinPassword,
	}
	return s.Page(w, r, core.Status(ref), pages.InvitationPage(v))
}

func (s Handlers) acceptInvitation(w http.ResponseWriter, r *http.Request) error {
	v, err := s.Texts(w, r)
	if err != nil {
		return err
	}
	err = s.Account.Accept(r.Context(), chi.URLParam(r, "token"), v.Get("password"), v.Get("again"), s.Lang(r), s.Address(r))
	if err != nil {
		return core.Again(err, "invitation", core.Typed{Values: v}, func(ref components.Refused) error { return s.showInvitation(w, r, ref) })
	}
	return s.Done(w, r, "invitation.done", paths.Login)
}

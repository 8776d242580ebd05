package account

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/account"
	"kuukausi/web/paths"
)

func (s Handlers) showMembers(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	m, err := s.Account.Members(r.Context())
	if err != nil {
		return err
	}
	return s.Page(
		w,
		r,
		core.Status(ref),
		pages.MembersPage(pages.Members{Frame: s.Frame(w, r, "members", "nav.members"), Members: m, Refused: ref,
			Invite: ref.New("invite", paths.Invitations, 0), Link: s.Take(w, r, core.KeyLink)}),
	)
}

// invite makes a one-time link and shows it once, on the next page: it travels in the encrypted cookie, not in a URL.
func (s Handlers) invite(w http.ResponseWriter, r *http.Request) error {
	t, err := s.Form(w, r)
	if err != nil {
		return err
	}
	token, err := s.Account.Invite(r.Context(), t.Form, t.Get("email"), t.Get("name"), t.Get("area"), access.Role(t.Get("role")))
	if err != nil {
		return core.Again(err, "invite", t, func(ref components.Refused) error { return s.showMembers(w, r, ref) })
	}
	return s.leaveLink(w, r, token, "members.invited")
}

// leaveLink shows a one-time link once, on the next page.
func (s Handlers) leaveLink(w http.ResponseWriter, r *http.Request, token, flash string) error {
	base := s.Base()
	if base == "" {
		base = "http://" + r.Host
	}
	if err := s.Leave(w, r, core.KeyLink, base+paths.Invitation.At(token)); err != nil {
		return err
	}
	return s.Done(w, r, flash, paths.Members)
}

// resetPassword makes a link for a member who lost their password.
func (s Handlers) resetPassword(w http.ResponseWriter, r *http.Request) error {
	id, err := core.PathID(r, "member")
	if err != nil {
		return err
	}
	t, err := s.Form(w, r)
	if err != nil {
		return err
	}
	token, err := s.Account.Reset(r.Context(), id, t.Form)
	if err != nil {
		return core.Again(err, "reset-"+id.String(), t, func(ref components.Refused) error { return s.showMembers(w, r, ref) })
	}
	return s.leaveLink(w, r, token, "members.reset_made")
}

func (s Handlers) withdrawLink(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "link", "withdraw", func(w http.ResponseWriter, r *http.Request, _ uuid.UUID, ref components.Refused) error {
		return s.showMembers(w, r, ref)
	}, func(id uuid.UUID, t core.Typed) (string, string, error) {
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
	t, err := s.Form(w, r)
	if err != nil {
		return err
	}
	if err := s.Account.Confirm(r.Context(), id, t.Form, t.Get("answer")); err != nil {
		return core.Again(err, "confirm-"+id.String(), t, func(ref components.Refused) error { return s.showConfirmations(w, r, ref) })
	}
	return s.Done(w, r, "saved", paths.Confirmations)
}

// onMember reads the id and the form of an act on a member, does it, and shows the page again or goes back to it.
func (s Handlers) onMember(w http.ResponseWriter, r *http.Request, name, flash string, do func(uuid.UUID, core.Typed) error) error {
	id, err := core.PathID(r, "member")
	if err != nil {
		return err
	}
	t, err := s.Form(w, r)
	if err != nil {
		return err
	}
	if err := do(id, t); err != nil {
		return core.Again(err, name+"-"+id.String(), t, func(ref components.Refused) error { return s.showMembers(w, r, ref) })
	}
	return s.Done(w, r, flash, paths.Members)
}

func (s Handlers) changeRole(w http.ResponseWriter, r *http.Request) error {
	return s.onMember(w, r, "role", "members.role_saved", func(id uuid.UUID, t core.Typed) error {
		return s.Account.ChangeRole(r.Context(), id, t.Form, access.Role(t.Get("role")))
	})
}

func (s Handlers) endMembership(w http.ResponseWriter, r *http.Request) error {
	return s.onMember(w, r, "end", "members.ended", func(id uuid.UUID, t core.Typed) error { return s.Account.End(r.Context(), id, t.Form) })
}

func (s Handlers) handOver(w http.ResponseWriter, r *http.Request) error {
	return s.onMember(w, r, "duties", "members.handed_over", func(id uuid.UUID, t core.Typed) error {
		return s.Account.HandOver(r.Context(), id, t.Form, t.Chosen("successor"))
	})
}

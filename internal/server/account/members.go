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

// onMember reads the id and the form of an act on a member, does it, and shows the page again or goes back to it.
func (s Handlers) onMember(w http.ResponseWriter, r *http.Request, name, flash string, do func(uuid.UUID, core.Typed) error) error {
	id, err := core.PathID(r, "member")
	if err != nil {
		return err
	}
	return s.Made(w, r, name+"-"+id.String(), s.showMembers, func(t core.Typed) (string, string, error) {
		return flash, paths.Members, do(id, t)
	})
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
	return s.onMember(w, r, "duties", "members.hand_over_asked", func(id uuid.UUID, t core.Typed) error {
		return s.Account.HandOver(r.Context(), id, t.Form, t.Chosen("successor"))
	})
}

package server

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/web/components"
	"kuukausi/web/pages"
	"kuukausi/web/paths"
)

func (s *Server) showMembers(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	m, err := s.Accounts.Members(r.Context())
	if err != nil {
		return err
	}
	return s.page(w, r, status(ref), pages.MembersPage(pages.Members{Frame: s.frame(w, r, "members", "nav.members"), Members: m, Refused: ref,
		Invite: ref.New("invite", paths.Invitations(), 0), Link: s.take(w, r, keyLink)}))
}

// invite makes a one-time link and shows it once, on the next page: it travels in the encrypted cookie, not in a URL.
func (s *Server) invite(w http.ResponseWriter, r *http.Request) error {
	t, err := s.form(w, r)
	if err != nil {
		return err
	}
	token, err := s.Accounts.Invite(r.Context(), t.Form, t.Get("email"), t.Get("name"), t.Get("area"), access.Role(t.Get("role")))
	if err != nil {
		return again(err, "invite", t, func(ref components.Refused) error { return s.showMembers(w, r, ref) })
	}
	base := "http://" + r.Host
	if s.cfg.PublicURL != nil {
		base = s.cfg.PublicURL.Scheme + "://" + s.cfg.PublicURL.Host
	}
	if err := s.leave(w, r, keyLink, base+paths.Invitation(token)); err != nil {
		return err
	}
	return s.done(w, r, "members.invited", paths.Members)
}

// onMember reads the id and the form of an act on a member, does it, and shows the page again or goes back to it.
func (s *Server) onMember(w http.ResponseWriter, r *http.Request, name, flash string, do func(uuid.UUID, typed) error) error {
	id, err := pathID(r, "member")
	if err != nil {
		return err
	}
	t, err := s.form(w, r)
	if err != nil {
		return err
	}
	if err := do(id, t); err != nil {
		return again(err, name+"-"+id.String(), t, func(ref components.Refused) error { return s.showMembers(w, r, ref) })
	}
	return s.done(w, r, flash, paths.Members)
}

func (s *Server) changeRole(w http.ResponseWriter, r *http.Request) error {
	return s.onMember(w, r, "role", "members.role_saved", func(id uuid.UUID, t typed) error {
		return s.Accounts.ChangeRole(r.Context(), id, t.Form, access.Role(t.Get("role")))
	})
}

func (s *Server) endMembership(w http.ResponseWriter, r *http.Request) error {
	return s.onMember(w, r, "end", "members.ended", func(id uuid.UUID, t typed) error { return s.Accounts.End(r.Context(), id, t.Form) })
}

func (s *Server) handOver(w http.ResponseWriter, r *http.Request) error {
	return s.onMember(w, r, "duties", "members.handed_over", func(id uuid.UUID, t typed) error {
		return s.Accounts.HandOver(r.Context(), id, t.Form, t.id("successor"))
	})
}

package desk

import (
	"net/http"

	"kuukausi/internal/access"
	pages "kuukausi/web/pages/desk"
	"kuukausi/web/paths"
)

func (s Handlers) today(w http.ResponseWriter, r *http.Request) error {
	t, err := s.Desk.Today(r.Context())
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	switch v.Actor.Role {
	case access.Admin:
		http.Redirect(w, r, paths.Members, http.StatusSeeOther)
		return nil
	case access.Participant:
		http.Redirect(w, r, paths.Me, http.StatusSeeOther)
		return nil
	}
	return s.Page(w, r, http.StatusOK, pages.TodayPage(pages.Today{Frame: s.Frame(w, r, "today", "nav.today"), Today: t, Now: v.Today(),
		Coach: v.Actor.Role == access.Coach, Expert: v.Actor.Role == access.Expert}))
}

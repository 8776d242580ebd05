package desk

import (
	"net/http"

	"kuukausi/internal/access"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/desk"
	"kuukausi/web/paths"
)

func (s Handlers) today(w http.ResponseWriter, r *http.Request) error {
	return s.showToday(w, r, components.Refused{})
}

// see notes that a signal was read.
func (s Handlers) see(w http.ResponseWriter, r *http.Request) error {
	id, err := core.PathID(r, "enrolment")
	if err != nil {
		return err
	}
	t, err := s.Form(w, r)
	if err != nil {
		return err
	}
	if err := s.Desk.See(r.Context(), id, t.Form, t.Get("kind")); err != nil {
		return core.Again(err, "seen", t, func(ref components.Refused) error { return s.showToday(w, r, ref) })
	}
	return s.Done(w, r, "saved", paths.Today)
}

func (s Handlers) showToday(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
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
	return s.Page(w, r, core.Status(ref), pages.TodayPage(pages.Today{Seen: ref,
		Frame: s.Frame(w, r, "today", "nav.today"), Today: t, Now: v.Today(),
		Coach: v.Actor.Role == access.Coach, Expert: v.Actor.Role == access.Expert}))
}

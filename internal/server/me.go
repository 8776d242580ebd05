package server

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/web/components"
	"kuukausi/web/pages"
	"kuukausi/web/paths"
)

func (s *Server) showMyMonth(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	m, err := s.Cohorts.MyMonth(r.Context())
	if err != nil {
		return err
	}
	return s.page(w, r, status(ref), pages.MyMonthPage(pages.MyMonth{Frame: s.frame(w, r, "me", "me.title"), Month: m, Now: access.From(r.Context()).Today(),
		Goal: ref.New("goal", paths.MyGoal, m.Case.Goals)}))
}

func (s *Server) setOwnGoal(w http.ResponseWriter, r *http.Request) error {
	t, err := s.form(w, r)
	if err != nil {
		return err
	}
	if err := s.Cohorts.WriteGoal(r.Context(), access.GoalOwn, uuid.Nil, t.Form, t.Get("kind"), t.Get("body"), ""); err != nil {
		return again(err, "goal", t, func(ref components.Refused) error { return s.showMyMonth(w, r, ref) })
	}
	return s.done(w, r, "goal.saved", paths.Me)
}

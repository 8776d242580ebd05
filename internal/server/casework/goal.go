package casework

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	"kuukausi/web/paths"
)

func (s Handlers) setGoal(w http.ResponseWriter, r *http.Request) error {
	return s.OnEnrolment(w, r, "goal", "goal.saved", func(id uuid.UUID, t core.Typed) error {
		return s.Casework.WriteGoal(r.Context(), access.GoalSet, id, t.Form, t.Get("kind"), t.Lines("body"), t.Get("how"))
	})
}

func (s Handlers) setOwnGoal(w http.ResponseWriter, r *http.Request) error {
	t, err := s.Form(w, r)
	if err != nil {
		return err
	}
	if err := s.Casework.WriteGoal(r.Context(), access.GoalOwn, uuid.Nil, t.Form, t.Get("kind"), t.Lines("body"), ""); err != nil {
		return core.Again(err, "goal", t, func(ref components.Refused) error { return s.ShowMyMonth(w, r, ref) })
	}
	return s.Done(w, r, "goal.saved", paths.Me)
}

func (s Handlers) checkGoal(w http.ResponseWriter, r *http.Request) error {
	return s.OnEnrolment(w, r, "check", "goal_check.saved", func(id uuid.UUID, t core.Typed) error {
		return s.Casework.CheckGoal(r.Context(), id, t.Form, t.Get("going"), t.Lines("body"))
	})
}

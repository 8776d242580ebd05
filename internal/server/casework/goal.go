package casework

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/server/core"
	"kuukausi/web/paths"
)

func (s Handlers) setGoal(w http.ResponseWriter, r *http.Request) error {
	return s.OnEnrolment(w, r, "goal", "goal.saved", func(id uuid.UUID, t core.Typed) error {
		return s.Casework.WriteGoal(r.Context(), access.GoalSet, id, t.Form, t.Get("kind"), t.Lines("body"), t.Get("how"))
	})
}

func (s Handlers) setOwnGoal(w http.ResponseWriter, r *http.Request) error {
	return s.Made(w, r, "goal", s.ShowMyMonth, func(t core.Typed) (string, string, error) {
		return "goal.saved", paths.Me, s.Casework.WriteGoal(
			r.Context(), access.GoalOwn, uuid.Nil, t.Form, t.Get("kind"), t.Lines("body"), "",
		)
	})
}

func (s Handlers) checkGoal(w http.ResponseWriter, r *http.Request) error {
	return s.OnEnrolment(w, r, "check", "goal_check.saved", func(id uuid.UUID, t core.Typed) error {
		return s.Casework.CheckGoal(r.Context(), id, t.Form, t.Get("going"), t.Lines("body"))
	})
}

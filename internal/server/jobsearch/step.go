package jobsearch

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/server/core"
	"kuukausi/web/paths"
)

func (s Handlers) addSearchStep(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "enrolment", "step", s.ShowPerson, func(id uuid.UUID, t core.Typed) (string, string, error) {
		return "search.saved", paths.Enrolment.At(id), s.Jobsearch.Add(r.Context(), id, t.Form, t.Get("kind"), t.Date("on"))
	})
}

package jobsearch

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	"kuukausi/web/paths"
)

func (s Handlers) recordCalls(w http.ResponseWriter, r *http.Request) error {
	day, err := core.PathDay(r)
	if err != nil {
		return err
	}
	return s.On(w, r, "cohort", "calls", func(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
		return s.ShowDay(w, r, id, day, ref)
	}, func(id uuid.UUID, t core.Typed) (string, string, error) {
		who, err := t.ChosenAll("called")
		if err != nil {
			return "", "", err
		}
		return "calls.saved", paths.Day.At(id, day), s.Jobsearch.AddCalls(r.Context(), id, t.Form, day, who)
	})
}

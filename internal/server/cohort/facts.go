package cohort

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/cohort"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/cohort"
	"kuukausi/web/paths"
)

// ShowFacts is the page on which a cohort's name, place and first day are corrected.
func (s Handlers) ShowFacts(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	f, err := s.Cohort.Facts(r.Context(), id)
	if err != nil {
		return err
	}
	return s.Page(w, r, core.Status(ref), pages.FactsPage(pages.Facts{
		Frame: s.Frame(w, r, "cohorts", "facts.title"), Facts: f,
		Form:  ref.New("facts", paths.CohortFacts.At(id), f.Head.Version),
		First: ref.New("first_day", paths.FirstDay.At(id), f.Head.Version),
	}))
}

func (s Handlers) correctFacts(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "cohort", "facts", s.ShowFacts, func(id uuid.UUID, t core.Typed) (string, string, error) {
		f := cohort.FactsForm{Name: t.Get("name"), Place: t.Get("place")}
		return "saved", paths.CohortDetails.At(id), s.Cohort.CorrectFacts(r.Context(), id, t.Form, f)
	})
}

package cohort

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/cohort"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/cohort"
	"kuukausi/web/paths"
)

func (s Handlers) ShowDetails(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	d, err := s.Cohort.Details(r.Context(), id)
	if err != nil {
		return err
	}
	v := pages.Details{
		Frame:   s.Frame(w, r, "cohorts", "map.title", "Name", d.Head.Name),
		Details: d,
		Form:    ref.New("state", paths.CohortState.At(id), d.Head.Version),
		Room:    ref.New("room", paths.CohortRoom.At(id), d.Head.Version),
		Coach:   access.From(r.Context()).Actor.Role == access.Coach,
		Day:     access.From(r.Context()).Today(),
	}
	for _, m := range d.Meetings {
		if m.HeldOn.Equal(access.From(r.Context()).Today()) {
			v.Today = &cohort.MapDay{Date: m.HeldOn}
		}
	}
	return s.Page(w, r, core.Status(ref), pages.DetailsPage(v))
}

func (s Handlers) moveCohort(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "cohort", "state", s.ShowDetails, func(id uuid.UUID, t core.Typed) (string, string, error) {
		return "saved", paths.CohortDetails.At(id), s.Cohort.Move(
			r.Context(), id, t.Form, casework.GroupState(t.Get("to")), t.Lines("reason"),
		)
	})
}

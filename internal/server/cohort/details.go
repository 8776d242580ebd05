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
	id, err := core.PathID(r, "cohort")
	if err != nil {
		return err
	}
	t, err := s.Form(w, r)
	if err != nil {
		return err
	}
	if err := s.Cohort.Move(r.Context(), id, t.Form, casework.GroupState(t.Get("to")), t.Lines("reason")); err != nil {
		return core.Again(err, "state", t, func(ref components.Refused) error { return s.ShowDetails(w, r, id, ref) })
	}
	return s.Done(w, r, "saved", paths.CohortDetails.At(id))
}

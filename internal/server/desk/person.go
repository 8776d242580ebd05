package desk

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/desk"
	"kuukausi/web/paths"
)

// ShowPerson is one person's month for the coach; the expert has a page of their own at the same URL.
func (s Handlers) ShowPerson(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	core.Drafts(r, paths.Enrolment.At(id))
	p, err := s.Desk.Person(r.Context(), id)
	if err != nil {
		return err
	}
	name := p.Case.FirstName + " " + p.Case.LastName
	if access.From(r.Context()).Actor.Role == access.Expert {
		return s.Page(w, r, http.StatusOK, pages.CasePage(
			pages.Case{Frame: s.Frame(w, r, "participants", "person.title", "Name", name), Case: p.Case, Choice: p.Choice, Trials: p.Trials,
				Interrupted: p.Interrupted},
		))
	}
	v := pages.Enrolment{
		Frame:   s.Frame(w, r, "participants", "person.title", "Name", name),
		Person:  p,
		Now:     access.From(r.Context()).Today(),
		Forms:   p.Case.State.Open() && !p.Case.Broken,
		Goal:    ref.New("goal", paths.Goal.At(id), len(p.GoalVersions)),
		Profile: ref.New("profile", paths.Profile.At(id), p.Case.Version),
		Step:    ref.New("step", paths.SearchSteps.At(id), p.Case.Version),
		Move:    ref.New("move", paths.EnrolmentState.At(id), p.Case.Version),
		Check:   ref.New("check", paths.GoalChecks.At(id), 0),
		Promise: ref.New("promise", paths.PersonPromises.At(id), 0),
		Send:    ref.New("send", paths.SendOne.At(id), 0),
		Note:    core.Drafted(r, ref, "note", paths.Notes.At(id), 0),
	}
	return s.Page(w, r, core.Status(ref), pages.EnrolmentPage(v))
}

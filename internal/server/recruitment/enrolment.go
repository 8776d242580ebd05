package recruitment

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/recruitment"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/recruitment"
	"kuukausi/web/paths"
)

func (s Handlers) showNewEnrolment(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	p, err := s.Recruitment.EnrolmentPlan(r.Context(), id)
	if err != nil {
		return err
	}
	return s.Page(w, r, core.Status(ref), pages.NewEnrolmentPage(pages.NewEnrolment{Frame: s.Frame(w, r, "cohorts", "enrol.title"), Plan: p,
		Form: ref.New(
			"enrol",
			paths.Enrolments.At(id),
			0,
		), Now: access.From(r.Context()).Today(), Codes: access.From(r.Context()).Actor.Role == access.Coach}))
}

func (s Handlers) enrol(w http.ResponseWriter, r *http.Request) error {
	id, err := core.PathID(r, "cohort")
	if err != nil {
		return err
	}
	t, err := s.Form(w, r)
	if err != nil {
		return err
	}
	waiting := t.Get("waiting") == "yes"
	err = s.Recruitment.EnrolPerson(
		r.Context(),
		t.Form,
		id,
		uuid.Nil,
		recruitment.EnrolmentForm{PersonForm: typedPerson(t), Choice: typedChoice(t), Expert: t.Chosen("expert"), Waiting: waiting},
	)
	if err != nil {
		return core.Again(err, "enrol", t, func(ref components.Refused) error { return s.showNewEnrolment(w, r, id, ref) })
	}
	if waiting {
		return s.Done(w, r, "enrol.waits", paths.Waiting.At(id))
	}
	return s.Done(w, r, "enrol.done", paths.Cohort.At(id))
}

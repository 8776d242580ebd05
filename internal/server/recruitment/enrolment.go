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
	q := core.Typed{Values: r.URL.Query()}
	return s.Page(w, r, core.Status(ref), pages.NewEnrolmentPage(pages.NewEnrolment{
		Frame: s.Frame(w, r, "cohorts", "enrol.title"), Plan: p, Form: ref.New("enrol", paths.Enrolments.At(id), 0),
		Now: access.From(r.Context()).Today(), Coach: access.From(r.Context()).Actor.Role == access.Coach,
		Guest: q.Chosen("guest"), Expert: q.Chosen("expert"), Next: q.Get("next") == "yes",
	}))
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
		recruitment.EnrolmentForm{PersonForm: typedPerson(t), Choice: typedChoice(t), Expert: t.Chosen("expert"), Waiting: waiting,
			Guest: t.Chosen("guest")},
	)
	if err != nil {
		return core.Again(err, "enrol", t, func(ref components.Refused) error { return s.showNewEnrolment(w, r, id, ref) })
	}
	if t.Get("next") == "yes" {
		flash := "enrol.done"
		if waiting {
			flash = "enrol.waits"
		}
		return s.Done(w, r, flash, paths.NextEnrolment(id, t.Chosen("expert")))
	}
	if waiting {
		return s.Done(w, r, "enrol.waits", paths.Waiting.At(id))
	}
	return s.Done(w, r, "enrol.done", paths.Cohort.At(id))
}

// showNewCase is the page on which a person begins on a programme of their own; ?model= names one of them.
func (s Handlers) showNewCase(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	p, err := s.Recruitment.CasePlan(r.Context())
	if err != nil {
		return err
	}
	return s.Page(w, r, core.Status(ref), pages.NewCasePage(pages.NewCase{
		Frame: s.Frame(w, r, "participants", "enrol.alone"), Plan: p, Form: ref.New("enrol", paths.Cases, 0),
		Now: access.From(r.Context()).Today(), Model: r.URL.Query().Get("model"),
	}))
}

func (s Handlers) createCase(w http.ResponseWriter, r *http.Request) error {
	return s.Made(w, r, "enrol", s.showNewCase, func(t core.Typed) (string, string, error) {
		f := recruitment.EnrolmentForm{
			PersonForm: typedPerson(t), Choice: typedChoice(t), Expert: t.Chosen("expert"), Coordinator: t.Chosen("coordinator"),
			StartsOn: t.Date("starts_on"),
		}
		return "enrol.begun", paths.Enrolment.At(t.ID), s.Recruitment.EnrolPerson(r.Context(), t.Form, uuid.Nil, t.Chosen("programme"), f)
	})
}

package cohort

import (
	"net/http"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/cohort"
	"kuukausi/web/paths"
)

func (s Handlers) cohorts(w http.ResponseWriter, r *http.Request) error {
	all, err := s.Cohort.Cohorts(r.Context())
	if err != nil {
		return err
	}
	return s.Page(w, r, http.StatusOK, pages.CohortsPage(pages.Cohorts{Frame: s.Frame(w, r, "cohorts", "nav.cohorts"), Cohorts: all}))
}

func (s Handlers) showNewCohort(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	p, err := s.Cohort.CohortPlan(r.Context(), core.Typed{Values: r.URL.Query()}.Chosen("like"))
	if err != nil {
		return err
	}
	return s.Page(w, r, core.Status(ref), pages.NewCohortPage(pages.NewCohort{Frame: s.Frame(w, r, "cohorts", "cohorts.new"), Plan: p,
		Form: ref.New("cohort", paths.Cohorts, 0), Me: access.From(r.Context()).Actor.ID}))
}

func (s Handlers) createCohort(w http.ResponseWriter, r *http.Request) error {
	t, err := s.Form(w, r)
	if err != nil {
		return err
	}
	err = s.Cohort.Create(
		r.Context(),
		t.Form,
		cohort.CohortForm{Version: t.Chosen("programme"), Coach: t.Chosen("coach"), Coordinator: t.Chosen("coordinator"),
			Name: t.Get("name"), Place: t.Get("place"), StartsOn: t.Date("starts_on")},
	)
	if err != nil {
		return core.Again(err, "cohort", t, func(ref components.Refused) error { return s.showNewCohort(w, r, ref) })
	}
	return s.Done(w, r, "cohort_new.done", paths.CohortDetails.At(t.ID))
}

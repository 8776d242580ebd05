package placement

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"kuukausi/internal/placement"
	"kuukausi/internal/server/core"
	"kuukausi/web/paths"
)

func (s Handlers) reportProblem(w http.ResponseWriter, r *http.Request) error {
	return s.On(
		w,
		r,
		"trial",
		"problem-"+chi.URLParam(r, "trial"),
		s.showTrialOrMine,
		func(id uuid.UUID, t core.Typed) (string, string, error) {
			err := s.Placement.Report(
				r.Context(),
				id,
				t.Form,
				placement.ProblemForm{Category: t.Get("category"), Body: t.Lines("problem"), ToldBy: t.Get("told_by")},
			)
			return "problem_report.saved", trialOrMine(r, id), err
		},
	)
}

func (s Handlers) actOnProblem(w http.ResponseWriter, r *http.Request) error {
	// several of these forms stand on a page: each has a name of its own
	return s.Part(
		w,
		r,
		"problem",
		"act-"+chi.URLParam(r, "problem"),
		s.showTrial,
		func(id uuid.UUID, t core.Typed) (uuid.UUID, string, string, error) {
			of, err := s.Placement.Act(r.Context(), id, t.Form, t.Lines("acted"))
			return of, "saved", paths.Trial.At(of), err
		},
	)
}

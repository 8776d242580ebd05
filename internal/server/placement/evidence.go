package placement

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"kuukausi/internal/placement"
	"kuukausi/internal/server/core"
	"kuukausi/web/paths"
)

func (s Handlers) addEvidence(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "enrolment", "evidence", s.showBalance, func(id uuid.UUID, t core.Typed) (string, string, error) {
		f := placement.EvidenceForm{
			Kind:       t.Get("kind"),
			Organiser:  t.Get("organiser"),
			From:       t.Date("from"),
			Until:      t.Date("until"),
			UntilGiven: t.Given("until"),
			Source:     t.Get("source"),
			Evidence:   t.Get("evidence"),
		}
		return "balance.saved", paths.TrialBalance.At(id), s.Placement.Note(r.Context(), id, t.Form, f)
	})
}

func (s Handlers) dropEvidence(w http.ResponseWriter, r *http.Request) error {
	return s.Part(
		w,
		r,
		"evidence",
		"drop-"+chi.URLParam(r, "evidence"),
		s.showBalance,
		func(id uuid.UUID, t core.Typed) (uuid.UUID, string, string, error) {
			of, err := s.Placement.WithdrawEvidence(r.Context(), id, t.Form, t.Get("why"))
			return of, "balance.withdrawn", paths.TrialBalance.At(of), err
		},
	)
}

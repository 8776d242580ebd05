package placement

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/placement"
	"kuukausi/web/paths"
)

func (s Handlers) showBalance(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	p, err := s.Placement.TrialBalance(r.Context(), id)
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	return s.Page(w, r, core.Status(ref), pages.BalancePage(pages.Balance{
		Frame:   s.Frame(w, r, "participants", "balance.title"),
		Plan:    p,
		Now:     v.Today(),
		Form:    ref.New("evidence", paths.TrialEvidence.At(id), 0),
		Refused: ref,
		Coach:   v.Actor.Role != access.Coordinator,
		Propose: access.TrialNew.Allows(v.Actor.Role),
	}))
}

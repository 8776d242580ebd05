package review

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/review"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/review"
	"kuukausi/web/paths"
)

func (s Handlers) showSummary(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	x, err := s.Review.Review(r.Context(), access.SummaryView, id)
	if err != nil {
		return err
	}
	if x.State != review.Locked {
		var v fault.Invalid
		v.Add("", "E_SUMMARY_UNSIGNED")
		ref = components.Refused{Name: "approval", Problems: v}
	}
	return s.Page(w, r, core.Status(ref), pages.SummaryPage(pages.Summary{Frame: s.Frame(w, r, "reviews", "summary.title"), Review: x,
		Form: ref.New(
			"approval",
			paths.SummaryApproval.At(id),
			x.Version,
		), Approve: x.State == review.Locked && access.TransferApprove.Allows(access.From(r.Context()).Actor.Role)}))
}

func (s Handlers) approveTransfer(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "review", "approval", s.showSummary, func(id uuid.UUID, t core.Typed) (string, string, error) {
		return "summary.saved", paths.Summary.At(id), s.Review.ApproveTransfer(
			r.Context(), access.TransferApprove, id, t.Form, t.Get("approved") == "yes", t.Lines("objection"),
		)
	})
}

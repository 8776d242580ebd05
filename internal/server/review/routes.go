package review

import (
	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/review"
	"kuukausi/internal/server/core"
	"kuukausi/web/paths"
)

// Handlers answer the pages and acts of the final review.
type Handlers struct {
	*core.Site
	Review   review.Service
	Casework casework.Service
}

// Routes are the URLs of this room.
func (s Handlers) Routes() []core.Route {
	return []core.Route{
		core.Get(paths.BookReview, access.CaseView, core.Shown("enrolment", s.showBookReview)),
		core.Post(paths.BookReview, access.ReviewBook, s.bookReview),
		core.Get(paths.CohortReviews, access.SlotsView, core.Shown("cohort", s.showSlots)),
		core.Post(paths.CohortReviews, access.ReviewBook, s.bookGroup),
		core.Get(paths.Reviews, access.ReviewList, s.reviews),
		core.Get(paths.Review, access.ReviewView, core.Shown("review", s.showReview)),
		core.Post(paths.ReviewMove, access.ReviewMove, s.moveReview),
		core.Post(paths.ReviewText, access.ReviewWrite, s.writeReview),
		core.Post(paths.ReviewReady, access.ReviewReady, s.readyReview),
		core.Post(paths.ReviewAck, access.ReviewAcknowledge, s.acknowledge),
		core.Post(paths.ReviewLock, access.ReviewLock, s.lockReview),
		core.Post(paths.ReviewHand, access.DeviceHand, s.handDevice),
		core.Get(paths.Decision, access.DecisionView, core.Shown("review", s.showDecision)),
		core.Post(paths.Decision, access.DecisionRecord, s.decide),
		core.Post(paths.DecisionWithdraw, access.DecisionWithdraw, s.withdrawDecision),
		core.Get(paths.Summary, access.SummaryView, core.Shown("review", s.showSummary)),
		core.Post(paths.SummaryApproval, access.TransferApprove, s.approveTransfer),
		core.Post(paths.Outcome, access.OutcomeRecord, s.recordOutcome),
		core.Get(paths.Handed, access.HandedView, core.Blank(s.showHanded)),
		core.Post(paths.HandedAck, access.HandedAcknowledge, s.handedAcknowledge),
		core.Post(paths.HandedApproval, access.HandedApprove, s.handedApprove),
		core.Post(paths.HandedReturn, access.HandedView, s.returnDevice),
	}
}

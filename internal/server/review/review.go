package review

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/programme"
	"kuukausi/internal/review"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/review"
	"kuukausi/web/paths"
)

func (s Handlers) reviews(w http.ResponseWriter, r *http.Request) error {
	all, err := s.Review.Reviews(r.Context())
	if err != nil {
		return err
	}
	return s.Page(w, r, http.StatusOK, pages.ReviewsPage(pages.Reviews{Frame: s.Frame(w, r, "reviews", "nav.reviews"), Reviews: all}))
}

// compose writes the first version from what the month recorded, in the participant's language.
func (s Handlers) compose(g review.Gathered) review.Body {
	p := s.PrinterOf(g.Lang)
	b := review.Body{"goal": g.Goal, "strengths": g.Strengths}
	if g.GroupAll+g.TrialAll > 0 {
		b["participation"] = p.T(
			"compose.participation",
			"Group",
			g.GroupHere,
			"GroupAll",
			g.GroupAll,
			"Trial",
			g.TrialHere,
			"TrialAll",
			g.TrialAll,
		)
	}
	if g.SearchShared {
		b["search"] = p.T("compose.search", "Applications", g.Applications, "Calls", g.Calls, "Interviews", g.Interviews)
	}
	if g.Site != "" {
		b["trial"] = p.T("compose.trial", "Site", g.Site, "Hours", p.Hours(g.DayMinutes))
	}
	return b
}

func (s Handlers) showReview(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	core.Drafts(r, paths.Review.At(id))
	x, err := s.Review.Review(r.Context(), access.ReviewView, id)
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	role := v.Actor.Role
	return s.Page(w, r, core.Status(ref), pages.ReviewPage(
		pages.Review{Frame: s.Frame(w, r, "reviews", "review.title", "Name", x.FirstName+" "+x.LastName), Review: x, Now: v.Today(),
			Text: core.Drafted(
				r,
				ref,
				"text",
				paths.ReviewText.At(id),
				x.Version,
			), Ready: ref.New("ready", paths.ReviewReady.At(id), x.Version), Ack: ref.New("ack", paths.ReviewAck.At(id), x.Version),
			Lock: ref.New(
				"lock",
				paths.ReviewLock.At(id),
				x.Version,
			), Hand: ref.New("hand", paths.ReviewHand.At(id), x.Version), Outcome: ref.New("outcome", paths.Outcome.At(id), x.Version),
			Move:  ref.New("move", paths.ReviewMove.At(id), x.Version),
			Write: role == access.Coach, Acknowledge: x.IsParty(string(role)), Decide: role == access.Expert,
			Person: role != access.Participant, Party: string(role)},
	))
}

// onReview reads the id and the form of an act on a review, does it, and shows the page again or goes back to it.
func (s Handlers) onReview(w http.ResponseWriter, r *http.Request, name, flash string, do func(uuid.UUID, core.Typed) error) error {
	return s.On(w, r, "review", name, s.showReview, func(id uuid.UUID, t core.Typed) (string, string, error) {
		return flash, paths.Review.At(id), do(id, t)
	})
}

func (s Handlers) writeReview(w http.ResponseWriter, r *http.Request) error {
	return s.onReview(w, r, "text", "review.saved", func(id uuid.UUID, t core.Typed) error {
		body := review.Body{}
		for _, h := range programme.Headings {
			body[h] = t.Lines(h)
		}
		return s.Review.Write(r.Context(), id, t.Form, body)
	})
}

func (s Handlers) readyReview(w http.ResponseWriter, r *http.Request) error {
	return s.onReview(
		w,
		r,
		"ready",
		"review.made_ready",
		func(id uuid.UUID, t core.Typed) error { return s.Review.MakeReady(r.Context(), id, t.Form) },
	)
}

func (s Handlers) acknowledge(w http.ResponseWriter, r *http.Request) error {
	return s.onReview(w, r, "ack", "review.acknowledged", func(id uuid.UUID, t core.Typed) error {
		return s.Review.AcknowledgeAs(r.Context(), access.ReviewAcknowledge, id, t.Form)
	})
}

func (s Handlers) lockReview(w http.ResponseWriter, r *http.Request) error {
	return s.onReview(w, r, "lock", "review.locked", func(id uuid.UUID, t core.Typed) error { return s.Review.Lock(r.Context(), id, t.Form) })
}

func (s Handlers) recordOutcome(w http.ResponseWriter, r *http.Request) error {
	return s.onReview(w, r, "outcome", "outcome.saved", func(id uuid.UUID, t core.Typed) error {
		return s.Review.SetOutcome(r.Context(), id, t.Form, review.Outcome{Kind: t.Get("outcome"), On: t.Date("outcome_on")})
	})
}

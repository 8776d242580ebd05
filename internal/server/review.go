package server

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/locale"
	"kuukausi/internal/review"
	"kuukausi/web/components"
	"kuukausi/web/pages"
	"kuukausi/web/paths"
)

func (s *Server) reviews(w http.ResponseWriter, r *http.Request) error {
	all, err := s.Reviews.Reviews(r.Context())
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, pages.ReviewsPage(pages.Reviews{Frame: s.frame(w, r, "reviews", "nav.reviews"), Reviews: all}))
}

func (s *Server) showBookReview(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	c, err := s.Cohorts.Case(r.Context(), id)
	if err != nil {
		return err
	}
	if c.ReviewID != nil && ref.Name == "" {
		http.Redirect(w, r, paths.Review(*c.ReviewID), http.StatusSeeOther)
		return nil
	}
	return s.page(w, r, status(ref), pages.BookReviewPage(pages.BookReview{Frame: s.frame(w, r, "reviews", "review.book_title"), Name: c.FirstName + " " + c.LastName,
		Back: paths.Enrolment(id), Form: ref.New("book", paths.BookReview(id), 0)}))
}

func (s *Server) bookReview(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "enrolment")
	if err != nil {
		return err
	}
	t, err := s.form(w, r)
	if err != nil {
		return err
	}
	at, _ := locale.ParseClock(t.Get("meets_at"))
	err = s.Reviews.BookReview(r.Context(), id, t.Form, review.Booking{MeetsOn: t.date("meets_on"), MeetsAt: at, Place: t.Get("place")}, s.compose)
	if err != nil {
		return again(err, "book", t, func(ref components.Refused) error { return s.showBookReview(w, r, id, ref) })
	}
	return s.done(w, r, "review.booked", paths.Review(t.ID))
}

// compose writes the first version from what the month recorded, in the participant's language.
func (s *Server) compose(g review.Gathered) review.Body {
	p := s.bundle.Printer(g.Lang)
	b := review.Body{"goal": g.Goal, "strengths": g.Strengths}
	if g.GroupAll+g.TrialAll > 0 {
		b["participation"] = p.T("compose.participation", "Group", g.GroupHere, "GroupAll", g.GroupAll, "Trial", g.TrialHere, "TrialAll", g.TrialAll)
	}
	if g.SearchShared {
		b["search"] = p.T("compose.search", "Applications", g.Applications, "Calls", g.Calls, "Interviews", g.Interviews)
	}
	if g.Site != "" {
		b["trial"] = p.T("compose.trial", "Site", g.Site, "Hours", p.Hours(g.DayMinutes))
	}
	return b
}

func (s *Server) showReview(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	drafts(r, paths.Review(id))
	x, err := s.Reviews.Review(r.Context(), access.ReviewView, id)
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	role := v.Actor.Role
	return s.page(w, r, status(ref), pages.ReviewPage(pages.Review{Frame: s.frame(w, r, "reviews", "review.title", "Name", x.FirstName+" "+x.LastName), Review: x, Now: v.Today(),
		Text: drafted(r, ref, "text", paths.ReviewText(id), x.Version), Ready: ref.New("ready", paths.ReviewReady(id), x.Version), Ack: ref.New("ack", paths.ReviewAck(id), x.Version),
		Lock: ref.New("lock", paths.ReviewLock(id), x.Version), Hand: ref.New("hand", paths.ReviewHand(id), x.Version), Outcome: ref.New("outcome", paths.Outcome(id), x.Version),
		Write: role == access.Coach, Acknowledge: true, Decide: role == access.Expert, Person: role != access.Participant, Party: string(role)}))
}

// onReview reads the id and the form of an act on a review, does it, and shows the page again or goes back to it.
func (s *Server) onReview(w http.ResponseWriter, r *http.Request, name, flash string, do func(uuid.UUID, typed) error) error {
	return s.on(w, r, "review", name, s.showReview, func(id uuid.UUID, t typed) (string, string, error) {
		return flash, paths.Review(id), do(id, t)
	})
}

func (s *Server) writeReview(w http.ResponseWriter, r *http.Request) error {
	return s.onReview(w, r, "text", "review.saved", func(id uuid.UUID, t typed) error {
		body := review.Body{}
		for _, h := range review.Headings {
			body[h] = t.Get(h)
		}
		return s.Reviews.Write(r.Context(), id, t.Form, body)
	})
}

func (s *Server) readyReview(w http.ResponseWriter, r *http.Request) error {
	return s.onReview(w, r, "ready", "review.made_ready", func(id uuid.UUID, t typed) error { return s.Reviews.MakeReady(r.Context(), id, t.Form) })
}

func (s *Server) acknowledge(w http.ResponseWriter, r *http.Request) error {
	return s.onReview(w, r, "ack", "review.acknowledged", func(id uuid.UUID, t typed) error {
		return s.Reviews.AcknowledgeAs(r.Context(), access.ReviewAcknowledge, id, t.Form)
	})
}

func (s *Server) lockReview(w http.ResponseWriter, r *http.Request) error {
	return s.onReview(w, r, "lock", "review.locked", func(id uuid.UUID, t typed) error { return s.Reviews.Lock(r.Context(), id, t.Form) })
}

func (s *Server) recordOutcome(w http.ResponseWriter, r *http.Request) error {
	return s.onReview(w, r, "outcome", "outcome.saved", func(id uuid.UUID, t typed) error {
		return s.Reviews.SetOutcome(r.Context(), id, t.Form, review.Outcome{Kind: t.Get("outcome"), On: t.date("outcome_on")})
	})
}

// handDevice gives the coach's device to the participant: from now on this session shows one page.
func (s *Server) handDevice(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "review")
	if err != nil {
		return err
	}
	t, err := s.form(w, r)
	if err != nil {
		return err
	}
	if err := s.Reviews.HandDevice(r.Context(), id, t.Form); err != nil {
		return again(err, "hand", t, func(ref components.Refused) error { return s.showReview(w, r, id, ref) })
	}
	token, err := s.Accounts.Hand(r.Context(), id)
	if err != nil {
		return err
	}
	if err := s.setToken(w, r, token); err != nil {
		return err
	}
	http.Redirect(w, r, paths.Handed, http.StatusSeeOther)
	return nil
}

// handedReview is the review this device was handed over for.
func (s *Server) handedReview(r *http.Request) (uuid.UUID, error) {
	sec, err := s.Accounts.Sessions.LoginSecret(r.Context())
	if err != nil {
		return uuid.Nil, err
	}
	if sec.HandedReview == nil {
		return uuid.Nil, fault.ErrNotFound
	}
	return *sec.HandedReview, nil
}

func (s *Server) showHanded(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	id, err := s.handedReview(r)
	if err != nil {
		return err
	}
	x, err := s.Reviews.Review(r.Context(), access.HandedView, id)
	if err != nil {
		return err
	}
	return s.page(w, r, status(ref), pages.HandedPage(pages.Handed{Frame: s.frame(w, r, "", "nav.review"), Review: x,
		Ack: ref.New("ack", paths.HandedAck(), x.Version), Approval: ref.New("approval", paths.HandedApproval(), x.Version), Return: ref.New("return", paths.HandedReturn(), 0)}))
}

func (s *Server) onHanded(w http.ResponseWriter, r *http.Request, name, flash string, do func(uuid.UUID, typed) error) error {
	id, err := s.handedReview(r)
	if err != nil {
		return err
	}
	t, err := s.form(w, r)
	if err != nil {
		return err
	}
	if err := do(id, t); err != nil {
		return again(err, name, t, func(ref components.Refused) error { return s.showHanded(w, r, ref) })
	}
	return s.done(w, r, flash, paths.Handed)
}

func (s *Server) handedAcknowledge(w http.ResponseWriter, r *http.Request) error {
	return s.onHanded(w, r, "ack", "review.acknowledged", func(id uuid.UUID, t typed) error {
		return s.Reviews.AcknowledgeAs(r.Context(), access.HandedAcknowledge, id, t.Form)
	})
}

func (s *Server) handedApprove(w http.ResponseWriter, r *http.Request) error {
	return s.onHanded(w, r, "approval", "summary.saved", func(id uuid.UUID, t typed) error {
		return s.Reviews.ApproveTransfer(r.Context(), access.HandedApprove, id, t.Form, t.Get("approved") == "yes", t.Get("objection"))
	})
}

func (s *Server) returnDevice(w http.ResponseWriter, r *http.Request) error {
	v, err := s.texts(w, r)
	if err != nil {
		return err
	}
	token, id, err := s.Accounts.TakeBack(r.Context(), v.Get("password"), s.address(r))
	if err != nil {
		return again(err, "return", typed{Values: v}, func(ref components.Refused) error { return s.showHanded(w, r, ref) })
	}
	if err := s.setToken(w, r, token); err != nil {
		return err
	}
	http.Redirect(w, r, paths.Review(id), http.StatusSeeOther)
	return nil
}

func (s *Server) showDecision(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	x, err := s.Reviews.Review(r.Context(), access.DecisionView, id)
	if err != nil {
		return err
	}
	return s.page(w, r, status(ref), pages.DecisionPage(pages.Decision{Frame: s.frame(w, r, "reviews", "decision.title"), Review: x, Now: access.From(r.Context()).Today(),
		Form: ref.New("decision", paths.Decision(id), x.Version)}))
}

func (s *Server) decide(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "review")
	if err != nil {
		return err
	}
	t, err := s.form(w, r)
	if err != nil {
		return err
	}
	f := review.DecisionForm{Kinds: t.Values["kind"], StartsOn: map[string]time.Time{}, EndsOn: map[string]time.Time{}, DecidedOn: t.date("decided_on"), Grounds: t.Get("grounds"), Reference: t.Get("reference")}
	for _, k := range review.DecisionKinds {
		if !slices.Contains(f.Kinds, k) {
			f.Unticked = f.Unticked || strings.TrimSpace(t.Get("starts_on."+k)+t.Get("ends_on."+k)) != ""
			continue
		}
		for field, into := range map[string]map[string]time.Time{"starts_on." + k: f.StartsOn, "ends_on." + k: f.EndsOn} {
			if text := strings.TrimSpace(t.Get(field)); text != "" {
				if d := t.date(field); d.IsZero() {
					f.BadDates = append(f.BadDates, field)
				} else {
					into[k] = d
				}
			}
		}
	}
	if err := s.Reviews.Record(r.Context(), id, t.Form, f); err != nil {
		return again(err, "decision", t, func(ref components.Refused) error { return s.showDecision(w, r, id, ref) })
	}
	return s.done(w, r, "decision.saved", paths.Review(id))
}

func (s *Server) showSummary(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	x, err := s.Reviews.Review(r.Context(), access.SummaryView, id)
	if err != nil {
		return err
	}
	if x.State != review.Locked {
		var v fault.Invalid
		v.Add("", "E_SUMMARY_UNSIGNED")
		ref = components.Refused{Name: "approval", Problems: v}
	}
	return s.page(w, r, status(ref), pages.SummaryPage(pages.Summary{Frame: s.frame(w, r, "reviews", "summary.title"), Review: x,
		Form: ref.New("approval", paths.SummaryApproval(id), x.Version), Approve: x.State == review.Locked && access.TransferApprove.Allows(access.From(r.Context()).Actor.Role)}))
}

func (s *Server) approveTransfer(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "review")
	if err != nil {
		return err
	}
	t, err := s.form(w, r)
	if err != nil {
		return err
	}
	if err := s.Reviews.ApproveTransfer(r.Context(), access.TransferApprove, id, t.Form, t.Get("approved") == "yes", t.Get("objection")); err != nil {
		return again(err, "approval", t, func(ref components.Refused) error { return s.showSummary(w, r, id, ref) })
	}
	return s.done(w, r, "summary.saved", paths.Summary(id))
}

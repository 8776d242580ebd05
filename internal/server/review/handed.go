package review

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/review"
	"kuukausi/web/paths"
)

// handDevice gives the coach's device to the participant: from now on this session shows one page.
func (s Handlers) handDevice(w http.ResponseWriter, r *http.Request) error {
	id, err := core.PathID(r, "review")
	if err != nil {
		return err
	}
	t, err := s.Form(w, r)
	if err != nil {
		return err
	}
	if err := s.Review.HandDevice(r.Context(), id, t.Form); err != nil {
		return core.Again(err, "hand", t, func(ref components.Refused) error { return s.showReview(w, r, id, ref) })
	}
	token, err := s.Account.Hand(r.Context(), id)
	if err != nil {
		return err
	}
	if err := s.SetToken(w, r, token); err != nil {
		return err
	}
	http.Redirect(w, r, paths.Handed, http.StatusSeeOther)
	return nil
}

// handedReview is the review this device was handed over for.
func (s Handlers) handedReview(r *http.Request) (uuid.UUID, error) {
	sec, err := s.Account.LoginSecret(r.Context())
	if err != nil {
		return uuid.Nil, err
	}
	if sec.HandedReview == nil {
		return uuid.Nil, fault.ErrNotFound
	}
	return *sec.HandedReview, nil
}

func (s Handlers) showHanded(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	id, err := s.handedReview(r)
	if err != nil {
		return err
	}
	x, err := s.Review.Review(r.Context(), access.HandedView, id)
	if err != nil {
		return err
	}
	return s.Page(w, r, core.Status(ref), pages.HandedPage(pages.Handed{Frame: s.Frame(w, r, "", "nav.review"), Review: x,
		Ack: ref.New(
			"ack",
			paths.HandedAck,
			x.Version,
		), Approval: ref.New("approval", paths.HandedApproval, x.Version), Return: ref.New("return", paths.HandedReturn, 0)}))
}

func (s Handlers) onHanded(w http.ResponseWriter, r *http.Request, name, flash string, do func(uuid.UUID, core.Typed) error) error {
	id, err := s.handedReview(r)
	if err != nil {
		return err
	}
	t, err := s.Form(w, r)
	if err != nil {
		return err
	}
	if err := do(id, t); err != nil {
		return core.Again(err, name, t, func(ref components.Refused) error { return s.showHanded(w, r, ref) })
	}
	return s.Done(w, r, flash, paths.Handed)
}

func (s Handlers) handedAcknowledge(w http.ResponseWriter, r *http.Request) error {
	return s.onHanded(w, r, "ack", "review.acknowledged", func(id uuid.UUID, t core.Typed) error {
		return s.Review.AcknowledgeAs(r.Context(), access.HandedAcknowledge, id, t.Form)
	})
}

func (s Handlers) handedApprove(w http.ResponseWriter, r *http.Request) error {
	return s.onHanded(w, r, "approval", "summary.saved", func(id uuid.UUID, t core.Typed) error {
		return s.Review.ApproveTransfer(r.Context(), access.HandedApprove, id, t.Form, t.Get("approved") == "yes", t.Lines("objection"))
	})
}

func (s Handlers) returnDevice(w http.ResponseWriter, r *http.Request) error {
	v, err := s.Texts(w, r)
	if err != nil {
		return err
	}
	token, id, err := s.Account.TakeBack(r.Context(), v.Get("password"), s.Address(r))
	if err != nil {
		return core.Again(err, "return", core.Typed{Values: v}, func(ref components.Refused) error { return s.showHanded(w, r, ref) })
	}
	if err := s.SetToken(w, r, token); err != nil {
		return err
	}
	http.Redirect(w, r, paths.Review.At(id), http.StatusSeeOther)
	return nil
}

package review

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/review"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/review"
	"kuukausi/web/paths"
)

func (s Handlers) showBookReview(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	c, err := s.Casework.Case(r.Context(), id)
	if err != nil {
		return err
	}
	if c.ReviewID != nil && ref.Name == "" {
		http.Redirect(w, r, paths.Review.At(*c.ReviewID), http.StatusSeeOther)
		return nil
	}
	return s.Page(
		w,
		r,
		core.Status(ref),
		pages.BookReviewPage(pages.BookReview{Frame: s.Frame(w, r, "reviews", "review.book_title"), Name: c.FirstName + " " + c.LastName,
			Back: paths.Enrolment.At(id), Form: ref.New("book", paths.BookReview.At(id), 0)}),
	)
}

func (s Handlers) bookReview(w http.ResponseWriter, r *http.Request) error {
	id, err := core.PathID(r, "enrolment")
	if err != nil {
		return err
	}
	t, err := s.Form(w, r)
	if err != nil {
		return err
	}
	err = s.Review.BookReview(
		r.Context(),
		id,
		t.Form,
		review.Booking{MeetsOn: t.Date("meets_on"), MeetsAt: t.Clock("meets_at"), Place: t.Get("place")},
		s.compose,
	)
	if err != nil {
		return core.Again(err, "book", t, func(ref components.Refused) error { return s.showBookReview(w, r, id, ref) })
	}
	return s.Done(w, r, "review.booked", paths.Review.At(t.ID))
}

func (s Handlers) moveReview(w http.ResponseWriter, r *http.Request) error {
	return s.onReview(w, r, "move", "review.moved", func(id uuid.UUID, t core.Typed) error {
		return s.Review.MoveMeeting(r.Context(), id, t.Form, review.Booking{
			MeetsOn: t.Date("meets_on"), MeetsAt: t.Clock("meets_at"), Place: t.Get("place"),
		})
	})
}

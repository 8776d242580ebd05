package review

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/review"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/review"
	"kuukausi/web/paths"
)

func (s Handlers) showBookReview(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	c, err := s.Casework.Case(r.Context(), access.CaseView, id)
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
	return s.On(w, r, "enrolment", "book", s.showBookReview, func(id uuid.UUID, t core.Typed) (string, string, error) {
		return "review.booked", paths.Review.At(t.ID), s.Review.BookReview(r.Context(), id, t.Form, typedBooking(t), s.compose)
	})
}

func typedBooking(t core.Typed) review.Booking {
	return review.Booking{MeetsOn: t.Date("meets_on"), MeetsAt: t.Clock("meets_at"), Place: t.Get("place")}
}

func (s Handlers) moveReview(w http.ResponseWriter, r *http.Request) error {
	return s.onReview(w, r, "move", "review.moved", func(id uuid.UUID, t core.Typed) error {
		return s.Review.MoveMeeting(r.Context(), id, t.Form, typedBooking(t))
	})
}

func (s Handlers) showSlots(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	x, err := s.Review.Slots(r.Context(), id)
	if err != nil {
		return err
	}
	return s.Page(w, r, core.Status(ref), pages.SlotsPage(pages.Slots{
		Frame: s.Frame(w, r, "cohorts", "slots.title"), Slots: x, Proposed: x.Propose(access.From(r.Context()).Today()),
		Form: ref.New("slots", paths.CohortReviews.At(id), 0),
	}))
}

// bookGroup books whoever has a day or a time in the form; a line left empty is left out.
func (s Handlers) bookGroup(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "cohort", "slots", s.showSlots, func(id uuid.UUID, t core.Typed) (string, string, error) {
		people, err := t.ChosenAll("person")
		if err != nil {
			return "", "", err
		}
		var want []review.Booking
		for _, e := range people {
			of := "." + e.String()
			if t.Given("meets_on"+of) || t.Given("meets_at"+of) {
				want = append(want, review.Booking{
					Enrolment: e, MeetsOn: t.Date("meets_on" + of), MeetsAt: t.Clock("meets_at" + of), Place: t.Get("place"),
				})
			}
		}
		return "slots.done", paths.Reviews, s.Review.BookGroup(r.Context(), id, t.Form, want, s.compose)
	})
}

package partner

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/partner"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/partner"
	"kuukausi/web/paths"
)

func (s Handlers) showOpenDays(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	p, err := s.Partner.OpenDays(r.Context())
	if err != nil {
		return err
	}
	return s.Page(w, r, core.Status(ref), pages.OpenDaysPage(pages.OpenDays{
		Frame:   s.Frame(w, r, "employers", "open_day.title"),
		Plan:    p,
		Now:     access.From(r.Context()).Today(),
		Form:    ref.New("open_day", paths.OpenDays, 0),
		Refused: ref,
	}))
}

func (s Handlers) holdOpenDay(w http.ResponseWriter, r *http.Request) error {
	return s.Made(w, r, "open_day", s.showOpenDays, func(t core.Typed) (string, string, error) {
		d := partner.OpenDay{
			Kind:     t.Get("kind"),
			HeldOn:   t.Date("held_on"),
			StartsAt: t.Clock("starts_at"),
			EndsAt:   t.Clock("ends_at"),
			Place:    t.Get("place"),
			What:     t.Lines("what"),
			Seats:    t.Whole("seats"),
		}
		if id := t.Chosen("site"); id != uuid.Nil {
			d.SiteID = &id
		}
		if id := t.Chosen("cohort"); id != uuid.Nil {
			d.CohortID = &id
		}
		return "saved", paths.OpenDays, s.Partner.Hold(r.Context(), t.Form, d)
	})
}

// onOpenDay goes back to the page its button stood on: a participant's own, or the list.
func (s Handlers) onOpenDay(w http.ResponseWriter, r *http.Request, param, name, flash string, do func(uuid.UUID, core.Typed) error) error {
	id, err := core.PathID(r, param)
	if err != nil {
		return err
	}
	mine := func() bool { return access.From(r.Context()).Actor.Role == access.Participant }
	show := func(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
		if mine() {
			return s.ShowMyTrials(w, r, ref)
		}
		return s.showOpenDays(w, r, ref)
	}
	return s.Made(w, r, name, show, func(t core.Typed) (string, string, error) {
		if err := do(id, t); err != nil || !mine() {
			return flash, paths.OpenDays, err
		}
		return flash, paths.MyTrials, nil
	})
}

func (s Handlers) signUp(w http.ResponseWriter, r *http.Request) error {
	return s.onOpenDay(w, r, "day", "sign_up-"+chi.URLParam(r, "day"), "open_day.signed_up", func(id uuid.UUID, t core.Typed) error {
		return s.Partner.SignOn(r.Context(), id, t.Form, t.Chosen("enrolment"))
	})
}

func (s Handlers) signOff(w http.ResponseWriter, r *http.Request) error {
	return s.onOpenDay(
		w,
		r,
		"signup",
		"sign_off",
		"saved",
		func(id uuid.UUID, t core.Typed) error { return s.Partner.SignOff(r.Context(), id, t.Form) },
	)
}

func (s Handlers) cancelOpenDay(w http.ResponseWriter, r *http.Request) error {
	return s.onOpenDay(
		w,
		r,
		"day",
		"cancel",
		"saved",
		func(id uuid.UUID, t core.Typed) error { return s.Partner.CallOff(r.Context(), id, t.Form) },
	)
}

package participant

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/participant"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/participant"
	"kuukausi/web/paths"
)

func (s Handlers) showBreakGlass(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	if err := s.Participant.BreakPlan(r.Context()); err != nil {
		return err
	}
	return s.Page(
		w,
		r,
		core.Status(ref),
		pages.BreakGlassPage(pages.BreakGlass{Frame: s.Frame(w, r, "participants", "break.title"), Form: ref.New("break", paths.BreakGlass, 0)}),
	)
}

func (s Handlers) openByBreaking(w http.ResponseWriter, r *http.Request) error {
	return s.Made(w, r, "break", s.showBreakGlass, func(t core.Typed) (string, string, error) {
		e, err := s.Participant.Break(r.Context(), t.Form, participant.BreakForm{
			FirstName:  t.Get("first_name"),
			LastName:   t.Get("last_name"),
			BornOn:     t.Birth("born_on"),
			NationalID: t.Get("national_id"),
			Reason:     t.Lines("reason"),
		})
		if e == uuid.Nil { // the second of a double submit: the case is among the actor's own by now
			return "break.opened", paths.Participants, err
		}
		return "break.opened", paths.Enrolment.At(e), err
	})
}

func (s Handlers) breakings(w http.ResponseWriter, r *http.Request) error {
	all, err := s.Participant.Breakings(r.Context())
	if err != nil {
		return err
	}
	return s.Page(w, r, http.StatusOK, pages.BreakingsPage(pages.Breakings{Frame: s.Frame(w, r, "members", "break.list"), Breakings: all}))
}

// noted does what a button beside an opened case is for, and goes back to its list.
func (s Handlers) noted(
	w http.ResponseWriter, r *http.Request, list string, do func(context.Context, uuid.UUID, access.Form) error,
) error {
	id, err := core.PathID(r, "breaking")
	if err != nil {
		return err
	}
	t, err := s.Form(w, r)
	if err != nil {
		return err
	}
	if err := do(r.Context(), id, t.Form); err != nil {
		return err
	}
	return s.Done(w, r, "saved", list)
}

func (s Handlers) seeBreaking(w http.ResponseWriter, r *http.Request) error {
	return s.noted(w, r, paths.Breakings, s.Participant.SeeBreaking)
}

func (s Handlers) openings(w http.ResponseWriter, r *http.Request) error {
	all, err := s.Participant.Openings(r.Context())
	if err != nil {
		return err
	}
	return s.Page(w, r, http.StatusOK, pages.OpeningsPage(pages.Openings{
		Frame: s.Frame(w, r, "participants", "opening.title"), Openings: all,
	}))
}

func (s Handlers) noteOpening(w http.ResponseWriter, r *http.Request) error {
	return s.noted(w, r, paths.Openings, s.Participant.Note)
}

package recruitment

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/recruitment"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/recruitment"
	"kuukausi/web/paths"
)

// typedChoice is a voluntary choice as typed.
func typedChoice(t core.Typed) recruitment.ChoiceForm {
	return recruitment.ChoiceForm{Chose: t.Get("chose") == "yes", How: t.Get("how"), ChosenOn: t.Date("chosen_on"), Lang: t.Get("lang")}
}

func (s Handlers) showChoice(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	c, err := s.Recruitment.Choosing(r.Context(), id)
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	return s.Page(w, r, core.Status(ref), pages.ChoicePage(
		pages.Choosing{Frame: s.Frame(w, r, "participants", "choice.title"), Choosing: c, Now: v.Today(), Coach: v.Actor.Role == access.Coach,
			Form: ref.New("choice", paths.Choice.At(id), c.Version), Refusal: ref.New("refusal", paths.Refusal.At(id), c.Version)},
	))
}

func (s Handlers) recordChoice(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "enrolment", "choice", s.showChoice, func(id uuid.UUID, t core.Typed) (string, string, error) {
		return "choice.saved", typedWaitingOr(t, id), s.Recruitment.Choose(r.Context(), id, t.Form, typedChoice(t))
	})
}

// typedWaitingOr is the waiting list the form came from, or else the person's page.
func typedWaitingOr(t core.Typed, enrolment uuid.UUID) string {
	if c := t.Chosen("cohort"); c != uuid.Nil {
		return paths.Waiting.At(c)
	}
	return paths.Enrolment.At(enrolment)
}

func (s Handlers) refusePlace(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "enrolment", "refusal", s.showChoice, func(id uuid.UUID, t core.Typed) (string, string, error) {
		return "choice.refused", typedWaitingOr(t, id), s.Casework.Refuse(r.Context(), id, t.Form)
	})
}

package substitute

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/server/core"
	"kuukausi/internal/substitute"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/substitute"
	"kuukausi/web/paths"
)

func (s Handlers) briefing(w http.ResponseWriter, r *http.Request) error {
	id, err := core.PathID(r, "cohort")
	if err != nil {
		return err
	}
	b, err := s.Substitute.Briefing(r.Context(), id)
	if err != nil {
		return err
	}
	return s.Page(w, r, http.StatusOK, pages.BriefingPage(pages.Briefing{
		Frame:    s.Frame(w, r, "cohorts", "briefing.title"),
		Briefing: b,
		Now:      access.From(r.Context()).Today(),
		Moment:   access.From(r.Context()).Now,
	}))
}

func (s Handlers) showSubstitutes(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	b, err := s.Substitute.Substitutes(r.Context(), id)
	if err != nil {
		return err
	}
	return s.Page(w, r, core.Status(ref), pages.SubstitutesPage(pages.Substitutes{
		Frame:    s.Frame(w, r, "cohorts", "substitute.title"),
		Briefing: b,
		Form:     ref.New("substitute", paths.Substitutes.At(id), 0),
		Absence:  ref.New("absence", paths.Absences.At(id), 0),
		End:      ref,
		Me:       access.From(r.Context()).Actor.ID,
	}))
}

func (s Handlers) nameSubstitute(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "cohort", "substitute", s.showSubstitutes, func(id uuid.UUID, t core.Typed) (string, string, error) {
		f := substitute.SubstituteForm{Member: t.Chosen("member"), From: t.Date("from"), Until: t.Date("until"), Reason: t.Get("reason")}
		return "substitute.done", paths.Substitutes.At(id), s.Substitute.NameSubstitute(r.Context(), id, t.Form, f)
	})
}

func (s Handlers) endSubstitute(w http.ResponseWriter, r *http.Request) error {
	return s.Part(w, r, "duty", "end", s.showSubstitutes, func(id uuid.UUID, t core.Typed) (uuid.UUID, string, string, error) {
		of, err := s.Substitute.StopSubstitute(r.Context(), id, t.Form)
		return of, "substitute.ended", paths.Substitutes.At(of), err
	})
}

func (s Handlers) noteAbsence(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "cohort", "absence", s.showSubstitutes, func(id uuid.UUID, t core.Typed) (string, string, error) {
		return "absence.saved", paths.Substitutes.At(id), s.Substitute.NoteAbsence(r.Context(), id, t.Form, t.Date("from"), t.Date("until"))
	})
}

func (s Handlers) endAbsence(w http.ResponseWriter, r *http.Request) error {
	return s.Part(w, r, "absence", "end", s.showSubstitutes, func(id uuid.UUID, t core.Typed) (uuid.UUID, string, string, error) {
		of, err := s.Substitute.EndAbsence(r.Context(), id, t.Form)
		return of, "saved", paths.Substitutes.At(of), err
	})
}

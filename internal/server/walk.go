package server

import (
	"net/http"
	"strings"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
	"kuukausi/web/components"
	"kuukausi/web/pages"
	"kuukausi/web/paths"
)

func (s *Server) showWalk(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	drafts(r, paths.Walk(id))
	x, err := s.Cohorts.Walk(r.Context(), id)
	if err != nil {
		return err
	}
	return s.page(w, r, status(ref), pages.WalkPage(pages.Walk{Frame: s.frame(w, r, "cohorts", "walk.title"), Walk: x, Form: drafted(r, ref, "walk", paths.Walk(id), 0), Now: access.From(r.Context()).Today()}))
}

func (s *Server) agree(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "cohort", "walk", s.showWalk, func(id uuid.UUID, t typed) (string, string, error) {
		lines := map[uuid.UUID]cohort.Agreed{}
		for k := range t.Values {
			if of, ok := strings.CutPrefix(k, "agreed."); ok {
				who, err := uuid.Parse(of)
				if err != nil {
					return "", "", errBadForm
				}
				lines[who] = cohort.Agreed{Body: t.Get(k), Owner: t.Get("owner." + of), DueOn: t.date("due." + of), Dated: t.given("due." + of)}
			}
		}
		done, err := t.ids("done")
		if err != nil {
			return "", "", err
		}
		return "walk.saved", paths.Walk(id), s.Cohorts.Agree(r.Context(), id, t.Form, lines, done)
	})
}

func (s *Server) promises(w http.ResponseWriter, r *http.Request) error {
	all, err := s.Cohorts.Promises(r.Context())
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	return s.page(w, r, http.StatusOK, pages.PromisesPage(pages.Promises{Frame: s.frame(w, r, "today", "promise.title"), Promises: all, Now: v.Today(), Coach: v.Actor.Role == access.Coach}))
}

// keepPromise goes back to the page the button stood on.
func (s *Server) keepPromise(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "promise")
	if err != nil {
		return err
	}
	t, err := s.form(w, r)
	if err != nil {
		return err
	}
	if _, err := s.Cohorts.EndPromise(r.Context(), id, t.Form); err != nil {
		return err
	}
	return s.done(w, r, "promise.kept", local(t.Get("back")))
}

func (s *Server) briefing(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "cohort")
	if err != nil {
		return err
	}
	b, err := s.Cohorts.Briefing(r.Context(), id)
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, pages.BriefingPage(pages.Briefing{Frame: s.frame(w, r, "cohorts", "briefing.title"), Briefing: b, Now: access.From(r.Context()).Today(), Moment: access.From(r.Context()).Now}))
}

func (s *Server) showSubstitutes(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	b, err := s.Cohorts.Substitutes(r.Context(), id)
	if err != nil {
		return err
	}
	return s.page(w, r, status(ref), pages.SubstitutesPage(pages.Substitutes{Frame: s.frame(w, r, "cohorts", "substitute.title"), Briefing: b, Form: ref.New("substitute", paths.Substitutes(id), 0), Absence: ref.New("absence", paths.Absences(id), 0), End: ref, Me: access.From(r.Context()).Actor.ID}))
}

func (s *Server) nameSubstitute(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "cohort", "substitute", s.showSubstitutes, func(id uuid.UUID, t typed) (string, string, error) {
		f := cohort.SubstituteForm{Member: t.id("member"), From: t.date("from"), Until: t.date("until"), Reason: t.Get("reason")}
		return "substitute.done", paths.Substitutes(id), s.Cohorts.NameSubstitute(r.Context(), id, t.Form, f)
	})
}

func (s *Server) endSubstitute(w http.ResponseWriter, r *http.Request) error {
	return s.part(w, r, "duty", "end", s.showSubstitutes, func(id uuid.UUID, t typed) (uuid.UUID, string, string, error) {
		of, err := s.Cohorts.StopSubstitute(r.Context(), id, t.Form)
		return of, "substitute.ended", paths.Substitutes(of), err
	})
}

func (s *Server) noteAbsence(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "cohort", "absence", s.showSubstitutes, func(id uuid.UUID, t typed) (string, string, error) {
		return "absence.saved", paths.Substitutes(id), s.Cohorts.NoteAbsence(r.Context(), id, t.Form, t.date("from"), t.date("until"))
	})
}

func (s *Server) endAbsence(w http.ResponseWriter, r *http.Request) error {
	return s.part(w, r, "absence", "end", s.showSubstitutes, func(id uuid.UUID, t typed) (uuid.UUID, string, string, error) {
		of, err := s.Cohorts.EndAbsence(r.Context(), id, t.Form)
		return of, "saved", paths.Substitutes(of), err
	})
}

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

func typedNote(t typed) cohort.NoteForm {
	return cohort.NoteForm{Body: t.Get("body"), Visibility: t.Get("visibility"), Source: t.Get("source"), InReview: t.Get("not_in_review") != "yes"}
}

func (s *Server) addNote(w http.ResponseWriter, r *http.Request) error {
	return s.onEnrolment(w, r, "note", "note.saved", func(id uuid.UUID, t typed) error {
		return s.Cohorts.WriteNote(r.Context(), id, t.Form, typedNote(t))
	})
}

func (s *Server) showNote(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	drafts(r, paths.Note(id))
	n, err := s.Cohorts.NotePage(r.Context(), id)
	if err != nil {
		return err
	}
	return s.page(w, r, status(ref), pages.NotePage(pages.Note{Frame: s.frame(w, r, "participants", "note.title"), Page: n, Now: access.From(r.Context()).Now,
		Form: drafted(r, ref, "note", paths.Note(id), n.Note.Version), Drop: ref.New("drop", paths.NoteDrop(id), n.Note.Version)}))
}

// onNote reads the id and the form of an act on a note, does it, and shows the page again or goes to the person.
func (s *Server) onNote(w http.ResponseWriter, r *http.Request, name, flash string, do func(uuid.UUID, typed) (uuid.UUID, error)) error {
	return s.on(w, r, "note", name, s.showNote, func(id uuid.UUID, t typed) (string, string, error) {
		enrolment, err := do(id, t)
		if enrolment == uuid.Nil { // the second of a double submit: the note is gone already
			return flash, paths.Participants, err
		}
		return flash, paths.Enrolment(enrolment) + "#notes", err
	})
}

func (s *Server) correctNote(w http.ResponseWriter, r *http.Request) error {
	return s.onNote(w, r, "note", "note.saved", func(id uuid.UUID, t typed) (uuid.UUID, error) {
		return s.Cohorts.CorrectNote(r.Context(), id, t.Form, typedNote(t))
	})
}

func (s *Server) dropNote(w http.ResponseWriter, r *http.Request) error {
	return s.onNote(w, r, "drop", "note.dropped", func(id uuid.UUID, t typed) (uuid.UUID, error) {
		return s.Cohorts.DropNote(r.Context(), id, t.Form)
	})
}

func (s *Server) showGroupNote(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	drafts(r, paths.GroupNote(id))
	x, err := s.Cohorts.Roster(r.Context(), id)
	if err != nil {
		return err
	}
	return s.page(w, r, status(ref), pages.GroupNotePage(pages.GroupNote{Frame: s.frame(w, r, "cohorts", "group_note.title"), Roster: x, Form: drafted(r, ref, "group", paths.GroupNote(id), 0)}))
}

func (s *Server) addGroupNote(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "cohort", "group", s.showGroupNote, func(id uuid.UUID, t typed) (string, string, error) {
		g := cohort.GroupNote{NoteForm: typedNote(t), For: map[uuid.UUID]string{}}
		chosen, err := t.ids("for")
		for _, who := range chosen {
			g.For[who] = t.Get("own." + who.String())
		}
		if err != nil {
			return "", "", err
		}
		return "group_note.saved", paths.Cohort(id), s.Cohorts.WriteGroupNote(r.Context(), id, t.Form, g)
	})
}

func (s *Server) showWording(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	words, err := s.Cohorts.Words(r.Context())
	if err != nil {
		return err
	}
	return s.page(w, r, status(ref), pages.WordingPage(pages.Wording{Frame: s.frame(w, r, "wording", "wording.title"), Words: words, Form: ref.New("wording", paths.Wording, 0)}))
}

func (s *Server) editWording(w http.ResponseWriter, r *http.Request) error {
	t, err := s.form(w, r)
	if err != nil {
		return err
	}
	if err := s.Cohorts.SetWords(r.Context(), t.Form, strings.Split(t.Get("words"), "\n")); err != nil {
		return again(err, "wording", t, func(ref components.Refused) error { return s.showWording(w, r, ref) })
	}
	return s.done(w, r, "saved", paths.Wording)
}

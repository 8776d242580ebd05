package casework

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/casework"
	"kuukausi/web/paths"
)

func typedNote(t core.Typed) casework.NoteForm {
	return casework.NoteForm{
		Body:       t.Lines("body"),
		Visibility: t.Get("visibility"),
		Source:     t.Get("source"),
		InReview:   t.Get("not_in_review") != "yes",
	}
}

func (s Handlers) addNote(w http.ResponseWriter, r *http.Request) error {
	return s.OnEnrolment(w, r, "note", "note.saved", func(id uuid.UUID, t core.Typed) error {
		return s.Casework.WriteNote(r.Context(), id, t.Form, typedNote(t))
	})
}

func (s Handlers) showNote(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	core.Drafts(r, paths.Note.At(id))
	n, err := s.Casework.NotePage(r.Context(), id)
	if err != nil {
		return err
	}
	return s.Page(
		w,
		r,
		core.Status(ref),
		pages.NotePage(pages.Note{Frame: s.Frame(w, r, "participants", "note.title"), Page: n, Now: access.From(r.Context()).Now,
			Form: core.Drafted(r, ref, "note", paths.Note.At(id), n.Note.Version), Drop: ref.New("drop", paths.NoteDrop.At(id), n.Note.Version)}),
	)
}

// onNote reads the id and the form of an act on a note, does it, and shows the page again or goes to the person.
func (s Handlers) onNote(
	w http.ResponseWriter,
	r *http.Request,
	name, flash string,
	do func(uuid.UUID, core.Typed) (uuid.UUID, error),
) error {
	return s.On(w, r, "note", name, s.showNote, func(id uuid.UUID, t core.Typed) (string, string, error) {
		enrolment, err := do(id, t)
		if enrolment == uuid.Nil { // the second of a double submit: the note is gone already
			return flash, paths.Participants, err
		}
		return flash, paths.Enrolment.At(enrolment) + "#notes", err
	})
}

func (s Handlers) correctNote(w http.ResponseWriter, r *http.Request) error {
	return s.onNote(w, r, "note", "note.saved", func(id uuid.UUID, t core.Typed) (uuid.UUID, error) {
		return s.Casework.CorrectNote(r.Context(), id, t.Form, typedNote(t))
	})
}

func (s Handlers) dropNote(w http.ResponseWriter, r *http.Request) error {
	return s.onNote(w, r, "drop", "note.dropped", func(id uuid.UUID, t core.Typed) (uuid.UUID, error) {
		return s.Casework.DropNote(r.Context(), id, t.Form)
	})
}

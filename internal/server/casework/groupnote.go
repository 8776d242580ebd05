package casework

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/casework"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/casework"
	"kuukausi/web/paths"
)

func (s Handlers) showGroupNote(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	core.Drafts(r, paths.GroupNote.At(id))
	x, err := s.Casework.Roster(r.Context(), id)
	if err != nil {
		return err
	}
	return s.Page(w, r, core.Status(ref), pages.GroupNotePage(pages.GroupNote{
		Frame:  s.Frame(w, r, "cohorts", "group_note.title"),
		Roster: x,
		Form:   core.Drafted(r, ref, "group", paths.GroupNote.At(id), 0),
	}))
}

func (s Handlers) addGroupNote(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "cohort", "group", s.showGroupNote, func(id uuid.UUID, t core.Typed) (string, string, error) {
		g := casework.GroupNote{NoteForm: typedNote(t), For: map[uuid.UUID]string{}}
		chosen, err := t.ChosenAll("for")
		for _, who := range chosen {
			g.For[who] = t.Lines("own." + who.String())
		}
		if err != nil {
			return "", "", err
		}
		return "group_note.saved", paths.Cohort.At(id), s.Casework.WriteGroupNote(r.Context(), id, t.Form, g)
	})
}

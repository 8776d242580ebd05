package participant

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/participant"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/participant"
	"kuukausi/web/paths"
)

func (s Handlers) showBasics(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	b, err := s.Participant.Basics(r.Context(), id)
	if err != nil {
		return err
	}
	return s.Page(w, r, core.Status(ref), pages.BasicsPage(pages.Basics{
		Frame: s.Frame(w, r, "participants", "basics.title"), Basics: b, Form: ref.New("basics", paths.Basics.At(id), b.Version),
	}))
}

func (s Handlers) correctBasics(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "enrolment", "basics", s.showBasics, func(id uuid.UUID, t core.Typed) (string, string, error) {
		return "saved", paths.Enrolment.At(id), s.Participant.Correct(r.Context(), id, t.Form, participant.BasicsForm{
			FirstName: t.Get("first_name"), LastName: t.Get("last_name"), Lang: t.Get("lang"), BornOn: t.Birth("born_on"),
		})
	})
}

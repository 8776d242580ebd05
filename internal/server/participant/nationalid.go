package participant

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/participant"
	"kuukausi/web/paths"
)

// showNationalID shows a code in full; opening the page is the act that leaves its row.
func (s Handlers) showNationalID(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	i, code, err := s.Participant.Reveal(r.Context(), id)
	if err != nil {
		return err
	}
	return s.Page(w, r, core.Status(ref), pages.NationalIDPage(pages.NationalID{
		Frame:    s.Frame(w, r, "participants", "national_id.name"),
		Identity: i,
		Code:     string(code),
		Sets:     access.From(r.Context()).Actor.Role == access.Coach,
		Form:     ref.New("code", paths.NationalID.At(id), i.Version),
	}))
}

func (s Handlers) setNationalID(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "enrolment", "code", s.showNationalID, func(id uuid.UUID, t core.Typed) (string, string, error) {
		return "national_id.saved", paths.Enrolment.At(id), s.Participant.SetCode(
			r.Context(),
			id,
			t.Form,
			t.Get("national_id"),
		)
	})
}

package server

import (
	"net/http"
	"strings"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/web/components"
	"kuukausi/web/pages"
	"kuukausi/web/paths"
)

// showNationalID shows a code in full; opening the page is the act that leaves its row.
func (s *Server) showNationalID(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	i, code, err := s.Persons.Reveal(r.Context(), id)
	if err != nil {
		return err
	}
	return s.page(w, r, status(ref), pages.NationalIDPage(pages.NationalID{Frame: s.frame(w, r, "participants", "national_id.name"), Identity: i, Code: string(code), Sets: access.From(r.Context()).Actor.Role == access.Coach,
		Form: ref.New("code", paths.NationalID(id), i.Version)}))
}

func (s *Server) setNationalID(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "enrolment", "code", s.showNationalID, func(id uuid.UUID, t typed) (string, string, error) {
		return "national_id.saved", paths.Enrolment(id), s.Persons.SetCode(r.Context(), id, t.Form, strings.TrimSpace(t.Get("national_id")))
	})
}

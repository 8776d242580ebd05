package server

import (
	"net/http"

	"kuukausi/internal/access"
	"kuukausi/internal/programme"
	"kuukausi/web/components"
	"kuukausi/web/pages"
	"kuukausi/web/paths"
)

func (s *Server) showLaw(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	all, err := s.Programmes.LawNumbers(r.Context())
	if err != nil {
		return err
	}
	return s.page(w, r, status(ref), pages.LawPage(pages.Law{Frame: s.frame(w, r, "law", "law.title"), Numbers: all, Now: access.From(r.Context()).Today(), Form: ref.New("law", paths.Law, 0)}))
}

func (s *Server) setLaw(w http.ResponseWriter, r *http.Request) error {
	return s.made(w, r, "law", s.showLaw, func(t typed) (string, string, error) {
		f := programme.LawForm{Key: t.Get("key"), Value: t.decimal("value"), ValidFrom: t.date("valid_from"), Source: t.Get("source"), CheckedOn: t.date("checked_on")}
		return "law.saved", paths.Law, s.Programmes.SetLaw(r.Context(), t.Form, f)
	})
}

package server

import (
	"net/http"

	"kuukausi/internal/access"
	"kuukausi/web/components"
	"kuukausi/web/pages"
	"kuukausi/web/paths"
)

func (s *Server) showClosedDays(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	days, err := s.Programmes.ClosedDays(r.Context())
	if err != nil {
		return err
	}
	return s.page(w, r, status(ref), pages.ClosedDaysPage(pages.ClosedDays{Frame: s.frame(w, r, "closed", "nav.closed"), Days: days, Now: access.From(r.Context()).Today(),
		Form: ref.New("closed", paths.ClosedDays, 0), Drop: ref}))
}

func (s *Server) closeDays(w http.ResponseWriter, r *http.Request) error {
	return s.made(w, r, "closed", s.showClosedDays, func(t typed) (string, string, error) {
		return "closed.saved", paths.ClosedDays, s.Programmes.CloseDays(r.Context(), t.Form, t.date("from"), t.date("until"), t.given("until"), t.Get("reason"))
	})
}

func (s *Server) openDay(w http.ResponseWriter, r *http.Request) error {
	day, err := pathDay(r)
	if err != nil {
		return err
	}
	return s.made(w, r, "drop", s.showClosedDays, func(t typed) (string, string, error) {
		return "closed.dropped", paths.ClosedDays, s.Programmes.OpenDay(r.Context(), day, t.Form)
	})
}

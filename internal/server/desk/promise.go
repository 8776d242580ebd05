package desk

import (
	"net/http"

	"kuukausi/internal/access"
	pages "kuukausi/web/pages/desk"
)

func (s Handlers) promises(w http.ResponseWriter, r *http.Request) error {
	all, err := s.Desk.Promises(r.Context())
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	return s.Page(w, r, http.StatusOK, pages.PromisesPage(
		pages.Promises{Frame: s.Frame(w, r, "today", "promise.title"), Promises: all, Now: v.Today(), Coach: v.Actor.Role == access.Coach},
	))
}

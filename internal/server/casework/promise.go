package casework

import (
	"net/http"

	"kuukausi/internal/server/core"
)

// keepPromise goes back to the page the button stood on.
func (s Handlers) keepPromise(w http.ResponseWriter, r *http.Request) error {
	id, err := core.PathID(r, "promise")
	if err != nil {
		return err
	}
	t, err := s.Form(w, r)
	if err != nil {
		return err
	}
	if _, err := s.Casework.EndPromise(r.Context(), id, t.Form); err != nil {
		return err
	}
	return s.Done(w, r, "promise.kept", core.Local(t.Get("back")))
}

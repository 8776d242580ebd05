package casework

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/casework"
	"kuukausi/internal/server/core"
)

func (s Handlers) editProfile(w http.ResponseWriter, r *http.Request) error {
	return s.OnEnrolment(w, r, "profile", "saved", func(id uuid.UUID, t core.Typed) error {
		return s.Casework.WriteProfile(r.Context(), id, t.Form, casework.Profile{
			Strengths:    t.Lines("strengths"),
			Municipality: t.Get("municipality"),
			Phone:        t.Get("phone"),
			Email:        t.Get("email"),
			SearchShared: t.Get("shared") == "yes",
			NoPhone:      t.Get("no_phone") == "yes",
		})
	})
}

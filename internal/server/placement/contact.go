package placement

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/partner"
	"kuukausi/internal/server/core"
)

func (s Handlers) addTrialContact(w http.ResponseWriter, r *http.Request) error {
	return s.onTrial(w, r, "contact", "contacts.saved", func(id uuid.UUID, t core.Typed) error {
		return s.Placement.LogTrialContact(
			r.Context(),
			id,
			t.Chosen("checkin"),
			t.Form,
			partner.Contact{Kind: t.Get("kind"), About: t.Get("about"), On: t.Date("on")},
		)
	})
}

package partner

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/partner"
	"kuukausi/internal/server/core"
	"kuukausi/web/paths"
)

func (s Handlers) addSiteContact(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "site", "contact", s.showSite, func(id uuid.UUID, t core.Typed) (string, string, error) {
		return "contacts.saved", paths.Site.At(id), s.Partner.LogSiteContact(
			r.Context(),
			id,
			t.Form,
			partner.Contact{Kind: t.Get("kind"), About: t.Get("about"), On: t.Date("on")},
		)
	})
}

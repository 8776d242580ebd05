package partner

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/partner"
	"kuukausi/internal/server/core"
	"kuukausi/web/paths"
)

func (s Handlers) addCapacity(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "site", "capacity", s.showSite, func(id uuid.UUID, t core.Typed) (string, string, error) {
		places := -1
		if t.Given("places") {
			places = t.Whole("places")
		}
		return "saved", paths.Site.At(id), s.Partner.OfferPlaces(
			r.Context(),
			id,
			t.Form,
			partner.Capacity{FromOn: t.Date("from"), UntilOn: t.Date("until"), Places: places},
		)
	})
}

func (s Handlers) endCapacity(w http.ResponseWriter, r *http.Request) error {
	return s.Part(w, r, "capacity", "end", s.showSite, func(id uuid.UUID, t core.Typed) (uuid.UUID, string, string, error) {
		of, err := s.Partner.EndCapacity(r.Context(), id, t.Form)
		return of, "saved", paths.Site.At(of), err
	})
}

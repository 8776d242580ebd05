package partner

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/partner"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/partner"
	"kuukausi/web/paths"
)

func (s Handlers) showSite(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	x, err := s.Partner.Site(r.Context(), id)
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	return s.Page(w, r, core.Status(ref), pages.SitePage(pages.Site{
		Back: s.Back(r, paths.Employers), Frame: s.Frame(w, r, "employers", "person.title", "Name", x.SiteName), Site: x, Now: v.Today(),
		Contact: ref.New("contact", paths.SiteContacts.At(id), 0), Settings: ref.New("settings", paths.SiteSettings.At(id), x.Version),
		Person: ref.New("person", paths.SitePeople.At(id), 0), Capacity: ref.New("capacity", paths.SiteCapacity.At(id), 0), End: ref,
		Log: access.SiteContactAdd.Allows(v.Actor.Role), Edit: access.SiteKeep.Allows(v.Actor.Role),
	}))
}

func (s Handlers) keepSite(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "site", "settings", s.showSite, func(id uuid.UUID, t core.Typed) (string, string, error) {
		x := partner.Settings{
			Name:         t.Get("site"),
			Municipality: t.Get("municipality"),
			Kind:         t.Get("kind_of"),
			Field:        t.Get("field"),
			Tasks:        t.Lines("tasks"),
			Address:      t.Get("address"),
			Mine:         t.Get("mine") == "yes",
			ContactLimit: t.Whole("limit"),
			CooledReason: t.Get("cooled_reason"),
		}
		if d := t.Date("cooled_until"); !d.IsZero() {
			x.CooledUntil = &d
		}
		return "saved", paths.Site.At(id), s.Partner.Keep(r.Context(), id, t.Form, x, t.Given("cooled_until"))
	})
}

func (s Handlers) addSitePerson(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "site", "person", s.showSite, func(id uuid.UUID, t core.Typed) (string, string, error) {
		return "saved", paths.Site.At(id), s.Partner.AddPerson(
			r.Context(),
			id,
			t.Form,
			partner.SitePerson{Name: t.Get("person"), Phone: t.Get("phone"), Email: t.Get("email")},
		)
	})
}

func (s Handlers) endSitePerson(w http.ResponseWriter, r *http.Request) error {
	return s.Part(w, r, "person", "end", s.showSite, func(id uuid.UUID, t core.Typed) (uuid.UUID, string, string, error) {
		of, err := s.Partner.EndSitePerson(r.Context(), id, t.Form)
		return of, "saved", paths.Site.At(of), err
	})
}

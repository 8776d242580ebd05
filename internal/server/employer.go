package server

import (
	"net/http"
	"strings"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/placement"
	"kuukausi/web/components"
	"kuukausi/web/pages"
	"kuukausi/web/paths"
)

// ledgerFilter is what the URL narrows the ledger to.
func ledgerFilter(r *http.Request) placement.Filter {
	v := r.URL.Query()
	return placement.Filter{Municipality: strings.TrimSpace(v.Get("municipality")), Field: v.Get("field"), Standing: v.Get("standing")}
}

func (s *Server) employers(w http.ResponseWriter, r *http.Request) error {
	all, err := s.Placements.Employers(r.Context())
	if err != nil {
		return err
	}
	v, f := access.From(r.Context()), ledgerFilter(r)
	return s.page(w, r, http.StatusOK, pages.EmployersPage(pages.Employers{Frame: s.frame(w, r, "employers", "nav.employers"), Sites: f.Of(all, v.Today()), Municipalities: placement.Municipalities(all), Filter: f, Query: r.URL.RawQuery,
		Now: v.Today(), New: v.Actor.Role == access.Coordinator, Export: access.EmployerExport.Allows(v.Actor.Role)}))
}

func (s *Server) showNewEmployer(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	if err := s.Placements.NewEmployerPage(r.Context()); err != nil {
		return err
	}
	return s.page(w, r, status(ref), pages.NewEmployerPage(pages.NewEmployer{Frame: s.frame(w, r, "employers", "employers.new"), Form: ref.New("employer", paths.Employers, 0)}))
}

func (s *Server) createEmployer(w http.ResponseWriter, r *http.Request) error {
	return s.made(w, r, "employer", s.showNewEmployer, func(t typed) (string, string, error) {
		n := placement.NewEmployer{Name: t.Get("name"), BusinessID: t.Get("business_id"), Municipality: t.Get("municipality"), Kind: t.Get("kind_of"), Field: t.Get("field"), Same: t.Get("same") == "yes",
			SiteName: t.Get("site"), Address: t.Get("address"), Tasks: t.Get("tasks"), PersonName: t.Get("person"), PersonPhone: t.Get("phone"), PersonMail: t.Get("email")}
		return "employer.saved", paths.Site(t.ID), s.Placements.Add(r.Context(), t.Form, n)
	})
}

func (s *Server) showSite(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	x, err := s.Placements.Site(r.Context(), id)
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	return s.page(w, r, status(ref), pages.SitePage(pages.Site{Frame: s.frame(w, r, "employers", "person.title", "Name", x.SiteName), Site: x, Now: v.Today(),
		Contact: ref.New("contact", paths.SiteContacts(id), 0), Settings: ref.New("settings", paths.SiteSettings(id), x.Version), Person: ref.New("person", paths.SitePeople(id), 0),
		Capacity: ref.New("capacity", paths.SiteCapacity(id), 0), End: ref, Log: access.SiteContactAdd.Allows(v.Actor.Role), Edit: access.SiteKeep.Allows(v.Actor.Role)}))
}

func (s *Server) addSiteContact(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "site", "contact", s.showSite, func(id uuid.UUID, t typed) (string, string, error) {
		return "contacts.saved", paths.Site(id), s.Placements.LogSiteContact(r.Context(), id, t.Form, typedContact(t))
	})
}

func (s *Server) keepSite(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "site", "settings", s.showSite, func(id uuid.UUID, t typed) (string, string, error) {
		x := placement.Settings{Name: t.Get("site"), Municipality: t.Get("municipality"), Kind: t.Get("kind_of"), Field: t.Get("field"), Tasks: t.Get("tasks"), Address: t.Get("address"), Mine: t.Get("mine") == "yes", ContactLimit: t.whole("limit"), CooledReason: t.Get("cooled_reason")}
		if d := t.date("cooled_until"); !d.IsZero() {
			x.CooledUntil = &d
		}
		return "saved", paths.Site(id), s.Placements.Keep(r.Context(), id, t.Form, x, t.given("cooled_until"))
	})
}

// whole is a typed whole number, 0 for nothing and -1 for anything that is none.
func (t typed) whole(name string) int {
	if !t.given(name) {
		return 0
	}
	if n := t.number(name); n != 0 || strings.TrimSpace(t.Get(name)) == "0" {
		return n
	}
	return -1
}

func (s *Server) addSitePerson(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "site", "person", s.showSite, func(id uuid.UUID, t typed) (string, string, error) {
		return "saved", paths.Site(id), s.Placements.AddPerson(r.Context(), id, t.Form, placement.SitePerson{Name: t.Get("person"), Phone: t.Get("phone"), Email: t.Get("email")})
	})
}

func (s *Server) addCapacity(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "site", "capacity", s.showSite, func(id uuid.UUID, t typed) (string, string, error) {
		places := -1
		if t.given("places") {
			places = t.whole("places")
		}
		return "saved", paths.Site(id), s.Placements.OfferPlaces(r.Context(), id, t.Form, placement.Capacity{FromOn: t.date("from"), UntilOn: t.date("until"), Places: places})
	})
}

func (s *Server) endSitePerson(w http.ResponseWriter, r *http.Request) error {
	return s.part(w, r, "person", "end", s.showSite, func(id uuid.UUID, t typed) (uuid.UUID, string, string, error) {
		of, err := s.Placements.EndSitePerson(r.Context(), id, t.Form)
		return of, "saved", paths.Site(of), err
	})
}

func (s *Server) endCapacity(w http.ResponseWriter, r *http.Request) error {
	return s.part(w, r, "capacity", "end", s.showSite, func(id uuid.UUID, t typed) (uuid.UUID, string, string, error) {
		of, err := s.Placements.EndCapacity(r.Context(), id, t.Form)
		return of, "saved", paths.Site(of), err
	})
}

package partner

import (
	"net/http"

	"kuukausi/internal/partner"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/partner"
	"kuukausi/web/paths"

	"github.com/google/uuid"
)

func (s Handlers) showNewEmployer(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	if err := s.Partner.NewEmployerPage(r.Context()); err != nil {
		return err
	}
	return s.Page(w, r, core.Status(ref), pages.NewEmployerPage(
		pages.NewEmployer{Frame: s.Frame(w, r, "employers", "employers.new"), Form: ref.New("employer", paths.Employers, 0)},
	))
}

func (s Handlers) createEmployer(w http.ResponseWriter, r *http.Request) error {
	return s.Made(w, r, "employer", s.showNewEmployer, func(t core.Typed) (string, string, error) {
		n := partner.NewEmployer{
			Name:         t.Get("name"),
			BusinessID:   t.Get("business_id"),
			Municipality: t.Get("municipality"),
			Kind:         t.Get("kind_of"),
			Field:        t.Get("field"),
			Same:         t.Get("same") == "yes",
			SiteName:     t.Get("site"),
			Address:      t.Get("address"),
			Tasks:        t.Lines("tasks"),
			PersonName:   t.Get("person"),
			PersonPhone:  t.Get("phone"),
			PersonMail:   t.Get("email"),
		}
		return "employer.saved", paths.Site.At(t.ID), s.Partner.Add(r.Context(), t.Form, n)
	})
}

func (s Handlers) showEmployer(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	x, err := s.Partner.Employer(r.Context(), id)
	if err != nil {
		return err
	}
	return s.Page(w, r, core.Status(ref), pages.EmployerPage(pages.Employer{
		Frame: s.Frame(w, r, "employers", "employer.facts"), Employer: x, Form: ref.New("employer", paths.SiteEmployer.At(id), x.Version),
	}))
}

func (s Handlers) correctEmployer(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "site", "employer", s.showEmployer, func(id uuid.UUID, t core.Typed) (string, string, error) {
		f := partner.EmployerForm{Name: t.Get("name"), BusinessID: t.Get("business_id")}
		return "saved", paths.Site.At(id), s.Partner.CorrectEmployer(r.Context(), id, t.Form, f)
	})
}

package programme

import (
	"net/http"

	"kuukausi/internal/access"
	"kuukausi/internal/programme"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/programme"
	"kuukausi/web/paths"
)

func (s Handlers) showLaw(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	all, err := s.Programme.LawNumbers(r.Context())
	if err != nil {
		return err
	}
	return s.Page(w, r, core.Status(ref), pages.LawPage(pages.Law{
		Frame:   s.Frame(w, r, "law", "law.title"),
		Numbers: all,
		Now:     access.From(r.Context()).Today(),
		Form:    ref.New("law", paths.Law, 0),
	}))
}

func (s Handlers) setLaw(w http.ResponseWriter, r *http.Request) error {
	return s.Made(w, r, "law", s.showLaw, func(t core.Typed) (string, string, error) {
		f := programme.LawForm{
			Key:       t.Get("key"),
			Value:     t.Decimal("value"),
			ValidFrom: t.Date("valid_from"),
			Source:    t.Get("source"),
			CheckedOn: t.Date("checked_on"),
		}
		return "law.saved", paths.Law, s.Programme.SetLaw(r.Context(), t.Form, f)
	})
}

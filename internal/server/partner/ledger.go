package partner

import (
	"net/http"
	"strings"

	"kuukausi/internal/access"
	"kuukausi/internal/partner"
	pages "kuukausi/web/pages/partner"
	"kuukausi/web/paths"
)

// ledgerFilter is what the URL narrows the ledger to.
func ledgerFilter(r *http.Request) partner.Filter {
	v := r.URL.Query()
	return partner.Filter{Municipality: strings.TrimSpace(v.Get("municipality")), Field: v.Get("field"), Standing: v.Get("standing")}
}

func (s Handlers) employers(w http.ResponseWriter, r *http.Request) error {
	all, err := s.Partner.Employers(r.Context())
	if err != nil {
		return err
	}
	if err := s.At(w, r, paths.Employers); err != nil {
		return err
	}
	v, f := access.From(r.Context()), ledgerFilter(r)
	return s.Page(w, r, http.StatusOK, pages.EmployersPage(pages.Employers{
		Frame:          s.Frame(w, r, "employers", "nav.employers"),
		Sites:          f.Of(all, v.Today()),
		Municipalities: partner.Municipalities(all),
		Filter:         f,
		Query:          r.URL.RawQuery,
		Now:            v.Today(),
		New:            v.Actor.Role == access.Coordinator,
		Export:         access.EmployerExport.Allows(v.Actor.Role),
	}))
}

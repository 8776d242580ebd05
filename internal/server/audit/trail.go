package audit

import (
	"net/http"
	"strings"
	"time"

	"kuukausi/internal/access"
	"kuukausi/internal/audit"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/audit"
	"kuukausi/web/paths"
)

// Handlers answer the pages of the trail.
type Handlers struct {
	*core.Site
	Audit audit.Service
}

// Routes are the URLs of this room.
func (s Handlers) Routes() []core.Route {
	return []core.Route{
		core.Get(paths.Trail, access.TrailView, core.Blank(s.showTrail)),
		core.Get(paths.TrailExport, access.TrailExport, s.exportTrail),
		core.Post(paths.TrailContact, access.ContactName, s.nameContact),
	}
}

// typedFilter is the filter in the URL: ids and days, no name.
func typedFilter(r *http.Request) audit.Filter {
	q := core.Typed{Values: r.URL.Query()}
	before, _ := time.Parse(time.RFC3339Nano, q.Get("before"))
	return audit.Filter{Member: q.Chosen("who"), Case: q.Chosen("case"), From: q.Date("from"), Until: q.Date("until"), Before: before}
}

func (s Handlers) showTrail(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	f := typedFilter(r)
	t, err := s.Audit.Trail(r.Context(), f)
	if err != nil {
		return err
	}
	a := access.From(r.Context()).Actor
	return s.Page(w, r, core.Status(ref), pages.TrailPage(pages.Trail{
		Frame: s.Frame(w, r, "trail", "nav.trail"), Trail: t, Typed: r.URL.Query(), Query: r.URL.Query(), Me: a.ID,
		Names: a.Role == access.Admin, Contact: ref.New("contact", paths.TrailContact, 0),
	}))
}

func (s Handlers) nameContact(w http.ResponseWriter, r *http.Request) error {
	return s.Made(w, r, "contact", s.showTrail, func(t core.Typed) (string, string, error) {
		return "saved", paths.Trail, s.Audit.NameContact(r.Context(), t.Form, t.Chosen("contact"))
	})
}

func (s Handlers) exportTrail(w http.ResponseWriter, r *http.Request) error {
	rows, err := s.Audit.ExportTrail(r.Context(), typedFilter(r))
	if err != nil {
		return err
	}
	p := s.Printer(r)
	var head []string
	for _, k := range []string{"at", "who", "action", "purpose", "outcome", "about"} {
		head = append(head, p.T("trail."+k))
	}
	out := [][]string{head}
	for _, x := range rows {
		out = append(out, []string{
			p.Moment(x.At, access.Helsinki), x.By, p.T("audit_action." + x.Action), p.T("purpose." + x.Purpose),
			p.T("audit_outcome." + x.Outcome), about(x),
		})
	}
	return core.CSV(w, "trail", out)
}

func about(x audit.Row) string {
	var out []string
	for _, id := range x.About() {
		out = append(out, id.String())
	}
	return strings.Join(out, " ")
}

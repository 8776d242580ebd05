package server

import (
	"kuukausi/internal/server/core"
	"net/http"
	"path"
)

// addressed answers a GET of an address to which forms are posted only: a refused page was reloaded, or its address kept. It
// leads to the nearest page above it, which knows who may see it.
func (s *Server) addressed(mount func(pattern string, h http.Handler)) {
	pages, forms := map[string]bool{}, map[string]bool{}
	for _, r := range s.routes {
		if r.Method == http.MethodGet {
			pages[r.Pattern] = true
		} else {
			forms[r.Pattern] = true
		}
	}
	for pattern := range forms {
		if pages[pattern] {
			continue
		}
		up, above := 0, pattern
		for ; above != "/" && !pages[above]; up++ {
			above = path.Dir(above)
		}
		mount(pattern, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			to := r.URL.Path
			for range up {
				to = path.Dir(to)
			}
			http.Redirect(w, r, core.Local(to), http.StatusSeeOther)
		}))
	}
}

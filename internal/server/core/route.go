package core

import (
	"net/http"

	"kuukausi/internal/access"
	"kuukausi/web/components"
)

// Route is one URL: which act it is and who answers. A route without an act is public, and says so with a nil.
type Route struct {
	Method, Pattern string
	Action          *access.Action
	Handler         Handler
}

// Get is a page. Its pattern is a URL of web/paths.
func Get[P ~string](pattern P, do access.Action, h Handler) Route {
	return Route{http.MethodGet, string(pattern), &do, h}
}

// Post is an act.
func Post[P ~string](pattern P, do access.Action, h Handler) Route {
	return Route{http.MethodPost, string(pattern), &do, h}
}

// Public is a URL for everybody.
func Public[P ~string](method string, pattern P, h Handler) Route {
	return Route{method, string(pattern), nil, h}
}

// Shown answers a page of one thing: show brings it, after a refusal too.
func Shown(param string, show Show) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		id, err := PathID(r, param)
		if err != nil {
			return err
		}
		return show(w, r, id, components.Refused{})
	}
}

// Blank answers a page with a form nobody has sent yet.
func Blank(show ShowForm) Handler {
	return func(w http.ResponseWriter, r *http.Request) error { return show(w, r, components.Refused{}) }
}

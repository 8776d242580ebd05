package core

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	pages "kuukausi/web/pages/core"
	"kuukausi/web/paths"
)

// Handle turns a handler's error into a page: one table for the whole site.
func (s *Site) Handle(h func(http.ResponseWriter, *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			s.fail(w, r, err)
		}
	})
}

func (s *Site) fail(w http.ResponseWriter, r *http.Request, err error) {
	v := access.From(r.Context())
	var no fault.Forbidden
	switch {
	case errors.Is(err, fault.ErrSignIn) && len(sentences(r)) > 0:
		err = s.Page(
			w,
			r,
			http.StatusUnauthorized,
			pages.ExpiredPage(pages.Expired{Frame: s.Frame(w, r, "", "message.expired_title"), Texts: sentences(r), Kept: s.late(r)}),
		)
	case errors.Is(err, fault.ErrSignIn):
		q := url.Values{}
		if r.Method == http.MethodGet && r.URL.Path != paths.Today {
			q.Set("next", r.URL.RequestURI())
		}
		if v.Token != nil {
			q.Set("ended", "1")
		}
		to := paths.Login
		if len(q) > 0 {
			to += "?" + q.Encode()
		}
		http.Redirect(w, r, to, http.StatusSeeOther)
		return
	case v.Actor.Role == access.Handed && errors.Is(err, fault.ErrNotFound) && r.URL.Path != paths.Handed:
		http.Redirect(w, r, paths.Handed, http.StatusSeeOther) // the device is in the participant's hands: one page, no other
		return
	case errors.Is(err, fault.ErrNotFound):
		err = s.Message(w, r, http.StatusNotFound, "not_found", "E_NOT_FOUND", v.RequestID)
	case errors.As(err, &no):
		err = s.Message(w, r, http.StatusForbidden, "forbidden", no.Code, v.RequestID)
	case errors.Is(err, ErrBadForm):
		err = s.Message(w, r, http.StatusBadRequest, "bad_form", "E_BAD_FORM", v.RequestID)
	case errors.Is(err, fault.ErrStale):
		err = s.Message(w, r, http.StatusConflict, "stale", "E_STALE", v.RequestID)
	case errors.Is(err, fault.ErrUnavailable):
		s.Log.Error("unavailable", "request", v.RequestID, "error", Kind(err))
		w.Header().Set("Retry-After", "10")
		err = s.Message(w, r, http.StatusServiceUnavailable, "unavailable", "E_UNAVAILABLE", v.RequestID)
	default:
		s.Log.Error("unexpected", "request", v.RequestID, "error", Kind(err))
		err = s.Message(w, r, http.StatusInternalServerError, "unexpected", "E_UNEXPECTED", v.RequestID)
	}
	if err != nil {
		s.Log.Error("error page", "request", v.RequestID, "error", Kind(err))
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
	}
}

// sentences are the posted texts that somebody may have typed: longer than an id or a choice, and no password.
func sentences(r *http.Request) (out []string) {
	for k, vs := range r.PostForm {
		for _, v := range vs {
			n := len([]rune(v))
			field := k == "body" || k == "answer" || strings.HasPrefix(k, "agreed.") || strings.HasPrefix(k, "own.")
			if (field && n > 3 || n > 20 && len(v) != 36) && k != "password" && k != "again" && k != "site" && k != "page" && k != "back" {
				out = append(out, v)
			}
		}
	}
	slices.Sort(out)
	return out
}

// Message is a page that says one thing.
func (s *Site) Message(w http.ResponseWriter, r *http.Request, status int, key, code, reference string) error {
	f := s.Frame(w, r, "", "message."+key+"_title")
	return s.Page(w, r, status, pages.MessagePage(pages.Message{Frame: f, Key: key, Code: code, Reference: reference}))
}

// Missing answers URLs that no route has, in the reader's language.
func (s *Site) Missing(w http.ResponseWriter, r *http.Request) error {
	if access.From(r.Context()).Token != nil {
		if err := s.Account.Who(r.Context()); err != nil && !errors.Is(err, fault.ErrSignIn) && !errors.Is(err, fault.ErrNotFound) {
			return err
		}
	}
	return fault.ErrNotFound
}

package core

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"unicode/utf8"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/web/layouts"
	pages "kuukausi/web/pages/core"
	"kuukausi/web/paths"

	"github.com/google/uuid"
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
	var big *http.MaxBytesError
	back := resend(r)
	switch {
	case errors.Is(err, fault.ErrSignIn) && back != nil:
		x := pages.Expired{Frame: s.Frame(w, r, "", "message.expired_title"), Resend: *back, Kept: s.late(r)}
		if x.Kept != "" {
			x.Frame.Posted = nil // what is kept for its owner does not stand on the page of whoever is at the screen
		}
		err = s.Page(w, r, http.StatusUnauthorized, pages.ExpiredPage(x))
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
	case errors.As(err, &big):
		err = s.Message(w, r, http.StatusRequestEntityTooLarge, "too_large", "E_TOO_LARGE", v.RequestID)
	case errors.Is(err, errSlow):
		err = s.Message(w, r, http.StatusRequestTimeout, "slow", "E_SLOW", v.RequestID)
	case errors.Is(err, ErrBadForm):
		err = s.Message(w, r, http.StatusBadRequest, "bad_form", "E_BAD_FORM", v.RequestID)
	case errors.Is(err, fault.ErrStale):
		err = s.Message(w, r, http.StatusConflict, "stale", "E_STALE", v.RequestID)
	case errors.Is(err, fault.ErrOutcome):
		s.Log.Error("outcome unknown", "request", v.RequestID, "error", Kind(err))
		w.Header().Set("Retry-After", "10")
		err = s.given(w, r, http.StatusServiceUnavailable, "outcome", "E_OUTCOME", back)
	case errors.Is(err, fault.ErrUnavailable):
		s.Log.Error("unavailable", "request", v.RequestID, "error", Kind(err))
		w.Header().Set("Retry-After", "10")
		err = s.given(w, r, http.StatusServiceUnavailable, "unavailable", "E_UNAVAILABLE", back)
	default:
		s.Log.Error("unexpected", "request", v.RequestID, "error", Kind(err))
		err = s.given(w, r, http.StatusInternalServerError, "unexpected", "E_UNEXPECTED", back)
	}
	if err != nil {
		s.Log.Error("error page", "request", v.RequestID, "error", Kind(err))
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
	}
}

// posted is the form of a request as a page gives it back, nil when there is none or it holds a password.
func posted(r *http.Request) *layouts.Posted {
	if r.Method != http.MethodPost || len(r.PostForm) == 0 {
		return nil
	}
	for _, k := range secrets {
		if r.PostForm.Has(k) {
			return nil
		}
	}
	fields := maps.Clone(r.PostForm)
	for _, own := range []string{layouts.ReplayAt, layouts.ReplayLang, layouts.ReplayBack} {
		delete(fields, own) // of the language switch it came through: the next has its own
	}
	return &layouts.Posted{At: r.URL.RequestURI(), Fields: fields}
}

// resend is that form with the texts to be read: longer than a choice, and no ids.
func resend(r *http.Request) *pages.Resend {
	p := posted(r)
	if p == nil || !p.Fields.Has("form") {
		return nil
	}
	out, typed := pages.Resend{Posted: *p}, false
	for _, k := range p.Names() {
		for _, x := range p.Fields[k] {
			typed = typed || x != "" && !slices.Contains(carried, k)
			if _, err := uuid.Parse(x); err != nil && !slices.Contains(carried, k) && utf8.RuneCountInString(x) > 3 {
				out.Texts = append(out.Texts, x)
			}
		}
	}
	if !typed {
		return nil
	}
	return &out
}

// given is a message about a form that was not done, with the form.
func (s *Site) given(w http.ResponseWriter, r *http.Request, status int, key, code string, back *pages.Resend) error {
	return s.Page(w, r, status, pages.MessagePage(pages.Message{
		Frame: s.Frame(w, r, "", "message."+key+"_title"), Key: key, Code: code, Reference: access.From(r.Context()).RequestID, Resend: back,
	}))
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

package server

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/locale"
	"kuukausi/web/components"
)

// errBadForm: the request is no form of ours. The answer is 400.
var errBadForm = errors.New("bad form")

// typed is a posted form: its id and version, and the raw texts.
type typed struct {
	access.Form
	url.Values
}

// form reads a posted form. Texts are freed of what Postgres cannot hold: NUL and broken UTF-8.
func (s *Server) form(w http.ResponseWriter, r *http.Request) (typed, error) {
	v, err := s.texts(w, r)
	if err != nil {
		return typed{}, err
	}
	id, err := uuid.Parse(v.Get("form"))
	if err != nil || id == uuid.Nil {
		return typed{}, errBadForm
	}
	version, err := strconv.Atoi(v.Get("version"))
	if err != nil {
		return typed{}, errBadForm
	}
	return typed{access.Form{ID: id, Version: version, Drafted: v.Get("draft") != "", Resumed: typed{Values: v}.id("resumed")}, v}, nil
}

func (s *Server) texts(w http.ResponseWriter, r *http.Request) (url.Values, error) {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
	if err := r.ParseForm(); err != nil {
		return nil, errBadForm
	}
	for k, vs := range r.PostForm {
		for i := range vs {
			vs[i] = strings.ReplaceAll(strings.ToValidUTF8(vs[i], "�"), "\x00", "")
		}
		r.PostForm[k] = vs
	}
	return r.PostForm, nil
}

// date is a typed date, the zero time for anything that is none.
func (t typed) date(name string) time.Time {
	d, _ := locale.ParseDate(t.Get(name))
	return d
}

// clock is a typed time of day in minutes, -1 for anything that is none.
func (t typed) clock(name string) int {
	m, ok := locale.ParseClock(t.Get(name))
	if !ok {
		return -1
	}
	return m
}

// number is a typed whole number, 0 for anything that is none.
func (t typed) number(name string) int {
	n, _ := strconv.Atoi(t.Get(name))
	return n
}

// given tells whether anything was typed.
func (t typed) given(name string) bool { return strings.TrimSpace(t.Get(name)) != "" }

// id is a chosen id, Nil for anything that is none.
func (t typed) id(name string) uuid.UUID {
	id, err := uuid.Parse(t.Get(name))
	if err != nil {
		return uuid.Nil
	}
	return id
}

// ids are the chosen ids of a field; one that is none is no form of ours.
func (t typed) ids(name string) (out []uuid.UUID, err error) {
	for _, x := range t.Values[name] {
		id, err := uuid.Parse(x)
		if err != nil {
			return nil, errBadForm
		}
		out = append(out, id)
	}
	return out, nil
}

// pathID is an id of the URL; one that is no id is not found, like one that is not there.
func pathID(r *http.Request, name string) (uuid.UUID, error) {
	s := chi.URLParam(r, name)
	id, err := uuid.Parse(s)
	if err != nil || len(s) != 36 || id.String() != s || id == uuid.Nil {
		return uuid.Nil, fault.ErrNotFound
	}
	return id, nil
}

// again shows a form's page once more after a refusal: 422 with the problems or 409, the typed text kept. Every other
// error passes through.
func again(err error, name string, t typed, page func(components.Refused) error) error {
	var inv fault.Invalid
	switch {
	case errors.As(err, &inv):
		return page(components.Refused{Name: name, ID: t.ID, Values: t.Values, Problems: inv})
	case errors.Is(err, fault.ErrStale):
		return page(components.Refused{Name: name, ID: t.ID, Values: t.Values, Stale: true})
	}
	return err
}

// done leaves a flash and sends the browser on.
func (s *Server) done(w http.ResponseWriter, r *http.Request, flash, to string) error {
	if err := s.leave(w, r, keyFlash, flash); err != nil {
		return err
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// shown answers a page of one thing: show brings it, after a refusal too.
func (s *Server) shown(param string, show func(http.ResponseWriter, *http.Request, uuid.UUID, components.Refused) error) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		id, err := pathID(r, param)
		if err != nil {
			return err
		}
		return show(w, r, id, components.Refused{})
	}
}

// blank answers a page with a form nobody has sent yet.
func (s *Server) blank(show func(http.ResponseWriter, *http.Request, components.Refused) error) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error { return show(w, r, components.Refused{}) }
}

// made reads the form of an act that makes something new, does it, and goes on to where do says; after a refusal show
// brings the form again.
func (s *Server) made(w http.ResponseWriter, r *http.Request, name string, show func(http.ResponseWriter, *http.Request, components.Refused) error, do func(typed) (flash, to string, err error)) error {
	t, err := s.form(w, r)
	if err != nil {
		return err
	}
	flash, to, err := do(t)
	if err != nil {
		return again(err, name, t, func(ref components.Refused) error { return show(w, r, ref) })
	}
	return s.done(w, r, flash, to)
}

// on reads the id and the form of an act, does it, and goes on to where do says; after a refusal show brings the page of
// the id again.
func (s *Server) on(w http.ResponseWriter, r *http.Request, param, name string, show func(http.ResponseWriter, *http.Request, uuid.UUID, components.Refused) error, do func(uuid.UUID, typed) (flash, to string, err error)) error {
	return s.part(w, r, param, name, show, func(id uuid.UUID, t typed) (uuid.UUID, string, string, error) {
		flash, to, err := do(id, t)
		return id, flash, to, err
	})
}

// part is on for an act on something that stands on the page of something else: do answers what it belongs to, and after
// a refusal show brings that page.
func (s *Server) part(w http.ResponseWriter, r *http.Request, param, name string, show func(http.ResponseWriter, *http.Request, uuid.UUID, components.Refused) error, do func(uuid.UUID, typed) (of uuid.UUID, flash, to string, err error)) error {
	id, err := pathID(r, param)
	if err != nil {
		return err
	}
	t, err := s.form(w, r)
	if err != nil {
		return err
	}
	of, flash, to, err := do(id, t)
	if err != nil {
		return again(err, name, t, func(ref components.Refused) error { return show(w, r, of, ref) })
	}
	if flash == "" {
		http.Redirect(w, r, to, http.StatusSeeOther)
		return nil
	}
	return s.done(w, r, flash, to)
}

package core

import (
	"errors"
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/fault"
	"kuukausi/web/components"
)

// Again shows a form's page once more after a refusal: 422 with the problems or 409, the typed text kept. Every other
// error passes through.
func Again(err error, name string, t Typed, page func(components.Refused) error) error {
	var inv fault.Invalid
	switch {
	case errors.As(err, &inv):
		return page(components.Refused{Name: name, ID: t.ID, Values: t.Values, Problems: inv})
	case errors.Is(err, fault.ErrStale):
		return page(components.Refused{Name: name, ID: t.ID, Values: t.Values, Stale: true})
	}
	return err
}

// Done leaves a flash and sends the browser on.
func (s *Site) Done(w http.ResponseWriter, r *http.Request, flash, to string) error {
	if err := s.Leave(w, r, keyFlash, flash); err != nil {
		return err
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// Made reads the form of an act that makes something new, does it, and goes on to where do says; after a refusal show
// brings the form again.
func (s *Site) Made(
	w http.ResponseWriter,
	r *http.Request,
	name string,
	show ShowForm,
	do func(Typed) (flash, to string, err error),
) error {
	t, err := s.Form(w, r)
	if err != nil {
		return err
	}
	flash, to, err := do(t)
	if err != nil {
		return Again(err, name, t, func(ref components.Refused) error { return show(w, r, ref) })
	}
	return s.Done(w, r, flash, to)
}

// On reads the id and the form of an act, does it, and goes on to where do says; after a refusal show brings the page of
// the id again.
func (s *Site) On(
	w http.ResponseWriter,
	r *http.Request,
	param, name string,
	show Show,
	do func(uuid.UUID, Typed) (flash, to string, err error),
) error {
	return s.Part(w, r, param, name, show, func(id uuid.UUID, t Typed) (uuid.UUID, string, string, error) {
		flash, to, err := do(id, t)
		return id, flash, to, err
	})
}

// Part is On for an act on something shown on another thing's page: do returns what it belongs to, and after a refusal
// show brings that page.
func (s *Site) Part(
	w http.ResponseWriter,
	r *http.Request,
	param, name string,
	show Show,
	do func(uuid.UUID, Typed) (of uuid.UUID, flash, to string, err error),
) error {
	id, err := PathID(r, param)
	if err != nil {
		return err
	}
	t, err := s.Form(w, r)
	if err != nil {
		return err
	}
	of, flash, to, err := do(id, t)
	if err != nil {
		return Again(err, name, t, func(ref components.Refused) error { return show(w, r, of, ref) })
	}
	if flash == "" {
		http.Redirect(w, r, to, http.StatusSeeOther)
		return nil
	}
	return s.Done(w, r, flash, to)
}

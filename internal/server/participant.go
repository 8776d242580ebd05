package server

import (
	"errors"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/participant"
	"kuukausi/web/components"
	"kuukausi/web/pages"
	"kuukausi/web/paths"
)

// showNationalID shows a code in full; opening the page is the act that leaves its row.
func (s *Server) showNationalID(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	i, code, err := s.Persons.Reveal(r.Context(), id)
	if err != nil {
		return err
	}
	return s.page(w, r, status(ref), pages.NationalIDPage(pages.NationalID{Frame: s.frame(w, r, "participants", "national_id.name"), Identity: i, Code: string(code), Sets: access.From(r.Context()).Actor.Role == access.Coach,
		Form: ref.New("code", paths.NationalID(id), i.Version)}))
}

func (s *Server) setNationalID(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "enrolment", "code", s.showNationalID, func(id uuid.UUID, t typed) (string, string, error) {
		return "national_id.saved", paths.Enrolment(id), s.Persons.SetCode(r.Context(), id, t.Form, strings.TrimSpace(t.Get("national_id")))
	})
}

func (s *Server) showProtection(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	p, err := s.Persons.Protection(r.Context(), id)
	if err != nil {
		return err
	}
	a := access.From(r.Context()).Actor
	return s.page(w, r, status(ref), pages.ProtectionPage(pages.Protection{Frame: s.frame(w, r, "participants", "protection.title"), Protection: p, Me: a.ID, Coach: a.Role == access.Coach,
		Set: ref.New("protect", paths.Protection(id), p.Version), Contact: ref.New("contact", paths.ProtectionContact(id), p.Version), Lift: ref.New("lift", paths.ProtectionLift(id), p.Version)}))
}

// protect goes on to the person's page, or to the list when the actor has named another coach and no longer knows them.
func (s *Server) protect(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "enrolment", "protect", s.showProtection, func(id uuid.UUID, t typed) (string, string, error) {
		coach := t.id("coach")
		err := s.Persons.Protect(r.Context(), id, t.Form, coach, t.id("coordinator"))
		if err == nil && access.From(r.Context()).Actor.ID != coach {
			return "protection.set", paths.Participants, nil
		}
		return "protection.set", paths.Protection(id), err
	})
}

func (s *Server) editContact(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "enrolment", "contact", s.showProtection, func(id uuid.UUID, t typed) (string, string, error) {
		c := participant.Contact{Phone: t.Get("phone"), Email: t.Get("email"), Municipality: t.Get("municipality"), Address: t.Get("address")}
		return "saved", paths.Protection(id), s.Persons.EditContact(r.Context(), id, t.Form, c)
	})
}

func (s *Server) liftProtection(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "enrolment", "lift", s.showProtection, func(id uuid.UUID, t typed) (string, string, error) {
		return "protection.lifted", paths.Enrolment(id), s.Persons.Lift(r.Context(), id, t.Form)
	})
}

// showMerge shows who may be the same person or, with another one chosen, what a merge would do.
func (s *Server) showMerge(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	other := typed{Values: r.URL.Query()}.id("with")
	if ref.Name == "merge" {
		other = typed{Values: ref.Values}.id("with")
	}
	t, err := s.Persons.Twins(r.Context(), id, other)
	if err != nil {
		return err
	}
	v := pages.Merge{Frame: s.frame(w, r, "participants", "merge.title"), Twins: t, Undo: ref}
	version := t.Person.Version
	if t.Other != nil {
		version += t.Other.Version
	}
	v.Form = ref.New("merge", paths.Merge(id), version)
	kept, merged, err := t.Plan()
	var why fault.Invalid
	if v.Kept, v.Merged, v.Allowed = kept, merged, err == nil; t.Other != nil && len(v.Form.Problems) == 0 && errors.As(err, &why) {
		v.Form.Problems = why // told before anybody presses a button
	}
	return s.page(w, r, status(ref), pages.MergePage(v))
}

func (s *Server) merge(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "enrolment", "merge", s.showMerge, func(id uuid.UUID, t typed) (string, string, error) {
		return "merge.merged", paths.Merge(id), s.Persons.Merge(r.Context(), id, t.id("with"), t.Form)
	})
}

func (s *Server) undoMerge(w http.ResponseWriter, r *http.Request) error {
	return s.part(w, r, "merge", "undo", s.showMerge, func(id uuid.UUID, t typed) (uuid.UUID, string, string, error) {
		of, err := s.Persons.Undo(r.Context(), id, t.Form)
		return of, "merge.was_undone", paths.Merge(of), err
	})
}

func (s *Server) showBreakGlass(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	if err := s.Persons.BreakPlan(r.Context()); err != nil {
		return err
	}
	return s.page(w, r, status(ref), pages.BreakGlassPage(pages.BreakGlass{Frame: s.frame(w, r, "participants", "break.title"), Form: ref.New("break", paths.BreakGlass, 0)}))
}

func (s *Server) openByBreaking(w http.ResponseWriter, r *http.Request) error {
	return s.made(w, r, "break", s.showBreakGlass, func(t typed) (string, string, error) {
		e, err := s.Persons.Break(r.Context(), t.Form, participant.BreakForm{FirstName: t.Get("first_name"), LastName: t.Get("last_name"), BornOn: t.date("born_on"), NationalID: strings.TrimSpace(t.Get("national_id")), Reason: t.Get("reason")})
		if e == uuid.Nil { // the second of a double submit: the case is among the actor's own by now
			return "break.opened", paths.Participants, err
		}
		return "break.opened", paths.Enrolment(e), err
	})
}

func (s *Server) breakings(w http.ResponseWriter, r *http.Request) error {
	all, err := s.Persons.Breakings(r.Context())
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, pages.BreakingsPage(pages.Breakings{Frame: s.frame(w, r, "members", "break.list"), Breakings: all}))
}

func (s *Server) seeBreaking(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "breaking")
	if err != nil {
		return err
	}
	t, err := s.form(w, r)
	if err != nil {
		return err
	}
	if err := s.Persons.SeeBreaking(r.Context(), id, t.Form); err != nil {
		return err
	}
	return s.done(w, r, "saved", paths.Breakings)
}

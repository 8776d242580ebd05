package server

import (
	"net/http"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/web/components"
	"kuukausi/web/pages"
	"kuukausi/web/paths"
)

func (s *Server) showConsents(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	return s.consents(w, r, access.ConsentView, id, pages.Consents{Action: paths.Consents(id), Refused: ref}, "participants")
}

func (s *Server) showMyConsents(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	return s.consents(w, r, access.MyConsents, uuid.Nil, pages.Consents{Action: paths.MyConsents, Own: true, Refused: ref}, "me")
}

// consents shows what counts now, or what counted at the end of a day of the URL (?on=).
func (s *Server) consents(w http.ResponseWriter, r *http.Request, do access.Action, id uuid.UUID, v pages.Consents, section string) error {
	c, err := s.Persons.Consents(r.Context(), do, id)
	if err != nil {
		return err
	}
	q := typed{Values: r.URL.Query()}
	v.Frame, v.Consents, v.At, v.Day = s.frame(w, r, section, "consent.title"), c, access.From(r.Context()).Now, q.Get("on")
	if day := q.date("on"); !day.IsZero() && !day.After(access.From(r.Context()).Today()) {
		v.Past, v.At = true, access.Start(day.AddDate(0, 0, 1)).Add(-time.Nanosecond)
	}
	v.Wrong = q.wrong("on") || q.Get("on") != "" && !v.Past
	return s.page(w, r, status(v.Refused), pages.ConsentsPage(v))
}

// noteConsent notes what somebody told the coach; the page has a form a purpose.
func (s *Server) noteConsent(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "enrolment")
	if err != nil {
		return err
	}
	t, err := s.form(w, r)
	if err != nil {
		return err
	}
	if err := s.Persons.Consent(r.Context(), access.ConsentNote, id, t.Form, t.Get("purpose"), t.Get("given") == "yes", t.Get("how")); err != nil {
		return again(err, "consent-"+t.Get("purpose"), t, func(ref components.Refused) error { return s.showConsents(w, r, id, ref) })
	}
	return s.done(w, r, "consent.saved", paths.Consents(id))
}

func (s *Server) giveConsent(w http.ResponseWriter, r *http.Request) error {
	t, err := s.form(w, r)
	if err != nil {
		return err
	}
	if err := s.Persons.Consent(r.Context(), access.ConsentGive, uuid.Nil, t.Form, t.Get("purpose"), t.Get("given") == "yes", ""); err != nil {
		return again(err, "consent-"+t.Get("purpose"), t, func(ref components.Refused) error { return s.showMyConsents(w, r, ref) })
	}
	return s.done(w, r, "consent.saved", paths.MyConsents)
}

func (s *Server) openedMine(w http.ResponseWriter, r *http.Request) error {
	o, err := s.Persons.Opened(r.Context())
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, pages.OpenedPage(pages.Opened{Frame: s.frame(w, r, "me", "opened.title"), Opened: o}))
}

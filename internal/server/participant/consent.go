package participant

import (
	"net/http"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/participant"
	"kuukausi/web/paths"
)

func (s Handlers) showConsents(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	return s.consents(w, r, access.ConsentView, id, pages.Consents{Action: paths.Consents.At(id), Refused: ref}, "participants")
}

func (s Handlers) showMyConsents(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	return s.consents(w, r, access.MyConsents, uuid.Nil, pages.Consents{Action: paths.MyConsents, Own: true, Refused: ref}, "me")
}

// consents shows what counts now, or what counted at the end of a day of the URL (?on=).
func (s Handlers) consents(w http.ResponseWriter, r *http.Request, do access.Action, id uuid.UUID, v pages.Consents, section string) error {
	c, err := s.Participant.Consents(r.Context(), do, id)
	if err != nil {
		return err
	}
	q := core.Typed{Values: r.URL.Query()}
	v.Frame, v.Consents, v.At, v.Day = s.Frame(w, r, section, "consent.title"), c, access.From(r.Context()).Now, q.Get("on")
	if day := q.Date("on"); !day.IsZero() && !day.After(access.From(r.Context()).Today()) {
		v.Past, v.At = true, access.Start(day.AddDate(0, 0, 1)).Add(-time.Nanosecond)
	}
	v.Wrong = q.Wrong("on") || q.Get("on") != "" && !v.Past
	return s.Page(w, r, core.Status(v.Refused), pages.ConsentsPage(v))
}

// noteConsent notes what somebody told the coach; the page has a form a purpose.
func (s Handlers) noteConsent(w http.ResponseWriter, r *http.Request) error {
	id, err := core.PathID(r, "enrolment")
	if err != nil {
		return err
	}
	t, err := s.Form(w, r)
	if err != nil {
		return err
	}
	if err := s.Participant.Consent(
		r.Context(), access.ConsentNote, id, t.Form, t.Get("purpose"), t.Get("given") == "yes", t.Get("how"),
	); err != nil {
		return core.Again(err, "consent-"+t.Get("purpose"), t, func(ref components.Refused) error { return s.showConsents(w, r, id, ref) })
	}
	return s.Done(w, r, "consent.saved", paths.Consents.At(id))
}

func (s Handlers) giveConsent(w http.ResponseWriter, r *http.Request) error {
	t, err := s.Form(w, r)
	if err != nil {
		return err
	}
	if err := s.Participant.Consent(
		r.Context(), access.ConsentGive, uuid.Nil, t.Form, t.Get("purpose"), t.Get("given") == "yes", "",
	); err != nil {
		return core.Again(err, "consent-"+t.Get("purpose"), t, func(ref components.Refused) error { return s.showMyConsents(w, r, ref) })
	}
	return s.Done(w, r, "consent.saved", paths.MyConsents)
}

func (s Handlers) openedMine(w http.ResponseWriter, r *http.Request) error {
	o, err := s.Participant.Opened(r.Context())
	if err != nil {
		return err
	}
	return s.Page(w, r, http.StatusOK, pages.OpenedPage(pages.Opened{Frame: s.Frame(w, r, "me", "opened.title"), Opened: o}))
}

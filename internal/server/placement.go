package server

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/locale"
	"kuukausi/internal/placement"
	"kuukausi/web/components"
	"kuukausi/web/pages"
	"kuukausi/web/paths"
)

func (s *Server) employers(w http.ResponseWriter, r *http.Request) error {
	all, err := s.Placements.Employers(r.Context())
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	return s.page(w, r, http.StatusOK, pages.EmployersPage(pages.Employers{Frame: s.frame(w, r, "employers", "nav.employers"), Sites: all, Now: v.Today(), New: v.Actor.Role == access.Coordinator}))
}

func (s *Server) showNewEmployer(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	if err := s.Placements.NewEmployerPage(r.Context()); err != nil {
		return err
	}
	return s.page(w, r, status(ref), pages.NewEmployerPage(pages.NewEmployer{Frame: s.frame(w, r, "employers", "employers.new"), Form: ref.New("employer", paths.Employers, 0)}))
}

func (s *Server) createEmployer(w http.ResponseWriter, r *http.Request) error {
	t, err := s.form(w, r)
	if err != nil {
		return err
	}
	err = s.Placements.Add(r.Context(), t.Form, placement.NewEmployer{Name: t.Get("name"), BusinessID: t.Get("business_id"), Municipality: t.Get("municipality"),
		SiteName: t.Get("site"), Address: t.Get("address"), Tasks: t.Get("tasks"), PersonName: t.Get("person"), PersonPhone: t.Get("phone"), PersonMail: t.Get("email")})
	if err != nil {
		return again(err, "employer", t, func(ref components.Refused) error { return s.showNewEmployer(w, r, ref) })
	}
	return s.done(w, r, "employer.saved", paths.Site(t.ID))
}

func (s *Server) showSite(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	site, err := s.Placements.Site(r.Context(), id)
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	return s.page(w, r, status(ref), pages.SitePage(pages.Site{Frame: s.frame(w, r, "employers", "person.title", "Name", site.Name), Site: site, Now: v.Today(),
		Contact: ref.New("contact", paths.SiteContacts(id), 0), Log: access.SiteContactAdd.Allows(v.Actor.Role)}))
}

func (s *Server) addSiteContact(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "site")
	if err != nil {
		return err
	}
	t, err := s.form(w, r)
	if err != nil {
		return err
	}
	if err := s.Placements.LogSiteContact(r.Context(), id, t.Form, t.contact()); err != nil {
		return again(err, "contact", t, func(ref components.Refused) error { return s.showSite(w, r, id, ref) })
	}
	return s.done(w, r, "contacts.saved", paths.Site(id))
}

func (t typed) contact() placement.Contact {
	return placement.Contact{Kind: t.Get("kind"), On: t.date("on")}
}

// terms are the typed terms; what is no number stays 0 and breaks its rule.
func (t typed) terms() placement.Terms {
	site, person, _ := strings.Cut(t.Get("site"), " ")
	out := placement.Terms{Purpose: t.Get("purpose"), Tasks: t.Get("tasks"), Goals: t.Get("goals"), Payer: t.Get("payer"),
		StartsOn: t.date("starts_on"), EndsOn: t.date("ends_on"), CurrentEmployer: t.Get("current_employer") == "yes"}
	out.SiteID, _ = uuid.Parse(site)
	out.SupervisorID, _ = uuid.Parse(person)
	out.DayMinutes, _ = locale.ParseHours(t.Get("hours"))
	at, ok := locale.ParseClock(t.Get("starts_at"))
	if !ok {
		at = -1
	}
	out.StartsAt = at
	out.WeekDays, _ = strconv.Atoi(strings.TrimSpace(t.Get("week_days")))
	return out
}

func (s *Server) showNewTrial(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	p, err := s.Placements.TrialPlan(r.Context(), id)
	if err != nil {
		return err
	}
	return s.page(w, r, status(ref), pages.NewTrialPage(pages.NewTrial{Frame: s.frame(w, r, "employers", "trial.title"), Plan: p, Form: ref.New("trial", paths.Trials(id), 0), Now: access.From(r.Context()).Today()}))
}

func (s *Server) createTrial(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "enrolment")
	if err != nil {
		return err
	}
	t, err := s.form(w, r)
	if err != nil {
		return err
	}
	if err := s.Placements.Propose(r.Context(), id, t.Form, t.terms()); err != nil {
		return again(err, "trial", t, func(ref components.Refused) error { return s.showNewTrial(w, r, id, ref) })
	}
	return s.done(w, r, "trial.proposed", paths.Trial(t.ID))
}

func (s *Server) showTrial(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	t, err := s.Placements.Trial(r.Context(), id)
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	return s.page(w, r, status(ref), pages.TrialPage(pages.Trial{Frame: s.frame(w, r, "employers", "trial.title"), Trial: t, Now: v.Today(),
		Terms: ref.New("terms", paths.TrialTerms(id), t.Version), Sign: ref.New("sign", paths.TrialSignatures(id), t.Version), Insure: ref.New("insure", paths.TrialInsurance(id), t.Version),
		Activate: ref.New("activate", paths.TrialActivation(id), t.Version), End: ref.New("end", paths.TrialEnd(id), t.Version), Contact: ref.New("contact", paths.TrialContacts(id), t.Version),
		Edit: access.TrialEdit.Allows(v.Actor.Role), Log: access.TrialContact.Allows(v.Actor.Role), Person: v.Actor.Role == access.Coach}))
}

// onTrial reads the id and the form of an act on a trial, does it, and shows the page again or goes back to it.
func (s *Server) onTrial(w http.ResponseWriter, r *http.Request, name, flash string, do func(uuid.UUID, typed) error) error {
	id, err := pathID(r, "trial")
	if err != nil {
		return err
	}
	t, err := s.form(w, r)
	if err != nil {
		return err
	}
	if err := do(id, t); err != nil {
		return again(err, name, t, func(ref components.Refused) error { return s.showTrial(w, r, id, ref) })
	}
	return s.done(w, r, flash, paths.Trial(id))
}

func (s *Server) editTrial(w http.ResponseWriter, r *http.Request) error {
	return s.onTrial(w, r, "terms", "saved", func(id uuid.UUID, t typed) error {
		return s.Placements.Edit(r.Context(), id, t.Form, t.terms())
	})
}

func (s *Server) signTrial(w http.ResponseWriter, r *http.Request) error {
	return s.onTrial(w, r, "sign", "trial.sign_saved", func(id uuid.UUID, t typed) error {
		return s.Placements.Sign(r.Context(), id, t.Form, t.Get("party"), t.date("signed_on"))
	})
}

func (s *Server) insureTrial(w http.ResponseWriter, r *http.Request) error {
	return s.onTrial(w, r, "insure", "saved", func(id uuid.UUID, t typed) error {
		return s.Placements.Insure(r.Context(), id, t.Form, t.date("insurance_on"))
	})
}

func (s *Server) activateTrial(w http.ResponseWriter, r *http.Request) error {
	return s.onTrial(w, r, "activate", "trial.activated", func(id uuid.UUID, t typed) error {
		return s.Placements.Activate(r.Context(), id, t.Form)
	})
}

func (s *Server) addTrialContact(w http.ResponseWriter, r *http.Request) error {
	return s.onTrial(w, r, "contact", "contacts.saved", func(id uuid.UUID, t typed) error {
		return s.Placements.LogTrialContact(r.Context(), id, t.Form, t.contact())
	})
}

func (s *Server) endTrial(w http.ResponseWriter, r *http.Request) error {
	return s.onTrial(w, r, "end", "saved", func(id uuid.UUID, t typed) error {
		return s.Placements.End(r.Context(), id, t.Form, t.Get("reason"))
	})
}

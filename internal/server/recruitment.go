package server

import (
	"net/http"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
	"kuukausi/web/components"
	"kuukausi/web/pages"
	"kuukausi/web/paths"
)

func (s *Server) showWaiting(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	x, err := s.Cohorts.Waiting(r.Context(), id)
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	page := pages.Waiting{Frame: s.frame(w, r, "cohorts", "waiting.title"), Waiting: x, Now: v.Today(), Next: x.Next(v.Today()), Open: v.Actor.Role == access.Coach}
	version := 0
	for _, p := range x.People {
		if p.ID == page.Next {
			version = p.Version
		}
	}
	page.Offer = ref.New("offer", paths.Offer(page.Next), version)
	return s.page(w, r, status(ref), pages.WaitingPage(page))
}

func (s *Server) offerPlace(w http.ResponseWriter, r *http.Request) error {
	return s.part(w, r, "enrolment", "offer", s.showWaiting, func(id uuid.UUID, t typed) (uuid.UUID, string, string, error) {
		in, err := s.Cohorts.Offer(r.Context(), id, t.Form, t.date("answer_by"))
		return in, "waiting.offered", paths.Choice(id), err
	})
}

func (s *Server) showChoice(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	c, err := s.Cohorts.Choosing(r.Context(), id)
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	return s.page(w, r, status(ref), pages.ChoicePage(pages.Choosing{Frame: s.frame(w, r, "participants", "choice.title"), Choosing: c, Now: v.Today(), Coach: v.Actor.Role == access.Coach,
		Form: ref.New("choice", paths.Choice(id), c.Version), Refusal: ref.New("refusal", paths.Refusal(id), c.Version)}))
}

func (s *Server) recordChoice(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "enrolment", "choice", s.showChoice, func(id uuid.UUID, t typed) (string, string, error) {
		return "choice.saved", typedWaitingOr(t, id), s.Cohorts.Choose(r.Context(), id, t.Form, typedChoice(t))
	})
}

// waitingOr is the waiting list the form came from, or else the person's page.
func typedWaitingOr(t typed, enrolment uuid.UUID) string {
	if c := t.id("cohort"); c != uuid.Nil {
		return paths.Waiting(c)
	}
	return paths.Enrolment(enrolment)
}

func (s *Server) refusePlace(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "enrolment", "refusal", s.showChoice, func(id uuid.UUID, t typed) (string, string, error) {
		return "choice.refused", typedWaitingOr(t, id), s.Cohorts.Refuse(r.Context(), id, t.Form)
	})
}

func (s *Server) showServiceReferral(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	p, err := s.Cohorts.ServiceReferralPlan(r.Context(), typed{Values: r.URL.Query()}.id("guest"))
	if err != nil {
		return err
	}
	return s.page(w, r, status(ref), pages.ServiceReferralPage(pages.ServiceReferral{Frame: s.frame(w, r, "participants", "service_referral.title"), Plan: p, Form: ref.New("refer", paths.ServiceReferrals, 0)}))
}

func (s *Server) makeServiceReferral(w http.ResponseWriter, r *http.Request) error {
	return s.made(w, r, "refer", s.showServiceReferral, func(t typed) (string, string, error) {
		f := cohort.ServiceReferralForm{PersonForm: typedPerson(t), Cohort: t.id("cohort"), Eligibility: typedEligibility(t)}
		return "service_referral.done", paths.Enrolment(t.ID), s.Cohorts.ReferPerson(r.Context(), t.Form, f)
	})
}

func (s *Server) infoSessions(w http.ResponseWriter, r *http.Request) error {
	all, err := s.Cohorts.InfoSessions(r.Context())
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	return s.page(w, r, http.StatusOK, pages.InfoSessionsPage(pages.InfoSessions{Frame: s.frame(w, r, infoSection(r), "info.list"), Infos: all, Now: v.Today(), Holds: v.Actor.Role != access.Expert}))
}

// infoSection is where the reader came from: an expert has no cohorts.
func infoSection(r *http.Request) string {
	if access.From(r.Context()).Actor.Role == access.Expert {
		return "participants"
	}
	return "cohorts"
}

func (s *Server) showNewInfo(w http.ResponseWriter, r *http.Request, ref components.Refused) error {
	texts, err := s.Cohorts.InfoPlan(r.Context())
	if err != nil {
		return err
	}
	return s.page(w, r, status(ref), pages.NewInfoPage(pages.NewInfo{Frame: s.frame(w, r, "cohorts", "info.new"), Texts: texts, Form: ref.New("info", paths.InfoSessions, 0)}))
}

func (s *Server) createInfo(w http.ResponseWriter, r *http.Request) error {
	return s.made(w, r, "info", s.showNewInfo, func(t typed) (string, string, error) {
		f := cohort.InfoSessionForm{HeldOn: t.date("held_on"), StartsAt: t.clock("starts_at"), EndsAt: t.clock("ends_at"), Place: t.Get("place"), Attendance: t.Get("attendance"), Lang: t.Get("lang"), Invitation: t.Get("invitation")}
		return "info.made", paths.Info(t.ID), s.Cohorts.HoldInfo(r.Context(), t.Form, f)
	})
}

func (s *Server) showInfo(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	p, err := s.Cohorts.InfoSession(r.Context(), id)
	if err != nil {
		return err
	}
	v := access.From(r.Context())
	return s.page(w, r, status(ref), pages.InfoSessionPage(pages.InfoSession{Frame: s.frame(w, r, infoSection(r), "info.title"), Info: p, Now: v.Today(), Refers: v.Actor.Role == access.Expert,
		Guests: ref.New("guests", paths.InfoGuests(id), 0), Marks: ref.New("came", paths.InfoMarks(id), 0), Cancel: ref.New("cancel", paths.InfoCancel(id), p.Version)}))
}

func (s *Server) informGuests(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "info", "guests", s.showInfo, func(id uuid.UUID, t typed) (string, string, error) {
		return "info.noted", paths.Info(id), s.Cohorts.Inform(r.Context(), id, t.Form, t.Get("names"))
	})
}

func (s *Server) markGuests(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "info", "came", s.showInfo, func(id uuid.UUID, t typed) (string, string, error) {
		came, err := t.ids("came")
		if err != nil {
			return "", "", err
		}
		shown, err := t.ids("shown")
		if err != nil {
			return "", "", err
		}
		return "attendance.saved", paths.Info(id), s.Cohorts.MarkGuests(r.Context(), id, t.Form, shown, came)
	})
}

func (s *Server) cancelInfo(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "info", "cancel", s.showInfo, func(id uuid.UUID, t typed) (string, string, error) {
		return "info.called_off", paths.Info(id), s.Cohorts.CancelInfo(r.Context(), id, t.Form)
	})
}

package server

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
	"kuukausi/web/components"
	"kuukausi/web/pages"
	"kuukausi/web/paths"
)

func (s *Server) showCohortDiary(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	d, err := s.Cohorts.Diary(r.Context(), id, uuid.Nil)
	if err != nil {
		return err
	}
	return s.diary(w, r, pages.Diary{Frame: s.frame(w, r, "cohorts", "appointment.title"), Diary: d, Back: paths.Cohort(id), Form: ref.New("appointment", paths.CohortAppointments(id), 0)}, ref)
}

func (s *Server) showDiary(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	d, err := s.Cohorts.Diary(r.Context(), uuid.Nil, id)
	if err != nil {
		return err
	}
	return s.diary(w, r, pages.Diary{Frame: s.frame(w, r, "participants", "appointment.title"), Diary: d, Back: paths.Enrolment(id), One: true, Form: ref.New("appointment", paths.Appointments(id), 0)}, ref)
}

func (s *Server) diary(w http.ResponseWriter, r *http.Request, v pages.Diary, ref components.Refused) error {
	v.Now, v.Settle = access.From(r.Context()).Today(), ref
	return s.page(w, r, status(ref), pages.DiaryPage(v))
}

// appointment is an appointment as typed.
func typedAppointment(t typed) (f cohort.AppointmentForm, err error) {
	f = cohort.AppointmentForm{Kind: t.Get("kind"), HeldOn: t.date("held_on"), StartsAt: t.clock("starts_at"), EndsAt: t.clock("ends_at"), Place: t.Get("place"), Purpose: t.Get("purpose")}
	f.For, err = t.ids("for")
	return f, err
}

func (s *Server) meetCohort(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "cohort", "appointment", s.showCohortDiary, func(id uuid.UUID, t typed) (string, string, error) {
		f, err := typedAppointment(t)
		if err != nil {
			return "", "", err
		}
		return "appointment.saved", paths.CohortAppointments(id), s.Cohorts.Meet(r.Context(), id, uuid.Nil, t.Form, f)
	})
}

func (s *Server) meetPerson(w http.ResponseWriter, r *http.Request) error {
	return s.on(w, r, "enrolment", "appointment", s.showDiary, func(id uuid.UUID, t typed) (string, string, error) {
		f, err := typedAppointment(t)
		if err != nil {
			return "", "", err
		}
		return "appointment.saved", paths.Appointments(id), s.Cohorts.Meet(r.Context(), uuid.Nil, id, t.Form, f)
	})
}

func (s *Server) settleAppointment(w http.ResponseWriter, r *http.Request) error {
	return s.part(w, r, "appointment", "settle-"+chi.URLParam(r, "appointment"), s.showDiary, func(id uuid.UUID, t typed) (uuid.UUID, string, string, error) {
		of, err := s.Cohorts.SettleAppointment(r.Context(), id, t.Form, t.Get("state"))
		to := paths.Appointments(of)
		if c := t.id("cohort"); c != uuid.Nil {
			to = paths.CohortAppointments(c)
		}
		return of, "saved", to, err
	})
}

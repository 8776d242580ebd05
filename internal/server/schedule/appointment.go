package schedule

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/schedule"
	"kuukausi/internal/server/core"
	"kuukausi/web/components"
	pages "kuukausi/web/pages/schedule"
	"kuukausi/web/paths"
)

func (s Handlers) showCohortDiary(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	d, err := s.Schedule.Diary(r.Context(), id, uuid.Nil)
	if err != nil {
		return err
	}
	return s.diary(
		w,
		r,
		pages.Diary{
			Frame: s.Frame(w, r, "cohorts", "appointment.title"),
			Diary: d,
			Back:  paths.Cohort.At(id),
			Form:  ref.New("appointment", paths.CohortAppointments.At(id), 0),
		},
		ref,
	)
}

func (s Handlers) showDiary(w http.ResponseWriter, r *http.Request, id uuid.UUID, ref components.Refused) error {
	d, err := s.Schedule.Diary(r.Context(), uuid.Nil, id)
	if err != nil {
		return err
	}
	return s.diary(
		w,
		r,
		pages.Diary{
			Frame: s.Frame(w, r, "participants", "appointment.title"),
			Diary: d,
			Back:  paths.Enrolment.At(id),
			One:   true,
			Form:  ref.New("appointment", paths.Appointments.At(id), 0),
		},
		ref,
	)
}

func (s Handlers) diary(w http.ResponseWriter, r *http.Request, v pages.Diary, ref components.Refused) error {
	v.Now, v.Settle = access.From(r.Context()).Today(), ref
	return s.Page(w, r, core.Status(ref), pages.DiaryPage(v))
}

// appointment is an appointment as typed.
func typedAppointment(t core.Typed) (f schedule.AppointmentForm, err error) {
	f = schedule.AppointmentForm{
		Kind:     t.Get("kind"),
		HeldOn:   t.Date("held_on"),
		StartsAt: t.Clock("starts_at"),
		EndsAt:   t.Clock("ends_at"),
		Place:    t.Get("place"),
		Purpose:  t.Lines("purpose"),
	}
	f.For, err = t.ChosenAll("for")
	return f, err
}

func (s Handlers) meetCohort(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "cohort", "appointment", s.showCohortDiary, func(id uuid.UUID, t core.Typed) (string, string, error) {
		f, err := typedAppointment(t)
		if err != nil {
			return "", "", err
		}
		return "appointment.saved", paths.CohortAppointments.At(id), s.Schedule.Meet(r.Context(), id, uuid.Nil, t.Form, f)
	})
}

func (s Handlers) meetPerson(w http.ResponseWriter, r *http.Request) error {
	return s.On(w, r, "enrolment", "appointment", s.showDiary, func(id uuid.UUID, t core.Typed) (string, string, error) {
		f, err := typedAppointment(t)
		if err != nil {
			return "", "", err
		}
		return "appointment.saved", paths.Appointments.At(id), s.Schedule.Meet(r.Context(), uuid.Nil, id, t.Form, f)
	})
}

func (s Handlers) settleAppointment(w http.ResponseWriter, r *http.Request) error {
	return s.Part(
		w,
		r,
		"appointment",
		"settle-"+chi.URLParam(r, "appointment"),
		s.showDiary,
		func(id uuid.UUID, t core.Typed) (uuid.UUID, string, string, error) {
			of, err := s.Schedule.SettleAppointment(r.Context(), id, t.Form, t.Get("state"))
			to := paths.Appointments.At(of)
			if c := t.Chosen("cohort"); c != uuid.Nil {
				to = paths.CohortAppointments.At(c)
			}
			return of, "saved", to, err
		},
	)
}

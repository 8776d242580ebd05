package schedule

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/fault"
	"kuukausi/internal/programme"
)

// AppointmentKinds are what a person is met for beside the half-days.
var AppointmentKinds = []string{"single", "catch_up", "visit"}

// The states of an appointment.
const (
	Booked  = "booked"
	Held    = "held"
	NotHeld = "not_held"
	Called  = "cancelled"
)

// AppointmentEnds are how an appointment may end.
var AppointmentEnds = []string{Held, NotHeld, Called}

// Appointment is a person's own meeting: one to one, catching up, a visit to a workplace.
type Appointment struct {
	ID, EnrolmentID     uuid.UUID
	FirstName, LastName string
	Kind                string
	HeldOn              time.Time
	StartsAt, EndsAt    int
	Place, Purpose      string
	State, By           string
	CaseState           casework.State
	Version             int
}

// Diary is who can be met and what is agreed: of a cohort, or of one person.
type Diary struct {
	CohortID     *uuid.UUID
	Title        string // the cohort's or the person's name
	People       []DiaryPerson
	Appointments []Appointment
	Closed       []time.Time
}

// DiaryPerson is somebody to be met, with what already takes their time on the chosen day.
type DiaryPerson struct {
	EnrolmentID         uuid.UUID
	FirstName, LastName string
	State               casework.State
	NoPhone             bool
}

// Engagement is something a person has on a day: a group half-day, a trial, another appointment.
type Engagement struct {
	EnrolmentID      uuid.UUID
	StartsAt, EndsAt int
}

// AppointmentForm is the typed form, unchecked. Times are minutes of the day, -1 for none.
type AppointmentForm struct {
	For              []uuid.UUID
	Kind             string
	HeldOn           time.Time
	StartsAt, EndsAt int
	Place, Purpose   string
}

// Booking is what booking needs to know of a day.
type Booking struct {
	Diary
	Engaged []Engagement
}

// Meet books the same appointment for one or several people: on a working day (E_HOLIDAY), never over a group half-day,
// a trial or another appointment of theirs (E_OVERLAP, internal/domain.md 19).
func (s Service) Meet(ctx context.Context, cohort, enrolment uuid.UUID, form access.Form, f AppointmentForm) error {
	return s.store.AddAppointments(ctx, cohort, enrolment, form, f, func(a access.Actor, b Booking) error { return b.Book(f, a.Today()) })
}

// Book is the rule of Meet.
func (b Booking) Book(f AppointmentForm, today time.Time) error {
	var v fault.Invalid
	if len(f.For) == 0 {
		v.Add("for", "E_REQUIRED")
	}
	open := map[uuid.UUID]string{}
	for _, p := range b.People {
		if p.State.Open() {
			open[p.EnrolmentID] = p.FirstName + " " + p.LastName
		}
	}
	for _, id := range f.For {
		if open[id] == "" {
			v.Add("for", "E_CHOICE")
			break
		}
	}
	switch {
	case !slices.Contains(AppointmentKinds, f.Kind):
		v.Add("kind", "E_CHOICE")
	case f.Kind == "single" && len(f.For) > 1:
		v.Add("for", "E_ONE_PERSON")
	}
	switch {
	case f.HeldOn.IsZero():
		v.Add("held_on", "E_DATE")
	case f.HeldOn.Before(today):
		v.Add("held_on", "E_PAST")
	case !programme.WorkingDay(f.HeldOn, b.Closed):
		v.Add("held_on", "E_HOLIDAY")
	}
	if f.StartsAt < 0 {
		v.Add("starts_at", "E_TIME")
	} else if f.EndsAt <= f.StartsAt {
		v.Add("ends_at", "E_TIME")
	}
	v.Require("place", strings.TrimSpace(f.Place), 200)
	v.Limit("purpose", f.Purpose, 500)
	if len(v) == 0 {
		for _, e := range b.Engaged {
			if slices.Contains(f.For, e.EnrolmentID) && Overlap(e.StartsAt, e.EndsAt, f.StartsAt, f.EndsAt) {
				v.AddAs("starts_at", "E_OVERLAP", "problem.overlap_time", "Name", open[e.EnrolmentID])
			}
		}
	}
	return v.OrNil()
}

// SettleAppointment notes how an appointment ended: held or not once its day has come, called off before. What was noted can be
// taken back: it is booked again, where nothing else of the person takes its time meanwhile (E_OVERLAP).
func (s Service) SettleAppointment(ctx context.Context, id uuid.UUID, form access.Form, to string) (enrolment uuid.UUID, err error) {
	return s.store.EndAppointment(ctx, id, form, to, func(a access.Actor, x Appointment, engaged []Engagement) error {
		switch {
		case to == Booked && x.State != Booked && !x.CaseState.Open():
			return fault.One("state", "E_CASE_CLOSED")
		case to == Booked && x.State != Booked:
			var v fault.Invalid
			for _, e := range engaged {
				if Overlap(e.StartsAt, e.EndsAt, x.StartsAt, x.EndsAt) {
					v.AddAs("state", "E_OVERLAP", "problem.overlap_time", "Name", x.FirstName+" "+x.LastName)
				}
			}
			return v.OrNil()
		case !slices.Contains(AppointmentEnds, to):
			return fault.One("state", "E_CHOICE")
		case x.State != Booked:
			return fault.ErrStale
		case to != Called && x.HeldOn.After(a.Today()):
			return fault.One("state", "E_NOT_YET", "Day", x.HeldOn)
		}
		return nil
	})
}

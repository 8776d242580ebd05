package schedule

import (
	"context"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
)

// Reads are the pages of this room. They carry no rule, so handlers ask for them as they are. Each answers
// fault.ErrNotFound for what the actor may not know of.
type Reads interface {
	Schedule(ctx context.Context, meeting uuid.UUID) (Schedule, error)
	FirstDay(ctx context.Context, cohort uuid.UUID) (FirstDay, error)
	Week(ctx context.Context, cohort uuid.UUID, week int) (WeekPlan, error)
	Rooms(ctx context.Context) ([]Room, error)
	Diary(ctx context.Context, cohort, enrolment uuid.UUID) (Diary, error)
	ClosedDays(ctx context.Context) ([]ClosedDay, error)
}

// Store keeps meetings, appointments, rooms and closed days. A write locks the state, asks decide, and stores what it answers.
type Store interface {
	Reads

	StoreRoom(ctx context.Context, room uuid.UUID, form access.Form, f RoomForm, refused error) error
	SetRoom(ctx context.Context, cohort, meeting uuid.UUID, form access.Form, room uuid.UUID) error
	AddAppointments(
		ctx context.Context,
		cohort, enrolment uuid.UUID,
		form access.Form,
		f AppointmentForm,
		decide func(access.Actor, Booking) error,
	) error
	EndAppointment(
		ctx context.Context,
		id uuid.UUID,
		form access.Form,
		to string,
		decide func(access.Actor, Appointment, []Engagement) error,
	) (enrolment uuid.UUID, err error)
	Reschedule(
		ctx context.Context,
		meeting uuid.UUID,
		form access.Form,
		reason string,
		decide func(access.Actor, Schedule) ([]Change, error),
	) error
	LayAnew(ctx context.Context, cohort uuid.UUID, form access.Form, decide func(FirstDay) ([]Change, Span, error)) error
	Cancel(ctx context.Context, meeting uuid.UUID, form access.Form, reason string, decide func(Schedule) error) error
	Restore(ctx context.Context, meeting uuid.UUID, form access.Form, decide func(access.Actor, Schedule) error) error
	AddClosedDays(ctx context.Context, form access.Form, decide func(a access.Actor, have []time.Time) ([]ClosedDay, error)) error
	DropClosedDay(ctx context.Context, day time.Time, form access.Form, decide func(access.Actor) error) error
}

// Service is the door of this room for the server. The store is its own: no handler can bring a rule of its own.
type Service struct {
	Reads
	store Store
}

// New is the room over its store.
func New(store Store) Service { return Service{Reads: store, store: store} }

// SetRoom is kept as it is asked for: the state alone decides.
func (s Service) SetRoom(ctx context.Context, cohort, meeting uuid.UUID, form access.Form, room uuid.UUID) error {
	return s.store.SetRoom(ctx, cohort, meeting, form, room)
}

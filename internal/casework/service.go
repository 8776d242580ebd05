package casework

import (
	"context"

	"github.com/google/uuid"

	"kuukausi/internal/access"
)

// Reads are the pages of this room. They carry no rule, so handlers ask for them as they are. Each answers
// fault.ErrNotFound for what the actor may not know of.
type Reads interface {
	// Case is what a confirming page needs, for the act of the page.
	Case(ctx context.Context, do access.Action, enrolment uuid.UUID) (Case, error)
	Responsible(ctx context.Context, enrolment uuid.UUID) (Responsible, error)
	Support(ctx context.Context, enrolment uuid.UUID) (Support, error)
	NotePage(ctx context.Context, note uuid.UUID) (HeldNote, error)
	Roster(ctx context.Context, cohort uuid.UUID) (Roster, error)
	Words(ctx context.Context) ([]string, error)
}

// Store keeps cases: their states, goals, notes and support. A write locks the state, asks decide, and
// stores what it answers.
type Store interface {
	Reads

	MoveEnrolment(
		ctx context.Context,
		do access.Action,
		enrolment uuid.UUID,
		form access.Form,
		decide func(access.Actor, Case) (EnrolmentMove, error),
	) error
	Interrupt(ctx context.Context, enrolment uuid.UUID, form access.Form, decide func(access.Actor, Case) (Interruption, error)) error
	ReplaceExpert(
		ctx context.Context,
		enrolment uuid.UUID,
		form access.Form,
		decide func(access.Actor, Responsible) (access.Colleague, error),
	) error
	EditProfile(ctx context.Context, enrolment uuid.UUID, form access.Form, decide func(access.Actor, Case) (Profile, error)) error
	AddNote(ctx context.Context, enrolment uuid.UUID, form access.Form, decide func(NoteCase) (NewNote, error)) error
	ChangeNote(
		ctx context.Context,
		do access.Action,
		note uuid.UUID,
		form access.Form,
		decide func(access.Actor, HeldNote) (NewNote, error),
	) (enrolment uuid.UUID, err error)
	AddGroupNote(ctx context.Context, cohort uuid.UUID, form access.Form, decide func(Roster) ([]NewNote, error)) error
	EditWords(ctx context.Context, form access.Form, decide func(have []string) (add, drop []string, err error)) error
	AddSupport(
		ctx context.Context,
		do access.Action,
		enrolment uuid.UUID,
		form access.Form,
		decide func(access.Actor, NoteCase) (Addition, error),
	) error
	SolveObstacle(ctx context.Context, obstacle uuid.UUID, form access.Form) (enrolment uuid.UUID, err error)
	AddPromise(ctx context.Context, enrolment uuid.UUID, form access.Form, decide func(access.Actor, Case) (NewPromise, error)) error
	// SettlePromise notes that a promise was kept, or that it was not after all.
	SettlePromise(ctx context.Context, do access.Action, promise uuid.UUID, form access.Form) error
	AddGoalCheck(ctx context.Context, enrolment uuid.UUID, form access.Form, decide func(access.Actor, GoalWeek) (GoalCheck, error)) error
	SetGoal(
		ctx context.Context,
		do access.Action,
		enrolment uuid.UUID,
		form access.Form,
		decide func(access.Actor, Case) (NewGoal, error),
	) error
}

// Service is the door of this room for the server. The store is its own: no handler can bring a rule of its own.
type Service struct {
	Reads
	store Store
}

// New is the room over its store.
func New(store Store) Service { return Service{Reads: store, store: store} }

// SolveObstacle is kept as it is asked for: the state alone decides.
func (s Service) SolveObstacle(ctx context.Context, obstacle uuid.UUID, form access.Form) (enrolment uuid.UUID, err error) {
	return s.store.SolveObstacle(ctx, obstacle, form)
}

// KeepPromise notes that a promise was kept: the state alone decides.
func (s Service) KeepPromise(ctx context.Context, promise uuid.UUID, form access.Form) error {
	return s.store.SettlePromise(ctx, access.PromiseKeep, promise, form)
}

// ReopenPromise takes back that a promise was kept: the state alone decides.
func (s Service) ReopenPromise(ctx context.Context, promise uuid.UUID, form access.Form) error {
	return s.store.SettlePromise(ctx, access.PromiseReopen, promise, form)
}

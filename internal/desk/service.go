package desk

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/participant"
)

// Reads are the pages of this room. They carry no rule, so handlers ask for them as they are. Each answers
// fault.ErrNotFound for what the actor may not know of.
type Reads interface {
	Today(ctx context.Context) (Today, error)
	Person(ctx context.Context, enrolment uuid.UUID) (Person, error)
	People(ctx context.Context, do access.Action, f PeopleFilter) (People, error)
	PeopleByCode(ctx context.Context, f PeopleFilter, index []byte) (People, error)
	MyMonth(ctx context.Context) (MyMonth, error)
	Promises(ctx context.Context) ([]OwnPromise, error)
}

// Store keeps what crosses rooms to be looked at, and the views somebody saved. A write locks the state, asks decide,
// and stores what it answers.
type Store interface {
	Reads

	AddView(ctx context.Context, form access.Form, decide func([]SavedView) (SavedView, error)) error
	DropView(ctx context.Context, view uuid.UUID, form access.Form) error
	SeeSignal(ctx context.Context, enrolment uuid.UUID, form access.Form, kind string, decide func(access.Actor) error) error
}

// Service is the door of this room for the server. The store is its own: no handler can bring a rule of its own.
type Service struct {
	Reads
	store Store
	codes participant.Codes
}

// New is the room over its store; codes read and keep identity codes.
func New(store Store, codes participant.Codes) Service {
	return Service{Reads: store, store: store, codes: codes}
}

// DropView is kept as it is asked for: the state alone decides.
func (s Service) DropView(ctx context.Context, view uuid.UUID, form access.Form) error {
	return s.store.DropView(ctx, view, form)
}

// Noted are the signals with nothing more to do than read them: each stays until its reader says so.
var Noted = []string{"declined", "interrupted"}

// See notes that the actor has read a signal about a case (E_CHOICE: one that asks for another act).
func (s Service) See(ctx context.Context, enrolment uuid.UUID, form access.Form, kind string) error {
	return s.store.SeeSignal(ctx, enrolment, form, kind, func(access.Actor) error {
		if !slices.Contains(Noted, kind) {
			return fault.One("kind", "E_CHOICE")
		}
		return nil
	})
}

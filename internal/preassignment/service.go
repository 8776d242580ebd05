package preassignment

import (
	"context"

	"github.com/google/uuid"

	"kuukausi/internal/access"
)

// Reads are the pages of this room. They carry no rule, so handlers ask for them as they are. Each answers
// fault.ErrNotFound for what the actor may not know of.
type Reads interface {
	Outbox(ctx context.Context, cohort uuid.UUID) (Outbox, error)
	Assignment(ctx context.Context, pre uuid.UUID) (Page, error)
}

// Store keeps pre-assignments. A write locks the state, asks decide, and stores what it answers.
type Store interface {
	Reads

	Send(ctx context.Context, cohort, enrolment uuid.UUID, form access.Form, decide func(access.Actor, Outbox) (Sending, error)) error
	Change(
		ctx context.Context,
		do access.Action,
		pre uuid.UUID,
		form access.Form,
		decide func(access.Actor, Page) (NewState, error),
	) error
}

// Service is the door of this room for the server. The store is its own: no handler can bring a rule of its own.
type Service struct {
	Reads
	store Store
}

// New is the room over its store.
func New(store Store) Service { return Service{Reads: store, store: store} }

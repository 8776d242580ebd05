package substitute

import (
	"context"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
)

// Reads are the pages of this room. They carry no rule, so handlers ask for them as they are. Each answers
// fault.ErrNotFound for what the actor may not know of.
type Reads interface {
	Briefing(ctx context.Context, cohort uuid.UUID) (Briefing, error)
	SubstitutePlan(ctx context.Context, cohort uuid.UUID) (Briefing, error)
}

// Store keeps absences and who stands in. A write locks the state, asks decide, and stores what it answers.
type Store interface {
	Reads

	AddSubstitute(ctx context.Context, cohort uuid.UUID, form access.Form, decide func(access.Actor, Briefing) (NewDuty, error)) error
	AddAbsence(ctx context.Context, cohort uuid.UUID, form access.Form, from, until time.Time, decide func(access.Actor, Briefing) error) error
	EndSubstitute(
		ctx context.Context,
		duty uuid.UUID,
		form access.Form,
		decide func(access.Actor, Briefing) error,
	) (cohort uuid.UUID, err error)
	EndAbsence(ctx context.Context, absence uuid.UUID, form access.Form) (cohort uuid.UUID, err error)
}

// Service is the door of this room for the server. The store is its own: no handler can bring a rule of its own.
type Service struct {
	Reads
	store Store
}

// New is the room over its store.
func New(store Store) Service { return Service{Reads: store, store: store} }

// EndAbsence is kept as it is asked for: the state alone decides.
func (s Service) EndAbsence(ctx context.Context, absence uuid.UUID, form access.Form) (cohort uuid.UUID, err error) {
	return s.store.EndAbsence(ctx, absence, form)
}

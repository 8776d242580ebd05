package recruitment

import (
	"context"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/participant"
)

// Reads are the pages of this room. They carry no rule, so handlers ask for them as they are. Each answers
// fault.ErrNotFound for what the actor may not know of.
type Reads interface {
	EnrolmentPlan(ctx context.Context, cohort uuid.UUID) (EnrolmentPlan, error)
	CasePlan(ctx context.Context) (EnrolmentPlan, error)
	Waiting(ctx context.Context, cohort uuid.UUID) (Waiting, error)
	Choosing(ctx context.Context, enrolment uuid.UUID) (Choosing, error)
	ServiceReferralPlan(ctx context.Context, guest uuid.UUID) (ServiceReferralPlan, error)
	InfoSessions(ctx context.Context) ([]InfoSession, error)
	InfoPlan(ctx context.Context) (participant.Texts, error)
	InfoSession(ctx context.Context, info uuid.UUID) (InfoSessionPage, error)
}

// Store keeps waiting lists, choices and info sessions. A write locks the state, asks decide, and stores what it answers.
type Store interface {
	Reads

	Enrol(
		ctx context.Context,
		form access.Form,
		cohort, version uuid.UUID,
		who Lookup,
		decide func(access.Actor, EnrolmentPlan) (NewEnrolment, error),
	) error
	OfferPlace(
		ctx context.Context,
		enrolment uuid.UUID,
		form access.Form,
		decide func(access.Actor, Waiting) (answerBy time.Time, err error),
	) (cohort uuid.UUID, err error)
	StoreChoice(ctx context.Context, enrolment uuid.UUID, form access.Form, decide func(access.Actor, Choosing) (NewChoice, error)) error
	AddServiceReferral(
		ctx context.Context,
		form access.Form,
		who Lookup,
		decide func(access.Actor, ServiceReferralPlan) (ServiceReferral, error),
	) error
	AddInfoSession(
		ctx context.Context,
		form access.Form,
		decide func(a access.Actor, texts participant.Texts, closed []time.Time) (NewInfoSession, error),
	) error
	AddGuests(ctx context.Context, info uuid.UUID, form access.Form, decide func(access.Actor, InfoSession) (names []string, err error)) error
	StoreGuests(
		ctx context.Context,
		info uuid.UUID,
		form access.Form,
		shown, came []uuid.UUID,
		decide func(access.Actor, InfoSession) error,
	) error
	EndInfoSession(ctx context.Context, info uuid.UUID, form access.Form, decide func(access.Actor, InfoSession) error) error
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

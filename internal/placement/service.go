package placement

import (
	"context"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/partner"
)

// Reads are the pages of this room. They carry no rule, so handlers ask for them as they are. Each answers
// fault.ErrNotFound for what the actor may not know of.
type Reads interface {
	TrialPlan(ctx context.Context, enrolment uuid.UUID) (Plan, error)
	Trial(ctx context.Context, do access.Action, trial uuid.UUID) (Trial, error)
	TrialForEnd(ctx context.Context, trial uuid.UUID, to time.Time) (Trial, error)
	MyTrials(ctx context.Context) (MyTrials, error)
	TrialBalance(ctx context.Context, enrolment uuid.UUID) (Plan, error)
}

// Store keeps trials. A write locks the state, asks decide, and stores what it answers.
type Store interface {
	Reads

	// want are the typed terms: the site they name is locked, so that its last place goes to one.
	CreateTrial(ctx context.Context, enrolment uuid.UUID, form access.Form, want Terms, decide func(access.Actor, Plan) (Terms, error)) error
	EditTrial(ctx context.Context, trial uuid.UUID, form access.Form, want Terms, decide func(access.Actor, Trial) (Terms, error)) error
	AnswerTrial(ctx context.Context, trial uuid.UUID, form access.Form, decide func(access.Actor, Trial) (Answered, error)) error
	StoreEnd(ctx context.Context, trial uuid.UUID, form access.Form, to time.Time, decide func(access.Actor, Trial) (EndMove, error)) error
	AddProblem(
		ctx context.Context,
		trial uuid.UUID,
		form access.Form,
		decide func(a access.Actor, state State, closed []time.Time) (Problem, error),
	) error
	SettleProblem(
		ctx context.Context,
		problem uuid.UUID,
		form access.Form,
		decide func(access.Actor, Problem) (string, error),
	) (trial uuid.UUID, err error)
	AddAssessment(ctx context.Context, trial uuid.UUID, form access.Form, decide func(access.Actor, Trial) (Assessment, error)) error
	AddWaiver(ctx context.Context, trial uuid.UUID, form access.Form, decide func(access.Actor, Trial) (string, error)) error
	StoreComment(ctx context.Context, trial uuid.UUID, form access.Form, decide func(access.Actor) (string, error)) error
	EndEvidence(
		ctx context.Context,
		evidence uuid.UUID,
		form access.Form,
		decide func(access.Actor) (string, error),
	) (enrolment uuid.UUID, err error)
	AddDiary(ctx context.Context, trial uuid.UUID, form access.Form, decide func(a access.Actor, state State) (DiaryDay, error)) error
	AddEvidence(ctx context.Context, enrolment uuid.UUID, form access.Form, decide func(access.Actor) (EvidenceForm, error)) error
	SignTrial(ctx context.Context, trial uuid.UUID, form access.Form, decide func(access.Actor, Trial) (Signature, error)) error
	MoveTrial(ctx context.Context, do access.Action, trial uuid.UUID, form access.Form, decide func(access.Actor, Trial) (Change, error)) error
	// checkin is the planned contact this one was, or Nil
	AddTrialContact(ctx context.Context, trial, checkin uuid.UUID, form access.Form, decide func(access.Actor) (partner.Contact, error)) error
}

// Service is the door of this room for the server. The store is its own: no handler can bring a rule of its own.
type Service struct {
	Reads
	store Store
}

// New is the room over its store.
func New(store Store) Service { return Service{Reads: store, store: store} }

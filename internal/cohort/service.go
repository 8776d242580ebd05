package cohort

import (
	"context"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/participant"
)

// Reads are the pages of this room. They carry no rule, so handlers ask for them as they are. Each answers
// fault.ErrNotFound for what the actor may not know of.
type Reads interface {
	Cohorts(ctx context.Context) ([]Summary, error)
	CohortPlan(ctx context.Context, like uuid.UUID) (Plan, error)
	MonthMap(ctx context.Context, cohort uuid.UUID) (MonthMap, error)
	Details(ctx context.Context, cohort uuid.UUID) (Details, error)
	Facts(ctx context.Context, cohort uuid.UUID) (Facts, error)
	Sheet(ctx context.Context, meeting uuid.UUID) (Sheet, error)
	DayBoard(ctx context.Context, cohort uuid.UUID, day time.Time) (DayBoard, error)
	Walk(ctx context.Context, cohort uuid.UUID) (Walk, error)
	Participation(ctx context.Context, cohort uuid.UUID, from, until time.Time) (Participation, error)
	Inquiry(ctx context.Context, enrolment uuid.UUID) (Inquiry, error)
}

// Store keeps groups, their sheets and what was agreed in them. A write locks the state, asks decide, and stores what it answers.
type Store interface {
	Reads

	CreateCohort(ctx context.Context, form access.Form, version uuid.UUID, decide func(access.Actor, Plan) (NewCohort, error)) error
	MoveCohort(ctx context.Context, cohort uuid.UUID, form access.Form, decide func(access.Actor, Standing) (CohortMove, error)) error
	CorrectFacts(
		ctx context.Context,
		cohort uuid.UUID,
		form access.Form,
		decide func(access.Actor, Facts) (FactsForm, []participant.Correction, error),
	) error
	RecordAttendance(
		ctx context.Context,
		do access.Action,
		which Which,
		form access.Form,
		decide func(access.Actor, Sheet) (Marking, error),
	) error
	AnswerInquiry(ctx context.Context, enrolment uuid.UUID, form access.Form, decide func(access.Actor, Inquiry) (Answer, error)) error
	AddPromises(
		ctx context.Context,
		cohort uuid.UUID,
		form access.Form,
		done []uuid.UUID,
		decide func(access.Actor, Walk) ([]casework.NewPromise, error),
	) error
}

// Service is the door of this room for the server. The store is its own: no handler can bring a rule of its own.
type Service struct {
	Reads
	store Store
}

// New is the room over its store.
func New(store Store) Service { return Service{Reads: store, store: store} }

// Package jobsearch is the participant's job-search log. Sharing it is the participant's own choice; what is not
// shared is not counted for anyone else.
package jobsearch

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// Kinds of steps (internal/domain.md 24).
var Kinds = []string{"application", "call", "hidden_job", "interview", "rehearsal", "visit", "offer"}

// Store keeps the log.
type Store interface {
	AddCalls(
		ctx context.Context,
		cohort uuid.UUID,
		form access.Form,
		on time.Time,
		decide func(access.Actor, []Caller) ([]uuid.UUID, error),
	) error
	AddSearchStep(ctx context.Context, enrolment uuid.UUID, form access.Form, decide func(access.Actor, Log) (Step, error)) error
}

// Log is what the rule needs to know of the case.
type Log struct {
	Shared bool
	Open   bool
}

// Step is one thing done to find work.
type Step struct {
	Kind string
	On   time.Time
}

// Caller is somebody of a cohort whose shared log a call can be written to.
type Caller struct {
	EnrolmentID uuid.UUID
	Shared      bool
}

// Service is the room's door for the server.
type Service struct{ store Store }

// New is the room over its store.
func New(store Store) Service { return Service{store: store} }

// Add writes a step the participant told. Only a shared log is written by staff (E_NOT_SHARED).
func (s Service) Add(ctx context.Context, enrolment uuid.UUID, form access.Form, kind string, on time.Time) error {
	return s.store.AddSearchStep(ctx, enrolment, form, func(a access.Actor, l Log) (Step, error) {
		return l.step(a.Today(), kind, on)
	})
}

// step is the rule of Add.
func (l Log) step(today time.Time, kind string, on time.Time) (Step, error) {
	var v fault.Invalid
	if !slices.Contains(Kinds, kind) {
		v.Add("kind", "E_CHOICE")
	}
	switch {
	case on.IsZero():
		v.Add("on", "E_DATE")
	case on.After(today):
		v.Add("on", "E_FUTURE")
	}
	if !l.Shared {
		v.Add("", "E_NOT_SHARED")
	} else if !l.Open {
		v.Add("", "E_TRANSITION")
	}
	return Step{kind, on}, v.OrNil()
}

// AddCalls writes a call to an employer for each of those who told the coach of one (internal/domain.md 22): only into shared
// logs (E_NOT_SHARED), on no day to come.
func (s Service) AddCalls(ctx context.Context, cohort uuid.UUID, form access.Form, on time.Time, who []uuid.UUID) error {
	return s.store.AddCalls(ctx, cohort, form, on, func(a access.Actor, all []Caller) ([]uuid.UUID, error) {
		return who, calls(a.Today(), all, on, who)
	})
}

// calls is the rule of AddCalls.
func calls(today time.Time, all []Caller, on time.Time, who []uuid.UUID) error {
	var v fault.Invalid
	if len(who) == 0 {
		v.Add("called", "E_REQUIRED")
	}
	if on.After(today) {
		v.Add("", "E_FUTURE")
	}
	shared := map[uuid.UUID]bool{}
	for _, c := range all {
		shared[c.EnrolmentID] = c.Shared
	}
	for _, id := range who {
		if !shared[id] {
			v.Add("called", "E_NOT_SHARED")
			break
		}
	}
	return v.OrNil()
}

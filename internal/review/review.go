package review

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/fault"
	"kuukausi/internal/law"
	"kuukausi/internal/programme"
)

// Reads are the pages of this room. They carry no rule, so handlers ask for them as they are.
type Reads interface {
	Reviews(ctx context.Context) ([]Listed, error)
	Review(ctx context.Context, do access.Action, review uuid.UUID) (Review, error)
	Slots(ctx context.Context, cohort uuid.UUID) (Slots, error)
}

// Store keeps reviews.
type Store interface {
	Reads

	// Book stores the reviews of people of one cohort, or of the one case that about is.
	Book(
		ctx context.Context,
		about uuid.UUID,
		form access.Form,
		want []Booking,
		decide func(access.Actor, []Gathered) ([]Booking, error),
	) error
	Rebook(
		ctx context.Context,
		review uuid.UUID,
		form access.Form,
		want Booking,
		decide func(access.Actor, Review, []time.Time, []string) (Booking, error),
	) error
	WriteText(ctx context.Context, review uuid.UUID, form access.Form, decide func(access.Actor, Review) (Body, error)) error
	MoveReview(
		ctx context.Context,
		do access.Action,
		review uuid.UUID,
		form access.Form,
		decide func(access.Actor, Review) (State, error),
	) error
	Acknowledge(
		ctx context.Context,
		do access.Action,
		review uuid.UUID,
		form access.Form,
		decide func(access.Actor, Review) (Acknowledgement, error),
	) error
	Decide(ctx context.Context, review uuid.UUID, form access.Form, decide func(access.Actor, Review) ([]Decision, error)) error
	Approve(
		ctx context.Context,
		do access.Action,
		review uuid.UUID,
		form access.Form,
		decide func(access.Actor, Review) (Approval, error),
	) error
	WithdrawDecision(
		ctx context.Context,
		review uuid.UUID,
		form access.Form,
		decision uuid.UUID,
		decide func(access.Actor, Review) (string, error),
	) error
	RecordOutcome(ctx context.Context, review uuid.UUID, form access.Form, decide func(access.Actor, Review) (Outcome, error)) error
}

// Service is the room's door for the server.
type Service struct {
	Reads
	store Store
}

// New is the room over its store.
func New(store Store) Service { return Service{Reads: store, store: store} }

// Listed is a row of the review list.
type Listed struct {
	ID                  uuid.UUID
	FirstName, LastName string
	Protected           bool // by an order: on no list on paper (internal/domain.md 96)
	CohortName          string
	MeetsOn             time.Time
	MeetsAt             int
	Place               string
	State               State
	Acknowledged        int
	Decisions           int
	Outcome             string
}

// Body is the text by heading.
type Body map[string]string

// Hash seals one version under the headings of its model: what was acknowledged is this text and no other.
func (b Body) Hash(headings []string, review uuid.UUID, number int) []byte {
	type part struct{ Heading, Text string }
	parts := make([]part, 0, len(headings))
	for _, h := range headings {
		parts = append(parts, part{h, b[h]})
	}
	raw, _ := json.Marshal(parts) // strings always marshal
	sum := sha256.Sum256(append([]byte(fmt.Sprintf("review %s version %d\n", review, number)), raw...))
	return sum[:]
}

// Missing names those of the required headings that are without text.
func (b Body) Missing(required []string) []string {
	var out []string
	for _, h := range required {
		if strings.TrimSpace(b[h]) == "" {
			out = append(out, h)
		}
	}
	return out
}

// Gathered is what the month already recorded; the first version is written from it.
type Gathered struct {
	EnrolmentID         uuid.UUID
	State               casework.State
	Lang                string
	StartsOn, EndsOn    time.Time
	Goal, Strengths     string
	GroupHere, GroupAll int
	TrialHere, TrialAll int
	SearchShared        bool
	Applications        int
	Calls, Interviews   int
	Site                string
	DayMinutes          int
	Booked              bool
	Shape               programme.Shape
	Closed              []time.Time `db:"-"`
	Clashes             []string    `db:"-"` // what the wanted time touches: a key of Clashes
}

// Review is the page of a review and what its rules need.
type Review struct {
	ID, EnrolmentID     uuid.UUID
	CohortID            *uuid.UUID
	CohortName          string
	FirstName, LastName string
	BornOn              time.Time
	EnrolmentState      casework.State
	EndsOn              time.Time
	Coach, Expert       string
	MeetsOn             time.Time
	MeetsAt             int
	Place               string
	State               State
	Number, Version     int
	Body                Body
	Hash                []byte
	WrittenBy           string
	WrittenAt           time.Time
	Parties             []string
	Shape               programme.Shape // its headings above all
	Acks                []Acknowledgement
	Decisions           []Decision `db:"-"` // read apart
	Approvals           []Approval
	Outcomes            []Outcome
	Moved               []Moved // the times the meeting had before, the last one first
	OutcomeKinds        []string
	Law                 law.Book `db:"-"`
}

// over refuses what nobody does to a review any more: it is locked (E_REVIEW_LOCKED), or its case ended without it
// (E_CASE_CLOSED).
func (r Review) over() error {
	switch {
	case r.State == Locked:
		return fault.One("", "E_REVIEW_LOCKED")
	case !r.EnrolmentState.Open():
		return fault.One("", "E_CASE_CLOSED")
	}
	return nil
}

// GoesOn tells whether the review can still be written, acknowledged and locked.
func (r Review) GoesOn() bool { return r.over() == nil }

// Write stores a new version of the text. Acknowledgements of the earlier one are void from then on.
func (s Service) Write(ctx context.Context, review uuid.UUID, form access.Form, body Body) error {
	return s.store.WriteText(ctx, review, form, func(a access.Actor, r Review) (Body, error) {
		if err := r.over(); err != nil {
			return nil, err
		}
		var v fault.Invalid
		out, same := Body{}, true
		for _, h := range r.Shape.Headings {
			out[h] = strings.TrimSpace(strings.ReplaceAll(body[h], "\r\n", "\n"))
			v.Limit(h, out[h], 4000)
			same = same && out[h] == r.Body[h]
		}
		if r.State == Ready {
			for _, h := range out.Missing(r.Shape.Required) {
				v.Add(h, "E_REQUIRED")
			}
		}
		if same && len(v) == 0 {
			v.Add("", "E_SAME")
		}
		return out, v.OrNil()
	})
}

// MakeReady opens the review to the expert and for acknowledging.
func (s Service) MakeReady(ctx context.Context, review uuid.UUID, form access.Form) error {
	return s.store.MoveReview(ctx, access.ReviewReady, review, form, func(a access.Actor, r Review) (State, error) {
		if !r.State.May(Ready) {
			return "", fault.One("", "E_TRANSITION")
		}
		if err := r.over(); err != nil {
			return "", err
		}
		if len(r.Body.Missing(r.Shape.Required)) > 0 {
			return "", fault.One("", "E_REVIEW_MISSING")
		}
		return Ready, nil
	})
}

// Lock closes the text for good once every party has acknowledged the present version (E_REVIEW_PARTY).
func (s Service) Lock(ctx context.Context, review uuid.UUID, form access.Form) error {
	return s.store.MoveReview(ctx, access.ReviewLock, review, form, func(a access.Actor, r Review) (State, error) {
		if err := r.over(); err != nil {
			return "", err
		}
		if !r.State.May(Locked) || len(r.Waiting()) > 0 {
			return "", fault.One("", "E_REVIEW_PARTY")
		}
		return Locked, nil
	})
}

// HandDevice lets the coach give the device to the participant, while there is something to read or acknowledge.
func (s Service) HandDevice(ctx context.Context, review uuid.UUID, form access.Form) error {
	return s.store.MoveReview(ctx, access.DeviceHand, review, form, func(a access.Actor, r Review) (State, error) {
		if r.State == Draft {
			return "", fault.One("", "E_REVIEW_NOT_READY")
		}
		return r.State, nil
	})
}

// AcknowledgeAs records the actor's own acknowledgement; on a handed device it is the participant's. Only the parties of
// the model acknowledge (E_NOT_PARTY), and on the day of the meeting at the earliest (E_NOT_YET, internal/domain.md, ruling
// 34).
func (s Service) AcknowledgeAs(ctx context.Context, do access.Action, review uuid.UUID, form access.Form) error {
	return s.store.Acknowledge(ctx, do, review, form, func(a access.Actor, r Review) (Acknowledgement, error) {
		k := Acknowledgement{Party: string(a.Role), Number: r.Number, How: "own_login"}
		if a.Role == access.Handed {
			k.Party, k.How = "participant", "coach_device"
		}
		if err := r.over(); err != nil {
			return k, err
		}
		switch {
		case r.State != Ready:
			return k, fault.One("", "E_REVIEW_NOT_READY")
		case a.Today().Before(r.MeetsOn):
			return k, fault.One("", "E_NOT_YET", "Day", r.MeetsOn)
		case !r.IsParty(k.Party):
			return k, fault.One("", "E_NOT_PARTY")
		case r.Ack(k.Party) != nil:
			return k, fault.One("", "E_SIGNED_ALREADY")
		}
		return k, nil
	})
}

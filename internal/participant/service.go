package participant

import (
	"context"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// Reads are the pages of this room. They carry no rule, so handlers ask for them as they are.
type Reads interface {
	Identity(ctx context.Context, enrolment uuid.UUID) (Identity, error)
	Protection(ctx context.Context, enrolment uuid.UUID) (Protection, error)
	Twins(ctx context.Context, enrolment, other uuid.UUID) (Twins, error)
	Consents(ctx context.Context, do access.Action, enrolment uuid.UUID) (Consents, error)
	Opened(ctx context.Context) ([]Opened, error)
	BreakPlan(ctx context.Context) error
	Breakings(ctx context.Context) ([]Breaking, error)
	Openings(ctx context.Context) ([]Opening, error)
	Basics(ctx context.Context, enrolment uuid.UUID) (Basics, error)
}

// Store is what this room needs of the database.
type Store interface {
	Reads

	SetProtection(
		ctx context.Context,
		enrolment uuid.UUID,
		form access.Form,
		coach, coordinator uuid.UUID,
		decide func(access.Actor, Protection) error,
	) error
	StoreContact(ctx context.Context, enrolment uuid.UUID, form access.Form, decide func(access.Actor, Protection) (Contact, error)) error
	LiftProtection(ctx context.Context, enrolment uuid.UUID, form access.Form, decide func(access.Actor, Protection) error) error
	MergePeople(
		ctx context.Context,
		enrolment, other uuid.UUID,
		form access.Form,
		decide func(Twins) (kept, merged uuid.UUID, err error),
	) error
	UndoMerge(ctx context.Context, merge uuid.UUID, form access.Form, decide func(Merge) error) (enrolment uuid.UUID, err error)
	AddConsent(
		ctx context.Context,
		do access.Action,
		enrolment uuid.UUID,
		form access.Form,
		decide func(access.Actor, Consents) (Answer, error),
	) error
	BreakGlass(
		ctx context.Context,
		form access.Form,
		f BreakForm,
		index []byte,
		decide func(a access.Actor, newcomer bool, found []uuid.UUID) error,
	) (enrolment uuid.UUID, err error)
	SeeBreaking(ctx context.Context, id uuid.UUID, form access.Form, decide func(Looked) error) error
	NoteOpening(ctx context.Context, id uuid.UUID, form access.Form) error
	CorrectBasics(
		ctx context.Context,
		enrolment uuid.UUID,
		form access.Form,
		decide func(access.Actor, Basics) (BasicsForm, []Correction, error),
	) error
	SetNationalID(
		ctx context.Context,
		enrolment uuid.UUID,
		form access.Form,
		index []byte,
		decide func(access.Actor, Identity) (Code, error),
	) error
}

// Sealer encrypts a text for one place and makes the index it is found by.
type Sealer interface {
	Seal(text, place string) ([]byte, error)
	Open(sealed []byte, place string) (string, error)
	Index(text string) []byte
}

// Service is the room's door for the server.
type Service struct {
	Reads
	store Store
	Codes
}

// New is the room over its store; codes read and keep identity codes.
func New(store Store, codes Codes) Service {
	return Service{Reads: store, store: store, Codes: codes}
}

// Codes are identity codes as this installation keeps them.
type Codes struct {
	Sealer
	// RefuseTest keeps out the range no person is given: a production setting.
	RefuseTest bool
}

// Code is an identity code as it is stored.
type Code struct{ Sealed, Index []byte }

// Identity is whose code it is. Sealed is nil while none is known.
type Identity struct {
	EnrolmentID, ParticipantID uuid.UUID
	FirstName, LastName        string
	BornOn                     time.Time
	Open                       bool // the case goes on
	Sealed                     []byte
	Taken                      bool // somebody else has the code that is to be stored
	Version                    int
}

// place is where a code is sealed for.
func place(participant uuid.UUID) string { return "national_id:sealed:" + participant.String() }

// Read checks a typed code against the day of birth: E_NATIONAL_ID, E_NATIONAL_ID_TEST, E_NATIONAL_ID_BORN. "" is none.
func (c Codes) Read(typed string, born time.Time, v *fault.Invalid) NationalID {
	if typed == "" {
		return ""
	}
	id, err := ReadNationalID(typed)
	switch {
	case err != nil:
		v.Add("national_id", "E_NATIONAL_ID")
		return ""
	case c.RefuseTest && id.IsTest():
		v.Add("national_id", "E_NATIONAL_ID_TEST")
	case !born.IsZero() && !id.BornOn().Equal(born):
		v.Add("national_id", "E_NATIONAL_ID_BORN")
	}
	return id
}

// Keep seals a code for the person it belongs to.
func (c Codes) Keep(id NationalID, participant uuid.UUID) (Code, error) {
	sealed, err := c.Seal(string(id), place(participant))
	return Code{Sealed: sealed, Index: c.Index(string(id))}, err
}

// IndexOf is what a typed code is found by; nil for anything that is none.
func (c Codes) IndexOf(typed string) []byte {
	id, err := ReadNationalID(typed)
	if err != nil {
		return nil
	}
	return c.Index(string(id))
}

// Reveal is a person with their code in full: an act that leaves its row (internal/domain.md, "Who may do what").
func (s Service) Reveal(ctx context.Context, enrolment uuid.UUID) (Identity, NationalID, error) {
	i, err := s.Identity(ctx, enrolment)
	if err != nil || i.Sealed == nil {
		return i, "", err
	}
	text, err := s.Open(i.Sealed, place(i.ParticipantID))
	return i, NationalID(text), err
}

// SetCode stores a person's code, or corrects it: nobody else's (E_NATIONAL_ID_TAKEN).
func (s Service) SetCode(ctx context.Context, enrolment uuid.UUID, form access.Form, typed string) error {
	return s.store.SetNationalID(ctx, enrolment, form, s.IndexOf(typed), func(a access.Actor, i Identity) (Code, error) {
		var v fault.Invalid
		if typed == "" {
			v.Add("national_id", "E_REQUIRED")
		}
		id := s.Read(typed, i.BornOn, &v)
		if len(v) == 0 && i.Taken {
			v.Add("national_id", "E_NATIONAL_ID_TAKEN")
		}
		if !i.Open {
			v.Add("", "E_CASE_CLOSED")
		}
		if len(v) > 0 {
			return Code{}, v
		}
		return s.Keep(id, i.ParticipantID)
	})
}

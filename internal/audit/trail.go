package audit

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// Row is one event of the trail. It names no person who is served.
type Row struct {
	ID                             uuid.UUID
	At                             time.Time
	By                             string
	Role, Action, Purpose, Outcome string
	SubjectID                      *uuid.UUID
	Cases                          []uuid.UUID
}

// About is what an event was about: its subject and the cases it touched, each once.
func (r Row) About() (out []uuid.UUID) {
	if r.SubjectID != nil {
		out = append(out, *r.SubjectID)
	}
	for _, c := range r.Cases {
		if !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

// Filter narrows the trail. Zero values do not; days are both included.
type Filter struct {
	Member, Case uuid.UUID
	From, Until  time.Time
	Before       time.Time // only what happened before: the next page
}

// Probe is somebody who was told several times that a person they have no duty on is here.
type Probe struct {
	Name string
	N    int
}

// Trail is a page of it.
type Trail struct {
	All         bool // the reader sees everybody's acts, not only their own
	Rows        []Row
	More        bool
	Members     []access.Colleague // whose acts can be chosen
	Probes      []Probe
	Contact     uuid.UUID // the data-protection contact, nil where nobody is named
	ContactName string
}

// PageRows and ExportRows are how many rows a page and an export hold.
const (
	PageRows   = 100
	ExportRows = 10_000
)

// Probes are told from this many in ProbeDays days on; app.probes holds both.
const (
	ProbeCount = 3
	ProbeDays  = 7
)

// Reads are the pages of this room.
type Reads interface {
	Trail(ctx context.Context, f Filter) (Trail, error)
	ExportTrail(ctx context.Context, f Filter) ([]Row, error)
}

// Store reads the trail and keeps who watches over it.
type Store interface {
	Reads

	NameContact(ctx context.Context, form access.Form, member uuid.UUID, decide func(a access.Actor, staff []access.Colleague) error) error
}

// Service is the door of this room for the server. The store is its own: no handler can bring a rule of its own.
type Service struct {
	Reads
	store Store
}

// New is the room over its store.
func New(store Store) Service { return Service{Reads: store, store: store} }

// NameContact names the data-protection contact of the organisation: a colleague, never the administrator who names them
// (E_CHOICE). They see the trail and the cases opened by break-glass, and are told of both.
func (s Service) NameContact(ctx context.Context, form access.Form, member uuid.UUID) error {
	return s.store.NameContact(ctx, form, member, func(a access.Actor, staff []access.Colleague) error {
		for _, c := range staff {
			if c.ID == member && member != a.ID {
				return nil
			}
		}
		return fault.One("contact", "E_CHOICE")
	})
}

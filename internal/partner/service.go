package partner

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
	Employers(ctx context.Context) ([]Listed, error)
	NewEmployerPage(ctx context.Context) error
	Site(ctx context.Context, site uuid.UUID) (Site, error)
	Employer(ctx context.Context, site uuid.UUID) (Employer, error)
	ExportEmployers(ctx context.Context) ([]Listed, error)
	Matching(ctx context.Context, enrolment uuid.UUID) (Matching, error)
	UnplacedPeople(ctx context.Context) ([]Unplaced, error)
	OpenDays(ctx context.Context) (OpenDayPlan, error)
}

// Store keeps employers, sites and open days. A write locks the state, asks decide, and stores what it answers.
type Store interface {
	Reads

	// known is the name of the employer this business id belongs to, "" for none.
	CreateEmployer(ctx context.Context, form access.Form, businessID string, decide func(known string) (NewEmployer, error)) error
	AddSiteContact(ctx context.Context, site uuid.UUID, form access.Form, decide func(access.Actor) (Contact, error)) error
	StoreSite(ctx context.Context, site uuid.UUID, form access.Form, decide func(access.Actor) (Settings, error)) error
	AddSitePerson(ctx context.Context, site uuid.UUID, form access.Form, decide func(access.Actor) (SitePerson, error)) error
	AddCapacity(ctx context.Context, site uuid.UUID, form access.Form, decide func(access.Actor, []Capacity) (Capacity, error)) error
	// EndPart ends a contact person or a capacity of a site, as the act says.
	EndPart(ctx context.Context, do access.Action, part uuid.UUID, form access.Form) (site uuid.UUID, err error)
	// taken is who else has this business id.
	CorrectEmployer(
		ctx context.Context,
		site uuid.UUID,
		form access.Form,
		businessID string,
		decide func(x Employer, taken string) (EmployerForm, []participant.Correction, error),
	) error
	StoreProfile(
		ctx context.Context,
		do access.Action,
		enrolment uuid.UUID,
		form access.Form,
		decide func(a access.Actor, open bool) (Profile, error),
	) error
	AddOpenDay(ctx context.Context, form access.Form, decide func(access.Actor, OpenDayPlan) (OpenDay, error)) error
	AddSignUp(
		ctx context.Context,
		day uuid.UUID,
		form access.Form,
		enrolment uuid.UUID,
		decide func(a access.Actor, d OpenDay, there bool) error,
	) error
	EndSignUp(ctx context.Context, signup uuid.UUID, form access.Form, decide func(a access.Actor, heldOn time.Time) error) error
	CancelOpenDay(ctx context.Context, day uuid.UUID, form access.Form, decide func(a access.Actor, d OpenDay, own bool) error) error
}

// Service is the door of this room for the server. The store is its own: no handler can bring a rule of its own.
type Service struct {
	Reads
	store Store
}

// New is the room over its store.
func New(store Store) Service { return Service{Reads: store, store: store} }

// EndSitePerson is kept as it is asked for: the state alone decides.
func (s Service) EndSitePerson(ctx context.Context, person uuid.UUID, form access.Form) (site uuid.UUID, err error) {
	return s.store.EndPart(ctx, access.SitePersonEnd, person, form)
}

// EndCapacity is kept as it is asked for: the state alone decides.
func (s Service) EndCapacity(ctx context.Context, capacity uuid.UUID, form access.Form) (site uuid.UUID, err error) {
	return s.store.EndPart(ctx, access.CapacityEnd, capacity, form)
}

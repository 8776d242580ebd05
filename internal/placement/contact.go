package placement

import (
	"context"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/partner"
)

// LogTrialContact notes a contact about one trial.
//
// When it was one of the planned ones, checkin names it: that one is done.
func (s Service) LogTrialContact(ctx context.Context, trial, checkin uuid.UUID, form access.Form, c partner.Contact) error {
	return s.store.AddTrialContact(ctx, trial, checkin, form, c.Check)
}

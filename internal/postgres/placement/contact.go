package placement

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/partner"
	"kuukausi/internal/placement"
	"kuukausi/internal/postgres/door"
)

// AddTrialContact notes a contact about a trial; the planned one it was is done with it, once.
func (db Store) AddTrialContact(
	ctx context.Context,
	trial, checkin uuid.UUID,
	form access.Form,
	decide func(access.Actor) (partner.Contact, error),
) error {
	type at struct {
		SiteID, EnrolmentID uuid.UUID
		State               placement.State
		Planned, Done       bool // the planned contact is one of this trial, and was made
	}
	var found []at
	return db.Write(ctx, door.Act{Do: access.TrialContact, Subject: trial, Form: form,
		Ask: func(b *pgx.Batch) {
			door.List(b, &found, `select
  t.site_id,
  t.enrolment_id,
  t.state,
  c.id is not null planned,
  c.contact_id is not null done
from app.trial t
left join app.trial_checkin c on c.org_id = t.org_id and c.trial_id = t.id and c.id = @checkin
where t.id = @trial`,
				door.Args{"trial": trial, "checkin": door.OrNull(checkin)})
		},
		Found: func() bool { return len(found) > 0 },
		Decide: func(a access.Actor) (door.Change, error) {
			switch {
			case found[0].Done:
				return door.Change{}, fault.ErrStale
			case checkin != uuid.Nil && !found[0].Planned:
				return door.Change{}, fault.One("", "E_CHOICE")
			case found[0].State == placement.Cancelled, found[0].State == placement.Declined:
				return door.Change{}, fault.One("", "E_TRANSITION")
			}
			c, err := decide(a)
			return door.Change{Enrolments: []uuid.UUID{found[0].EnrolmentID}, Queue: func(b *pgx.Batch) {
				b.Queue(
					door.AddContact,
					door.Args{"org": a.OrgID, "id": form.ID, "site": found[0].SiteID, "trial": trial, "kind": c.Kind, "about": c.About, "on": c.On},
				)
				if checkin != uuid.Nil {
					b.Queue(`update app.trial_checkin
set contact_id = @contact
where id = @id
  and trial_id = @trial
  and contact_id is null`, door.Args{"contact": form.ID, "id": checkin, "trial": trial})
				}
			}}, err
		}})
}

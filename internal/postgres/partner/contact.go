package partner

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/partner"
	"kuukausi/internal/postgres/door"
)

// AddSiteContact notes a contact with a site.
func (db Store) AddSiteContact(
	ctx context.Context,
	site uuid.UUID,
	form access.Form,
	decide func(access.Actor) (partner.Contact, error),
) error {
	var found []uuid.UUID
	return db.Write(ctx, door.Act{Do: access.SiteContactAdd, Subject: site, Form: form,
		Ask: func(b *pgx.Batch) {
			door.Values(b, &found, `select id from app.site where id = @site`, door.Args{"site": site})
		},
		Found: func() bool { return len(found) > 0 },
		Decide: func(a access.Actor) (door.Change, error) {
			c, err := decide(a)
			return door.Change{Queue: func(b *pgx.Batch) {
				b.Queue(
					door.AddContact,
					door.Args{"org": a.OrgID, "id": form.ID, "site": site, "trial": nil, "kind": c.Kind, "about": c.About, "on": c.On},
				)
			}}, err
		}})
}

package partner

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/partner"
	"kuukausi/internal/postgres/door"
)

// CreateEmployer stores an employer with its first site and contact person; the site's id is the form's.
//
// An employer whose business id is registered already is the same one: the site becomes another of its sites.
func (db Store) CreateEmployer(
	ctx context.Context,
	form access.Form,
	businessID string,
	decide func(known string) (partner.NewEmployer, error),
) error {
	type row struct {
		ID   uuid.UUID
		Name string
	}
	var known []row
	return db.Write(ctx, door.Act{Do: access.EmployerCreate, Subject: form.ID, Form: form, Ask: func(b *pgx.Batch) {
		door.List(
			b,
			&known,
			`select id, name from app.employer where business_id = @business and business_id <> '' for update`,
			door.Args{"business": businessID},
		)
	}, Decide: func(a access.Actor) (door.Change, error) {
		employer, name := door.NewID(), ""
		if len(known) > 0 {
			employer, name = known[0].ID, known[0].Name
		}
		n, err := decide(name)
		return door.Change{Queue: func(b *pgx.Batch) {
			b.Queue(`insert into app.employer (org_id, id, name, business_id, municipality, kind, owner_id)
values (@org, @id, @name, @business, @muni, @kind, @me)
on conflict (org_id, id) do nothing`,
				door.Args{"org": a.OrgID, "id": employer, "name": n.Name, "business": n.BusinessID, "muni": n.Municipality, "kind": n.Kind, "me": a.ID})
			b.Queue(
				`insert into app.site (org_id, id, employer_id, name, address, municipality, field, tasks)
values (@org, @id, @employer, @name, @address, @muni, @field, @tasks)`,
				door.Args{
					"org":      a.OrgID,
					"id":       form.ID,
					"employer": employer,
					"name":     n.SiteName,
					"address":  n.Address,
					"muni":     n.Municipality,
					"field":    n.Field,
					"tasks":    n.Tasks,
				},
			)
			b.Queue(`insert into app.site_person (org_id, id, site_id, name, phone, email)
values (@org, @id, @site, @name, @phone, @mail)`,
				door.Args{"org": a.OrgID, "id": door.NewID(), "site": form.ID, "name": n.PersonName, "phone": n.PersonPhone, "mail": n.PersonMail})
		}}, err
	}})
}

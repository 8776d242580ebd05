package partner

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/participant"
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

var qEmployer = `select
  s.id site_id,
  s.name site_name,
  y.id,
  y.name,
  y.business_id,
  y.version,
  ` + door.Corrections("c.org_id = y.org_id and c.employer_id = y.id") + `
from app.site s
join app.employer y on y.org_id = s.org_id and y.id = s.employer_id
where s.id = @site`

// Employer is who stands behind a site, with what was corrected.
func (db Store) Employer(ctx context.Context, site uuid.UUID) (partner.Employer, error) {
	var x partner.Employer
	err := db.Read(ctx, door.Question{
		Do:      access.EmployerView,
		Subject: site,
		Scope:   door.ScopeSite,
		Found:   func() bool { return x.SiteID == site },
		Ask:     func(b *pgx.Batch) { door.One(b, &x, qEmployer, door.Args{"site": site}) },
	})
	return x, err
}

// CorrectEmployer stores an employer's name and business id, and what of it was corrected.
func (db Store) CorrectEmployer(
	ctx context.Context,
	site uuid.UUID,
	form access.Form,
	businessID string,
	decide func(x partner.Employer, taken string) (partner.EmployerForm, []participant.Correction, error),
) error {
	var x partner.Employer
	var others []string
	return db.Write(ctx, door.Act{Do: access.EmployerCorrect, Subject: site, Form: form,
		Ask: func(b *pgx.Batch) {
			b.Queue(`select from app.employer y where y.id = (select s.employer_id from app.site s where s.id = @site) for update`,
				door.Args{"site": site})
			door.One(b, &x, qEmployer, door.Args{"site": site})
			door.Values(b, &others, `select y.name
from app.employer y
where y.business_id = @business
  and y.business_id <> ''
  and y.id <> (select s.employer_id from app.site s where s.id = @site)`, door.Args{"business": businessID, "site": site})
		},
		Found:   func() bool { return x.SiteID == site },
		Version: func() int { return x.Version },
		Decide: func(a access.Actor) (door.Change, error) {
			taken := ""
			if len(others) > 0 {
				taken = others[0]
			}
			f, changed, err := decide(x, taken)
			return door.Change{Queue: func(b *pgx.Batch) {
				b.Queue(`update app.employer set name = @name, business_id = @business, version = version + 1 where id = @id`,
					door.Args{"name": f.Name, "business": f.BusinessID, "id": x.ID})
				for _, c := range changed {
					door.QueueCorrection(b, a.OrgID, "employer_id", x.ID, c.Field, c.Was, c.Now)
				}
			}}, err
		}})
}

package partner

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/partner"
	"kuukausi/internal/postgres/door"
)

// qSite is a site's row in the ledger, with what its page shows beyond it.
var qSite = ledgerColumns + door.Q(`,
  s.address,
  s.cooled_reason,
  s.version,
  coalesce((
    select jsonb_agg(jsonb_build_object('ID', p.id, 'Name', p.name, 'Phone', p.phone, 'Email', p.email, 'Version',
      p.version) order by p.name)
    from app.site_person p
    where p.org_id = s.org_id and p.site_id = s.id and not p.ended), '[]') people_there,
  coalesce((
    select jsonb_agg(jsonb_build_object('ID', c.id, 'FromOn', c.from_on::timestamptz, 'UntilOn', c.until_on::timestamptz,
      'Places', c.places,
      'Version', c.version, 'Held', app.places_held(s.id, c.from_on, c.until_on, null)) order by c.from_on)
    from app.site_capacity c
    where c.org_id = s.org_id and c.site_id = s.id and not c.ended and c.until_on >= {today}), '[]') capacity`) + ledgerTables + `
where s.id = @only`

// Site is a site's page.
func (db Store) Site(ctx context.Context, id uuid.UUID) (partner.Site, error) {
	var s partner.Site
	a := door.Args{"site": id}
	err := db.Read(ctx, door.Question{
		Do:      access.SiteView,
		Subject: id,
		Scope:   door.ScopeSite,
		Found:   func() bool { return s.SiteID == id },
		Ask: func(b *pgx.Batch) {
			door.One(b, &s, qSite, door.Args{"only": id})
			door.List(b, &s.Contacts, door.Contacts+`k.site_id = @site order by k.on_day desc, k.at desc limit 30`, a)
			door.List(b, &s.Trials, `select t.id, p.first_name, p.last_name, t.state, `+door.TrialFlaws+` flaws, t.starts_on, t.ends_on
from app.trial t
join app.enrolment e on e.org_id = t.org_id and e.id = t.enrolment_id
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
where t.site_id = @site
order by t.starts_on desc
limit 100`, a)
		},
	})
	return s, err
}

// changeSite locks a site one may change and stores what decide says.
func (db Store) changeSite(
	ctx context.Context,
	do access.Action,
	id uuid.UUID,
	form access.Form,
	ask func(*pgx.Batch),
	decide func(access.Actor) (func(*pgx.Batch), error),
) error {
	type row struct {
		ID      uuid.UUID
		Version int
	}
	var h row
	return db.Write(ctx, door.Act{Do: do, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			b.Queue(
				`select from app.site where id = @site for update`,
				door.Args{"site": id},
			) // passes over what the role may not change, and must still see
			door.One(b, &h, `select id, version from app.site where id = @site`, door.Args{"site": id})
			if ask != nil {
				ask(b)
			}
		},
		Found: func() bool { return h.ID == id },
		Decide: func(a access.Actor) (door.Change, error) {
			if do.Name == access.SiteKeep.Name && form.Version != h.Version {
				return door.Change{}, fault.ErrStale
			}
			queue, err := decide(a)
			return door.Change{Queue: queue}, err
		}})
}

// StoreSite stores what a coordinator keeps of a site. Taking over the relation is taken from whoever had it; giving it
// up leaves somebody else's as it is.
func (db Store) StoreSite(ctx context.Context, id uuid.UUID, form access.Form, decide func(access.Actor) (partner.Settings, error)) error {
	return db.changeSite(ctx, access.SiteKeep, id, form, nil, func(a access.Actor) (func(*pgx.Batch), error) {
		x, err := decide(a)
		return func(b *pgx.Batch) {
			v := door.Args{
				"id":      id,
				"name":    x.Name,
				"muni":    x.Municipality,
				"field":   x.Field,
				"tasks":   x.Tasks,
				"address": x.Address,
				"limit":   x.ContactLimit,
				"until":   x.CooledUntil,
				"why":     x.CooledReason,
				"kind":    x.Kind,
				"me":      a.ID,
				"mine":    x.Mine,
			}
			b.Queue(`update app.site
set
  name = @name,
  municipality = @muni,
  field = @field,
  tasks = @tasks,
  address = @address,
  contact_limit = @limit,
  cooled_until = @until,
  cooled_reason = case when @until::date is null then '' else @why end,
  version = version + 1
where id = @id`, v)
			b.Queue(`update app.employer w
set
  kind = @kind,
  owner_id = case when @mine::boolean then @me::uuid when w.owner_id = @me::uuid then null else w.owner_id end,
  version = w.version + 1
from app.site s
where s.id = @id
  and w.org_id = s.org_id
  and w.id = s.employer_id`, v)
		}, err
	})
}

// AddSitePerson stores another contact person.
func (db Store) AddSitePerson(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor) (partner.SitePerson, error),
) error {
	return db.changeSite(ctx, access.SitePersonAdd, id, form, nil, func(a access.Actor) (func(*pgx.Batch), error) {
		p, err := decide(a)
		return func(b *pgx.Batch) {
			b.Queue(`insert into app.site_person (org_id, id, site_id, name, phone, email)
values (@org, @id, @site, @name, @phone, @mail)`, door.Args{"org": a.OrgID, "id": form.ID, "site": id, "name": p.Name,
				"phone": p.Phone, "mail": p.Email})
		}, err
	})
}

// EndPart notes that a contact person has left, or takes a capacity back; it answers of which site.
func (db Store) EndPart(ctx context.Context, do access.Action, id uuid.UUID, form access.Form) (uuid.UUID, error) {
	table := "app.site_capacity"
	if do.Name == access.SitePersonEnd.Name {
		table = "app.site_person"
	}
	return db.Settle(ctx, do, id, form, `select
  x.site_id "of",
  '{}'::uuid[] cases,
  x.version,
  x.ended done
from `+table+` x
where x.id = @id`,
		`update `+table+` set ended = true, version = version + 1 where id = @id`)
}

package postgres

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/placement"
)

var _ placement.Store = (*DB)(nil)

// asked counts the contacts without a trial of thirty days: from how many on a site is asked too often the room says.
const asked = `(select count(*)::int from app.site_contact k where k.org_id = s.org_id and k.site_id = s.id and k.trial_id is null and k.on_day > ` + today + ` - 30)`

// ledgerColumns are a row a site, with what was tried there by all colleagues as numbers (rulings.md 8).
var ledgerColumns = q(`select w.id employer_id, s.id site_id, w.name employer, w.business_id, s.name site_name, w.kind, s.field, s.municipality muni, s.tasks, coalesce(m.name, '') owner,
  w.owner_id is not distinct from (select nullif(current_setting('app.actor', true), '')::uuid) own, app.places_free(s.id, {today}, {today} + 27, null) free,
  h.proposed, h.active, h.ended, h.cancelled, h.hired, h.people, ` + asked + ` asked,
  (select max(k.on_day) from app.site_contact k where k.org_id = s.org_id and k.site_id = s.id) last_contact, s.contact_limit, s.cooled_until`)

const ledgerTables = `
from app.site s
join app.employer w on w.org_id = s.org_id and w.id = s.employer_id
join app.site_history(@only) h on h.site_id = s.id
left join app.membership m on m.org_id = w.org_id and m.id = w.owner_id
`

var qLedger = ledgerColumns + ledgerTables + `order by w.name collate "fi-x-icu", s.name collate "fi-x-icu"
limit 2000`

// Employers are the organisation's sites with their employers.
func (db *DB) Employers(ctx context.Context) ([]placement.Listed, error) {
	var out []placement.Listed
	err := db.read(ctx, question{do: access.EmployerList, ask: func(b *pgx.Batch) { list(b, &out, qLedger, args{"only": nil}) }})
	return out, err
}

// ExportEmployers are the same rows as a file: an act of its own in the trail.
func (db *DB) ExportEmployers(ctx context.Context) ([]placement.Listed, error) {
	var out []placement.Listed
	err := db.read(ctx, question{do: access.EmployerExport, ask: func(b *pgx.Batch) { list(b, &out, qLedger, args{"only": nil}) }})
	return out, err
}

// NewEmployerPage asks only whether the actor may open the page.
func (db *DB) NewEmployerPage(ctx context.Context) error {
	return db.read(ctx, question{do: access.EmployerNew, ask: func(*pgx.Batch) {}})
}

// CreateEmployer stores an employer with its first site and contact person; the site's id is the form's.
//
// An employer whose business id is registered already is the same one: the site becomes another of its sites.
func (db *DB) CreateEmployer(ctx context.Context, form access.Form, businessID string, decide func(known string) (placement.NewEmployer, error)) error {
	type row struct {
		ID   uuid.UUID
		Name string
	}
	var known []row
	return db.write(ctx, act{do: access.EmployerCreate, subject: form.ID, form: form, ask: func(b *pgx.Batch) {
		list(b, &known, `select id, name from app.employer where business_id = @business and business_id <> '' for update`, args{"business": businessID})
	}, decide: func(a access.Actor) (change, error) {
		employer, name := newID(), ""
		if len(known) > 0 {
			employer, name = known[0].ID, known[0].Name
		}
		n, err := decide(name)
		return change{queue: func(b *pgx.Batch) {
			b.Queue(`insert into app.employer (org_id, id, name, business_id, municipality, kind, owner_id) values (@org, @id, @name, @business, @muni, @kind, @me) on conflict (org_id, id) do nothing`,
				args{"org": a.OrgID, "id": employer, "name": n.Name, "business": n.BusinessID, "muni": n.Municipality, "kind": n.Kind, "me": a.ID})
			b.Queue(`insert into app.site (org_id, id, employer_id, name, address, municipality, field, tasks) values (@org, @id, @employer, @name, @address, @muni, @field, @tasks)`,
				args{"org": a.OrgID, "id": form.ID, "employer": employer, "name": n.SiteName, "address": n.Address, "muni": n.Municipality, "field": n.Field, "tasks": n.Tasks})
			b.Queue(`insert into app.site_person (org_id, id, site_id, name, phone, email) values (@org, @id, @site, @name, @phone, @mail)`,
				args{"org": a.OrgID, "id": newID(), "site": form.ID, "name": n.PersonName, "phone": n.PersonPhone, "mail": n.PersonMail})
		}}, err
	}})
}

// qSite is a site's row in the ledger, with what its page shows beyond it.
var qSite = ledgerColumns + q(`,
  s.address,
  s.cooled_reason,
  s.version,
  coalesce((
    select jsonb_agg(jsonb_build_object('ID', p.id, 'Name', p.name, 'Phone', p.phone, 'Email', p.email, 'Version', p.version) order by p.name)
    from app.site_person p
    where p.org_id = s.org_id and p.site_id = s.id and not p.ended), '[]') people_there,
  coalesce((
    select jsonb_agg(jsonb_build_object('ID', c.id, 'FromOn', c.from_on::timestamptz, 'UntilOn', c.until_on::timestamptz, 'Places', c.places,
      'Version', c.version, 'Held', app.places_held(s.id, c.from_on, c.until_on, null)) order by c.from_on)
    from app.site_capacity c
    where c.org_id = s.org_id and c.site_id = s.id and not c.ended and c.until_on >= {today}), '[]') capacity`) + ledgerTables + `
where s.id = @only`

// Site is a site's page.
func (db *DB) Site(ctx context.Context, id uuid.UUID) (placement.Site, error) {
	var s placement.Site
	a := args{"site": id}
	err := db.read(ctx, question{do: access.SiteView, subject: id, scope: scopeSite, found: func() bool { return s.SiteID == id }, ask: func(b *pgx.Batch) {
		one(b, &s, qSite, args{"only": id})
		list(b, &s.Contacts, qContacts+`k.site_id = @site order by k.on_day desc, k.at desc limit 30`, a)
		list(b, &s.Trials, `select t.id, p.first_name, p.last_name, t.state, t.starts_on, t.ends_on
from app.trial t
join app.enrolment e on e.org_id = t.org_id and e.id = t.enrolment_id
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
where t.site_id = @site
order by t.starts_on desc
limit 100`, a)
	}})
	return s, err
}

// changeSite locks a site one may change and stores what decide says.
func (db *DB) changeSite(ctx context.Context, do access.Action, id uuid.UUID, form access.Form, ask func(*pgx.Batch), decide func(access.Actor) (func(*pgx.Batch), error)) error {
	type row struct {
		ID      uuid.UUID
		Version int
	}
	var h row
	return db.write(ctx, act{do: do, subject: id, form: form,
		ask: func(b *pgx.Batch) {
			b.Queue(`select from app.site where id = @site for update`, args{"site": id}) // passes over what the role may not change, and must still see
			one(b, &h, `select id, version from app.site where id = @site`, args{"site": id})
			if ask != nil {
				ask(b)
			}
		},
		found: func() bool { return h.ID == id },
		decide: func(a access.Actor) (change, error) {
			if do.Name == access.SiteKeep.Name && form.Version != h.Version {
				return change{}, fault.ErrStale
			}
			queue, err := decide(a)
			return change{queue: queue}, err
		}})
}

// StoreSite stores what a coordinator keeps of a site. Taking over the relation is taken from whoever had it; giving it
// up leaves somebody else's as it is.
func (db *DB) StoreSite(ctx context.Context, id uuid.UUID, form access.Form, decide func(access.Actor) (placement.Settings, error)) error {
	return db.changeSite(ctx, access.SiteKeep, id, form, nil, func(a access.Actor) (func(*pgx.Batch), error) {
		x, err := decide(a)
		return func(b *pgx.Batch) {
			v := args{"id": id, "name": x.Name, "muni": x.Municipality, "field": x.Field, "tasks": x.Tasks, "address": x.Address, "limit": x.ContactLimit, "until": x.CooledUntil, "why": x.CooledReason, "kind": x.Kind, "me": a.ID, "mine": x.Mine}
			b.Queue(`update app.site set name = @name, municipality = @muni, field = @field, tasks = @tasks, address = @address, contact_limit = @limit, cooled_until = @until, cooled_reason = case when @until::date is null then '' else @why end, version = version + 1 where id = @id`, v)
			b.Queue(`update app.employer w set kind = @kind, owner_id = case when @mine::boolean then @me::uuid when w.owner_id = @me::uuid then null else w.owner_id end, version = w.version + 1
from app.site s where s.id = @id and w.org_id = s.org_id and w.id = s.employer_id`, v)
		}, err
	})
}

// AddSitePerson stores another contact person.
func (db *DB) AddSitePerson(ctx context.Context, id uuid.UUID, form access.Form, decide func(access.Actor) (placement.SitePerson, error)) error {
	return db.changeSite(ctx, access.SitePersonAdd, id, form, nil, func(a access.Actor) (func(*pgx.Batch), error) {
		p, err := decide(a)
		return func(b *pgx.Batch) {
			b.Queue(`insert into app.site_person (org_id, id, site_id, name, phone, email) values (@org, @id, @site, @name, @phone, @mail)`, args{"org": a.OrgID, "id": form.ID, "site": id, "name": p.Name, "phone": p.Phone, "mail": p.Email})
		}, err
	})
}

// AddCapacity stores how many places a site has in a period.
func (db *DB) AddCapacity(ctx context.Context, id uuid.UUID, form access.Form, decide func(access.Actor, []placement.Capacity) (placement.Capacity, error)) error {
	var all []placement.Capacity
	return db.changeSite(ctx, access.CapacityAdd, id, form, func(b *pgx.Batch) {
		list(b, &all, `select id, from_on, until_on, places::int, 0 held, version from app.site_capacity where site_id = @site and not ended order by from_on limit 200`, args{"site": id})
	}, func(a access.Actor) (func(*pgx.Batch), error) {
		c, err := decide(a, all)
		return func(b *pgx.Batch) {
			b.Queue(`insert into app.site_capacity (org_id, id, site_id, from_on, until_on, places) values (@org, @id, @site, @from, @until, @places)`,
				args{"org": a.OrgID, "id": form.ID, "site": id, "from": c.FromOn, "until": c.UntilOn, "places": c.Places})
		}, err
	})
}

// EndSitePerson notes that a contact person has left; it answers which site.
func (db *DB) EndSitePerson(ctx context.Context, id uuid.UUID, form access.Form) (uuid.UUID, error) {
	return db.settle(ctx, access.SitePersonEnd, id, form, `select p.site_id "of", '{}'::uuid[] cases, p.version, p.ended done from app.site_person p where p.id = @id`,
		`update app.site_person set ended = true, version = version + 1 where id = @id`)
}

// EndCapacity takes a period back; it answers of which site.
func (db *DB) EndCapacity(ctx context.Context, id uuid.UUID, form access.Form) (uuid.UUID, error) {
	return db.settle(ctx, access.CapacityEnd, id, form, `select c.site_id "of", '{}'::uuid[] cases, c.version, c.ended done from app.site_capacity c where c.id = @id`,
		`update app.site_capacity set ended = true, version = version + 1 where id = @id`)
}

const qContacts = `select k.kind, k.about, k.on_day "on", m.name by
from app.site_contact k
join app.membership m on m.org_id = k.org_id and m.id = k.by_id
where `

const qAddContact = `insert into app.site_contact (org_id, id, site_id, trial_id, kind, about, on_day) values (@org, @id, @site, @trial, @kind, @about, @on)`

// AddSiteContact notes a contact with a site.
func (db *DB) AddSiteContact(ctx context.Context, site uuid.UUID, form access.Form, decide func(access.Actor) (placement.Contact, error)) error {
	var found []uuid.UUID
	return db.write(ctx, act{do: access.SiteContactAdd, subject: site, form: form,
		ask:   func(b *pgx.Batch) { values(b, &found, `select id from app.site where id = @site`, args{"site": site}) },
		found: func() bool { return len(found) > 0 },
		decide: func(a access.Actor) (change, error) {
			c, err := decide(a)
			return change{queue: func(b *pgx.Batch) {
				b.Queue(qAddContact, args{"org": a.OrgID, "id": form.ID, "site": site, "trial": nil, "kind": c.Kind, "about": c.About, "on": c.On})
			}}, err
		}})
}

// AddTrialContact notes a contact about a trial; the planned one it was is done with it, once.
func (db *DB) AddTrialContact(ctx context.Context, trial, checkin uuid.UUID, form access.Form, decide func(access.Actor) (placement.Contact, error)) error {
	type at struct {
		SiteID, EnrolmentID uuid.UUID
		State               string
		Planned, Done       bool // the planned contact is one of this trial, and was made
	}
	var found []at
	return db.write(ctx, act{do: access.TrialContact, subject: trial, form: form,
		ask: func(b *pgx.Batch) {
			list(b, &found, `select t.site_id, t.enrolment_id, t.state, c.id is not null planned, c.contact_id is not null done
from app.trial t left join app.trial_checkin c on c.org_id = t.org_id and c.trial_id = t.id and c.id = @checkin where t.id = @trial`,
				args{"trial": trial, "checkin": orNull(checkin)})
		},
		found: func() bool { return len(found) > 0 },
		decide: func(a access.Actor) (change, error) {
			switch {
			case found[0].Done:
				return change{}, fault.ErrStale
			case checkin != uuid.Nil && !found[0].Planned:
				return change{}, fault.One("", "E_CHOICE")
			case found[0].State == placement.Cancelled, found[0].State == placement.Declined:
				return change{}, fault.One("", "E_TRANSITION")
			}
			c, err := decide(a)
			return change{enrolments: []uuid.UUID{found[0].EnrolmentID}, queue: func(b *pgx.Batch) {
				b.Queue(qAddContact, args{"org": a.OrgID, "id": form.ID, "site": found[0].SiteID, "trial": trial, "kind": c.Kind, "about": c.About, "on": c.On})
				if checkin != uuid.Nil {
					b.Queue(`update app.trial_checkin set contact_id = @contact where id = @id and trial_id = @trial and contact_id is null`, args{"contact": form.ID, "id": checkin, "trial": trial})
				}
			}}, err
		}})
}

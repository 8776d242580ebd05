package partner

import (
	"context"

	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/partner"
	"kuukausi/internal/postgres/door"
)

// asked counts the contacts without a trial of thirty days: from how many on a site is asked too often the room says.
const asked = `(select count(*)::int from app.site_contact k where k.org_id = s.org_id and k.site_id = s.id
  and k.trial_id is null and k.on_day > ` + door.Today + ` - 30)`

// ledgerColumns are a row a site, with what was tried there by all colleagues as numbers (internal/domain.md, ruling 8).
var ledgerColumns = door.Q(`select
  w.id employer_id,
  s.id site_id,
  w.name employer,
  w.business_id,
  s.name site_name,
  w.kind,
  s.field,
  s.municipality muni,
  s.tasks,
  coalesce(m.name, '') owner,
  w.owner_id is not distinct from (select nullif(current_setting('app.actor', true), '')::uuid) own,
  app.places_free(s.id, {today}, {today} + 27, null) free,
  h.proposed,
  h.active,
  h.ended,
  h.cancelled,
  h.hired,
  h.people,
  ` + asked + ` asked,
  (select max(k.on_day) from app.site_contact k where k.org_id = s.org_id and k.site_id = s.id) last_contact,
  s.contact_limit,
  s.cooled_until`)

const ledgerTables = `
from app.site s
join app.employer w on w.org_id = s.org_id and w.id = s.employer_id
join app.site_history(@only) h on h.site_id = s.id
left join app.membership m on m.org_id = w.org_id and m.id = w.owner_id
`

var qLedger = ledgerColumns + ledgerTables + `order by w.name collate "fi-x-icu", s.name collate "fi-x-icu"
limit 2000`

// Employers are the organisation's sites with their employers.
func (db Store) Employers(ctx context.Context) ([]partner.Listed, error) {
	var out []partner.Listed
	err := db.Read(
		ctx,
		door.Question{Do: access.EmployerList, Ask: func(b *pgx.Batch) { door.List(b, &out, qLedger, door.Args{"only": nil}) }},
	)
	return out, err
}

// ExportEmployers are the same rows as a file: an act of its own in the trail.
func (db Store) ExportEmployers(ctx context.Context) ([]partner.Listed, error) {
	var out []partner.Listed
	err := db.Read(
		ctx,
		door.Question{Do: access.EmployerExport, Ask: func(b *pgx.Batch) { door.List(b, &out, qLedger, door.Args{"only": nil}) }},
	)
	return out, err
}

// NewEmployerPage asks only whether the actor may open the page.
func (db Store) NewEmployerPage(ctx context.Context) error {
	return db.Read(ctx, door.Question{Do: access.EmployerNew, Ask: func(*pgx.Batch) {}})
}

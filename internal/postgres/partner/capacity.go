package partner

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/partner"
	"kuukausi/internal/postgres/door"
)

// AddCapacity stores how many places a site has in a period.
func (db Store) AddCapacity(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, []partner.Capacity) (partner.Capacity, error),
) error {
	var all []partner.Capacity
	return db.changeSite(ctx, access.CapacityAdd, id, form, func(b *pgx.Batch) {
		door.List(b, &all, `select
  id,
  from_on,
  until_on,
  places::int,
  0 held,
  version
from app.site_capacity
where site_id = @site and not ended
order by from_on
limit 200`, door.Args{"site": id})
	}, func(a access.Actor) (func(*pgx.Batch), error) {
		c, err := decide(a, all)
		return func(b *pgx.Batch) {
			b.Queue(`insert into app.site_capacity (org_id, id, site_id, from_on, until_on, places)
values (@org, @id, @site, @from, @until, @places)`,
				door.Args{"org": a.OrgID, "id": form.ID, "site": id, "from": c.FromOn, "until": c.UntilOn, "places": c.Places})
		}, err
	})
}

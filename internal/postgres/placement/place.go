package placement

import (
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/placement"
	"kuukausi/internal/postgres/door"
)

// queueSiteLock takes a site's row, so that its last place goes to one.
func queueSiteLock(b *pgx.Batch, site uuid.UUID) {
	b.Queue(`select from app.site where id = @site for update`, door.Args{"site": door.OrNull(site)})
}

// queuePlaces asks how many places of the terms' site are free in their days, but for the trial itself.
func queuePlaces(b *pgx.Batch, into **int, t placement.Terms, but uuid.UUID) {
	if t.SiteID == uuid.Nil || t.StartsOn.IsZero() || t.EndsOn.Before(t.StartsOn) {
		return
	}
	queueFree(
		b,
		into,
		`select app.places_free(@site, @starts, @ends, @but)`,
		door.Args{"site": t.SiteID, "starts": t.StartsOn, "ends": t.EndsOn, "but": door.OrNull(but)},
	)
}

// queueFree reads a number of free places: nil where nobody said how many there are.
func queueFree(b *pgx.Batch, into **int, query string, a door.Args) {
	b.Queue(query, a).Query(func(rows pgx.Rows) error {
		all, err := pgx.CollectRows(rows, pgx.RowTo[*int])
		if len(all) > 0 {
			*into = all[0]
		}
		return err
	})
}

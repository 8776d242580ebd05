package partner

import (
	"context"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// Capacity is how many places a site has in a period.
type Capacity struct {
	ID              uuid.UUID
	FromOn, UntilOn time.Time
	Places          int
	Held            int // on its fullest day
	Version         int
}

// OfferPlaces notes how many places a site has in a period. Periods of one site do not overlap (E_OVERLAP_PERIOD).
func (s Service) OfferPlaces(ctx context.Context, site uuid.UUID, form access.Form, c Capacity) error {
	return s.store.AddCapacity(ctx, site, form, func(a access.Actor, all []Capacity) (Capacity, error) {
		var v fault.Invalid
		switch {
		case c.FromOn.IsZero():
			v.Add("from", "E_DATE")
		case c.UntilOn.IsZero():
			v.Add("until", "E_DATE")
		case c.UntilOn.Before(c.FromOn):
			v.Add("until", "E_DATE_ORDER")
		case c.UntilOn.Before(a.Today()):
			v.Add("until", "E_PAST")
		}
		if c.Places < 0 || c.Places > 99 {
			v.Add("places", "E_RANGE", "Min", 0, "Max", 99)
		}
		for _, o := range all {
			if len(v) == 0 && !o.FromOn.After(c.UntilOn) && !o.UntilOn.Before(c.FromOn) {
				v.Add("from", "E_OVERLAP_PERIOD")
			}
		}
		return c, v.OrNil()
	})
}

// Hold are days of a site that a trial holds, proposed or agreed; whose it is is not known here.
type Hold struct {
	SiteID           uuid.UUID
	StartsOn, EndsOn time.Time
}

// Offer are places of a site in a period.
type Offer struct {
	SiteID          uuid.UUID
	FromOn, UntilOn time.Time
	Places          int
}

// FreeIn are the fewest free places of a site in some days: nil where nobody said how many there are.
func FreeIn(site uuid.UUID, from, until time.Time, offers []Offer, holds []Hold) (free *int, held int) {
	most := func(a, b time.Time) (n int) { // on the fullest day: one on which a hold begins, or the first
		for _, x := range holds {
			day := x.StartsOn
			if day.Before(a) {
				day = a
			}
			if x.SiteID != site || day.After(b) || x.EndsOn.Before(a) {
				continue
			}
			k := 0
			for _, y := range holds {
				if y.SiteID == site && !y.StartsOn.After(day) && !y.EndsOn.Before(day) {
					k++
				}
			}
			n = max(n, k)
		}
		return n
	}
	for _, o := range offers {
		if o.SiteID != site || o.FromOn.After(until) || o.UntilOn.Before(from) {
			continue
		}
		a, b := from, until
		if o.FromOn.After(a) {
			a = o.FromOn
		}
		if o.UntilOn.Before(b) {
			b = o.UntilOn
		}
		if n := o.Places - most(a, b); free == nil || n < *free {
			free = &n
		}
	}
	return free, most(from, until)
}

package placement

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// OrganiserKinds are who may give a work trial (380/2023 54 §).
var OrganiserKinds = []string{"company", "sole_trader", "municipality", "joint_authority", "community", "foundation", "state_agency"}

// usualLimit is after how many days without a contact a site counts as quiet, when it has no limit of its own.
const usualLimit = 90

// Listed is a row of the site ledger: one a site, with what was tried there by all colleagues as numbers.
type Listed struct {
	EmployerID, SiteID                 uuid.UUID
	Employer, BusinessID, SiteName     string
	Kind, Field, Muni, Tasks           string
	Owner                              string
	Own                                bool // the reader owns the relation
	Free                               *int // places today and in the four weeks after it
	Proposed, Active, Ended, Cancelled int
	Hired, People, Asked               int
	LastContact                        *time.Time
	ContactLimit                       int
	CooledUntil                        *time.Time
}

// Quiet tells whether nobody has been in touch for longer than the site's limit.
func (l Listed) Quiet(today time.Time) bool {
	limit := l.ContactLimit
	if limit == 0 {
		limit = usualLimit
	}
	return l.LastContact == nil || l.LastContact.AddDate(0, 0, limit).Before(today)
}

// Cooled tells whether the site wants to be left alone today.
func (l Listed) Cooled(today time.Time) bool {
	return l.CooledUntil != nil && !l.CooledUntil.Before(today)
}

// AskedTooOften tells whether the site was asked too often in thirty days.
func (l Listed) AskedTooOften() bool { return l.Asked >= askedOften }

// Standings are what the ledger may be narrowed to.
var Standings = []string{"free", "active", "quiet", "cooled", "asked", "mine"}

// Filter narrows the ledger; "" is everything. It stands in the URL, and an export follows it.
type Filter struct{ Municipality, Field, Standing string }

// Of are the rows the filter lets through.
func (f Filter) Of(all []Listed, today time.Time) []Listed {
	return slices.DeleteFunc(slices.Clone(all), func(l Listed) bool {
		if f.Municipality != "" && !strings.EqualFold(f.Municipality, l.Muni) || f.Field != "" && f.Field != l.Field {
			return true
		}
		switch f.Standing {
		case "free":
			return l.Free == nil || *l.Free < 1 || l.Cooled(today)
		case "active":
			return l.Active == 0
		case "quiet":
			return !l.Quiet(today)
		case "cooled":
			return !l.Cooled(today)
		case "asked":
			return !l.AskedTooOften()
		case "mine":
			return !l.Own
		}
		return false
	})
}

// Municipalities are those of the rows, each once, in order.
func Municipalities(all []Listed) (out []string) {
	for _, l := range all {
		if l.Muni != "" && !slices.Contains(out, l.Muni) {
			out = append(out, l.Muni)
		}
	}
	slices.Sort(out)
	return out
}

// Capacity is how many places a site has in a period.
type Capacity struct {
	ID              uuid.UUID
	FromOn, UntilOn time.Time
	Places          int
	Held            int // on its fullest day
	Version         int
}

// Offer notes how many places a site has in a period. Periods of one site do not overlap (E_OVERLAP_PERIOD).
func (s Service) OfferPlaces(ctx context.Context, site uuid.UUID, form access.Form, c Capacity) error {
	return s.AddCapacity(ctx, site, form, func(a access.Actor, all []Capacity) (Capacity, error) {
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

// Settings are what a coordinator keeps of a site: its field and tasks, who owns the relation, how often it is contacted,
// and until when it wants to be left alone.
type Settings struct {
	Name, Municipality          string
	Kind, Field, Tasks, Address string
	Mine                        bool // the relation is the coordinator's own
	ContactLimit                int
	CooledUntil                 *time.Time
	CooledReason                string
}

// Keep stores a site's settings.
func (s Service) Keep(ctx context.Context, site uuid.UUID, form access.Form, x Settings, cooledGiven bool) error {
	return s.StoreSite(ctx, site, form, func(a access.Actor) (Settings, error) {
		var v fault.Invalid
		x.Name, x.Municipality = strings.TrimSpace(x.Name), strings.TrimSpace(x.Municipality)
		x.Tasks, x.Address, x.CooledReason = strings.TrimSpace(x.Tasks), strings.TrimSpace(x.Address), strings.TrimSpace(x.CooledReason)
		if !slices.Contains(OrganiserKinds, x.Kind) {
			v.Add("kind_of", "E_CHOICE")
		}
		if !slices.Contains(Fields, x.Field) {
			v.Add("field", "E_CHOICE")
		}
		v.Require("site", x.Name, 500)
		v.Limit("municipality", x.Municipality, 500)
		v.Limit("tasks", x.Tasks, 500)
		v.Limit("address", x.Address, 500)
		v.Limit("cooled_reason", x.CooledReason, 500)
		if x.ContactLimit < 0 || x.ContactLimit > 730 {
			v.Add("limit", "E_RANGE", "Min", 0, "Max", 730)
		}
		switch {
		case cooledGiven && x.CooledUntil == nil:
			v.Add("cooled_until", "E_DATE")
		case x.CooledUntil != nil && x.CooledUntil.Before(a.Today()):
			v.Add("cooled_until", "E_PAST")
		case x.CooledUntil != nil && x.CooledReason == "":
			v.Add("cooled_reason", "E_REQUIRED")
		}
		return x, v.OrNil()
	})
}

// AddPerson stores another contact person of a site.
func (s Service) AddPerson(ctx context.Context, site uuid.UUID, form access.Form, p SitePerson) error {
	return s.AddSitePerson(ctx, site, form, func(access.Actor) (SitePerson, error) {
		p.Name, p.Phone, p.Email = strings.TrimSpace(p.Name), strings.TrimSpace(p.Phone), strings.TrimSpace(p.Email)
		var v fault.Invalid
		v.Require("person", p.Name, 200)
		v.Limit("phone", p.Phone, 200)
		v.Limit("email", p.Email, 200)
		return p, v.OrNil()
	})
}

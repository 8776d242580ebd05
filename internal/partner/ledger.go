package partner

import (
	"kuukausi/internal/locale"
	"kuukausi/internal/text"
	"slices"
	"time"

	"github.com/google/uuid"
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
		if f.Municipality != "" && text.Fold(f.Municipality) != text.Fold(l.Muni) || f.Field != "" && f.Field != l.Field {
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

// Municipalities are those of the rows, each once however it was written, in the order of the Finnish alphabet.
func Municipalities(all []Listed) (out []string) {
	seen := map[string]bool{}
	for _, l := range all {
		if k := text.Fold(l.Muni); k != "" && !seen[k] {
			seen[k] = true
			out = append(out, l.Muni)
		}
	}
	locale.SortNames(out)
	return out
}

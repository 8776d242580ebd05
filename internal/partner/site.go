package partner

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// Site is a site's page.
type Site struct {
	Listed       // the row of the ledger, with what was tried as numbers
	Address      string
	CooledReason string
	Version      int
	Capacity     []Capacity
	PeopleThere  []SitePerson
	Contacts     []LoggedContact `db:"-"` // read apart
	Trials       []SiteTrial     `db:"-"`
}

// SitePerson is a contact person of a site.
type SitePerson struct {
	ID                 uuid.UUID
	Name, Phone, Email string
	Version            int
}

// SiteTrial is a trial of one of the actor's own cases at the site.
type SiteTrial struct {
	ID                  uuid.UUID
	FirstName, LastName string
	State               string
	Flaws               []string // of a draft: what keeps it from becoming an agreement
	StartsOn, EndsOn    time.Time
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
	return s.store.StoreSite(ctx, site, form, func(a access.Actor) (Settings, error) {
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
	return s.store.AddSitePerson(ctx, site, form, func(access.Actor) (SitePerson, error) {
		p.Name, p.Phone, p.Email = strings.TrimSpace(p.Name), strings.TrimSpace(p.Phone), strings.TrimSpace(p.Email)
		var v fault.Invalid
		v.Require("person", p.Name, 200)
		v.Limit("phone", p.Phone, 200)
		v.Limit("email", p.Email, 200)
		return p, v.OrNil()
	})
}

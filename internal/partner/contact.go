package partner

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// ContactKinds are the ways a site is contacted.
var ContactKinds = []string{"call", "visit", "message", "meeting"}

// Contact is one contact with a site.
type Contact struct {
	Kind  string
	About string // "" when nobody said
	On    time.Time
}

// Abouts are what a contact with a site was about (internal/domain.md 36).
var Abouts = []string{"induction", "tasks", "guidance", "wellbeing", "agreement", "ending"}

func (c Contact) Check(a access.Actor) (Contact, error) {
	var v fault.Invalid
	known := false
	for _, k := range ContactKinds {
		known = known || k == c.Kind
	}
	if !known {
		v.Add("kind", "E_CHOICE")
	}
	switch {
	case c.On.IsZero():
		v.Add("on", "E_DATE")
	case c.On.After(a.Today()):
		v.Add("on", "E_FUTURE")
	case c.On.Before(a.Today().AddDate(-1, 0, 0)):
		v.Add("on", "E_PAST")
	}
	if c.About != "" && !slices.Contains(Abouts, c.About) {
		v.Add("about", "E_CHOICE")
	}
	return c, v.OrNil()
}

// LogSiteContact notes a contact with a site.
func (s Service) LogSiteContact(ctx context.Context, site uuid.UUID, form access.Form, c Contact) error {
	return s.store.AddSiteContact(ctx, site, form, c.Check)
}

// LoggedContact is a contact with who made it.
type LoggedContact struct {
	Kind  string
	About string
	On    time.Time
	By    string
}

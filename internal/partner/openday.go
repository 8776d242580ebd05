package partner

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/programme"
)

// OpenDayKinds: a visit to a workplace one signs up for, and the coordinator's hour with employers in a cohort's programme.
var OpenDayKinds = []string{"visit", "employer_hour"}

// OpenDay is a day on which employers are met.
type OpenDay struct {
	ID               uuid.UUID
	Kind             string
	SiteID           *uuid.UUID
	SiteName         string
	CohortID         *uuid.UUID
	CohortName       string
	HeldOn           time.Time
	StartsAt, EndsAt int
	Place, What      string
	Seats, Taken     int
	Cancelled        bool
	Version          int
	People           []SignUp // those of the reader's own cases
}

// SignUp is somebody who comes along.
type SignUp struct {
	ID                  uuid.UUID
	EnrolmentID         uuid.UUID
	CohortID            *uuid.UUID // of a person who may be signed up
	FirstName, LastName string
}

// OpenDayPlan is the page with what a new one is made from.
type OpenDayPlan struct {
	Days    []OpenDay `db:"-"` // read apart
	Sites   []SiteName
	Cohorts []CohortName
	People  []SignUp    // open cases that may be signed up
	Closed  []time.Time `db:"-"` // of a new one
}

// SiteName and CohortName are choices of a form.
type (
	SiteName struct {
		ID   uuid.UUID
		Name string
	}
	CohortName struct {
		ID   uuid.UUID
		Name string
	}
)

// Hold makes an open day. Its id is the form's. An employer hour belongs to a cohort of one's own; a visit leads to a site.
func (s Service) Hold(ctx context.Context, form access.Form, d OpenDay) error {
	return s.store.AddOpenDay(ctx, form, func(a access.Actor, p OpenDayPlan) (OpenDay, error) {
		var v fault.Invalid
		d.Place, d.What = strings.TrimSpace(d.Place), strings.TrimSpace(d.What)
		switch d.Kind {
		case "visit":
			if d.CohortID = nil; d.SiteID == nil || !slices.ContainsFunc(p.Sites, func(x SiteName) bool { return x.ID == *d.SiteID }) {
				v.Add("site", "E_CHOICE")
			}
		case "employer_hour":
			if d.SiteID = nil; d.CohortID == nil || !slices.ContainsFunc(p.Cohorts, func(x CohortName) bool { return x.ID == *d.CohortID }) {
				v.Add("cohort", "E_CHOICE")
			}
		default:
			v.Add("kind", "E_CHOICE")
		}
		switch {
		case d.HeldOn.IsZero():
			v.Add("held_on", "E_DATE")
		case d.HeldOn.Before(a.Today()):
			v.Add("held_on", "E_PAST")
		case !programme.WorkingDay(d.HeldOn, p.Closed):
			v.Add("held_on", "E_HOLIDAY")
		}
		if d.StartsAt < 0 {
			v.Add("starts_at", "E_TIME")
		}
		if d.EndsAt < 0 || d.EndsAt <= d.StartsAt {
			v.Add("ends_at", "E_TIME")
		}
		v.Require("place", d.Place, 200)
		v.Limit("what", d.What, 1000)
		if d.Seats < 1 || d.Seats > 200 {
			v.Add("seats", "E_RANGE", "Min", 1, "Max", 200)
		}
		return d, v.OrNil()
	})
}

// SignOn takes a seat for somebody: E_OPEN_DAY_FULL for the one after the last, also when two come at once.
func (s Service) SignOn(ctx context.Context, day uuid.UUID, form access.Form, enrolment uuid.UUID) error {
	return s.store.AddSignUp(ctx, day, form, enrolment, func(a access.Actor, d OpenDay, there bool) error {
		switch {
		case d.Cancelled, d.HeldOn.Before(a.Today()):
			return fault.One("", "E_OPEN_DAY_OVER")
		case there:
			return fault.One("", "E_SIGNED_UP")
		case d.Taken >= d.Seats:
			return fault.One("", "E_OPEN_DAY_FULL")
		}
		return nil
	})
}

// CallOff cancels an open day: its maker, or a coordinator; an employer hour by who works with its cohort.
func (s Service) CallOff(ctx context.Context, day uuid.UUID, form access.Form) error {
	return s.store.CancelOpenDay(ctx, day, form, func(a access.Actor, d OpenDay, own bool) error {
		switch {
		case !own:
			return fault.Forbidden{Code: "E_NOT_YOURS"}
		case d.Cancelled:
			return fault.ErrStale
		case d.HeldOn.Before(a.Today()):
			return fault.One("", "E_OPEN_DAY_OVER")
		}
		return nil
	})
}

// SignOff gives a seat back, while the day is still to come.
func (s Service) SignOff(ctx context.Context, signup uuid.UUID, form access.Form) error {
	return s.store.EndSignUp(ctx, signup, form, func(a access.Actor, heldOn time.Time) error {
		if heldOn.Before(a.Today()) {
			return fault.One("", "E_OPEN_DAY_OVER")
		}
		return nil
	})
}

package recruitment

import (
	"context"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/fault"
	"kuukausi/internal/participant"
)

// ServiceReferralPlan is what an expert refers a person with: the cohorts that take people in, and the name of a guest
// of an info session when the referral begins there.
type ServiceReferralPlan struct {
	Cohorts []Recruiting
	Guest   string
	Known   []participant.Known
}

// Recruiting is a cohort one may be referred to, as somebody sees it who does not work with it.
type Recruiting struct {
	ID, VersionID        uuid.UUID
	Name, Place          string
	StartsOn, EndsOn     time.Time
	PlacesTaken, SizeMax int
}

// ServiceReferralForm is the typed form, unchecked.
type ServiceReferralForm struct {
	PersonForm
	Cohort      uuid.UUID
	Eligibility casework.EligibilityForm
	Guest       uuid.UUID // of an info session, or Nil
}

// ServiceReferral is a person referred to a cohort's waiting list, to be stored.
type ServiceReferral struct {
	Person      NewPerson
	Cohort      Recruiting
	Eligibility casework.Eligibility
	Guest       uuid.UUID
}

// ReferPerson puts a person on a cohort's waiting list. It is no choice of theirs and takes no place: both come with
// the offer.
func (s Service) ReferPerson(ctx context.Context, form access.Form, f ServiceReferralForm) error {
	return s.store.AddServiceReferral(ctx, form, s.lookup(f.PersonForm), func(a access.Actor, p ServiceReferralPlan) (ServiceReferral, error) {
		var v fault.Invalid
		r := ServiceReferral{Guest: f.Guest}
		for _, c := range p.Cohorts {
			if c.ID == f.Cohort {
				r.Cohort = c
			}
		}
		if r.Cohort.ID == uuid.Nil {
			v.Add("cohort", "E_CHOICE")
		}
		r.Eligibility = f.Eligibility.Check(a.Today(), &v)
		var err error
		if r.Person, err = f.PersonForm.check(s.codes, p.Known, a, &v); err != nil {
			return r, err
		}
		return r, v.OrNil()
	})
}

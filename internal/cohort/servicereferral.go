package cohort

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/law"
)

// ServiceReferralPlan is what an expert refers a person with: the cohorts that take people in, and the name of a guest
// of an info session when the referral begins there.
type ServiceReferralPlan struct {
	Cohorts []Recruiting
	Guest   string
}

// Recruiting is a cohort one may be referred to, as somebody sees it who does not work with it.
type Recruiting struct {
	ID, VersionID        uuid.UUID
	Name, Place          string
	StartsOn, EndsOn     time.Time
	PlacesTaken, SizeMax int
}

// PersonForm is who somebody is, as it was typed.
type PersonForm struct {
	FirstName, LastName, Municipality, Phone, Email, Lang string
	BornOn                                                time.Time
}

// check trims the texts and tells what is missing.
func (f *PersonForm) check(today time.Time, v *fault.Invalid) {
	for _, t := range []*string{&f.FirstName, &f.LastName, &f.Municipality, &f.Phone, &f.Email} {
		*t = strings.TrimSpace(*t)
	}
	if f.FirstName == "" {
		v.Add("first_name", "E_REQUIRED")
	}
	if f.LastName == "" {
		v.Add("last_name", "E_REQUIRED")
	}
	if f.BornOn.IsZero() {
		v.Add("born_on", "E_DATE")
	} else if age := law.Age(f.BornOn, today); age < 15 || age > 80 {
		v.Add("born_on", "E_AGE")
	}
	if !in(f.Lang, "fi", "sv", "en") {
		v.Add("lang", "E_CHOICE")
	}
}

// ServiceReferralForm is the typed form, unchecked.
type ServiceReferralForm struct {
	PersonForm
	Cohort      uuid.UUID
	Eligibility EligibilityForm
}

// ServiceReferral is a person referred to a cohort's waiting list, to be stored.
type ServiceReferral struct {
	PersonForm
	Cohort      Recruiting
	Eligibility Eligibility
}

// ReferPerson puts a person on a cohort's waiting list. It is no choice of theirs and takes no place: both come with
// the offer.
func (s Service) ReferPerson(ctx context.Context, form access.Form, f ServiceReferralForm) error {
	return s.AddServiceReferral(ctx, form, func(a access.Actor, p ServiceReferralPlan) (ServiceReferral, error) {
		var v fault.Invalid
		r := ServiceReferral{PersonForm: f.PersonForm}
		r.check(a.Today(), &v)
		for _, c := range p.Cohorts {
			if c.ID == f.Cohort {
				r.Cohort = c
			}
		}
		if r.Cohort.ID == uuid.Nil {
			v.Add("cohort", "E_CHOICE")
		}
		r.Eligibility = f.Eligibility.check(a.Today(), &v)
		return r, v.OrNil()
	})
}

// SplitName is a name in two: its last word is the family name.
func SplitName(name string) (first, last string) {
	i := strings.LastIndex(name, " ")
	return name[:max(i, 0)], name[i+1:]
}

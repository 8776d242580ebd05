package cohort

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/law"
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

// PersonForm is who somebody is, as it was typed. NationalID may be empty.
type PersonForm struct {
	FirstName, LastName, Municipality, Phone, Email, Lang string
	BornOn                                                time.Time
	NationalID                                            string
	Same                                                  participant.Same
}

// NewPerson is a person to be stored, or one who is there already.
type NewPerson struct {
	PersonForm
	ID     uuid.UUID
	Exists bool
	Code   *participant.Code // nil for none
}

// Lookup is what the organisation may know a person by.
type Lookup struct {
	First, Last string
	Born        time.Time
	Index       []byte
}

// lookup is what to look for before somebody is made.
func (s Service) lookup(f PersonForm) Lookup {
	return Lookup{First: strings.TrimSpace(f.FirstName), Last: strings.TrimSpace(f.LastName), Born: f.BornOn, Index: s.Codes.IndexOf(f.NationalID)}
}

// check trims the texts, tells what is missing and whether the person is there already: E_DUPLICATE_PERSON,
// E_NATIONAL_ID….
func (f PersonForm) check(codes participant.Codes, known []participant.Known, a access.Actor, v *fault.Invalid) (NewPerson, error) {
	today := a.Today()
	if a.Role == access.Coordinator {
		f.NationalID = "" // not theirs to know (domain.md, role matrix)
	}
	for _, t := range []*string{&f.FirstName, &f.LastName, &f.Municipality, &f.Phone, &f.Email, &f.NationalID} {
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
	if !slices.Contains([]string{"fi", "sv", "en"}, f.Lang) {
		v.Add("lang", "E_CHOICE")
	}
	n := NewPerson{PersonForm: f, ID: uuid.Must(uuid.NewV7())}
	id := codes.Read(f.NationalID, f.BornOn, v)
	if len(*v) > 0 {
		return n, nil
	}
	if same := f.Same.Choose(known, v); same != uuid.Nil {
		n.ID, n.Exists = same, true
	}
	if id != "" && len(*v) == 0 {
		code, err := codes.Keep(id, n.ID)
		n.Code = &code
		return n, err
	}
	return n, nil
}

// ServiceReferralForm is the typed form, unchecked.
type ServiceReferralForm struct {
	PersonForm
	Cohort      uuid.UUID
	Eligibility EligibilityForm
}

// ServiceReferral is a person referred to a cohort's waiting list, to be stored.
type ServiceReferral struct {
	Person      NewPerson
	Cohort      Recruiting
	Eligibility Eligibility
}

// ReferPerson puts a person on a cohort's waiting list. It is no choice of theirs and takes no place: both come with
// the offer.
func (s Service) ReferPerson(ctx context.Context, form access.Form, f ServiceReferralForm) error {
	return s.AddServiceReferral(ctx, form, s.lookup(f.PersonForm), func(a access.Actor, p ServiceReferralPlan) (ServiceReferral, error) {
		var v fault.Invalid
		var r ServiceReferral
		for _, c := range p.Cohorts {
			if c.ID == f.Cohort {
				r.Cohort = c
			}
		}
		if r.Cohort.ID == uuid.Nil {
			v.Add("cohort", "E_CHOICE")
		}
		r.Eligibility = f.Eligibility.check(a.Today(), &v)
		var err error
		if r.Person, err = f.PersonForm.check(s.Codes, p.Known, a, &v); err != nil {
			return r, err
		}
		return r, v.OrNil()
	})
}

// SplitName is a name in two: its last word is the family name.
func SplitName(name string) (first, last string) {
	i := strings.LastIndex(name, " ")
	return name[:max(i, 0)], name[i+1:]
}

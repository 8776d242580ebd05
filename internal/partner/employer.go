package partner

import (
	"context"
	"slices"
	"strings"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// NewEmployer is an employer with its first site and contact person. The site's id is the form's.
type NewEmployer struct {
	Name, BusinessID, Municipality      string
	Kind, Field                         string
	Same                                bool // another site of the employer this business id belongs to
	SiteName, Address, Tasks            string
	PersonName, PersonPhone, PersonMail string
}

// Add stores an employer with its first site: the Y-tunnus must be a real one (E_BUSINESS_ID). One that is there already
// gets another site, once it is said that it is the same (E_EMPLOYER_KNOWN).
func (s Service) Add(ctx context.Context, form access.Form, n NewEmployer) error {
	return s.store.CreateEmployer(
		ctx,
		form,
		strings.TrimSpace(n.BusinessID),
		func(known string) (NewEmployer, error) { return n.check(known) },
	)
}

func (n NewEmployer) check(known string) (NewEmployer, error) {
	var v fault.Invalid
	for _, t := range []*string{
		&n.Name, &n.BusinessID, &n.Municipality, &n.SiteName, &n.Address, &n.Tasks, &n.PersonName, &n.PersonPhone,
		&n.PersonMail,
	} {
		*t = strings.TrimSpace(*t)
	}
	v.Require("name", n.Name, 500)
	if !slices.Contains(OrganiserKinds, n.Kind) {
		v.Add("kind_of", "E_CHOICE")
	}
	if !slices.Contains(Fields, n.Field) {
		v.Add("field", "E_CHOICE")
	}
	if n.BusinessID != "" && !ValidBusinessID(n.BusinessID) {
		v.Add("business_id", "E_BUSINESS_ID")
	}
	if known != "" && !n.Same {
		v.Add("business_id", "E_EMPLOYER_KNOWN", "Name", known)
	}
	if n.SiteName == "" {
		n.SiteName = n.Name
	}
	v.Limit("municipality", n.Municipality, 500)
	v.Limit("site", n.SiteName, 500)
	v.Limit("address", n.Address, 500)
	v.Limit("tasks", n.Tasks, 500)
	v.Require("person", n.PersonName, 200)
	v.Limit("phone", n.PersonPhone, 200)
	v.Limit("email", n.PersonMail, 200)
	return n, v.OrNil()
}

// ValidBusinessID checks a Y-tunnus (1234567-8): weights 7 9 10 5 8 4 2, remainder of 11 (internal/domain.md, h5).
func ValidBusinessID(s string) bool {
	if len(s) != 9 || s[7] != '-' {
		return false
	}
	sum := 0
	for i, w := range []int{7, 9, 10, 5, 8, 4, 2} {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
		sum += int(s[i]-'0') * w
	}
	r := sum % 11
	return r != 1 && int(s[8]-'0') == (11-r)%11
}

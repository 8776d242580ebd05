package partner

import (
	"context"
	"slices"
	"strings"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/participant"
	"kuukausi/internal/text"

	"github.com/google/uuid"
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
	n.BusinessID = ReadBusinessID(n.BusinessID)
	return s.store.CreateEmployer(
		ctx,
		form,
		n.BusinessID,
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
	v.Name("name", n.Name, 200)
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
	v.Limit("municipality", n.Municipality, 100)
	v.Limit("site", n.SiteName, 200)
	v.Limit("address", n.Address, 500)
	v.Limit("tasks", n.Tasks, 500)
	v.Name("person", n.PersonName, 200)
	v.Limit("phone", n.PersonPhone, 200)
	v.Email("email", n.PersonMail)
	return n, v.OrNil()
}

// ReadBusinessID reads a Y-tunnus as it is pasted: with any hyphen or none, with spaces, or as a VAT number (FI…).
func ReadBusinessID(s string) string {
	s = strings.ReplaceAll(strings.ToUpper(text.Hyphens(text.Line(s))), " ", "")
	s = strings.TrimPrefix(s, "FI")
	if len(s) == 8 && !strings.Contains(s, "-") {
		s = s[:7] + "-" + s[7:]
	}
	return s
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

// Employer is who stands behind a site, with what was corrected before (internal/domain.md, ruling 41).
type Employer struct {
	SiteID, ID                 uuid.UUID
	SiteName, Name, BusinessID string
	Version                    int
	Corrections                []participant.Correction
}

// EmployerForm is the typed form, unchecked.
type EmployerForm struct{ Name, BusinessID string }

// CorrectEmployer gives the employer of a site another name or Y-tunnus; what it was is kept. The Y-tunnus is a real one
// (E_BUSINESS_ID) that no other employer has (E_EMPLOYER_TAKEN). E_SAME: nothing changes.
func (s Service) CorrectEmployer(ctx context.Context, site uuid.UUID, form access.Form, f EmployerForm) error {
	f.Name, f.BusinessID = strings.TrimSpace(f.Name), ReadBusinessID(f.BusinessID)
	return s.store.CorrectEmployer(
		ctx, site, form, f.BusinessID,
		func(x Employer, taken string) (EmployerForm, []participant.Correction, error) {
			var v fault.Invalid
			v.Name("name", f.Name, 200)
			if f.BusinessID != "" && !ValidBusinessID(f.BusinessID) {
				v.Add("business_id", "E_BUSINESS_ID")
			}
			if taken != "" {
				v.Add("business_id", "E_EMPLOYER_TAKEN", "Name", taken)
			}
			changed := participant.Changed(&v,
				participant.Correction{Field: "name", Was: x.Name, Now: f.Name},
				participant.Correction{Field: "business_id", Was: x.BusinessID, Now: f.BusinessID},
			)
			return f, changed, v.OrNil()
		},
	)
}

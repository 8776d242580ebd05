package recruitment

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/participant"
)

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
	return Lookup{
		First: strings.TrimSpace(f.FirstName),
		Last:  strings.TrimSpace(f.LastName),
		Born:  f.BornOn,
		Index: s.codes.IndexOf(f.NationalID),
	}
}

// check trims the texts, tells what is missing and whether the person is there already: E_DUPLICATE_PERSON,
// E_NATIONAL_ID….
func (f PersonForm) check(codes participant.Codes, known []participant.Known, a access.Actor, v *fault.Invalid) (NewPerson, error) {
	today := a.Today()
	if a.Role == access.Coordinator {
		f.NationalID = "" // not theirs to know (internal/domain.md, "Who may do what")
	}
	for _, t := range []*string{&f.FirstName, &f.LastName, &f.Municipality, &f.Phone, &f.Email, &f.NationalID} {
		*t = strings.TrimSpace(*t)
	}
	participant.BasicsForm{FirstName: f.FirstName, LastName: f.LastName, BornOn: f.BornOn, Lang: f.Lang}.Check(today, v)
	v.Limit("municipality", f.Municipality, 100)
	v.Limit("phone", f.Phone, 100)
	v.Email("email", f.Email)
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

// SplitName is a name in two: its last word is the family name.
func SplitName(name string) (first, last string) {
	i := strings.LastIndex(name, " ")
	return name[:max(i, 0)], name[i+1:]
}

package participant

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/law"
	"kuukausi/internal/locale"
)

// Basics are who somebody is, with what was corrected before (internal/domain.md, ruling 41).
type Basics struct {
	EnrolmentID, ParticipantID uuid.UUID
	FirstName, LastName        string
	BornOn                     time.Time
	Lang                       string
	CodeKnown                  bool // an identity code is recorded: it says when they were born
	Version                    int
	Corrections                []Correction
}

// Correction is what a fact was before.
type Correction struct {
	Field, Was, Now string
	By              string
	At              time.Time
}

// Changed are those facts that become something else. E_SAME, where nothing else is wrong: none does.
func Changed(v *fault.Invalid, facts ...Correction) (out []Correction) {
	for _, c := range facts {
		if c.Was != c.Now {
			out = append(out, c)
		}
	}
	if len(*v) == 0 && len(out) == 0 {
		v.Add("", "E_SAME")
	}
	return out
}

// BasicsForm is the typed form, unchecked.
type BasicsForm struct {
	FirstName, LastName, Lang string
	BornOn                    time.Time
}

// Check refuses who nobody can be: a name without a letter (E_NAME), an age that the service is not for (E_DATE, E_AGE), a
// language it does not speak (E_CHOICE).
func (f BasicsForm) Check(today time.Time, v *fault.Invalid) {
	v.Name("first_name", f.FirstName, 100)
	v.Name("last_name", f.LastName, 100)
	if f.BornOn.IsZero() {
		v.Add("born_on", "E_DATE")
	} else if age := law.Age(f.BornOn, today); age < 15 || age > 80 {
		v.Add("born_on", "E_AGE")
	}
	if !slices.Contains(locale.Langs, f.Lang) {
		v.Add("lang", "E_CHOICE")
	}
}

// Correct stores who somebody is; what changes is kept as it was. A name holds a letter (E_NAME), the age is one the service is
// for (E_AGE), and a birth that an identity code tells is corrected with the code (E_CODE_BORN). E_SAME: nothing changes.
func (s Service) Correct(ctx context.Context, enrolment uuid.UUID, form access.Form, f BasicsForm) error {
	return s.store.CorrectBasics(ctx, enrolment, form, func(a access.Actor, b Basics) (BasicsForm, []Correction, error) {
		return b.correct(f, a.Today())
	})
}

func (b Basics) correct(f BasicsForm, today time.Time) (BasicsForm, []Correction, error) {
	var v fault.Invalid
	f.FirstName, f.LastName = strings.TrimSpace(f.FirstName), strings.TrimSpace(f.LastName)
	f.Check(today, &v)
	if b.CodeKnown && !f.BornOn.IsZero() && !f.BornOn.Equal(b.BornOn) {
		v.Add("born_on", "E_CODE_BORN")
	}
	out := Changed(&v,
		Correction{Field: "first_name", Was: b.FirstName, Now: f.FirstName},
		Correction{Field: "last_name", Was: b.LastName, Now: f.LastName},
		Correction{Field: "born_on", Was: b.BornOn.Format(time.DateOnly), Now: f.BornOn.Format(time.DateOnly)},
		Correction{Field: "lang", Was: b.Lang, Now: f.Lang},
	)
	return f, out, v.OrNil()
}

package programme

import (
	"context"
	"math"
	"slices"
	"strings"
	"time"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/law"
)

// LawNumber is one number of the law with its values by date (internal/domain.md 100).
type LawNumber struct {
	Key, Unit string
	Values    []LawValue // the oldest first; of one day the organisation's own comes last and wins
}

// LawValue is a number from a day on. National ones come by migration; an organisation's own override from a date
// (internal/domain.md, ruling 18).
type LawValue struct {
	ValidFrom time.Time
	Value     float64
	Source    string
	CheckedOn time.Time
	Own       bool
	By        string
}

// On is the value in force on a day.
func (n LawNumber) On(day time.Time) (v LawValue, ok bool) {
	for _, x := range n.Values {
		if !x.ValidFrom.After(day) && (!ok || !x.ValidFrom.Before(v.ValidFrom)) {
			v, ok = x, true
		}
	}
	return v, ok
}

// Coming are the values of days to come.
func (n LawNumber) Coming(today time.Time) (out []LawValue) {
	for _, x := range n.Values {
		if x.ValidFrom.After(today) {
			out = append(out, x)
		}
	}
	return out
}

// Old tells whether the number in force was checked more than twelve months ago.
func (n LawNumber) Old(today time.Time) bool {
	v, ok := n.On(today)
	return ok && v.CheckedOn.AddDate(1, 0, 0).Before(today)
}

// LawForm is a number as it was typed, unchecked; Value is negative when it is no number.
type LawForm struct {
	Key       string
	Value     float64
	ValidFrom time.Time
	Source    string
	CheckedOn time.Time
}

// SetLaw stores the organisation's own number from a day on, today at the earliest: what was judged before keeps what it
// was judged by. A number of today or of a day to come is replaced by a later one of the same day. E_LAW_ORDER for a number
// that cannot be: a shortest day above the longest, more than seven days a week, no months at all.
func (s Service) SetLaw(ctx context.Context, form access.Form, f LawForm) error {
	return s.store.AddLawNumber(ctx, form, func(a access.Actor, all []LawNumber) (LawForm, error) {
		var v fault.Invalid
		f.Source = strings.TrimSpace(f.Source)
		at := slices.IndexFunc(all, func(n LawNumber) bool { return n.Key == f.Key })
		if at < 0 {
			v.Add("key", "E_CHOICE")
		}
		if f.Value < 0 || f.Value > 1_000_000 || f.Value != math.Trunc(f.Value) {
			v.Add("value", "E_NUMBER")
		}
		on := func(key string) (float64, bool) {
			for _, n := range all {
				if n.Key == key {
					x, ok := n.On(f.ValidFrom)
					return x.Value, ok
				}
			}
			return 0, false
		}
		least, _ := on(law.TrialDayMin)
		most, known := on(law.TrialDayMax)
		if len(v) == 0 &&
			(f.Key == law.TrialDayMin && known && f.Value > most || f.Key == law.TrialDayMax && f.Value < least ||
				strings.HasSuffix(f.Key, "week_days_max") && (f.Value < 1 || f.Value > 7) || f.Key == law.TrialTotalMax && f.Value < 1) {
			v.Add("value", "E_LAW_ORDER")
		}
		switch {
		case f.ValidFrom.IsZero():
			v.Add("valid_from", "E_DATE")
		case f.ValidFrom.Before(a.Today()):
			v.Add("valid_from", "E_PAST")
		}
		v.Require("source", f.Source, 200)
		switch {
		case f.CheckedOn.IsZero():
			v.Add("checked_on", "E_DATE")
		case f.CheckedOn.After(a.Today()):
			v.Add("checked_on", "E_FUTURE")
		}
		return f, v.OrNil()
	})
}

package placement

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// EndChange is a changed last day the three agreed on in writing.
type EndChange struct {
	OldOn, NewOn, AgreedOn time.Time
	By                     string
}

// EndMove is a new last day with everything that moves with it, shown before it is confirmed.
type EndMove struct {
	Old, New time.Time
	Moved    []MovedCheckin
	Added    []Checkin // those a longer trial has besides
	AgreedOn time.Time
}

// MovedCheckin is a planned contact whose day changes.
type MovedCheckin struct {
	Checkin
	To time.Time
}

// NewEndForm is typed on the page of a new last day.
type NewEndForm struct {
	EndsOn   time.Time
	AgreedOn time.Time // when the last of the three signed the change
	Signed   bool      // all three have
}

// MoveEnd is what a new last day changes; the law judges it as it judges a new agreement (E_TRIAL_MAX, E_TRIAL_DATES,
// E_SITE_FULL).
func (t Trial) MoveEnd(to time.Time, continuing bool, today time.Time) (EndMove, error) {
	m := EndMove{Old: t.Terms.EndsOn, New: to}
	var v fault.Invalid
	switch {
	case t.State != Active:
		v.Add("", "E_TRIAL_LOCKED")
	case to.IsZero():
		v.Add("ends_on", "E_DATE")
	case to.Before(t.Terms.StartsOn) || to.Before(today):
		v.Add("ends_on", "E_PAST")
	case to.Equal(t.Terms.EndsOn):
		v.Add("ends_on", "E_SAME_DAY")
	}
	if len(v) > 0 {
		return m, v
	}
	terms := t.Terms
	terms.EndsOn, terms.Continuing = to, t.Terms.Continuing || continuing
	if err := terms.check(t.plan(), t.ID); err != nil && to.After(t.Terms.EndsOn) { // to end earlier is always lawful
		for _, p := range err.(fault.Invalid) {
			if p.Field != "" {
				p.Field = "ends_on"
			}
			v = append(v, p)
		}
		return m, v
	}
	day := map[string]Rhythm{}
	for _, r := range t.Rhythm {
		day[r.Code] = r
	}
	for _, c := range t.Checkins {
		r, known := day[c.Code]
		if c.Done != nil || !known {
			continue
		}
		if due := r.due(t.Terms.StartsOn, to); !due.Equal(c.DueOn) {
			m.Moved = append(m.Moved, MovedCheckin{Checkin: c, To: due})
		}
	}
	for _, c := range plan(t.Rhythm, t.Terms.StartsOn, to, today) {
		if !c.DueOn.Before(today) && !slices.ContainsFunc(t.Checkins, func(x Checkin) bool { return x.Code == c.Code }) {
			m.Added = append(m.Added, c)
		}
	}
	return m, nil
}

// ChangeEnd stores a new last day and moves every later date with it, in one step. The change is an agreement of the three:
// signed by all (E_TRIAL_UNSIGNED), not after today.
func (s Service) ChangeEnd(ctx context.Context, trial uuid.UUID, form access.Form, f NewEndForm, continuing bool) error {
	return s.store.StoreEnd(ctx, trial, form, f.EndsOn, func(a access.Actor, t Trial) (EndMove, error) {
		m, err := t.MoveEnd(f.EndsOn, continuing, a.Today())
		v, _ := err.(fault.Invalid)
		m.AgreedOn = f.AgreedOn
		switch {
		case f.AgreedOn.IsZero():
			v.Add("agreed_on", "E_DATE")
		case f.AgreedOn.After(a.Today()):
			v.Add("agreed_on", "E_FUTURE")
		case f.AgreedOn.Before(t.Terms.StartsOn.AddDate(-1, 0, 0)):
			v.Add("agreed_on", "E_PAST")
		}
		if !f.Signed {
			v.AddAs("signed", "E_TRIAL_UNSIGNED", "problem.E_TRIAL_CHANGE_UNSIGNED")
		}
		return m, v.OrNil()
	})
}

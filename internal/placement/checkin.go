package placement

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/programme"
)

// beforeStart is the one planned contact whose days count back from the first day.
const beforeStart = "before"

// Rhythm is when the programme wants a site contacted: days from the trial's first day, or before its last when negative.
type Rhythm struct {
	Code string
	Day  int
}

// Checkin is a planned contact with a site; Done is the day it was made.
type Checkin struct {
	ID    uuid.UUID
	Code  string
	DueOn time.Time
	Done  *time.Time
	Kind  string // how it was made
	By    string
}

// Missed tells whether it should have been made before today.
func (c Checkin) Missed(today time.Time) bool { return c.Done == nil && c.DueOn.Before(today) }

// due is the day of a planned contact, a working day: inside the trial, or before it.
func (r Rhythm) due(starts, ends time.Time) time.Time {
	on, step := starts.AddDate(0, 0, r.Day), 1
	switch {
	case r.Code == beforeStart:
		on, step = starts.AddDate(0, 0, -max(r.Day, -r.Day)), -1
	case r.Day < 0:
		on, step = ends.AddDate(0, 0, r.Day), -1
	}
	for !programme.WorkingDay(on, nil) {
		on = on.AddDate(0, 0, step)
	}
	switch {
	case r.Code == beforeStart:
		return on
	case on.Before(starts):
		return starts
	case on.After(ends):
		return ends
	}
	return on
}

// plan are the contacts of a trial that comes into force; the one before the start only while there is time for it.
func plan(rhythm []Rhythm, starts, ends, today time.Time) (out []Checkin) {
	for _, r := range rhythm {
		if r.Code == beforeStart && r.due(starts, ends).Before(today) {
			continue
		}
		if starts.AddDate(0, 0, max(r.Day, 0)).After(ends) {
			continue // a trial of two weeks has no third
		}
		out = append(out, Checkin{ID: uuid.Must(uuid.NewV7()), Code: r.Code, DueOn: r.due(starts, ends)})
	}
	return out
}

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
	return s.StoreEnd(ctx, trial, form, f.EndsOn, func(a access.Actor, t Trial) (EndMove, error) {
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
			v = append(v, fault.Problem{Field: "signed", Code: "E_TRIAL_UNSIGNED", Key: "problem.E_TRIAL_CHANGE_UNSIGNED"})
		}
		return m, v.OrNil()
	})
}

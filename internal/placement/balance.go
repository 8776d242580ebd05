package placement

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/law"
)

// States of what was not made here.
const (
	Elsewhere  = "elsewhere"  // a trial of which there is evidence
	Unemployed = "unemployed" // a time without work of which there is evidence
)

// Balance is how much of the six months in total a person has used when a trial begins on a day (380/2023 55 §).
type Balance struct {
	Months   int        // the limit
	Counted  []Earlier  // trials that count, the oldest first
	Used     int        // their days
	Anchor   time.Time  // from when the months of the limit are counted: the first day of the first counted trial
	Restarts *time.Time // from when on the counter begins anew, if nothing changes; nil when nothing is used or it depends on evidence
	Restart  int        // months without work after a trial, after which it begins anew
	Young    bool       // below the age at which a shorter pause is enough once the maximum was used
}

// Weigh counts a person's trials before one that begins on start. A trial before a restart counts no more: twelve
// months without work, one after another, after it; or, below 25, three months after the maximum was used. Proposals,
// cancelled and declined ones do not count; self is the trial that is being judged.
func Weigh(all []Earlier, self uuid.UUID, born, start time.Time, book law.Book) Balance {
	num := func(key string) int { x, _ := book.On(key, start); return x.Value }
	b := Balance{Months: num(law.TrialTotalMax), Restart: num(law.TrialRestart), Anchor: start}
	b.Young = !born.IsZero() && law.Age(born, start) < num(law.YoungBelow)
	var trials, idle []Earlier
	for _, e := range all {
		switch {
		case e.ID == self && self != uuid.Nil:
		case e.State == Unemployed:
			idle = append(idle, e)
		case in(e.State, []string{Active, Ended, Elsewhere}) && e.EndsOn != nil:
			trials = append(trials, e)
		}
	}
	slices.SortFunc(trials, func(x, y Earlier) int { return x.StartsOn.Compare(y.StartsOn) })
	next := func(on time.Time) { // begins anew if a pause before that day was long enough
		if len(b.Counted) == 0 {
			return
		}
		end := *b.Counted[0].EndsOn
		for _, c := range b.Counted {
			if c.EndsOn.After(end) {
				end = *c.EndsOn
			}
		}
		free := end.AddDate(0, 0, 1)
		anew := b.Young && !on.Before(start) && b.used() && !law.AddMonths(free, num(law.YoungRestart)).After(on)
		for _, u := range idle {
			from, until := u.StartsOn, on
			if from.Before(free) {
				from = free
			}
			if u.EndsOn != nil && u.EndsOn.AddDate(0, 0, 1).Before(until) {
				until = u.EndsOn.AddDate(0, 0, 1)
			}
			anew = anew || b.Restart > 0 && !law.AddMonths(from, b.Restart).After(until)
		}
		if anew {
			b.Counted, b.Used = nil, 0
		}
	}
	for _, t := range trials {
		if t.StartsOn.Before(start) {
			next(t.StartsOn)
		}
		b.Counted, b.Used = append(b.Counted, t), b.Used+days(t.StartsOn, *t.EndsOn)
		b.Anchor = b.Counted[0].StartsOn
	}
	next(start)
	if len(b.Counted) == 0 || b.Anchor.After(start) {
		b.Anchor = start
	}
	if len(b.Counted) > 0 {
		free := b.Counted[len(b.Counted)-1].EndsOn.AddDate(0, 0, 1)
		on := law.AddMonths(free, b.Restart)
		if b.Young && b.used() {
			on = law.AddMonths(free, num(law.YoungRestart))
		}
		b.Restarts = &on
	}
	return b
}

// allowed are the days of the limit's calendar months.
func (b Balance) allowed() int { return days(b.Anchor, law.AddMonths(b.Anchor, b.Months)) - 1 }

// used tells whether nothing is left.
func (b Balance) used() bool { return b.Used >= b.allowed() }

// Left are the days that are left.
func (b Balance) Left() int { return max(0, b.allowed()-b.Used) }

// LastDay is the last day a trial that begins on start may have; the day before it when nothing is left.
func (b Balance) LastDay(start time.Time) time.Time {
	if b.Used == 0 {
		return law.AddMonths(start, b.Months).AddDate(0, 0, -1)
	}
	return start.AddDate(0, 0, b.Left()-1)
}

// Split are days as whole calendar months from the anchor, and the days over.
func (b Balance) Split(n int) (months, over int) {
	whole := func(m int) int { return days(b.Anchor, law.AddMonths(b.Anchor, m)) - 1 }
	for whole(months+1) <= n {
		months++
	}
	return months, n - whole(months)
}

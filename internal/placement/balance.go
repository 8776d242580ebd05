package placement

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/law"
)

// Balance is how much of the six months in total a person has used when a trial begins on a day (380/2023 55 §).
type Balance struct {
	Months   int        // the limit
	Counted  []Earlier  // trials that count, the oldest first
	Used     int        // the days on which there was one
	Anchor   time.Time  // from when the months of the limit are counted: the first day of the first counted trial
	Restarts *time.Time // from when on the counter begins anew, if nothing changes; nil when nothing is used
	Restart  int        // months without work after a trial, after which it begins anew
	Pause    int        // months without work after the maximum was used, after which it does so below the age
	Below    int        // that age
	Young    bool       // below it
}

// Weigh counts a person's trials before one that begins on start. A trial before a restart counts no more: twelve
// months without work, one after another, after it; or, below 25, three such months after the maximum was used. Both need
// evidence of the unemployment (internal/domain.md, ruling 37). Proposals, cancelled and declined ones do not count; self is
// the trial that is being judged.
func Weigh(all []Earlier, self uuid.UUID, born, start time.Time, book law.Book) Balance {
	num := func(key string) int { x, _ := book.On(key, start); return x.Value }
	b := Balance{
		Months:  num(law.TrialTotalMax),
		Restart: num(law.TrialRestart),
		Pause:   num(law.YoungRestart),
		Below:   num(law.YoungBelow),
		Anchor:  start,
	}
	young := func(on time.Time) bool { return !born.IsZero() && law.Age(born, on) < b.Below }
	b.Young = young(start)
	var trials, idle []Earlier
	for _, e := range all {
		switch {
		case e.ID == self && self != uuid.Nil:
		case e.State == Unemployed:
			idle = append(idle, e)
		case e.State.TookPlace() && e.EndsOn != nil:
			trials = append(trials, e)
		}
	}
	slices.SortFunc(trials, func(x, y Earlier) int { return x.StartsOn.Compare(y.StartsOn) })
	idle = joinIdle(idle)
	anew := func(on time.Time) { // begins again if the pause before that day was long enough
		if len(b.Counted) == 0 {
			return
		}
		free := b.ended().AddDate(0, 0, 1)
		again, months := false, b.Restart
		if young(on) && b.used() {
			months = min(months, b.Pause)
		}
		for _, u := range idle {
			from, until := u.StartsOn, on
			if from.Before(free) {
				from = free
			}
			if u.EndsOn != nil && u.EndsOn.AddDate(0, 0, 1).Before(until) {
				until = u.EndsOn.AddDate(0, 0, 1)
			}
			again = again || months > 0 && !law.AddMonths(from, months).After(until)
		}
		if again {
			b.Counted, b.Used = nil, 0
		}
	}
	for _, t := range trials {
		anew(t.StartsOn)
		b.Counted = append(b.Counted, t)
		b.Anchor, b.Used = b.Counted[0].StartsOn, covered(b.Counted)
	}
	if len(b.Counted) > 0 && !b.ended().After(start) {
		anew(start)
	}
	if len(b.Counted) == 0 || b.Anchor.After(start) {
		b.Anchor = start
	}
	if len(b.Counted) > 0 {
		pause := b.Restart
		if b.Young && b.used() {
			pause = b.Pause
		}
		on := law.AddMonths(b.ended().AddDate(0, 0, 1), pause)
		b.Restarts = &on
	}
	return b
}

// joinIdle makes one time of pieces that touch or overlap.
func joinIdle(all []Earlier) (out []Earlier) {
	slices.SortFunc(all, func(x, y Earlier) int { return x.StartsOn.Compare(y.StartsOn) })
	for _, e := range all {
		if n := len(out); n > 0 && (out[n-1].EndsOn == nil || !e.StartsOn.After(out[n-1].EndsOn.AddDate(0, 0, 1))) {
			if last := &out[n-1]; last.EndsOn != nil && (e.EndsOn == nil || e.EndsOn.After(*last.EndsOn)) {
				last.EndsOn = e.EndsOn
			}
			continue
		}
		out = append(out, e)
	}
	return out
}

// covered are the days on which one of the trials, in order of their beginning, went on: two on one day are one day.
func covered(trials []Earlier) (n int) {
	var until time.Time
	for _, t := range trials {
		from := t.StartsOn
		if !until.IsZero() && !from.After(until) {
			from = until.AddDate(0, 0, 1)
		}
		if !t.EndsOn.Before(from) {
			n += days(from, *t.EndsOn)
		}
		if t.EndsOn.After(until) {
			until = *t.EndsOn
		}
	}
	return n
}

// ended is the last day of those that count.
func (b Balance) ended() (day time.Time) {
	for _, c := range b.Counted {
		if c.EndsOn.After(day) {
			day = *c.EndsOn
		}
	}
	return day
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
	for months < 1200 && whole(months+1) <= n { // a hundred years: whatever was typed
		months++
	}
	return months, n - whole(months)
}

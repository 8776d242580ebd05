package schedule

import (
	"context"
	"strings"
	"time"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/programme"
)

// ClosedDay is a day on which the organisation is closed; it lengthens a month by a day (internal/domain.md, ruling 13).
type ClosedDay struct {
	Day     time.Time
	Reason  string
	Meeting int // how many cohorts have a meeting on it
}

// maxClosed is how many days one form closes.
const maxClosed = 31

// CloseDays notes the working days from one day to another (or the one day, with a zero until) as closed. Cohorts that
// exist already are not changed: their coach is told and moves the meeting.
func (s Service) CloseDays(ctx context.Context, form access.Form, from, until time.Time, ranged bool, reason string) error {
	return s.store.AddClosedDays(ctx, form, func(a access.Actor, have []time.Time) ([]ClosedDay, error) {
		var v fault.Invalid
		reason := strings.TrimSpace(reason)
		if !ranged {
			until = from
		}
		switch {
		case from.IsZero():
			v.Add("from", "E_DATE")
		case from.Before(a.Today()):
			v.Add("from", "E_PAST")
		case until.IsZero():
			v.Add("until", "E_DATE")
		case until.Before(from) || until.Sub(from).Hours() > maxClosed*24:
			v.Add("until", "E_RANGE_DAYS", "Max", maxClosed)
		}
		if reason == "" {
			v.Add("reason", "E_REQUIRED")
		}
		if len(v) > 0 {
			return nil, v
		}
		var out []ClosedDay
		for d := from; !d.After(until); d = d.AddDate(0, 0, 1) {
			if programme.WorkingDay(d, have) {
				out = append(out, ClosedDay{Day: d, Reason: reason})
			}
		}
		if len(out) == 0 {
			v.Add("from", "E_NO_WORKING_DAY")
		}
		return out, v.OrNil()
	})
}

// OpenDay takes a closed day back that has not come yet (E_PAST).
func (s Service) OpenDay(ctx context.Context, day time.Time, form access.Form) error {
	return s.store.DropClosedDay(ctx, day, form, func(a access.Actor) error {
		if day.Before(a.Today()) {
			return fault.One("", "E_PAST")
		}
		return nil
	})
}

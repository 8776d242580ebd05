package schedule

import (
	"context"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/fault"
	"kuukausi/internal/programme"
)

// FirstDay is a cohort with every half-day, for setting its first day anew.
type FirstDay struct {
	Head     casework.Group
	Meetings []Scheduled
	Closed   []time.Time
	Engaged  []Engaged
}

// PreviewFirstDay answers every date that another first day would change, and changes none.
func (s Service) PreviewFirstDay(ctx context.Context, cohort uuid.UUID, to time.Time) (FirstDay, []Change, error) {
	f, err := s.store.FirstDay(ctx, cohort)
	if err != nil {
		return f, nil, err
	}
	ch, err := f.Move(to)
	return f, ch, err
}

// MoveFirstDay lays the programme anew from another first day, a working day (E_HOLIDAY), of a month that has not begun
// (E_NOT_BEFORE, internal/domain.md, ruling 41); half-days that were moved by hand go back to their place in the programme.
// Nobody's hours at work are taken (E_OVERLAP).
func (s Service) MoveFirstDay(ctx context.Context, cohort uuid.UUID, form access.Form, to time.Time) error {
	return s.store.LayAnew(ctx, cohort, form, func(f FirstDay) ([]Change, Span, error) {
		ch, err := f.Move(to)
		return ch, f.Span(ch, to), err
	})
}

// Move is the rule of MoveFirstDay.
func (f FirstDay) Move(to time.Time) ([]Change, error) {
	var v fault.Invalid
	switch {
	case !f.Head.State.Before():
		return nil, fault.One("", "E_NOT_BEFORE")
	case to.IsZero():
		v.Add("to", "E_DATE")
	case to.Equal(f.Head.StartsOn):
		v.Add("to", "E_SAME_DAY")
	case !programme.WorkingDay(to, f.Closed):
		v.Add("to", "E_HOLIDAY")
	}
	if len(v) > 0 {
		return nil, v
	}
	weeks := 0
	for _, m := range f.Meetings {
		weeks = max(weeks, m.Week)
	}
	days := f.Head.Shape.Dates(weeks, to, f.Closed)
	var out []Change
	for _, m := range f.Meetings {
		if m.Marked {
			v.Add("", "E_MEETING_MARKED", "Title", m.Title)
		}
		if day := days[m.Day-1]; !day.Equal(m.HeldOn) {
			out = append(out, Change{m.ID, m.Title, m.HeldOn, day})
			if !m.Cancelled {
				clash(f.Engaged, m, day, &v)
			}
		}
	}
	return out, v.OrNil()
}

// Span is the month after these changes.
func (f FirstDay) Span(changes []Change, first time.Time) Span {
	s := Span{From: first, Until: first}
	to := map[uuid.UUID]time.Time{}
	for _, c := range changes {
		to[c.ID] = c.To
	}
	for _, m := range f.Meetings { // also those that keep their day
		on, moved := to[m.ID]
		if !moved {
			on = m.HeldOn
		}
		if on.After(s.Until) {
			s.Until = on
		}
	}
	return s
}

// Touched is what must be looked at after these changes.
func (f FirstDay) Touched(changes []Change, first time.Time) []Touched {
	return touched(f.Engaged, f.Meetings, changes, Span{f.Head.StartsOn, f.Head.EndsOn}, f.Span(changes, first))
}

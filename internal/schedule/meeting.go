package schedule

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/programme"
)

// Meeting is a half-day of a cohort or of one enrolment.
type Meeting struct {
	ID           uuid.UUID
	CohortID     *uuid.UUID
	EnrolmentID  *uuid.UUID
	CohortName   string
	CohortStart  *time.Time
	CohortEnd    *time.Time
	HeldOn       time.Time
	Half         int // 1 or 2 of its day; what it is for, its Kind says
	Day, Week    int
	Days         int
	StartsAt     int
	EndsAt       int
	Kind         string
	Theme, Title string
	Version      int
	Cancelled    bool
	Reason       string // why it was cancelled
}

// AtWork tells whether people are at their trial's workplace then: the kind decides, never the half.
func (m Meeting) AtWork() bool { return m.Kind == programme.KindTrial }

// Begun tells whether the half-day has begun by now. What happened on it can be marked from then on (internal/domain.md,
// ruling 34).
func (m Meeting) Begun(now time.Time) bool {
	today := access.Day(now)
	return m.HeldOn.Before(today) || m.HeldOn.Equal(today) && m.StartsAt <= access.Minute(now)
}

// Schedule is a cohort's half-days of one half, in order, for moving one of them.
type Schedule struct {
	Meeting  Meeting
	Meetings []Scheduled
	Closed   []time.Time
	Moves    []Moved
	Where    Where
	Engaged  []Engaged // what the cohort's people have beside them
}

// Scheduled is one of them.
type Scheduled struct {
	ID        uuid.UUID
	HeldOn    time.Time
	Day, Week int // of the programme
	Kind      string
	Title     string
	Marked    bool
	Cancelled bool
	StartsAt  int
	EndsAt    int
}

// AtWork tells whether people are at their trial's workplace then.
func (x Scheduled) AtWork() bool { return x.Kind == programme.KindTrial }

// Moved is a date that was changed before.
type Moved struct {
	From, To time.Time
	Reason   string
	By       string
	At       time.Time
}

// Change is a date that changes.
type Change struct {
	ID       uuid.UUID
	Title    string
	From, To time.Time
}

// Move is where a meeting is to go, unchecked. Push takes every later meeting of its half along, a working day each.
type Move struct {
	To     time.Time
	Push   bool
	Reason string
}

// PreviewMove answers every date a move would change, and changes none.
func (s Service) PreviewMove(ctx context.Context, meeting uuid.UUID, m Move) (Schedule, []Change, error) {
	sch, err := s.store.Schedule(ctx, meeting)
	if err != nil {
		return sch, nil, err
	}
	ch, err := sch.Move(access.From(ctx).Actor, m)
	return sch, ch, err
}

// End is the cohort's last day after these changes; the same as now when it does not grow.
func (s Schedule) End(changes []Change) time.Time {
	end := *s.Meeting.CohortEnd
	for _, c := range changes {
		if c.To.After(end) {
			end = c.To
		}
	}
	return end
}

// Touched is what must be looked at after these changes.
func (s Schedule) Touched(changes []Change) []Touched {
	was := Span{*s.Meeting.CohortStart, *s.Meeting.CohortEnd}
	return touched(s.Engaged, s.Meetings, changes, was, Span{was.From, s.End(changes)})
}

// MoveMeeting moves a meeting: to a working day (E_HOLIDAY), not one that was marked (E_MEETING_MARKED), not over the hours
// of somebody's trial (E_OVERLAP), into another week only with a reason (E_THEME_REASON, internal/domain.md 18). Without Push
// it changes places with the meeting of that day.
func (s Service) MoveMeeting(ctx context.Context, meeting uuid.UUID, form access.Form, m Move) error {
	return s.store.Reschedule(
		ctx,
		meeting,
		form,
		strings.TrimSpace(m.Reason),
		func(a access.Actor, sch Schedule) ([]Change, error) { return sch.Move(a, m) },
	)
}

// Move is the rule of MoveMeeting.
func (s Schedule) Move(a access.Actor, m Move) ([]Change, error) {
	var v fault.Invalid
	at := slices.IndexFunc(s.Meetings, func(x Scheduled) bool { return x.ID == s.Meeting.ID })
	if at < 0 || s.Meeting.AtWork() {
		return nil, fault.ErrNotFound
	}
	this := s.Meetings[at]
	switch {
	case this.Cancelled:
		v.Add("", "E_MEETING_CANCELLED")
	case this.Marked:
		v.Add("", "E_MEETING_MARKED", "Title", this.Title)
	}
	switch {
	case m.To.IsZero():
		v.Add("to", "E_DATE")
	case m.To.Equal(this.HeldOn):
		v.Add("to", "E_SAME_DAY")
	case m.To.Before(a.Today()):
		v.Add("to", "E_PAST")
	case !programme.WorkingDay(m.To, s.Closed):
		v.Add("to", "E_HOLIDAY")
	case m.Push && m.To.Before(this.HeldOn):
		v.Add("to", "E_PUSH_BACK")
	case m.To.After(this.HeldOn.AddDate(0, 3, 0)):
		v.Add("to", "E_TOO_FAR")
	case s.weekOf(m.To, this.Week) != this.Week && strings.TrimSpace(m.Reason) == "":
		v.Add("reason", "E_THEME_REASON")
	}
	v.Limit("reason", m.Reason, 300)
	if len(v) > 0 {
		return nil, v
	}
	out := []Change{{this.ID, this.Title, this.HeldOn, m.To}}
	clash(s.Engaged, this, m.To, &v)
	if m.Push {
		var later []Scheduled // a cancelled one takes no day
		for _, x := range s.Meetings[at+1:] {
			if !x.Cancelled {
				later = append(later, x)
			}
		}
		days := programme.WorkingDays(m.To, len(later)+1, s.Closed)
		for i, x := range later {
			if x.Marked {
				v.Add("", "E_MEETING_MARKED", "Title", x.Title)
			} else if i+1 < len(days) && days[i+1].After(x.HeldOn) {
				out = append(out, Change{x.ID, x.Title, x.HeldOn, days[i+1]})
				clash(s.Engaged, x, days[i+1], &v)
			}
		}
		return out, v.OrNil()
	}
	for _, x := range s.Meetings {
		if x.HeldOn.Equal(m.To) && !x.Cancelled {
			if x.Marked {
				v.Add("to", "E_MEETING_MARKED", "Title", x.Title)
			}
			out = append(out, Change{x.ID, x.Title, x.HeldOn, this.HeldOn})
			clash(s.Engaged, x, this.HeldOn, &v)
		}
	}
	return out, v.OrNil()
}

// weekOf is the programme week a day falls into: that of the last half-day before it, or of the first one; a day no other
// half-day lies between stays in the week it is asked for (internal/domain.md, ruling 13).
func (s Schedule) weekOf(day time.Time, own int) int {
	before, after := 0, 0
	for _, x := range s.Meetings {
		if x.ID == s.Meeting.ID || x.Cancelled {
			continue
		}
		if !x.HeldOn.After(day) {
			before = x.Week
		} else if after == 0 {
			after = x.Week
		}
	}
	if own == before || own == after || before == 0 && after == 0 {
		return own
	}
	return max(before, after)
}

// CancelMeeting cancels a meeting, with a reason people can be told (E_REQUIRED); a marked one took place.
func (s Service) CancelMeeting(ctx context.Context, meeting uuid.UUID, form access.Form, reason string) error {
	return s.store.Cancel(ctx, meeting, form, strings.TrimSpace(reason), func(sch Schedule) error {
		var v fault.Invalid
		at := slices.IndexFunc(sch.Meetings, func(x Scheduled) bool { return x.ID == sch.Meeting.ID })
		if at < 0 || sch.Meeting.AtWork() {
			return fault.ErrNotFound
		}
		v.Require("reason", strings.TrimSpace(reason), 300)
		switch {
		case sch.Meetings[at].Cancelled:
			v.Add("", "E_MEETING_CANCELLED")
		case sch.Meetings[at].Marked:
			v.Add("", "E_MEETING_MARKED", "Title", sch.Meetings[at].Title)
		}
		return v.OrNil()
	})
}

// RestoreMeeting takes a cancellation back, while its day has not gone by (E_PAST) and nothing else takes its half-day
// (E_DAY_TAKEN) or the hours of its people (E_OVERLAP).
func (s Service) RestoreMeeting(ctx context.Context, meeting uuid.UUID, form access.Form) error {
	return s.store.Restore(ctx, meeting, form, func(a access.Actor, sch Schedule) error {
		var v fault.Invalid
		at := slices.IndexFunc(sch.Meetings, func(x Scheduled) bool { return x.ID == sch.Meeting.ID })
		if at < 0 {
			return fault.ErrNotFound
		}
		this := sch.Meetings[at]
		if !this.Cancelled {
			return fault.One("", "E_TRANSITION")
		}
		if this.HeldOn.Before(a.Today()) {
			v.Add("", "E_PAST")
		}
		for _, x := range sch.Meetings {
			if x.ID != this.ID && x.HeldOn.Equal(this.HeldOn) && !x.Cancelled {
				v.Add("", "E_DAY_TAKEN", "Title", x.Title)
			}
		}
		clash(sch.Engaged, this, this.HeldOn, &v)
		for i := range v {
			v[i].Field = "" // the form has no field
		}
		return v.OrNil()
	})
}

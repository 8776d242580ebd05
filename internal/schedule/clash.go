package schedule

import (
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/fault"
)

// ReviewMinutes is how long a final review is set to last.
const ReviewMinutes = 45

// Engaged is something dated that people of a cohort have beside its half-days. From and Until are days, both included.
type Engaged struct {
	Kind             EngagedKind
	Name             string // of the person, or of what it is
	From, Until      time.Time
	StartsAt, EndsAt int
}

// EngagedKind says what somebody has.
type EngagedKind string

// What people have beside their half-days. A trial in force refuses a half-day in its hours; the rest is told before dates
// change.
const (
	InTrial        EngagedKind = "trial"
	TrialDraft     EngagedKind = "draft"
	HasAppointment EngagedKind = "appointment"
	HasReview      EngagedKind = "review"
	HasEmployers   EngagedKind = "employer_hour"
)

// Touched is what a change of dates leaves at odds, and how.
type Touched struct {
	Engaged
	How TouchedHow
	On  time.Time // the half-day's new day, or the day it does not reach
}

// TouchedHow says why something must be looked at.
type TouchedHow string

// Why something must be looked at: a half-day takes its hours, it stops before the month does, or it lies outside the month.
const (
	SameHours TouchedHow = "hours"
	EndsShort TouchedHow = "short"
	Outside   TouchedHow = "outside"
)

// Overlap tells whether two spans of a day touch; one may begin when the other ends.
func Overlap(from, until, otherFrom, otherUntil int) bool {
	return from < otherUntil && otherFrom < until
}

// on tells whether it takes some of these hours of a day.
func (e Engaged) on(day time.Time, from, until int) bool {
	return !day.Before(e.From) && !day.After(e.Until) && Overlap(from, until, e.StartsAt, e.EndsAt)
}

// clash refuses a half-day on a day on which somebody is at their workplace in its hours (internal/domain.md, ruling 35).
func clash(all []Engaged, x Scheduled, day time.Time, v *fault.Invalid) {
	for _, e := range all {
		if e.Kind == InTrial && !x.AtWork() && e.on(day, x.StartsAt, x.EndsAt) {
			v.AddAs("to", "E_OVERLAP", "problem.overlap_trial", "Name", e.Name, "Day", day)
		}
	}
}

// touched is what stands at odds after half-days took new days: their hours are somebody's, a trial that went on to the
// month's end stops before its new one, or something lies outside the month.
func touched(all []Engaged, half []Scheduled, changes []Change, was, is Span) (out []Touched) {
	for _, e := range all {
		for _, c := range changes {
			x := find(half, c.ID)
			if e.Kind != InTrial && !x.AtWork() && e.on(c.To, x.StartsAt, x.EndsAt) {
				out = append(out, Touched{e, SameHours, c.To})
			}
		}
		switch atWork := e.Kind == InTrial || e.Kind == TrialDraft; {
		case atWork && e.Until.Equal(was.Until) && is.Until.After(was.Until):
			out = append(out, Touched{e, EndsShort, is.Until})
		case e.From.Before(is.From) && !e.From.Before(was.From):
			out = append(out, Touched{e, Outside, is.From})
		case e.Until.After(is.Until) && !e.Until.After(was.Until):
			out = append(out, Touched{e, Outside, is.Until})
		}
	}
	return out
}

// Span is the days of a month, both included.
type Span struct{ From, Until time.Time }

func find(all []Scheduled, id uuid.UUID) Scheduled {
	for _, x := range all {
		if x.ID == id {
			return x
		}
	}
	return Scheduled{}
}

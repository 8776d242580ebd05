package programme

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/fault"
)

// Shape is what a model asks beyond its half-days and texts, as one value that travels with the case (internal/domain.md,
// ruling 46): the database copies it from the published version to the cohort and the case.
type Shape struct {
	DaysAWeek      int        `toml:"days_a_week"`      // training days of a programme week
	QuietDays      int        `toml:"quiet_days"`       // after so many days without a contact a trial's site wants a call
	DutyDays       int        `toml:"duty_days"`        // days the staff keep their access after the end
	FollowUpMonths int        `toml:"follow_up_months"` // months the parties of a case keep theirs after its last day
	Trial          TrialShape `toml:"trial"`
	Headings       []string   `toml:"headings"` // of the final review's text, in their order
	Required       []string   `toml:"required"` // those that are written before the review is ready for the meeting
}

// TrialShape fills the form of a new trial: when its day starts (minute of the day), minutes a day, days a week.
type TrialShape struct {
	StartsAt   int `toml:"starts_at"`
	DayMinutes int `toml:"day_minutes"`
	WeekDays   int `toml:"week_days"`
}

// Headings are the parts a final review's text may have (internal/domain.md 43).
var Headings = []string{
	"goal", "goal_result", "own_words", "strengths", "participation", "search", "trial", "obstacles", "support",
	"next_steps", "timetable", "monitoring", "requested",
}

// Usual is what a new model begins with.
func Usual() Shape {
	return Shape{
		DaysAWeek: 5, QuietDays: 5, DutyDays: 30, FollowUpMonths: 8,
		Trial:    TrialShape{StartsAt: 12*60 + 30, DayMinutes: 4 * 60, WeekDays: 5},
		Headings: slices.Clone(Headings),
		Required: []string{"goal", "goal_result", "own_words", "strengths", "next_steps"},
	}
}

// MaxWeeks is how long a programme may last: a right ends after a year (internal/domain.md 91), and those of the staff begin
// up to a month before the first day and go on after the last.
const MaxWeeks = 43

// yearLeft is how many days of a year's right are left after so many weeks and the month before them.
func yearLeft(weeks int) int { return 365 - 30 - 7*weeks }

// MaxDaysAWeek is how many days a week a programme may have: it runs on working days.
const MaxDaysAWeek = 5

// check names what a model's form or file has wrong, by the field; weeks is how long the model lasts.
func (s Shape) check(v *fault.Invalid, weeks int) {
	between := func(field string, n, least, most int) {
		if n < least || n > most {
			v.Add(field, "E_RANGE", "Min", least, "Max", most)
		}
	}
	between("days_a_week", s.DaysAWeek, 1, MaxDaysAWeek)
	between("quiet_days", s.QuietDays, 1, 90)
	between("duty_days", s.DutyDays, 1, max(1, min(180, yearLeft(weeks))))
	between("follow_up_months", s.FollowUpMonths, 1, max(1, yearLeft(weeks)/31))
	if s.Trial.StartsAt < 0 || s.Trial.StartsAt >= 24*60 {
		v.Add("trial_starts_at", "E_CLOCK")
	}
	if s.Trial.DayMinutes < 1 || s.Trial.StartsAt+s.Trial.DayMinutes > 24*60 {
		v.Add("trial_hours", "E_RANGE", "Min", 1, "Max", (24*60-max(0, s.Trial.StartsAt))/60)
	}
	between("trial_week_days", s.Trial.WeekDays, 1, 7)
	if len(s.Headings) == 0 {
		v.Add("headings", "E_REQUIRED")
	}
	for _, r := range s.Required {
		if !slices.Contains(s.Headings, r) {
			v.Add("required", "E_CHOICE")
			break
		}
	}
}

// Days is how many programme days that many weeks have.
func (s Shape) Days(weeks int) int { return weeks * s.DaysAWeek }

// Day is the number in the programme of a day of a week, all counted from 1.
func (s Shape) Day(week, day int) int { return (week-1)*s.DaysAWeek + day }

// Published is a version people can be enrolled on.
type Published struct {
	ID               uuid.UUID
	Name             string
	Number           int
	InCohort         bool
	Weeks            int
	SizeMin, SizeMax int
	Shape            Shape
}

// HalfDay is a planned half-day of a version.
type HalfDay struct {
	VersionID                         uuid.UUID
	Day, Half, Week, StartsAt, EndsAt int
	Kind                              string
}

// Dated is a dated half-day.
type Dated struct {
	Day, Half, Week, StartsAt, EndsAt int
	Kind                              string
	HeldOn                            time.Time
}

// Dates are the working days of a version that begins on start, the last one being its end.
func (p Published) Dates(start time.Time, closed []time.Time) []time.Time {
	return p.Shape.Dates(p.Weeks, start, closed)
}

// Dates are the working days of so many weeks from start on.
func (s Shape) Dates(weeks int, start time.Time, closed []time.Time) []time.Time {
	var out []time.Time
	for w := range weeks { // each week begins a week later, or after the one before where closed days held that up
		first := start.AddDate(0, 0, 7*w)
		if n := len(out); n > 0 && !first.After(out[n-1]) {
			first = out[n-1].AddDate(0, 0, 1)
		}
		out = append(out, WorkingDays(first, s.DaysAWeek, closed)...)
	}
	return out
}

// Lay lays a version's half-days on working days from start.
func (p Published) Lay(slots []HalfDay, start time.Time, closed []time.Time) []Dated {
	days := p.Dates(start, closed)
	var out []Dated
	for _, s := range slots {
		if s.VersionID == p.ID && s.Day <= len(days) {
			out = append(out, Dated{
				Day: s.Day, Half: s.Half, Week: s.Week, StartsAt: s.StartsAt, EndsAt: s.EndsAt, Kind: s.Kind, HeldOn: days[s.Day-1],
			})
		}
	}
	return out
}

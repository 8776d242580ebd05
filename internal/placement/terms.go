package placement

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/fault"
	"kuukausi/internal/law"
	"kuukausi/internal/schedule"
)

// judging are the numbers a trial is judged by.
var judging = []string{
	law.TrialDayMin,
	law.TrialDayMax,
	law.TrialWeekDaysMax,
	law.TrialTotalMax,
	law.TrialRestart,
	law.YoungRestart,
	law.YoungBelow,
}

// Judge are the numbers in force on the first day, to be kept with the trial.
func (t Terms) Judge(book law.Book) (out []Judged) {
	for _, key := range judging {
		if v, ok := book.On(key, t.StartsOn); ok {
			out = append(out, Judged{Key: key, Value: v.Value, Source: v.Source})
		}
	}
	return out
}

// Limits are the numbers a form tells beside its fields, before anybody is refused.
type Limits struct{ DayMin, DayMax, WeekDays, Months int }

// LimitsOf picks them from the numbers a trial is, or would be, judged by.
func LimitsOf(judged []Judged) (l Limits) {
	for _, j := range judged {
		switch j.Key {
		case law.TrialDayMin:
			l.DayMin = j.Value
		case law.TrialDayMax:
			l.DayMax = j.Value
		case law.TrialWeekDaysMax:
			l.WeekDays = j.Value
		case law.TrialTotalMax:
			l.Months = j.Value
		}
	}
	return l
}

// check judges the terms by the law in force on the first day (380/2023 54–57 §, internal/domain.md 33, 35): E_TRIAL_…,
// E_OVERLAP with another trial or with the group, and E_SITE_FULL where every place of the site is held in these days.
func (t Terms) check(p Plan, self uuid.UUID) error {
	var v fault.Invalid
	known := false
	for _, s := range p.Sites {
		known = known || s.SiteID == t.SiteID && s.PersonID == t.SupervisorID
	}
	if !known {
		v.Add("site", "E_TRIAL_FIELDS")
	}
	if !slices.Contains(Purposes, t.Purpose) {
		v.Add("purpose", "E_CHOICE")
	}
	if t.Payer != "" && !slices.Contains(Payers, t.Payer) {
		v.Add("payer", "E_CHOICE")
	}
	if t.BenefitCheck != "" && !slices.Contains(BenefitChecks, t.BenefitCheck) {
		v.Add("benefit_check", "E_CHOICE")
	}
	v.Limit("tasks", t.Tasks, 2000)
	v.Limit("goals", t.Goals, 2000)
	v.Limit("conditions", t.Conditions, 2000)
	if t.StartsOn.IsZero() {
		v.Add("starts_on", "E_DATE")
	}
	if t.EndsOn.IsZero() {
		v.Add("ends_on", "E_DATE")
	} else if t.EndsOn.Before(t.StartsOn) {
		v.Add("ends_on", "E_DATE_ORDER")
	}
	if t.StartsAt < 0 || t.StartsAt+t.DayMinutes > 24*60 {
		v.Add("starts_at", "E_CLOCK")
	}
	if !p.Case.State.HasPlace() {
		v.Add("", "E_CASE_CLOSED")
	}
	for _, bar := range t.BarsMet {
		v.Add("bar."+bar, "E_TRIAL_BAR")
	}
	if t.StartsOn.IsZero() {
		return v
	}
	num := func(key string) int { x, _ := p.Law.On(key, t.StartsOn); return x.Value }
	if lo := num(law.TrialDayMin); t.DayMinutes < 0 {
		v.Add("hours", "E_NUMBER")
	} else if t.DayMinutes < lo {
		v.Add("hours", "E_TRIAL_DAY_SHORT", "N", lo/60)
	}
	if hi := num(law.TrialDayMax); t.DayMinutes > hi {
		v.Add("hours", "E_TRIAL_DAY_LONG", "N", hi/60)
	}
	if hi := num(law.TrialWeekDaysMax); t.WeekDays > hi || t.WeekDays < 1 {
		v.Add("week_days", "E_TRIAL_WEEK", "N", hi)
	}
	if t.CurrentEmployer {
		v.Add("current_employer", "E_TRIAL_EMPLOYER")
	}
	if t.EndsOn.Before(t.StartsOn) {
		return v.OrNil()
	}
	t.lasts(p, self, &v)
	for _, e := range p.Earlier {
		if e.ID != self && e.State.TookPlace() && e.EndsOn != nil && !e.StartsOn.After(t.EndsOn) && !e.EndsOn.Before(t.StartsOn) {
			v.Add("starts_on", "E_OVERLAP", "Site", e.name())
		}
	}
	if g := t.overGroup(p.Group); g != nil {
		v.AddAs(
			"starts_at", "E_OVERLAP", "problem.overlap_group",
			"Day", g.HeldOn, "From", fault.Clock(g.StartsAt), "Until", fault.Clock(g.EndsAt),
		)
	}
	if t.StartsOn.Before(p.Case.StartsOn) || t.StartsOn.After(p.Case.EndsOn) || t.EndsOn.After(p.Case.EndsOn) && !t.Continuing {
		v.Add("starts_on", "E_TRIAL_DATES")
	}
	if p.Free != nil && *p.Free < 1 {
		v.Add("site", "E_SITE_FULL")
	}
	return v.OrNil()
}

// GroupHours is a half-day that a person spends with their group.
type GroupHours struct {
	HeldOn           time.Time
	StartsAt, EndsAt int
}

// overGroup is the first half-day with the group that the hours of a trial touch, nil for none (internal/domain.md, ruling
// 35).
func (t Terms) overGroup(all []GroupHours) *GroupHours {
	for i, g := range all {
		if !g.HeldOn.Before(t.StartsOn) && !g.HeldOn.After(t.EndsOn) &&
			schedule.Overlap(g.StartsAt, g.EndsAt, t.StartsAt, t.StartsAt+t.DayMinutes) {
			return &all[i]
		}
	}
	return nil
}

// lawFields are what the law measures by numbers and days; the rest of the terms are questions to be answered.
var lawFields = []string{"starts_on", "ends_on", "starts_at", "hours", "week_days"}

// Against are the rules of the law that terms still being written break, of a new trial or of one that stands (self).
// Nothing is refused by it: check does that when they are stored.
func (t Terms) Against(p Plan, self uuid.UUID) (out fault.Invalid) {
	if v, ok := t.check(p, self).(fault.Invalid); ok {
		for _, x := range v {
			if slices.Contains(lawFields, x.Field) {
				out = append(out, x)
			}
		}
	}
	return out
}

// lasts refuses a last day past the six months in total (55 §): E_TRIAL_MAX.
func (t Terms) lasts(p Plan, self uuid.UUID, v *fault.Invalid) {
	b := Weigh(p.Earlier, self, p.Case.BornOn, t.StartsOn, p.Law)
	if last := b.LastDay(t.StartsOn); t.EndsOn.After(last) {
		v.Add("ends_on", "E_TRIAL_MAX", "N", b.Months, "Left", max(0, days(t.StartsOn, last)))
	}
}

// days are the days from one to another, both included.
func days(from, until time.Time) int { return civil(until) - civil(from) + 1 }

// civil is a day's number: days do not get longer or shorter with the clock.
func civil(t time.Time) int {
	y, m, d := t.Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// Terms are the typed terms of an agreement.
type Terms struct {
	SiteID, SupervisorID  uuid.UUID
	Purpose, Tasks, Goals string
	Payer                 string
	StartsOn, EndsOn      time.Time
	StartsAt              int // minutes of the day
	DayMinutes, WeekDays  int
	CurrentEmployer       bool
	BenefitCheck          string   // who confirmed what the trial does to the benefit: payer, expert, or nobody yet (internal/domain.md 69)
	FormerEmployer        bool     // no bar any more, but the expert is told
	BarsClear             bool     // every question of 56 § was answered with no
	BarsMet               []string `db:"-"` // those answered with yes; nothing of them is stored
	Continuing            bool     // goes on after the cohort's month (internal/domain.md 35)
	Conditions            string   // further terms the three agree on
}

// Judged is a number of the law a trial was judged by; it stays with the trial when the law changes (internal/domain.md 100).
type Judged struct {
	Key    string
	Value  int
	Source string
}

func (t Terms) trimmed() Terms {
	t.Tasks, t.Goals, t.Conditions = strings.TrimSpace(t.Tasks), strings.TrimSpace(t.Goals), strings.TrimSpace(t.Conditions)
	return t
}

// SameOffer tells whether what a person answered to is still the same: where, when and how long. What is filled in
// besides needs no new answer.
func (t Terms) SameOffer(old Terms) bool {
	return t.SiteID == old.SiteID && t.StartsOn.Equal(old.StartsOn) && t.EndsOn.Equal(old.EndsOn) && t.StartsAt == old.StartsAt &&
		t.DayMinutes == old.DayMinutes &&
		t.WeekDays == old.WeekDays
}

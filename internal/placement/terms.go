package placement

import (
	"github.com/google/uuid"

	"kuukausi/internal/fault"
	"kuukausi/internal/law"
)

// check judges the terms by the law in force on the first day (380/2023 54–57 §, domain.md 33, 35).
func (t Terms) check(c Case, earlier []Earlier, sites []SiteChoice, book law.Book, self uuid.UUID) error {
	var v fault.Invalid
	known := false
	for _, s := range sites {
		known = known || s.SiteID == t.SiteID && s.PersonID == t.SupervisorID
	}
	if !known {
		v.Add("site", "E_TRIAL_FIELDS")
	}
	if !in(t.Purpose, Purposes) {
		v.Add("purpose", "E_CHOICE")
	}
	if len([]rune(t.Tasks)) > 2000 || len([]rune(t.Goals)) > 2000 {
		v.Add("tasks", "E_TOO_LONG", "Max", 2000)
	}
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
	if !in(c.State, []string{"accepted", "preparing", "active", "review"}) {
		v.Add("", "E_CASE_CLOSED")
	}
	if len(v) == 0 {
		num := func(key string) int { x, _ := book.On(key, t.StartsOn); return x.Value }
		if lo := num(law.TrialDayMin); t.DayMinutes < lo {
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
		if hi := num(law.TrialTotalMax); overMonths(t, earlier, self, hi) {
			v.Add("ends_on", "E_TRIAL_MAX", "N", hi)
		}
		for _, e := range earlier {
			if e.ID != self && (e.State == Active || e.State == Ended) && !e.StartsOn.After(t.EndsOn) && !e.EndsOn.Before(t.StartsOn) {
				v.Add("starts_on", "E_OVERLAP", "Site", e.SiteName)
			}
		}
		if t.StartsOn.Before(c.StartsOn) || t.EndsOn.After(c.EndsOn) {
			v.Add("starts_on", "E_TRIAL_DATES")
		}
	}
	return v.OrNil()
}

// overMonths tells whether this trial with the earlier ones lasts longer than the limit of calendar months (55 §).
func overMonths(t Terms, earlier []Earlier, self uuid.UUID, limit int) bool {
	days := int(t.EndsOn.Sub(t.StartsOn).Hours()/24) + 1
	for _, e := range earlier {
		if (self == uuid.Nil || e.ID != self) && e.State != Cancelled && e.State != Draft {
			days += int(e.EndsOn.Sub(e.StartsOn).Hours()/24) + 1
		}
	}
	most := law.AddMonths(t.StartsOn, limit)
	return t.StartsOn.AddDate(0, 0, days).After(most)
}

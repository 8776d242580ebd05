// Package law holds law-dependent numbers by date. The values live in the database, with source and day of checking
// (internal/domain.md 100); rules ask this package for the one in force on a day.
package law

import (
	"time"
)

// Keys of the numbers the rules use.
const (
	TrialDayMin      = "trial_day_min"             // minutes, 380/2023 57 §
	TrialDayMax      = "trial_day_max"             // minutes, 380/2023 57 §
	TrialWeekDaysMax = "trial_week_days_max"       // days, 380/2023 57 §
	TrialTotalMax    = "trial_total_max"           // months, 380/2023 55 §
	TrialRestart     = "trial_restart_after"       // months without work after a trial, 380/2023 55 §
	YoungRestart     = "trial_young_restart_after" // months after the maximum was used, 380/2023 55 §
	YoungBelow       = "trial_young_below"         // years, 380/2023 55 §
	StudyAgeMin      = "study_age_min"             // years, 380/2023 73 §
	ExpenseWeekDays  = "expense_week_days_max"     // days, 380/2023 103–106 §
	LongTerm         = "long_term_unemployed"      // months, the ministry's statistical definition
)

// Value is one number from a day on.
type Value struct {
	Key       string
	ValidFrom time.Time
	Value     int
	Source    string
}

// Book is every value known, national and the organisation's own, in any order.
type Book []Value

// On returns the number of this key in force on the day, and whether there is one. Later rows win; an organisation's
// row of the same day wins when it comes later in the book.
func (b Book) On(key string, day time.Time) (Value, bool) {
	var best Value
	found := false
	for _, v := range b {
		if v.Key == key && !v.ValidFrom.After(day) && (!found || !v.ValidFrom.Before(best.ValidFrom)) {
			best, found = v, true
		}
	}
	return best, found
}

// AddMonths is the same day n months later, or the month's last day when it has no such day (31.1. + 1 = 28.2.).
func AddMonths(t time.Time, n int) time.Time {
	y, m, d := t.Date()
	last := time.Date(y, m+time.Month(n)+1, 0, 0, 0, 0, 0, t.Location()).Day()
	return time.Date(y, m+time.Month(n), min(d, last), 0, 0, 0, 0, t.Location())
}

// Age in whole years on a day.
func Age(born, on time.Time) int {
	n := on.Year() - born.Year()
	if on.Month() < born.Month() || on.Month() == born.Month() && on.Day() < born.Day() {
		n--
	}
	return n
}

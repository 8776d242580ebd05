package programme

import (
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/fi"
)

// holidays are Finland's public holidays and the eves that are free by custom; the library computes the moving ones.
var holidays = func() *cal.Calendar {
	c := &cal.Calendar{Name: "fi"}
	c.AddHoliday(fi.Holidays...)
	return c
}()

// WorkingDay tells whether a programme runs on this day: a weekday, no public holiday, not closed by the organisation.
func WorkingDay(day time.Time, closed []time.Time) bool {
	if wd := day.Weekday(); wd == time.Saturday || wd == time.Sunday {
		return false
	}
	if actual, observed, _ := holidays.IsHoliday(day); actual || observed {
		return false
	}
	for _, c := range closed {
		if c.Equal(day) {
			return false
		}
	}
	return true
}

// WorkingDays are the first n working days from start on: a holiday or closed day lengthens the programme (internal/domain.md, ruling 13).
func WorkingDays(start time.Time, n int, closed []time.Time) []time.Time {
	out := make([]time.Time, 0, n)
	for d := start; len(out) < n && d.Before(start.AddDate(3, 0, 0)); d = d.AddDate(0, 0, 1) {
		if WorkingDay(d, closed) {
			out = append(out, d)
		}
	}
	return out
}

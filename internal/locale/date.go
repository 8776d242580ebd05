package locale

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Date is the day in full: 19.11.2026, in English 19 November 2026.
func (p *Printer) Date(d time.Time) string {
	if d.IsZero() {
		return "–"
	}
	if p.Lang == "en" {
		return fmt.Sprintf("%d %s %d", d.Day(), p.T("month."+strconv.Itoa(int(d.Month()))), d.Year())
	}
	return fmt.Sprintf("%d.%d.%d", d.Day(), d.Month(), d.Year())
}

// DayMonth is the day without its year: 19.11., in English 19 Nov.
func (p *Printer) DayMonth(d time.Time) string {
	if p.Lang == "en" {
		return fmt.Sprintf("%d %.3s", d.Day(), p.T("month."+strconv.Itoa(int(d.Month()))))
	}
	return fmt.Sprintf("%d.%d.", d.Day(), d.Month())
}

// Weekday is the short name of the day: to.
func (p *Printer) Weekday(d time.Time) string {
	return p.T("weekday." + strconv.Itoa(int(d.Weekday())))
}

// WeekdayLong is the whole name of the day, with a capital: Torstai.
func (p *Printer) WeekdayLong(d time.Time) string {
	return p.T("weekday_long." + strconv.Itoa(int(d.Weekday())))
}

// DateLong is weekday and date: to 19.11.2026.
func (p *Printer) DateLong(d time.Time) string {
	if d.IsZero() {
		return "–"
	}
	return p.Weekday(d) + " " + p.Date(d)
}

// Clock prints minutes of the day: 8.45, in English 08:45.
func (p *Printer) Clock(minutes int) string {
	if p.Lang == "en" {
		return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60)
	}
	return fmt.Sprintf("%d.%02d", minutes/60, minutes%60)
}

// Span prints from–to: 8.45–11.45.
func (p *Printer) Span(from, to int) string { return p.Clock(from) + "–" + p.Clock(to) }

// DateSpan prints 9.11.–4.12.2026.
func (p *Printer) DateSpan(from, to time.Time) string {
	if from.Year() == to.Year() {
		return p.DayMonth(from) + "–" + p.Date(to)
	}
	return p.Date(from) + "–" + p.Date(to)
}

// Moment prints date and time of day of a moment in the given place: to 19.11.2026 klo 9.00.
func (p *Printer) Moment(t time.Time, in *time.Location) string {
	t = t.In(in)
	return p.DateLong(t) + p.T("clock_at") + p.Clock(t.Hour()*60+t.Minute())
}

// Ago prints the distance of a past day: today, yesterday, 6 days ago.
func (p *Printer) Ago(day, today time.Time) string {
	switch n := int(today.Sub(day).Hours() / 24); {
	case n <= 0:
		return p.T("ago.today")
	case n == 1:
		return p.T("ago.yesterday")
	default:
		return p.T("ago.days", "N", n)
	}
}

// Hours prints minutes as hours with the language's decimal mark: 4, 7,5.
func (p *Printer) Hours(minutes int) string {
	s := strconv.FormatFloat(float64(minutes)/60, 'f', -1, 64)
	if i := strings.IndexByte(s, '.'); i >= 0 && len(s) > i+3 {
		s = s[:i+3]
	}
	if p.Lang != "en" {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}

// ParseDate reads 1.3.2026, 01.03.2026 or 2026-03-01; ok is false for anything else, also for 31.2.
func ParseDate(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	for _, layout := range []string{"2.1.2006", "2006-01-02"} {
		if t, err := time.Parse(layout, s); err == nil && t.Year() > 1900 && t.Year() < 2200 {
			return t, true
		}
	}
	return time.Time{}, false
}

// ParseClock reads 8.45, 08:45 or 8 as minutes of the day.
func ParseClock(s string) (int, bool) {
	h, m, found := strings.Cut(strings.ReplaceAll(strings.TrimSpace(s), ":", "."), ".")
	hh, err := strconv.Atoi(h)
	if err != nil || hh < 0 || hh > 23 {
		return 0, false
	}
	if !found {
		return hh * 60, true
	}
	mm, err := strconv.Atoi(m)
	if err != nil || len(m) != 2 || mm < 0 || mm > 59 {
		return 0, false
	}
	return hh*60 + mm, true
}

// ParseHours reads 4, 3,5 or 3.5 hours, or 3:30 / 3 h 30, as minutes.
func ParseHours(s string) (int, bool) {
	s = strings.NewReplacer(",", ".", " h ", ":", "h", ":", " ", "").Replace(strings.TrimSpace(s))
	if h, m, ok := strings.Cut(strings.TrimSuffix(s, ":"), ":"); ok {
		hh, err := strconv.Atoi(h)
		mm, err2 := strconv.Atoi(strings.TrimSuffix(m, "min"))
		return hh*60 + mm, err == nil && err2 == nil && mm < 60 && hh >= 0 && hh < 25
	}
	f, err := strconv.ParseFloat(strings.TrimSuffix(s, ":"), 64)
	return int(f*60 + 0.5), err == nil && f >= 0 && f < 25
}

// Numeric is the day as it is typed into a field: 19.11.2026 in every language.
func (p *Printer) Numeric(d time.Time) string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d.%d.%d", d.Day(), d.Month(), d.Year())
}

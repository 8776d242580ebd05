package locale

import (
	"fmt"
	"kuukausi/internal/text"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
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

// Hours prints minutes as hours that have one reading: 4, in halves 7,5 with the language's decimal mark, else 7:15.
func (p *Printer) Hours(minutes int) string {
	switch h := strconv.Itoa(minutes / 60); {
	case minutes%60 == 0:
		return h
	case minutes%60 == 30 && p.Lang == "en":
		return h + ".5"
	case minutes%60 == 30:
		return h + ",5"
	default:
		return fmt.Sprintf("%s:%02d", h, minutes%60)
	}
}

// ParseDate reads 1.3.2026, 01.03.2026, 1. 3. 2026 or 2026-03-01; ok is false for anything else, also for 31.2.
func ParseDate(s string) (time.Time, bool) {
	s = strings.ReplaceAll(text.Hyphens(text.Line(s)), " ", "")
	for _, layout := range []string{"2.1.2006", "2006-01-02"} {
		if t, err := time.Parse(layout, s); err == nil && t.Year() > 1900 && t.Year() < 2200 {
			return t, true
		}
	}
	return time.Time{}, false
}

// ParseClock reads 8.45, 08:45, 8,45, klo 8.45 or 8 as minutes of the day.
func ParseClock(s string) (int, bool) {
	s = text.Fold(s)
	for _, word := range []string{"klo", "kl.", "kl", "at"} {
		s = strings.TrimSpace(strings.TrimPrefix(s, word))
	}
	h, m, found := strings.Cut(strings.NewReplacer(":", ".", ",", ".").Replace(s), ".")
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

// TwoReadings tells whether a length of time can be read in two ways: 4.30 is four hours and a half to one and 4.3 hours to
// another. It gives what to type for either, and neither is guessed.
func TwoReadings(s string) (clock, decimal string, two bool) {
	s = strings.ReplaceAll(strings.TrimRight(text.Fold(s), "h. tim"), ",", ".")
	h, m, found := strings.Cut(s, ".")
	minutes, err := strconv.Atoi(m)
	hours, err2 := strconv.Atoi(h)
	if !found || err != nil || err2 != nil || len(m) != 2 || minutes == 0 || minutes > 59 || hours < 0 {
		return "", "", false
	}
	exact := hours*60 + (minutes*60+50)/100
	return fmt.Sprintf("%d:%02d", hours, minutes), fmt.Sprintf("%d:%02d", exact/60, exact%60), true
}

// ParseHours reads 4, 3,5 or 3.5 hours, or 3:30 / 3 h 30, as minutes; not what has two readings.
func ParseHours(s string) (int, bool) {
	if _, _, two := TwoReadings(s); two {
		return 0, false
	}
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

// SortNames puts names into the order of the Finnish alphabet, in which å, ä and ö come last.
func SortNames(names []string) { collate.New(language.Finnish).SortStrings(names) }

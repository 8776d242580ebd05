package programme

import (
	"kuukausi/internal/fault"
	"strings"
	"testing"
	"time"
)

func day(s string) time.Time {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestShippedModel(t *testing.T) {
	ms, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	m := ms[0]
	if len(m.Slots) != 40 || len(m.PreAssigns) != 3 || m.SizeMin != 8 || m.SizeMax != 10 {
		t.Fatalf("slots %d, pre-assignments %d, sizes %d–%d", len(m.Slots), len(m.PreAssigns), m.SizeMin, m.SizeMax)
	}
	for subject, text := range m.Texts() {
		for _, lang := range []string{"fi", "sv", "en"} {
			if text[lang] == "" {
				t.Errorf("%s has no %s text", subject, lang)
			}
		}
	}
}

// Twenty working days over Christmas, New Year and Epiphany, Easter, Midsummer, 29 February and both clock changes.
func TestWorkingDays(t *testing.T) {
	for _, c := range []struct{ start, end, closed string }{
		{"2027-01-11", "2027-02-05", ""},           // the demo cohort of internal/domain.md, h7: no holiday
		{"2027-01-11", "2027-02-08", "2027-01-20"}, // a closed day lengthens the month
		{"2026-12-14", "2027-01-14", ""},           // 24.–25.12., 1.1. and 6.1. are free
		{"2027-03-15", "2027-04-13", ""},           // Good Friday 26.3., Easter Monday 29.3., clocks forward 28.3.
		{"2027-06-07", "2027-07-05", ""},           // Midsummer Eve 25.6.
		{"2028-02-14", "2028-03-10", ""},           // 29 February is a working day
		{"2026-10-19", "2026-11-13", ""},           // clocks back 25.10.
	} {
		var closed []time.Time
		if c.closed != "" {
			closed = append(closed, day(c.closed))
		}
		got := WorkingDays(day(c.start), 20, closed)
		if len(got) != 20 || !got[19].Equal(day(c.end)) {
			t.Errorf("20 working days from %s end on %s, want %s", c.start, got[len(got)-1].Format("2006-01-02"), c.end)
		}
	}
}

// A week of few days begins a week after the one before it; one of five follows the working days.
func TestWeeksOfFewDays(t *testing.T) {
	monday := time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC)
	p := Published{Weeks: 3, Shape: Shape{DaysAWeek: 2}}
	var got []string
	for _, d := range p.Dates(monday, nil) { // Independence Day is a Sunday this year
		got = append(got, d.Format("2.1."))
	}
	if want := "30.11. 1.12. 7.12. 8.12. 14.12. 15.12."; strings.Join(got, " ") != want {
		t.Errorf("%v, want %s", got, want)
	}
	p.Shape.DaysAWeek = 5
	if d := p.Dates(monday.AddDate(0, 0, 2), nil); len(d) != 15 || d[14].Weekday() != time.Tuesday {
		t.Errorf("a month from Wednesday: %v", d)
	}
}

// When a week grows or shrinks, a half-day keeps its day of the week or goes with it.
func TestDaysAWeekMoveHalfDays(t *testing.T) {
	for _, c := range []struct{ was, is, week, day, want int }{
		{5, 4, 2, 6, 5}, {5, 6, 2, 6, 7}, {5, 3, 1, 3, 3}, {5, 4, 1, 5, 0}, {5, 5, 3, 11, 0},
	} {
		m := Model{Weeks: 2, Shape: Shape{DaysAWeek: c.is}, Slots: []Slot{{Week: c.week, Day: c.day}}}
		m.reshape(c.was)
		got := 0
		if len(m.Slots) > 0 {
			got = m.Slots[0].Day
		}
		if got != c.want {
			t.Errorf("%d → %d days: day %d becomes %d, want %d", c.was, c.is, c.day, got, c.want)
		}
	}
	m := Model{Weeks: 2, Shape: Usual(), Slots: []Slot{{Week: 1, Day: 6, Half: 1, Kind: "single", Starts: 525, Ends: 585}}}
	found := false
	for _, p := range m.Problems() {
		found = found || p.Code == "E_MODEL_SLOT"
	}
	if !found {
		t.Error("a half-day stands in another week than its day")
	}
}

// Rights end with the year, so a model cannot promise longer ones; zero would end them before the last day.
func TestShapeLimits(t *testing.T) {
	for name, change := range map[string]func(*Shape){
		"no follow-up": func(s *Shape) { s.FollowUpMonths = 0 }, "no duty": func(s *Shape) { s.DutyDays = 0 },
		"past a year": func(s *Shape) { s.FollowUpMonths = 11 }, "a heading that is not there": func(s *Shape) { s.Headings = s.Headings[:1] },
	} {
		s, v := Usual(), fault.Invalid{}
		if s.check(&v, 4); len(v) != 0 {
			t.Fatal(v)
		}
		change(&s)
		if s.check(&v, 8); len(v) == 0 {
			t.Errorf("%s is accepted", name)
		}
	}
}

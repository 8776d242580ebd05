package programme

import (
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

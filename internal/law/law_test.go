package law

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

func TestBookTakesTheValueInForce(t *testing.T) {
	b := Book{
		{Key: "k", ValidFrom: day("2025-01-01"), Value: 240},
		{Key: "k", ValidFrom: day("2027-03-01"), Value: 300},
		{Key: "k", ValidFrom: day("2027-03-01"), Value: 360},
	}
	for _, c := range []struct {
		on   string
		want int
		ok   bool
	}{{"2024-12-31", 0, false}, {"2025-01-01", 240, true}, {"2027-02-28", 240, true}, {"2027-03-01", 360, true}} {
		if v, ok := b.On("k", day(c.on)); v.Value != c.want || ok != c.ok {
			t.Errorf("on %s: %d %t", c.on, v.Value, ok)
		}
	}
}

func TestMonths(t *testing.T) {
	for _, c := range []struct {
		start string
		n     int
		want  string
	}{
		{"2028-01-31", 1, "2028-02-29"}, {"2027-01-31", 1, "2027-02-28"}, {"2026-12-15", 1, "2027-01-15"},
		{"2027-03-28", 6, "2027-09-28"}, {"2028-02-29", 12, "2029-02-28"},
	} {
		if got := AddMonths(day(c.start), c.n); !got.Equal(day(c.want)) {
			t.Errorf("%s + %d months is %s, want %s", c.start, c.n, got.Format("2006-01-02"), c.want)
		}
	}
}

func TestAge(t *testing.T) {
	for _, c := range []struct {
		born, on string
		want     int
	}{{"2002-02-21", "2027-02-20", 24}, {"2002-02-21", "2027-02-21", 25}, {"2004-02-29", "2027-02-28", 22}, {"2004-02-29", "2027-03-01", 23}} {
		if got := Age(day(c.born), day(c.on)); got != c.want {
			t.Errorf("born %s, on %s: %d", c.born, c.on, got)
		}
	}
}

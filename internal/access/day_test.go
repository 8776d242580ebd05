package access

import (
	"testing"
	"time"
)

// The users' day is Helsinki's, on both sides of midnight and of the clock changes.
func TestDay(t *testing.T) {
	for _, c := range []struct{ at, want string }{
		{"2026-11-18T22:30:00Z", "2026-11-19"}, {"2026-11-18T21:59:59Z", "2026-11-18"}, {"2027-03-27T22:00:00Z", "2027-03-28"},
		{"2027-03-28T20:59:59Z", "2027-03-28"}, {"2027-03-28T21:00:00Z", "2027-03-29"}, {"2026-10-25T21:59:59Z", "2026-10-25"},
		{"2026-12-31T22:00:00Z", "2027-01-01"}, {"2028-02-28T23:00:00Z", "2028-02-29"},
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := Day(at).Format("2006-01-02"); got != c.want {
			t.Errorf("%s is %s in Helsinki, want %s", c.at, got, c.want)
		}
	}
}

// Every act names who may do it; no role is refused and allowed at once, and names are unique.
func TestTable(t *testing.T) {
	seen := map[string]bool{}
	for _, a := range Table {
		if a.Name == "" || seen[a.Name] || len(a.May) == 0 {
			t.Errorf("act %q: twice, nameless or for nobody", a.Name)
		}
		seen[a.Name] = true
		for _, r := range a.Sees {
			if a.Allows(r) || a.Code == "" {
				t.Errorf("%s: %s may and is refused, or there is no code", a.Name, r)
			}
		}
		if a.Write && a.Purpose == "" {
			t.Errorf("%s has no purpose", a.Name)
		}
	}
}

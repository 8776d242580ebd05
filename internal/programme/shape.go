package programme

import (
	"time"

	"github.com/google/uuid"
)

// Shape is a published programme version.
type Shape struct {
	ID               uuid.UUID
	Name             string
	Number           int
	InCohort         bool
	Weeks            int
	SizeMin, SizeMax int
}

// HalfDay is a planned half-day of a version.
type HalfDay struct {
	VersionID                         uuid.UUID
	Day, Half, Week, StartsAt, EndsAt int
	Kind                              string
}

// Dated is a dated half-day.
type Dated struct {
	Day, Half, Week, StartsAt, EndsAt int
	Kind                              string
	HeldOn                            time.Time
}

// Lay lays a version's half-days on working days from start.
func Lay(slots []HalfDay, v Shape, start time.Time, closed []time.Time) []Dated {
	days := WorkingDays(start, v.Weeks*5, closed)
	var out []Dated
	for _, s := range slots {
		if s.VersionID == v.ID && s.Day <= len(days) {
			out = append(
				out,
				Dated{Day: s.Day, Half: s.Half, Week: s.Week, StartsAt: s.StartsAt, EndsAt: s.EndsAt, Kind: s.Kind, HeldOn: days[s.Day-1]},
			)
		}
	}
	return out
}

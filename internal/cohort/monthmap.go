package cohort

import (
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/casework"
)

// MonthMap is a cohort's month in one look: a row a person, a column a day with its two half-days.
type MonthMap struct {
	Head casework.Group
	Days []MapDay
	Rows []MapRow
}

// MapDay is a column.
type MapDay struct {
	Date          time.Time
	Day, Week     int
	Theme         string
	First, Second uuid.UUID // meetings of the two half-days; Nil where nothing is planned
	FirstKind     string
	SecondKind    string
	FirstStarts   int
}

// MapRow is a person. Marks has two bytes a column: morning and afternoon, 0 where unmarked.
type MapRow struct {
	EnrolmentID                     uuid.UUID
	FirstName, LastName             string
	State                           casework.State
	StartsOn                        time.Time
	Goal                            string
	Slots                           []int32 // (date − 1.1.2000) × 2 + half − 1
	Letters                         string  // one letter a slot
	SearchShared                    bool
	Applications, Calls, Interviews int
	TrialID                         *uuid.UUID
	TrialState                      string
	TrialFrom, TrialUntil           *time.Time
	SiteName                        string
	LastContact                     *time.Time
}

// Marks spreads a row over the days.
func (m MonthMap) Marks(r MapRow) []byte {
	at := make(map[int32]int, len(m.Days))
	for i, d := range m.Days {
		at[int32(d.Date.Sub(epoch).Hours()/24)] = i
	}
	out := make([]byte, 2*len(m.Days))
	for i, s := range r.Slots {
		if col, ok := at[s/2]; ok && i < len(r.Letters) {
			out[col*2+int(s%2)] = r.Letters[i]
		}
	}
	return out
}

// SlotDay is the day of a slot number.
func SlotDay(slot int32) time.Time { return epoch.AddDate(0, 0, int(slot/2)) }

// epoch is the day the map's slots are counted from.
var epoch = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

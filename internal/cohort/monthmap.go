package cohort

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/casework"
	"kuukausi/internal/programme"
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
	SecondStarts  int
	FirstOff      bool // cancelled, and nothing in its place
	SecondOff     bool
}

// Kind is what one of the two half-days is for, "" when nothing is planned; half is 0 or 1.
func (d MapDay) Kind(half int) string { return [2]string{d.FirstKind, d.SecondKind}[half] }

// Off tells whether one of the two half-days was cancelled with nothing in its place.
func (d MapDay) Off(half int) bool { return [2]bool{d.FirstOff, d.SecondOff}[half] }

// AtWork is the half-day people spend at workplaces, −1 for none.
func (d MapDay) AtWork() int {
	return slices.Index([]string{d.FirstKind, d.SecondKind}, programme.KindTrial)
}

// Together is the first half-day the group spends together, and when it begins; Nil for none.
func (d MapDay) Together() (meeting uuid.UUID, starts int) {
	switch {
	case d.FirstKind != "" && d.FirstKind != programme.KindTrial:
		return d.First, d.FirstStarts
	case d.SecondKind != "" && d.SecondKind != programme.KindTrial:
		return d.Second, d.SecondStarts
	}
	return uuid.Nil, 0
}

// MapRow is a person.
type MapRow struct {
	EnrolmentID                     uuid.UUID
	FirstName, LastName             string
	Protected                       bool // by an order: on no list on paper (internal/domain.md 96)
	State                           casework.State
	StartsOn                        time.Time
	ClosedOn                        *time.Time // the day on which the case ended
	Goal                            string
	Slots                           []int32 // (date − 1.1.2000) × 2 + half − 1
	Letters                         string  // one letter a slot
	SearchShared                    bool
	Applications, Calls, Interviews int
	TrialID                         *uuid.UUID
	TrialDraft, TrialActive         bool     // proposed only; in force
	TrialFlaws                      []string // of a draft: what keeps it from becoming an agreement
	TrialState                      string   // as its own room names it
	TrialFrom, TrialUntil           *time.Time
	SiteName                        string
	LastContact                     *time.Time
}

// Here tells whether the person's month covers the day: from their own first day until the day their case ended.
func (r MapRow) Here(day time.Time) bool {
	return !day.Before(r.StartsOn) && (r.ClosedOn == nil || !day.After(*r.ClosedOn))
}

// Marks spreads a row over the days: two bytes a day, one a half-day, 0 where unmarked.
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

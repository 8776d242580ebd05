package review

import (
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/casework"
	"kuukausi/internal/programme"
	"kuukausi/internal/schedule"
)

// Slots is who of a cohort has no review yet, and what takes the time of the coach and of the people.
type Slots struct {
	Head   casework.Group
	People []SlotPerson
	Taken  []Taken
	Closed []time.Time `db:"-"`
}

// SlotPerson is somebody without a review.
type SlotPerson struct {
	EnrolmentID         uuid.UUID
	FirstName, LastName string
}

// Taken is a time of a day that is gone: for one person, or for all.
type Taken struct {
	EnrolmentID      *uuid.UUID
	On               time.Time
	StartsAt, EndsAt int
}

// Slot is a time for a review.
type Slot struct {
	On time.Time
	At int
}

// The times that are proposed: on the hour's quarter from morning to afternoon, in the last days of the month and, where those
// are full, after it.
const (
	slotFirst = 8*60 + 15
	slotLast  = 15*60 + 15
	slotEvery = 60
	slotDays  = 5
)

// Propose gives each person a time that nothing takes, from five days before the month's end on; somebody may be left without.
func (s Slots) Propose(today time.Time) map[uuid.UUID]Slot {
	from := s.Head.EndsOn.AddDate(0, 0, 1-slotDays)
	if !from.After(today) {
		from = today.AddDate(0, 0, 1)
	}
	out, used := map[uuid.UUID]Slot{}, map[Slot]bool{}
	for _, day := range programme.WorkingDays(from, 2*slotDays, s.Closed) {
		for at := slotFirst; at <= slotLast; at += slotEvery {
			if s.taken(nil, day, at) {
				continue
			}
			for _, p := range s.People {
				if _, has := out[p.EnrolmentID]; !has && !used[Slot{day, at}] && !s.taken(&p.EnrolmentID, day, at) {
					out[p.EnrolmentID], used[Slot{day, at}] = Slot{day, at}, true
				}
			}
		}
	}
	return out
}

// taken tells whether something of all, or of this person, touches a review at that time.
func (s Slots) taken(of *uuid.UUID, day time.Time, at int) bool {
	for _, t := range s.Taken {
		whose := t.EnrolmentID == nil && of == nil || t.EnrolmentID != nil && of != nil && *t.EnrolmentID == *of
		if whose && t.On.Equal(day) && schedule.Overlap(at, at+schedule.ReviewMinutes, t.StartsAt, t.EndsAt) {
			return true
		}
	}
	return false
}

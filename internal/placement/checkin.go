package placement

import (
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/programme"
)

// beforeStart is the one planned contact whose days count back from the first day.
const beforeStart = "before"

// Rhythm is when the programme wants a site contacted: days from the trial's first day, or before its last when negative.
type Rhythm struct {
	Code string
	Day  int
}

// Checkin is a planned contact with a site; Done is the day it was made.
type Checkin struct {
	ID    uuid.UUID
	Code  string
	DueOn time.Time
	Done  *time.Time
	Kind  string // how it was made
	By    string
}

// Missed tells whether it should have been made before today.
func (c Checkin) Missed(today time.Time) bool { return c.Done == nil && c.DueOn.Before(today) }

// due is the day of a planned contact, a working day: inside the trial, or before it.
func (r Rhythm) due(starts, ends time.Time) time.Time {
	on, step := starts.AddDate(0, 0, r.Day), 1
	switch {
	case r.Code == beforeStart:
		on, step = starts.AddDate(0, 0, -max(r.Day, -r.Day)), -1
	case r.Day < 0:
		on, step = ends.AddDate(0, 0, r.Day), -1
	}
	for !programme.WorkingDay(on, nil) {
		on = on.AddDate(0, 0, step)
	}
	switch {
	case r.Code == beforeStart:
		return on
	case on.Before(starts):
		return starts
	case on.After(ends):
		return ends
	}
	return on
}

// plan are the contacts of a trial that comes into force; the one before the start only while there is time for it.
func plan(rhythm []Rhythm, starts, ends, today time.Time) (out []Checkin) {
	for _, r := range rhythm {
		if r.Code == beforeStart && r.due(starts, ends).Before(today) {
			continue
		}
		if starts.AddDate(0, 0, max(r.Day, 0)).After(ends) {
			continue // a trial of two weeks has no third
		}
		out = append(out, Checkin{ID: uuid.Must(uuid.NewV7()), Code: r.Code, DueOn: r.due(starts, ends)})
	}
	return out
}

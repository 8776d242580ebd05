package schedule

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// Room is where a cohort meets.
type Room struct {
	ID               uuid.UUID
	Name, Place      string
	Seats, Computers int
	Version          int
}

// Where is the room people meet in, the rooms there are, and the organisation's closed days.
type Where struct {
	RoomID *uuid.UUID // nil while none is chosen
	Rooms  []Room
	People int
	Closed []time.Time
}

// Room is the chosen one, the zero value for none.
func (w Where) Room() Room {
	for _, r := range w.Rooms {
		if w.RoomID != nil && r.ID == *w.RoomID {
			return r
		}
	}
	return Room{}
}

// Lacks is what the room has fewer of than there are participants: that warns, it stops nothing (internal/domain.md 12).
func (w Where) Lacks() (out []string) {
	room := w.Room()
	if room.ID != uuid.Nil && room.Seats < w.People {
		out = append(out, "seats")
	}
	if room.ID != uuid.Nil && room.Computers < w.People {
		out = append(out, "computers")
	}
	return out
}

// RoomForm is the typed form, unchecked; a number that is none is negative.
type RoomForm struct {
	Name, Place      string
	Seats, Computers int
}

func (f RoomForm) check() (RoomForm, error) {
	var v fault.Invalid
	if f.Name, f.Place = strings.TrimSpace(f.Name), strings.TrimSpace(f.Place); f.Name == "" {
		v.Add("name", "E_REQUIRED")
	}
	if f.Seats < 1 || f.Seats > 500 {
		v.Add("seats", "E_RANGE", "Min", 1, "Max", 500)
	}
	if f.Computers < 0 || f.Computers > 500 {
		v.Add("computers", "E_RANGE", "Min", 0, "Max", 500)
	}
	return f, v.OrNil()
}

// SaveRoom stores a room: a new one when room is Nil, its id then being the form's.
func (s Service) SaveRoom(ctx context.Context, room uuid.UUID, form access.Form, f RoomForm) error {
	f, err := f.check()
	return s.store.StoreRoom(ctx, room, form, f, err)
}

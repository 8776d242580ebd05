package cohort

import (
	"context"
	"strings"

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

// Where is the room people meet in (the zero value while none is chosen), and the rooms there are.
type Where struct {
	Room   Room
	Rooms  []Room
	People int
}

// Lacks is what the room has fewer of than there are participants: that warns, it stops nothing (domain.md 12).
func (w Where) Lacks() (out []string) {
	if w.Room.ID != uuid.Nil && w.Room.Seats < w.People {
		out = append(out, "seats")
	}
	if w.Room.ID != uuid.Nil && w.Room.Computers < w.People {
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
	return s.StoreRoom(ctx, room, form, f, err)
}

package preassignment

import (
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/preassignment"
)

// Store keeps the room's rows: preassignment.Store over the doors.
type Store struct{ *door.DB }

var (
	_ preassignment.Store = Store{}
)

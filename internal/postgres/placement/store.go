package placement

import (
	"kuukausi/internal/placement"
	"kuukausi/internal/postgres/door"
)

// Store keeps the room's rows: placement.Store over the doors.
type Store struct{ *door.DB }

var (
	_ placement.Store = Store{}
)

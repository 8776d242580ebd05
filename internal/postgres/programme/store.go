package programme

import (
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/programme"
)

// Store keeps the room's rows: programme.Store over the doors.
type Store struct{ *door.DB }

var (
	_ programme.Store = Store{}
)

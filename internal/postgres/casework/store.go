package casework

import (
	"kuukausi/internal/casework"
	"kuukausi/internal/postgres/door"
)

// Store keeps the room's rows: casework.Store over the doors.
type Store struct{ *door.DB }

var (
	_ casework.Store = Store{}
)

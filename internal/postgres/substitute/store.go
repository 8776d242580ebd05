package substitute

import (
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/substitute"
)

// Store keeps the room's rows: substitute.Store over the doors.
type Store struct{ *door.DB }

var (
	_ substitute.Store = Store{}
)

package recruitment

import (
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/recruitment"
)

// Store keeps the room's rows: recruitment.Store over the doors.
type Store struct{ *door.DB }

var (
	_ recruitment.Store = Store{}
)

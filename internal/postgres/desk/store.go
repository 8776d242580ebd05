package desk

import (
	"kuukausi/internal/desk"
	"kuukausi/internal/postgres/door"
)

// Store keeps the room's rows: desk.Store over the doors.
type Store struct{ *door.DB }

var (
	_ desk.Store = Store{}
)

package schedule

import (
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/schedule"
)

// Store keeps the room's rows: schedule.Store over the doors.
type Store struct{ *door.DB }

var (
	_ schedule.Store = Store{}
)

package cohort

import (
	"kuukausi/internal/cohort"
	"kuukausi/internal/postgres/door"
)

// Store keeps the room's rows: cohort.Store over the doors.
type Store struct{ *door.DB }

var (
	_ cohort.Store = Store{}
)

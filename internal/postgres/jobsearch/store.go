package jobsearch

import (
	"kuukausi/internal/jobsearch"
	"kuukausi/internal/postgres/door"
)

// Store keeps the room's rows: jobsearch.Store over the doors.
type Store struct{ *door.DB }

var (
	_ jobsearch.Store = Store{}
)

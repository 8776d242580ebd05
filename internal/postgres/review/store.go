package review

import (
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/review"
)

// Store keeps the room's rows: review.Store over the doors.
type Store struct{ *door.DB }

var (
	_ review.Store = Store{}
)

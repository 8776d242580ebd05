package participant

import (
	"kuukausi/internal/participant"
	"kuukausi/internal/postgres/door"
)

// Store keeps the room's rows: participant.Store over the doors.
type Store struct{ *door.DB }

var (
	_ participant.Store = Store{}
)

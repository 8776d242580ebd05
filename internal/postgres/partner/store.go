package partner

import (
	"kuukausi/internal/partner"
	"kuukausi/internal/postgres/door"
)

// Store keeps the room's rows: partner.Store over the doors.
type Store struct{ *door.DB }

var (
	_ partner.Store = Store{}
)

package account

import (
	"kuukausi/internal/account"
	"kuukausi/internal/postgres/door"
)

// Store keeps the room's rows: account.Store over the doors.
type Store struct{ *door.DB }

var (
	_ account.Store    = Store{}
	_ account.Sessions = Store{}
	_ account.Drafts   = Store{}
)

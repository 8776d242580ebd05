package access

import (
	"github.com/google/uuid"
)

// Colleague can be chosen as coach, coordinator or expert.
type Colleague struct {
	ID   uuid.UUID
	Name string
	Role Role
	Area string
}

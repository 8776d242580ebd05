package casework

import (
	"time"

	"github.com/google/uuid"
)

// Owners are who can promise to do something.
var Owners = []string{"coach", "coordinator", "expert", "participant"}

// Promise is something agreed about a person, and who does it.
type Promise struct {
	ID        uuid.UUID
	Body      string
	Owner     string
	DueOn     *time.Time
	By        string
	At        time.Time
	Version   int
	Enrolment uuid.UUID
}

// Late tells whether its day has passed.
func (p Promise) Late(today time.Time) bool { return p.DueOn != nil && p.DueOn.Before(today) }

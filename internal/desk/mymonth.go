package desk

import (
	"github.com/google/uuid"

	"kuukausi/internal/casework"
	"kuukausi/internal/preassignment"
	"kuukausi/internal/schedule"
)

// MyMonth is the participant's own page.
type MyMonth struct {
	Case         casework.Case
	Goal         string
	Slots        []PersonSlot
	Review       *uuid.UUID
	Site         string
	Notes        []casework.Note
	Pre          []preassignment.Assignment
	Promises     []casework.Promise
	Appointments []schedule.Appointment
	// Interrupted is the authority's decision that ended the case.
	Interrupted *casework.Interruption
}

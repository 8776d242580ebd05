package participant

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/fault"
)

// Known is somebody the organisation has already, by code or by name and day of birth. ID is nil when the actor has no
// duty on them: then they learn that there is somebody.
type Known struct {
	ParticipantID       *uuid.UUID
	FirstName, LastName string
	BornOn              *time.Time
	ByCode              bool
}

// Same is what somebody answered when told of a person who may be the same one: "" nothing yet, "new" another person, or
// that person's id.
type Same string

// Another is the answer that it is somebody else.
const Another Same = "new"

// Choose decides whether a person is made anew (Nil) or is one that is there: E_DUPLICATE_PERSON asks, with the people in
// question in its arguments; E_NATIONAL_ID_TAKEN, one answer for everybody on whom the actor has no duty.
func (s Same) Choose(known []Known, v *fault.Invalid) uuid.UUID {
	byCode := slices.ContainsFunc(known, func(k Known) bool { return k.ByCode })
	for _, k := range known { // a code says who it is, whatever the name says
		if k.ParticipantID != nil && string(s) == k.ParticipantID.String() && (k.ByCode || !byCode) {
			return *k.ParticipantID
		}
	}
	for _, k := range known {
		if k.ByCode && k.ParticipantID == nil {
			v.AddAs("last_name", "E_NATIONAL_ID_TAKEN", "problem.person_here")
			return uuid.Nil
		}
	}
	for _, k := range known {
		if k.ByCode || s != Another {
			v.Add("same", "E_DUPLICATE_PERSON", "Known", known)
			return uuid.Nil
		}
	}
	return uuid.Nil
}

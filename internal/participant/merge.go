package participant

import (
	"context"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// Twin is one record of a person, with their cases.
type Twin struct {
	ParticipantID, EnrolmentID uuid.UUID
	FirstName, LastName        string
	BornOn                     time.Time
	Municipality               string
	CodeKnown                  bool
	Knows                      bool // the actor works with all of their cases, and they are not protected
	Version                    int
	Cases                      []TwinCase
}

// TwinCase is a case of one of the records.
type TwinCase struct {
	Cohort           string
	State            string
	Open             bool
	StartsOn, EndsOn time.Time
}

// Twins is a person, who may be the same one, and the one chosen to be merged with them.
type Twins struct {
	Person     Twin
	Candidates []Twin
	Other      *Twin
	Merges     []Merge
}

// Merge is a merge that was done.
type Merge struct {
	ID       uuid.UUID
	Cases    int // how many moved
	By       string
	At       time.Time
	UndoneAt *time.Time
}

// Plan is which of the two records stays and which goes: the one with the identity code stays, or else the person whose
// page it is. E_MERGE_CODES when both have one: then they are two people. E_MERGE_KNOWS when the actor does not work
// with all of their cases; E_MERGE_COHORT when both are in one cohort at the same time.
func (t Twins) Plan() (kept, merged Twin, err error) {
	if t.Other == nil {
		return t.Person, t.Person, fault.One("with", "E_REQUIRED")
	}
	kept, merged = t.Person, *t.Other
	if merged.CodeKnown && !kept.CodeKnown {
		kept, merged = merged, kept
	}
	var v fault.Invalid
	switch {
	case merged.CodeKnown:
		v.Add("", "E_MERGE_CODES")
	case !kept.Knows || !merged.Knows:
		v.Add("", "E_MERGE_KNOWS")
	}
	for _, a := range kept.Cases {
		for _, b := range merged.Cases {
			if a.Cohort != "" && a.Cohort == b.Cohort && a.Open && b.Open {
				v.Add("", "E_MERGE_COHORT", "Cohort", a.Cohort)
			}
		}
	}
	return kept, merged, v.OrNil()
}

// Merge makes two records of one person one: the cases move, nothing is deleted, and it can be undone.
func (s Service) Merge(ctx context.Context, enrolment, other uuid.UUID, form access.Form) error {
	return s.store.MergePeople(ctx, enrolment, other, form, func(t Twins) (uuid.UUID, uuid.UUID, error) {
		kept, merged, err := t.Plan()
		return kept.ParticipantID, merged.ParticipantID, err
	})
}

// Undo takes a merge back: the cases that moved return.
func (s Service) Undo(ctx context.Context, merge uuid.UUID, form access.Form) (enrolment uuid.UUID, err error) {
	return s.store.UndoMerge(ctx, merge, form, func(m Merge) error {
		if m.UndoneAt != nil {
			return fault.ErrStale
		}
		return nil
	})
}

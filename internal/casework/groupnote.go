package casework

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// GroupNote is one text for several people of a cohort; who has a text of their own gets that instead.
type GroupNote struct {
	NoteForm
	For map[uuid.UUID]string // who gets one, with their own text or ""
}

// Roster is a cohort with the people a note can be written for.
type Roster struct {
	Head   Group
	People []RosterRow
	Words  []string
}

// RosterRow is a person of a roster.
type RosterRow struct {
	EnrolmentID         uuid.UUID
	FirstName, LastName string
	State               State
}

// WriteGroupNote stores a note for each chosen person, all under one batch (internal/domain.md, ruling 15).
func (s Service) WriteGroupNote(ctx context.Context, cohort uuid.UUID, form access.Form, g GroupNote) error {
	return s.store.AddGroupNote(ctx, cohort, form, func(r Roster) ([]NewNote, error) { return r.Note(g) })
}

// Note is the rule of WriteGroupNote: somebody chosen (E_NOBODY), only people of this roster.
func (r Roster) Note(g GroupNote) ([]NewNote, error) {
	var v fault.Invalid
	common := g.NoteForm.check(&v)
	if len(g.For) == 0 {
		v.Add("for", "E_NOBODY")
	}
	var out []NewNote
	for _, p := range r.People {
		own, chosen := g.For[p.EnrolmentID]
		if !chosen {
			continue
		}
		delete(g.For, p.EnrolmentID)
		if !p.State.Open() { // left while the note was written: the others get theirs when it is sent again
			v.Add("", "E_LEFT_NAMED", "Name", p.FirstName+" "+p.LastName, "Text", own)
			continue
		}
		n := NewNote{NoteForm: common, Enrolment: p.EnrolmentID}
		if own = strings.TrimSpace(own); own != "" {
			n.Body = own
		}
		v.Limit("own."+p.EnrolmentID.String(), n.Body, 8000)
		n.Wording = Wording(n.Body, r.Words)
		out = append(out, n)
	}
	if len(g.For) > 0 {
		return nil, fault.ErrNotFound // somebody who is not in this cohort
	}
	return out, v.OrNil()
}

package casework

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// The levels of a note (internal/domain.md 92).
const (
	Private = "private" // its author's draft, at most PrivateDays old
	OfCase  = "case"    // the coaches of the case
	Shared  = "shared"  // and the participant
)

// PrivateDays is how long a private note may stay one (internal/domain.md 92).
const PrivateDays = 14

// What the forms of notes offer.
var (
	NoteLevels  = []string{Private, OfCase, Shared}
	NoteSources = []string{"participant", "coach", "site", "expert", "other"}
)

// Note is a note of a case as its reader may see it.
type Note struct {
	ID                       uuid.UUID
	Body, Visibility, Source string
	InReview                 bool
	Wording                  string // words of the organisation's list found in it, for its author
	Group                    bool   // written for several people at once
	WrittenBy                string
	Own                      bool
	At                       time.Time
	Version                  int
	Earlier                  int // how often it was corrected
}

// Due tells whether a private note has to be filed or deleted.
func (n Note) Due(now time.Time) bool {
	return n.Visibility == Private && now.Sub(n.At) > PrivateDays*24*time.Hour
}

// NoteForm is the typed form, unchecked.
type NoteForm struct {
	Body, Visibility, Source string
	InReview                 bool
}

// NewNote is a note to be stored for one person.
type NewNote struct {
	NoteForm
	Enrolment uuid.UUID
	Wording   string
}

// NoteCase is what the rules of notes need: the case, and the organisation's list of words.
type NoteCase struct {
	State State
	Words []string
}

// HeldNote is a note of one's own, with the person it is about and the organisation's list of words.
type HeldNote struct {
	Note
	Enrolment uuid.UUID
	Name      string
	State     State
	Words     []string `db:"-"` // read apart, for a change
}

func (f NoteForm) check(v *fault.Invalid) NoteForm {
	f.Body = strings.TrimSpace(f.Body)
	v.Require("body", f.Body, 8000)
	if !slices.Contains(NoteLevels, f.Visibility) {
		v.Add("visibility", "E_CHOICE")
	}
	if !slices.Contains(NoteSources, f.Source) {
		v.Add("source", "E_CHOICE")
	}
	return f
}

// WriteNote stores a note. A closed case takes none.
func (s Service) WriteNote(ctx context.Context, enrolment uuid.UUID, form access.Form, f NoteForm) error {
	return s.store.AddNote(ctx, enrolment, form, func(c NoteCase) (NewNote, error) {
		var v fault.Invalid
		f = f.check(&v)
		if !c.State.Open() {
			v.Add("", "E_CASE_CLOSED")
		}
		return NewNote{NoteForm: f, Enrolment: enrolment, Wording: Wording(f.Body, c.Words)}, v.OrNil()
	})
}

// CorrectNote changes a note of one's own: its text, its level or whether the review may use it. What was filed is
// not taken back to private; a private one older than PrivateDays is filed, not rewritten (E_NOTE_FILE).
func (s Service) CorrectNote(ctx context.Context, note uuid.UUID, form access.Form, f NoteForm) (uuid.UUID, error) {
	return s.store.ChangeNote(ctx, access.NoteCorrect, note, form, func(a access.Actor, h HeldNote) (NewNote, error) {
		var v fault.Invalid
		f.Source = h.Source
		f = f.check(&v)
		if !h.State.Open() {
			v.Add("", "E_CASE_CLOSED")
		}
		if h.Visibility != Private && f.Visibility == Private || h.Visibility == Shared && f.Visibility == OfCase {
			v.Add("visibility", "E_NOTE_FILED")
		}
		if h.Due(a.Now) && f.Visibility == Private {
			v.Add("visibility", "E_NOTE_FILE")
		}
		return NewNote{NoteForm: f, Enrolment: h.Enrolment, Wording: Wording(f.Body, h.Words)}, v.OrNil()
	})
}

// DropNote deletes a private note of one's own; a filed one stays (E_NOTE_FILED).
func (s Service) DropNote(ctx context.Context, note uuid.UUID, form access.Form) (uuid.UUID, error) {
	return s.store.ChangeNote(ctx, access.NoteDrop, note, form, func(_ access.Actor, h HeldNote) (NewNote, error) {
		if h.Visibility != Private {
			return NewNote{}, fault.One("", "E_NOTE_FILED")
		}
		return NewNote{Enrolment: h.Enrolment}, nil
	})
}

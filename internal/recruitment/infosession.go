package recruitment

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/locale"
	"kuukausi/internal/participant"
	"kuukausi/internal/programme"
)

const InfoText = "info_voluntary"

// InfoSession tells people about the service. Being there makes no case (internal/domain.md 1, 2).
type InfoSession struct {
	ID               uuid.UUID
	HeldOn           time.Time
	StartsAt, EndsAt int
	Place            string
	Mandatory        bool
	Lang, Invitation string
	Cancelled, Own   bool
	Host             string
	Informed, Came   int
	Version          int
}

// InfoSessionPage is one session with the people the reader told about it, or all of them for its host.
type InfoSessionPage struct {
	InfoSession
	Guests []Guest
}

// Guest is somebody who was told of a session.
type Guest struct {
	ID         uuid.UUID
	Name       string
	Came       *bool
	Joined     bool // referred or enrolled since
	InformedBy string
	InformedAt time.Time
}

// InfoSessionForm is the typed form, unchecked. Times are minutes of the day, -1 for none.
type InfoSessionForm struct {
	HeldOn           time.Time
	StartsAt, EndsAt int
	Place            string
	Attendance       string // mandatory or optional
	Lang, Invitation string
}

// NewInfoSession is a session to be stored. Statement is the voluntariness text its invitation contains.
type NewInfoSession struct {
	InfoSessionForm
	Statement uuid.UUID
}

// InfoAttendances are whether one has to come.
var InfoAttendances = []string{"optional", "mandatory"}

// HoldInfo makes an info session. Its id is the form's.
func (s Service) HoldInfo(ctx context.Context, form access.Form, f InfoSessionForm) error {
	return s.store.AddInfoSession(ctx, form, func(a access.Actor, texts participant.Texts, closed []time.Time) (NewInfoSession, error) {
		return f.Hold(texts, closed, a.Today())
	})
}

// Hold is the rule of HoldInfo. Whoever has to come is told, in the invitation itself, that the month is voluntary:
// E_INFO_VOLUNTARY_TEXT.
func (f InfoSessionForm) Hold(texts participant.Texts, closed []time.Time, today time.Time) (NewInfoSession, error) {
	var v fault.Invalid
	n := NewInfoSession{InfoSessionForm: f}
	n.Place, n.Invitation = strings.TrimSpace(f.Place), strings.TrimSpace(f.Invitation)
	switch {
	case f.HeldOn.IsZero():
		v.Add("held_on", "E_DATE")
	case f.HeldOn.Before(today):
		v.Add("held_on", "E_PAST")
	case !programme.WorkingDay(f.HeldOn, closed):
		v.Add("held_on", "E_HOLIDAY")
	}
	if f.StartsAt < 0 {
		v.Add("starts_at", "E_TIME")
	}
	if f.EndsAt < 0 || f.EndsAt <= f.StartsAt {
		v.Add("ends_at", "E_TIME")
	}
	if n.Place == "" {
		v.Add("place", "E_REQUIRED")
	}
	if !slices.Contains(InfoAttendances, f.Attendance) {
		v.Add("attendance", "E_CHOICE")
	}
	if !slices.Contains(locale.Langs, f.Lang) {
		v.Add("lang", "E_CHOICE")
	}
	v.Require("invitation", n.Invitation, 4000)
	if t := texts.In(InfoText, f.Lang); t.ID != uuid.Nil && strings.Contains(spaced(n.Invitation), spaced(t.Body)) {
		n.Statement = t.ID
	}
	if f.Attendance == "mandatory" && n.Statement == uuid.Nil {
		v.Add("invitation", "E_INFO_VOLUNTARY_TEXT")
	}
	return n, v.OrNil()
}

// spaced is a text with every run of white space as one space: a line break of the form is no other wording.
func spaced(s string) string { return strings.Join(strings.Fields(s), " ") }

// maxGuests is how many names one form takes.
const maxGuests = 60

// Inform notes who was told of a session, a name a line.
func (s Service) Inform(ctx context.Context, info uuid.UUID, form access.Form, names string) error {
	return s.store.AddGuests(ctx, info, form, func(a access.Actor, p InfoSession) ([]string, error) {
		var v fault.Invalid
		var out []string
		for _, line := range strings.Split(names, "\n") {
			if line = spaced(line); line != "" {
				out = append(out, line)
			}
			v.Limit("names", line, 120)
		}
		switch {
		case p.Cancelled:
			v.Add("", "E_INFO_CANCELLED")
		case len(out) == 0:
			v.Add("names", "E_REQUIRED")
		case len(out) > maxGuests:
			v.Add("names", "E_TOO_MANY", "Max", maxGuests)
		}
		return out, v.OrNil()
	})
}

// MarkGuests stores who came: of those the form showed the chosen did, the others did not. Not before the day itself.
func (s Service) MarkGuests(ctx context.Context, info uuid.UUID, form access.Form, shown, came []uuid.UUID) error {
	return s.store.StoreGuests(ctx, info, form, shown, came, func(a access.Actor, p InfoSession) error {
		switch {
		case p.Cancelled:
			return fault.One("", "E_INFO_CANCELLED")
		case p.HeldOn.After(a.Today()):
			return fault.One("", "E_NOT_YET", "Day", p.HeldOn)
		}
		return nil
	})
}

// CancelInfo calls a session off.
func (s Service) CancelInfo(ctx context.Context, info uuid.UUID, form access.Form) error {
	return s.store.EndInfoSession(ctx, info, form, func(a access.Actor, p InfoSession) error {
		switch {
		case p.Cancelled:
			return fault.One("", "E_INFO_CANCELLED")
		case p.HeldOn.Before(a.Today()):
			return fault.One("", "E_PAST")
		}
		return nil
	})
}

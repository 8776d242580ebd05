package review

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/fault"
	"kuukausi/internal/programme"
)

// The clashes of a review's time: with the group or an appointment of the person, with another review of the coach, of the
// expert, or in the same place.
var Clashes = []string{"group", "appointment", "coach", "expert", "place"}

// Booking is a review's time with its first text.
type Booking struct {
	MeetsOn time.Time
	MeetsAt int
	Place   string
	Body    Body `json:"-"`
}

// String is the booking as it is kept when it is moved.
func (b Booking) String() string {
	raw, _ := json.Marshal(b) // days, numbers and text always marshal
	return string(raw)
}

// Moved is a time and place a review had before.
type Moved struct {
	Was Booking
	By  string
	At  time.Time
}

// BookReview sets the meeting and writes the first version from the month. compose turns what was gathered into sentences of
// the person's language: texts are the catalogue's business. The refusals of a time are those of Booking.check.
func (s Service) BookReview(ctx context.Context, enrolment uuid.UUID, form access.Form, b Booking, compose func(Gathered) Body) error {
	return s.store.Book(ctx, enrolment, form, b, func(a access.Actor, g Gathered) (Booking, error) {
		var v fault.Invalid
		b.Place = strings.TrimSpace(b.Place)
		if !b.MeetsOn.IsZero() && b.MeetsOn.Before(g.StartsOn) {
			v.Add("meets_on", "E_BEFORE_START")
		}
		b.check(a.Today(), g.Closed, g.Clashes, &v)
		if g.Booked {
			v.Add("", "E_REVIEW_EXISTS")
		}
		if !g.State.In(casework.Active, casework.InReview) {
			v.Add("", "E_TRANSITION")
		}
		b.Body = compose(g)
		maps.DeleteFunc(b.Body, func(h, _ string) bool { return !slices.Contains(g.Shape.Headings, h) })
		return b, v.OrNil()
	})
}

// check says what is wrong with a time and place: a working day to come (E_PAST, E_HOLIDAY), where it touches nothing of the
// three (E_OVERLAP, internal/domain.md 19).
func (b Booking) check(today time.Time, closed []time.Time, clashes []string, v *fault.Invalid) {
	switch {
	case b.MeetsOn.IsZero():
		v.Add("meets_on", "E_DATE")
	case b.MeetsOn.Before(today):
		v.Add("meets_on", "E_PAST")
	case !programme.WorkingDay(b.MeetsOn, closed):
		v.Add("meets_on", "E_HOLIDAY")
	}
	if b.MeetsAt <= 0 {
		v.Add("meets_at", "E_CLOCK")
	}
	v.Require("place", b.Place, 200)
	for _, c := range clashes {
		field := "meets_at"
		if c == "place" {
			field = "place"
		}
		v.AddAs(field, "E_OVERLAP", "review_clash."+c)
	}
}

// MoveMeeting sets another time or place of a review that is not locked (E_REVIEW_LOCKED) and whose present version nobody has
// acknowledged (E_REVIEW_ACKED: that meeting was held); what it was is kept. E_SAME: nothing changes.
func (s Service) MoveMeeting(ctx context.Context, review uuid.UUID, form access.Form, b Booking) error {
	b.Place = strings.TrimSpace(b.Place)
	return s.store.Rebook(ctx, review, form, b, func(a access.Actor, r Review, closed []time.Time, clashes []string) (Booking, error) {
		if r.State == Locked {
			return b, fault.One("", "E_REVIEW_LOCKED")
		}
		if r.Acknowledged() {
			return b, fault.One("", "E_REVIEW_ACKED")
		}
		var v fault.Invalid
		b.check(a.Today(), closed, clashes, &v)
		if len(v) == 0 && b.MeetsOn.Equal(r.MeetsOn) && b.MeetsAt == r.MeetsAt && b.Place == r.Place {
			v.Add("", "E_SAME")
		}
		return b, v.OrNil()
	})
}

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
	"kuukausi/internal/schedule"
)

// The clashes of a review's time: with the group or an appointment of the person, with another review of the coach, of the
// expert, or in the same place.
var Clashes = []string{"group", "appointment", "coach", "expert", "place"}

// Booking is a review's time with its first text.
type Booking struct {
	Enrolment, ID uuid.UUID `json:"-"` // whose, and which
	MeetsOn       time.Time
	MeetsAt       int
	Place         string
	Body          Body `json:"-"`
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

// Composer turns what was gathered into sentences of the person's language: texts are the catalogue's business.
type Composer func(Gathered) Body

// BookReview sets the meeting and writes the first version from the month. The refusals of a time are those of Booking.check.
func (s Service) BookReview(ctx context.Context, enrolment uuid.UUID, form access.Form, b Booking, compose Composer) error {
	b.Enrolment, b.ID = enrolment, form.ID
	return s.store.Book(ctx, enrolment, form, []Booking{b}, func(a access.Actor, all []Gathered) ([]Booking, error) {
		return book(a.Today(), all, []Booking{b}, func(uuid.UUID) string { return "" }, compose)
	})
}

// BookGroup sets the meetings of several people of a cohort in one act: all of them or none. A person left out is simply not
// among them; E_NOBODY where nobody is.
func (s Service) BookGroup(ctx context.Context, cohort uuid.UUID, form access.Form, want []Booking, compose Composer) error {
	return s.store.Book(ctx, cohort, form, want, func(a access.Actor, all []Gathered) ([]Booking, error) {
		if len(want) == 0 {
			return nil, fault.One("", "E_NOBODY")
		}
		return book(a.Today(), all, want, func(id uuid.UUID) string { return "." + id.String() }, compose)
	})
}

// book is the rule of both; of tells the fields of several people apart.
func book(today time.Time, all []Gathered, want []Booking, of func(uuid.UUID) string, compose Composer) ([]Booking, error) {
	var v fault.Invalid
	found := map[uuid.UUID]Gathered{}
	for _, g := range all {
		found[g.EnrolmentID] = g
	}
	out := slices.Clone(want)
	for i := range out {
		b := &out[i]
		g, ok := found[b.Enrolment]
		if !ok {
			return nil, fault.ErrNotFound
		}
		field := of(b.Enrolment)
		b.Place = strings.TrimSpace(b.Place)
		if !b.MeetsOn.IsZero() && b.MeetsOn.Before(g.StartsOn) {
			v.Add("meets_on"+field, "E_BEFORE_START")
		}
		b.check(field, today, g.Closed, g.Clashes, &v)
		for _, other := range out[:i] { // booked by the same form: nobody sits in two
			if other.MeetsOn.Equal(b.MeetsOn) && b.MeetsAt > 0 && touch(other.MeetsAt, b.MeetsAt) {
				v.AddAs("meets_at"+field, "E_OVERLAP", "review_clash.coach")
				break
			}
		}
		if g.Booked {
			v.Add("", "E_REVIEW_EXISTS")
		}
		if !g.State.In(casework.Active, casework.InReview) {
			v.Add("", "E_TRANSITION")
		}
		b.Body = compose(g)
		maps.DeleteFunc(b.Body, func(h, _ string) bool { return !slices.Contains(g.Shape.Headings, h) })
	}
	return out, v.OrNil()
}

// touch tells whether reviews that begin at these minutes of a day touch.
func touch(a, b int) bool {
	return schedule.Overlap(a, a+schedule.ReviewMinutes, b, b+schedule.ReviewMinutes)
}

// check says what is wrong with a time and place: a working day to come (E_PAST, E_HOLIDAY), where it touches nothing of the
// three (E_OVERLAP, internal/domain.md 19). The place is asked once for several people.
func (b Booking) check(of string, today time.Time, closed []time.Time, clashes []string, v *fault.Invalid) {
	switch {
	case b.MeetsOn.IsZero():
		v.Add("meets_on"+of, "E_DATE")
	case b.MeetsOn.Before(today):
		v.Add("meets_on"+of, "E_PAST")
	case !programme.WorkingDay(b.MeetsOn, closed):
		v.Add("meets_on"+of, "E_HOLIDAY")
	}
	if b.MeetsAt <= 0 {
		v.Add("meets_at"+of, "E_CLOCK")
	}
	if b.Place == "" && slices.ContainsFunc(*v, func(p fault.Problem) bool { return p.Field == "place" }) {
		return // said once
	}
	v.Require("place", b.Place, 200)
	for _, c := range clashes {
		field := "meets_at" + of
		if c == "place" && of == "" {
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
		if err := r.over(); err != nil {
			return b, err
		}
		if r.Acknowledged() {
			return b, fault.One("", "E_REVIEW_ACKED")
		}
		var v fault.Invalid
		b.check("", a.Today(), closed, clashes, &v)
		if len(v) == 0 && b.MeetsOn.Equal(r.MeetsOn) && b.MeetsAt == r.MeetsAt && b.Place == r.Place {
			v.Add("", "E_SAME")
		}
		return b, v.OrNil()
	})
}

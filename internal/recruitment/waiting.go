package recruitment

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/fault"
	"kuukausi/internal/programme"
)

// Waiting is a cohort's waiting list (internal/domain.md 6).
type Waiting struct {
	Head   Joining
	People []WaitingPerson
	First  uuid.UUID // who is first in line, whether the reader may see them or not
	Closed []time.Time
	Gone   []GonePerson
}

// GonePerson did not want the place, or went before their own first day.
type GonePerson struct {
	ID                  uuid.UUID
	FirstName, LastName string
	On                  time.Time
}

// WaitingPerson is somebody who waits for a place, or to whom one is offered.
type WaitingPerson struct {
	ID                  uuid.UUID
	FirstName, LastName string
	Municipality, Phone string
	State               casework.State
	Number              int
	AnswerBy            *time.Time
	Expert              string
	Since               time.Time
	Version             int
}

// TakesIn tells whether somebody may still join or wait: their own first day comes before the cohort's third
// (internal/domain.md, ruling 12).
func (j Joining) TakesIn(today time.Time) bool {
	return slices.Contains([]casework.GroupState{casework.GroupOpen, casework.GroupConfirmed, casework.GroupRunning}, j.State) &&
		j.firstDay(today).Before(j.ThirdDay)
}

// free is how many places nobody has and nobody is asked about; both are counted on the cohort, past what one may see.
func (j Joining) free() int { return max(j.SizeMax-j.PlacesTaken-j.PlacesOffered, 0) }

// Free is how many places nobody has and nobody is asked about.
func (w Waiting) Free() int { return w.Head.free() }

// Next is who is offered a place next, Nil when nobody waits, no place is free or nobody is taken in any more.
func (w Waiting) Next(today time.Time) uuid.UUID {
	if w.Free() == 0 || !w.Head.TakesIn(today) {
		return uuid.Nil
	}
	return w.First
}

// Offer holds a place for the next of the waiting list until the given day.
func (s Service) Offer(ctx context.Context, enrolment uuid.UUID, form access.Form, answerBy time.Time) (cohort uuid.UUID, err error) {
	return s.store.OfferPlace(ctx, enrolment, form, func(a access.Actor, w Waiting) (time.Time, error) {
		return answerBy, w.Offer(enrolment, answerBy, a.Today())
	})
}

// Offer is the rule of Service.Offer: the next in order (E_QUEUE_ORDER), a free place (E_NO_PLACE), before the third
// day (E_COHORT_STATE), an answer by a day that has not passed and lies before the day on which nobody is taken in any
// more (E_ANSWER_LATE): until then the place is held.
func (w Waiting) Offer(to uuid.UUID, answerBy, today time.Time) error {
	var v fault.Invalid
	switch {
	case answerBy.IsZero():
		v.Add("answer_by", "E_DATE")
	case answerBy.Before(today):
		v.Add("answer_by", "E_PAST")
	case !answerBy.Before(w.Head.ThirdDay):
		v.Add("answer_by", "E_ANSWER_LATE")
	}
	switch {
	case !w.Head.TakesIn(today):
		v.Add("", "E_COHORT_STATE")
	case w.Free() == 0:
		v.Add("", "E_NO_PLACE")
	case w.Next(today) != to:
		v.Add("", "E_QUEUE_ORDER")
	}
	return v.OrNil()
}

// AnswerBy is until when an offer made today is held unless another day is agreed: three working days, and the day before
// nobody is taken in any more at the latest.
func (w Waiting) AnswerBy(today time.Time) time.Time {
	day := programme.WorkingDays(today.AddDate(0, 0, 1), 3, w.Closed)[2]
	if !day.Before(w.Head.ThirdDay) {
		day = w.Head.ThirdDay.AddDate(0, 0, -1)
	}
	return day
}

// firstDay is the own first day of somebody who joins today: the next day the cohort meets (internal/domain.md, ruling 12).
func (j Joining) firstDay(today time.Time) time.Time {
	switch {
	case !today.After(j.StartsOn):
		return j.StartsOn
	case j.NextDay != nil:
		return *j.NextDay
	}
	return today
}

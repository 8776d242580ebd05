package casework

import (
	"errors"
	"slices"
	"testing"

	"kuukausi/internal/fault"
)

// code is the first code of a refusal, "" for none.
func code(err error) string {
	var v fault.Invalid
	if errors.As(err, &v) {
		return v[0].Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func TestEnrolmentTransitions(t *testing.T) {
	all := []State{Referred, Invited, Accepted, Preparing, Active, InReview, Completed, Withdrawn, Interrupted, NotStarted}
	for _, from := range all {
		for _, to := range all {
			m, err := Case{State: from, ReviewLocked: true}.Move(to)
			if (err == nil) != slices.Contains(from.ByHand(false), to) {
				t.Errorf("%s → %s: %v", from, to, err)
			}
			want := 0
			if to.HasPlace() {
				want++
			}
			if from.HasPlace() {
				want--
			}
			if err == nil && (m.PlaceChange != want || m.Closes == to.Open()) {
				t.Errorf("%s → %s: place %d, closes %t", from, to, m.PlaceChange, m.Closes)
			}
		}
	}
	if _, err := (Case{State: InReview, ReviewState: "ready"}).Move(Completed); code(err) != "E_REVIEW_PARTY" {
		t.Error("a case was completed without its locked review")
	}
}

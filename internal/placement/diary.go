package placement

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// Moods of a day at a trial, in the participant's own words.
var Moods = []string{"good", "fine", "mixed", "hard"}

// DiaryDay is a day in a participant's own diary of a trial (internal/domain.md 37).
type DiaryDay struct {
	OnDay  time.Time
	Mood   string
	Body   string
	Shared bool // with the coach
	Topic  bool // may be brought to the group without a name
}

// WriteDiary stores a day of the participant's diary; nobody else writes it.
func (s Service) WriteDiary(ctx context.Context, trial uuid.UUID, form access.Form, d DiaryDay) error {
	return s.store.AddDiary(ctx, trial, form, func(a access.Actor, state State) (DiaryDay, error) {
		var v fault.Invalid
		d.Body, d.OnDay = strings.TrimSpace(d.Body), a.Today()
		if !slices.Contains(Moods, d.Mood) {
			v.Add("mood", "E_CHOICE")
		}
		v.Limit("diary", d.Body, 1000)
		if !state.TookPlace() {
			v.Add("", "E_TRIAL_NOT_BEGUN")
		}
		return d, v.OrNil()
	})
}

package schedule

import (
	"testing"
	"time"

	"github.com/google/uuid"
)

// The month ends on its last half-day, also when that one keeps its day while those before it move.
func TestSpanCountsWhatStays(t *testing.T) {
	on := func(day int) time.Time { return time.Date(2026, 11, day, 0, 0, 0, 0, time.UTC) }
	first, last := uuid.New(), uuid.New()
	f := FirstDay{Meetings: []Scheduled{{ID: first, HeldOn: on(2)}, {ID: last, HeldOn: on(27)}}}
	got := f.Span([]Change{{ID: first, To: on(3)}}, on(3))
	if !got.From.Equal(on(3)) || !got.Until.Equal(on(27)) {
		t.Errorf("the month is %v", got)
	}
}

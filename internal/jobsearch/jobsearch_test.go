package jobsearch

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/fault"
)

var today = time.Date(2026, 11, 19, 0, 0, 0, 0, time.UTC)

func codes(err error) (out string) {
	var v fault.Invalid
	if errors.As(err, &v) {
		for _, p := range v {
			out += p.Field + ":" + p.Code + " "
		}
	}
	return out
}

// A step is of a known kind, on a day that has come, in a log the participant shares and whose case is open.
func TestStep(t *testing.T) {
	open := Log{Shared: true, Open: true}
	for name, c := range map[string]struct {
		log  Log
		kind string
		on   time.Time
		want string
	}{
		"today":           {open, "call", today, ""},
		"long ago":        {open, "rehearsal", today.AddDate(0, -3, 0), ""},
		"tomorrow":        {open, "call", today.AddDate(0, 0, 1), "on:E_FUTURE "},
		"no day":          {open, "call", time.Time{}, "on:E_DATE "},
		"no such kind":    {open, "prayer", today, "kind:E_CHOICE "},
		"their own log":   {Log{Open: true}, "call", today, ":E_NOT_SHARED "},
		"a closed case":   {Log{Shared: true}, "call", today, ":E_TRANSITION "},
		"all that is bad": {Log{}, "", today.AddDate(0, 0, 1), "kind:E_CHOICE on:E_FUTURE :E_NOT_SHARED "},
	} {
		if _, err := c.log.step(today, c.kind, c.on); codes(err) != c.want {
			t.Errorf("%s: %q, want %q", name, codes(err), c.want)
		}
	}
	for _, k := range Kinds {
		if got, err := open.step(today, k, today); err != nil || got != (Step{k, today}) {
			t.Errorf("%s: %v %v", k, got, err)
		}
	}
}

// Calls go only into logs that are shared, and of those one knows.
func TestCalls(t *testing.T) {
	shared, own := uuid.New(), uuid.New()
	all := []Caller{{shared, true}, {own, false}}
	for want, who := range map[string][]uuid.UUID{
		"":                     {shared},
		"called:E_REQUIRED ":   nil,
		"called:E_NOT_SHARED ": {shared, own},
	} {
		if got := codes(calls(today, all, today, who)); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := codes(calls(today, all, today, []uuid.UUID{uuid.New()})); got != "called:E_NOT_SHARED " {
		t.Errorf("somebody of another cohort: %q", got)
	}
	if got := codes(calls(today, all, today.AddDate(0, 0, 1), []uuid.UUID{shared})); got != ":E_FUTURE " {
		t.Errorf("tomorrow: %q", got)
	}
}

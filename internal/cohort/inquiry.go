package cohort

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/fault"
)

// Inquiry is the page on which the reason of a person's absence in a row is found out: the coach says what came out, and
// after no acceptable reason the expert says how it goes on (380/2023 59 §; internal/domain.md, ruling 36).
type Inquiry struct {
	Case    casework.Case
	Days    []DayMarks `db:"-"` // the days of absence that no answer explains
	Limit   int        // from so many days in a row on the reason is asked
	Answers []Answer
}

// What came out of an inquiry.
const (
	ReasonFound = "reason_found" // the coach: there is an acceptable reason
	NoReason    = "no_reason"    // the coach: there is none, and the expert is told
	GoesOn      = "goes_on"      // the expert: the service goes on
)

// Answer is what somebody found out about the absence up to a day.
type Answer struct {
	Through time.Time
	Answer  string
	Grounds string
	By      string
	At      time.Time
}

// AnswersOf are the answers a role may give.
func AnswersOf(r access.Role) []string {
	if r == access.Expert {
		return []string{GoesOn}
	}
	return []string{ReasonFound, NoReason}
}

// Told tells whether the expert waits to be answered: the coach found no reason, and the expert said nothing since.
func (q Inquiry) Told() bool {
	return slices.ContainsFunc(q.Answers, func(a Answer) bool { return a.Answer == NoReason && a.Through.After(q.explained()) })
}

// explained is the last day whose absence is answered for good.
func (q Inquiry) explained() (day time.Time) {
	for _, a := range q.Answers {
		if a.Answer != NoReason && a.Through.After(day) {
			day = a.Through
		}
	}
	return day
}

// InRow takes the marks in order of day and keeps the days of absence in a row at their end that no answer explains.
func (q *Inquiry) InRow(days []DayMarks) { q.Days = AbsentInRow(days, q.explained()) }

// Answer stores what was found out: there is an absence to explain (E_NOTHING_ABSENT), grounds are given (E_REQUIRED) in at
// most a thousand characters, and each role has its own answers (E_CHOICE).
func (s Service) Answer(ctx context.Context, enrolment uuid.UUID, form access.Form, answer, grounds string) error {
	return s.store.AnswerInquiry(ctx, enrolment, form, func(a access.Actor, q Inquiry) (Answer, error) {
		return q.answer(a.Role, answer, grounds)
	})
}

func (q Inquiry) answer(by access.Role, answer, grounds string) (Answer, error) {
	var v fault.Invalid
	out := Answer{Answer: answer, Grounds: strings.TrimSpace(grounds)}
	if len(q.Days) == 0 || by == access.Expert && !q.Told() {
		return out, fault.One("", "E_NOTHING_ABSENT")
	}
	out.Through = q.Days[len(q.Days)-1].Day
	if !slices.Contains(AnswersOf(by), answer) {
		v.Add("answer", "E_CHOICE")
	}
	if out.Grounds == "" {
		v.Add("grounds", "E_REQUIRED")
	}
	v.Limit("grounds", out.Grounds, 1000)
	return out, v.OrNil()
}

// DayMarks are one person's marks of one day.
type DayMarks struct {
	Day   time.Time
	Marks []Mark
}

// ParseDays unfolds "2026-11-18u 2026-11-18u …", in which a query brings the marks of a month.
func ParseDays(folded string) (out []DayMarks) {
	for _, f := range strings.Fields(folded) {
		day, err := time.Parse(time.DateOnly, f[:len(time.DateOnly)])
		if err != nil {
			continue
		}
		if n := len(out); n == 0 || !out[n-1].Day.Equal(day) {
			out = append(out, DayMarks{Day: day})
		}
		last := &out[len(out)-1]
		last.Marks = append(last.Marks, Mark(f[len(time.DateOnly):]))
	}
	return out
}

// AbsentInRow are the last days in a row, after a day, on which a half-day was absent without a known reason and none was
// attended or excused; unmarked and unscheduled days neither count nor break (internal/domain.md, ruling 14). Marks are in
// order of day.
func AbsentInRow(days []DayMarks, after time.Time) (out []DayMarks) {
	for i := len(days) - 1; i >= 0 && days[i].Day.After(after); i-- {
		unknown, here := false, false
		for _, m := range days[i].Marks {
			unknown = unknown || m == AbsentUnknown
			here = here || m != Unmarked && m != AbsentUnknown
		}
		if here {
			break
		}
		if unknown {
			out = append(out, days[i])
		}
	}
	slices.Reverse(out)
	return out
}

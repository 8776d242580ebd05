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
	Run     Run `db:"-"` // the absence in question, empty when there is none
	Limit   int // from so many days in a row on the reason is asked
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

// Asks tells whether a role is to answer.
func (q Inquiry) Asks(r access.Role) bool {
	return len(q.Run.Days) > 0 && q.Run.Told == (r == access.Expert)
}

// Answer stores what was found out: there is an absence to explain (E_NOTHING_ABSENT), grounds are given (E_REQUIRED) in at
// most a thousand characters, each role has its own answers (E_CHOICE), and the expert is told of no fewer days than the law
// names (E_ABSENCE_SHORT).
func (s Service) Answer(ctx context.Context, enrolment uuid.UUID, form access.Form, answer, grounds string) error {
	return s.store.AnswerInquiry(ctx, enrolment, form, func(a access.Actor, q Inquiry) (Answer, error) {
		return q.answer(a.Role, answer, grounds)
	})
}

func (q Inquiry) answer(by access.Role, answer, grounds string) (Answer, error) {
	var v fault.Invalid
	out := Answer{Answer: answer, Grounds: strings.TrimSpace(grounds)}
	if !q.Asks(by) {
		return out, fault.One("", "E_NOTHING_ABSENT")
	}
	out.Through = q.Run.last()
	switch {
	case !slices.Contains(AnswersOf(by), answer):
		v.Add("answer", "E_CHOICE")
	case answer == NoReason && len(q.Run.Days) < q.Limit:
		v.Add("answer", "E_ABSENCE_SHORT", "N", q.Limit)
	}
	v.Require("grounds", out.Grounds, 1000)
	return out, v.OrNil()
}

// DayMarks are one person's marks of one day.
type DayMarks struct {
	Day   time.Time
	Marks []Mark
}

// MarkedDays are a person's marks in order of day, with the days up to which answers were given about them.
type MarkedDays struct {
	Days    []DayMarks
	Settled []time.Time // for good: a reason was found, or the expert let the service go on
	Told    []time.Time // no acceptable reason was found, and the expert was told
}

// Run are days of absence in a row that no answer settles.
type Run struct {
	Days []DayMarks
	Told bool // the expert is to answer, not the coach
	Now  bool // nothing was attended since
}

func (r Run) last() time.Time { return r.Days[len(r.Days)-1].Day }

// ParseMarkedDays unfolds "2026-11-18u 2026-11-18u 2026-11-18? …", in which a query brings marks, "?" for an expert who was told
// and "=" for what is settled.
func ParseMarkedDays(folded string) (out MarkedDays) {
	for _, f := range strings.Fields(folded) {
		day, err := time.Parse(time.DateOnly, f[:len(time.DateOnly)])
		if err != nil {
			continue
		}
		switch mark := f[len(time.DateOnly):]; mark {
		case "?":
			out.Told = append(out.Told, day)
		case "=":
			out.Settled = append(out.Settled, day)
		default:
			if n := len(out.Days); n == 0 || !out.Days[n-1].Day.Equal(day) {
				out.Days = append(out.Days, DayMarks{Day: day})
			}
			last := &out.Days[len(out.Days)-1]
			last.Marks = append(last.Marks, Mark(mark))
		}
	}
	return out
}

// Runs are the absences in a row that want an answer: one that goes on, and every earlier one of the law's number of days. A
// day counts on which a half-day was absent without a known reason and none was attended or excused; unmarked and unscheduled
// days neither count nor break (internal/domain.md, ruling 14).
func (x MarkedDays) Runs(limit int) (out []Run) {
	var days []DayMarks
	end := func(now bool) {
		if len(days) > 0 {
			if r := x.rest(days, limit); len(r.Days) >= limit || now && len(r.Days) > 0 {
				r.Now = now
				out = append(out, r)
			}
		}
		days = nil
	}
	for _, d := range x.Days {
		unknown, here := false, false
		for _, m := range d.Marks {
			unknown = unknown || m == AbsentUnknown
			here = here || m != Unmarked && m != AbsentUnknown
		}
		if here {
			end(false)
		} else if unknown {
			days = append(days, d)
		}
	}
	end(true)
	return out
}

// rest is what no answer about these days settles. An answer about other days says nothing of these.
func (x MarkedDays) rest(days []DayMarks, limit int) (r Run) {
	within := func(t time.Time) bool { return !t.Before(days[0].Day) && !t.After(days[len(days)-1].Day) }
	for _, t := range x.Settled {
		for len(days) > 0 && within(t) {
			days = days[1:]
		}
	}
	return Run{Days: days, Told: len(days) >= limit && slices.ContainsFunc(x.Told, within)}
}

// Ask is the absence a role is to answer about, the oldest first; ok is false when there is none.
func (x MarkedDays) Ask(r access.Role, limit int) (run Run, ok bool) {
	for _, run := range x.Runs(limit) {
		if run.Told == (r == access.Expert) {
			return run, true
		}
	}
	return Run{}, false
}

// Put puts the absence a role is to answer about on the page, or for the coach else the one the expert is to answer.
func (q *Inquiry) Put(x MarkedDays, r access.Role) {
	var ok bool
	if q.Run, ok = x.Ask(r, q.Limit); !ok && r != access.Expert {
		q.Run, _ = x.Ask(access.Expert, q.Limit)
	}
}

package core

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/locale"
	"kuukausi/internal/text"
)

// Typed is a posted form: its id and version, and the raw texts.
type Typed struct {
	access.Form
	url.Values
	today time.Time // zero for what no form brought
}

// The most characters any field takes. Rules name less where a field needs less.
const (
	lineMax  = 300
	linesMax = 10_000
)

// Get is a typed text of one line, as internal/text reads it.
func (t Typed) Get(name string) string {
	return t.limited(name, text.Line(t.Values.Get(name)), lineMax)
}

// Lines is a typed text of several lines.
func (t Typed) Lines(name string) string { return t.limited(name, t.Values.Get(name), linesMax) }

// limited refuses a field that holds too much.
func (t Typed) limited(name, s string, max int) string {
	if len(s) > max && utf8.RuneCountInString(s) > max {
		t.unread(name, "E_TOO_LONG", "Max", max)
	}
	return s
}

// unread refuses a field that could not be read, once.
func (t Typed) unread(name, code string, args ...any) {
	if t.Unread == nil || slices.ContainsFunc(*t.Unread, func(p fault.Problem) bool { return p.Field == name && p.Code == code }) {
		return
	}
	t.Unread.Add(name, code, args...)
}

// The years before and after today that a day of this work may lie in; a birth lies further back.
const (
	yearsBack, yearsAhead = 60, 3
	yearsOfLife           = 110
)

// Date is a typed date, the zero time for anything that is none. One that the work cannot need is refused with its bounds.
func (t Typed) Date(name string) time.Time { return t.dated(name, yearsBack, yearsAhead) }

// Birth is a typed date of birth.
func (t Typed) Birth(name string) time.Time { return t.dated(name, yearsOfLife, 0) }

func (t Typed) dated(name string, back, ahead int) time.Time {
	d, ok := locale.ParseDate(t.Get(name))
	if !ok || t.today.IsZero() {
		return d
	}
	if from, until := t.today.AddDate(-back, 0, 0), t.today.AddDate(ahead, 0, 0); d.Before(from) || d.After(until) {
		t.unread(name, "E_DATE_RANGE", "From", from, "Until", until)
	}
	return d
}

// Clock is a typed time of day in minutes, -1 for anything that is none.
func (t Typed) Clock(name string) int {
	m, ok := locale.ParseClock(t.Get(name))
	if !ok {
		return -1
	}
	return m
}

// Number is a typed whole number, 0 for anything that is none.
func (t Typed) Number(name string) int {
	n, _ := strconv.Atoi(t.Get(name))
	return n
}

// Whole is a typed whole number, 0 for nothing and -1 for anything that is none.
func (t Typed) Whole(name string) int {
	if !t.Given(name) {
		return 0
	}
	if n := t.Number(name); n != 0 || t.Get(name) == "0" {
		return n
	}
	return -1
}

// Hours are typed hours in minutes, −1 for anything that is none.
func (t Typed) Hours(name string) int {
	minutes, ok := locale.ParseHours(t.Get(name))
	if a, b, two := locale.TwoReadings(t.Get(name)); two {
		t.unread(name, "E_HOURS_TWO", "A", a, "B", b)
	}
	if !ok {
		return -1
	}
	return minutes
}

// Given tells whether anything was typed.
func (t Typed) Given(name string) bool { return t.Get(name) != "" }

// Chosen is the id chosen in a field, uuid.Nil when it is empty; what is no id is refused (E_CHOICE), never taken for none.
func (t Typed) Chosen(name string) uuid.UUID {
	typed := t.Get(name)
	id, err := uuid.Parse(typed)
	if err == nil {
		return id
	}
	if typed != "" {
		t.unread(name, "E_CHOICE")
	}
	return uuid.Nil
}

// ChosenAll are the ids ticked in a field; ErrBadForm when one is none.
func (t Typed) ChosenAll(name string) (out []uuid.UUID, err error) {
	for _, x := range t.Values[name] {
		id, err := uuid.Parse(x)
		if err != nil {
			return nil, ErrBadForm
		}
		out = append(out, id)
	}
	return out, nil
}

// Decimal is a typed number with a decimal comma or point, -1 for anything that is none.
func (t Typed) Decimal(name string) float64 {
	n, err := strconv.ParseFloat(strings.Replace(t.Get(name), ",", ".", 1), 64)
	if err != nil || n != n {
		return -1
	}
	return n
}

// Wrong tells whether a day was typed that is none.
func (t Typed) Wrong(name string) bool { return t.Given(name) && t.Date(name).IsZero() }

package programme

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// FactsForm is the typed form of a model's facts, unchecked.
type FactsForm struct {
	Name                    Text
	CoachingKind            string
	Weeks, SizeMin, SizeMax int
	Parties, Outcomes       []string
	Contacts                map[string]ContactDay
	Shape                   Shape
}

// ContactDay is when a site is to be contacted: not at all without Planned, never on a day that is no number.
type ContactDay struct {
	Planned, Number bool
	Day             int
}

// EditFacts stores what a model is. Fewer weeks drop the themes and half-days of the weeks that go.
func (s Service) EditFacts(ctx context.Context, version uuid.UUID, form access.Form, f FactsForm) error {
	return s.edit(ctx, version, form, func(m *Model, v *fault.Invalid) {
		m.Name, m.CoachingKind = f.Name.trimmed(), f.CoachingKind
		if m.Name["fi"] == "" {
			v.Add("name"+inFinnish, "E_REQUIRED")
		}
		if !slices.Contains(CoachingKinds, f.CoachingKind) {
			v.Add("coaching_kind", "E_CHOICE")
		}
		if f.Weeks < 1 || f.Weeks > MaxWeeks {
			v.Add("weeks", "E_RANGE", "Min", 1, "Max", MaxWeeks)
			return
		}
		if f.SizeMin < 1 || f.SizeMax < f.SizeMin || f.SizeMax > 100 {
			v.Add("size_max", "E_MODEL_SIZE")
		}
		m.SizeMin, m.SizeMax = f.SizeMin, f.SizeMax
		if m.ReviewParties = chosen(Parties, f.Parties); len(m.ReviewParties) == 0 {
			v.Add("parties", "E_REQUIRED")
		}
		if m.Outcomes = chosen(append(slices.Clone(Outcomes), m.Outcomes...), f.Outcomes); len(m.Outcomes) == 0 {
			v.Add("outcomes", "E_REQUIRED")
		}
		f.Shape.Headings = chosen(Headings, f.Shape.Headings)
		f.Shape.Required = chosen(Headings, f.Shape.Required)
		f.Shape.check(v, f.Weeks)
		was := max(1, m.Shape.DaysAWeek)
		m.Shape = f.Shape
		m.Contacts = nil
		for _, code := range ContactCodes {
			switch c := f.Contacts[code]; {
			case c.Planned && (!c.Number || c.Day < -30 || c.Day > 365):
				v.Add("contact."+code, "E_RANGE", "Min", -30, "Max", 365)
			case c.Planned:
				m.Contacts = append(m.Contacts, Contact{Code: code, Day: c.Day})
			}
		}
		m.Weeks = f.Weeks
		m.Themes = slices.Clone(m.Themes)
		for len(m.Themes) < m.Weeks {
			m.Themes = append(m.Themes, Text{})
		}
		m.Themes = m.Themes[:m.Weeks]
		m.reshape(was)
	})
}

// reshape keeps each half-day on its day of the week when weeks that had so many days grow or shrink, and drops those whose
// day or week is gone.
func (m *Model) reshape(was int) {
	m.Slots = slices.DeleteFunc(slices.Clone(m.Slots), func(x Slot) bool {
		return x.Week > m.Weeks || (x.Day-1)%was >= m.Shape.DaysAWeek
	})
	for i, x := range m.Slots {
		m.Slots[i].Day = m.Shape.Day(x.Week, (x.Day-1)%was+1)
	}
}

// chosen are those of all that are among some, in the order of all.
func chosen(all, some []string) (out []string) {
	for _, x := range all {
		if slices.Contains(some, x) && !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}

// trimmed is a text without space around it, and without the languages it lacks.
func (t Text) trimmed() Text {
	out := Text{}
	for l, s := range t {
		if s = strings.TrimSpace(s); s != "" {
			out[l] = s
		}
	}
	return out
}

// WeekForm is the typed form of one week, unchecked: its theme and its half-days, Kind "" for none. A half-day's Day is here
// the day of the week, from 1.
type WeekForm struct {
	Theme Text
	Slots []Slot
}

// EditWeek stores one week of the programme. Field names carry day and half: starts.3.1.
func (s Service) EditWeek(ctx context.Context, version uuid.UUID, form access.Form, week int, f WeekForm) error {
	return s.edit(ctx, version, form, func(m *Model, v *fault.Invalid) {
		if week < 1 || week > m.Weeks {
			v.Add("", "E_MODEL_WEEKS")
			return
		}
		m.Themes = slices.Clone(m.Themes)
		if m.Themes[week-1] = f.Theme.trimmed(); m.Themes[week-1]["fi"] == "" {
			v.Add("theme"+inFinnish, "E_REQUIRED")
		}
		m.Slots = slices.DeleteFunc(slices.Clone(m.Slots), func(x Slot) bool { return x.Week == week })
		for _, x := range f.Slots {
			at := strconv.Itoa(x.Day) + "." + strconv.Itoa(x.Half)
			if x.Kind == "" && len(x.Text.trimmed()) > 0 && x.Day <= m.Shape.DaysAWeek {
				v.Add("kind."+at, "E_CHOICE") // words without a kind would be lost
			}
			if x.Kind == "" || x.Day < 1 || x.Day > m.Shape.DaysAWeek {
				continue
			}
			x.Day, x.Week, x.Text = m.Shape.Day(week, x.Day), week, x.Text.trimmed()
			switch {
			case !slices.Contains(m.Kinds(), x.Kind):
				v.Add("kind."+at, "E_CHOICE")
			case x.Starts < 0 || x.Ends <= x.Starts:
				v.Add("starts."+at, "E_TIME")
			case x.Text["fi"] == "":
				v.Add("text."+at+inFinnish, "E_REQUIRED")
			}
			m.Slots = append(m.Slots, x)
		}
		slices.SortFunc(m.Slots, func(a, b Slot) int { return (a.Day*2 + a.Half) - (b.Day*2 + b.Half) })
	})
}

// MaxPreAssignments is how many tasks a model may send before its first day: as many as its form has room for.
const MaxPreAssignments = 9

// EditPreAssignments stores the tasks before the first day; those without any text are dropped.
func (s Service) EditPreAssignments(ctx context.Context, version uuid.UUID, form access.Form, tasks []PreAssignment) error {
	return s.edit(ctx, version, form, func(m *Model, v *fault.Invalid) {
		m.PreAssigns = nil
		for i, p := range tasks {
			p.Title, p.Body = p.Title.trimmed(), p.Body.trimmed()
			n := strconv.Itoa(i + 1)
			switch {
			case len(p.Title) == 0 && len(p.Body) == 0:
				continue
			case p.Title["fi"] == "":
				v.Add("title."+n+inFinnish, "E_REQUIRED")
			case p.Body["fi"] == "":
				v.Add("body."+n+inFinnish, "E_REQUIRED")
			}
			m.PreAssigns = append(m.PreAssigns, p)
		}
	})
}

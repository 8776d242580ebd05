package programme

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// Reads are the pages of this room. They carry no rule, so handlers ask for them as they are.
type Reads interface {
	Versions(ctx context.Context) ([]Summary, error)
	Version(ctx context.Context, version uuid.UUID) (Version, error)
	NewModelPage(ctx context.Context) error
	LawNumbers(ctx context.Context) ([]LawNumber, error)
}

// Store is what this room needs of the database.
type Store interface {
	Reads

	AddLawNumber(ctx context.Context, form access.Form, decide func(access.Actor, []LawNumber) (LawForm, error)) error
	NewModel(ctx context.Context, form access.Form, decide func(codes []string) (Model, error)) error
	CopyVersion(ctx context.Context, version uuid.UUID, form access.Form) error
	EditVersion(ctx context.Context, version uuid.UUID, form access.Form, decide func(Version) (Model, error)) error
	PublishVersion(ctx context.Context, version uuid.UUID, form access.Form, decide func(Version) error) error
	DropVersion(ctx context.Context, version uuid.UUID, form access.Form, decide func(Version) error) error
}

// Service is the room's door for the server.
type Service struct {
	Reads
	store Store
}

// New is the room over its store.
func New(store Store) Service { return Service{Reads: store, store: store} }

// Summary is a row of the list of models.
type Summary struct {
	ID          uuid.UUID
	Name        string
	Code        string
	Number      int
	Weeks       int
	InCohort    bool
	PublishedAt *time.Time
	Cohorts     int
}

// Version is one version of a model, published or still being edited.
type Version struct {
	ID          uuid.UUID
	Number      int
	Edition     int
	PublishedAt *time.Time
	Asked       int // how many pre-assignments every version of the model sends
	Model
	Cohorts []On `db:"-"` // read apart
	Drafts  int  // of the same model
}

// On is a cohort made from a version.
type On struct {
	Name, Place, State string
	StartsOn, EndsOn   time.Time
}

// Missing counts the texts a language lacks: there the Finnish one is shown.
func (v Version) Missing(lang string) (n int) {
	for _, t := range v.Model.Texts() {
		if t[lang] == "" && t["fi"] != "" {
			n++
		}
	}
	return n
}

// Copy makes the next version of a model, from this one, to be edited. Its id is the form's.
func (s Service) Copy(ctx context.Context, version uuid.UUID, form access.Form) error {
	return s.store.CopyVersion(ctx, version, form)
}

// NewForm is the typed form of a new model, unchecked.
type NewForm struct {
	Code     string // what it is called in reports, never shown to participants
	Name     Text
	InCohort bool
	Chosen   bool // whether it has groups was said
}

// New makes a model with a first version to be edited, from what is usual. Its id is the form's. E_MODEL_CODE: a code is
// 3 to 40 small letters, digits and hyphens, and belongs to no other model.
func (s Service) New(ctx context.Context, form access.Form, f NewForm) error {
	return s.store.NewModel(ctx, form, func(codes []string) (Model, error) {
		var v fault.Invalid
		m := Model{
			Code: strings.TrimSpace(f.Code), Name: f.Name.trimmed(), InCohort: f.InCohort, Shape: Usual(), CoachingKind: CoachingKinds[0],
			Weeks: 4, SizeMin: 1, SizeMax: 1, ReviewParties: slices.Clone(Parties), Outcomes: slices.Clone(Outcomes), Themes: make([]Text, 4),
		}
		if m.InCohort {
			m.SizeMin, m.SizeMax = 8, 10
		}
		if !codePattern.MatchString(m.Code) || slices.Contains(codes, m.Code) {
			v.Add("code", "E_MODEL_CODE")
		}
		if m.Name["fi"] == "" {
			v.Add("name"+inFinnish, "E_REQUIRED")
		}
		if !f.Chosen {
			v.Add("in_cohort", "E_CHOICE")
		}
		return m, v.OrNil()
	})
}

var codePattern = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{2,39}$`)

// draft refuses what only a draft may have done to it.
func (v Version) draft() error {
	if v.PublishedAt != nil {
		return fault.One("", "E_PUBLISHED")
	}
	return nil
}

// edit changes a draft: E_PUBLISHED once it is published.
func (s Service) edit(ctx context.Context, version uuid.UUID, form access.Form, change func(*Model, *fault.Invalid)) error {
	return s.store.EditVersion(ctx, version, form, func(x Version) (Model, error) {
		if err := x.draft(); err != nil {
			return x.Model, err
		}
		var v fault.Invalid
		m := x.Model
		change(&m, &v)
		return m, v.OrNil()
	})
}

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
		if f.Weeks < 1 || f.Weeks > 104 {
			v.Add("weeks", "E_RANGE", "Min", 1, "Max", 104)
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
		f.Shape.Required = chosen(f.Shape.Headings, f.Shape.Required)
		f.Shape.check(v)
		fewer := f.Shape.DaysAWeek < m.Shape.DaysAWeek
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
		m.Slots = slices.DeleteFunc(slices.Clone(m.Slots), func(x Slot) bool {
			return x.Week > m.Weeks || fewer && x.Day > (x.Week-1)*m.Shape.DaysAWeek+m.Shape.DaysAWeek
		})
	})
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

// WeekForm is the typed form of one week, unchecked: its theme and its half-days, Kind "" for none.
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
			if x.Kind == "" {
				continue
			}
			x.Week, x.Text = week, x.Text.trimmed()
			at := m.slotField(x)
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

// slotField names the fields of a half-day by its day of the week and its half.
func (m Model) slotField(x Slot) string {
	return strconv.Itoa((x.Day-1)%m.Shape.DaysAWeek+1) + "." + strconv.Itoa(x.Half)
}

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

// Publish makes a version the one new cohorts are made from, and unchangeable: E_PREASSIGN_COUNT when it sends another
// number of pre-assignments than its model, E_MODEL_… for what is not finished.
func (s Service) Publish(ctx context.Context, version uuid.UUID, form access.Form) error {
	return s.store.PublishVersion(ctx, version, form, func(x Version) error {
		if err := x.draft(); err != nil {
			return err
		}
		return x.Unready().OrNil()
	})
}

// Unready is what keeps a draft from being published.
func (v Version) Unready() fault.Invalid {
	out := v.Model.Problems()
	if v.Number > 1 && len(v.Model.PreAssigns) != v.Asked {
		out.Add("", "E_PREASSIGN_COUNT", "N", v.Asked)
	}
	return out
}

// Drop throws a draft away; a published version stays (E_PUBLISHED).
func (s Service) Drop(ctx context.Context, version uuid.UUID, form access.Form) error {
	return s.store.DropVersion(ctx, version, form, Version.draft)
}

// inFinnish ends the name of the field of a text that has to be there: the other languages fall back to it.
const inFinnish = ".fi"

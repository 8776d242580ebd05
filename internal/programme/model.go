package programme

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"

	"github.com/BurntSushi/toml"

	"kuukausi/internal/fault"
)

//go:embed models/*.toml
var files embed.FS

// Shipped are the models every new organisation gets.
func Shipped() ([]Model, error) {
	names, err := fs.Glob(files, "models/*.toml")
	if err != nil {
		return nil, err
	}
	var out []Model
	for _, n := range names {
		f, err := files.Open(n)
		if err != nil {
			return nil, err
		}
		m, err := Read(f)
		_ = f.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", n, err)
		}
		out = append(out, m)
	}
	return out, nil
}

// Text is a text in the languages of the app.
type Text map[string]string

// Model is one version of a coaching model.
type Model struct {
	Code          string          `toml:"code"`
	CoachingKind  string          `toml:"coaching_kind"` // 380/2023 53 §
	InCohort      bool            `toml:"in_cohort"`
	Weeks         int             `toml:"weeks"`
	SizeMin       int             `toml:"size_min"`
	SizeMax       int             `toml:"size_max"`
	ReviewParties []string        `toml:"review_parties"`
	Outcomes      []string        `toml:"outcomes"`
	Shape         Shape           `toml:"shape"`
	Name          Text            `toml:"name"           db:"-"` // texts, half-days and contacts have rows of their own
	Themes        []Text          `toml:"theme"          db:"-"`
	Slots         []Slot          `toml:"slot"           db:"-"`
	PreAssigns    []PreAssignment `toml:"pre_assignment" db:"-"`
	Contacts      []Contact       `toml:"contact"        db:"-"`
}

// Slot is one planned half-day. Day counts working days from 1, Half is 1 (morning) or 2, times are minutes of
// the day (525 is 8.45).
type Slot struct {
	Day    int    `toml:"day"`
	Half   int    `toml:"half"`
	Week   int    `toml:"week"`
	Kind   string `toml:"kind"` // group, trial, single
	Starts int    `toml:"starts"`
	Ends   int    `toml:"ends"`
	Text   Text   `toml:"text"   db:"-"`
}

// PreAssignment is a task before the person's first day.
type PreAssignment struct {
	Title Text `toml:"title"`
	Body  Text `toml:"body"`
}

// Contact is a planned contact with a trial's site: days from the trial's start, or from its end when negative.
type Contact struct {
	Code string `toml:"code"`
	Day  int    `toml:"day"`
}

// Read parses and checks a model. Its errors name the entry that is wrong.
func Read(r io.Reader) (Model, error) {
	m := Model{Shape: Usual()} // a file names what it has otherwise
	meta, err := toml.NewDecoder(r).Decode(&m)
	if err != nil {
		return m, err
	}
	if extra := meta.Undecoded(); len(extra) > 0 {
		return m, fmt.Errorf("unknown entry %s", extra[0])
	}
	return m, m.check()
}

// check names the first thing that is wrong, for whoever writes a model's file.
func (m Model) check() error {
	if m.Code == "" {
		return errors.New("code is required")
	}
	if v := m.Problems(); len(v) > 0 {
		return fmt.Errorf("%s %v", v[0].Code, v[0].Args)
	}
	return nil
}

// The kinds of half-days.
const (
	KindGroup  = "group"  // the group meets
	KindTrial  = "trial"  // everybody is at their trial's workplace
	KindSingle = "single" // one person and their coach
)

// JobCoaching is the kind of coaching whose expense compensation is at the authority's discretion (380/2023 53 §).
const JobCoaching = "job_coaching"

// BeforeTrial is the code of the one planned contact that comes before a trial begins.
const BeforeTrial = "before"

// The choices a model has.
var (
	CoachingKinds = []string{"job_search_coaching", "career_coaching", JobCoaching} // 380/2023 53 §
	ContactCodes  = []string{BeforeTrial, "first_day", "week_1", "week_2", "week_3", "end"}
	Parties       = []string{"participant", "coach", "expert"}
	// internal/domain.md, h6
	Outcomes = []string{
		"employed_open",
		"employed_subsidised",
		"self_employed",
		"study_degree",
		"study_short",
		"apprenticeship",
		"work_trial_continues",
		"work_trial_new",
		"vocational_rehab",
		"health_check_referral",
		"rehabilitative_work",
		"other_service_non_te",
		"job_search_continues",
		"withdrew",
		"interrupted_by_authority",
		"moved",
		"deceased",
		"unknown",
	}
)

// Kinds are what a half-day of this model can be.
func (m Model) Kinds() []string {
	if m.InCohort {
		return []string{KindGroup, KindTrial}
	}
	return []string{KindSingle, KindTrial}
}

// Problems is what keeps a model from being published, nil when nothing does.
func (m Model) Problems() fault.Invalid {
	var v fault.Invalid
	if m.Name["fi"] == "" {
		v.Add("", "E_MODEL_NAME")
	}
	if !slices.Contains(CoachingKinds, m.CoachingKind) {
		v.Add("", "E_MODEL_KIND")
	}
	if m.Weeks < 1 || m.Weeks > MaxWeeks || len(m.Themes) != m.Weeks {
		v.Add("", "E_MODEL_WEEKS", "Max", MaxWeeks)
	}
	for i, t := range m.Themes {
		if t["fi"] == "" {
			v.Add("", "E_MODEL_THEME", "Week", i+1)
		}
	}
	if m.SizeMin < 1 || m.SizeMax < m.SizeMin {
		v.Add("", "E_MODEL_SIZE")
	}
	if len(m.ReviewParties) == 0 || len(m.Outcomes) == 0 {
		v.Add("", "E_MODEL_REVIEW")
	}
	if len(m.Slots) == 0 && m.InCohort { // coached alone, meetings may be agreed one by one
		v.Add("", "E_MODEL_EMPTY")
	}
	m.Shape.check(&v, m.Weeks)
	if len(m.PreAssigns) > MaxPreAssignments {
		v.Add("", "E_PREASSIGN_COUNT", "N", MaxPreAssignments)
	}
	seen := map[[2]int]bool{}
	for _, s := range m.Slots {
		at := [2]int{s.Day, s.Half}
		if seen[at] || s.Day < 1 || s.Day > m.Shape.Days(m.Weeks) || s.Week < 1 || s.Week > m.Weeks ||
			m.Shape.DaysAWeek > 0 && (s.Day-1)/m.Shape.DaysAWeek+1 != s.Week ||
			s.Half != 1 && s.Half != 2 || s.Starts < 0 ||
			s.Ends <= s.Starts ||
			s.Ends > 24*60 ||
			!slices.Contains(m.Kinds(), s.Kind) {
			v.Add("", "E_MODEL_SLOT", "Day", s.Day, "Half", s.Half)
		} else if s.Text["fi"] == "" {
			v.Add("", "E_MODEL_TEXT", "Day", s.Day, "Half", s.Half)
		}
		seen[at] = true
	}
	for i, p := range m.PreAssigns {
		if p.Title["fi"] == "" || p.Body["fi"] == "" {
			v.Add("", "E_MODEL_PRE", "N", i+1)
		}
	}
	return v
}

// Texts are all texts of the model by subject, as they are stored: name, theme.1, slot.3.1, pre.2.title, pre.2.body.
func (m Model) Texts() map[string]Text {
	out := map[string]Text{"name": m.Name}
	for i, t := range m.Themes {
		out[fmt.Sprintf("theme.%d", i+1)] = t
	}
	for _, s := range m.Slots {
		out[fmt.Sprintf("slot.%d.%d", s.Day, s.Half)] = s.Text
	}
	for i, p := range m.PreAssigns {
		out[fmt.Sprintf("pre.%d.title", i+1)] = p.Title
		out[fmt.Sprintf("pre.%d.body", i+1)] = p.Body
	}
	return out
}

package programme

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/BurntSushi/toml"
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
	Name          Text            `toml:"name"`
	Themes        []Text          `toml:"theme"`
	Slots         []Slot          `toml:"slot"`
	PreAssigns    []PreAssignment `toml:"pre_assignment"`
	Contacts      []Contact       `toml:"contact"`
}

// Slot is one planned half-day. Day counts working days from 1, Half is 1 (morning) or 2, times are "8.45".
type Slot struct {
	Day    int    `toml:"day"`
	Half   int    `toml:"half"`
	Week   int    `toml:"week"`
	Kind   string `toml:"kind"` // group, trial, single
	Starts int    `toml:"starts"`
	Ends   int    `toml:"ends"`
	Text   Text   `toml:"text"`
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
	var m Model
	meta, err := toml.NewDecoder(r).Decode(&m)
	if err != nil {
		return m, err
	}
	if extra := meta.Undecoded(); len(extra) > 0 {
		return m, fmt.Errorf("unknown entry %s", extra[0])
	}
	return m, m.check()
}

func (m Model) check() error {
	switch {
	case m.Code == "" || m.CoachingKind == "":
		return errors.New("code and coaching_kind are required")
	case m.Weeks < 1 || len(m.Themes) != m.Weeks:
		return fmt.Errorf("%d weeks need as many themes, there are %d", m.Weeks, len(m.Themes))
	case m.SizeMin < 1 || m.SizeMax < m.SizeMin:
		return fmt.Errorf("sizes %d–%d", m.SizeMin, m.SizeMax)
	case m.Name["fi"] == "":
		return errors.New("the Finnish name is required")
	}
	seen := map[[2]int]bool{}
	for _, s := range m.Slots {
		at := [2]int{s.Day, s.Half}
		switch {
		case seen[at]:
			return fmt.Errorf("day %d half %d is planned twice", s.Day, s.Half)
		case s.Day < 1 || s.Day > m.Weeks*5 || s.Week < 1 || s.Week > m.Weeks || s.Half != 1 && s.Half != 2:
			return fmt.Errorf("day %d half %d week %d is outside the programme", s.Day, s.Half, s.Week)
		case s.Ends <= s.Starts || s.Text["fi"] == "":
			return fmt.Errorf("day %d half %d: times or Finnish text", s.Day, s.Half)
		case (s.Kind == "group" || s.Kind == "trial") != m.InCohort && s.Kind != "trial":
			return fmt.Errorf("day %d half %d: %s meetings do not fit", s.Day, s.Half, s.Kind)
		}
		seen[at] = true
	}
	return nil
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

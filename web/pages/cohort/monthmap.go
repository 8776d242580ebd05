package cohort

import (
	"context"
	"io"
	"time"

	"github.com/a-h/templ"

	"kuukausi/internal/cohort"
	"kuukausi/internal/locale"
	"kuukausi/internal/programme"
	"kuukausi/web/layouts"
)

// MonthMap is the cohort's month in one look. Whole is the coach's map; the coordinator's has trial half-days only.
type MonthMap struct {
	Frame   layouts.Frame
	Map     cohort.MonthMap
	Now     time.Time // the reader's day
	Whole   bool
	TakesIn bool // people may still join or wait
	Enrol   bool
	NextDay *cohort.MapDay // today's column, nil outside the month
}

// cell is one half-day of one person.
type cell struct{ class, text, letter string }

// sight resolves the texts of the marks once a page: 400 cells share them.
type sight struct {
	text, letter [256]string
	plan, today, unmarked, none,
	trial, off string
	ready map[cell]string
}

func newSight(p *locale.Printer) *sight {
	s := &sight{
		ready:    map[cell]string{},
		plan:     p.T("cell.plan"),
		today:    p.T("cell.today"),
		unmarked: p.T("cell.unmarked"),
		none:     p.T("cell.none"),
		trial:    p.T("cell.at_trial"),
		off:      p.T("cell.off"),
	}
	for _, m := range cohort.Marks {
		s.text[m[0]] = p.T("mark." + string(m))
		s.letter[m[0]] = p.T("mark_letter." + string(m))
	}
	return s
}

// atWork asks for the half-day at workplaces, whichever it is.
const atWork = -1

// cells are a person's half-days of one half (0, 1 or atWork), in the order of the days.
func (v MonthMap) cells(s *sight, r cohort.MapRow, marks []byte, which int, out []cell) []cell {
	out = out[:0]
	for i, d := range v.Map.Days {
		half := which
		if which == atWork {
			half = d.AtWork()
		}
		var c cell
		var mark byte
		kind := ""
		if half >= 0 {
			mark, kind = marks[i*2+half], d.Kind(half)
		}
		switch {
		case mark != 0:
			c = cell{"m-" + string(mark), s.text[mark], s.letter[mark]}
			if kind == programme.KindTrial && mark == 'p' {
				c.class, c.text = "m-t", s.trial
			}
		case half >= 0 && d.Off(half):
			c = cell{"off", s.off, "×"}
		case kind == "" || !r.Here(d.Date) || kind == programme.KindTrial && !trialOn(r, d.Date):
			c = cell{"none", s.none, ""}
		case d.Date.Equal(v.Now):
			c = cell{"now", s.today, ""}
		case d.Date.Before(v.Now):
			c = cell{"open", s.unmarked, ""}
		default:
			c = cell{"plan", s.plan, ""}
		}
		if i > 0 && d.Week != v.Map.Days[i-1].Week {
			c.class += " mon"
		}
		out = append(out, c)
	}
	return out
}

// cells writes one half of a person's month. 400 cells a page share a few dozen texts, so they are escaped once each and
// written as they are: through the general class machinery of templates they were a fifth of the page's cost.
func cells(s *sight, cs []cell) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		for _, c := range cs {
			html, ok := s.ready[c]
			if !ok {
				html = `<td class="c ` + templ.EscapeString(c.class) + `"><i>` + templ.EscapeString(c.text) + `</i>` + templ.EscapeString(
					c.letter,
				) + `</td>`
				s.ready[c] = html
			}
			if _, err := io.WriteString(w, html); err != nil {
				return err
			}
		}
		return nil
	})
}

// week is a group of columns: its number and how many days it has.
type week struct {
	number, days int
	theme        string
	current      bool
}

func (v MonthMap) weeks() []week {
	var out []week
	for _, d := range v.Map.Days {
		if len(out) == 0 || out[len(out)-1].number != d.Week {
			out = append(out, week{number: d.Week, theme: d.Theme})
		}
		w := &out[len(out)-1]
		w.days++
		w.current = w.current || v.NextDay != nil && v.NextDay.Week == d.Week
	}
	return out
}

func (v MonthMap) atTrial() (n int) {
	for _, r := range v.Map.Rows {
		if r.TrialActive {
			n++
		}
	}
	return n
}

func (v MonthMap) searches() (applications, interviews int) {
	for _, r := range v.Map.Rows {
		if r.SearchShared {
			applications += r.Applications
			interviews += r.Interviews
		}
	}
	return applications, interviews
}

// firsts tells whether a column opens a week.
func (v MonthMap) firsts(i int) bool {
	return i > 0 && v.Map.Days[i].Week != v.Map.Days[i-1].Week
}

// quiet tells whether a site wants a call: nobody was in touch for longer than the model allows.
func (v MonthMap) quiet(r cohort.MapRow) bool {
	since := r.LastContact
	if since == nil {
		since = r.TrialFrom
	}
	return since != nil && v.Now.Sub(*since) > time.Duration(v.Map.Head.Shape.QuietDays)*24*time.Hour
}

// stayed is how many have their place or finished: who left stands in the map, and is not counted.
func (v MonthMap) stayed() (n int) {
	for _, r := range v.Map.Rows {
		if r.State.Stayed() {
			n++
		}
	}
	return n
}

// trialOn tells whether the person has a trial planned or running on the day.
func trialOn(r cohort.MapRow, day time.Time) bool {
	return r.TrialFrom != nil && !day.Before(*r.TrialFrom) && !day.After(*r.TrialUntil)
}

// span is how many rows a person has.
func (v MonthMap) span() string {
	if v.Whole {
		return "2"
	}
	return "1"
}

// week is the programme week of the next day, or the last.
func (v MonthMap) week() int {
	week := 1
	for _, d := range v.Map.Days {
		week = d.Week
		if !d.Date.Before(v.Now) {
			break
		}
	}
	return week
}

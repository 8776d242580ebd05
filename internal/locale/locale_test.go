package locale_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"

	"kuukausi/internal/casework"
	"kuukausi/internal/cohort"
	"kuukausi/internal/jobsearch"
	"kuukausi/internal/locale"
	"kuukausi/internal/partner"
	"kuukausi/internal/placement"
	"kuukausi/internal/programme"
	"kuukausi/internal/recruitment"
	"kuukausi/internal/review"
	"kuukausi/web"
)

func catalogue(t *testing.T, lang string) map[string]any {
	out := map[string]any{}
	raw, err := os.ReadFile("../../web/locales/" + lang + ".toml")
	if err != nil {
		t.Fatal(err)
	}
	if err := toml.Unmarshal(raw, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

var placeholder = regexp.MustCompile(`{{[^}]*}}`)

// The same keys, both plural forms and the same placeholders in every language; no empty text.
func TestCataloguesAgree(t *testing.T) {
	fi := catalogue(t, "fi")
	for _, lang := range []string{"sv", "en"} {
		other := catalogue(t, lang)
		for k := range other {
			if _, ok := fi[k]; !ok {
				t.Errorf("%s has %s, Finnish has not", lang, k)
			}
		}
		for k, v := range fi {
			o, ok := other[k]
			if !ok {
				t.Errorf("%s lacks %s", lang, k)
				continue
			}
			if a, b := forms(v), forms(o); len(a) != len(b) || set(a) != set(b) {
				t.Errorf("%s: %s has %q, Finnish %q", lang, k, b, a)
			}
		}
	}
	for _, lang := range locale.Langs {
		for k, v := range catalogue(t, lang) {
			for form, text := range forms(v) {
				if text == "" {
					t.Errorf("%s: %s %s is empty", lang, k, form)
				}
			}
		}
	}
}

func forms(v any) map[string]string {
	if s, ok := v.(string); ok {
		return map[string]string{"": s}
	}
	out := map[string]string{}
	for k, s := range v.(map[string]any) {
		out[k] = s.(string)
	}
	return out
}

// set is the placeholders of the richest form.
func set(f map[string]string) string {
	seen := map[string]bool{}
	for _, s := range f {
		for _, p := range placeholder.FindAllString(s, -1) {
			seen[p] = true
		}
	}
	out := ""
	for _, p := range []string{
		"{{.N}}", "{{.Min}}", "{{.Max}}", "{{.By}}", "{{.At}}", "{{.Name}}", "{{.Ago}}", "{{.Hours}}", "{{.Site}}",
		"{{.Group}}", "{{.Trial}}",
	} {
		if seen[p] {
			out += p
		}
	}
	return out
}

var (
	literal  = regexp.MustCompile(`"([a-z_]+(?:\.[A-Za-z0-9_]+)+|saved|skip|never|entered|choose|date_hint|clock_hint|clock_at)"`)
	assembly = regexp.MustCompile(`"([a-z_]+\.(?:[a-z_]+\.)?)"`)
)

// Every key the code names is in the catalogue, every key of the catalogue is named by the code or belongs to a family
// that is put together (mark., state. …), and no page, handler or rule holds a sentence of its own.
func TestKeysAreUsedAndThere(t *testing.T) {
	fi := catalogue(t, "fi")
	named, families := map[string]bool{}, map[string]bool{"problem.": true, "text.": true, "message.": true, "statement.": true}
	for _, dir := range []string{"../../web", "../../internal", "../../cmd"} {
		err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
			if err != nil || !(strings.HasSuffix(path, ".templ") || strings.HasSuffix(path, ".go")) || strings.HasSuffix(path, "_templ.go") ||
				strings.HasSuffix(path, "_test.go") ||
				strings.Contains(path, "/postgres/") || strings.Contains(path, "/apptest/") {
				return err
			}
			raw, err := os.ReadFile(path)
			for _, m := range literal.FindAllStringSubmatch(string(raw), -1) {
				named[m[1]] = true
			}
			for _, m := range assembly.FindAllStringSubmatch(string(raw), -1) {
				families[m[1]] = true
			}
			for _, m := range regexp.MustCompile(`"(E_[A-Z_]+)"`).FindAllStringSubmatch(string(raw), -1) {
				code := m[1]
				if strings.Contains(path, "server/") || strings.Contains(path, "access/") || code == "E_STALE" || code == "E_EXPIRED" {
					continue // codes of whole pages have their message under message.
				}
				if _, ok := fi["problem."+code]; !ok {
					t.Errorf("%s: %s has no message", path, code)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for k := range named {
		if _, ok := fi[k]; !ok && !strings.HasSuffix(k, ".css") && !strings.HasSuffix(k, ".js") && !strings.HasSuffix(k, ".svg") &&
			!strings.HasPrefix(k, "own.") &&
			!strings.HasPrefix(k, "for.") &&
			!strings.HasSuffix(k, ".toml") &&
			!strings.HasPrefix(k, "mark.") &&
			!strings.HasPrefix(k, "remark.") &&
			!strings.HasPrefix(k, "starts_on.") &&
			!strings.HasPrefix(k, "ends_on.") &&
			!strings.HasPrefix(k, "slot.") {
			if strings.Count(k, ".") == 1 && !strings.HasSuffix(k, ".org") {
				t.Errorf("the code names %s, which is not in the catalogue", k)
			}
		}
	}
	for k := range fi {
		ok := named[k]
		for f := range families {
			ok = ok || strings.HasPrefix(k, f)
		}
		if !ok {
			t.Errorf("nobody uses %s", k)
		}
	}
}

// Every value a form offers or a page shows has its words.
func TestFamiliesAreComplete(t *testing.T) {
	b, err := locale.Load(web.Locales())
	if err != nil {
		t.Fatal(err)
	}
	p := b.Printer("fi")
	marks := []string{}
	for _, m := range cohort.Marks {
		marks = append(marks, string(m))
	}
	for prefix, values := range map[string][]string{"goal_kind.": casework.GoalKinds, "goal_how.": append(casework.GoalWays,
		"self"), "choice_how.": append(recruitment.ChoiceWays, "portal"), "mark.": marks, "mark_short.": marks, "mark_letter.": marks,
		"heading.": programme.Headings, "decision_kind.": review.DecisionKinds, "contact_kind.": partner.ContactKinds,
		"payer.": placement.Payers, "trial_purpose.": placement.Purposes, "trial_party.": placement.Parties, "search_kind.": jobsearch.Kinds} {
		for _, v := range values {
			if s := p.T(prefix + v); strings.HasPrefix(s, "⟦") {
				t.Errorf("%s%s has no words", prefix, v)
			}
		}
	}
}

func TestPrinting(t *testing.T) {
	b, err := locale.Load(web.Locales())
	if err != nil {
		t.Fatal(err)
	}
	d := time.Date(2026, 11, 19, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct{ lang, date, clock, hours, ago1, ago6 string }{
		{"fi", "to 19.11.2026", "9.05", "7,5", "eilen", "6 pv sitten"}, {"sv", "to 19.11.2026", "9.05", "7,5", "i går",
			"för 6 dagar sedan"}, {"en", "Thu 19 November 2026", "09:05", "7.5", "yesterday", "6 days ago"},
	} {
		p := b.Printer(c.lang)
		if got := []string{p.DateLong(d), p.Clock(545), p.Hours(450), p.Ago(d.AddDate(0, 0, -1), d), p.Ago(d.AddDate(0, 0, -6), d)}; strings.Join(
			got,
			"|",
		) != strings.Join([]string{c.date, c.clock, c.hours, c.ago1, c.ago6}, "|") {
			t.Errorf("%s: %q", c.lang, got)
		}
	}
	for lang, header := range map[string]string{"sv": "sv-FI,sv;q=0.9,en;q=0.5", "fi": "de,fr", "en": "en-GB"} {
		if got := locale.Match(header); got != lang {
			t.Errorf("%s is answered in %s", header, got)
		}
	}
}

func TestParsing(t *testing.T) {
	for s, want := range map[string]string{
		"1.3.2026": "2026-03-01", "01.03.2026": "2026-03-01", "2026-03-01": "2026-03-01", " 29.2.2028 ": "2028-02-29",
		"31.2.2026": "", "1.3.26": "", "1. 2. 1985": "1985-02-01", "2026‑03‑01": "2026-03-01", "huomenna": "",
	} {
		got := ""
		if d, ok := locale.ParseDate(s); ok {
			got = d.Format("2006-01-02")
		}
		if got != want {
			t.Errorf("%q is %q, want %q", s, got, want)
		}
	}
	for s, want := range map[string]int{
		"4": 240, "3,5": 210, "3.5": 210, "3:59": 239, "8 h 01": 481, "4,75": 285, "4,00": 240, "x": -1, "": -1,
		"8,02": -1, "4.30": -1, // two readings: asked, not guessed
	} {
		got, ok := locale.ParseHours(s)
		if !ok {
			got = -1
		}
		if got != want {
			t.Errorf("%q is %d minutes, want %d", s, got, want)
		}
	}
	for s, want := range map[string]int{
		"8.45": 525, "08:45": 525, "klo 12.30": 750, "kl. 8,45": 525, "8,45": 525, "12": 720, "24.00": -1, "8.5": -1, "8.60": -1,
	} {
		got, ok := locale.ParseClock(s)
		if !ok {
			got = -1
		}
		if got != want {
			t.Errorf("%q is %d, want %d", s, got, want)
		}
	}
}

// A length of time printed into a field is read again as the same.
func TestHoursComeBack(t *testing.T) {
	b, err := locale.Load(web.Locales())
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range locale.Langs {
		for minutes := range 24 * 60 {
			s := b.Printer(lang).Hours(minutes)
			if got, ok := locale.ParseHours(s); !ok || got != minutes {
				t.Fatalf("%d minutes are printed as %q in %s and read as %d", minutes, s, lang, got)
			}
		}
	}
	for _, typed := range []string{"4.30", "4,30", "4.30 h", "4,30h", "4.30 tim.", " 4.30 t"} {
		if a, b, two := locale.TwoReadings(typed); !two || a != "4:30" || b != "4:18" {
			t.Errorf("%s is %s or %s", typed, a, b)
		}
		if got, ok := locale.ParseHours(typed); ok {
			t.Errorf("%s is guessed to be %d minutes", typed, got)
		}
	}
}

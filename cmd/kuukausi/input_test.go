package main

import (
	"fmt"
	"kuukausi/internal/apptest"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
)

var (
	postForm  = regexp.MustCompile(`(?s)<form method="post" action="([^"]*)"[^>]*>(.*?)</form>`)
	textInput = regexp.MustCompile(`<input class="govuk-input[^>]*>`)
	textArea  = regexp.MustCompile(`<textarea class="govuk-textarea[^>]*>`)
	attribute = regexp.MustCompile(`(name|id)="([^"]*)"`)
)

// field is a text field of a form: its name, its id, and whether it takes several lines.
type field struct {
	name, id string
	lines    bool
}

func textFields(form string) (out []field) {
	add := func(tag string, lines bool) {
		f := field{lines: lines}
		for _, a := range attribute.FindAllStringSubmatch(tag, -1) {
			if a[1] == "name" {
				f.name = a[2]
			} else {
				f.id = a[2]
			}
		}
		if f.name != "" && !slices.ContainsFunc(out, func(x field) bool { return x.name == f.name }) {
			out = append(out, f)
		}
	}
	for _, tag := range textInput.FindAllString(form, -1) {
		if !strings.Contains(tag, `type="password"`) { // a password has a rule of its own
			add(tag, false)
		}
	}
	for _, tag := range textArea.FindAllString(form, -1) {
		add(tag, true)
	}
	return out
}

// everyForm goes through the forms of every page that each role sees, each form once.
func everyForm(t *testing.T, s *apptest.Site, try func(u *apptest.User, who, action string, page string, fields []field)) int {
	t.Helper()
	seen := map[string]bool{}
	n := 0
	for _, p := range apptest.People[:8] {
		u := s.As(p.Email)
		for _, m := range apptest.Matrix {
			if m.Method != http.MethodGet || verdict(m.Who, p.Letter) != http.StatusOK {
				continue
			}
			page := u.Get(s.Example(m.Path)).Body
			for _, f := range postForm.FindAllStringSubmatch(page, -1) {
				action := apptest.Unescape(f[1])
				fields := textFields(f[2])
				if len(fields) == 0 || seen[action] || action == "/login" {
					continue
				}
				seen[action] = true
				n++
				try(u, p.Email, action, page, fields)
			}
		}
	}
	return n
}

// No field of any form takes a text without an end: it is refused at the field, and nothing breaks (internal/domain.md,
// ruling 38).
func TestEveryFieldHasALimit(t *testing.T) {
	s := apptest.Start(t)
	n := everyForm(t, s, func(u *apptest.User, who, action, page string, fields []field) {
		for _, f := range fields {
			v := apptest.Fill(t, page, action)
			v.Set("form", uuid.NewString())
			v.Set(f.name, strings.Repeat("å", 2_700))
			if f.lines {
				v.Set(f.name, strings.Repeat("å\n", 10_001))
			}
			got := u.Post(action, v)
			at := strings.Contains(got.Body, `href="#`+f.id+`"`)
			switch {
			case got.Code >= 500:
				t.Errorf("%s, %s of %s: %d", who, f.name, action, got.Code)
			case got.Code == http.StatusSeeOther && strings.Contains(action, "/search"): // a search finds nobody
			case got.Code != http.StatusUnprocessableEntity || !at:
				t.Errorf("%s, %s of %s: %d %v, refused at the field %t", who, f.name, action, got.Code, got.Codes(), at)
			}
		}
	})
	if n < 60 {
		t.Errorf("only %d forms were found", n)
	}
}

// What cannot be seen is not stored: typed into a field alone it is nothing, and within a text it goes.
func TestNothingInvisibleIsStored(t *testing.T) {
	s := apptest.Start(t)
	const unseen = "\u200b\u00ad\u2060\ufeff\u2800"
	everyForm(t, s, func(u *apptest.User, who, action, page string, fields []field) {
		for _, alone := range []bool{true, false} {
			v := apptest.Fill(t, page, action)
			v.Set("form", uuid.NewString())
			for _, f := range fields {
				switch {
				case alone:
					v.Set(f.name, unseen)
				case v.Get(f.name) != "":
					v.Set(f.name, unseen+v.Get(f.name)+unseen)
				default:
					v.Set(f.name, "A\u200bB\u00a0C")
				}
			}
			if got := u.Post(action, v); got.Code >= 500 {
				t.Errorf("%s: %s: %d", who, action, got.Code)
			}
		}
	})
	for _, c := range strings.Split(s.SQL(`select string_agg(c.table_name || '.' || c.column_name, ' ' order by 1)
from information_schema.columns c
join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name and t.table_type = 'BASE TABLE'
where c.table_schema = 'app' and c.data_type in ('text', 'jsonb')`), " ") {
		table, column, _ := strings.Cut(c, ".")
		if n := s.SQL(fmt.Sprintf(
			`select count(*) from app.%s where %s::text ~ '[\u200b\u00ad\u2060\ufeff\u2800\u00a0]'`, table, column)); n != "0" {
			t.Errorf("%s rows of %s hold what cannot be seen", n, c)
		}
	}
}

// A refused form in another language keeps what was typed, and the address of a form leads to its page.
func TestTypedTextSurvives(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	at := s.Example("/cohorts")
	v := apptest.Fill(t, u.Get("/cohorts/new").Body, at)
	v.Set("name", "Ryhmä, joka ei katoa")
	refused := u.Post(at, v)
	if refused.Code != http.StatusUnprocessableEntity {
		t.Fatal(refused.Code)
	}
	sv := apptest.Fill(t, refused.Body, "/language")
	sv.Set("replay_lang", "sv")
	moved := u.Post("/language", sv)
	if moved.Code != http.StatusTemporaryRedirect || moved.Location != at {
		t.Fatalf("the switch: %d %s", moved.Code, moved.Location)
	}
	again := u.Post(moved.Location, sv)
	if again.Code != http.StatusUnprocessableEntity || !strings.Contains(again.Body, "Ryhmä, joka ei katoa") ||
		!strings.Contains(again.Body, `lang="sv"`) {
		t.Errorf("in Swedish: %d, kept %t", again.Code, strings.Contains(again.Body, "Ryhmä, joka ei katoa"))
	}
	// and as often as somebody likes
	en := apptest.Fill(t, again.Body, "/language")
	en.Set("replay_lang", "en")
	if moved := u.Post("/language", en); moved.Location != at || len(en["replay_lang"]) != 1 || len(en["replay_at"]) != 1 {
		t.Fatalf("the second switch: %d %s", moved.Code, moved.Location)
	}
	if third := u.Post(at, en); !strings.Contains(third.Body, "Ryhmä, joka ei katoa") || !strings.Contains(third.Body, `lang="en"`) {
		t.Errorf("in English: %d", third.Code)
	}
	u.Post("/language", url.Values{"replay_lang": {"fi"}, "replay_back": {"/"}})
	if got := u.Get(s.Example("{plain}") + "/move"); got.Code != http.StatusSeeOther || got.Location != s.Example("{plain}") {
		t.Errorf("the address of a form: %d %s", got.Code, got.Location)
	}
}

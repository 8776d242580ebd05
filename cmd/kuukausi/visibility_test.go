package main

import (
	"kuukausi/internal/access"
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"kuukausi/internal/server"
	"kuukausi/internal/server/core"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// verdict is what a line says about one person: 200, 403, 303 or 404.
func verdict(who, letter string) int {
	code := http.StatusOK
	for _, r := range who {
		switch {
		case r == '/':
			code = http.StatusForbidden
		case r == '>':
			code = http.StatusSeeOther
		case string(r) == letter:
			return code
		}
	}
	if letter == "-" {
		return http.StatusSeeOther
	}
	return http.StatusNotFound
}

// Every route has its line, every line its route, and every route declares its act.
func TestMatrixIsComplete(t *testing.T) {
	lines := map[string]bool{}
	for _, m := range apptest.Matrix {
		lines[m.Method+" "+m.Pattern] = true
	}
	srv := server.New(core.Config{}, server.Rooms{}, nil)
	used := map[string]bool{}
	for _, r := range srv.Routes() {
		if !lines[r.Method+" "+r.Pattern] {
			t.Errorf("%s %s has no line in the visibility matrix", r.Method, r.Pattern)
		}
		delete(lines, r.Method+" "+r.Pattern)
		if r.Action != nil {
			used[r.Action.Name] = true
		}
	}
	for l := range lines {
		t.Errorf("the matrix has a line for %s, which is no route", l)
	}
	for _, a := range access.Table {
		if !used[a.Name] && a.Name != access.HeaderView.Name && a.Name != access.NationalIDSearch.Name {
			t.Errorf("no route does %s", a.Name)
		}
	}
}

func TestVisibility(t *testing.T) {
	s := apptest.Start(t)
	users := map[string]*apptest.User{}
	for _, u := range apptest.People {
		users[u.Letter] = s.As(u.Email)
	}
	var allowed []func()
	before := s.Digest()
	// what is denied never gets as far as a rule: its row says refused or not found, whatever the page looks like
	reached := func() string {
		return s.SQL(`select coalesce(string_agg(distinct role || ' ' || action || ' ' || outcome, ', '), '')
from app.audit where outcome in ('invalid', 'stale', 'done') and action <> 'login_start'`)
	}
	ruled := reached()
	for _, m := range apptest.Matrix {
		path := s.Example(m.Path)
		if m.Pattern == "/logout" || m.Pattern == "/login" || m.Pattern == "/language" {
			continue // public acts; their own tests try them
		}
		for _, c := range apptest.People {
			want, u := verdict(m.Who, c.Letter), users[c.Letter]
			if m.Method == "POST" && want == http.StatusOK {
				allowed = append(allowed, func() {
					if got := u.Post(path, url.Values{"form": {uuid.NewString()}, "version": {"0"}}); got.Code == 403 || got.Code == 404 ||
						got.Code >= 500 {
						t.Errorf("POST %s as %s: %d, want it to be let in", path, c.Letter, got.Code)
					}
				})
				continue
			}
			var got apptest.Answer
			if m.Method == "GET" {
				got = u.Get(path)
			} else {
				got = u.Post(path, url.Values{"form": {uuid.NewString()}, "version": {"1"}, "body": {"x"}, "kind": {"call"}, "on": {"1.11.2026"}})
			}
			if c.Letter == "-" && m.Method == "POST" && got.Code == http.StatusUnauthorized {
				want = http.StatusUnauthorized // what was typed is given back beside the way to sign in
			}
			if c.Letter == "-" && strings.HasPrefix(m.Pattern, "/invitations") || m.Pattern == "/static/*" {
				want = http.StatusNotFound
			}
			if got.Code != want && (want != http.StatusSeeOther || got.Code != http.StatusMovedPermanently) {
				t.Errorf("%s %s as %s: %d, want %d", m.Method, path, c.Letter, got.Code, want)
			}
			if want == http.StatusForbidden && len(got.Codes()) == 0 {
				t.Errorf("%s %s as %s: 403 without a data-code", m.Method, path, c.Letter)
			}
		}
	}
	if after := s.Digest(); after != before {
		t.Errorf("a denied POST or a GET changed the database")
	}
	if after := reached(); after != ruled {
		t.Errorf("a denied POST got as far as a rule: %s (before: %s)", after, ruled)
	}
	for _, try := range allowed {
		try()
	}
}

var masked = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)

// A foreign id and an absent one answer the same: status, headers and body, ids and reference masked.
func TestForeignIsAbsent(t *testing.T) {
	s := apptest.Start(t)
	for _, who := range []string{"veera.valmentava", "kimmo.koordinoiva", "eeva.ehkanen", "tuulikki.esimerkki", "aatu.yllapitaja"} {
		u := s.As(who)
		for _, m := range apptest.Matrix {
			if !strings.Contains(m.Pattern, "{") || strings.Contains(m.Pattern, "token") || strings.Contains(m.Pattern, "member") {
				continue
			}
			foreign := map[string]uuid.UUID{
				"cohort":    demo.OtherCohort,
				"meeting":   uuid.MustParse(s.UUID(`select id from app.meeting where org_id = $1 limit 1`, demo.OtherOrg)),
				"enrolment": demo.OtherEnrolment(0),
				"site":      uuid.New(),
				"trial":     uuid.New(),
				"review":    demo.Review(999),
				"pre": uuid.MustParse(s.UUID(
					`select id from app.pre_assignment where org_id = $1 and enrolment_id = $2 and number = 1`,
					demo.OtherOrg,
					demo.OtherEnrolment(0),
				)),
				"info":        uuid.New(),
				"duty":        uuid.New(),
				"problem":     uuid.New(),
				"evidence":    uuid.New(),
				"capacity":    uuid.New(),
				"day":         uuid.New(),
				"signup":      uuid.New(),
				"absence":     uuid.New(),
				"breaking":    uuid.New(),
				"merge":       uuid.New(),
				"room":        uuid.New(),
				"appointment": uuid.New(),
				"version":     uuid.MustParse(s.UUID(`select id from app.programme_version where org_id = $1`, demo.OtherOrg)),
				"promise":     uuid.New(),
				"view":        uuid.New(),
				"obstacle":    uuid.New(),
				"note": uuid.MustParse(s.UUID(`select n.id
from app.note n
join app.membership m on m.org_id = n.org_id and m.id = n.written_by
where n.org_id = $1 and m.email = 'senni.sijainen@example.org'`, demo.Org)),
			}
			at := func(id uuid.UUID) string {
				p := m.Pattern
				for k := range foreign {
					p = strings.Replace(p, "{"+k+"}", id.String(), 1)
				}
				return strings.NewReplacer("{date}", "2026-11-18", "{week}", "1").Replace(p)
			}
			for k, id := range foreign {
				if !strings.Contains(m.Pattern, "{"+k+"}") {
					continue
				}
				ask := func(id uuid.UUID) apptest.Answer {
					if m.Method == "GET" {
						return u.Get(at(id))
					}
					return u.Post(at(id), url.Values{"form": {"01930000-ffff-7000-8000-" + uuid.NewString()[24:]}, "version": {"1"}})
				}
				a, b := ask(id), ask(uuid.New())
				if a.Code != http.StatusNotFound && !(a.Code == 303 && a.Location == "/handed") || a.Code != b.Code ||
					masked.ReplaceAllString(a.Body, "") != masked.ReplaceAllString(b.Body, "") {
					t.Errorf("%s %s as %s: foreign %d, absent %d, or another body", m.Method, m.Pattern, who, a.Code, b.Code)
				}
				for h := range a.Header {
					if h != "Date" && h != "Content-Length" && h != "Set-Cookie" && a.Header.Get(h) != b.Header.Get(h) {
						t.Errorf("%s %s as %s: header %s differs", m.Method, m.Pattern, who, h)
					}
				}
			}
		}
	}
}

// toSee is a page of the accessibility run.
type toSee struct{ name, path, as string }

// pagesToSee are the matrix's pages as the first person who may open them, the coordinator's and expert's own forms of
// shared pages, and refused, stale, missing and confirming states.
func pagesToSee(t *testing.T, s *apptest.Site) []toSee {
	var out []toSee
	email := map[string]string{}
	for _, u := range apptest.People {
		email[u.Letter] = u.Email
	}
	for _, u := range append(apptest.People[:0:0], apptest.People...) {
		for _, m := range apptest.Matrix {
			if m.Name == "" {
				continue
			}
			first := strings.IndexFunc(m.Who, func(r rune) bool { return r != '/' && r != '>' })
			l := m.Who[first : first+1]
			if m.Name == "login" {
				l = "-"
			}
			if l == u.Letter {
				out = append(out, toSee{m.Name, s.Example(m.Path), u.Email})
			}
		}
		switch u.Letter {
		case "K":
			out = append(
				out,
				toSee{"today-coordinator", "/", u.Email},
				toSee{"month-map-coordinator", "/cohorts/" + demo.Running.String(), u.Email},
				toSee{"day-coordinator", "/cohorts/" + demo.Running.String() + "/days/2026-11-19", u.Email},
			)
		case "E":
			out = append(
				out,
				toSee{"today-expert", "/", u.Email},
				toSee{"case-expert", "/enrolments/" + demo.Enrolment(8).String(), u.Email},
				toSee{"review-expert", "/reviews/" + demo.Review(202).String(), u.Email},
				toSee{"trial-expert", "/trials/" + demo.Trial(100).String(), u.Email},
			)
		case "V":
			out = append(
				out,
				toSee{"not-found", "/nothing", u.Email},
				toSee{"forbidden", "/employers/new", u.Email},
				toSee{"review-locked", "/reviews/" + demo.Review(200).String(), u.Email},
				toSee{
					"review-draft",
					"/reviews/" + demo.Review(108).String(),
					u.Email,
				},
				toSee{"summary-refused", "/reviews/" + demo.Review(202).String() + "/summary", u.Email},
				toSee{
					"merge-preview",
					"/enrolments/" + demo.Recruit(0).String() + "/merge?with=" + demo.Recruit(1).String(),
					u.Email,
				},
				toSee{"protection-set", "/enrolments/" + demo.Enrolment(0).String() + "/protection", u.Email},
				toSee{"month-map-recruiting", "/cohorts/" + demo.Recruiting.String(), u.Email},
				toSee{"month-map-finished", "/cohorts/" + demo.Finished.String(), u.Email},
			)
		}
	}
	return out
}

package main

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"kuukausi/internal/postgres/demo"
)

// path is where the window is.
func (x *window) path() string { return strings.TrimPrefix(x.eval(`location.href`), x.s.URL) }

// send fills the form with this action as a person would and presses its button (the one with this value, if given).
// It waits for the next page and returns where the window is then.
func (x *window) send(action, button string, fields ...string) string {
	x.s.t.Helper()
	values := map[string]string{}
	for i := 0; i+1 < len(fields); i += 2 {
		values[fields[i]] = fields[i+1]
	}
	raw, _ := json.Marshal(values)
	if miss := x.eval(fmt.Sprintf(`(() => { const at = [...document.forms].filter(f => f.getAttribute("action") === %q),
	  f = at.find(f => f.method === "post") || at[0]; if (!f) return "no form";
for (const [k, v] of Object.entries(%s)) { const all = [...f.querySelectorAll("[name='" + k + "']")]; if (!all.length) return k;
  const pick = all.find(e => (e.type === "radio" || e.type === "checkbox"));
    if (pick) { const e = all.find(e => e.value === v); if (!e) return k + "=" + v;
      e.checked = true } else all[0].value = v; if (all[0].tagName === "SELECT" && all[0].value !== v) return k + "=" + v }
f.querySelectorAll("details").forEach(d => d.open = true);
for (let d = f.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
f.setAttribute("data-send", ""); return "" })()`, action, raw)); miss != "" {
		x.s.t.Fatalf("form %s on %s: %s", action, x.path(), miss)
	}
	css := `form[data-send] button`
	if button != "" {
		css += `[value="` + button + `"]`
	}
	if _, err := chromedp.Run(x, chromedp.WaitEvent(page.LoadEventFired, nil, chromedp.Click(chromedp.CSS(css)))); err != nil {
		x.s.t.Fatalf("sending %s on %s: %v", action, x.path(), err)
	}
	if c := x.codes(); c != "" && x.refused == "" {
		x.s.t.Fatalf("sending %s: refused with %s\n%s", action, c, x.text())
	} else if !strings.Contains(" "+c+" ", " "+x.refused+" ") && x.refused != "" {
		x.s.t.Errorf("sending %s: %q, want %s", action, c, x.refused)
	}
	x.refused = ""
	return x.path()
}

// codes are the refusals the page shows.
func (x *window) codes() string {
	return x.eval(`[...document.querySelectorAll("[data-code]")].map(e => e.dataset.code).join(" ")`)
}

// refuse sends a form that has to come back with a code, and whose summary leads to a field of the page.
func (x *window) refuse(code, action, button string, fields ...string) {
	x.s.t.Helper()
	x.refused = code
	x.send(action, button, fields...)
	if dead := x.eval(`[...document.querySelectorAll(".govuk-error-summary a")]
  .filter(a => !document.querySelector(a.getAttribute("href")))
  .map(a => a.getAttribute("href")).join(" ")`); dead != "" {
		x.s.t.Errorf("%s: links that lead nowhere: %s", code, dead)
	}
}

// signIn goes through the sign-in page and chooses the language.
func (x *window) signIn(email, lang string) {
	x.s.t.Helper()
	x.visit("/login")
	x.send("/language", lang)
	x.send("/login", "", "email", email+"@example.org", "password", demo.Password)
	x.send("/language", lang)
	if got := x.eval(`document.documentElement.lang`); got != lang {
		x.s.t.Fatalf("language %s, want %s", got, lang)
	}
}

func (x *window) option(sel, text string) string {
	return x.eval(
		fmt.Sprintf(`([...document.querySelectorAll(%q + " option")].find(o => o.textContent.includes(%q)) || {value: ""}).value`, sel, text),
	)
}

// The whole thin month by coach, coordinator and expert, in each language, with JavaScript and without.
func TestJourney(t *testing.T) {
	for _, c := range []struct {
		lang    string
		scripts bool
	}{{"fi", false}, {"sv", true}, {"en", false}} {
		t.Run(fmt.Sprintf("%s scripts %t", c.lang, c.scripts), func(t *testing.T) {
			s := start(t)
			s.t = t
			coach, coordinator, expert := s.open(c.scripts), s.open(c.scripts), s.open(c.scripts)
			coach.signIn("veera.valmentava", c.lang)
			coordinator.signIn("kimmo.koordinoiva", c.lang)
			expert.signIn("eeva.ehkanen", c.lang)

			// a cohort from the programme, and eight people with their recorded choice
			coach.visit("/cohorts/new")
			at := strings.TrimSuffix(
				coach.send(
					"/cohorts",
					"",
					"name",
					"Ryhmä Å",
					"place",
					"Hämeenlinna",
					"starts_on",
					"19.11.2026",
					"coordinator",
					coach.option("[name=coordinator]", "Kimmo"),
				),
				"/details",
			)
			coach.send(at+"/state", "", "to", "open")
			for i := range 8 {
				coach.visit(at + "/enrolments/new")
				coach.send(
					at+"/enrolments",
					"",
					"first_name",
					fmt.Sprintf("Äijö%d", i),
					"last_name",
					"Öhman",
					"born_on",
					"1.3.1980",
					"lang",
					c.lang,
					"expert",
					coach.option("[name=expert]", "Eeva"),
					"chose",
					"yes",
					"how",
					"oral",
					"chosen_on",
					"18.11.2026",
				)
			}
			coach.visit(at + "/details")
			coach.send(at+"/state", "", "to", "confirmed")
			coach.send(at+"/state", "", "to", "running")

			// 8.50: everyone present in one tap, one exception
			coach.visit(at)
			attendance := coach.eval(`document.querySelector(".acts a[href^='/meetings/']").getAttribute("href")`)
			coach.visit(attendance)
			radio := coach.eval(`document.querySelector(".seg input").name`)
			coach.send(attendance, "p", radio, "n")
			coach.visit(at)
			if n := coach.eval(`String(document.querySelectorAll("td.m-p").length) + " " + document.querySelectorAll("td.m-n").length`); n != "7 1" {
				t.Fatalf("the map shows %s, want 7 present and 1 away", n)
			}
			person := coach.eval(`document.querySelector("th.who a").getAttribute("href")`)
			coach.visit(person)
			coach.send(person+"/goal", "", "body", "Töihin keväällä", "kind", "employment", "how", "present")

			// a work trial, agreed and active
			coordinator.visit("/employers/new")
			coordinator.send(
				"/employers",
				"",
				"name",
				"Mallipaja Öljy Oy",
				"kind_of",
				"company",
				"field",
				"industry",
				"municipality",
				"Hämeenlinna",
				"tasks",
				"Kokoonpano",
				"person",
				"Outi Ohjaava",
				"phone",
				"000 000 0099",
			)
			coordinator.visit(person + "/trials/new")
			trial := coordinator.send(
				person+"/trials",
				"",
				"site",
				coordinator.option("[name=site]", "Mallipaja"),
				"purpose",
				"return_to_work",
				"goals",
				"Sopiiko työ",
				"tasks",
				"Kokoonpano",
				"payer",
				"kela_general_support",
				"bar.competition",
				"no",
				"bar.drug_test",
				"no",
				"bar.children",
				"no",
			)
			coordinator.send(trial+"/answer", "", "answer", "yes", "way", "present")
			for _, party := range []string{"participant", "organiser", "authority"} {
				coordinator.send(trial+"/signatures", "", "party", party, "signed_on", "19.11.2026")
			}
			coordinator.send(trial+"/insurance", "", "insurance_on", "19.11.2026")
			coordinator.send(trial+"/activation", "")
			coordinator.send(trial+"/contacts", "call") // the planned one of the first day, in one click
			coach.visit(at + "/days/2026-11-19")
			coach.send(at+"/days/2026-11-19", "p")
			coach.visit(at)
			if n := coach.eval(`String(document.querySelectorAll("td.m-t").length)`); n != "1" {
				t.Fatalf("%s trial half-days on the map, want 1", n)
			}

			// a problem with its answer, a new last day with what moves, the organiser's assessment, the end
			coach.visit(trial)
			coach.send(trial+"/problems", "", "category", "safety", "problem", "Kulkureittiä ei ole merkitty", "told_by", "participant")
			coordinator.visit(trial)
			coordinator.send(
				"/problems/"+s.uuid(`select id from app.trial_problem where body = 'Kulkureittiä ei ole merkitty'`)+"/action",
				"",
				"acted",
				"Reitti merkittiin samana päivänä",
			)
			coordinator.visit(trial + "/end-date?ends_on=27.11.2026")
			coordinator.send(trial+"/end-date", "", "agreed_on", "19.11.2026", "signed", "yes")
			if got := s.sql(`select string_agg(c.code || ' ' || c.due_on, ', ' order by c.code)
from app.trial_checkin c
where c.trial_id::text = $1 and c.contact_id is null`, strings.TrimPrefix(trial,
				"/trials/")); got != "end 2026-11-26, week_1 2026-11-23, week_3 2026-11-27" {
				t.Errorf("planned contacts: %s", got)
			}
			coordinator.send(
				trial+"/assessment",
				"",
				"suitability",
				"Sopii hyvin",
				"skills",
				"Koneiden käyttö",
				"given_by",
				"Outi Ohjaava",
				"given_on",
				"19.11.2026",
				"how",
				"visit",
			)
			coordinator.visit(trial + "/agreement")
			if n := coordinator.eval(`String(document.querySelectorAll("dl.facts dt").length)`); n != "14" {
				t.Errorf("the agreement has %s headings", n)
			}
			coordinator.visit(trial)
			coordinator.send(trial+"/end", "", "reason", "Sai töitä", "terminated_by", "participant", "notice_on", "19.11.2026", "hired", "yes")
			if got := s.sql(
				`select state || ' ' || hired || ' ' || ends_on from app.trial where id::text = $1`,
				strings.TrimPrefix(trial, "/trials/"),
			); got != "ended yes 2026-11-19" {
				t.Errorf("the trial: %s", got)
			}

			// the final review of three parties
			coach.visit(person + "/review")
			rev := coach.send(person+"/review", "", "meets_on", "19.11.2026", "meets_at", "14.00", "place", "Huone 3")
			coach.send(
				rev+"/text",
				"",
				"goal_result",
				"Tavoite eteni",
				"own_words",
				"Uskallan soittaa",
				"strengths",
				"Tarkka",
				"next_steps",
				"Hakemukset",
				"timetable",
				"Tammikuu",
				"monitoring",
				"Omavalmentaja",
			)
			coach.send(rev+"/ready", "")
			coach.send(rev+"/acknowledgement", "")
			coach.send(rev+"/device", "")
			if p := coach.path(); p != "/handed" {
				t.Fatalf("the device is at %s", p)
			}
			coach.visit("/cohorts") // nothing else opens on a handed device
			if p := coach.path(); p != "/handed" {
				t.Fatalf("a handed device opened %s", p)
			}
			coach.send("/handed/acknowledgement", "")
			coach.send("/handed/return", "", "password", demo.Password)
			if p := coach.path(); p != rev {
				t.Fatalf("after the return the coach is at %s", p)
			}
			expert.visit(rev)
			expert.send(rev+"/acknowledgement", "")
			expert.visit(rev + "/decision")
			expert.send(
				rev+"/decision",
				"",
				"kind",
				"work_trial",
				"starts_on.work_trial",
				"18.12.2026",
				"ends_on.work_trial",
				"15.1.2027",
				"grounds",
				"Tukee tavoitetta",
				"decided_on",
				"19.11.2026",
			)
			coach.visit(rev)
			coach.send(rev+"/lock", "")
			coach.visit(rev + "/summary")
			if n := coach.eval(`String(document.querySelectorAll("section.part h2").length)`); n != "6" {
				t.Fatalf("the summary has %s headings, want 6", n)
			}
			coach.visit(person)
			coach.send(person+"/state", "", "to", "review")
			coach.send(person+"/state", "", "to", "completed")
			coach.visit(rev)
			coach.send(rev+"/outcome", "", "outcome", "work_trial_continues", "outcome_on", "19.11.2026")

			for _, x := range []*window{coach, coordinator, expert} {
				if strings.Contains(x.text(), "⟦") {
					t.Error("a message is missing")
				}
			}
		})
	}
}

// Printed on A4: the month map fits one landscape page wide, and reviews and summaries come out without the furniture.
func TestPrint(t *testing.T) {
	s := start(t)
	x := s.open(true)
	x.use(s.as("veera.valmentava"))
	for name, p := range map[string]string{
		"month-map": "/cohorts/" + demo.Running.String(), "review": "/reviews/" + demo.Review(200).String(),
		"summary": "/reviews/" + demo.Review(200).String() + "/summary",
		"trial":   "/trials/" + demo.Trial(100).String() + "/agreement",
	} {
		x.visit(p)
		out, err := chromedp.Run(
			x,
			chromedp.PrintToPDF(func(pp *page.PrintToPDFParams) { yes := true; pp.PreferCSSPageSize, pp.GenerateTaggedPDF = &yes, &yes }),
		)
		if err != nil {
			t.Fatal(err)
		}
		pages := strings.Count(string(out), "/Type /Page\n") + strings.Count(string(out), "/Type /Page ") + strings.Count(
			string(out),
			"/Type/Page/",
		)
		landscape := strings.Contains(string(out), "[0 0 841") || strings.Contains(string(out), "[0 0 842")
		t.Logf("%s: %d bytes, %d pages, landscape %t", name, len(out), pages, landscape)
		if (name == "month-map") != landscape || pages != 1 {
			t.Errorf("%s: landscape %t, %d pages", name, landscape, pages)
		}
		x.savePDF(name, out)
	}
}

// Sign-in: equal answers, throttle, renewal, idle and absolute expiry, sign-out, cross-site posts, headers.
func TestSignIn(t *testing.T) {
	s := start(t)
	try := func(email, password string) answer {
		return s.as("").post("/login", url.Values{"email": {email}, "password": {password}})
	}
	strip := func(a answer) string { return masked.ReplaceAllString(a.body, "") }
	known, unknown := try("veera.valmentava@example.org", "not the password"), try("nobody.at.all@example.org", "not the password")
	if known.code != 422 || !known.has("E_SIGN_IN") ||
		strings.ReplaceAll(strip(known), "veera.valmentava", "x") != strings.ReplaceAll(strip(unknown), "nobody.at.all", "x") {
		t.Errorf("known %d %v and unknown %d %v differ", known.code, known.codes(), unknown.code, unknown.codes())
	}
	for range 6 {
		try("olli.omanen@example.org", "wrong password")
	}
	if got := try("olli.omanen@example.org", demo.Password); !got.has("E_THROTTLED") {
		t.Errorf("after seven tries the right password is %v, want E_THROTTLED", got.codes())
	}
	if got := try("nobody.twice@example.org", "x"); !got.has("E_SIGN_IN") {
		t.Errorf("another name is throttled too: %v", got.codes())
	}
	s.set(morning.Add(20 * time.Minute))
	if got := try("olli.omanen@example.org", demo.Password); got.code != 303 {
		t.Errorf("after the wait: %d %v", got.code, got.codes())
	}
	s.set(morning)
	u := s.as("veera.valmentava")
	for h, want := range map[string]string{
		"Content-Security-Policy": "default-src 'none'", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
		"Cross-Origin-Opener-Policy": "same-origin",
	} {
		if got := u.get("/cohorts").header.Get(h); !strings.Contains(got, want) {
			t.Errorf("%s: %q", h, got)
		}
	}
	token := s.sql(`select encode(token_hash, 'hex')
from app.login_session
order by created_at desc, seen_at desc
limit 1`)
	other := *u
	u.post("/login", url.Values{"email": {"veera.valmentava@example.org"}, "password": {demo.Password}})
	if s.sql(`select count(*) from app.login_session where token_hash = decode($1, 'hex')`, token) == "" {
		t.Error("no session")
	}
	_ = other
	s.set(morning.Add(31 * time.Minute))
	if got := u.get("/cohorts"); got.code != 303 || !strings.HasPrefix(got.location, "/login") {
		t.Errorf("idle for 31 minutes: %d %s", got.code, got.location)
	}
	s.set(morning)
	v := s.as("veera.valmentava")
	for m := time.Duration(0); m < 12*60; m += 20 {
		s.set(morning.Add(m * time.Minute))
		v.get("/cohorts")
	}
	s.set(morning.Add(12*time.Hour + time.Minute))
	if got := v.get("/cohorts"); got.code != 303 {
		t.Errorf("after twelve busy hours: %d", got.code)
	}
	s.set(morning)
	w := s.as("veera.valmentava")
	at, _ := url.Parse(s.URL)
	kept := w.Jar.Cookies(at)
	w.post("/logout", nil)
	w.Jar.SetCookies(at, kept)
	if got := w.get("/cohorts"); got.code != 303 {
		t.Errorf("a cookie kept over the sign-out still works: %d", got.code)
	}
	r := s.as("").post(
		"/login?x=1",
		url.Values{"email": {"veera.valmentava@example.org"}, "password": {demo.Password}, "next": {"//evil.example.org/"}},
	)
	if r.location != "/" {
		t.Errorf("open redirect to %s", r.location)
	}
}

// Everybody sees their own sign-ins and the wrong passwords, nobody another's.
func TestOwnSignIns(t *testing.T) {
	s := start(t)
	s.as("").post("/login", url.Values{"email": {"veera.valmentava@example.org"}, "password": {"not this one"}})
	page := s.as("veera.valmentava").get("/sign-ins").body
	if strings.Count(page, "Kirjautuminen sisään") != 1 || strings.Count(page, "Väärä salasana") != 1 {
		t.Error("the page does not hold one sign-in and one wrong password")
	}
	if page := s.as("senni.sijainen").get("/sign-ins").body; strings.Contains(page, "Väärä salasana") {
		t.Error("somebody else sees it")
	}
}

package main

import (
	"fmt"
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// The whole thin month by coach, coordinator and expert, in each language, with JavaScript and without.
func TestJourney(t *testing.T) {
	for _, c := range []struct {
		lang    string
		scripts bool
	}{{"fi", false}, {"sv", true}, {"en", false}} {
		t.Run(fmt.Sprintf("%s scripts %t", c.lang, c.scripts), func(t *testing.T) {
			s := apptest.Start(t)
			s.T = t
			s.Set(apptest.Morning.Add(4 * time.Hour)) // both half-days have begun
			coach, coordinator, expert := s.Open(c.scripts), s.Open(c.scripts), s.Open(c.scripts)
			coach.SignIn("veera.valmentava", c.lang)
			coordinator.SignIn("kimmo.koordinoiva", c.lang)
			expert.SignIn("eeva.ehkanen", c.lang)

			// a cohort from the programme, and eight people with their recorded choice
			coach.Visit("/cohorts/new")
			at := strings.TrimSuffix(
				coach.Send(
					"/cohorts",
					"",
					"name",
					"Ryhmä Å",
					"place",
					"Hämeenlinna",
					"starts_on",
					"19.11.2026",
					"coordinator",
					coach.Option("[name=coordinator]", "Kimmo"),
				),
				"/details",
			)
			coach.Send(at+"/state", "", "to", "open")
			for i := range 8 {
				coach.Visit(at + "/enrolments/new")
				coach.Send(
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
					coach.Option("[name=expert]", "Eeva"),
					"chose",
					"yes",
					"how",
					"oral",
					"chosen_on",
					"18.11.2026",
				)
			}
			coach.Visit(at + "/details")
			coach.Send(at+"/state", "", "to", "confirmed")
			coach.Send(at+"/state", "", "to", "running")

			// 8.50: everyone present in one tap, one exception
			coach.Visit(at)
			attendance := coach.Eval(`document.querySelector(".acts a[href^='/meetings/']").getAttribute("href")`)
			coach.Visit(attendance)
			radio := coach.Eval(`document.querySelector(".seg input").name`)
			coach.Send(attendance, "p", radio, "n")
			coach.Visit(at)
			if n := coach.Eval(`String(document.querySelectorAll("td.m-p").length) + " " + document.querySelectorAll("td.m-n").length`); n != "7 1" {
				t.Fatalf("the map shows %s, want 7 present and 1 away", n)
			}
			person := coach.Eval(`document.querySelector("th.who a").getAttribute("href")`)
			coach.Visit(person)
			coach.Send(person+"/goal", "", "body", "Töihin keväällä", "kind", "employment", "how", "present")

			// a work trial, agreed and active
			coordinator.Visit("/employers/new")
			coordinator.Send(
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
			coordinator.Visit(person + "/trials/new")
			trial := coordinator.Send(
				person+"/trials",
				"",
				"site",
				coordinator.Option("[name=site]", "Mallipaja"),
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
			coordinator.Send(trial+"/answer", "", "answer", "yes", "way", "present")
			for _, party := range []string{"participant", "organiser", "authority"} {
				coordinator.Send(trial+"/signatures", "", "party", party, "signed_on", "19.11.2026")
			}
			coordinator.Send(trial+"/insurance", "", "insurance_on", "19.11.2026")
			coordinator.Send(trial+"/activation", "")
			coordinator.Send(trial+"/contacts", "call") // the planned one of the first day, in one click
			coach.Visit(at + "/days/2026-11-19")
			coach.Send(at+"/days/2026-11-19", "p")
			coach.Visit(at)
			if n := coach.Eval(`String(document.querySelectorAll("td.m-t").length)`); n != "1" {
				t.Fatalf("%s trial half-days on the map, want 1", n)
			}

			// a problem with its answer, a new last day with what moves, the organiser's assessment, the end
			coach.Visit(trial)
			coach.Send(trial+"/problems", "", "category", "safety", "problem", "Kulkureittiä ei ole merkitty", "told_by", "participant")
			coordinator.Visit(trial)
			coordinator.Send(
				"/problems/"+s.UUID(`select id from app.trial_problem where body = 'Kulkureittiä ei ole merkitty'`)+"/action",
				"",
				"acted",
				"Reitti merkittiin samana päivänä",
			)
			coordinator.Visit(trial + "/end-date?ends_on=27.11.2026")
			coordinator.Send(trial+"/end-date", "", "agreed_on", "19.11.2026", "signed", "yes")
			if got := s.SQL(`select string_agg(c.Code || ' ' || c.due_on, ', ' order by c.Code)
from app.trial_checkin c
where c.trial_id::text = $1 and c.contact_id is null`, strings.TrimPrefix(trial,
				"/trials/")); got != "end 2026-11-26, week_1 2026-11-23, week_3 2026-11-27" {
				t.Errorf("planned contacts: %s", got)
			}
			coordinator.Send(
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
			coordinator.Visit(trial + "/agreement")
			if n := coordinator.Eval(`String(document.querySelectorAll("dl.facts dt").length)`); n != "14" {
				t.Errorf("the agreement has %s headings", n)
			}
			coordinator.Visit(trial)
			coordinator.Send(trial+"/end", "", "reason", "Sai töitä", "terminated_by", "participant", "notice_on", "19.11.2026", "hired", "yes")
			if got := s.SQL(
				`select state || ' ' || hired || ' ' || ends_on from app.trial where id::text = $1`,
				strings.TrimPrefix(trial, "/trials/"),
			); got != "ended yes 2026-11-19" {
				t.Errorf("the trial: %s", got)
			}

			// the final review of three parties
			coach.Visit(person + "/review")
			rev := coach.Send(person+"/review", "", "meets_on", "19.11.2026", "meets_at", "14.00", "place", "Huone 3")
			coach.Send(
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
			coach.Send(rev+"/ready", "")
			coach.Send(rev+"/acknowledgement", "")
			coach.Send(rev+"/device", "")
			if p := coach.Path(); p != "/handed" {
				t.Fatalf("the device is at %s", p)
			}
			coach.Visit("/cohorts") // nothing else opens on a handed device
			if p := coach.Path(); p != "/handed" {
				t.Fatalf("a handed device opened %s", p)
			}
			coach.Send("/handed/acknowledgement", "")
			coach.Send("/handed/return", "", "password", demo.Password)
			if p := coach.Path(); p != rev {
				t.Fatalf("after the return the coach is at %s", p)
			}
			expert.Visit(rev)
			expert.Send(rev+"/acknowledgement", "")
			expert.Visit(rev + "/decision")
			expert.Send(
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
			coach.Visit(rev)
			coach.Send(rev+"/lock", "")
			coach.Visit(rev + "/summary")
			if n := coach.Eval(`String(document.querySelectorAll("section.part h2").length)`); n != "6" {
				t.Fatalf("the summary has %s headings, want 6", n)
			}
			coach.Visit(person)
			coach.Send(person+"/state", "", "to", "review")
			coach.Send(person+"/state", "", "to", "completed")
			coach.Visit(rev)
			coach.Send(rev+"/outcome", "", "outcome", "work_trial_continues", "outcome_on", "19.11.2026")

			for _, x := range []*apptest.Window{coach, coordinator, expert} {
				if strings.Contains(x.Text(), "⟦") {
					t.Error("a message is missing")
				}
			}
		})
	}
}

// Printed on A4: the month map fits one landscape page wide, and reviews and summaries come out without the furniture.
func TestPrint(t *testing.T) {
	s := apptest.Start(t)
	x := s.Open(true)
	x.Use(s.As("veera.valmentava"))
	for name, p := range map[string]string{
		"month-map": "/cohorts/" + demo.Running.String(), "review": "/reviews/" + demo.Review(200).String(),
		"summary": "/reviews/" + demo.Review(200).String() + "/summary",
		"trial":   "/trials/" + demo.Trial(100).String() + "/agreement",
	} {
		x.Visit(p)
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
		x.SavePDF(name, out)
	}
}

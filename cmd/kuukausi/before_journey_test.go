package main

import (
	"fmt"
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"strings"
	"testing"
	"time"
)

// Before the month and the coach's days, in each language, with JavaScript and without: the expert refers a person from
// an info session, the coach offers the place and stores the choice, books a room and an appointment, notes calls; the
// administrator makes the programme's next version, on which the next cohort runs.
func TestJourneyBeforeTheMonth(t *testing.T) {
	for _, c := range []struct {
		lang    string
		scripts bool
	}{{"fi", true}, {"sv", false}, {"en", true}} {
		t.Run(fmt.Sprintf("%s scripts %t", c.lang, c.scripts), func(t *testing.T) {
			s := apptest.Start(t)
			s.T = t
			coach, expert, admin := s.Open(c.scripts), s.Open(c.scripts), s.Open(c.scripts)
			coach.SignIn("veera.valmentava", c.lang)
			expert.SignIn("eeva.ehkanen", c.lang)
			admin.SignIn("aatu.yllapitaja", c.lang)

			// an info session one has to come to: its invitation begins with the text on voluntariness
			coach.Visit("/info-sessions/new")
			info := coach.Send(
				"/info-sessions",
				"",
				"held_on",
				"19.11.2026",
				"starts_at",
				"9.00",
				"ends_at",
				"10.00",
				"place",
				"Kirjasto",
				"attendance",
				"mandatory",
				"lang",
				c.lang,
			)
			expert.Visit(info)
			expert.Send(info+"/guests", "", "names", "Åke Öhman")
			coach.Visit(info)
			coach.Send(info+"/attendance", "", "came", coach.Eval(`document.querySelector("[name=came]").value`))
			expert.Visit(info)
			expert.Visit(expert.Eval(`document.querySelector("a[href^='/referrals/new']").getAttribute("href")`))
			person := expert.Send(
				"/referrals",
				"",
				"cohort",
				demo.Recruiting.String(),
				"born_on",
				"3.4.1979",
				"lang",
				c.lang,
				"unemployed_since",
				"1.2.2025",
				"national_id",
				"030479-909V",
			)
			if !strings.HasPrefix(person, "/enrolments/") {
				t.Fatalf("after the referral the expert is at %s", person)
			}

			// the waiting list: the one offered before answers first, then each in turn
			list := "/cohorts/" + demo.Recruiting.String() + "/waiting"
			coach.Visit("/enrolments/" + demo.Recruit(3).String() + "/choice")
			coach.Send("/enrolments/"+demo.Recruit(3).String()+"/choice", "", "chose", "yes", "how", "paper")
			coach.Visit(list)
			coach.Send("/enrolments/"+demo.Recruit(4).String()+"/offer", "")
			coach.Send("/enrolments/"+demo.Recruit(4).String()+"/refusal", "")
			coach.Visit(list)
			coach.Send(person+"/offer", "")
			coach.Send(person+"/choice", "", "chose", "yes", "how", "oral", "lang", c.lang)
			if p := coach.Path(); p != list {
				t.Fatalf("after the choice the coach is at %s", p)
			}
			coach.Visit(person)
			if got := s.SQL(`select e.state || ' ' || p.last_name || ' ' || p.code_known
from app.enrolment e
join app.participant p on p.id = e.participant_id
where e.id = $1`, strings.TrimPrefix(person, "/enrolments/")); got != "accepted Öhman true" {
				t.Errorf("the case is %s", got)
			}
			coach.Visit(person + "/national-id")
			if !strings.Contains(coach.Text(), "030479-909V") {
				t.Error("the identity code is not shown to the coach")
			}

			// a room, an appointment, calls
			coach.Visit("/rooms")
			coach.Send("/rooms", "", "name", "Sali", "seats", "12", "computers", "12")
			details := "/cohorts/" + demo.Running.String()
			coach.Visit(details + "/details")
			coach.Send(details+"/room", "", "room", coach.Option("[name=room]", "Sali"))
			one := "/enrolments/" + demo.Enrolment(2).String() + "/appointments"
			coach.Visit(one)
			coach.Send(one, "", "kind", "single", "held_on", "20.11.2026", "starts_at", "11.50", "ends_at", "12.20", "place", "Sali")
			board := details + "/days/2026-11-19"
			coach.Visit(board)
			coach.Send(board+"/calls", "", "called", demo.Enrolment(2).String())
			coach.Visit(details + "/participation")
			if !strings.Contains(coach.Eval(`document.querySelector("#copy").value`), "Harjoitus Leila\t") {
				t.Error("the list to copy is empty")
			}

			// a protection order, seen and lifted
			safe := "/enrolments/" + demo.Enrolment(5).String() + "/protection"
			coach.Visit(safe)
			coach.Send(safe, "")
			coach.Send(safe+"/contact", "", "address", "Suojatie 2")
			coach.Send(safe+"/lifting", "")

			// the next version of the programme
			draft := "/admin/models/" + demo.Draft.String()
			admin.Visit(draft + "/weeks/3")
			admin.Send(draft+"/weeks/3", "", "text.4.1.sv", "Intervjuövningar II", "text.4.1.en", "Interview rehearsals II")
			admin.Send(draft+"/publication", "")
			admin.Visit("/admin/closed-days")
			admin.Send("/admin/closed-days", "", "from", "8.2.2027", "reason", "Hiihtoloma")
			coach.Visit("/cohorts/new")
			next := strings.TrimSuffix(
				coach.Send(
					"/cohorts",
					"",
					"name",
					"Ryhmä 16",
					"place",
					"Hämeenlinna",
					"starts_on",
					"1.2.2027",
					"coordinator",
					coach.Option("[name=coordinator]", "Kimmo"),
				),
				"/details",
			)
			if got := s.SQL(
				`select version_id::text || ' ' || ends_on from app.cohort where id::text = $1`,
				strings.TrimPrefix(next, "/cohorts/"),
			); got != demo.Draft.String()+" 2027-03-02" {
				t.Errorf("the new cohort: %s (the closed day and another one of the demo lengthen it)", got)
			}

			// a case opened by break-glass, and the administrator's word on it
			coach.Visit("/break-glass")
			coach.Send(
				"/break-glass",
				"",
				"first_name",
				"Kerttu",
				"last_name",
				"Kulissi",
				"born_on",
				s.SQL(`select to_char(born_on, 'FMDD.FMMM.YYYY') from app.participant where first_name = 'Kerttu'`),
				"reason",
				"Työpaikka soitti ja valmentaja on poissa",
			)
			admin.Visit("/admin/break-glass")
			admin.Send("/admin/break-glass/"+demo.Breaking.String()+"/seen", "")
			for _, x := range []*apptest.Window{coach, expert, admin} {
				if strings.Contains(x.Text(), "⟦") {
					t.Error("a message is missing")
				}
			}
		})
	}
}

// What is typed is kept three seconds after the last key, says so, and is there after the tab is closed; the form that is
// sent takes its draft away.
func TestDraftScript(t *testing.T) {
	s := apptest.Start(t)
	x := s.Open(true)
	x.Use(s.As("veera.valmentava"))
	page := "/enrolments/" + demo.Enrolment(8).String()
	x.Visit(page)
	x.Eval(
		`(() => { const f = document.querySelector("form[data-draft]"); f.closest("details").open = true;
		  const a = f.querySelector("textarea"); a.value = "Kesken jäänyt ajatus å ä ö"; a.dispatchEvent(new Event("input",
		    {bubbles: true})); return "" })()`,
	)
	deadline := time.Now().Add(20 * time.Second)
	for x.Eval(`document.querySelector(".draft-state").textContent`) == "" {
		if time.Now().After(deadline) {
			t.Fatal("the script keeps nothing")
		}
		time.Sleep(100 * time.Millisecond)
	}
	if n := s.SQL(`select count(*) from app.draft where fields->'body'->>0 = 'Kesken jäänyt ajatus å ä ö'`); n != "1" {
		t.Fatalf("%s drafts", n)
	}
	y := s.Open(true) // another tab, another day
	y.Use(s.As("veera.valmentava"))
	y.Visit(page)
	y.Visit(y.Eval(`document.querySelector(".drafts a").getAttribute("href")`))
	if got := y.Eval(`document.querySelector("form[data-draft] textarea").value`); got != "Kesken jäänyt ajatus å ä ö" {
		t.Fatalf("the draft came back as %q", got)
	}
	y.Send(page+"/notes", "", "visibility", "case", "source", "coach")
	if n := s.SQL(`select count(*) from app.draft`); n != "0" {
		t.Errorf("%s drafts are left", n)
	}
	z := s.Open(true) // somebody else on the machine is offered nothing
	z.Use(s.As("senni.sijainen"))
	z.Visit("/enrolments/" + demo.OtherCoachsEnrolment(0).String())
	if z.Eval(`String(document.querySelectorAll(".drafts a").length)`) != "0" {
		t.Error("somebody else is offered a draft")
	}
}

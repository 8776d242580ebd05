package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"kuukausi/internal/postgres/demo"
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
			s := start(t)
			s.t = t
			coach, expert, admin := s.open(c.scripts), s.open(c.scripts), s.open(c.scripts)
			coach.signIn("veera.valmentava", c.lang)
			expert.signIn("eeva.ehkanen", c.lang)
			admin.signIn("aatu.yllapitaja", c.lang)

			// an info session one has to come to: its invitation begins with the text on voluntariness
			coach.visit("/info-sessions/new")
			info := coach.send(
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
			expert.visit(info)
			expert.send(info+"/guests", "", "names", "Åke Öhman")
			coach.visit(info)
			coach.send(info+"/attendance", "", "came", coach.eval(`document.querySelector("[name=came]").value`))
			expert.visit(info)
			expert.visit(expert.eval(`document.querySelector("a[href^='/referrals/new']").getAttribute("href")`))
			person := expert.send(
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
			coach.visit("/enrolments/" + demo.Recruit(3).String() + "/choice")
			coach.send("/enrolments/"+demo.Recruit(3).String()+"/choice", "", "chose", "yes", "how", "paper")
			coach.visit(list)
			coach.send("/enrolments/"+demo.Recruit(4).String()+"/offer", "")
			coach.send("/enrolments/"+demo.Recruit(4).String()+"/refusal", "")
			coach.visit(list)
			coach.send(person+"/offer", "")
			coach.send(person+"/choice", "", "chose", "yes", "how", "oral", "lang", c.lang)
			if p := coach.path(); p != list {
				t.Fatalf("after the choice the coach is at %s", p)
			}
			coach.visit(person)
			if got := s.sql(`select e.state || ' ' || p.last_name || ' ' || p.code_known
from app.enrolment e
join app.participant p on p.id = e.participant_id
where e.id = $1`, strings.TrimPrefix(person, "/enrolments/")); got != "accepted Öhman true" {
				t.Errorf("the case is %s", got)
			}
			coach.visit(person + "/national-id")
			if !strings.Contains(coach.text(), "030479-909V") {
				t.Error("the identity code is not shown to the coach")
			}

			// a room, an appointment, calls
			coach.visit("/rooms")
			coach.send("/rooms", "", "name", "Sali", "seats", "12", "computers", "12")
			details := "/cohorts/" + demo.Running.String()
			coach.visit(details + "/details")
			coach.send(details+"/room", "", "room", coach.option("[name=room]", "Sali"))
			one := "/enrolments/" + demo.Enrolment(2).String() + "/appointments"
			coach.visit(one)
			coach.send(one, "", "kind", "single", "held_on", "20.11.2026", "starts_at", "11.50", "ends_at", "12.20", "place", "Sali")
			board := details + "/days/2026-11-19"
			coach.visit(board)
			coach.send(board+"/calls", "", "called", demo.Enrolment(2).String())
			coach.visit(details + "/participation")
			if !strings.Contains(coach.eval(`document.querySelector("#copy").value`), "Harjoitus Leila\t") {
				t.Error("the list to copy is empty")
			}

			// a protection order, seen and lifted
			safe := "/enrolments/" + demo.Enrolment(5).String() + "/protection"
			coach.visit(safe)
			coach.send(safe, "")
			coach.send(safe+"/contact", "", "address", "Suojatie 2")
			coach.send(safe+"/lifting", "")

			// the next version of the programme
			draft := "/admin/models/" + demo.Draft.String()
			admin.visit(draft + "/weeks/3")
			admin.send(draft+"/weeks/3", "", "text.4.1.sv", "Intervjuövningar II", "text.4.1.en", "Interview rehearsals II")
			admin.send(draft+"/publication", "")
			admin.visit("/admin/closed-days")
			admin.send("/admin/closed-days", "", "from", "8.2.2027", "reason", "Hiihtoloma")
			coach.visit("/cohorts/new")
			next := strings.TrimSuffix(
				coach.send(
					"/cohorts",
					"",
					"name",
					"Ryhmä 16",
					"place",
					"Hämeenlinna",
					"starts_on",
					"1.2.2027",
					"coordinator",
					coach.option("[name=coordinator]", "Kimmo"),
				),
				"/details",
			)
			if got := s.sql(
				`select version_id::text || ' ' || ends_on from app.cohort where id::text = $1`,
				strings.TrimPrefix(next, "/cohorts/"),
			); got != demo.Draft.String()+" 2027-03-02" {
				t.Errorf("the new cohort: %s (the closed day and another one of the demo lengthen it)", got)
			}

			// a case opened by break-glass, and the administrator's word on it
			coach.visit("/break-glass")
			coach.send(
				"/break-glass",
				"",
				"first_name",
				"Kerttu",
				"last_name",
				"Kulissi",
				"born_on",
				s.sql(`select to_char(born_on, 'FMDD.FMMM.YYYY') from app.participant where first_name = 'Kerttu'`),
				"reason",
				"Työpaikka soitti ja valmentaja on poissa",
			)
			admin.visit("/admin/break-glass")
			admin.send("/admin/break-glass/"+demo.Breaking.String()+"/seen", "")
			for _, x := range []*window{coach, expert, admin} {
				if strings.Contains(x.text(), "⟦") {
					t.Error("a message is missing")
				}
			}
		})
	}
}

// What is typed is kept three seconds after the last key, says so, and is there after the tab is closed; the form that is
// sent takes its draft away.
func TestDraftScript(t *testing.T) {
	s := start(t)
	x := s.open(true)
	x.use(s.as("veera.valmentava"))
	page := "/enrolments/" + demo.Enrolment(8).String()
	x.visit(page)
	x.eval(
		`(() => { const f = document.querySelector("form[data-draft]"); f.closest("details").open = true;
		  const a = f.querySelector("textarea"); a.value = "Kesken jäänyt ajatus å ä ö"; a.dispatchEvent(new Event("input",
		    {bubbles: true})); return "" })()`,
	)
	deadline := time.Now().Add(20 * time.Second)
	for x.eval(`document.querySelector(".draft-state").textContent`) == "" {
		if time.Now().After(deadline) {
			t.Fatal("the script keeps nothing")
		}
		time.Sleep(100 * time.Millisecond)
	}
	if n := s.sql(`select count(*) from app.draft where fields->'body'->>0 = 'Kesken jäänyt ajatus å ä ö'`); n != "1" {
		t.Fatalf("%s drafts", n)
	}
	y := s.open(true) // another tab, another day
	y.use(s.as("veera.valmentava"))
	y.visit(page)
	y.visit(y.eval(`document.querySelector(".drafts a").getAttribute("href")`))
	if got := y.eval(`document.querySelector("form[data-draft] textarea").value`); got != "Kesken jäänyt ajatus å ä ö" {
		t.Fatalf("the draft came back as %q", got)
	}
	y.send(page+"/notes", "", "visibility", "case", "source", "coach")
	if n := s.sql(`select count(*) from app.draft`); n != "0" {
		t.Errorf("%s drafts are left", n)
	}
	z := s.open(true) // somebody else on the machine is offered nothing
	z.use(s.as("senni.sijainen"))
	z.visit("/enrolments/" + demo.OtherCoachsEnrolment(0).String())
	if z.eval(`String(document.querySelectorAll(".drafts a").length)`) != "0" {
		t.Error("somebody else is offered a draft")
	}
}

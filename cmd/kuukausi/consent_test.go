package main

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/postgres/demo"
)

// Consents: a purpose each, written where the law wants it, withdrawn in one press of the page, and the state of any day.
func TestConsents(t *testing.T) {
	s := start(t)
	u, me := s.as("veera.valmentava"), s.as("tuulikki.esimerkki")
	e := demo.Enrolment(8)
	at := "/enrolments/" + e.String() + "/consents"
	note := func(purpose, given, how string) answer {
		return u.post(at, url.Values{"form": {uuid.NewString()}, "version": {"0"}, "purpose": {purpose}, "given": {given}, "how": {how}})
	}
	if got := note("health_to_provider", "yes", "oral"); got.code != 422 || !got.has("E_CONSENT_WRITTEN") {
		t.Errorf("by word of mouth: %d %v", got.code, got.codes())
	}
	if got := note("health_to_provider", "no", "oral"); got.code != 303 {
		t.Errorf("a refusal by word of mouth: %d %v", got.code, got.codes())
	}
	if got := note("everything", "yes", "paper"); got.code != 422 || !got.has("E_CHOICE") {
		t.Errorf("a purpose that is none: %d %v", got.code, got.codes())
	}
	give := func(purpose, given string) answer {
		v := fill(t, me.get("/me/consents").body, "/me/consents")
		v.Set("purpose", purpose)
		v.Set("given", given)
		return me.post("/me/consents", v)
	}
	s.set(morning.Add(time.Hour))
	me = s.as("tuulikki.esimerkki")
	if got := give("group_board", "no"); got.code != 303 {
		t.Fatalf("withdrawing: %d %v", got.code, got.codes())
	}
	if got := s.sql(`select string_agg(given::text || how, ' ' order by at)
from app.consent
where enrolment_id = $1 and purpose = 'group_board'`, e); got != "trueoral falseself" {
		t.Errorf("kept: %s", got)
	}
	state := func(who *user, path string) string {
		_, after, _ := strings.Cut(who.get(path).body, "Nimi ja edistyminen ryhmän taululla")
		found, first := "?", len(after)
		for _, x := range []string{"ei annettu", "annettu", "ei kysytty", "peruttu"} {
			if i := strings.Index(after, ">"+x+"<"); i >= 0 && i < first {
				found, first = x, i
			}
		}
		return found
	}
	u = s.as("veera.valmentava")
	for path, want := range map[string]string{
		at: "peruttu", at + "?on=18.11.2026": "annettu", at + "?on=9.11.2026": "ei kysytty",
		at + "?on=19.11.2026": "peruttu",
	} {
		if got := state(u, path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
	// the coordinator knows of the employer's alone, the expert of none; nobody changes one
	if n := s.sql(`select count(*) from app.consent where text_version_id is null`); n != "0" {
		t.Error("a consent without its text")
	}
	for _, who := range []string{"kimmo.koordinoiva", "eeva.ehkanen", "senni.sijainen", "olli.omanen"} {
		if got := s.as(who).get(at); got.code != 404 {
			t.Errorf("%s: %d", who, got.code)
		}
	}
}

// A participant sees who opened their case: day, role and purpose, and no name.
func TestOpenedMine(t *testing.T) {
	s := start(t)
	me := s.as("tuulikki.esimerkki")
	if page := me.get("/me/opened").body; !strings.Contains(page, "ei ole vielä avattu") {
		t.Error("somebody opened it before anybody did")
	}
	veera := s.as("veera.valmentava")
	veera.get("/enrolments/" + demo.Enrolment(8).String())
	veera.get("/enrolments/" + demo.Enrolment(8).String())
	veera.get("/enrolments/" + demo.Enrolment(7).String()) // somebody else's
	s.as("eeva.ehkanen").get("/reviews/" + demo.Review(108).String())
	s.as("senni.sijainen").get("/enrolments/" + demo.Enrolment(8).String()) // 404: she saw nothing
	page := me.get("/me/opened").body
	if !strings.Contains(page, "19.11.2026") || !strings.Contains(page, `<td class="num">2</td>`) || strings.Contains(page, "Veera") ||
		strings.Contains(page, "Eeva") {
		t.Error("the list lacks a day or a count, or names somebody")
	}
	// by what right tells what for: her own cohort's page for substitutes is coaching, an hour by break-glass is that
	veera.get("/cohorts/" + demo.Running.String() + "/briefing")
	senni := s.as("senni.sijainen")
	v := fill(t, senni.get("/break-glass").body, "/break-glass")
	for k, x := range map[string]string{"first_name": "Tuulikki", "last_name": "Esimerkki",
		"reason": "Työpaikka soitti, valmentaja on sairaana",
		"born_on": s.sql(`select to_char(born_on, 'FMDD.FMMM.YYYY')
from app.participant
where first_name = 'Tuulikki' and org_id = $1`, demo.Org)} {
		v.Set(k, x)
	}
	senni.post("/break-glass", v)
	senni.get("/enrolments/" + demo.Enrolment(8).String())
	if page := me.get("/me/opened").body; strings.Contains(page, "sijaisuus") || !strings.Contains(page, `<td class="num">3</td>`) ||
		!strings.Contains(page, "hätäavaus") {
		t.Errorf("what for is told by the page and not by the right: %s", page[strings.Index(page, "<table"):])
	}
	if got := s.sql(`select count(*) from app.audit where action = 'opened_view' and outcome = 'seen'`); got != "3" {
		t.Errorf("looking it up left %s rows", got)
	}
}

// A coach who is away: the coach is reminded at once, the coordinator at nine, nobody once a substitute is named.
func TestCoachAbsence(t *testing.T) {
	s := start(t)
	const away = "valmentaja on poissa, sijainen puuttuu"
	sub := "/cohorts/" + demo.Running.String() + "/substitutes"
	kimmo := s.as("kimmo.koordinoiva") // told by telephone
	v := fill(t, kimmo.get(sub).body, "/cohorts/"+demo.Running.String()+"/absences")
	v.Set("from", "18.11.2026")
	v.Set("until", "20.11.2026")
	if got := kimmo.post("/cohorts/"+demo.Running.String()+"/absences", v); got.code != 422 || !got.has("E_PAST") {
		t.Errorf("from yesterday: %d %v", got.code, got.codes())
	}
	v.Set("from", "19.11.2026")
	if got := kimmo.post("/cohorts/"+demo.Running.String()+"/absences", v); got.code != 303 {
		t.Fatalf("the absence: %d %v", got.code, got.codes())
	}
	told := func(who string) bool { return strings.Contains(s.as(who).get("/").body, away) }
	if !told("veera.valmentava") || told("kimmo.koordinoiva") {
		t.Error("at 8.50 the coach is not told, or the coordinator is")
	}
	s.set(morning.Add(9 * time.Minute))
	if told("kimmo.koordinoiva") {
		t.Error("at 8.59 the coordinator is told")
	}
	s.set(morning.Add(10 * time.Minute))
	if !told("kimmo.koordinoiva") || told("senni.sijainen") {
		t.Error("at nine the coordinator is not told, or somebody else is")
	}
	// a substitute for one of the two days is not enough
	name := func(until string) {
		t.Helper()
		kimmo = s.as("kimmo.koordinoiva")
		n := fill(t, kimmo.get(sub).body, sub)
		n.Set("member", s.uuid(`select id from app.membership where org_id = $1 and email = 'senni.sijainen@example.org'`, demo.Org))
		n.Set("from", "19.11.2026")
		n.Set("until", until)
		n.Set("reason", "Valmentaja sairaana")
		if got := kimmo.post(sub, n); got.code != 303 {
			t.Fatalf("naming: %d %v", got.code, got.codes())
		}
	}
	name("19.11.2026")
	if !told("kimmo.koordinoiva") {
		t.Error("the second day has nobody")
	}
	name("20.11.2026")
	if told("kimmo.koordinoiva") || told("veera.valmentava") {
		t.Error("still told with a substitute on both days")
	}
	s.sql(`delete from app.cohort_duty where kind = 'substitute'`)
	end := "/absences/" + v.Get("form") + "/end"
	x := fill(t, kimmo.get(sub).body, end)
	if got := kimmo.post(end, x); got.code != 303 || told("kimmo.koordinoiva") {
		t.Errorf("ended: %d", got.code)
	}
}

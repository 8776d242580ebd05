package participant_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
)

// Consents: a purpose each, written where the law wants it, withdrawn in one press of the page, and the state of any day.
func TestConsents(t *testing.T) {
	s := apptest.Start(t)
	u, me := s.As("veera.valmentava"), s.As("tuulikki.esimerkki")
	e := demo.Enrolment(8)
	at := "/enrolments/" + e.String() + "/consents"
	note := func(purpose, given, how string) apptest.Answer {
		return u.Post(at, url.Values{"form": {uuid.NewString()}, "version": {"0"}, "purpose": {purpose}, "given": {given}, "how": {how}})
	}
	if got := note("health_to_provider", "yes", "oral"); got.Code != 422 || !got.Has("E_CONSENT_WRITTEN") {
		t.Errorf("by word of mouth: %d %v", got.Code, got.Codes())
	}
	if got := note("health_to_provider", "no", "oral"); got.Code != 303 {
		t.Errorf("a refusal by word of mouth: %d %v", got.Code, got.Codes())
	}
	if got := note("everything", "yes", "paper"); got.Code != 422 || !got.Has("E_CHOICE") {
		t.Errorf("a purpose that is none: %d %v", got.Code, got.Codes())
	}
	give := func(purpose, given string) apptest.Answer {
		v := apptest.Fill(t, me.Get("/me/consents").Body, "/me/consents")
		v.Set("purpose", purpose)
		v.Set("given", given)
		return me.Post("/me/consents", v)
	}
	s.Set(apptest.Morning.Add(time.Hour))
	me = s.As("tuulikki.esimerkki")
	if got := give("group_board", "no"); got.Code != 303 {
		t.Fatalf("withdrawing: %d %v", got.Code, got.Codes())
	}
	if got := s.SQL(`select string_agg(given::text || how, ' ' order by at)
from app.consent
where enrolment_id = $1 and purpose = 'group_board'`, e); got != "trueoral falseself" {
		t.Errorf("kept: %s", got)
	}
	state := func(who *apptest.User, path string) string {
		_, after, _ := strings.Cut(who.Get(path).Body, "Nimi ja edistyminen ryhmän taululla")
		found, first := "?", len(after)
		for _, x := range []string{"ei annettu", "annettu", "ei kysytty", "peruttu"} {
			if i := strings.Index(after, ">"+x+"<"); i >= 0 && i < first {
				found, first = x, i
			}
		}
		return found
	}
	u = s.As("veera.valmentava")
	for path, want := range map[string]string{
		at: "peruttu", at + "?on=18.11.2026": "annettu", at + "?on=9.11.2026": "ei kysytty",
		at + "?on=19.11.2026": "peruttu",
	} {
		if got := state(u, path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
	// the coordinator knows of the employer's alone, the expert of none; nobody changes one
	if n := s.SQL(`select count(*) from app.consent where text_version_id is null`); n != "0" {
		t.Error("a consent without its text")
	}
	for _, who := range []string{"kimmo.koordinoiva", "eeva.ehkanen", "senni.sijainen", "olli.omanen"} {
		if got := s.As(who).Get(at); got.Code != 404 {
			t.Errorf("%s: %d", who, got.Code)
		}
	}
}

// A participant sees who opened their case: day, role and purpose, and no name.
func TestOpenedMine(t *testing.T) {
	s := apptest.Start(t)
	me := s.As("tuulikki.esimerkki")
	if page := me.Get("/me/opened").Body; !strings.Contains(page, "ei ole vielä avattu") {
		t.Error("somebody opened it before anybody did")
	}
	veera := s.As("veera.valmentava")
	veera.Get("/enrolments/" + demo.Enrolment(8).String())
	veera.Get("/enrolments/" + demo.Enrolment(8).String())
	veera.Get("/enrolments/" + demo.Enrolment(7).String()) // somebody else's
	s.As("eeva.ehkanen").Get("/reviews/" + demo.Review(108).String())
	s.As("senni.sijainen").Get("/enrolments/" + demo.Enrolment(8).String()) // 404: she saw nothing
	page := me.Get("/me/opened").Body
	if !strings.Contains(page, "19.11.2026") || !strings.Contains(page, `<td class="num">2</td>`) || strings.Contains(page, "Veera") ||
		strings.Contains(page, "Eeva") {
		t.Error("the list lacks a day or a count, or names somebody")
	}
	// by what right tells what for: her own cohort's page for substitutes is coaching, an hour by break-glass is that
	veera.Get("/cohorts/" + demo.Running.String() + "/briefing")
	senni := s.As("senni.sijainen")
	v := apptest.Fill(t, senni.Get("/break-glass").Body, "/break-glass")
	for k, x := range map[string]string{"first_name": "Tuulikki", "last_name": "Esimerkki",
		"reason": "Työpaikka soitti, valmentaja on sairaana",
		"born_on": s.SQL(`select to_char(born_on, 'FMDD.FMMM.YYYY')
from app.participant
where first_name = 'Tuulikki' and org_id = $1`, demo.Org)} {
		v.Set(k, x)
	}
	senni.Post("/break-glass", v)
	senni.Get("/enrolments/" + demo.Enrolment(8).String())
	if page := me.Get("/me/opened").Body; strings.Contains(page, "sijaisuus") || !strings.Contains(page, `<td class="num">3</td>`) ||
		!strings.Contains(page, "hätäavaus") {
		t.Errorf("what for is told by the page and not by the right: %s", page[strings.Index(page, "<table"):])
	}
	if got := s.SQL(`select count(*) from app.audit where action = 'opened_view' and outcome = 'seen'`); got != "3" {
		t.Errorf("looking it up left %s rows", got)
	}
}

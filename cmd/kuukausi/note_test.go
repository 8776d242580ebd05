package main

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/postgres/demo"
)

// write fills the note form of a person's page.
func (u *user) write(e uuid.UUID, set map[string]string) url.Values {
	u.s.t.Helper()
	at := "/enrolments/" + e.String()
	v := fill(u.s.t, u.get(at).body, at+"/notes")
	for k, x := range set {
		v.Set(k, x)
	}
	return v
}

// A private note is its author's, a case note the coaches', a shared one the participant's too; nobody else's, and what
// was filed is not taken back.
func TestNotes(t *testing.T) {
	s := start(t)
	veera, tuulikki := s.as("veera.valmentava"), s.as("tuulikki.esimerkki")
	e := demo.Enrolment(8) // Tuulikki, who has a login
	at := "/enrolments/" + e.String()
	add := func(text, level string) string {
		t.Helper()
		v := veera.write(e, map[string]string{"body": text, "visibility": level, "source": "coach"})
		if got := veera.post(at+"/notes", v); got.code != 303 {
			t.Fatalf("%s: %d %v", level, got.code, got.codes())
		}
		return "/notes/" + v.Get("form")
	}
	private, filed := add("Yksityinen ajatus", "private"), add("Äänekäs ryhmä, oli laiskasti valmisteltu", "case")
	add("Sovimme puhelusta maanantaina", "shared")

	// a substitute for the rest of the week
	s.sql(`insert into app.cohort_duty (org_id, id, cohort_id, user_id, kind, valid_from, valid_until)
select
  org_id,
  gen_random_uuid(),
  $2,
  id,
  'substitute',
  '2026-11-01',
  '2027-06-01'
from app.membership
where org_id = $1 and email = 'senni.sijainen@example.org'`, demo.Org, demo.Running)
	for who, want := range map[*user][3]bool{veera: {true, true, true}, s.as("senni.sijainen"): {false, true, true}} {
		page := who.get(at).body
		for i, text := range []string{"Yksityinen ajatus", "Äänekäs ryhmä", "Sovimme puhelusta"} {
			if strings.Contains(page, text) != want[i] {
				t.Errorf("%s sees %q: %v", who.name, text, !want[i])
			}
		}
	}
	mine := tuulikki.get("/me").body
	if !strings.Contains(mine, "Sovimme puhelusta") || strings.Contains(mine, "Äänekäs") || strings.Contains(mine, "Yksityinen") {
		t.Error("the participant sees other notes than the shared ones")
	}
	for _, who := range []string{"eeva.ehkanen", "kimmo.koordinoiva", "aatu.yllapitaja"} {
		if u := s.as(who); strings.Contains(u.get(at).body, "Äänekäs") || u.get(filed).code != 404 {
			t.Errorf("%s sees a note", who)
		}
	}
	// one's own words come back with a question, and a correction keeps what was said
	if page := veera.get(filed).body; !strings.Contains(page, "Lue vielä kerran: laiska") {
		t.Error("the wording aid is silent")
	}
	v := fill(t, veera.get(filed).body, filed)
	v.Set("body", "Valmistelu jäi kesken, kertoi itse syyn")
	if got := veera.post(filed, v); got.code != 303 {
		t.Fatal(got.code, got.codes())
	}
	if had := s.sql(`select body from app.note_before where note_id = $1`, filed[7:]); !strings.HasPrefix(had, "Äänekäs") {
		t.Errorf("what the note said: %q", had)
	}
	if got := veera.post(filed, v); got.code != 303 || s.sql(`select count(*) from app.note_before where note_id = $1`, filed[7:]) != "1" {
		t.Errorf("a double submit had two effects: %d", got.code)
	}
	v = fill(t, veera.get(filed).body, filed)
	v.Set("visibility", "private")
	if got := veera.post(filed, v); got.code != 422 || !got.has("E_NOTE_FILED") {
		t.Errorf("taken back: %d %v", got.code, got.codes())
	}
	if got := veera.post(filed+"/delete", url.Values{"form": {uuid.NewString()}, "version": {"2"}}); got.code != 422 ||
		!got.has("E_NOTE_FILED") {
		t.Errorf("a filed note deleted: %d %v", got.code, got.codes())
	}
	// a private one is filed or deleted in a fortnight
	s.now.Store(ptr(s.now.Load().AddDate(0, 0, 15)))
	veera = s.as("veera.valmentava")
	if !strings.Contains(veera.get(at).body, "yli 14 päivää vanha") {
		t.Error("the old draft is not asked after")
	}
	v = fill(t, veera.get(private).body, private)
	v.Set("body", "Yhä vain minun")
	if got := veera.post(private, v); got.code != 422 || !got.has("E_NOTE_FILE") || !strings.Contains(got.body, "Yhä vain minun") {
		t.Errorf("an old draft rewritten: %d %v", got.code, got.codes())
	}
	drop := fill(t, veera.get(private).body, private+"/delete")
	if got := veera.post(private+"/delete", drop); got.code != 303 ||
		s.sql(`select count(*) from app.note where id = $1`, private[7:]) != "0" {
		t.Errorf("deleting an own draft: %d", got.code)
	}
	if got := veera.post(private+"/delete", drop); got.code != 303 {
		t.Errorf("a double click on delete: %d", got.code)
	}
}

func ptr(t time.Time) *time.Time { return &t }

// One text for several people: who is ticked gets it, or a text of their own; people of another cohort do not.
func TestGroupNote(t *testing.T) {
	s := start(t)
	u := s.as("veera.valmentava")
	at := "/cohorts/" + demo.Running.String() + "/notes"
	v := fill(t, u.get(at).body, at)
	if len(v["for"]) < 8 {
		t.Fatalf("%d people are ticked", len(v["for"]))
	}
	n := len(v["for"])
	v["for"] = v["for"][1:]
	v.Set("body", "Käytiin läpi palkkatuen ehdot")
	v.Set("visibility", "shared")
	v.Set("source", "coach")
	v.Set("own."+demo.Enrolment(1).String(), "Kysyi opiskelusta")
	if got := u.post(at, v); got.code != 303 {
		t.Fatal(got.code, got.codes())
	}
	if got := u.post(at, v); got.code != 303 {
		t.Fatal(got.code)
	}
	if rows := s.sql(`select count(*) || ' ' || count(distinct batch_id) || ' ' || count(*) filter (where body = 'Kysyi opiskelusta')
from app.note
where batch_id = $1`, v.Get("form")); rows != itoa(n-1)+" 1 1" {
		t.Errorf("notes, batches, own texts: %s", rows)
	}
	if ids := s.sql(`select cardinality(enrolment_ids)
from app.audit
where action = 'group_note_add' and outcome = 'done'`); ids != itoa(n-1) {
		t.Errorf("the audit row names %s cases", ids)
	}
	v = fill(t, u.get(at).body, at)
	v.Set("body", "x")
	v.Set("visibility", "case")
	v.Add("for", demo.OtherCoachsEnrolment(0).String())
	if got := u.post(at, v); got.code != 404 {
		t.Errorf("a note into another coach's cohort: %d", got.code)
	}
	v.Del("for")
	if got := u.post(at, v); got.code != 422 || !got.has("E_NOBODY") {
		t.Errorf("for nobody: %d %v", got.code, got.codes())
	}
	// somebody leaves while it is written: nothing is lost
	v = fill(t, u.get(at).body, at)
	v.Set("body", "Kirjoitettu ennen lähtöä")
	v.Set("visibility", "case")
	s.sql(`update app.enrolment set state = 'withdrawn' where id = $1`, demo.Enrolment(2))
	if got := u.post(at, v); got.code != 422 || !got.has("E_LEFT_NAMED") ||
		!strings.Contains(got.body, "Kirjoitettu ennen lähtöä</textarea>") {
		t.Errorf("after somebody left: %d %v", got.code, got.codes())
	}
}

func itoa(n int) string { return string(rune('0' + n)) }

var resume = regexp.MustCompile(`href="(/[^"]*\?draft=[^"#]*)`)

// Drafts survive sign-out, expiry and two tabs; another user of the same machine never sees them; what was sent is gone.
func TestDrafts(t *testing.T) {
	s := start(t)
	u := s.as("veera.valmentava")
	e := demo.Enrolment(3)
	at := "/enrolments/" + e.String()
	offers := func(u *user) []string {
		var out []string
		for _, m := range resume.FindAllStringSubmatch(u.get(at).body, -1) {
			out = append(out, m[1])
		}
		return out
	}
	// two tabs, two drafts
	one, two := u.write(e, map[string]string{"body": "Ensimmäinen välilehti åäö"}), u.write(
		e,
		map[string]string{"body": "Toinen välilehti", "visibility": "case"},
	)
	got := u.post("/drafts", one)
	if got.code != 303 || !strings.HasPrefix(got.location, at+"?draft=") {
		t.Fatalf("saving a draft: %d %s", got.code, got.location)
	}
	if page := u.get(got.location).body; !strings.Contains(page, "Ensimmäinen välilehti åäö</textarea>") ||
		!strings.Contains(page, "Jatkat luonnosta") {
		t.Error("the draft is not in the form again")
	}
	auto := func(v url.Values) int {
		r, _ := http.NewRequest(http.MethodPost, s.URL+"/drafts", strings.NewReader(v.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("X-Autosave", "1")
		return u.do(r).code
	}
	if code := auto(two); code != 204 {
		t.Errorf("autosave: %d", code)
	}
	if n := len(offers(u)); n != 2 {
		t.Errorf("%d drafts are offered, want 2", n)
	}
	if n := s.sql(`select count(*) from app.note where body like '%välilehti%'`); n != "0" {
		t.Error("a draft was done")
	}
	// sign-out; somebody else on the same machine; back again
	u.post("/logout", nil)
	other := s.as("senni.sijainen")
	other.Jar = u.Jar
	other.post("/login", url.Values{"email": {"senni.sijainen@example.org"}, "password": {demo.Password}})
	s.sql(`insert into app.cohort_duty (org_id, id, cohort_id, user_id, kind, valid_from, valid_until)
select
  org_id,
  gen_random_uuid(),
  $2,
  id,
  'substitute',
  '2026-11-01',
  '2027-06-01'
from app.membership
where org_id = $1 and email = 'senni.sijainen@example.org'`, demo.Org, demo.Running)
	if page := other.get(at); page.code != 200 || len(offers(other)) != 0 || strings.Contains(page.body, "välilehti") {
		t.Errorf("%d: the next user sees a draft", page.code)
	}
	if page := other.get(at + "?draft=" + one.Get("form")).body; strings.Contains(page, "välilehti") {
		t.Error("the next user opens a draft by its id")
	}
	u = s.as("veera.valmentava")
	left := offers(u)
	if len(left) != 2 {
		t.Fatalf("%d drafts after signing in again", len(left))
	}
	// sent: it is gone, and a late autosave does not bring it back
	v := fill(t, u.get(at+"?draft="+two.Get("form")).body, at+"/notes")
	if v.Get("resumed") != two.Get("form") || v.Get("form") == two.Get("form") || v.Get("body") != "Toinen välilehti" ||
		v.Get("visibility") != "case" {
		t.Errorf("the draft came back as %v", v)
	}
	v.Set("source", "coach")
	if got := u.post(at+"/notes", v); got.code != 303 {
		t.Fatal(got.code, got.codes())
	}
	if code := auto(v); code != 410 || len(offers(u)) != 1 {
		t.Errorf("after sending: %d, %d drafts", code, len(offers(u)))
	}
	// sent, then back, edited and kept by hand: that is a draft of its own, and can be sent
	v.Set("body", "Muokattu lähettämisen jälkeen")
	if got := u.post("/drafts", v); got.code != 303 ||
		!strings.Contains(u.get(got.location).body, "Muokattu lähettämisen jälkeen</textarea>") {
		t.Errorf("a draft of a sent form: %d %s", got.code, got.location)
	} else {
		again := fill(t, u.get(got.location).body, at+"/notes")
		tab := fill(t, u.get(got.location).body, at+"/notes") // the same draft in another tab
		tab.Set("body", "Toisesta välilehdestä")
		for _, f := range []url.Values{again, tab} {
			if got := u.post(at+"/notes", f); got.code != 303 {
				t.Fatal(got.code, got.codes())
			}
		}
		if n := s.sql(`select count(*)
from app.note
where body in ('Muokattu lähettämisen jälkeen', 'Toisesta välilehdestä')`); n != "2" || len(offers(u)) != 1 {
			t.Errorf("%s of two notes, %d drafts left", n, len(offers(u)))
		}
	}
	// dropped
	if got := u.post("/drafts/"+one.Get("form")+"/delete", url.Values{"page": {at}}); got.code != 303 || len(offers(u)) != 0 {
		t.Errorf("dropping: %d, %d drafts left", got.code, len(offers(u)))
	}
	// a form that arrives after the session has ended
	late := u.write(e, map[string]string{"body": "Kirjoitin tätä kauan", "visibility": "case", "source": "coach"})
	s.now.Store(ptr(s.now.Load().Add(2 * time.Hour)))
	got = u.post(at+"/notes", late)
	if got.code != 401 || !got.has("E_EXPIRED") || strings.Contains(got.body, "Kirjoitin tätä kauan") ||
		!strings.Contains(got.body, "tallessa luonnoksena") {
		t.Errorf("late form: %d %v", got.code, got.codes())
	}
	u = s.as("veera.valmentava")
	if l := offers(u); len(l) != 1 || !strings.Contains(u.get(l[0]).body, "Kirjoitin tätä kauan</textarea>") {
		t.Errorf("the late form is not offered: %v", l)
	}
	if n := s.sql(`select count(*) from app.note where body = 'Kirjoitin tätä kauan'`); n != "0" {
		t.Error("the late form was done")
	}
}

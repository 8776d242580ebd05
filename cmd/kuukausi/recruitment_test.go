package main

import (
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"kuukausi/internal/postgres/demo"
)

// An expert refers a person: onto the waiting list, whose coach sees them and another coach does not; without a choice,
// and without a place taken.
func TestServiceReferral(t *testing.T) {
	s := start(t)
	eeva := s.as("eeva.ehkanen")
	form := func() url.Values {
		v := fill(t, eeva.get("/referrals/new").body, "/referrals")
		for k, x := range map[string]string{
			"cohort": demo.Recruiting.String(), "first_name": "Åke", "last_name": "Öhman-Äijälä", "born_on": "3.4.1979",
			"municipality": "Hattula", "lang": "sv", "unemployed_since": "1.2.2025",
		} {
			v.Set(k, x)
		}
		return v
	}
	taken := s.sql(`select places_taken from app.cohort where id = $1`, demo.Recruiting)
	v := form()
	v.Set("cohort", demo.Running.String())
	if got := eeva.post("/referrals", v); got.code != 422 || !got.has("E_CHOICE") || !strings.Contains(got.body, "Öhman-Äijälä") {
		t.Errorf("to a running cohort: %d %v", got.code, got.codes())
	}
	v = form()
	var wg sync.WaitGroup
	for range 5 {
		wg.Go(func() { eeva.post("/referrals", v) })
	}
	wg.Wait()
	id := v.Get("form")
	if got := s.sql(
		`select count(*) || ' ' || min(state) || ' ' || min(queue_number) from app.enrolment where id = $1`, id,
	); got != "1 referred 3" {
		t.Errorf("five posts of one form: %s", got)
	}
	if s.sql(`select places_taken from app.cohort where id = $1`, demo.Recruiting) != taken ||
		s.sql(`select count(*) from app.voluntary_choice where enrolment_id = $1`, id) != "0" {
		t.Error("a referral took a place or stored a choice")
	}
	if got := eeva.get("/enrolments/" + id); got.code != 200 {
		t.Errorf("the referring expert: %d", got.code)
	}
	for who, want := range map[string]int{"olli.omanen": 404, "senni.sijainen": 404, "veera.valmentava": 200} {
		if got := s.as(who).get("/enrolments/" + id); got.code != want {
			t.Errorf("%s: %d, want %d", who, got.code, want)
		}
	}
	if got := s.sql(`select unemployed_since::text from app.eligibility where enrolment_id = $1`, id); got != "2025-02-01" {
		t.Errorf("evidence: %s", got)
	}
}

// The waiting list: in order, one offer a free place, the choice with both texts, and the place taken.
func TestWaitingList(t *testing.T) {
	s := start(t)
	u := s.as("veera.valmentava")
	invited, next := demo.Recruit(3).String(), demo.Recruit(4).String()
	list := "/cohorts/" + demo.Recruiting.String() + "/waiting"
	page := u.get(list).body
	if strings.Index(page, "Haavekuva") > strings.Index(page, "Ihannekuva") ||
		!strings.Contains(page, "Paikka tarjottu, vastaus viimeistään") {
		t.Error("the list is out of order, or an offer has no day")
	}
	// accepting without the choice is refused where it used to be possible
	v := fill(t, u.get("/enrolments/"+invited).body, "/enrolments/"+invited+"/state")
	v.Set("to", "accepted")
	if got := u.post("/enrolments/"+invited+"/state", v); got.code != 422 || !got.has("E_NO_VOLUNTARY") {
		t.Errorf("accepted without a choice: %d %v", got.code, got.codes())
	}
	c := fill(t, u.get("/enrolments/"+invited+"/choice").body, "/enrolments/"+invited+"/choice")
	if got := u.post("/enrolments/"+invited+"/choice", c); got.code != 422 || !got.has("E_NO_VOLUNTARY") {
		t.Errorf("an empty choice: %d %v", got.code, got.codes())
	}
	c.Set("chose", "yes")
	c.Set("how", "oral")
	c.Set("lang", "sv")
	if got := u.post("/enrolments/"+invited+"/choice", c); got.code != 303 {
		t.Fatalf("the choice: %d %v", got.code, got.codes())
	}
	if got := s.sql(`select e.state || ' ' || v.how || ' ' || t.key || ' ' || t.lang || ' ' || c.key || ' ' || c.lang || ' ' || (
  e.answer_by is null)
from app.enrolment e
join app.voluntary_choice v on v.enrolment_id = e.id
join app.text_version t on t.id = v.text_version_id
join app.text_version c on c.id = v.consequences_id
where e.id = $1`, invited); got != "accepted oral voluntary_choice sv choice_consequences sv true" {
		t.Errorf("stored: %s", got)
	}
	// one place left: it goes to the next, once
	s.sql(`update app.cohort set places_taken = 9, places_offered = 0 where id = $1`, demo.Recruiting)
	o := fill(t, u.get(list).body, "/enrolments/"+next+"/offer")
	o.Set("answer_by", "18.11.2026")
	if got := u.post("/enrolments/"+next+"/offer", o); got.code != 422 || !got.has("E_PAST") {
		t.Errorf("an answer by yesterday: %d %v", got.code, got.codes())
	}
	late := uuid.NewString()
	s.sql(`insert into app.participant (org_id, id, first_name, last_name, born_on, created_by, created_at)
select
  org_id,
  $2,
  'Vesa',
  'Viimeinen',
  '1980-01-01',
  created_by,
  created_at
from app.cohort
where id = $1`, demo.Recruiting, late)
	s.sql(`insert into app.enrolment (
  org_id, id, participant_id, cohort_id, version_id, state, queue_number, starts_on, ends_on, created_by, created_at)
select
  org_id,
  $2,
  $2,
  id,
  version_id,
  'referred',
  9,
  starts_on,
  ends_on,
  created_by,
  created_at
from app.cohort
where id = $1`, demo.Recruiting, late)
	x := fill(t, u.get(list).body, "/enrolments/"+next+"/offer")
	x.Set("version", "1")
	if got := u.post("/enrolments/"+late+"/offer", x); got.code != 422 || !got.has("E_QUEUE_ORDER") {
		t.Errorf("past the next: %d %v", got.code, got.codes())
	}
	o.Set("answer_by", "31.12.2027")
	if got := u.post("/enrolments/"+next+"/offer", o); got.code != 422 || !got.has("E_ANSWER_LATE") {
		t.Errorf("an answer after the third day: %d %v", got.code, got.codes())
	}
	// an offer nobody answered holds no place any more
	s.sql(`update app.enrolment set state = 'invited', answer_by = '2026-11-18' where id = $1`, demo.Recruit(3))
	s.sql(`update app.cohort set places_offered = 1 where id = $1`, demo.Recruiting)
	if got := u.get(list).body; !strings.Contains(got, "Vastauspäivä to 18.11.2026 on mennyt") &&
		!strings.Contains(got, "Vastauspäivä 18.11.2026 on mennyt") ||
		!strings.Contains(got, "/enrolments/"+next+"/offer") {
		t.Error("a lapsed offer holds its place")
	}
	s.sql(`update app.enrolment set state = 'accepted', answer_by = null where id = $1`, demo.Recruit(3))
	s.sql(`update app.cohort set places_offered = 0 where id = $1`, demo.Recruiting)
	o.Set("answer_by", "23.11.2026")
	if got := u.post("/enrolments/"+next+"/offer", o); got.code != 303 {
		t.Fatalf("the offer: %d %v", got.code, got.codes())
	}
	x.Set("form", uuid.NewString())
	if got := u.post("/enrolments/"+late+"/offer", x); got.code != 422 || !got.has("E_NO_PLACE") {
		t.Errorf("two offers of one place: %d %v", got.code, got.codes())
	}
	// the last place meanwhile went to somebody who was enrolled
	s.sql(`update app.cohort set places_taken = 10 where id = $1`, demo.Recruiting)
	k := fill(t, s.as("kimmo.koordinoiva").get("/enrolments/"+next+"/choice").body, "/enrolments/"+next+"/choice")
	k.Set("chose", "yes")
	k.Set("how", "paper")
	if got := s.as("kimmo.koordinoiva").post("/enrolments/"+next+"/choice", k); got.code != 422 || !got.has("E_COHORT_FULL") {
		t.Errorf("an eleventh: %d %v", got.code, got.codes())
	}
	// full: onto the list from the enrolment's own page, without a choice
	e := "/cohorts/" + demo.Recruiting.String() + "/enrolments"
	f := fill(t, u.get(e+"/new").body, e)
	for key, val := range map[string]string{
		"first_name": "Onni", "last_name": "Yksitoista", "born_on": "2.2.2004", "lang": "fi",
		"expert": s.uuid(`select id from app.membership where email = 'eeva.ehkanen@example.org'`), "waiting": "yes",
	} {
		f.Set(key, val)
	}
	if got := u.post(e, f); got.code != 303 || got.location != list || !strings.Contains(u.get(list).body, "Yksitoista") {
		t.Errorf("onto the list: %d %v", got.code, got.codes())
	}
}

// An info session: a required one says that the month is voluntary; being there makes no case; who was told is known to
// who told them and to the host.
func TestInfoSession(t *testing.T) {
	s := start(t)
	u := s.as("veera.valmentava")
	v := fill(t, u.get("/info-sessions/new").body, "/info-sessions")
	statement := v.Get("invitation")
	for k, x := range map[string]string{
		"held_on": "25.11.2026", "starts_at": "9.00", "ends_at": "10.00", "place": "Kirjasto", "attendance": "mandatory",
		"invitation": "Tervetuloa!",
	} {
		v.Set(k, x)
	}
	if got := u.post("/info-sessions", v); got.code != 422 || !got.has("E_INFO_VOLUNTARY_TEXT") ||
		!strings.Contains(got.body, "Tervetuloa!</textarea>") {
		t.Fatalf("required without the text: %d %v", got.code, got.codes())
	}
	v.Set("invitation", "Tervetuloa!\r\n\r\n"+strings.Replace(statement, " ", "\r\n", 2))
	v.Set("lang", "sv")
	if got := u.post("/info-sessions", v); got.code != 422 || !got.has("E_INFO_VOLUNTARY_TEXT") {
		t.Errorf("the text in another language: %d %v", got.code, got.codes())
	}
	v.Set("lang", "fi")
	v.Set("held_on", "6.12.2026")
	if got := u.post("/info-sessions", v); got.code != 422 || !got.has("E_HOLIDAY") {
		t.Errorf("on Independence Day: %d %v", got.code, got.codes())
	}
	v.Set("held_on", "25.11.2026")
	if got := u.post("/info-sessions", v); got.code != 303 {
		t.Fatalf("with the text: %d %v", got.code, got.codes())
	}
	at := "/info-sessions/" + v.Get("form")
	eeva, olli := s.as("eeva.ehkanen"), s.as("olli.omanen")
	cases := s.sql(`select count(*) from app.enrolment`)
	g := fill(t, eeva.get(at).body, at+"/guests")
	g.Set("names", "Åsa  Ängström\n\n  Örjan Öst \n")
	if got := eeva.post(at+"/guests", g); got.code != 303 {
		t.Fatalf("names: %d %v", got.code, got.codes())
	}
	if strings.Contains(olli.get(at).body, "Åsa Ängström") || !strings.Contains(eeva.get(at).body, "Åsa Ängström") ||
		!strings.Contains(u.get(at).body, "Örjan Öst") {
		t.Error("a guest is known to the wrong people")
	}
	if m := u.post(at+"/attendance", url.Values{"form": {uuid.NewString()}, "version": {"0"}}); m.code != 422 || !m.has("E_NOT_YET") {
		t.Errorf("marked before the day: %d %v", m.code, m.codes())
	}
	s.set(morning.AddDate(0, 0, 6))
	u, eeva = s.as("veera.valmentava"), s.as("eeva.ehkanen")
	m := fill(t, u.get(at).body, at+"/attendance")
	m.Set("came", s.uuid(`select id from app.info_guest where name = 'Örjan Öst'`))
	if got := u.post(at+"/attendance", m); got.code != 303 ||
		s.sql(`select string_agg(came::text, ' ' order by name) from app.info_guest where info_id = $1`, v.Get("form")) != "false true" {
		t.Errorf("marks: %d %v", got.code, got.codes())
	}
	if s.sql(`select count(*) from app.enrolment`) != cases {
		t.Error("an info session made a case")
	}
	ref := eeva.get("/referrals/new?guest=" + s.uuid(`select id from app.info_guest where name = 'Örjan Öst'`)).body
	if r := fill(t, ref, "/referrals"); r.Get("first_name") != "Örjan" || r.Get("last_name") != "Öst" {
		t.Errorf("the referral begins with %q %q", r.Get("first_name"), r.Get("last_name"))
	}
	if got := eeva.post(at+"/cancellation", url.Values{"form": {uuid.NewString()}, "version": {"1"}}); got.code != 404 {
		t.Errorf("an expert cancels: %d", got.code)
	}
	c := fill(t, u.get(at).body, at+"/cancellation")
	if got := u.post(at+"/cancellation", c); got.code != 303 || !strings.Contains(eeva.get(at).body, "peruttu") {
		t.Errorf("cancelling: %d %v", got.code, got.codes())
	}
	c.Set("form", uuid.NewString())
	if got := u.post(at+"/cancellation", c); got.code != 409 {
		t.Errorf("cancelling twice: %d", got.code)
	}
}

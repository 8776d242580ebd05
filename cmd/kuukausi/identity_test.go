package main

import (
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"kuukausi/internal/postgres/demo"
)

// demoCode reads a demo person's identity code as their coach.
func demoCode(t *testing.T, u *user, enrolment uuid.UUID) string {
	t.Helper()
	_, after, ok := strings.Cut(u.get("/enrolments/"+enrolment.String()+"/national-id").body, `<p class="big">`)
	if !ok || len(after) < 11 {
		t.Fatal("no code on the page")
	}
	return after[:11]
}

// A code is sealed at rest, masked on pages, revealed by an act that leaves its row, found by an act that leaves its row,
// and nowhere else.
func TestNationalID(t *testing.T) {
	s := start(t)
	u := s.as("veera.valmentava")
	e := demo.Enrolment(8)
	if page := u.get("/enrolments/" + e.String()).body; !strings.Contains(page, "-****") {
		t.Error("the code is not masked on the person's page")
	}
	code := demoCode(t, u, e)
	if s.sql(`select count(*)
from app.audit
where action = 'national_id_reveal'
  and outcome = 'seen'
  and enrolment_ids = array[$1::uuid]`, e) != "1" {
		t.Error("revealing left no row, or more than one")
	}
	if s.sql(`select count(*)
from app.national_id
where encode(sealed, 'escape') like '%' || $1 || '%'
  or encode(code_index, 'escape') like '%' || $1 || '%'`, code[:6]) != "0" {
		t.Error("the code stands in the table")
	}
	search := func(who, typed string) answer {
		return s.as(who).post("/participants/search", url.Values{"name": {typed}})
	}
	if got := search("veera.valmentava", strings.ToLower(code)); got.code != 200 || !strings.Contains(got.body, "Tuulikki") ||
		strings.Contains(got.location, code) {
		t.Errorf("search by code: %d", got.code)
	}
	if s.sql(`select count(*) from app.audit where action = 'national_id_search' and outcome = 'seen'`) != "1" {
		t.Error("searching left no row")
	}
	for who, want := range map[string]bool{"eeva.ehkanen": true, "olli.omanen": false, "senni.sijainen": false, "kimmo.koordinoiva": false} {
		if got := search(who, code); strings.Contains(got.body, "Esimerkki") != want {
			t.Errorf("%s finds by code: %t", who, !want)
		}
	}
	// the same code in the other organisation is its own row with its own index, and is not found from here
	other := demoCode(t, s.as("veera@ehta.example.org"), demo.OtherEnrolment(0))
	if got := search("veera.valmentava", other); strings.Count(got.body, "Kuvitelma") > 1 && strings.Contains(got.body, "Riihimäki") {
		t.Error("a person of another organisation is found")
	}
	if s.sql(`select count(*) from (select code_index from app.national_id group by 1 having count(*) > 1) x`) != "0" {
		t.Error("two organisations' indexes can be told to be of one person")
	}
	if got := search("veera.valmentava", "010190-999K"); got.code != 200 || !strings.Contains(got.body, "tarkistusmerkki") {
		t.Errorf("a mistyped code: %d", got.code)
	}
	// correcting it
	at := "/enrolments/" + e.String() + "/national-id"
	set := func(typed string) answer {
		v := fill(t, u.get(at).body, at)
		v.Set("national_id", typed)
		return u.post(at, v)
	}
	if got := set("010190-999K"); got.code != 422 || !got.has("E_NATIONAL_ID") || !strings.Contains(got.body, `value="010190-999K"`) {
		t.Errorf("mistyped: %d %v", got.code, got.codes())
	}
	if got := set("010190-999W"); got.code != 422 || !got.has("E_NATIONAL_ID_BORN") {
		t.Errorf("another birthday: %d %v", got.code, got.codes())
	}
	for _, sep := range "YXWVU" {
		if got := set(code[:6] + string(sep) + code[7:]); got.code != 303 {
			t.Errorf("separator %c: %d %v", sep, got.code, got.codes())
		}
	}
	if got := demoCode(t, u, e); got != code[:6]+"U"+code[7:] {
		t.Errorf("stored %s", got)
	}
	s.sql(`update app.participant
set born_on = (
  select born_on
  from app.participant
  where id = (select participant_id from app.enrolment where id = $2))
where id = (select participant_id from app.enrolment where id = $1)`, demo.Enrolment(7), e)
	at = "/enrolments/" + demo.Enrolment(7).String() + "/national-id"
	if got := set(code[:6] + "U" + code[7:]); got.code != 422 || !got.has("E_NATIONAL_ID_TAKEN") {
		t.Errorf("somebody else's: %d %v", got.code, got.codes())
	}
	// no code where it does not belong
	for _, path := range []string{
		"/", "/participants", "/enrolments/" + e.String(), "/enrolments/" + e.String() + "/support",
		"/reviews/" + demo.Review(108).String(),
	} {
		if strings.Contains(u.get(path).body, code[7:]) {
			t.Errorf("the code stands on %s", path)
		}
	}
}

// Production keeps out codes nobody is given.
func TestNationalIDInProduction(t *testing.T) {
	c := testConfig
	c.Env = "production"
	if _, codes, err := c.secrets(); err != nil || !codes.RefuseTest {
		t.Fatal(err)
	}
	c.Env = "development"
	if _, codes, _ := c.secrets(); codes.RefuseTest {
		t.Error("development refuses them too")
	}
}

// Nobody is there twice unless somebody says that they are two people; one who is there gets another case.
func TestDuplicatePerson(t *testing.T) {
	s := start(t)
	u := s.as("veera.valmentava")
	e := "/cohorts/" + demo.Recruiting.String() + "/enrolments"
	eeva := s.uuid(`select id from app.membership where org_id = $1 and email = 'eeva.ehkanen@example.org'`, demo.Org)
	born := func(id uuid.UUID) string {
		return s.sql(`select to_char(p.born_on, 'FMDD.FMMM.YYYY')
from app.participant p
join app.enrolment e on e.participant_id = p.id
where e.id = $1`, id)
	}
	form := func(who *user, fields ...string) url.Values {
		v := fill(t, who.get(e+"/new").body, e)
		for i := 0; i+1 < len(fields); i += 2 {
			v.Set(fields[i], fields[i+1])
		}
		v.Set("lang", "fi")
		v.Set("expert", eeva)
		v.Set("chose", "yes")
		v.Set("how", "oral")
		return v
	}
	people := func() string { return s.sql(`select count(*) from app.participant where org_id = $1`, demo.Org) }
	before := people()
	v := form(u, "first_name", "tuulikki", "last_name", "ESIMERKKI", "born_on", born(demo.Enrolment(8)))
	got := u.post(e, v)
	if got.code != 422 || !got.has("E_DUPLICATE_PERSON") || !strings.Contains(got.body, "Sama henkilö: Tuulikki Esimerkki") {
		t.Fatalf("a namesake: %d %v", got.code, got.codes())
	}
	tuulikki := s.uuid(`select participant_id from app.enrolment where id = $1`, demo.Enrolment(8))
	v.Set("same", tuulikki)
	if got := u.post(e, v); got.code != 303 || people() != before ||
		s.sql(`select count(*) from app.enrolment where participant_id = $1`, tuulikki) != "2" {
		t.Errorf("the same person again: %d %v", got.code, got.codes())
	}
	v = form(u, "first_name", "Tuulikki", "last_name", "Esimerkki", "born_on", born(demo.Enrolment(8)), "same", "new")
	if got := u.post(e, v); got.code != 303 ||
		s.sql(`select count(*) from app.participant where org_id = $1 and last_name = 'Esimerkki'`, demo.Org) != "2" {
		t.Errorf("another of the same name: %d %v", got.code, got.codes())
	}
	// by code: the same person whatever the name, and not to be called another
	code := demoCode(t, u, demo.Enrolment(1))
	v = form(u, "first_name", "Jonni", "last_name", "Kokeiles", "born_on", born(demo.Enrolment(1)), "national_id", code, "same", "new")
	if got := u.post(e, v); got.code != 422 || !got.has("E_DUPLICATE_PERSON") || strings.Contains(got.body, `value="new"`) {
		t.Errorf("the same code, called another: %d %v", got.code, got.codes())
	}
	// a colleague's client: that there is somebody, and nothing else
	v = form(u, "first_name", "Kerttu", "last_name", "Kulissi", "born_on", born(demo.OtherCoachsEnrolment(0)))
	if got := u.post(e, v); got.code != 422 || !got.has("E_DUPLICATE_PERSON") || strings.Contains(got.body, "Sama henkilö:") ||
		strings.Contains(got.body, s.sql(`select participant_id::text from app.enrolment where id = $1`, demo.OtherCoachsEnrolment(0))) {
		t.Errorf("a colleague's client: %d %v", got.code, got.codes())
	}
	v.Set("same", s.sql(`select participant_id::text from app.enrolment where id = $1`, demo.OtherCoachsEnrolment(0)))
	if got := u.post(e, v); got.code != 422 || !got.has("E_DUPLICATE_PERSON") {
		t.Errorf("a colleague's client taken over by id: %d %v", got.code, got.codes())
	}
	// the coordinator enters no codes
	k := s.as("kimmo.koordinoiva")
	if strings.Contains(k.get(e+"/new").body, `name="national_id"`) {
		t.Error("the coordinator is asked for a code")
	}
	v = form(k, "first_name", "Uusi", "last_name", "Ihminen", "born_on", "1.1.1990", "national_id", "010190-999W")
	if got := k.post(e, v); got.code != 303 || s.sql(`select count(*)
from app.national_id n
join app.participant p on p.id = n.participant_id
where p.last_name = 'Ihminen'`) != "0" {
		t.Errorf("a code by a coordinator: %d %v", got.code, got.codes())
	}
	// one code entered twice at once: one person
	s.sql(`update app.cohort set places_taken = 5 where id = $1`, demo.Recruiting)
	var wg sync.WaitGroup
	for range 4 {
		v := form(u, "first_name", "Rinna", "last_name", "Rinnakkain", "born_on", "1.1.1990", "national_id", "010190Y999W", "same", "new")
		wg.Go(func() { u.post(e, v) })
	}
	wg.Wait()
	if n := s.sql(`select count(*) from app.participant where last_name = 'Rinnakkain'`); n != "1" {
		t.Errorf("%s people of one code", n)
	}
}

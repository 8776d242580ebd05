package participant_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
)

// demoCode reads a demo person's identity code as their coach.
func demoCode(t *testing.T, u *apptest.User, enrolment uuid.UUID) string {
	t.Helper()
	_, after, ok := strings.Cut(u.Get("/enrolments/"+enrolment.String()+"/national-id").Body, `<p class="big">`)
	if !ok || len(after) < 11 {
		t.Fatal("no code on the page")
	}
	return after[:11]
}

// A code is sealed at rest, masked on pages, revealed by an act that leaves its row, found by an act that leaves its row,
// and nowhere else.
func TestNationalID(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	e := demo.Enrolment(8)
	if page := u.Get("/enrolments/" + e.String()).Body; !strings.Contains(page, "-****") {
		t.Error("the code is not masked on the person's page")
	}
	code := demoCode(t, u, e)
	if s.SQL(`select count(*)
from app.audit
where action = 'national_id_reveal'
  and outcome = 'seen'
  and enrolment_ids = array[$1::uuid]`, e) != "1" {
		t.Error("revealing left no row, or more than one")
	}
	if s.SQL(`select count(*)
from app.national_id
where encode(sealed, 'escape') like '%' || $1 || '%'
  or encode(code_index, 'escape') like '%' || $1 || '%'`, code[:6]) != "0" {
		t.Error("the code stands in the table")
	}
	search := func(who, typed string) apptest.Answer {
		return s.As(who).Follow("/participants/search", url.Values{"name": {typed}})
	}
	if got := search("veera.valmentava", strings.ToLower(code)); got.Code != 200 || !strings.Contains(got.Body, "Tuulikki") ||
		strings.Contains(got.Location, code) {
		t.Errorf("search by code: %d", got.Code)
	}
	if s.SQL(`select count(*) from app.audit where action = 'national_id_search' and outcome = 'seen'`) != "1" {
		t.Error("searching left no row")
	}
	for who, want := range map[string]bool{"eeva.ehkanen": true, "olli.omanen": false, "senni.sijainen": false, "kimmo.koordinoiva": false} {
		if got := search(who, code); strings.Contains(got.Body, "Esimerkki") != want {
			t.Errorf("%s finds by code: %t", who, !want)
		}
	}
	// the same code in the other organisation is its own row with its own index, and is not found from here
	other := demoCode(t, s.As("veera@ehta.example.org"), demo.OtherEnrolment(0))
	if got := search("veera.valmentava", other); strings.Count(got.Body, "Kuvitelma") > 1 && strings.Contains(got.Body, "Riihimäki") {
		t.Error("a person of another organisation is found")
	}
	if s.SQL(`select count(*) from (select code_index from app.national_id group by 1 having count(*) > 1) x`) != "0" {
		t.Error("two organisations' indexes can be told to be of one person")
	}
	if got := search("veera.valmentava", "010190-999K"); got.Code != 200 || !strings.Contains(got.Body, "tarkistusmerkki") {
		t.Errorf("a mistyped code: %d", got.Code)
	}
	// correcting it
	at := "/enrolments/" + e.String() + "/national-id"
	set := func(typed string) apptest.Answer {
		v := apptest.Fill(t, u.Get(at).Body, at)
		v.Set("national_id", typed)
		return u.Post(at, v)
	}
	if got := set("010190-999K"); got.Code != 422 || !got.Has("E_NATIONAL_ID") || !strings.Contains(got.Body, `value="010190-999K"`) {
		t.Errorf("mistyped: %d %v", got.Code, got.Codes())
	}
	if got := set("010190-999W"); got.Code != 422 || !got.Has("E_NATIONAL_ID_BORN") {
		t.Errorf("another birthday: %d %v", got.Code, got.Codes())
	}
	for _, sep := range "YXWVU" {
		if got := set(code[:6] + string(sep) + code[7:]); got.Code != 303 {
			t.Errorf("separator %c: %d %v", sep, got.Code, got.Codes())
		}
	}
	if got := demoCode(t, u, e); got != code[:6]+"U"+code[7:] {
		t.Errorf("stored %s", got)
	}
	s.SQL(`update app.participant
set born_on = (
  select born_on
  from app.participant
  where id = (select participant_id from app.enrolment where id = $2))
where id = (select participant_id from app.enrolment where id = $1)`, demo.Enrolment(7), e)
	at = "/enrolments/" + demo.Enrolment(7).String() + "/national-id"
	if got := set(code[:6] + "U" + code[7:]); got.Code != 422 || !got.Has("E_NATIONAL_ID_TAKEN") {
		t.Errorf("somebody else's: %d %v", got.Code, got.Codes())
	}
	// no code where it does not belong
	for _, path := range []string{
		"/", "/participants", "/enrolments/" + e.String(), "/enrolments/" + e.String() + "/support",
		"/reviews/" + demo.Review(108).String(),
	} {
		if strings.Contains(u.Get(path).Body, code[7:]) {
			t.Errorf("the code stands on %s", path)
		}
	}
}

// Nobody is there twice unless somebody says that they are two people; one who is there gets another case.
func TestDuplicatePerson(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	e := "/cohorts/" + demo.Recruiting.String() + "/enrolments"
	eeva := s.UUID(`select id from app.membership where org_id = $1 and email = 'eeva.ehkanen@example.org'`, demo.Org)
	born := func(id uuid.UUID) string {
		return s.SQL(`select to_char(p.born_on, 'FMDD.FMMM.YYYY')
from app.participant p
join app.enrolment e on e.participant_id = p.id
where e.id = $1`, id)
	}
	form := func(who *apptest.User, fields ...string) url.Values {
		v := apptest.Fill(t, who.Get(e+"/new").Body, e)
		for i := 0; i+1 < len(fields); i += 2 {
			v.Set(fields[i], fields[i+1])
		}
		v.Set("lang", "fi")
		v.Set("expert", eeva)
		v.Set("chose", "yes")
		v.Set("how", "oral")
		return v
	}
	people := func() string { return s.SQL(`select count(*) from app.participant where org_id = $1`, demo.Org) }
	before := people()
	v := form(u, "first_name", "tuulikki", "last_name", "ESIMERKKI", "born_on", born(demo.Enrolment(8)))
	got := u.Post(e, v)
	if got.Code != 422 || !got.Has("E_DUPLICATE_PERSON") || !strings.Contains(got.Body, "Sama henkilö: Tuulikki Esimerkki") {
		t.Fatalf("a namesake: %d %v", got.Code, got.Codes())
	}
	tuulikki := s.UUID(`select participant_id from app.enrolment where id = $1`, demo.Enrolment(8))
	v.Set("same", tuulikki)
	if got := u.Post(e, v); got.Code != 303 || people() != before ||
		s.SQL(`select count(*) from app.enrolment where participant_id = $1`, tuulikki) != "2" {
		t.Errorf("the same person again: %d %v", got.Code, got.Codes())
	}
	v = form(u, "first_name", "Tuulikki", "last_name", "Esimerkki", "born_on", born(demo.Enrolment(8)), "same", "new")
	if got := u.Post(e, v); got.Code != 303 ||
		s.SQL(`select count(*) from app.participant where org_id = $1 and last_name = 'Esimerkki'`, demo.Org) != "2" {
		t.Errorf("another of the same name: %d %v", got.Code, got.Codes())
	}
	// by code: the same person whatever the name, and not to be called another
	code := demoCode(t, u, demo.Enrolment(1))
	v = form(u, "first_name", "Jonni", "last_name", "Kokeiles", "born_on", born(demo.Enrolment(1)), "national_id", code, "same", "new")
	if got := u.Post(e, v); got.Code != 422 || !got.Has("E_DUPLICATE_PERSON") ||
		strings.Contains(got.Body, `type="radio" name="same" value="new"`) {
		t.Errorf("the same code, called another: %d %v", got.Code, got.Codes())
	}
	// a colleague's client: that there is somebody, and nothing else
	v = form(u, "first_name", "Kerttu", "last_name", "Kulissi", "born_on", born(demo.OtherCoachsEnrolment(0)))
	refused := u.Post(e, v)
	if refused.Code != 422 || !refused.Has("E_NATIONAL_ID_TAKEN") || strings.Contains(refused.Body, "Sama henkilö:") ||
		strings.Contains(refused.Body, s.SQL(`select participant_id::text from app.enrolment where id = $1`, demo.OtherCoachsEnrolment(0))) {
		t.Errorf("a colleague's client: %d %v", refused.Code, refused.Codes())
	}
	// a protected one: the very same answer
	w := form(u, "first_name", "Jenny", "last_name", "Jaettu", "born_on",
		s.SQL(`select to_char(born_on, 'FMDD.FMMM.YYYY') from app.participant where first_name = 'Jenny'`))
	s.SQL(`update app.case_grant set valid_until = valid_from where participant_id = (
  select id from app.participant where first_name = 'Jenny') and user_id = (
  select id from app.membership where email = 'veera.valmentava@example.org' limit 1)`)
	if got := u.Post(e, w); got.Code != refused.Code || strings.Join(got.Codes(), " ") != strings.Join(refused.Codes(), " ") {
		t.Errorf("a protected person answers %d %v, another one %d %v", got.Code, got.Codes(), refused.Code, refused.Codes())
	}
	v.Set("same", s.SQL(`select participant_id::text from app.enrolment where id = $1`, demo.OtherCoachsEnrolment(0)))
	if got := u.Post(e, v); got.Code != 422 || !got.Has("E_NATIONAL_ID_TAKEN") {
		t.Errorf("a colleague's client taken over by id: %d %v", got.Code, got.Codes())
	}
	// the coordinator enters no codes
	k := s.As("kimmo.koordinoiva")
	if strings.Contains(k.Get(e+"/new").Body, `name="national_id"`) {
		t.Error("the coordinator is asked for a code")
	}
	v = form(k, "first_name", "Uusi", "last_name", "Ihminen", "born_on", "1.1.1990", "national_id", "010190-999W", "waiting", "yes")
	if got := k.Post(e, v); got.Code != 303 || s.SQL(`select count(*)
from app.national_id n
join app.participant p on p.id = n.participant_id
where p.last_name = 'Ihminen'`) != "0" {
		t.Errorf("a code by a coordinator: %d %v", got.Code, got.Codes())
	}
	// one code entered twice at once: one person
	s.SQL(`update app.cohort set places_taken = 5 where id = $1`, demo.Recruiting)
	var wg sync.WaitGroup
	for range 4 {
		v := form(u, "first_name", "Rinna", "last_name", "Rinnakkain", "born_on", "1.1.1990", "national_id", "010190Y999W", "same", "new")
		wg.Go(func() { u.Post(e, v) })
	}
	wg.Wait()
	if n := s.SQL(`select count(*) from app.participant where last_name = 'Rinnakkain'`); n != "1" {
		t.Errorf("%s people of one code", n)
	}
}

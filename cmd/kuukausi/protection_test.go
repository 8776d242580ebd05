package main

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"kuukausi/internal/postgres/demo"
)

// A protection order: the named coach sees all, the named coordinator the trial, the expert the case, and nobody else of
// the staff that the person is there; every byte of every page is searched for where the person is found.
func TestProtectionOrder(t *testing.T) {
	s := start(t)
	u := s.as("veera.valmentava")
	// Tuulikki, with a trial that goes on, is protected: Veera and no coordinator
	e := demo.Enrolment(8)
	person := s.uuid(`select participant_id from app.enrolment where id = $1`, e)
	s.sql(`update app.participant
set
  phone = '000 PUHELINMERKKI',
  email = 'postimerkki@example.org',
  municipality = 'Kuntamerkki'
where id = $1`, person)
	s.sql(`insert into app.cohort_duty (org_id, id, cohort_id, user_id, kind, valid_from, valid_until)
select
  $1,
  gen_random_uuid(),
  $2,
  id,
  'pair',
  '2026-11-01',
  '2027-01-01'
from app.membership
where org_id = $1 and email = 'senni.sijainen@example.org'`, demo.Org, demo.Running)
	at := "/enrolments/" + e.String() + "/protection"
	if s.as("senni.sijainen").get("/enrolments/"+e.String()).code != 200 {
		t.Fatal("the pair coach should see her before")
	}
	v := fill(t, u.get(at).body, at)
	v.Set("coordinator", s.uuid(`select id from app.membership where email = 'eeva.ehkanen@example.org'`))
	if got := u.post(at, v); got.code != 422 || !got.has("E_CHOICE") {
		t.Errorf("an expert named as coordinator: %d %v", got.code, got.codes())
	}
	v.Set("coordinator", "")
	stale := fill(t, s.as("senni.sijainen").get(at).body, at)
	if got := u.post(at, v); got.code != 303 {
		t.Fatalf("setting: %d %v", got.code, got.codes())
	}
	if got := s.as("senni.sijainen").post(at, stale); got.code != 404 {
		t.Errorf("the pair coach sets it too: %d", got.code)
	}
	trial := "/trials/" + demo.Trial(108).String()
	marks := []string{"PUHELINMERKKI", "postimerkki", "Kuntamerkki"}
	var everywhere []string
	for _, m := range matrix {
		if m.method == "GET" && m.name != "" {
			everywhere = append(everywhere, examplePath(s, m.path))
		}
	}
	everywhere = append(
		everywhere,
		at,
		"/enrolments/"+e.String(),
		trial,
		"/cohorts/"+demo.Running.String()+"/days/2026-11-19",
		"/sites/"+demo.Site(1).String(),
	)
	for _, who := range []string{"senni.sijainen", "kimmo.koordinoiva", "eeva.ehkanen", "olli.omanen", "aatu.yllapitaja"} {
		other := s.as(who)
		for _, path := range everywhere {
			body := other.get(path).body
			for _, m := range marks {
				if strings.Contains(body, m) {
					t.Errorf("%s reads %s on %s", who, m, path)
				}
			}
			if who != "eeva.ehkanen" && who != "aatu.yllapitaja" && strings.Contains(body, "Tuulikki") {
				t.Errorf("%s reads her name on %s", who, path)
			}
		}
		if got := other.get(trial); got.code != 404 {
			t.Errorf("%s sees where her trial is: %d", who, got.code)
		}
	}
	if got := s.as("eeva.ehkanen").get("/enrolments/" + e.String()); got.code != 200 || !strings.Contains(got.body, "Turvakielto") {
		t.Errorf("the expert's case: %d", got.code)
	}
	// the coach: contact on its own page only, no list on paper, no export
	if page := u.get("/enrolments/" + e.String()).body; strings.Contains(page, "PUHELINMERKKI") || !strings.Contains(page, "Turvakielto") {
		t.Error("the person's page shows the contact data, or no order")
	}
	if page := u.get(at).body; !strings.Contains(page, "PUHELINMERKKI") {
		t.Error("the named coach does not see the contact data")
	}
	if page := u.get("/cohorts/" + demo.Running.String() + "/weeks/2").body; strings.Contains(page, "Tuulikki") ||
		!strings.Contains(page, "Listalta puuttuu 1") {
		t.Error("her name is on the list to sign")
	}
	_, list, _ := strings.Cut(u.get("/cohorts/"+demo.Running.String()+"/participation").body, "<textarea")
	if strings.Contains(list, "Tuulikki") || !strings.Contains(list, "Pekka") {
		t.Error("she is on the list to copy")
	}
	// the profile's form cannot bring contact data back where everybody reads them
	p := fill(t, u.get("/enrolments/"+e.String()).body, "/enrolments/"+e.String()+"/profile")
	p.Set("phone", "000 UUSI")
	if got := u.post("/enrolments/"+e.String()+"/profile", p); got.code != 303 ||
		s.sql(`select phone from app.participant where id = $1`, person) != "" {
		t.Errorf("the profile: %d, phone %q", got.code, s.sql(`select phone from app.participant where id = $1`, person))
	}
	// a substitute named later does not reach her
	sub := "/cohorts/" + demo.Running.String() + "/substitutes"
	n := fill(t, u.get(sub).body, sub)
	n.Set("member", s.uuid(`select id from app.membership where org_id = $1 and email = 'kaisa.kahdessa@example.org'`, demo.Org))
	n.Set("from", "19.11.2026")
	n.Set("until", "20.11.2026")
	n.Set("reason", "Loma")
	if got := u.post(sub, n); got.code != 303 {
		t.Fatalf("the substitute: %d %v", got.code, got.codes())
	}
	if s.sql(`select count(*)
from app.case_grant g
join app.membership m on m.id = g.user_id
where m.email = 'kaisa.kahdessa@example.org' and g.enrolment_id = $1`, e) != "0" || s.sql(`select count(*)
from app.case_grant g
join app.membership m on m.id = g.user_id
where m.email = 'kaisa.kahdessa@example.org'`) != "9" {
		t.Error("a substitute reaches a protected person, or not the others")
	}
	c := fill(t, u.get(at).body, at+"/contact")
	c.Set("address", "Osoitemerkki 1")
	if got := u.post(at+"/contact", c); got.code != 303 || !strings.Contains(u.get(at).body, "Osoitemerkki 1") {
		t.Errorf("contact: %d %v", got.code, got.codes())
	}
	// lifted: the pair coach sees her again, with her contact data
	l := fill(t, u.get(at).body, at+"/lifting")
	if got := u.post(at+"/lifting", l); got.code != 303 {
		t.Fatalf("lifting: %d %v", got.code, got.codes())
	}
	if got := s.as("senni.sijainen").get("/enrolments/" + e.String()); got.code != 200 || !strings.Contains(got.body, "PUHELINMERKKI") {
		t.Errorf("after lifting: %d", got.code)
	}
	if got := s.as("eeva.ehkanen").get(trial); got.code != 200 {
		t.Errorf("the trial after lifting: %d", got.code)
	}
}

// Who is named coach and leaves hands the protected person over with the rest.
func TestProtectionHandedOver(t *testing.T) {
	s := start(t)
	admin := s.as("aatu.yllapitaja")
	id := func(email string) string {
		return s.uuid(`select id from app.membership where org_id = $1 and email = $2`, demo.Org, email+"@example.org")
	}
	path := "/admin/users/" + id("veera.valmentava") + "/duties"
	v := url.Values{
		"form":      {uuid.NewString()},
		"version":   {s.sql(`select version from app.membership where id = $1`, id("veera.valmentava"))},
		"successor": {id("senni.sijainen")},
	}
	if got := admin.post(path, v); got.code != 303 {
		t.Fatalf("hand-over: %d %v", got.code, got.codes())
	}
	at := "/enrolments/" + demo.Recruit(5).String() + "/protection"
	if got := s.as("senni.sijainen").get(at); got.code != 200 || !strings.Contains(got.body, "Suojakatu") {
		t.Errorf("the successor: %d", got.code)
	}
	if got := s.as("veera.valmentava").get(at); got.code != 404 {
		t.Errorf("the leaver: %d", got.code)
	}
}

package participant_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// A protection order: the named coach sees all, the named coordinator the trial, the expert the case, and nobody else of
// the staff that the person is there; every byte of every page is searched for where the person is found.
func TestProtectionOrder(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	// Tuulikki, with a trial that goes on, is protected: Veera and no coordinator
	e := demo.Enrolment(8)
	person := s.UUID(`select participant_id from app.enrolment where id = $1`, e)
	s.SQL(`update app.participant
set
  phone = '000 PUHELINMERKKI',
  email = 'postimerkki@example.org',
  municipality = 'Kuntamerkki'
where id = $1`, person)
	s.SQL(`insert into app.cohort_duty (org_id, id, cohort_id, user_id, kind, valid_from, valid_until)
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
	if s.As("senni.sijainen").Get("/enrolments/"+e.String()).Code != 200 {
		t.Fatal("the pair coach should see her before")
	}
	v := apptest.Fill(t, u.Get(at).Body, at)
	v.Set("coordinator", "joku muu")
	if got := u.Post(at, v); got.Code != 422 || !got.Has("E_CHOICE") {
		t.Errorf("a coordinator nobody knows: %d %v", got.Code, got.Codes())
	}
	v.Set("coordinator", s.UUID(`select id from app.membership where email = 'eeva.ehkanen@example.org'`))
	if got := u.Post(at, v); got.Code != 422 || !got.Has("E_CHOICE") {
		t.Errorf("an expert named as coordinator: %d %v", got.Code, got.Codes())
	}
	v.Set("coordinator", "")
	stale := apptest.Fill(t, s.As("senni.sijainen").Get(at).Body, at)
	if got := u.Post(at, v); got.Code != 303 {
		t.Fatalf("setting: %d %v", got.Code, got.Codes())
	}
	if got := s.As("senni.sijainen").Post(at, stale); got.Code != 404 {
		t.Errorf("the pair coach sets it too: %d", got.Code)
	}
	trial := "/trials/" + demo.Trial(108).String()
	marks := []string{"PUHELINMERKKI", "postimerkki", "Kuntamerkki"}
	var everywhere []string
	for _, m := range apptest.Matrix {
		if m.Method == "GET" && m.Name != "" {
			everywhere = append(everywhere, s.Example(m.Path))
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
		other := s.As(who)
		for _, path := range everywhere {
			body := other.Get(path).Body
			for _, m := range marks {
				if strings.Contains(body, m) {
					t.Errorf("%s reads %s on %s", who, m, path)
				}
			}
			if who != "eeva.ehkanen" && who != "aatu.yllapitaja" && strings.Contains(body, "Tuulikki") {
				t.Errorf("%s reads her name on %s", who, path)
			}
		}
		if got := other.Get(trial); got.Code != 404 {
			t.Errorf("%s sees where her trial is: %d", who, got.Code)
		}
	}
	if got := s.As("eeva.ehkanen").Get("/enrolments/" + e.String()); got.Code != 200 || !strings.Contains(got.Body, "Turvakielto") {
		t.Errorf("the expert's case: %d", got.Code)
	}
	// the coach: contact on its own page only, no list on paper, no export
	if page := u.Get("/enrolments/" + e.String()).Body; strings.Contains(page, "PUHELINMERKKI") || !strings.Contains(page, "Turvakielto") {
		t.Error("the person's page shows the contact data, or no order")
	}
	if page := u.Get(at).Body; !strings.Contains(page, "PUHELINMERKKI") {
		t.Error("the named coach does not see the contact data")
	}
	if page := u.Get("/cohorts/" + demo.Running.String() + "/weeks/2").Body; strings.Contains(page, "Tuulikki") ||
		!strings.Contains(page, "Listalta puuttuu 1") {
		t.Error("her name is on the list to sign")
	}
	_, list, _ := strings.Cut(u.Get("/cohorts/"+demo.Running.String()+"/participation").Body, "<textarea")
	if strings.Contains(list, "Tuulikki") || !strings.Contains(list, "Pekka") {
		t.Error("she is on the list to copy")
	}
	// the profile's form cannot bring contact data back where everybody reads them
	p := apptest.Fill(t, u.Get("/enrolments/"+e.String()).Body, "/enrolments/"+e.String()+"/profile")
	p.Set("phone", "000 UUSI")
	if got := u.Post("/enrolments/"+e.String()+"/profile", p); got.Code != 303 ||
		s.SQL(`select phone from app.participant where id = $1`, person) != "" {
		t.Errorf("the profile: %d, phone %q", got.Code, s.SQL(`select phone from app.participant where id = $1`, person))
	}
	// a substitute named later does not reach her
	sub := "/cohorts/" + demo.Running.String() + "/substitutes"
	n := apptest.Fill(t, u.Get(sub).Body, sub)
	n.Set("member", s.UUID(`select id from app.membership where org_id = $1 and email = 'kaisa.kahdessa@example.org'`, demo.Org))
	n.Set("from", "19.11.2026")
	n.Set("until", "20.11.2026")
	n.Set("reason", "Loma")
	if got := u.Post(sub, n); got.Code != 303 {
		t.Fatalf("the substitute: %d %v", got.Code, got.Codes())
	}
	if s.SQL(`select count(*)
from app.case_grant g
join app.membership m on m.id = g.user_id
where m.email = 'kaisa.kahdessa@example.org' and g.enrolment_id = $1`, e) != "0" || s.SQL(`select count(*)
from app.case_grant g
join app.membership m on m.id = g.user_id
where m.email = 'kaisa.kahdessa@example.org'`) != "9" {
		t.Error("a substitute reaches a protected person, or not the others")
	}
	c := apptest.Fill(t, u.Get(at).Body, at+"/contact")
	c.Set("address", "Osoitemerkki 1")
	if got := u.Post(at+"/contact", c); got.Code != 303 || !strings.Contains(u.Get(at).Body, "Osoitemerkki 1") {
		t.Errorf("contact: %d %v", got.Code, got.Codes())
	}
	// lifted: the pair coach sees her again, with her contact data
	l := apptest.Fill(t, u.Get(at).Body, at+"/lifting")
	if got := u.Post(at+"/lifting", l); got.Code != 303 {
		t.Fatalf("lifting: %d %v", got.Code, got.Codes())
	}
	if got := s.As("senni.sijainen").Get("/enrolments/" + e.String()); got.Code != 200 || !strings.Contains(got.Body, "PUHELINMERKKI") {
		t.Errorf("after lifting: %d", got.Code)
	}
	if got := s.As("eeva.ehkanen").Get(trial); got.Code != 200 {
		t.Errorf("the trial after lifting: %d", got.Code)
	}
}

// Who is named coach and leaves hands the protected person over with the rest.
func TestProtectionHandedOver(t *testing.T) {
	s := apptest.Start(t)
	admin := s.As("aatu.yllapitaja")
	id := func(email string) string {
		return s.UUID(`select id from app.membership where org_id = $1 and email = $2`, demo.Org, email+"@example.org")
	}
	path := "/admin/users/" + id("veera.valmentava") + "/duties"
	v := url.Values{
		"form":      {uuid.NewString()},
		"version":   {s.SQL(`select version from app.membership where id = $1`, id("veera.valmentava"))},
		"successor": {id("senni.sijainen")},
	}
	if got := admin.Post(path, v); got.Code != 303 {
		t.Fatalf("hand-over: %d %v", got.Code, got.Codes())
	}
	kimmo, word := s.As("kimmo.koordinoiva"), "/confirmations/"+s.UUID(`select id from app.invitation where kind = 'hand_over'`)
	yes := apptest.Fill(t, kimmo.Get("/confirmations").Body, word)
	yes.Set("answer", "yes")
	if got := kimmo.Post(word, yes); got.Code != 303 {
		t.Fatalf("confirmed: %d %v", got.Code, got.Codes())
	}
	at := "/enrolments/" + demo.Recruit(5).String() + "/protection"
	if got := s.As("senni.sijainen").Get(at); got.Code != 200 || !strings.Contains(got.Body, "Suojakatu") {
		t.Errorf("the successor: %d", got.Code)
	}
	if got := s.As("veera.valmentava").Get(at); got.Code != 404 {
		t.Errorf("the leaver: %d", got.Code)
	}
}

// A protected person stands on the coach's lists and on none of them on paper; the others do (internal/domain.md 96). The text
// of every list is read as it is printed.
func TestNoProtectedNameOnPaper(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	at := "/enrolments/" + demo.Enrolment(8).String() + "/protection"
	if got := u.Post(at, apptest.Fill(t, u.Get(at).Body, at)); got.Code != 303 {
		t.Fatalf("%d %v", got.Code, got.Codes())
	}
	site := s.SQL(`select i.name from app.trial t join app.site i on i.id = t.site_id where t.id = $1`, demo.Trial(108))
	if n := s.SQL(`select count(*) from app.trial t join app.site i on i.id = t.site_id
join app.enrolment e on e.id = t.enrolment_id and e.cohort_id = $2
where i.name = $1`, site, demo.Running); n != "1" {
		site = "" // others are there too
	}
	group := "/cohorts/" + demo.Running.String()
	x := s.Open(true)
	x.Use(u)
	for _, page := range []string{
		group, group + "/days/2026-11-18", group + "/days/2026-11-19", s.Example("{meeting}"), group + "/pre-assignments", group + "/walk",
		group + "/participation", group + "/weeks/2", "/participants", "/reviews",
	} {
		x.View(1440, 900, false)
		x.Visit(page)
		screen := x.Text()
		x.Paper()
		paper := x.Text()
		if strings.Contains(paper, "Tuulikki") || site != "" && strings.Contains(paper, site) {
			t.Errorf("%s prints a protected person", page)
		}
		if !strings.Contains(screen, "Tuulikki") && !strings.Contains(page, "/weeks/") || len(paper) < 200 {
			t.Errorf("%s: on the screen %t, %d characters on paper", page, strings.Contains(screen, "Tuulikki"), len(paper))
		}
	}
}

package audit_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/apptest"
	"kuukausi/internal/locale"
	"kuukausi/internal/postgres/demo"
	"kuukausi/web"
)

// Everybody reads what they did themselves; administrators and the data-protection contact read what everybody did, without a
// name of anybody who is served.
func TestTrail(t *testing.T) {
	s := apptest.Start(t)
	u, admin, k := s.As("veera.valmentava"), s.As("aatu.yllapitaja"), s.As("kimmo.koordinoiva")
	person := demo.Enrolment(0).String()
	u.Get("/enrolments/" + person)
	row := func(body, what string) bool { return strings.Contains(body, "<td>"+what+"</td>") }
	if own := u.Get("/trail").Body; !row(own, "henkilön sivu") || strings.Contains(own, "Kimmo Koordinoiva") {
		t.Error("a coach does not read their own acts, or reads others'")
	}
	if of := k.Get("/trail?case=" + person).Body; row(of, "henkilön sivu") {
		t.Error("a coordinator reads what a coach opened")
	}
	name := s.SQL(`select p.last_name from app.participant p join app.enrolment e on e.participant_id = p.id where e.id = $1`, person)
	all := admin.Get("/trail?case=" + person).Body
	if !row(all, "henkilön sivu") || !strings.Contains(all, "Veera Valmentava") || strings.Contains(all, name) {
		t.Error("an administrator does not read who opened a case, or reads whose it is")
	}
	veera := s.UUID(`select id from app.membership where email = 'veera.valmentava@example.org' and role = 'coach' and org_id = $1`, demo.Org)
	if page := admin.Get("/trail?who=" + veera + "&from=20.11.2026").Body; !strings.Contains(page, "ei ole lokirivejä") {
		t.Error("the day is no filter")
	}
	if page := admin.Get("/trail?who=" + uuid.NewString()).Body; row(page, "henkilön sivu") {
		t.Error("the person is no filter")
	}
	if got := admin.Get("/trail/export?case=" + person); got.Code != 200 || !strings.Contains(got.Body, "henkilön sivu;valmennus;avattu") ||
		strings.Contains(got.Body, name) {
		t.Errorf("the export: %d", got.Code)
	}
	if got := s.As("veera@ehta.example.org").Get("/trail?case=" + person).Body; row(got, "henkilön sivu") {
		t.Error("another organisation reads the trail")
	}
	// the data-protection contact
	contact := func(who string) apptest.Answer {
		v := apptest.Fill(t, admin.Get("/trail").Body, "/trail/contact")
		v.Set("contact", who)
		return admin.Post("/trail/contact", v)
	}
	me := s.UUID(`select id from app.membership where email = 'aatu.yllapitaja@example.org' and org_id = $1`, demo.Org)
	for _, who := range []string{"", me, uuid.NewString()} {
		if got := contact(who); got.Code != 422 || !got.Has("E_CHOICE") {
			t.Errorf("contact %q: %d %v", who, got.Code, got.Codes())
		}
	}
	kimmo := s.UUID(`select id from app.membership where email = 'kimmo.koordinoiva@example.org' and org_id = $1`, demo.Org)
	if got := k.Get("/admin/break-glass"); got.Code != 404 {
		t.Errorf("a coordinator reads openings: %d", got.Code)
	}
	if got := contact(kimmo); got.Code != 303 {
		t.Fatalf("%d %v", got.Code, got.Codes())
	}
	if page := k.Get("/trail?case=" + person).Body; !row(page, "henkilön sivu") || strings.Contains(page, `action="/trail/contact"`) {
		t.Error("the contact does not read who opened a case, or may name another")
	}
	if page := k.Get("/").Body; !strings.Contains(page, "hätäavaus odottaa tarkastusta") {
		t.Error("the contact is not told of an opening")
	}
	if got := k.Get("/admin/break-glass"); got.Code != 200 {
		t.Errorf("the contact reads no openings: %d", got.Code)
	}
}

// Whoever is told that a person they have no duty on is here leaves in the trail who that was, protected or not; three in a week are
// told to who watches over the trail.
func TestProbesAreSeen(t *testing.T) {
	s := apptest.Start(t)
	admin, senni := s.As("aatu.yllapitaja"), s.As("senni.sijainen")
	s.SQL(`update app.organisation set data_contact = (
  select id from app.membership where email = 'eeva.ehkanen@example.org' and org_id = $1) where id = $1`, demo.Org)
	at := "/cohorts/" + demo.OtherCoachs.String() + "/enrolments"
	s.SQL(`update app.cohort set state = 'open', starts_on = '2026-12-01', ends_on = '2027-12-30' where id = $1`, demo.OtherCoachs)
	s.SQL(`update app.meeting set held_on = held_on + 300 where cohort_id = $1`, demo.OtherCoachs)
	for i := range 3 {
		who := strings.Split(s.SQL(`select p.first_name || '|' || p.last_name || '|' || to_char(p.born_on, 'FMDD.FMMM.YYYY') || '|' || p.id
from app.participant p join app.enrolment e on e.participant_id = p.id where e.id = $1`, demo.Enrolment(i)), "|")
		v := s.Person(who[0])
		v.Set("last_name", who[1])
		v.Set("born_on", who[2])
		v.Set("waiting", "yes")
		if got := senni.Post(at, v); got.Code != 422 || !got.Has("E_NATIONAL_ID_TAKEN") {
			t.Fatalf("asked about %d: %d %v", i, got.Code, got.Codes())
		}
		if n := s.SQL(`select count(*) from app.audit where action = 'person_matched' and subject_id::text = $1`, who[3]); n != "1" {
			t.Errorf("%s rows say who was asked about", n)
		}
		if told := strings.Contains(admin.Get("/trail").Body, "Senni Sijainen on kokeillut"); told != (i == 2) {
			t.Errorf("after %d: told %t", i+1, told)
		}
	}
	if page := s.As("eeva.ehkanen").Get("/").Body; !strings.Contains(page, "kokeili 3 toisen asiakkaan nimeä") {
		t.Error("the contact is not told")
	}
	if page := senni.Get("/trail").Body; strings.Contains(page, "on kokeillut") {
		t.Error("who probes reads that they were seen")
	}
}

// Every act there is has a name in every language.
func TestActsHaveNames(t *testing.T) {
	b, err := locale.Load(web.Locales())
	if err != nil {
		t.Fatal(err)
	}
	names := []string{"login_start", "login_end", "password_change", "password_reset", "session_end", "invitation_accept", "device_return",
		"person_matched"}
	for _, a := range access.Table {
		names = append(names, a.Name)
	}
	for _, n := range names {
		for _, l := range locale.Langs {
			if s := b.Printer(l).T("audit_action." + n); strings.HasPrefix(s, "⟦") {
				t.Errorf("%s has no name in %s", n, l)
			}
		}
	}
	purposes := []string{"access", "search"}
	for _, a := range access.Table {
		if a.Purpose != "" {
			purposes = append(purposes, a.Purpose)
		}
	}
	for _, x := range purposes {
		if s := b.Printer("fi").T("purpose." + x); strings.HasPrefix(s, "⟦") {
			t.Errorf("purpose %s has no words", x)
		}
	}
	for _, key := range []string{"seen", "done", "refused", "not_found", "invalid", "stale"} {
		if s := b.Printer("fi").T("audit_outcome." + key); strings.HasPrefix(s, "⟦") {
			t.Errorf("%s has no words", key)
		}
	}
}

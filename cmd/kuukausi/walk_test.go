package main

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/postgres/demo"
)

// A team meeting writes a line a person; who promised sees it and marks it done, nobody else.
func TestTeamMeeting(t *testing.T) {
	s := start(t)
	veera, kimmo := s.as("veera.valmentava"), s.as("kimmo.koordinoiva")
	at := "/cohorts/" + demo.Running.String() + "/walk"
	one, two := demo.Enrolment(0).String(), demo.Enrolment(3).String()
	v := fill(t, veera.get(at).body, at)
	if got := veera.post(at, v); got.code != 422 || !got.has("E_NOTHING_AGREED") {
		t.Errorf("an empty meeting: %d %v", got.code, got.codes())
	}
	v.Set("agreed."+one, "Kysyy aamuvuoroa leipomosta")
	v.Set("owner."+one, "coordinator")
	v.Set("due."+one, "1.11.2026")
	v.Set("agreed."+two, "Tuo todistukset")
	v.Set("owner."+two, "participant")
	got := veera.post(at, v)
	if got.code != 422 || !got.has("E_PAST") || !strings.Contains(got.body, "Kysyy aamuvuoroa leipomosta") {
		t.Errorf("a day that has passed: %d %v", got.code, got.codes())
	}
	v.Set("due."+one, "20.11.2026")
	if got := veera.post(at, v); got.code != 303 {
		t.Fatal(got.code, got.codes())
	}
	if got := veera.post(at, v); got.code != 303 || s.sql(`select count(*) from app.promise where body = 'Tuo todistukset'`) != "1" {
		t.Errorf("a double submit: %d", got.code)
	}
	left := fill(t, veera.get(at).body, at)
	left.Set("agreed."+one, "Ehti kirjoittaa tämän")
	s.sql(`update app.enrolment set state = 'withdrawn' where id in ($1, $2)`, demo.Enrolment(0), demo.Enrolment(5))
	if got := veera.post(at, left); got.code != 422 || !got.has("E_LEFT") || !strings.Contains(got.body, "Ehti kirjoittaa tämän") {
		t.Errorf("after somebody left: %d %v", got.code, got.codes())
	}
	s.sql(`update app.enrolment set state = 'active' where id in ($1, $2)`, demo.Enrolment(0), demo.Enrolment(5))
	v.Set("form", uuid.NewString())
	v.Set("agreed."+demo.OtherCoachsEnrolment(0).String(), "x")
	if got := veera.post(at, v); got.code != 404 {
		t.Errorf("about somebody of another cohort: %d", got.code)
	}
	// what was kept is ticked in the same form
	kept := fill(t, veera.get(at).body, at)
	ticked := s.uuid(`select id from app.promise where body like 'Soittaa työterveyteen%'`)
	foreign := s.uuid(`select gen_random_uuid()`)
	kept["done"] = []string{ticked, foreign}
	if got := veera.post(at, kept); got.code != 303 || s.sql(`select count(*) from app.promise where done_at is not null`) != "1" {
		t.Errorf("ticking a kept promise: %d %v", got.code, got.codes())
	}
	page := kimmo.get("/promises").body
	if !strings.Contains(page, "Kysyy aamuvuoroa leipomosta") || strings.Contains(page, "Tuo todistukset") ||
		strings.Contains(page, "Soittaa työterveyteen") {
		t.Error("the coordinator's list is not the coordinator's own promises")
	}
	id := s.uuid(`select id from app.promise where body = 'Kysyy aamuvuoroa leipomosta'`)
	done := fill(t, page, "/promises/"+id+"/done")
	if got := kimmo.post("/promises/"+id+"/done", done); got.code != 303 || got.location != "/promises" {
		t.Fatal(got.code, got.location)
	}
	done.Set("form", uuid.NewString())
	if got := kimmo.post("/promises/"+id+"/done", done); got.code != 409 {
		t.Errorf("done twice: %d", got.code)
	}
	other := s.uuid(`select id from app.promise where body = 'Tuo todistukset'`)
	if got := kimmo.post("/promises/"+other+"/done", url.Values{"form": {uuid.NewString()}, "version": {"1"}}); got.code != 404 {
		t.Errorf("the participant's promise kept by the coordinator: %d", got.code)
	}
	done.Set("back", "https://elsewhere.example.org/")
	done.Set("form", uuid.NewString())
	done.Set("version", "1")
	if got := veera.post("/promises/"+other+"/done", done); got.code != 303 || got.location != "/" {
		t.Errorf("the way back leads elsewhere: %d %s", got.code, got.location)
	}
}

// A coach names a substitute for some days: from the first day on they see the cohort, after the last they do not; the
// views are logged; nobody names themself, and a substitute names nobody.
func TestSubstitute(t *testing.T) {
	s := start(t)
	veera := s.as("veera.valmentava")
	at := "/cohorts/" + demo.Running.String()
	form := at + "/substitutes"
	senni := s.uuid(`select id from app.membership where org_id = $1 and email = 'senni.sijainen@example.org'`, demo.Org)
	me := s.uuid(`select id
from app.membership
where org_id = $1
  and email = 'veera.valmentava@example.org'
  and role = 'coach'`, demo.Org)
	try := func(u *user, member, from, until string) answer {
		return u.post(form, url.Values{"form": {uuid.NewString()}, "version": {"0"}, "member": {member}, "from": {from}, "until": {until}})
	}
	for code, a := range map[string]answer{"E_CHOICE": try(veera, me, "20.11.2026", "20.11.2026"), "E_PAST": try(veera,
		senni, "1.11.2026", "20.11.2026"),
		"E_DATE_ORDER": try(veera, senni, "21.11.2026", "20.11.2026"), "E_TOO_LONG_DUTY": try(veera, senni, "20.11.2026", "20.5.2027")} {
		if a.code != 422 || !a.has(code) {
			t.Errorf("%s: %d %v", code, a.code, a.codes())
		}
	}
	if a := try(veera, senni, "20.11.2026", "20.11.2026"); a.code != 303 {
		t.Fatal(a.code, a.codes())
	}
	if a := s.as("senni.sijainen").get(at + "/briefing"); a.code != 404 {
		t.Errorf("the day before: %d", a.code)
	}
	helsinki, _ := time.LoadLocation("Europe/Helsinki")
	s.now.Store(ptr(time.Date(2026, 11, 20, 8, 30, 0, 0, helsinki)))
	u := s.as("senni.sijainen")
	page := u.get(at + "/briefing")
	if page.code != 200 || !strings.Contains(page.body, "ei puheluita") || !strings.Contains(page.body, "Soittaa työterveyteen") {
		t.Errorf("the substitute's page: %d", page.code)
	}
	if n := s.sql(`select count(*)
from app.audit
where action = 'briefing_view'
  and outcome = 'seen'
  and purpose = 'substitution'
  and cardinality(enrolment_ids) > 0`); n != "1" {
		t.Errorf("%s rows in the trail", n)
	}
	if a := try(u, me, "20.11.2026", "20.11.2026"); a.code != 403 || !a.has("E_SUBSTITUTE") {
		t.Errorf("a substitute names a substitute: %d %v", a.code, a.codes())
	}
	// ended early: by the coach, not by the substitute, and at once
	veera = s.as("veera.valmentava")
	if a := try(veera, senni, "21.11.2026", "25.11.2026"); a.code != 303 {
		t.Fatal(a.code, a.codes())
	}
	day := s.uuid(`select id from app.cohort_duty where kind = 'substitute' order by valid_until limit 1`)
	end := func() url.Values { return url.Values{"form": {uuid.NewString()}, "version": {"0"}} }
	if a := u.post("/substitutes/"+day+"/end", end()); a.code != 403 {
		t.Errorf("a substitute ends a substitution: %d", a.code)
	}
	if a := veera.post("/substitutes/"+day+"/end", end()); a.code != 303 || a.location != form {
		t.Errorf("ended: %d %s", a.code, a.location)
	}
	if a := u.get(at + "/briefing"); a.code != 404 {
		t.Errorf("after the end: %d", a.code)
	}
	if a := veera.post("/substitutes/"+day+"/end", end()); a.code != 409 {
		t.Errorf("ended twice: %d", a.code)
	}
	later := s.uuid(`select id from app.cohort_duty where kind = 'substitute' and valid_until > '2026-11-21'`)
	if a := s.as("kimmo.koordinoiva").post("/substitutes/"+later+"/end", end()); a.code != 303 {
		t.Errorf("ended before it began: %d", a.code)
	}
	s.now.Store(ptr(time.Date(2026, 11, 21, 0, 1, 0, 0, helsinki)))
	if a := s.as("senni.sijainen").get(at + "/briefing"); a.code != 404 {
		t.Errorf("the day after: %d", a.code)
	}
}

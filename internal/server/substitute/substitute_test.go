package substitute_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
)

// A coach who is away: the coach is reminded at once, the coordinator at nine, nobody once a substitute is named.
func TestCoachAbsence(t *testing.T) {
	s := apptest.Start(t)
	const away = "valmentaja on poissa, sijainen puuttuu"
	sub := "/cohorts/" + demo.Running.String() + "/substitutes"
	kimmo := s.As("kimmo.koordinoiva") // told by telephone
	v := apptest.Fill(t, kimmo.Get(sub).Body, "/cohorts/"+demo.Running.String()+"/absences")
	v.Set("from", "18.11.2026")
	v.Set("until", "20.11.2026")
	if got := kimmo.Post("/cohorts/"+demo.Running.String()+"/absences", v); got.Code != 422 || !got.Has("E_PAST") {
		t.Errorf("from yesterday: %d %v", got.Code, got.Codes())
	}
	v.Set("from", "19.11.2026")
	if got := kimmo.Post("/cohorts/"+demo.Running.String()+"/absences", v); got.Code != 303 {
		t.Fatalf("the absence: %d %v", got.Code, got.Codes())
	}
	told := func(who string) bool { return strings.Contains(s.As(who).Get("/").Body, away) }
	if !told("veera.valmentava") || told("kimmo.koordinoiva") {
		t.Error("at 8.50 the coach is not told, or the coordinator is")
	}
	s.Set(apptest.Morning.Add(9 * time.Minute))
	if told("kimmo.koordinoiva") {
		t.Error("at 8.59 the coordinator is told")
	}
	s.Set(apptest.Morning.Add(10 * time.Minute))
	if !told("kimmo.koordinoiva") || told("senni.sijainen") {
		t.Error("at nine the coordinator is not told, or somebody else is")
	}
	// a substitute for one of the two days is not enough
	name := func(until string) {
		t.Helper()
		kimmo = s.As("kimmo.koordinoiva")
		n := apptest.Fill(t, kimmo.Get(sub).Body, sub)
		n.Set("member", s.UUID(`select id from app.membership where org_id = $1 and email = 'senni.sijainen@example.org'`, demo.Org))
		n.Set("from", "19.11.2026")
		n.Set("until", until)
		n.Set("reason", "Valmentaja sairaana")
		if got := kimmo.Post(sub, n); got.Code != 303 {
			t.Fatalf("naming: %d %v", got.Code, got.Codes())
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
	s.SQL(`delete from app.cohort_duty where kind = 'substitute'`)
	end := "/absences/" + v.Get("form") + "/end"
	x := apptest.Fill(t, kimmo.Get(sub).Body, end)
	if got := kimmo.Post(end, x); got.Code != 303 || told("kimmo.koordinoiva") {
		t.Errorf("ended: %d", got.Code)
	}
}

// A coach names a substitute for some days: from the first day on they see the cohort, after the last they do not; the
// views are logged; nobody names themself, and a substitute names nobody.
func TestSubstitute(t *testing.T) {
	s := apptest.Start(t)
	veera := s.As("veera.valmentava")
	at := "/cohorts/" + demo.Running.String()
	form := at + "/substitutes"
	senni := s.UUID(`select id from app.membership where org_id = $1 and email = 'senni.sijainen@example.org'`, demo.Org)
	me := s.UUID(`select id
from app.membership
where org_id = $1
  and email = 'veera.valmentava@example.org'
  and role = 'coach'`, demo.Org)
	try := func(u *apptest.User, member, from, until string) apptest.Answer {
		return u.Post(form, url.Values{"form": {uuid.NewString()}, "version": {"0"}, "member": {member}, "from": {from}, "until": {until}})
	}
	for code, a := range map[string]apptest.Answer{"E_CHOICE": try(veera, me, "20.11.2026", "20.11.2026"), "E_PAST": try(veera,
		senni, "1.11.2026", "20.11.2026"),
		"E_DATE_ORDER": try(veera, senni, "21.11.2026", "20.11.2026"), "E_TOO_LONG_DUTY": try(veera, senni, "20.11.2026", "20.5.2027")} {
		if a.Code != 422 || !a.Has(code) {
			t.Errorf("%s: %d %v", code, a.Code, a.Codes())
		}
	}
	if a := try(veera, senni, "20.11.2026", "20.11.2026"); a.Code != 303 {
		t.Fatal(a.Code, a.Codes())
	}
	if a := s.As("senni.sijainen").Get(at + "/briefing"); a.Code != 404 {
		t.Errorf("the day before: %d", a.Code)
	}
	if page := s.As("senni.sijainen").Get("/").Body; !strings.Contains(page, "sijaistat tätä ryhmää 1 päivän") ||
		strings.Contains(page, `href="`+at+`"`) {
		t.Error("the substitute is not told what comes, or led to what is not theirs yet")
	}
	helsinki, _ := time.LoadLocation("Europe/Helsinki")
	s.Set(time.Date(2026, 11, 20, 8, 30, 0, 0, helsinki))
	u := s.As("senni.sijainen")
	page := u.Get(at + "/briefing")
	if page.Code != 200 || !strings.Contains(page.Body, "ei puheluita") || !strings.Contains(page.Body, "Soittaa työterveyteen") {
		t.Errorf("the substitute's page: %d", page.Code)
	}
	if n := s.SQL(`select count(*)
from app.audit
where action = 'briefing_view'
  and outcome = 'seen'
  and purpose = 'substitution'
  and cardinality(enrolment_ids) > 0`); n != "1" {
		t.Errorf("%s rows in the trail", n)
	}
	if a := try(u, me, "20.11.2026", "20.11.2026"); a.Code != 403 || !a.Has("E_SUBSTITUTE") {
		t.Errorf("a substitute names a substitute: %d %v", a.Code, a.Codes())
	}
	// ended early: by the coach, not by the substitute, and at once
	veera = s.As("veera.valmentava")
	if a := try(veera, senni, "21.11.2026", "25.11.2026"); a.Code != 303 {
		t.Fatal(a.Code, a.Codes())
	}
	day := s.UUID(`select id from app.cohort_duty where kind = 'substitute' order by valid_until limit 1`)
	end := func() url.Values { return url.Values{"form": {uuid.NewString()}, "version": {"0"}} }
	if a := u.Post("/substitutes/"+day+"/end", end()); a.Code != 403 {
		t.Errorf("a substitute ends a substitution: %d", a.Code)
	}
	if a := veera.Post("/substitutes/"+day+"/end", end()); a.Code != 303 || a.Location != form {
		t.Errorf("ended: %d %s", a.Code, a.Location)
	}
	if a := u.Get(at + "/briefing"); a.Code != 404 {
		t.Errorf("after the end: %d", a.Code)
	}
	if a := veera.Post("/substitutes/"+day+"/end", end()); a.Code != 409 {
		t.Errorf("ended twice: %d", a.Code)
	}
	later := s.UUID(`select id from app.cohort_duty where kind = 'substitute' and valid_until > '2026-11-21'`)
	if a := s.As("kimmo.koordinoiva").Post("/substitutes/"+later+"/end", end()); a.Code != 303 {
		t.Errorf("ended before it began: %d", a.Code)
	}
	s.Set(time.Date(2026, 11, 21, 0, 1, 0, 0, helsinki))
	if a := s.As("senni.sijainen").Get(at + "/briefing"); a.Code != 404 {
		t.Errorf("the day after: %d", a.Code)
	}
}

package schedule_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
)

// The first day of a month that has not begun is corrected: every date that moves is shown first, everybody's days move along,
// and what it was is kept (internal/domain.md, ruling 41).
func TestFirstDayIsCorrected(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	at := "/cohorts/" + demo.Recruiting.String() + "/facts"
	post := "/cohorts/" + demo.Recruiting.String() + "/first-day"
	dates := func() string {
		return s.SQL(`select to_char(c.starts_on, 'FMDD.FMMM.YYYY') || ' ' || to_char(c.ends_on, 'FMDD.FMMM.YYYY') || ' ' ||
  (select min(held_on) = c.starts_on and max(held_on) = c.ends_on and count(distinct day) = count(distinct held_on)
    from app.meeting where cohort_id = c.id) || ' ' ||
  (select bool_and(starts_on = c.starts_on and ends_on = c.ends_on) from app.enrolment where cohort_id = c.id and closed_at is null)
from app.cohort c where c.id = $1`, demo.Recruiting)
	}
	was := dates()
	if !strings.HasSuffix(was, "true true") {
		t.Fatalf("the demo: %s", was)
	}
	send := func(to string) apptest.Answer {
		v := apptest.Fill(t, u.Get(at).Body, post)
		v.Set("to", to)
		return u.Post(post, v)
	}
	for to, code := range map[string]string{"": "E_DATE", strings.Fields(was)[0]: "E_SAME_DAY", "6.12.2026": "E_HOLIDAY"} {
		if got := send(to); got.Code != 422 || !got.Has(code) {
			t.Errorf("%q: %d %v, want %s", to, got.Code, got.Codes(), code)
		}
	}
	// somebody's own appointment would lie in the hours of the group: told, not refused
	s.SQL(`insert into app.appointment (org_id, id, enrolment_id, batch_id, kind, held_on, starts_at, ends_at, place, booked_by)
select e.org_id, gen_random_uuid(), e.id, gen_random_uuid(), 'single', '2027-01-18', 540, 600, 'Huone 5', c.created_by
from app.enrolment e join app.cohort c on c.id = e.cohort_id
where e.cohort_id = $1 and e.closed_at is null limit 1 returning 1`, demo.Recruiting)
	got := send("18.1.2027")
	if got.Code != 200 || !strings.Contains(got.Body, "Samaan aikaan tapaamisen kanssa") {
		t.Fatalf("preview: %d %v, or the clash is not told", got.Code, got.Codes())
	}
	if dates() != was {
		t.Fatal("a preview changes dates")
	}
	v := apptest.Fill(t, got.Body, post)
	if v.Get("confirmed") != "yes" || v.Get("to") != "18.1.2027" {
		t.Fatalf("the form of the preview: %v", v)
	}
	stale := url.Values{}
	for k, x := range v {
		stale[k] = x
	}
	if got := u.Post(post, v); got.Code != 303 {
		t.Fatalf("confirmed: %d %v", got.Code, got.Codes())
	}
	if now := dates(); !strings.HasPrefix(now, "18.1.2027 15.2.2027 true true") {
		t.Errorf("moved to %s", now)
	}
	until := `select bool_and(valid_until > '2027-02-15') from app.cohort_duty where cohort_id = $1`
	if s.SQL(until, demo.Recruiting) != "true" {
		t.Error("duties end before the month does")
	}
	page := u.Get(at).Body
	if !strings.Contains(page, strings.Fields(was)[0]) || !strings.Contains(page, "Veera Valmentava") {
		t.Error("what it was, and who changed it, is not told")
	}
	stale.Set("form", uuid.NewString())
	stale.Set("to", "25.1.2027")
	if got := u.Post(post, stale); got.Code != 409 {
		t.Errorf("a stale preview: %d", got.Code)
	}
	// a month that runs keeps its first day
	run := "/cohorts/" + demo.Running.String()
	if strings.Contains(u.Get(run+"/facts").Body, `action="`+run+`/first-day"`) {
		t.Error("a month that runs offers another first day")
	}
	stale.Set("form", uuid.NewString())
	stale.Set("version", s.SQL(`select version from app.cohort where id = $1`, demo.Running))
	if got := u.Post(run+"/first-day", stale); got.Code != 422 || !got.Has("E_NOT_BEFORE") {
		t.Errorf("a month that runs: %d %v", got.Code, got.Codes())
	}
}

// A cohort's name and place are corrected, with what they were.
func TestCohortFactsAreCorrected(t *testing.T) {
	s := apptest.Start(t)
	at := "/cohorts/" + demo.Running.String() + "/facts"
	for _, who := range []string{"veera.valmentava", "kimmo.koordinoiva"} {
		u := s.As(who)
		send := func(name, place string) apptest.Answer {
			v := apptest.Fill(t, u.Get(at).Body, at)
			v.Set("name", name)
			v.Set("place", place)
			return u.Post(at, v)
		}
		v := apptest.Fill(t, u.Get(at).Body, at)
		if got := send(v.Get("name"), v.Get("place")); got.Code != 422 || !got.Has("E_SAME") {
			t.Errorf("nothing changed: %d %v", got.Code, got.Codes())
		}
		if got := send("", "Åbo"); got.Code != 422 || !got.Has("E_REQUIRED") {
			t.Errorf("no name: %d %v", got.Code, got.Codes())
		}
		if got := send("Ryhmä "+who, v.Get("place")); got.Code != 303 {
			t.Fatalf("%d %v", got.Code, got.Codes())
		}
		if page := u.Get(at).Body; !strings.Contains(page, v.Get("name")+" → Ryhmä "+who) {
			t.Error("what it was is not told")
		}
	}
	if got := s.As("senni.sijainen").Get(at); got.Code != 404 {
		t.Errorf("a coach of another group: %d", got.Code)
	}
}

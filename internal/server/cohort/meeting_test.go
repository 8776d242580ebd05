package cohort_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// A meeting changes places with another, or pushes the later ones on; every changed date is shown first; what was marked
// stays where it was.
func TestMeetingMoves(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	at := func(day int) string {
		return "/meetings/" + s.UUID(
			`select id from app.meeting where org_id = $1 and cohort_id = $2 and day = $3 and half = 1`,
			demo.Org,
			demo.Running,
			day,
		)
	}
	day := func(n int) string {
		return s.SQL(`select to_char(held_on, 'FMDD.FMMM.YYYY') from app.meeting where id = $1`, at(n)[10:])
	}
	m := at(12) // Tuesday of the third week
	move := func(set map[string]string) url.Values {
		v := apptest.Fill(t, u.Get(m).Body, m+"/move")
		for k, x := range set {
			v.Set(k, x)
		}
		return v
	}
	for code, set := range map[string]map[string]string{"E_DATE": {"to": "x"}, "E_SAME_DAY": {"to": day(12)},
		"E_PAST": {"to": "2.11.2026"}, "E_HOLIDAY": {"to": "29.11.2026"},
		"E_THEME_REASON": {"to": day(16)}, "E_PUSH_BACK": {"to": day(11), "push": "yes"}, "E_TOO_FAR": {"to": "1.6.2027"}} {
		if got := u.Post(m+"/move", move(set)); got.Code != 422 || !got.Has(code) ||
			set["to"] != "x" && !strings.Contains(got.Body, `value="`+set["to"]+`"`) {
			t.Errorf("%s: %d %v, or the date was lost", code, got.Code, got.Codes())
		}
	}
	// held ones do not move, neither by being moved nor by changing places
	if got := u.Get(at(3)); strings.Contains(got.Body, "Siirrä toiseen päivään") {
		t.Error("a held meeting offers to be moved")
	}
	if got := u.Post(at(3)+"/move", url.Values{
		"form": {uuid.NewString()}, "version": {s.SQL(`select version from app.meeting where id = $1`, at(3)[10:])},
		"to": {day(13)}, "reason": {"x"}, "confirmed": {"yes"},
	}); got.Code != 422 ||
		!got.Has("E_MEETING_MARKED") {
		t.Errorf("moving a held one: %d %v", got.Code, got.Codes())
	}
	// changing places, shown first
	d12, d14 := day(12), day(14)
	shown := u.Post(m+"/move", move(map[string]string{"to": d14}))
	if shown.Code != 200 || !strings.Contains(shown.Body, "2 tapaamista siirtyy") || day(12) != d12 {
		t.Fatalf("the preview: %d, or it moved already", shown.Code)
	}
	confirm := apptest.Fill(t, shown.Body, m+"/move")
	if got := u.Post(m+"/move", confirm); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	if day(12) != d14 || day(14) != d12 {
		t.Errorf("places: %s and %s", day(12), day(14))
	}
	if got := u.Post(m+"/move", confirm); got.Code != 303 || day(12) != d14 {
		t.Errorf("a double submit moved it again: %d", got.Code)
	}
	// pushing: one day on from the fourth week, the month ends later
	m = at(16)
	before, last := s.SQL(`select ends_on::date::text from app.cohort where id = $1 and org_id = $2`, demo.Running, demo.Org), day(20)
	d16, d17 := day(16), day(17)
	shown = u.Post(m+"/move", move(map[string]string{"to": d17, "push": "yes", "reason": "tila on varattu"}))
	if shown.Code != 200 || !strings.Contains(shown.Body, "5 tapaamista siirtyy") {
		t.Fatalf("the preview of a push: %d %v", shown.Code, shown.Codes())
	}
	if got := u.Post(m+"/move", apptest.Fill(t, shown.Body, m+"/move")); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	if day(16) != d17 || day(20) == last ||
		s.SQL(`select ends_on::date::text from app.cohort where id = $1 and org_id = $2`, demo.Running, demo.Org) == before {
		t.Errorf("pushed: %s, last %s", day(16), day(20))
	}
	if n := s.SQL(
		`select count(*) || ' ' || min(reason) from app.meeting_move where cohort_id = $1 and reason <> ''`, demo.Running,
	); n != "5 tila on varattu" {
		t.Errorf("the trail of moves: %s", n)
	}
	if page := u.Get("/cohorts/" + demo.Running.String()); page.Code != 200 {
		t.Errorf("the map after moves: %d", page.Code)
	}
	if n := s.SQL(`select count(*)
from app.enrolment e
join app.cohort c on c.org_id = e.org_id and c.id = e.cohort_id
where c.id = $1
  and e.closed_at is null
  and e.ends_on <> c.ends_on`, demo.Running); n != "0" {
		t.Errorf("%s people end before the month", n)
	}
	if !strings.Contains(shown.Body, "Kuukausi päättyy") || !strings.Contains(shown.Body, "Päättyy ennen kuukauden uutta") {
		t.Error("the preview does not say that the month grows, and whose trial ends before")
	}
	if day := u.Get("/cohorts/" + demo.Running.String() + "/days/" + s.SQL(
		`select to_char(to_date($1, 'DD.MM.YYYY'), 'YYYY-MM-DD')`, d16,
	)); day.Code != 200 ||
		strings.Contains(day.Body, "00000000-0000") ||
		!strings.Contains(day.Body, "Ei ohjelmaa.") {
		t.Errorf("the day that became empty: %d", day.Code)
	}
	// cancelled: with a reason, and then nobody can be marked there
	m = at(13)
	c := apptest.Fill(t, u.Get(m).Body, m+"/cancellation")
	if got := u.Post(m+"/cancellation", c); got.Code != 422 || !got.Has("E_REQUIRED") {
		t.Errorf("without a reason: %d %v", got.Code, got.Codes())
	}
	c.Set("reason", "valmentaja sairastui")
	if got := u.Post(m+"/cancellation", c); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	if page := u.Get(m + "/attendance"); !strings.Contains(page.Body, "Peruttu: valmentaja sairastui") {
		t.Error("the sheet does not say so")
	}
	// its day is free for another, which a push does not take along
	free := day(13)
	m14 := at(14)
	v14 := apptest.Fill(t, u.Get(m14).Body, m14+"/move")
	v14.Set("to", free)
	if p := u.Post(m14+"/move", v14); p.Code != 200 || !strings.Contains(p.Body, "1 tapaaminen siirtyy") {
		t.Errorf("into a cancelled one's place: %d %v", p.Code, p.Codes())
	} else if got := u.Post(m14+"/move", apptest.Fill(t, p.Body, m14+"/move")); got.Code != 303 || day(14) != free {
		t.Errorf("into a cancelled one's place: %d %v", got.Code, got.Codes())
	}
	if me := s.As("tuulikki.esimerkki").Get("/me"); me.Code != 200 {
		t.Errorf("the participant's page: %d", me.Code)
	}
	v := url.Values{"form": {uuid.NewString()}, "version": {s.SQL(`select version from app.meeting where id = $1`, m[10:])}, "rest": {"p"}}
	if got := u.Post(m+"/attendance", v); got.Code != 422 || !got.Has("E_MEETING_CANCELLED") {
		t.Errorf("marking a cancelled meeting: %d %v", got.Code, got.Codes())
	}
}

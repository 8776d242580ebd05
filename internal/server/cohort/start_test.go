package cohort_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"strings"
	"testing"
	"time"
)

// A month begins on its first day at the earliest, and its start is taken back while nothing rests on it. Its start, its end
// and half-days without marks are signals (internal/domain.md, rulings 32 and 34).
func TestStartAndEnd(t *testing.T) {
	s := apptest.Start(t)
	c := demo.Recruiting
	details := "/cohorts/" + c.String() + "/details"
	at := "/cohorts/" + c.String() + "/state"
	first, err := time.ParseInLocation(
		time.DateOnly, s.SQL(`select starts_on::text from app.cohort where id = $1`, c), apptest.Morning.Location())
	if err != nil {
		t.Fatal(err)
	}
	s.SQL(`update app.cohort set state = 'confirmed' where id = $1`, c)
	k := s.As("kimmo.koordinoiva")
	move := func(to string) apptest.Answer {
		v := apptest.Fill(t, k.Get(details).Body, at)
		v.Set("to", to)
		v.Set("reason", "Kaksi perui")
		return k.Post(at, v)
	}
	if page := k.Get(details).Body; strings.Contains(page, `value="running"`) {
		t.Error("a month is offered to begin before its first day")
	}
	if got := move("running"); got.Code != 422 || !got.Has("E_NOT_YET") {
		t.Errorf("before its first day: %d %v", got.Code, got.Codes())
	}
	s.Set(first.Add(9 * time.Hour))
	k = s.As("kimmo.koordinoiva")
	if page := k.Get("/").Body; !strings.Contains(page, "aloita kuukausi") {
		t.Error("nobody is told that the month begins today")
	}
	states := `select string_agg(state, ' ' order by id) from app.enrolment where cohort_id = $1`
	before := s.SQL(states, c)
	if got := move("running"); got.Code != 303 {
		t.Fatalf("on its first day: %d %v", got.Code, got.Codes())
	}
	if got := move("confirmed"); got.Code != 303 || s.SQL(states, c) != before {
		t.Errorf("taken back: %d %v, states %s, before %s", got.Code, got.Codes(), s.SQL(states, c), before)
	}
	if got := move("running"); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	s.Set(first.AddDate(0, 0, 3).Add(9 * time.Hour))
	veera := s.As("veera.valmentava")
	if page := veera.Get("/").Body; !strings.Contains(page, "puolipäivää merkitsemättä") {
		t.Error("three days without marks are no signal")
	}
	sheet := "/meetings/" + s.UUID(
		`select id from app.meeting where cohort_id = $1 and kind = 'group' order by held_on limit 1`, c) + "/attendance"
	v := apptest.Fill(t, veera.Get(sheet).Body, sheet)
	v.Set("rest", "p")
	if got := veera.Post(sheet, v); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	k = s.As("kimmo.koordinoiva")
	if got := move("confirmed"); got.Code != 422 || !got.Has("E_STARTED") {
		t.Errorf("taken back after a mark: %d %v", got.Code, got.Codes())
	}
	s.Set(first.AddDate(0, 0, 40).Add(9 * time.Hour))
	if page := s.As("kimmo.koordinoiva").Get("/").Body; !strings.Contains(page, "kuukausi on päättynyt") {
		t.Error("nobody is told that the month is over")
	}
}

// A cancelled half-day is seen on the map and can be taken back; a half-day is not moved into the hours of a trial.
func TestCancelledAndBack(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	m := "/meetings/" + s.UUID(`select id from app.meeting where cohort_id = $1 and day = 16 and half = 1`, demo.Running)
	v := apptest.Fill(t, u.Get(m).Body, m+"/cancellation")
	v.Set("reason", "Ohjaaja sairaana")
	if got := u.Post(m+"/cancellation", v); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	if page := u.Get("/cohorts/" + demo.Running.String()).Body; !strings.Contains(page, `class="c off"`) {
		t.Error("a cancelled half-day looks like none on the map")
	}
	if got := u.Post(m+"/restoration", apptest.Fill(t, u.Get(m).Body, m+"/restoration")); got.Code != 303 ||
		s.SQL(`select cancelled_at is null from app.meeting where id::text = $1`, strings.TrimPrefix(m, "/meetings/")) != "true" {
		t.Errorf("taken back: %d %v", got.Code, got.Codes())
	}
	s.SQL(`update app.trial set starts_at = 8 * 60 where state = 'active' and enrolment_id = $1`, demo.Enrolment(0))
	mv := apptest.Fill(t, u.Get(m).Body, m+"/move")
	mv.Set("to", "27.11.2026")
	mv.Set("reason", "Tila ei ole vapaa")
	if got := u.Post(m+"/move", mv); got.Code != 422 || !got.Has("E_OVERLAP") {
		t.Errorf("into a trial: %d %v", got.Code, got.Codes())
	}
}

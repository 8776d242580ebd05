package cohort_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
)

// A programme may have its trials in the morning and its group in the afternoon: the kind of a half-day decides where it
// is marked and what is stored, never its half.
func TestTrialsInTheMorning(t *testing.T) {
	s := apptest.Start(t)
	s.SQL(`with x as (
  update app.meeting
  set kind = case kind when 'group' then 'trial' else 'group' end
  where cohort_id = $1
  returning 1)
select count(*) from x`, demo.Running)
	s.SQL(`with x as (delete from app.attendance where held_on = '2026-11-19' returning 1) select count(*) from x`)
	at := func(half string) string {
		return s.UUID(`select id from app.meeting where cohort_id = $1 and held_on = '2026-11-19' and half = $2::int`, demo.Running, half)
	}
	u := s.As("veera.valmentava")
	board := "/cohorts/" + demo.Running.String() + "/days/2026-11-19"
	page := u.Get(board).Body
	if !strings.Contains(page, `name="meeting" value="`+at("1")+`"`) || strings.Contains(page, `name="meeting" value="`+at("2")+`"`) {
		t.Error("the day board does not ask for the apptest.Morning's marks at workplaces")
	}
	v := apptest.Fill(t, page, board)
	v.Set("rest", "p")
	if got := u.Post(board, v); got.Code != 303 {
		t.Fatalf("the apptest.Morning at workplaces: %d %v", got.Code, got.Codes())
	}
	if n := s.SQL(`select count(*) filter (where half = 1 and on_trial) || ' ' || count(*) from app.attendance
where held_on = '2026-11-19'`); n != "7 7" {
		t.Errorf("marks of the apptest.Morning, of all: %s, want 7 7", n)
	}
	// the sheet of a half-day at workplaces is the day board, and posting there stores nothing while saying so
	if got := u.Get("/meetings/" + at("1") + "/attendance"); got.Code != 303 || got.Location != board {
		t.Errorf("the sheet of the morning: %d %s", got.Code, got.Location)
	}
	if got := u.Post("/meetings/"+at("1")+"/attendance", url.Values{"form": v["form"], "version": {"0"}, "rest": {"p"}}); got.Code != 404 {
		t.Errorf("marks at workplaces by the sheet of a group: %d", got.Code)
	}
	sheet := "/meetings/" + at("2") + "/attendance"
	if got := u.Post(sheet, url.Values{"form": {uuid.NewString()}, "version": {"1"}, "rest": {"p"}}); !got.Has("E_NOT_BEGUN") {
		t.Errorf("the afternoon marked in the morning: %d %v", got.Code, got.Codes())
	}
	s.Set(time.Date(2026, 11, 19, 12, 30, 0, 0, apptest.Morning.Location()))
	u = s.As("veera.valmentava")
	if !strings.Contains(u.Get(board).Body, sheet) {
		t.Error("the day board does not lead to the afternoon's sheet")
	}
	v = apptest.Fill(t, u.Get(sheet).Body, sheet)
	v.Set("rest", "p")
	if got := u.Post(sheet, v); got.Code != 303 {
		t.Fatalf("the afternoon with the group: %d %v", got.Code, got.Codes())
	}
	if n := s.SQL(`select count(*) from app.attendance where held_on = '2026-11-19' and half = 2 and not on_trial`); n != "10" {
		t.Errorf("marks of the afternoon: %s, want 10", n)
	}
	// the map leads to the group's half-day, and the coordinator's shows the one at workplaces
	if body := u.Get("/cohorts/" + demo.Running.String()).Body; !strings.Contains(body, sheet) {
		t.Error("the map leads to another half-day")
	}
	if body := s.As("kimmo.koordinoiva").Get("/cohorts/" + demo.Running.String()).Body; strings.Count(body, `class="c m-t`) < 7 {
		t.Errorf("the coordinator's map shows %d marks at workplaces", strings.Count(body, `class="c m-t`))
	}
}

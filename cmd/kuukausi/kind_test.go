package main

import (
	"net/url"
	"strings"
	"testing"

	"kuukausi/internal/postgres/demo"
)

// A programme may have its trials in the morning and its group in the afternoon: the kind of a half-day decides where it
// is marked and what is stored, never its half.
func TestTrialsInTheMorning(t *testing.T) {
	s := start(t)
	s.sql(`with x as (
  update app.meeting
  set kind = case kind when 'group' then 'trial' else 'group' end
  where cohort_id = $1
  returning 1)
select count(*) from x`, demo.Running)
	s.sql(`with x as (delete from app.attendance where held_on = '2026-11-19' returning 1) select count(*) from x`)
	at := func(half string) string {
		return s.uuid(`select id from app.meeting where cohort_id = $1 and held_on = '2026-11-19' and half = $2::int`, demo.Running, half)
	}
	u := s.as("veera.valmentava")
	board := "/cohorts/" + demo.Running.String() + "/days/2026-11-19"
	page := u.get(board).body
	if !strings.Contains(page, `name="meeting" value="`+at("1")+`"`) || strings.Contains(page, `name="meeting" value="`+at("2")+`"`) {
		t.Error("the day board does not ask for the morning's marks at workplaces")
	}
	if !strings.Contains(page, "/meetings/"+at("2")+"/attendance") {
		t.Error("the day board does not lead to the afternoon's sheet")
	}
	v := fill(t, page, board)
	v.Set("rest", "p")
	if got := u.post(board, v); got.code != 303 {
		t.Fatalf("the morning at workplaces: %d %v", got.code, got.codes())
	}
	if n := s.sql(`select count(*) filter (where half = 1 and on_trial) || ' ' || count(*) from app.attendance
where held_on = '2026-11-19'`); n != "7 7" {
		t.Errorf("marks of the morning, of all: %s, want 7 7", n)
	}
	// the sheet of a half-day at workplaces is the day board, and posting there stores nothing while saying so
	if got := u.get("/meetings/" + at("1") + "/attendance"); got.code != 303 || got.location != board {
		t.Errorf("the sheet of the morning: %d %s", got.code, got.location)
	}
	if got := u.post("/meetings/"+at("1")+"/attendance", url.Values{"form": v["form"], "version": {"0"}, "rest": {"p"}}); got.code != 404 {
		t.Errorf("marks at workplaces by the sheet of a group: %d", got.code)
	}
	sheet := "/meetings/" + at("2") + "/attendance"
	v = fill(t, u.get(sheet).body, sheet)
	v.Set("rest", "p")
	if got := u.post(sheet, v); got.code != 303 {
		t.Fatalf("the afternoon with the group: %d %v", got.code, got.codes())
	}
	if n := s.sql(`select count(*) from app.attendance where held_on = '2026-11-19' and half = 2 and not on_trial`); n != "10" {
		t.Errorf("marks of the afternoon: %s, want 10", n)
	}
	// the map leads to the group's half-day, and the coordinator's shows the one at workplaces
	if body := u.get("/cohorts/" + demo.Running.String()).body; !strings.Contains(body, sheet) {
		t.Error("the map leads to another half-day")
	}
	if body := s.as("kimmo.koordinoiva").get("/cohorts/" + demo.Running.String()).body; strings.Count(body, `class="c m-t`) < 7 {
		t.Errorf("the coordinator's map shows %d marks at workplaces", strings.Count(body, `class="c m-t`))
	}
}

// Who is no party of the model acknowledges nothing.
func TestOnlyPartiesAcknowledge(t *testing.T) {
	s := start(t)
	s.sql(`with x as (
  update app.programme_version set review_parties = '{participant,coach}' returning 1) select count(*) from x`)
	rev := "/reviews/" + s.uuid(`select id from app.review where state = 'ready' limit 1`)
	u := s.as("eeva.ehkanen")
	page := u.get(rev)
	if page.code != 200 || strings.Contains(page.body, rev+"/acknowledgement") {
		t.Errorf("the expert's page: %d, or it asks for an acknowledgement", page.code)
	}
	v := s.sql(`select version from app.review where id = $1`, rev[len("/reviews/"):])
	got := u.post(rev+"/acknowledgement", url.Values{"form": {"01930000-0000-7000-8000-0000000000aa"}, "version": {v}})
	if got.code != 422 || !got.has("E_NOT_PARTY") {
		t.Errorf("an expert who is no party: %d %v", got.code, got.codes())
	}
}

package schedule_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// A room warns of too few seats or computers, and stops nothing.
func TestRooms(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("kimmo.koordinoiva")
	details := "/cohorts/" + demo.Running.String() + "/details"
	if page := u.Get(details).Body; !strings.Contains(page, "Tietokoneita on vähemmän") ||
		strings.Contains(page, "Istumapaikkoja on vähemmän") {
		t.Error("too few computers is not told, or too few seats is")
	}
	room := "/rooms/" + demo.Room(0).String()
	v := apptest.Fill(t, u.Get("/rooms").Body, room)
	v.Set("seats", "-3")
	if got := u.Post(room, v); got.Code != 422 || !got.Has("E_RANGE") || !strings.Contains(got.Body, `value="-3"`) {
		t.Errorf("a negative room: %d %v", got.Code, got.Codes())
	}
	v.Set("seats", "9")
	v.Set("computers", "10")
	if got := u.Post(room, v); got.Code != 303 {
		t.Fatalf("the room: %d %v", got.Code, got.Codes())
	}
	if page := u.Get(details).Body; strings.Contains(page, "Tietokoneita on vähemmän") ||
		!strings.Contains(page, "Istumapaikkoja on vähemmän") {
		t.Error("the warning did not change with the room")
	}
	if got := u.Post(room, v); got.Code != 303 || s.SQL(`select version from app.room where id = $1`, demo.Room(0)) != "2" {
		t.Errorf("the same form twice: %d", got.Code)
	}
	v.Set("form", uuid.NewString())
	if got := u.Post(room, v); got.Code != 409 {
		t.Errorf("a stale room: %d", got.Code)
	}
	// one meeting elsewhere
	veera := s.As("veera.valmentava")
	m := "/meetings/" + s.UUID(`select id from app.meeting where cohort_id = $1 and day = 15 and half = 1`, demo.Running)
	f := apptest.Fill(t, veera.Get(m).Body, m+"/room")
	f.Set("room", demo.Room(1).String())
	if got := veera.Post(m+"/room", f); got.Code != 303 || !strings.Contains(veera.Get(m).Body, "Kirjaston ryhmätila") ||
		!strings.Contains(veera.Get(details).Body, `selected>Valmennustila`) {
		t.Errorf("the meeting's room: %d %v", got.Code, got.Codes())
	}
	f.Set("form", uuid.NewString())
	f.Set("version", s.SQL(`select version from app.meeting where id = $1`, strings.TrimPrefix(m, "/meetings/")))
	f.Set("room", uuid.NewString())
	if got := veera.Post(m+"/room", f); got.Code < 400 || got.Code >= 500 {
		t.Errorf("a room that is none: %d", got.Code)
	}
}

// A closed day lengthens a new month, tells the coach of meetings on it, and is taken back until it comes.
func TestClosedDays(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("aatu.yllapitaja")
	v := apptest.Fill(t, u.Get("/admin/closed-days").Body, "/admin/closed-days")
	v.Set("from", "28.11.2026") // a Saturday and a Sunday
	v.Set("until", "29.11.2026")
	v.Set("reason", "Muutto")
	if got := u.Post("/admin/closed-days", v); got.Code != 422 || !got.Has("E_NO_WORKING_DAY") {
		t.Errorf("a week-end: %d %v", got.Code, got.Codes())
	}
	v.Set("until", "1.12.2026")
	if got := u.Post("/admin/closed-days", v); got.Code != 303 {
		t.Fatalf("closing: %d %v", got.Code, got.Codes())
	}
	if page := u.Get("/admin/closed-days").Body; !strings.Contains(page, "2 ryhmällä on tapaaminen") {
		t.Error("the administrator is not told of the meetings")
	}
	veera := s.As("veera.valmentava")
	if !strings.Contains(veera.Get("/").Body, "tapaaminen suljettuna päivänä") {
		t.Error("the coach is not told")
	}
	f := apptest.Fill(t, veera.Get("/cohorts/new").Body, "/cohorts")
	f.Set("name", "Ryhmä 16")
	f.Set("starts_on", "23.11.2026")
	f.Set("coordinator", s.UUID(`select id from app.membership where org_id = $1 and role = 'coordinator'`, demo.Org))
	if got := veera.Post("/cohorts", f); got.Code != 303 ||
		s.SQL(`select ends_on::text from app.cohort where id = $1`, f.Get("form")) != "2026-12-22" {
		t.Errorf(
			"a month over two closed days: %d %v ends %s",
			got.Code,
			got.Codes(),
			s.SQL(`select ends_on::text from app.cohort where id = $1`, f.Get("form")),
		)
	}
	drop := "/admin/closed-days/2026-12-01/delete"
	d := apptest.Fill(t, u.Get("/admin/closed-days").Body, drop)
	if got := u.Post(drop, d); got.Code != 303 || s.SQL(`select count(*) from app.closed_day where day = '2026-12-01'`) != "0" {
		t.Errorf("taking back: %d %v", got.Code, got.Codes())
	}
	s.Set(apptest.Morning.AddDate(0, 0, 14))
	if got := s.As("aatu.yllapitaja").Post(
		"/admin/closed-days/2026-11-30/delete", url.Values{"form": {uuid.NewString()}, "version": {"0"}},
	); got.Code != 422 ||
		!got.Has("E_PAST") {
		t.Errorf("a day gone by: %d %v", got.Code, got.Codes())
	}
}

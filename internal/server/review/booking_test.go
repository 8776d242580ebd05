package review_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
)

// A review keeps clear of the group, of the person's appointments, and of the other reviews of the coach, the expert and the
// place; on working days to come only. Nobody acknowledges before its day (internal/domain.md, ruling 34).
func TestBookingKeepsClear(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	at := func(n int) string { return "/enrolments/" + demo.Enrolment(n).String() + "/review" }
	book := func(n int, on, clock, place string) apptest.Answer {
		v := apptest.Fill(t, u.Get(at(n)).Body, at(n))
		v.Set("form", uuid.NewString())
		v.Set("meets_on", on)
		v.Set("meets_at", clock)
		v.Set("place", place)
		return u.Post(at(n), v)
	}
	for _, x := range []struct{ what, on, clock, code string }{
		{"on a group morning", "2.12.2026", "11.30", "E_OVERLAP"}, {"on a Sunday", "6.12.2026", "13.00", "E_HOLIDAY"},
		{"yesterday", "18.11.2026", "13.00", "E_PAST"}, {"in a hundred years", "2.12.2126", "13.00", "E_DATE_RANGE"},
	} {
		if got := book(1, x.on, x.clock, "Huone 9"); got.Code != 422 || !got.Has(x.code) {
			t.Errorf("%s: %d %v, want %s", x.what, got.Code, got.Codes(), x.code)
		}
	}
	if got := book(1, "2.12.2026", "13.00", "Huone 9"); got.Code != 303 {
		t.Fatalf("the first: %d %v", got.Code, got.Codes())
	}
	// the same coach and expert, elsewhere, a quarter of an hour later
	if got := book(2, "2.12.2026", "13.15", "Huone 10"); got.Code != 422 || !got.Has("E_OVERLAP") {
		t.Errorf("two at one time: %d %v", got.Code, got.Codes())
	}
	if got := book(2, "2.12.2026", "13.45", "Huone 9"); got.Code != 303 {
		t.Errorf("right after it: %d %v", got.Code, got.Codes())
	}
	// another coach's review in the same place
	s.SQL(`update app.review set meets_on = '2026-12-03', meets_at = 780, place = 'huone 11', state = 'draft' where id = $1`,
		demo.Review(203))
	if got := book(3, "3.12.2026", "13.00", "Huone 11"); got.Code != 422 || !got.Has("E_OVERLAP") {
		t.Errorf("in a place that is taken: %d %v", got.Code, got.Codes())
	}
	r := "/reviews/" + s.UUID(`select id from app.review where enrolment_id = $1`, demo.Enrolment(1))
	s.SQL(`update app.review set state = 'ready' where enrolment_id = $1`, demo.Enrolment(1))
	ack := apptest.Fill(t, u.Get(r).Body, r+"/acknowledgement")
	if got := u.Post(r+"/acknowledgement", ack); got.Code != 422 || !got.Has("E_NOT_YET") {
		t.Errorf("two weeks ahead: %d %v", got.Code, got.Codes())
	}
	s.Set(time.Date(2026, 12, 2, 13, 30, 0, 0, apptest.Morning.Location()))
	u = s.As("veera.valmentava")
	if got := u.Post(r+"/acknowledgement", apptest.Fill(t, u.Get(r).Body, r+"/acknowledgement")); got.Code != 303 {
		t.Errorf("on its day: %d %v", got.Code, got.Codes())
	}
}

// A meeting's time and place are moved while the talk is to come, under the rule of booking; its own old time is no clash, and
// everybody who reads the review sees what it was (internal/domain.md, ruling 41).
func TestMeetingIsMoved(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	at := "/enrolments/" + demo.Enrolment(1).String() + "/review"
	v := apptest.Fill(t, u.Get(at).Body, at)
	v.Set("meets_on", "2.12.2026")
	v.Set("meets_at", "13.00")
	v.Set("place", "Huone 9")
	if got := u.Post(at, v); got.Code != 303 {
		t.Fatalf("%d %v", got.Code, got.Codes())
	}
	r := "/reviews/" + s.UUID(`select id from app.review where enrolment_id = $1`, demo.Enrolment(1))
	move := func(on, clock, place string) apptest.Answer {
		v := apptest.Fill(t, u.Get(r).Body, r+"/meeting")
		v.Set("form", uuid.NewString())
		v.Set("meets_on", on)
		v.Set("meets_at", clock)
		v.Set("place", place)
		return u.Post(r+"/meeting", v)
	}
	for _, x := range []struct{ what, on, clock, place, code string }{
		{"nothing changed", "2.12.2026", "13.00", "Huone 9", "E_SAME"}, {"onto a group morning", "2.12.2026", "11.30", "Huone 9", "E_OVERLAP"},
		{"onto a Sunday", "6.12.2026", "13.00", "Huone 9", "E_HOLIDAY"}, {"into the past", "18.11.2026", "13.00", "Huone 9", "E_PAST"},
		{"to nowhere", "2.12.2026", "13.00", "", "E_REQUIRED"},
	} {
		if got := move(x.on, x.clock, x.place); got.Code != 422 || !got.Has(x.code) {
			t.Errorf("%s: %d %v, want %s", x.what, got.Code, got.Codes(), x.code)
		}
	}
	if got := move("2.12.2026", "13.15", "Huone 10"); got.Code != 303 {
		t.Fatalf("within its own old time: %d %v", got.Code, got.Codes())
	}
	s.SQL(`update app.review set state = 'ready' where enrolment_id = $1`, demo.Enrolment(1))
	for _, who := range []string{"veera.valmentava", "eeva.ehkanen"} {
		got := s.As(who).Get(r)
		if !strings.Contains(got.Body, "13.15") || !strings.Contains(got.Body, "2.12.2026 klo 13.00, Huone 9") {
			t.Errorf("%s does not see the new time and the old one: %d", who, got.Code)
		}
	}
	s.Set(time.Date(2026, 12, 2, 13, 30, 0, 0, apptest.Morning.Location()))
	u = s.As("veera.valmentava")
	late := apptest.Fill(t, u.Get(r).Body, r+"/meeting")
	late.Set("meets_on", "3.12.2026")
	if got := u.Post(r+"/acknowledgement", apptest.Fill(t, u.Get(r).Body, r+"/acknowledgement")); got.Code != 303 {
		t.Fatalf("%d %v", got.Code, got.Codes())
	}
	if strings.Contains(u.Get(r).Body, r+"/meeting") {
		t.Error("a meeting that was held is offered to be moved")
	}
	if got := u.Post(r+"/meeting", late); got.Code != 422 || !got.Has("E_REVIEW_ACKED") {
		t.Errorf("after the talk: %d %v", got.Code, got.Codes())
	}
}

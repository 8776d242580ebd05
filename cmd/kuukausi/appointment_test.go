package main

import (
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"kuukausi/internal/postgres/demo"
)

// An appointment is booked for one or several, never over what they have; it is settled once its day has come.
func TestAppointments(t *testing.T) {
	s := start(t)
	u := s.as("veera.valmentava")
	at := "/cohorts/" + demo.Running.String() + "/appointments"
	pekka, leila := demo.Enrolment(4).String(), demo.Enrolment(2).String()
	book := func(change func(url.Values)) answer {
		t.Helper()
		v := fill(t, u.get(at).body, at)
		for k, x := range map[string]string{
			"kind": "visit", "held_on": "20.11.2026", "starts_at": "11.50", "ends_at": "12.20", "place": "Kirjasto",
		} {
			v.Set(k, x)
		}
		v["for"] = []string{pekka, leila}
		change(v)
		return u.post(at, v)
	}
	for _, c := range []struct {
		code   string
		change func(url.Values)
	}{
		{"E_REQUIRED", func(v url.Values) { v.Del("for") }},
		{"E_HOLIDAY", func(v url.Values) { v.Set("held_on", "21.11.2026") }},
		{"E_PAST", func(v url.Values) { v.Set("held_on", "18.11.2026") }},
		{"E_TIME", func(v url.Values) { v.Set("ends_at", "11.50") }},
		{"E_OVERLAP", func(v url.Values) { v.Set("starts_at", "11.44") }},    // the group half-day ends at 11.45
		{"E_OVERLAP", func(v url.Values) { v.Set("ends_at", "12.31") }},      // the trial begins at 12.30
		{"E_OVERLAP", func(v url.Values) { v.Set("held_on", "19.11.2026") }}, // Pekka's own of 11.55
		{"E_CHOICE", func(v url.Values) { v["for"] = []string{demo.OtherCoachsEnrolment(0).String()} }},
	} {
		if got := book(c.change); got.code != 422 || !got.has(c.code) || !strings.Contains(got.body, `value="Kirjasto"`) {
			t.Errorf("want %s: %d %v", c.code, got.code, got.codes())
		}
	}
	if got := book(func(v url.Values) { v.Set("starts_at", "11.45"); v.Set("ends_at", "12.30") }); got.code != 303 {
		t.Fatalf("between the halves: %d %v", got.code, got.codes())
	}
	// ten at once for the same half hour of one person: one
	one := "/enrolments/" + leila + "/appointments"
	var wg sync.WaitGroup
	page := u.get(one).body
	for range 10 {
		v := fill(t, page, one)
		v.Set("form", uuid.NewString())
		for k, x := range map[string]string{
			"kind": "single", "held_on": "23.11.2026", "starts_at": "11.50", "ends_at": "12.20", "place": "Huone 5",
		} {
			v.Set(k, x)
		}
		wg.Go(func() { u.post(one, v) })
	}
	wg.Wait()
	if n := s.sql(`select count(*) from app.appointment where enrolment_id = $1 and held_on = '2026-11-23'`, leila); n != "1" {
		t.Errorf("%s appointments at one time", n)
	}
	// the participant sees hers; yesterday's is settled, tomorrow's can only be called off
	if tuulikki := s.as("tuulikki.esimerkki").get("/me").body; !strings.Contains(tuulikki, "Tutustuminen iltavuoroon") ||
		strings.Contains(tuulikki, "jaksaminen") {
		t.Error("the participant's own appointments are wrong")
	}
	if today := u.get("/").body; !strings.Contains(today, "oma tapaaminen klo 11.55") || !strings.Contains(today, "kirjaa, pidettiinkö") {
		t.Error("today does not tell of the appointments")
	}
	settle := func(id uuid.UUID, of uuid.UUID, to string) answer {
		path := "/appointments/" + id.String() + "/state"
		v := fill(t, u.get("/enrolments/"+of.String()+"/appointments").body, path)
		v.Set("state", to)
		return u.post(path, v)
	}
	if got := settle(demo.Appointment(2), demo.Enrolment(8), "held"); got.code != 422 || !got.has("E_NOT_YET") {
		t.Errorf("held before its day: %d %v", got.code, got.codes())
	}
	if got := settle(demo.Appointment(1), demo.Enrolment(6), "held"); got.code != 303 {
		t.Errorf("yesterday's: %d %v", got.code, got.codes())
	}
	if got := u.post(
		"/appointments/"+demo.Appointment(1).String()+"/state",
		url.Values{"form": {uuid.NewString()}, "version": {"2"}, "state": {"not_held"}},
	); got.code != 409 {
		t.Errorf("settled twice: %d", got.code)
	}
}

// A room warns of too few seats or computers, and stops nothing.
func TestRooms(t *testing.T) {
	s := start(t)
	u := s.as("kimmo.koordinoiva")
	details := "/cohorts/" + demo.Running.String() + "/details"
	if page := u.get(details).body; !strings.Contains(page, "Tietokoneita on vähemmän") ||
		strings.Contains(page, "Istumapaikkoja on vähemmän") {
		t.Error("too few computers is not told, or too few seats is")
	}
	room := "/rooms/" + demo.Room(0).String()
	v := fill(t, u.get("/rooms").body, room)
	v.Set("seats", "-3")
	if got := u.post(room, v); got.code != 422 || !got.has("E_RANGE") || !strings.Contains(got.body, `value="-3"`) {
		t.Errorf("a negative room: %d %v", got.code, got.codes())
	}
	v.Set("seats", "9")
	v.Set("computers", "10")
	if got := u.post(room, v); got.code != 303 {
		t.Fatalf("the room: %d %v", got.code, got.codes())
	}
	if page := u.get(details).body; strings.Contains(page, "Tietokoneita on vähemmän") ||
		!strings.Contains(page, "Istumapaikkoja on vähemmän") {
		t.Error("the warning did not change with the room")
	}
	if got := u.post(room, v); got.code != 303 || s.sql(`select version from app.room where id = $1`, demo.Room(0)) != "2" {
		t.Errorf("the same form twice: %d", got.code)
	}
	v.Set("form", uuid.NewString())
	if got := u.post(room, v); got.code != 409 {
		t.Errorf("a stale room: %d", got.code)
	}
	// one meeting elsewhere
	veera := s.as("veera.valmentava")
	m := "/meetings/" + s.uuid(`select id from app.meeting where cohort_id = $1 and day = 15 and half = 1`, demo.Running)
	f := fill(t, veera.get(m).body, m+"/room")
	f.Set("room", demo.Room(1).String())
	if got := veera.post(m+"/room", f); got.code != 303 || !strings.Contains(veera.get(m).body, "Kirjaston ryhmätila") ||
		!strings.Contains(veera.get(details).body, `selected>Valmennustila`) {
		t.Errorf("the meeting's room: %d %v", got.code, got.codes())
	}
	f.Set("form", uuid.NewString())
	f.Set("version", s.sql(`select version from app.meeting where id = $1`, strings.TrimPrefix(m, "/meetings/")))
	f.Set("room", uuid.NewString())
	if got := veera.post(m+"/room", f); got.code < 400 || got.code >= 500 {
		t.Errorf("a room that is none: %d", got.code)
	}
}

// A closed day lengthens a new month, tells the coach of meetings on it, and is taken back until it comes.
func TestClosedDays(t *testing.T) {
	s := start(t)
	u := s.as("aatu.yllapitaja")
	v := fill(t, u.get("/admin/closed-days").body, "/admin/closed-days")
	v.Set("from", "28.11.2026") // a Saturday and a Sunday
	v.Set("until", "29.11.2026")
	v.Set("reason", "Muutto")
	if got := u.post("/admin/closed-days", v); got.code != 422 || !got.has("E_NO_WORKING_DAY") {
		t.Errorf("a week-end: %d %v", got.code, got.codes())
	}
	v.Set("until", "1.12.2026")
	if got := u.post("/admin/closed-days", v); got.code != 303 {
		t.Fatalf("closing: %d %v", got.code, got.codes())
	}
	if page := u.get("/admin/closed-days").body; !strings.Contains(page, "2 ryhmällä on tapaaminen") {
		t.Error("the administrator is not told of the meetings")
	}
	veera := s.as("veera.valmentava")
	if !strings.Contains(veera.get("/").body, "tapaaminen suljettuna päivänä") {
		t.Error("the coach is not told")
	}
	f := fill(t, veera.get("/cohorts/new").body, "/cohorts")
	f.Set("name", "Ryhmä 16")
	f.Set("starts_on", "23.11.2026")
	f.Set("coordinator", s.uuid(`select id from app.membership where org_id = $1 and role = 'coordinator'`, demo.Org))
	if got := veera.post("/cohorts", f); got.code != 303 ||
		s.sql(`select ends_on::text from app.cohort where id = $1`, f.Get("form")) != "2026-12-22" {
		t.Errorf(
			"a month over two closed days: %d %v ends %s",
			got.code,
			got.codes(),
			s.sql(`select ends_on::text from app.cohort where id = $1`, f.Get("form")),
		)
	}
	drop := "/admin/closed-days/2026-12-01/delete"
	d := fill(t, u.get("/admin/closed-days").body, drop)
	if got := u.post(drop, d); got.code != 303 || s.sql(`select count(*) from app.closed_day where day = '2026-12-01'`) != "0" {
		t.Errorf("taking back: %d %v", got.code, got.codes())
	}
	s.set(morning.AddDate(0, 0, 14))
	if got := s.as("aatu.yllapitaja").post(
		"/admin/closed-days/2026-11-30/delete", url.Values{"form": {uuid.NewString()}, "version": {"0"}},
	); got.code != 422 ||
		!got.has("E_PAST") {
		t.Errorf("a day gone by: %d %v", got.code, got.codes())
	}
}

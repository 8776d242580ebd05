package schedule_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
)

// An appointment is booked for one or several, never over what they have; it is settled once its day has come.
func TestAppointments(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	at := "/cohorts/" + demo.Running.String() + "/appointments"
	pekka, leila := demo.Enrolment(4).String(), demo.Enrolment(2).String()
	book := func(change func(url.Values)) apptest.Answer {
		t.Helper()
		v := apptest.Fill(t, u.Get(at).Body, at)
		for k, x := range map[string]string{
			"kind": "visit", "held_on": "20.11.2026", "starts_at": "11.50", "ends_at": "12.20", "place": "Kirjasto",
		} {
			v.Set(k, x)
		}
		v["for"] = []string{pekka, leila}
		change(v)
		return u.Post(at, v)
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
		if got := book(c.change); got.Code != 422 || !got.Has(c.code) || !strings.Contains(got.Body, `value="Kirjasto"`) {
			t.Errorf("want %s: %d %v", c.code, got.Code, got.Codes())
		}
	}
	if got := book(func(v url.Values) { v.Set("starts_at", "11.45"); v.Set("ends_at", "12.30") }); got.Code != 303 {
		t.Fatalf("between the halves: %d %v", got.Code, got.Codes())
	}
	// ten at once for the same half hour of one person: one
	one := "/enrolments/" + leila + "/appointments"
	var wg sync.WaitGroup
	page := u.Get(one).Body
	for range 10 {
		v := apptest.Fill(t, page, one)
		v.Set("form", uuid.NewString())
		for k, x := range map[string]string{
			"kind": "single", "held_on": "23.11.2026", "starts_at": "11.50", "ends_at": "12.20", "place": "Huone 5",
		} {
			v.Set(k, x)
		}
		wg.Go(func() { u.Post(one, v) })
	}
	wg.Wait()
	if n := s.SQL(`select count(*) from app.appointment where enrolment_id = $1 and held_on = '2026-11-23'`, leila); n != "1" {
		t.Errorf("%s appointments at one time", n)
	}
	// the participant sees hers; yesterday's is settled, tomorrow's can only be called off
	if tuulikki := s.As("tuulikki.esimerkki").Get("/me").Body; !strings.Contains(tuulikki, "Tutustuminen iltavuoroon") ||
		strings.Contains(tuulikki, "jaksaminen") {
		t.Error("the participant's own appointments are wrong")
	}
	if today := u.Get("/").Body; !strings.Contains(today, "oma tapaaminen klo 11.55") || !strings.Contains(today, "kirjaa, pidettiinkö") {
		t.Error("today does not tell of the appointments")
	}
	settle := func(id uuid.UUID, of uuid.UUID, to string) apptest.Answer {
		path := "/appointments/" + id.String() + "/state"
		v := apptest.Fill(t, u.Get("/enrolments/"+of.String()+"/appointments").Body, path)
		v.Set("state", to)
		return u.Post(path, v)
	}
	if got := settle(demo.Appointment(2), demo.Enrolment(8), "held"); got.Code != 422 || !got.Has("E_NOT_YET") {
		t.Errorf("held before its day: %d %v", got.Code, got.Codes())
	}
	if got := settle(demo.Appointment(1), demo.Enrolment(6), "held"); got.Code != 303 {
		t.Errorf("yesterday's: %d %v", got.Code, got.Codes())
	}
	if got := settle(demo.Appointment(1), demo.Enrolment(6), "booked"); got.Code != 303 {
		t.Errorf("taken back: %d %v", got.Code, got.Codes())
	}
	if got := settle(demo.Appointment(1), demo.Enrolment(6), "held"); got.Code != 303 {
		t.Errorf("held after all: %d %v", got.Code, got.Codes())
	}
	s.SQL(`insert into app.appointment (org_id, id, enrolment_id, batch_id, kind, held_on, starts_at, ends_at, place, booked_by)
select org_id, gen_random_uuid(), enrolment_id, gen_random_uuid(), kind, held_on, starts_at, ends_at, place, booked_by
from app.appointment where id = $1 returning 1`, demo.Appointment(1))
	if got := settle(demo.Appointment(1), demo.Enrolment(6), "booked"); got.Code != 422 || !got.Has("E_OVERLAP") {
		t.Errorf("taken back over another: %d %v", got.Code, got.Codes())
	}
	if got := u.Post(
		"/appointments/"+demo.Appointment(1).String()+"/state",
		url.Values{"form": {uuid.NewString()}, "version": {"2"}, "state": {"not_held"}},
	); got.Code != 409 {
		t.Errorf("settled twice: %d", got.Code)
	}
	s.SQL(`update app.enrolment set state = 'withdrawn', closed_at = '2026-11-19' where id = $1 returning 1`, demo.Enrolment(6))
	if strings.Contains(u.Get("/enrolments/"+demo.Enrolment(6).String()+"/appointments").Body, demo.Appointment(1).String()+"/state") {
		t.Error("the appointment of a case that ended offers to be taken back")
	}
	if got := u.Post(
		"/appointments/"+demo.Appointment(1).String()+"/state",
		url.Values{"form": {uuid.NewString()}, "version": {"4"}, "state": {"booked"}},
	); got.Code != 422 || !got.Has("E_CASE_CLOSED") {
		t.Errorf("taken back once the case ended: %d %v", got.Code, got.Codes())
	}
}

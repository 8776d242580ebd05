package partner_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// Open days: the last seat goes to one of many; seats are given back; a stranger's case cannot be signed up.
func TestOpenDays(t *testing.T) {
	s := apptest.Start(t, apptest.Many)
	v := s.As("veera.valmentava")
	at := "/open-days/" + demo.OpenDay(0).String() + "/signups"
	s.SQL(`update app.open_day set seats = 3 where id = $1`, demo.OpenDay(0))
	got := apptest.AtOnce(8, func(i int) apptest.Answer {
		return v.Post(
			at,
			url.Values{"form": {uuid.NewString()}, "version": {"0"}, "enrolment": {demo.Enrolment([]int{0, 2, 4, 5, 6, 7, 8, 9}[i]).String()}},
		)
	})
	if got[303] != 1 || got[422] != 7 || s.SQL(`select seats_taken from app.open_day where id = $1`, demo.OpenDay(0)) != "3" {
		t.Errorf("answers %v", got)
	}
	if got := v.Post(
		at, url.Values{"form": {uuid.NewString()}, "version": {"0"}, "enrolment": {demo.OtherCoachsEnrolment(0).String()}},
	); got.Code != 422 ||
		!got.Has("E_SIGN_UP_WHO") {
		t.Errorf("a stranger: %d %v", got.Code, got.Codes())
	}
	id := s.UUID(`select id from app.open_day_signup where enrolment_id = $1`, demo.Enrolment(1))
	if got := v.Post("/signups/"+id+"/end", url.Values{"form": {uuid.NewString()}, "version": {"0"}}); got.Code != 303 ||
		s.SQL(`select seats_taken from app.open_day where id = $1`, demo.OpenDay(0)) != "2" {
		t.Errorf("given back: %d", got.Code)
	}
	tuu := s.As("tuulikki.esimerkki")
	f := apptest.Fill(t, tuu.Get("/me/trials").Body, "/open-days/"+demo.OpenDay(1).String()+"/signups")
	if got := tuu.Post("/open-days/"+demo.OpenDay(1).String()+"/signups", f); got.Code != 303 || got.Location != "/me/trials" {
		t.Errorf("a participant's own: %d %v", got.Code, got.Codes())
	}
	if page := v.Get("/open-days").Body; !strings.Contains(page, "Tuulikki Esimerkki") {
		t.Error("the coach does not see who comes")
	}
	// the employer hour stands on the cohort's programme and on the participant's own page
	if page := v.Get("/cohorts/" + demo.Running.String() + "/weeks/3").Body; !strings.Contains(page, "työnantajatunti 9.45–10.45") {
		t.Error("the employer hour is not on the programme")
	}
	if page := tuu.Get("/me").Body; !strings.Contains(page, "työnantajatunti") {
		t.Error("the employer hour is not on the participant's page")
	}
	k := s.As("kimmo.koordinoiva")
	c := apptest.Fill(t, k.Get("/open-days").Body, "/open-days/"+demo.OpenDay(0).String()+"/cancellation")
	if got := s.As("senni.sijainen").Post("/open-days/"+demo.OpenDay(0).String()+"/cancellation", c); got.Code != 403 {
		t.Errorf("called off by somebody else: %d", got.Code)
	}
	c.Set("form", uuid.NewString())
	if got := k.Post("/open-days/"+demo.OpenDay(0).String()+"/cancellation", c); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	if got := v.Post(at, url.Values{"form": {uuid.NewString()}, "version": {"0"}, "enrolment": {demo.Enrolment(4).String()}}); !got.Has(
		"E_OPEN_DAY_OVER",
	) &&
		!got.Has("E_SIGNED_UP") {
		t.Errorf("after it was called off: %d %v", got.Code, got.Codes())
	}
}

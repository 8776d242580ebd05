package casework_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// A team meeting writes a line a person; who promised sees it and marks it done, nobody else.
func TestTeamMeeting(t *testing.T) {
	s := apptest.Start(t)
	veera, kimmo := s.As("veera.valmentava"), s.As("kimmo.koordinoiva")
	at := "/cohorts/" + demo.Running.String() + "/walk"
	one, two := demo.Enrolment(0).String(), demo.Enrolment(3).String()
	v := apptest.Fill(t, veera.Get(at).Body, at)
	if got := veera.Post(at, v); got.Code != 422 || !got.Has("E_NOTHING_AGREED") {
		t.Errorf("an empty meeting: %d %v", got.Code, got.Codes())
	}
	v.Set("agreed."+one, "Kysyy aamuvuoroa leipomosta")
	v.Set("owner."+one, "coordinator")
	v.Set("due."+one, "1.11.2026")
	v.Set("agreed."+two, "Tuo todistukset")
	v.Set("owner."+two, "participant")
	got := veera.Post(at, v)
	if got.Code != 422 || !got.Has("E_PAST") || !strings.Contains(got.Body, "Kysyy aamuvuoroa leipomosta") {
		t.Errorf("a day that has passed: %d %v", got.Code, got.Codes())
	}
	v.Set("due."+one, "20.11.2026")
	if got := veera.Post(at, v); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	if got := veera.Post(at, v); got.Code != 303 || s.SQL(`select count(*) from app.promise where body = 'Tuo todistukset'`) != "1" {
		t.Errorf("a double submit: %d", got.Code)
	}
	left := apptest.Fill(t, veera.Get(at).Body, at)
	left.Set("agreed."+one, "Ehti kirjoittaa tämän")
	s.SQL(`update app.enrolment set state = 'withdrawn' where id in ($1, $2)`, demo.Enrolment(0), demo.Enrolment(5))
	if got := veera.Post(at, left); got.Code != 422 || !got.Has("E_LEFT") || !strings.Contains(got.Body, "Ehti kirjoittaa tämän") {
		t.Errorf("after somebody left: %d %v", got.Code, got.Codes())
	}
	s.SQL(`update app.enrolment set state = 'active' where id in ($1, $2)`, demo.Enrolment(0), demo.Enrolment(5))
	v.Set("form", uuid.NewString())
	v.Set("agreed."+demo.OtherCoachsEnrolment(0).String(), "x")
	if got := veera.Post(at, v); got.Code != 404 {
		t.Errorf("about somebody of another cohort: %d", got.Code)
	}
	// what was kept is ticked in the same form
	kept := apptest.Fill(t, veera.Get(at).Body, at)
	ticked := s.UUID(`select id from app.promise where body like 'Soittaa työterveyteen%'`)
	foreign := s.UUID(`select gen_random_uuid()`)
	kept["done"] = []string{ticked, foreign}
	if got := veera.Post(at, kept); got.Code != 303 || s.SQL(`select count(*) from app.promise where done_at is not null`) != "1" {
		t.Errorf("ticking a kept promise: %d %v", got.Code, got.Codes())
	}
	page := kimmo.Get("/promises").Body
	if !strings.Contains(page, "Kysyy aamuvuoroa leipomosta") || strings.Contains(page, "Tuo todistukset") ||
		strings.Contains(page, "Soittaa työterveyteen") {
		t.Error("the coordinator's list is not the coordinator's own promises")
	}
	id := s.UUID(`select id from app.promise where body = 'Kysyy aamuvuoroa leipomosta'`)
	done := apptest.Fill(t, page, "/promises/"+id+"/done")
	if got := kimmo.Post("/promises/"+id+"/done", done); got.Code != 303 || got.Location != "/promises" {
		t.Fatal(got.Code, got.Location)
	}
	done.Set("form", uuid.NewString())
	if got := kimmo.Post("/promises/"+id+"/done", done); got.Code != 409 {
		t.Errorf("done twice: %d", got.Code)
	}
	other := s.UUID(`select id from app.promise where body = 'Tuo todistukset'`)
	if got := kimmo.Post("/promises/"+other+"/done", url.Values{"form": {uuid.NewString()}, "version": {"1"}}); got.Code != 404 {
		t.Errorf("the participant's promise kept by the coordinator: %d", got.Code)
	}
	done.Set("back", "https://elsewhere.example.org/")
	done.Set("form", uuid.NewString())
	done.Set("version", "1")
	if got := veera.Post("/promises/"+other+"/done", done); got.Code != 303 || got.Location != "/" {
		t.Errorf("the way back leads elsewhere: %d %s", got.Code, got.Location)
	}
}

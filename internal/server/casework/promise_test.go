package casework_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
)

// A promise is made on the person's own page too, kept, and found not kept after all.
func TestPromiseIsMadeAndUndone(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	person := "/enrolments/" + demo.Enrolment(0).String()
	at := person + "/promises"
	send := func(body, owner, due string) apptest.Answer {
		v := apptest.Fill(t, u.Get(person).Body, at)
		v.Set("agreed", body)
		v.Set("owner", owner)
		v.Set("due", due)
		return u.Post(at, v)
	}
	for _, x := range []struct{ body, owner, due, code string }{
		{"", "coach", "", "E_REQUIRED"}, {"Soitto", "somebody", "", "E_CHOICE"}, {"Soitto", "coach", "31.2.2027", "E_DATE"},
		{"Soitto", "coach", "1.1.2026", "E_PAST"},
	} {
		got := send(x.body, x.owner, x.due)
		if got.Code != 422 || !got.Has(x.code) || x.body != "" && !strings.Contains(got.Body, `value="Soitto"`) {
			t.Errorf("%v: %d %v", x, got.Code, got.Codes())
		}
	}
	if got := send("Soitto päiväkotiin", "coordinator", "1.12.2026"); got.Code != 303 {
		t.Fatalf("%d %v", got.Code, got.Codes())
	}
	id := s.UUID(`select id from app.promise where body = 'Soitto päiväkotiin'`)
	k := s.As("kimmo.koordinoiva")
	settle := func(u *apptest.User, page, act string) apptest.Answer {
		path := "/promises/" + id + "/" + act
		return u.Post(path, apptest.Fill(t, u.Get(page).Body, path))
	}
	if got := settle(k, "/promises", "done"); got.Code != 303 {
		t.Fatalf("kept: %d", got.Code)
	}
	again := url.Values{"form": {uuid.NewString()}, "version": {"2"}, "back": {"/promises"}}
	if got := k.Post("/promises/"+id+"/done", again); got.Code != 409 {
		t.Errorf("kept twice: %d", got.Code)
	}
	if !strings.Contains(u.Get(person).Body, "Palauta avoimeksi") {
		t.Error("the coach does not see what was kept")
	}
	if got := settle(k, "/promises", "reopening"); got.Code != 303 {
		t.Fatalf("reopened: %d", got.Code)
	}
	if open := s.SQL(`select done_at is null and done_by is null from app.promise where id = $1`, id); open != "true" {
		t.Error("it is not open again")
	}
	if got := settle(u, person, "done"); got.Code != 303 {
		t.Errorf("kept by the coach: %d", got.Code)
	}
	if got := s.As("eeva.ehkanen").Post("/promises/"+id+"/reopening", again); got.Code == 303 {
		t.Error("an expert reopens a coordinator's promise")
	}
}

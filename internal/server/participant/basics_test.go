package participant_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// Who somebody is gets corrected by their coach, with what it was kept beside it (internal/domain.md, ruling 41).
func TestBasicsAreCorrected(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	at := "/enrolments/" + demo.Enrolment(0).String() + "/person"
	was := s.SQL(`select first_name from app.participant p join app.enrolment e on e.participant_id = p.id where e.id = $1`,
		demo.Enrolment(0))
	s.SQL(`update app.participant set code_known = false where id = (select participant_id from app.enrolment where id = $1)`,
		demo.Enrolment(0))
	send := func(set ...string) apptest.Answer {
		v := apptest.Fill(t, u.Get(at).Body, at)
		v.Set("form", uuid.NewString())
		for i := 0; i < len(set); i += 2 {
			v.Set(set[i], set[i+1])
		}
		return u.Post(at, v)
	}
	for _, x := range []struct{ what, field, value, code string }{
		{"nothing changed", "first_name", was, "E_SAME"}, {"no name", "last_name", "", "E_REQUIRED"},
		{"a name without a letter", "last_name", "---", "E_NAME"}, {"a child", "born_on", "1.1.2020", "E_AGE"},
		{"no day", "born_on", "31.2.1980", "E_DATE"}, {"a language of its own", "lang", "et", "E_CHOICE"},
	} {
		if got := send(x.field, x.value); got.Code != 422 || !got.Has(x.code) {
			t.Errorf("%s: %d %v, want %s", x.what, got.Code, got.Codes(), x.code)
		}
	}
	if got := send("first_name", "Åsa-Kaarina", "lang", "sv"); got.Code != 303 {
		t.Fatalf("%d %v", got.Code, got.Codes())
	}
	page := u.Get(at).Body
	if !strings.Contains(page, was+" → Åsa-Kaarina") || !strings.Contains(page, "Veera Valmentava") {
		t.Error("what it was, and who changed it, is not told")
	}
	if !strings.Contains(u.Get("/enrolments/"+demo.Enrolment(0).String()).Body, "Åsa-Kaarina") {
		t.Error("the person's page has the old name")
	}
	// a stale page keeps what was typed
	v := apptest.Fill(t, page, at)
	v.Set("first_name", "Aino")
	v.Set("version", "1")
	v.Set("form", uuid.NewString())
	if got := u.Post(at, v); got.Code != 409 || !strings.Contains(got.Body, `value="Aino"`) {
		t.Errorf("stale: %d", got.Code)
	}
	s.SQL(`update app.participant set code_known = true where id = (select participant_id from app.enrolment where id = $1)`,
		demo.Enrolment(0))
	if got := send("born_on", "2.2.1990"); got.Code != 422 || !got.Has("E_CODE_BORN") {
		t.Errorf("the day of birth against the code: %d %v", got.Code, got.Codes())
	}
	v.Set("form", uuid.NewString())
	if got := s.As("eeva.ehkanen").Post(at, v); got.Code != 404 {
		t.Errorf("an expert corrects: %d", got.Code)
	}
}

package partner_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/url"
	"testing"

	"github.com/google/uuid"
)

// A planned contact of another trial, of a trial that is no more, or of fifty years ago is none.
func TestPlannedContacts(t *testing.T) {
	s := apptest.Start(t)
	k := s.As("kimmo.koordinoiva")
	at := "/trials/" + demo.Trial(108).String() + "/contacts"
	post := func(at, checkin, on string) apptest.Answer {
		return k.Post(
			at,
			url.Values{"form": {uuid.NewString()}, "version": {"1"}, "checkin": {checkin}, "kind": {"call"}, "about": {"guidance"}, "on": {on}},
		)
	}
	other := s.UUID(`select id from app.trial_checkin where trial_id = $1 and contact_id is null limit 1`, demo.Trial(100))
	mine := s.UUID(`select id from app.trial_checkin where trial_id = $1 and contact_id is null limit 1`, demo.Trial(108))
	for what, got := range map[string]apptest.Answer{
		"another trial's": post(at, other, "19.11.2026"), "nobody's": post(at, uuid.NewString(), "19.11.2026"),
		"of 1950": post(at, mine, "1.1.1950"),
	} {
		if got.Code != 422 {
			t.Errorf("%s: %d", what, got.Code)
		}
	}
	if got := post(at, mine, "19.11.2026"); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	if got := post(at, mine, "19.11.2026"); got.Code != 409 {
		t.Errorf("done twice: %d", got.Code)
	}
	s.SQL(`update app.trial set state = 'cancelled' where id = $1`, demo.Trial(107))
	if got := post("/trials/"+demo.Trial(107).String()+"/contacts", "", "19.11.2026"); got.Code != 422 || !got.Has("E_TRANSITION") {
		t.Errorf("about a proposal that was taken back: %d %v", got.Code, got.Codes())
	}
}

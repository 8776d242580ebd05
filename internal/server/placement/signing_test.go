package placement_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// Who is a party signs for themself in the app, today; a diary is the participant's, and the coach's where it is shared.
func TestSigningInTheApp(t *testing.T) {
	s := apptest.Start(t)
	tuu, e, k, v := s.As("tuulikki.esimerkki"), s.As("eeva.ehkanen"), s.As("kimmo.koordinoiva"), s.As("veera.valmentava")
	trial := demo.Trial(108)
	at := "/trials/" + trial.String()
	day := apptest.Fill(t, tuu.Get("/me/trials").Body, at+"/diary")
	if got := tuu.Post(at+"/diary", day); got.Code != 422 || !got.Has("E_CHOICE") {
		t.Errorf("a day without a mood: %d %v", got.Code, got.Codes())
	}
	for text, share := range map[string]string{"OMA AJATUS": "", "JAETTU AJATUS": "yes"} {
		d := apptest.Fill(t, tuu.Get("/me/trials").Body, at+"/diary")
		d.Set("mood", "fine")
		d.Set("diary", text)
		d.Set("shared", share)
		if got := tuu.Post(at+"/diary", d); got.Code != 303 {
			t.Fatal(got.Code, got.Codes())
		}
	}
	if page := v.Get(at).Body; strings.Contains(page, "OMA AJATUS") || !strings.Contains(page, "JAETTU AJATUS") {
		t.Error("the coach reads what was not shared, or not what was")
	}
	for _, u := range []*apptest.User{k, e} {
		if page := u.Get(at).Body; strings.Contains(page, "AJATUS") {
			t.Errorf("%s reads the diary", u.Name)
		}
	}
	s.SQL(`delete from app.trial_signature where trial_id = $1`, trial)
	s.SQL(`update app.trial set state = 'draft', starts_on = '2026-11-20', version = 2 where id = $1`, trial)
	sign := apptest.Fill(t, tuu.Get("/me/trials").Body, at+"/signatures")
	sign.Set("party", "authority") // whatever the form says
	sign.Set("signed_on", "1.1.2026")
	if got := tuu.Post(at+"/signatures", sign); got.Code != 303 || got.Location != "/me/trials" {
		t.Fatal(got.Code, got.Codes())
	}
	if got := e.Post(at+"/signatures", apptest.Fill(t, e.Get(at).Body, at+"/signatures")); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	if got := s.SQL(`select string_agg(party || ' ' || how || ' ' || signed_on, ', ' order by party)
from app.trial_signature
where trial_id = $1`, trial); got != "authority app 2026-11-19, participant app 2026-11-19" {
		t.Error(got)
	}
	if got := v.Post(
		at+"/signatures",
		url.Values{"form": {uuid.NewString()}, "version": {"2"}, "party": {"organiser"}, "signed_on": {"19.11.2026"}},
	); got.Code != 403 {
		t.Errorf("a coach signs: %d", got.Code)
	}
}

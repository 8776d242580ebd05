package casework_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// write fills the note form of a person's page.
func write(u *apptest.User, e uuid.UUID, set map[string]string) url.Values {
	u.T.Helper()
	at := "/enrolments/" + e.String()
	v := apptest.Fill(u.T, u.Get(at).Body, at+"/notes")
	for k, x := range set {
		v.Set(k, x)
	}
	return v
}

// A private note is its author's, a case note the coaches', a shared one the participant's too; nobody else's, and what
// was filed is not taken back.
func TestNotes(t *testing.T) {
	s := apptest.Start(t)
	veera, tuulikki := s.As("veera.valmentava"), s.As("tuulikki.esimerkki")
	e := demo.Enrolment(8) // Tuulikki, who has a login
	at := "/enrolments/" + e.String()
	add := func(text, level string) string {
		t.Helper()
		v := write(veera, e, map[string]string{"body": text, "visibility": level, "source": "coach"})
		if got := veera.Post(at+"/notes", v); got.Code != 303 {
			t.Fatalf("%s: %d %v", level, got.Code, got.Codes())
		}
		return "/notes/" + v.Get("form")
	}
	private, filed := add("Yksityinen ajatus", "private"), add("Äänekäs ryhmä, oli laiskasti valmisteltu", "case")
	add("Sovimme puhelusta maanantaina", "shared")

	// a substitute for the rest of the week
	s.SQL(`insert into app.cohort_duty (org_id, id, cohort_id, user_id, kind, valid_from, valid_until)
select
  org_id,
  gen_random_uuid(),
  $2,
  id,
  'substitute',
  '2026-11-01',
  '2027-06-01'
from app.membership
where org_id = $1 and email = 'senni.sijainen@example.org'`, demo.Org, demo.Running)
	for who, want := range map[*apptest.User][3]bool{veera: {true, true, true}, s.As("senni.sijainen"): {false, true, true}} {
		page := who.Get(at).Body
		for i, text := range []string{"Yksityinen ajatus", "Äänekäs ryhmä", "Sovimme puhelusta"} {
			if strings.Contains(page, text) != want[i] {
				t.Errorf("%s sees %q: %v", who.Name, text, !want[i])
			}
		}
	}
	mine := tuulikki.Get("/me").Body
	if !strings.Contains(mine, "Sovimme puhelusta") || strings.Contains(mine, "Äänekäs") || strings.Contains(mine, "Yksityinen") {
		t.Error("the participant sees other notes than the shared ones")
	}
	for _, who := range []string{"eeva.ehkanen", "kimmo.koordinoiva", "aatu.yllapitaja"} {
		if u := s.As(who); strings.Contains(u.Get(at).Body, "Äänekäs") || u.Get(filed).Code != 404 {
			t.Errorf("%s sees a note", who)
		}
	}
	// one's own words come back with a question, and a correction keeps what was said
	if page := veera.Get(filed).Body; !strings.Contains(page, "Lue vielä kerran: laiska") {
		t.Error("the wording aid is silent")
	}
	v := apptest.Fill(t, veera.Get(filed).Body, filed)
	v.Set("body", "Valmistelu jäi kesken, kertoi itse syyn")
	if got := veera.Post(filed, v); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	if had := s.SQL(`select body from app.note_before where note_id = $1`, filed[7:]); !strings.HasPrefix(had, "Äänekäs") {
		t.Errorf("what the note said: %q", had)
	}
	if got := veera.Post(filed, v); got.Code != 303 || s.SQL(`select count(*) from app.note_before where note_id = $1`, filed[7:]) != "1" {
		t.Errorf("a double submit had two effects: %d", got.Code)
	}
	v = apptest.Fill(t, veera.Get(filed).Body, filed)
	v.Set("visibility", "private")
	if got := veera.Post(filed, v); got.Code != 422 || !got.Has("E_NOTE_FILED") {
		t.Errorf("taken back: %d %v", got.Code, got.Codes())
	}
	if got := veera.Post(filed+"/delete", url.Values{"form": {uuid.NewString()}, "version": {"2"}}); got.Code != 422 ||
		!got.Has("E_NOTE_FILED") {
		t.Errorf("a filed note deleted: %d %v", got.Code, got.Codes())
	}
	// a private one is filed or deleted in a fortnight
	s.Set(s.Now().AddDate(0, 0, 15))
	veera = s.As("veera.valmentava")
	if !strings.Contains(veera.Get(at).Body, "yli 14 päivää vanha") {
		t.Error("the old draft is not asked after")
	}
	v = apptest.Fill(t, veera.Get(private).Body, private)
	v.Set("body", "Yhä vain minun")
	if got := veera.Post(private, v); got.Code != 422 || !got.Has("E_NOTE_FILE") || !strings.Contains(got.Body, "Yhä vain minun") {
		t.Errorf("an old draft rewritten: %d %v", got.Code, got.Codes())
	}
	drop := apptest.Fill(t, veera.Get(private).Body, private+"/delete")
	if got := veera.Post(private+"/delete", drop); got.Code != 303 ||
		s.SQL(`select count(*) from app.note where id = $1`, private[7:]) != "0" {
		t.Errorf("deleting an own draft: %d", got.Code)
	}
	if got := veera.Post(private+"/delete", drop); got.Code != 303 {
		t.Errorf("a double click on delete: %d", got.Code)
	}
}

func itoa(n int) string { return string(rune('0' + n)) }

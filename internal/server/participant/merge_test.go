package participant_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// Two records of one person become one after a preview, and two again: every case is where it was, with its grants.
func TestMerge(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	kept, gone := demo.Enrolment(8), demo.Recruit(0) // Tuulikki, with a code; and a record of her without
	person := func(e uuid.UUID) string { return s.UUID(`select participant_id from app.enrolment where id = $1`, e) }
	tuulikki, twin := person(kept), person(gone)
	s.SQL(`update app.participant
set
  first_name = 'Tuulikki',
  last_name = 'Esimerkki',
  born_on = (select born_on from app.participant where id = $1)
where id = $2`, tuulikki, twin)
	at := "/enrolments/" + gone.String() + "/merge"
	if page := u.Get(at).Body; !strings.Contains(page, "Vertaa") {
		t.Fatal("the namesake is not offered")
	}
	preview := at + "?with=" + kept.String()
	page := u.Get(preview).Body
	if strings.Index(page, "-****") < strings.Index(page, "Säilyy") || strings.Index(page, "-****") > strings.Index(page, "Yhdistetään") {
		t.Error("who has the code is not the one that stays")
	}
	before := s.Digest()
	v := apptest.Fill(t, page, at)
	if s.Digest() != before {
		t.Error("the preview changed something")
	}
	grants := `select string_agg(g.user_id::text || g.kind, ' ' order by g.user_id, g.kind)
from app.case_grant g
where g.enrolment_id = $1`
	had := s.SQL(grants, gone)
	if got := u.Post(at, v); got.Code != 303 {
		t.Fatalf("merging: %d %v", got.Code, got.Codes())
	}
	if person(gone) != tuulikki || s.SQL(`select count(*) from app.case_grant where participant_id = $1`, twin) != "0" ||
		s.SQL(grants, gone) != had {
		t.Error("the case or its grants did not move")
	}
	if got := u.Follow("/participants/search", map[string][]string{"name": {"esimerkki"}}); strings.Count(
		got.Body,
		"Esimerkki Tuulikki</a>",
	) != 2 {
		t.Error("the person is not found with both cases")
	}
	if got := u.Post(at, v); got.Code != 303 {
		t.Errorf("the same form again: %d", got.Code)
	}
	merge := s.UUID(`select id from app.person_merge`)
	undo := "/merges/" + merge + "/undo"
	for who, want := range map[string]int{"senni.sijainen": 404, "eeva.ehkanen": 404, "kimmo.koordinoiva": 404} {
		x := apptest.Fill(t, u.Get("/enrolments/"+kept.String()+"/merge").Body, undo)
		if got := s.As(who).Post(undo, x); got.Code != want {
			t.Errorf("%s undoes it: %d", who, got.Code)
		}
	}
	x := apptest.Fill(t, u.Get("/enrolments/"+kept.String()+"/merge").Body, undo)
	if got := u.Post(undo, x); got.Code != 303 {
		t.Fatalf("undoing: %d %v", got.Code, got.Codes())
	}
	if person(gone) != twin || person(kept) != tuulikki ||
		s.SQL(`select count(*) from app.case_grant where participant_id = $1`, twin) == "0" ||
		s.SQL(grants, gone) != had {
		t.Error("not everything is back")
	}
	x.Set("form", uuid.NewString())
	if got := u.Post(undo, x); got.Code != 409 {
		t.Errorf("undone twice: %d", got.Code)
	}
	// what speaks against it
	for _, c := range []struct {
		code string
		with uuid.UUID
	}{{"E_MERGE_CODES", demo.Enrolment(0)}, {"E_MERGE_KNOWS", demo.Recruit(5)}, {"E_MERGE_COHORT", uuid.Nil}} {
		a, b := kept, c.with
		if c.code == "E_MERGE_COHORT" {
			a, b = demo.Recruit(0), demo.Recruit(1)
		}
		m := "/enrolments/" + a.String() + "/merge"
		if page := u.Get(m + "?with=" + b.String()); page.Code != 200 || !page.Has(c.code) || strings.Contains(page.Body, `action="`+m+`"`) {
			t.Errorf("the preview: want %s, got %v", c.code, page.Codes())
		}
		f := apptest.Fill(t, u.Get(preview).Body, at)
		f.Set("form", uuid.NewString())
		f.Set("with", b.String())
		f.Set("version", s.SQL(`select sum(version) from app.participant where id in ($1, $2)`, person(a), person(b)))
		if got := u.Post(m, f); got.Code != 422 || !got.Has(c.code) {
			t.Errorf("want %s: %d %v", c.code, got.Code, got.Codes())
		}
	}
	f := apptest.Fill(t, u.Get(preview).Body, at)
	f.Set("with", demo.OtherCoachsEnrolment(0).String())
	if got := u.Post(at, f); got.Code != 409 && got.Code != 422 {
		t.Errorf("with a colleague's client: %d", got.Code)
	}
}

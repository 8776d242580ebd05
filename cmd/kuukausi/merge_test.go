package main

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"kuukausi/internal/postgres/demo"
)

// Two records of one person become one after a preview, and two again: every case is where it was, with its grants.
func TestMerge(t *testing.T) {
	s := start(t)
	u := s.as("veera.valmentava")
	kept, gone := demo.Enrolment(8), demo.Recruit(0) // Tuulikki, with a code; and a record of her without
	person := func(e uuid.UUID) string { return s.uuid(`select participant_id from app.enrolment where id = $1`, e) }
	tuulikki, twin := person(kept), person(gone)
	s.sql(`update app.participant
set
  first_name = 'Tuulikki',
  last_name = 'Esimerkki',
  born_on = (select born_on from app.participant where id = $1)
where id = $2`, tuulikki, twin)
	at := "/enrolments/" + gone.String() + "/merge"
	if page := u.get(at).body; !strings.Contains(page, "Vertaa") {
		t.Fatal("the namesake is not offered")
	}
	preview := at + "?with=" + kept.String()
	page := u.get(preview).body
	if strings.Index(page, "-****") < strings.Index(page, "Säilyy") || strings.Index(page, "-****") > strings.Index(page, "Yhdistetään") {
		t.Error("who has the code is not the one that stays")
	}
	before := s.digest()
	v := fill(t, page, at)
	if s.digest() != before {
		t.Error("the preview changed something")
	}
	grants := `select string_agg(g.user_id::text || g.kind, ' ' order by g.user_id, g.kind)
from app.case_grant g
where g.enrolment_id = $1`
	had := s.sql(grants, gone)
	if got := u.post(at, v); got.code != 303 {
		t.Fatalf("merging: %d %v", got.code, got.codes())
	}
	if person(gone) != tuulikki || s.sql(`select count(*) from app.case_grant where participant_id = $1`, twin) != "0" ||
		s.sql(grants, gone) != had {
		t.Error("the case or its grants did not move")
	}
	if got := u.post("/participants/search", map[string][]string{"name": {"esimerkki"}}); strings.Count(
		got.body,
		"Esimerkki Tuulikki</a>",
	) != 2 {
		t.Error("the person is not found with both cases")
	}
	if got := u.post(at, v); got.code != 303 {
		t.Errorf("the same form again: %d", got.code)
	}
	merge := s.uuid(`select id from app.person_merge`)
	undo := "/merges/" + merge + "/undo"
	for who, want := range map[string]int{"senni.sijainen": 404, "eeva.ehkanen": 404, "kimmo.koordinoiva": 404} {
		x := fill(t, u.get("/enrolments/"+kept.String()+"/merge").body, undo)
		if got := s.as(who).post(undo, x); got.code != want {
			t.Errorf("%s undoes it: %d", who, got.code)
		}
	}
	x := fill(t, u.get("/enrolments/"+kept.String()+"/merge").body, undo)
	if got := u.post(undo, x); got.code != 303 {
		t.Fatalf("undoing: %d %v", got.code, got.codes())
	}
	if person(gone) != twin || person(kept) != tuulikki ||
		s.sql(`select count(*) from app.case_grant where participant_id = $1`, twin) == "0" ||
		s.sql(grants, gone) != had {
		t.Error("not everything is back")
	}
	x.Set("form", uuid.NewString())
	if got := u.post(undo, x); got.code != 409 {
		t.Errorf("undone twice: %d", got.code)
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
		if page := u.get(m + "?with=" + b.String()); page.code != 200 || !page.has(c.code) || strings.Contains(page.body, `action="`+m+`"`) {
			t.Errorf("the preview: want %s, got %v", c.code, page.codes())
		}
		f := fill(t, u.get(preview).body, at)
		f.Set("form", uuid.NewString())
		f.Set("with", b.String())
		f.Set("version", s.sql(`select sum(version) from app.participant where id in ($1, $2)`, person(a), person(b)))
		if got := u.post(m, f); got.code != 422 || !got.has(c.code) {
			t.Errorf("want %s: %d %v", c.code, got.code, got.codes())
		}
	}
	f := fill(t, u.get(preview).body, at)
	f.Set("with", demo.OtherCoachsEnrolment(0).String())
	if got := u.post(at, f); got.code != 409 && got.code != 422 {
		t.Errorf("with a colleague's client: %d", got.code)
	}
}

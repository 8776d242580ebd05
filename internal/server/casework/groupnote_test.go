package casework_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"strings"
	"testing"
)

// One text for several people: who is ticked gets it, or a text of their own; people of another cohort do not.
func TestGroupNote(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	at := "/cohorts/" + demo.Running.String() + "/notes"
	v := apptest.Fill(t, u.Get(at).Body, at)
	if len(v["for"]) < 8 {
		t.Fatalf("%d people are ticked", len(v["for"]))
	}
	n := len(v["for"])
	v["for"] = v["for"][1:]
	v.Set("body", "Käytiin läpi palkkatuen ehdot")
	v.Set("visibility", "shared")
	v.Set("source", "coach")
	v.Set("own."+demo.Enrolment(1).String(), "Kysyi opiskelusta")
	if got := u.Post(at, v); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	if got := u.Post(at, v); got.Code != 303 {
		t.Fatal(got.Code)
	}
	if rows := s.SQL(`select count(*) || ' ' || count(distinct batch_id) || ' ' || count(*) filter (where body = 'Kysyi opiskelusta')
from app.note
where batch_id = $1`, v.Get("form")); rows != itoa(n-1)+" 1 1" {
		t.Errorf("notes, batches, own texts: %s", rows)
	}
	if ids := s.SQL(`select cardinality(enrolment_ids)
from app.audit
where action = 'group_note_add' and outcome = 'done'`); ids != itoa(n-1) {
		t.Errorf("the audit row names %s cases", ids)
	}
	v = apptest.Fill(t, u.Get(at).Body, at)
	v.Set("body", "x")
	v.Set("visibility", "case")
	v.Add("for", demo.OtherCoachsEnrolment(0).String())
	if got := u.Post(at, v); got.Code != 404 {
		t.Errorf("a note into another coach's cohort: %d", got.Code)
	}
	v.Del("for")
	if got := u.Post(at, v); got.Code != 422 || !got.Has("E_NOBODY") {
		t.Errorf("for nobody: %d %v", got.Code, got.Codes())
	}
	// somebody leaves while it is written: nothing is lost
	v = apptest.Fill(t, u.Get(at).Body, at)
	v.Set("body", "Kirjoitettu ennen lähtöä")
	v.Set("visibility", "case")
	s.SQL(`update app.enrolment set state = 'withdrawn' where id = $1`, demo.Enrolment(2))
	if got := u.Post(at, v); got.Code != 422 || !got.Has("E_LEFT_NAMED") ||
		!strings.Contains(got.Body, "Kirjoitettu ennen lähtöä</textarea>") {
		t.Errorf("after somebody left: %d %v", got.Code, got.Codes())
	}
}

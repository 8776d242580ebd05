package placement_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
)

// A trial that has ended covers no later day; two trials of one person never overlap; a text typed after the session
// ended is shown, not lost.
func TestTrialEndsWhenItEnds(t *testing.T) {
	s := apptest.Start(t)
	k := s.As("kimmo.koordinoiva")
	at := "/trials/" + demo.Trial(100).String() // Aino's
	end := apptest.Fill(t, k.Get(at).Body, at+"/end")
	end.Set("reason", "Sai töitä")
	for _, x := range []string{"E_TRIAL_NOTICE", "E_TRIAL_NO_ASSESSMENT", "E_CHOICE"} {
		if got := k.Post(at+"/end", end); got.Code != 422 || !got.Has(x) || !strings.Contains(got.Body, "Sai töitä") {
			t.Errorf("ended too simply: %d %v, want %s", got.Code, got.Codes(), x)
		}
	}
	end.Set("terminated_by", "participant")
	end.Set("notice_on", "19.11.2026")
	end.Set("hired", "yes")
	if got := s.As("veera.valmentava").Post(
		at+"/waiver", url.Values{"form": {uuid.NewString()}, "version": {"1"}, "grounds": {"x"}},
	); got.Code != 403 ||
		!got.Has("E_NOT_EXPERT") {
		t.Errorf("a coach waives: %d %v", got.Code, got.Codes())
	}
	eeva := s.As("eeva.ehkanen")
	waive := apptest.Fill(t, eeva.Get(at).Body, at+"/waiver")
	waive.Set("grounds", "Paikka lopetti toimintansa")
	if got := eeva.Post(at+"/waiver", waive); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	if got := k.Post(at+"/end", end); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	s.Set(apptest.Morning.AddDate(0, 0, 5).Add(4 * time.Hour)) // the afternoon has begun
	v := s.As("veera.valmentava")
	day := "/cohorts/" + demo.Running.String() + "/days/2026-11-24"
	board := v.Get(day)
	form := apptest.Fill(t, board.Body, day)
	form.Set("mark."+demo.Enrolment(0).String(), "p")
	if got := v.Post(day, form); !got.Has("E_TRIAL_UNSIGNED") {
		t.Errorf("a mark after the trial's end: %d %v", got.Code, got.Codes())
	}
	k = s.As("kimmo.koordinoiva")
	path := "/enrolments/" + demo.Enrolment(1).String() + "/trials" // Joni has an active one
	next := apptest.Fill(t, k.Get(path+"/new").Body, path)
	next.Set(
		"site",
		demo.Site(1).String()+" "+s.UUID(`select id from app.site_person where org_id = $1 and site_id = $2`, demo.Org, demo.Site(1)),
	)
	next.Set("purpose", "return_to_work")
	if got := k.Post(path, next); !got.Has("E_OVERLAP") || !strings.Contains(got.Body, "Vanajan Mallivarasto") {
		t.Errorf("a second trial on the same days: %d %v", got.Code, got.Codes())
	}
	goal := "/enrolments/" + demo.Enrolment(8).String() + "/goal"
	typed := apptest.Fill(t, v.Get("/enrolments/"+demo.Enrolment(8).String()).Body, goal)
	typed.Set("body", "Pitkä teksti, jota kukaan ei halua kirjoittaa uudelleen")
	s.Set(apptest.Morning.AddDate(0, 0, 5).Add(4*time.Hour + 40*time.Minute))
	if got := v.Post(goal, typed); got.Code != 401 || !got.Has("E_EXPIRED") || !strings.Contains(got.Body, "Pitkä teksti") {
		t.Errorf("a text after the session's end: %d %v", got.Code, got.Codes())
	}
}

// A last day may always be moved earlier, whatever became of the site or the case.
func TestEndEarlier(t *testing.T) {
	s := apptest.Start(t)
	k := s.As("kimmo.koordinoiva")
	trial := demo.Trial(108)
	at := "/trials/" + trial.String() + "/end-date"
	s.SQL(`update app.site_capacity set places = 0`)
	s.SQL(`update app.enrolment set state = 'completed', closed_at = '2026-11-19T06:00:00Z' where id = $1`, demo.Enrolment(8))
	if got := k.Get(at + "?ends_on=1.12.2026"); got.Code != 200 {
		t.Errorf("earlier: %d %v", got.Code, got.Codes())
	}
	s.SQL(`update app.enrolment set state = 'active', closed_at = null where id = $1`, demo.Enrolment(8))
	if got := k.Get(at + "?ends_on=8.12.2026&continuing=yes"); got.Code != 422 || !got.Has("E_SITE_FULL") {
		t.Errorf("later, without a place: %d %v", got.Code, got.Codes())
	}
}

// A changed last day: what moves is shown first, it is an agreement of the three, and it is stored once.
func TestEndDate(t *testing.T) {
	s := apptest.Start(t)
	k := s.As("kimmo.koordinoiva")
	trial := demo.Trial(108) // Tuulikki's, until 4.12.
	at := "/trials/" + trial.String() + "/end-date"
	page := k.Get(at + "?ends_on=1.12.2026")
	if page.Code != 200 || !strings.Contains(page.Body, "4.12.2026 → 1.12.2026") ||
		!strings.Contains(page.Body, "3.12.2026 → 30.11.2026") {
		t.Fatalf("what moves: %d", page.Code)
	}
	var form url.Values
	for _, part := range strings.Split(page.Body, `<form method="post"`)[1:] {
		if strings.HasPrefix(part, ` action="`+at) {
			form = apptest.Fill(t, `<form method="post"`+part, at)
		}
	}
	if got := k.Post(at, form); got.Code != 422 || !got.Has("E_TRIAL_UNSIGNED") || !got.Has("E_DATE") {
		t.Errorf("without signatures: %d %v", got.Code, got.Codes())
	}
	form.Set("agreed_on", "19.11.2026")
	form.Set("signed", "yes")
	for range 2 { // a double click
		if got := k.Post(at, form); got.Code != 303 {
			t.Fatalf("%d %v", got.Code, got.Codes())
		}
	}
	form.Set("form", uuid.NewString())
	if got := k.Post(at, form); got.Code != 409 {
		t.Errorf("a stale page: %d", got.Code)
	}
	if got := s.SQL(`select t.ends_on || ' ' || count(c.*)
from app.trial t
join app.trial_end_change c on c.trial_id = t.id
where t.id = $1
group by t.ends_on`, trial); got != "2026-12-01 1" {
		t.Error(got)
	}
	// a longer trial gets the contact a short one had not
	s.SQL(`delete from app.trial_checkin where trial_id = $1 and code = 'week_3'`, trial)
	if page := k.Get(at + "?ends_on=4.12.2026").Body; !strings.Contains(page, "23.11.2026") || !strings.Contains(page, "uusi") {
		t.Error("the contact of the third week is not added")
	}
	if got := k.Get(at + "?ends_on=8.12.2026"); got.Code != 422 || !got.Has("E_TRIAL_DATES") {
		t.Errorf("past the month: %d %v", got.Code, got.Codes())
	}
	if got := k.Get(at + "?ends_on=8.12.2026&continuing=yes"); got.Code != 200 {
		t.Errorf("marked as going on: %d %v", got.Code, got.Codes())
	}
}

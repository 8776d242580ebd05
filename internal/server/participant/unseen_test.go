package participant_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
)

// An hour's break-glass is for reading: nothing can be changed by it, and it cannot be made into lasting access.
func TestBreakGlassIsForReading(t *testing.T) {
	s := apptest.Start(t)
	born := s.SQL(`select to_char(born_on, 'FMDD.FMMM.YYYY')
from app.participant
where first_name = 'Tuulikki' and org_id = $1`, demo.Org)
	open := func(who string) *apptest.User {
		u := s.As(who)
		v := apptest.Fill(t, u.Get("/break-glass").Body, "/break-glass")
		for k, x := range map[string]string{
			"first_name": "Tuulikki", "last_name": "Esimerkki", "born_on": born,
			"reason": "Työpaikka soitti, valmentaja on sairaana",
		} {
			v.Set(k, x)
		}
		if got := u.Post("/break-glass", v); got.Code != 303 {
			t.Fatalf("%s: %d %v", who, got.Code, got.Codes())
		}
		return u
	}
	e := "/enrolments/" + demo.Enrolment(8).String()
	senni := open("senni.sijainen")
	page := senni.Get(e)
	if page.Code != 200 || !strings.Contains(page.Body, "voit lukea, et muuttaa") || !strings.Contains(page.Body, "000 000") {
		t.Fatalf("reading: %d", page.Code)
	}
	version := s.SQL(`select version from app.enrolment where id = $1`, demo.Enrolment(8))
	for path, v := range map[string]url.Values{
		e + "/notes":       {"body": {"x"}, "visibility": {"case"}, "source": {"coach"}},
		e + "/goal":        {"body": {"x"}, "kind": {"employment"}, "how": {"present"}},
		e + "/withdrawal":  {},
		e + "/state":       {"to": {"review"}},
		e + "/profile":     {"phone": {"1"}},
		e + "/national-id": {"national_id": {"010190-999W"}},
		e + "/appointments": {"for": {demo.Enrolment(8).String()}, "kind": {"single"}, "held_on": {"20.11.2026"},
			"starts_at": {"17.00"}, "ends_at": {"17.30"}, "place": {"x"}},
		e + "/consents": {"purpose": {"group_board"}, "given": {"yes"}, "how": {"paper"}},
	} {
		v.Set("form", uuid.NewString())
		v.Set("version", version)
		if got := senni.Post(path, v); got.Code < 400 || got.Code >= 500 {
			t.Errorf("%s by break-glass: %d", path, got.Code)
		}
	}
	trial, before := "/trials/"+demo.Trial(108).String(), s.SQL(`select count(*) from app.site_contact`)
	if got := senni.Get(trial); got.Code != 200 {
		t.Errorf("the trial by break-glass: %d", got.Code)
	}
	for path, v := range map[string]url.Values{
		trial + "/contacts": {"kind": {"call"}, "on": {"19.11.2026"}},
		"/reviews/" + demo.Review(108).String() + "/text": {"requested": {"x"}},
	} {
		v.Set("form", uuid.NewString())
		v.Set("version", "1")
		if got := senni.Post(path, v); got.Code != 403 && got.Code != 404 {
			t.Errorf("%s by break-glass: %d %v", path, got.Code, got.Codes())
		}
	}
	if n := s.SQL(`select count(*) from app.site_contact`); n != before {
		t.Errorf("%s talks with sites, %s before", n, before)
	}
	olli := open("olli.omanen") // an expert of another area
	rev := "/reviews/" + demo.Review(108).String()
	for _, path := range []string{rev + "/acknowledgement", rev + "/decision"} {
		if got := olli.Post(
			path,
			url.Values{"form": {uuid.NewString()}, "version": {"1"}, "kind": {"none_now"}, "grounds": {"x"}, "decided_on": {"19.11.2026"}},
		); got.Code < 400 {
			t.Errorf("%s by an expert's break-glass: %d", path, got.Code)
		}
	}
	// the person is there, but not to be taken along
	own := "/cohorts/" + demo.OtherCoachs.String() + "/enrolments"
	s.SQL(`update app.cohort set state = 'open', starts_on = '2026-12-01', ends_on = '2026-12-31' where id = $1`, demo.OtherCoachs)
	s.SQL(`update app.meeting set held_on = held_on + 10000 where cohort_id = $1`, demo.OtherCoachs)
	s.SQL(`update app.meeting set held_on = held_on - 10000 + 22 where cohort_id = $1`, demo.OtherCoachs)
	v := apptest.Fill(t, senni.Get(own+"/new").Body, own)
	for k, x := range map[string]string{"first_name": "Tuulikki", "last_name": "Esimerkki", "born_on": born, "lang": "fi",
		"waiting": "yes", "same": s.UUID(`select participant_id from app.enrolment where id = $1`, demo.Enrolment(8)),
		"expert": s.UUID(`select id from app.membership where org_id = $1 and email = 'eeva.ehkanen@example.org'`, demo.Org)} {
		v.Set(k, x)
	}
	if got := senni.Post(own, v); got.Code != 422 || !got.Has("E_NATIONAL_ID_TAKEN") || strings.Contains(got.Body, "Sama henkilö:") {
		t.Errorf("taken along: %d %v", got.Code, got.Codes())
	}
	if n := s.SQL(`select count(*)
from app.enrolment
where participant_id = (select participant_id from app.enrolment where id = $1)`, demo.Enrolment(8)); n != "1" {
		t.Errorf("%s cases", n)
	}
	s.SQL(`update app.cohort set state = 'running' where id = $1`, demo.OtherCoachs)
	s.Set(apptest.Morning.Add(time.Hour))
	if got := s.As("senni.sijainen").Get(e); got.Code != 404 {
		t.Errorf("after the hour: %d", got.Code)
	}
}

// What concerns a whole cohort goes past whom one may see: a protected person keeps it open, begins with it, grows with
// it, keeps their turn and their place.
func TestUnseenPeopleCount(t *testing.T) {
	s := apptest.Start(t)
	kimmo := s.As("kimmo.koordinoiva") // named for nobody: he does not see Jenny
	jenny := demo.Recruit(5)
	list := "/cohorts/" + demo.Recruiting.String() + "/waiting"
	s.SQL(`update app.enrolment set state = 'invited', queue_number = 1 where id = $1`, jenny)
	s.SQL(`update app.cohort set places_taken = 8, places_offered = 2 where id = $1`, demo.Recruiting)
	if page := kimmo.Get(list).Body; strings.Contains(page, "Jenny") || strings.Contains(page, "/offer") {
		t.Error("a place held for somebody unseen is offered again")
	}
	v := url.Values{
		"form":      {uuid.NewString()},
		"version":   {s.SQL(`select version from app.enrolment where id = $1`, demo.Recruit(4))},
		"answer_by": {"25.11.2026"},
	}
	if got := kimmo.Post("/enrolments/"+demo.Recruit(4).String()+"/offer", v); got.Code != 422 || !got.Has("E_NO_PLACE") {
		t.Errorf("offered all the same: %d %v", got.Code, got.Codes())
	}
	e := "/cohorts/" + demo.Recruiting.String() + "/enrolments"
	f := apptest.Fill(t, kimmo.Get(e+"/new").Body, e)
	for k, x := range map[string]string{
		"first_name": "Kävelijä", "last_name": "Kadulta", "born_on": "1.1.1980", "lang": "fi", "chose": "yes",
		"how":    "oral",
		"expert": s.UUID(`select id from app.membership where org_id = $1 and email = 'eeva.ehkanen@example.org'`, demo.Org),
	} {
		f.Set(k, x)
	}
	if got := kimmo.Post(e, f); got.Code != 422 || !got.Has("E_NO_PLACE") {
		t.Errorf("a walk-in takes a place that is held: %d %v", got.Code, got.Codes())
	}
	// Jenny waits first in line, unseen: nobody is offered before her
	s.SQL(`update app.enrolment set state = 'referred' where id = $1`, jenny)
	s.SQL(`update app.cohort set places_taken = 4, places_offered = 1 where id = $1`, demo.Recruiting)
	v.Set("form", uuid.NewString())
	if got := kimmo.Post("/enrolments/"+demo.Recruit(4).String()+"/offer", v); got.Code != 422 || !got.Has("E_QUEUE_ORDER") {
		t.Errorf("past somebody unseen: %d %v", got.Code, got.Codes())
	}
	// she has a place, and the month begins: by Kimmo's hand, for her too; and it does not close over her
	s.SQL(`update app.enrolment set state = 'accepted' where id = $1`, jenny)
	s.SQL(`update app.cohort set places_taken = 5, places_offered = 1, state = 'confirmed' where id = $1`, demo.Recruiting)
	details := "/cohorts/" + demo.Recruiting.String()
	first, err := time.ParseInLocation(time.DateOnly, s.SQL(`select starts_on::text from app.cohort where id = $1`, demo.Recruiting),
		apptest.Morning.Location())
	if err != nil {
		t.Fatal(err)
	}
	s.Set(first.Add(9 * time.Hour))
	kimmo = s.As("kimmo.koordinoiva")
	move := func(to string) apptest.Answer {
		m := apptest.Fill(t, kimmo.Get(details+"/details").Body, details+"/state")
		m.Set("to", to)
		m.Set("reason", "Sovittu")
		return kimmo.Post(details+"/state", m)
	}
	if got := move("running"); got.Code != 303 || s.SQL(`select state from app.enrolment where id = $1`, jenny) != "active" {
		t.Errorf("the month begins: %d %v, she is %s", got.Code, got.Codes(), s.SQL(`select state from app.enrolment where id = $1`, jenny))
	}
	s.SQL(`update app.enrolment
set state = 'completed', closed_at = $3
where cohort_id = $1
  and id <> $2
  and state in ('active', 'accepted', 'preparing')`, demo.Recruiting, jenny, apptest.Morning)
	s.SQL(`update app.cohort set places_taken = 1 where id = $1`, demo.Recruiting)
	if got := move("closed"); got.Code != 422 || !got.Has("E_OPEN_CASES") {
		t.Errorf("closed over somebody unseen: %d %v", got.Code, got.Codes())
	}
	s.SQL(`update app.enrolment set state = 'completed', closed_at = $2 where id = $1`, jenny, apptest.Morning)
	s.SQL(`update app.cohort set places_taken = 0 where id = $1`, demo.Recruiting)
	if got := move("closed"); got.Code != 303 ||
		s.SQL(`select string_agg(distinct state, ' ') from app.enrolment where cohort_id = $1`, demo.Recruiting) != "completed not_started" {
		t.Errorf(
			"closing: %d %v, states %s",
			got.Code,
			got.Codes(),
			s.SQL(`select string_agg(distinct state, ' ') from app.enrolment where cohort_id = $1`, demo.Recruiting),
		)
	}
}

// A protected person is not made a second time with their contact data in the open, and where they work is not told to
// the expert by the review.
func TestProtectedElsewhere(t *testing.T) {
	s := apptest.Start(t)
	senni := s.As("senni.sijainen")
	own := "/cohorts/" + demo.OtherCoachs.String() + "/enrolments"
	s.SQL(`update app.cohort set state = 'open', starts_on = '2026-12-01', ends_on = '2026-12-31' where id = $1`, demo.OtherCoachs)
	s.SQL(`update app.meeting set held_on = held_on + 10000 where cohort_id = $1`, demo.OtherCoachs)
	s.SQL(`update app.meeting set held_on = held_on - 10000 + 22 where cohort_id = $1`, demo.OtherCoachs)
	v := apptest.Fill(t, senni.Get(own+"/new").Body, own)
	for k, x := range map[string]string{"first_name": "Jenny", "last_name": "Jaettu",
		"born_on": s.SQL(`select to_char(born_on, 'FMDD.FMMM.YYYY') from app.participant where first_name = 'Jenny'`),
		"phone":   "000", "lang": "fi", "same": "new", "waiting": "yes",
		"expert": s.UUID(`select id from app.membership where org_id = $1 and email = 'eeva.ehkanen@example.org'`, demo.Org)} {
		v.Set(k, x)
	}
	if got := senni.Post(own, v); got.Code != 422 || !got.Has("E_NATIONAL_ID_TAKEN") {
		t.Errorf("made a second time: %d %v", got.Code, got.Codes())
	}
	// Pekka works at a site and is protected: his review, begun after that, does not name it
	u := s.As("veera.valmentava")
	p := "/enrolments/" + demo.Enrolment(4).String()
	set := apptest.Fill(t, u.Get(p+"/protection").Body, p+"/protection")
	if got := u.Post(p+"/protection", set); got.Code != 303 {
		t.Fatal(got.Codes())
	}
	book := apptest.Fill(t, u.Get(p+"/review").Body, p+"/review")
	book.Set("meets_on", "3.12.2026")
	book.Set("meets_at", "16.45")
	book.Set("place", "Huone 3")
	if got := u.Post(p+"/review", book); got.Code != 303 {
		t.Fatalf("booking: %d %v", got.Code, got.Codes())
	}
	if got := s.SQL(`select body::text from app.review_version where review_id::text = $1`, book.Get("form")); strings.Contains(
		got,
		"Harjoitushuolto",
	) {
		t.Errorf("the first text names the site: %s", got)
	}
	// an expert refers him to another cohort: the named coach has him there too
	eeva := s.As("eeva.ehkanen")
	r := apptest.Fill(t, eeva.Get("/referrals/new").Body, "/referrals")
	for k, x := range map[string]string{"cohort": demo.OtherCoachs.String(), "first_name": "Pekka", "last_name": "Testinen",
		"born_on": s.SQL(`select to_char(born_on, 'FMDD.FMMM.YYYY')
from app.participant
where first_name = 'Pekka' and org_id = $1`, demo.Org),
		"lang": "fi", "same": s.UUID(`select participant_id from app.enrolment where id = $1`, demo.Enrolment(4))} {
		r.Set(k, x)
	}
	if got := eeva.Post("/referrals", r); got.Code != 303 {
		t.Fatalf("referring: %d %v", got.Code, got.Codes())
	}
	if got := u.Get("/enrolments/" + r.Get("form")); got.Code != 200 {
		t.Errorf("the named coach and the new case: %d", got.Code)
	}
	if got := senni.Get("/enrolments/" + r.Get("form")); got.Code != 404 {
		t.Errorf("the cohort's coach and the new case: %d", got.Code)
	}
}

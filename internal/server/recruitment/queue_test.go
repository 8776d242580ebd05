package recruitment_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// The waiting list: in order, one offer a free place, the choice with both texts, and the place taken.
func TestWaitingList(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	invited, next := demo.Recruit(3).String(), demo.Recruit(4).String()
	list := "/cohorts/" + demo.Recruiting.String() + "/waiting"
	page := u.Get(list).Body
	if strings.Index(page, "Haavekuva") > strings.Index(page, "Ihannekuva") ||
		!strings.Contains(page, "Paikka tarjottu, vastaus viimeistään") {
		t.Error("the list is out of order, or an offer has no day")
	}
	// accepting without the choice is refused where it used to be possible
	v := apptest.Fill(t, u.Get("/enrolments/"+invited).Body, "/enrolments/"+invited+"/state")
	v.Set("to", "accepted")
	if got := u.Post("/enrolments/"+invited+"/state", v); got.Code != 422 || !got.Has("E_NO_VOLUNTARY") {
		t.Errorf("accepted without a choice: %d %v", got.Code, got.Codes())
	}
	c := apptest.Fill(t, u.Get("/enrolments/"+invited+"/choice").Body, "/enrolments/"+invited+"/choice")
	if got := u.Post("/enrolments/"+invited+"/choice", c); got.Code != 422 || !got.Has("E_NO_VOLUNTARY") {
		t.Errorf("an empty choice: %d %v", got.Code, got.Codes())
	}
	c.Set("chose", "yes")
	c.Set("how", "oral")
	c.Set("lang", "sv")
	if got := u.Post("/enrolments/"+invited+"/choice", c); got.Code != 303 {
		t.Fatalf("the choice: %d %v", got.Code, got.Codes())
	}
	if got := s.SQL(`select e.state || ' ' || v.how || ' ' || t.key || ' ' || t.lang || ' ' || c.key || ' ' || c.lang || ' ' || (
  e.answer_by is null)
from app.enrolment e
join app.voluntary_choice v on v.enrolment_id = e.id
join app.text_version t on t.id = v.text_version_id
join app.text_version c on c.id = v.consequences_id
where e.id = $1`, invited); got != "accepted oral voluntary_choice sv choice_consequences sv true" {
		t.Errorf("stored: %s", got)
	}
	// one place left: it goes to the next, once
	s.SQL(`update app.cohort set places_taken = 9, places_offered = 0 where id = $1`, demo.Recruiting)
	o := apptest.Fill(t, u.Get(list).Body, "/enrolments/"+next+"/offer")
	o.Set("answer_by", "18.11.2026")
	if got := u.Post("/enrolments/"+next+"/offer", o); got.Code != 422 || !got.Has("E_PAST") {
		t.Errorf("an apptest.Answer by yesterday: %d %v", got.Code, got.Codes())
	}
	late := uuid.NewString()
	s.SQL(`insert into app.participant (org_id, id, first_name, last_name, born_on, created_by, created_at)
select
  org_id,
  $2,
  'Vesa',
  'Viimeinen',
  '1980-01-01',
  created_by,
  created_at
from app.cohort
where id = $1`, demo.Recruiting, late)
	s.SQL(`insert into app.enrolment (
  org_id, id, participant_id, cohort_id, version_id, state, queue_number, starts_on, ends_on, created_by, created_at)
select
  org_id,
  $2,
  $2,
  id,
  version_id,
  'referred',
  9,
  starts_on,
  ends_on,
  created_by,
  created_at
from app.cohort
where id = $1`, demo.Recruiting, late)
	x := apptest.Fill(t, u.Get(list).Body, "/enrolments/"+next+"/offer")
	x.Set("version", "1")
	if got := u.Post("/enrolments/"+late+"/offer", x); got.Code != 422 || !got.Has("E_QUEUE_ORDER") {
		t.Errorf("past the next: %d %v", got.Code, got.Codes())
	}
	o.Set("answer_by", "31.12.2027")
	if got := u.Post("/enrolments/"+next+"/offer", o); got.Code != 422 || !got.Has("E_ANSWER_LATE") {
		t.Errorf("an apptest.Answer after the third day: %d %v", got.Code, got.Codes())
	}
	// an offer nobody answered holds no place any more
	s.SQL(`update app.enrolment set state = 'invited', answer_by = '2026-11-18' where id = $1`, demo.Recruit(3))
	s.SQL(`update app.cohort set places_offered = 1 where id = $1`, demo.Recruiting)
	if got := u.Get(list).Body; !strings.Contains(got, "Vastauspäivä to 18.11.2026 on mennyt") &&
		!strings.Contains(got, "Vastauspäivä 18.11.2026 on mennyt") ||
		!strings.Contains(got, "/enrolments/"+next+"/offer") {
		t.Error("a lapsed offer holds its place")
	}
	s.SQL(`update app.enrolment set state = 'accepted', answer_by = null where id = $1`, demo.Recruit(3))
	s.SQL(`update app.cohort set places_offered = 0 where id = $1`, demo.Recruiting)
	o.Set("answer_by", "23.11.2026")
	if got := u.Post("/enrolments/"+next+"/offer", o); got.Code != 303 {
		t.Fatalf("the offer: %d %v", got.Code, got.Codes())
	}
	x.Set("form", uuid.NewString())
	if got := u.Post("/enrolments/"+late+"/offer", x); got.Code != 422 || !got.Has("E_NO_PLACE") {
		t.Errorf("two offers of one place: %d %v", got.Code, got.Codes())
	}
	// the last place meanwhile went to somebody who was enrolled
	s.SQL(`update app.cohort set places_taken = 10 where id = $1`, demo.Recruiting)
	choice := "/enrolments/" + next + "/choice"
	kimmo := s.As("kimmo.koordinoiva")
	if page := kimmo.Get(choice).Body; !strings.Contains(page, "Valinnan kirjaa valmentaja") || strings.Contains(page, `action="`+choice+`"`) {
		t.Error("a coordinator is asked for the choice")
	}
	k := apptest.Fill(t, u.Get(choice).Body, choice)
	k.Set("chose", "yes")
	k.Set("how", "paper")
	if got := kimmo.Post(choice, k); got.Code != 403 {
		t.Errorf("a coordinator records a choice: %d %v", got.Code, got.Codes())
	}
	if got := u.Post(choice, k); got.Code != 422 || !got.Has("E_COHORT_FULL") {
		t.Errorf("an eleventh: %d %v", got.Code, got.Codes())
	}
	join := s.Person("Onerva")
	if got := kimmo.Post("/cohorts/"+demo.Recruiting.String()+"/enrolments", join); got.Code != 422 || !got.Has("E_NO_VOLUNTARY") {
		t.Errorf("a coordinator enrols with a choice: %d %v", got.Code, got.Codes())
	}
	// full: onto the list from the enrolment's own page, without a choice
	e := "/cohorts/" + demo.Recruiting.String() + "/enrolments"
	f := apptest.Fill(t, u.Get(e+"/new").Body, e)
	for key, val := range map[string]string{
		"first_name": "Onni", "last_name": "Yksitoista", "born_on": "2.2.2004", "lang": "fi",
		"expert": s.UUID(`select id from app.membership where email = 'eeva.ehkanen@example.org'`), "waiting": "yes",
	} {
		f.Set(key, val)
	}
	if got := u.Post(e, f); got.Code != 303 || got.Location != list || !strings.Contains(u.Get(list).Body, "Yksitoista") {
		t.Errorf("onto the list: %d %v", got.Code, got.Codes())
	}
}

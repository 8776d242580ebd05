package placement_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// A participant's own page: a proposal is accepted or declined without a reason, a problem reaches the coordinator, an
// assessment is commented; nobody answers for a stranger.
func TestMyTrials(t *testing.T) {
	s := apptest.Start(t)
	tuu, k := s.As("tuulikki.esimerkki"), s.As("kimmo.koordinoiva")
	trial := demo.Trial(108)
	at := "/trials/" + trial.String()
	v := apptest.Fill(t, tuu.Get("/me/trials").Body, at+"/problems")
	if got := tuu.Post(at+"/problems", v); got.Code != 422 || !got.Has("E_REQUIRED") {
		t.Errorf("an empty report: %d %v", got.Code, got.Codes())
	}
	v.Set("category", "harassment")
	v.Set("problem", "Työkaveri huutaa")
	if got := tuu.Post(at+"/problems", v); got.Code != 303 || got.Location != "/me/trials" {
		t.Fatal(got.Code, got.Location, got.Codes())
	}
	for _, u := range []*apptest.User{k, s.As("veera.valmentava")} {
		if page := u.Get("/").Body; !strings.Contains(page, "turvallisuusongelma") || !strings.Contains(page, "Tuulikki Esimerkki") {
			t.Errorf("%s is not told on the same day", u.Name)
		}
	}
	if got := s.SQL(`select act_by::text from app.trial_problem where body = 'Työkaveri huutaa'`); got != "2026-11-20" {
		t.Errorf("to act by %s", got)
	}
	if got := s.As("eeva.ehkanen").Get(at); strings.Contains(got.Body, "Työkaveri huutaa") {
		t.Error("the expert reads the report")
	}
	s.SQL(`update app.trial set state = 'draft', accepted_on = null, accepted_how = '' where id = $1`, trial)
	v = apptest.Fill(t, tuu.Get("/me/trials").Body, at+"/answer")
	v.Set("answer", "no")
	if got := tuu.Post(at+"/answer", v); got.Code != 303 || got.Location != "/me/trials" {
		t.Fatal(got.Code, got.Location, got.Codes())
	}
	if got := s.SQL(`select state from app.trial where id = $1`, trial); got != "declined" {
		t.Error(got)
	}
	other := "/trials/" + demo.Trial(101).String() + "/answer"
	if got := tuu.Post(other, url.Values{"form": {uuid.NewString()}, "version": {"1"}, "answer": {"no"}}); got.Code != 404 {
		t.Errorf("a stranger's proposal: %d", got.Code)
	}
	s.SQL(`update app.trial set state = 'ended' where id = $1`, trial)
	s.SQL(`insert into app.organiser_assessment (
  org_id, trial_id, enrolment_id, number, suitability, given_by, given_on, how, entered_by, at)
select
  org_id,
  id,
  enrolment_id,
  1,
  'Sopii',
  'Liisa',
  '2026-11-19',
  'phone',
  (select id from app.membership where org_id = $1 and email = 'kimmo.koordinoiva@example.org'),
  now()
from app.trial
where id = $2`, demo.Org, trial)
	v = apptest.Fill(t, tuu.Get("/me/trials").Body, at+"/comment")
	v.Set("comment", "Olen samaa mieltä")
	if got := tuu.Post(at+"/comment", v); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	if page := k.Get(at).Body; !strings.Contains(page, "Olen samaa mieltä") {
		t.Error("the comment does not stand beside the assessment")
	}
	// the profile is the participant's own word
	p := apptest.Fill(t, tuu.Get("/me/trials").Body, "/me/placement-profile")
	p["fields"] = []string{"kitchen"}
	p.Set("profile_tasks", "keittiöapu")
	if got := tuu.Post("/me/placement-profile", p); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	if got := s.SQL(`select approved_how from app.placement_profile where enrolment_id = $1`, demo.Enrolment(8)); got != "self" {
		t.Error(got)
	}
}

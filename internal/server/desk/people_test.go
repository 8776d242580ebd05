package desk_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"
)

// People are found by the beginning of any part of their name, typed in whatever form, among 20,000 of the organisation,
// and only those of one's own live cases. The name stands in no URL and in no log.
func TestPeopleSearch(t *testing.T) {
	s := apptest.Start(t)
	s.SQL(`insert into app.participant (org_id, id, first_name, last_name, born_on, created_by, created_at)
select
  $1,
  gen_random_uuid(),
  (array['Tuulikki','Åke','Päivi','Anna-Liisa'])[1 + n % 4],
  (array['Esimerkki','Östman','Näytelä','Ääri'])[1 + n / 4 % 4],
  date '1980-01-01',
  (select id from app.membership where org_id = $1 limit 1),
  now()
from generate_series(1, 20000) n`, demo.Org)
	s.SQL(`update app.participant
set first_name = 'Änna-Liisa', last_name = 'Öljymäki-Åström'
where org_id = $1 and id = (select participant_id from app.enrolment where id = $2)`, demo.Org, demo.Enrolment(0))
	u := s.As("veera.valmentava")
	find := func(u *apptest.User, name string) string {
		t.Helper()
		began := time.Now()
		a := u.Follow("/participants/search", url.Values{"name": {name}, "state": {"all"}})
		if a.Code != 200 {
			t.Fatalf("%q: %d", name, a.Code)
		}
		t.Logf("%.30q among 20,000 people: %s", name, time.Since(began).Round(time.Millisecond))
		return a.Body[strings.Index(a.Body, "<main"):]
	}
	for name, want := range map[string]bool{
		"tuul": true, "ESIM tuulikki": true, "esimerkki, tuulikki": true, "ulikki": false, "tuulikki näy": false,
	} {
		if got := strings.Contains(find(u, name), "Esimerkki Tuulikki"); got != want {
			t.Errorf("%q finds Tuulikki: %v", name, got)
		}
	}
	for _, name := range []string{"änna", "liisa", "öljy", "åström", norm.NFD.String("Öljymäki"), "ÖLJY ÄNNA", "ljym"} {
		if got := strings.Contains(find(u, name), "Öljymäki-Åström Änna-Liisa"); got != (name != "ljym") {
			t.Errorf("%q finds Änna-Liisa: %v", name, got)
		}
	}
	if n := strings.Count(find(u, "tuulikki"), "Tuulikki</a>"); n != 1 {
		t.Errorf("%d people of the name Tuulikki, want the one with a case", n)
	}
	if strings.Contains(find(s.As("senni.sijainen"), "tuulikki"), "Tuulikki</a>") {
		t.Error("another coach finds her")
	}
	for _, hostile := range []string{"%", "_", "'; drop table app.participant; --", strings.Repeat("ä ", 5000)} {
		find(u, hostile)
	}
	if n := s.SQL(`select count(*)
from app.audit
where action = 'participant_search'
  and purpose = 'search'
  and outcome = 'seen'`); n == "0" {
		t.Error("a search leaves no row")
	}
	if got := u.Get("/participants?name=tuulikki"); strings.Contains(got.Body, `value="tuulikki"`) {
		t.Error("a name is read from the URL")
	}
}

// The filter is the URL: state, cohort, order by Finnish rules; it can be kept under a name, one's own only.
func TestPeopleFilter(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	page := u.Get("/participants?cohort=" + demo.Finished.String() + "&state=closed").Body
	if !strings.Contains(page, "päättynyt") || strings.Contains(page, "Esimerkki Tuulikki") {
		t.Error("the filter does not narrow")
	}
	s.SQL(`update app.participant
set last_name = 'Åberg'
where id = (select participant_id from app.enrolment where id = $1)`, demo.Enrolment(0))
	s.SQL(`update app.participant
set last_name = 'Zetterberg'
where id = (select participant_id from app.enrolment where id = $1)`, demo.Enrolment(1))
	s.SQL(`update app.participant
set last_name = 'Äijälä'
where id = (select participant_id from app.enrolment where id = $1)`, demo.Enrolment(2))
	page = u.Get("/participants").Body
	if z, o, a := strings.Index(page, "Zetterberg"), strings.Index(page, "Åberg"), strings.Index(page, "Äijälä"); z < 0 || z > o || o > a {
		t.Errorf("order by Finnish rules is z, å, ä: %d %d %d", z, o, a)
	}
	at := "/participants?state=all&cohort=" + demo.Running.String()
	v := apptest.Fill(t, u.Get(at).Body, "/participants/views")
	if got := u.Post("/participants/views", v); got.Code != 422 || !got.Has("E_REQUIRED") {
		t.Errorf("a view without a name: %d %v", got.Code, got.Codes())
	}
	v.Set("view", "Ryhmä 14 kaikki")
	if got := u.Post("/participants/views", v); got.Code != 303 || !strings.Contains(got.Location, "state=all") {
		t.Fatal(got.Code, got.Location)
	}
	v.Set("form", uuid.NewString())
	if got := u.Post("/participants/views", v); got.Code != 422 || !got.Has("E_VIEW_NAME") {
		t.Errorf("the name twice: %d %v", got.Code, got.Codes())
	}
	if strings.Contains(s.As("kimmo.koordinoiva").Get("/participants").Body, "Ryhmä 14 kaikki") {
		t.Error("somebody else sees the view")
	}
	id := s.UUID(`select id from app.saved_view where name = 'Ryhmä 14 kaikki'`)
	if got := s.As("kimmo.koordinoiva").Post(
		"/participants/views/"+id+"/delete", url.Values{"form": {uuid.NewString()}, "version": {"0"}},
	); got.Code != 404 {
		t.Errorf("somebody else drops it: %d", got.Code)
	}
	if got := u.Post("/participants/views/"+id+"/delete", url.Values{"form": {uuid.NewString()}, "version": {"0"}}); got.Code != 303 {
		t.Errorf("dropping: %d", got.Code)
	}
}

// A list comes back as it was left: what was found has an address of its own, without the name in it, and a site leads back to the
// ledger as it was filtered (internal/domain.md, ruling 40).
func TestListsComeBack(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	a := u.Post("/participants/search", url.Values{"name": {"tuulikki"}, "state": {"all"}})
	if a.Code != 303 || !strings.HasPrefix(a.Location, "/participants?search=") || strings.Contains(a.Location, "tuulikki") {
		t.Fatalf("%d %s", a.Code, a.Location)
	}
	for range 2 { // and again by Back
		if page := u.Get(a.Location).Body; !strings.Contains(page, "Tuulikki</a>") || !strings.Contains(page, `value="tuulikki"`) {
			t.Error("what was found does not come back")
		}
	}
	if page := s.As("senni.sijainen").Get(a.Location).Body; strings.Contains(page, "Tuulikki</a>") {
		t.Error("another coach follows the address")
	}
	k := s.As("kimmo.koordinoiva")
	list := "/employers?q=" + url.QueryEscape("kirjasto")
	k.Get(list)
	if page := k.Get("/sites/" + demo.Site(1).String()).Body; !strings.Contains(page, `href="`+list+`"`) {
		t.Error("a site does not lead back to the ledger as it was left")
	}
}

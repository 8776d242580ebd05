package casework_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

var resume = regexp.MustCompile(`href="(/[^"]*\?draft=[^"#]*)`)

// Drafts survive sign-out, expiry and two tabs; another user of the same machine never sees them; what was sent is gone.
func TestDrafts(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	e := demo.Enrolment(3)
	at := "/enrolments/" + e.String()
	offers := func(u *apptest.User) []string {
		var out []string
		for _, m := range resume.FindAllStringSubmatch(u.Get(at).Body, -1) {
			out = append(out, m[1])
		}
		return out
	}
	// two tabs, two drafts
	one, two := write(u, e, map[string]string{"body": "Ensimmäinen välilehti åäö"}), write(u,
		e,
		map[string]string{"body": "Toinen välilehti", "visibility": "case"},
	)
	got := u.Post("/drafts", one)
	if got.Code != 303 || !strings.HasPrefix(got.Location, at+"?draft=") {
		t.Fatalf("saving a draft: %d %s", got.Code, got.Location)
	}
	if page := u.Get(got.Location).Body; !strings.Contains(page, "Ensimmäinen välilehti åäö</textarea>") ||
		!strings.Contains(page, "Jatkat luonnosta") {
		t.Error("the draft is not in the form again")
	}
	auto := func(v url.Values) int {
		r, _ := http.NewRequest(http.MethodPost, s.URL+"/drafts", strings.NewReader(v.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("X-Autosave", "1")
		return u.Ask(r).Code
	}
	if code := auto(two); code != 204 {
		t.Errorf("autosave: %d", code)
	}
	if n := len(offers(u)); n != 2 {
		t.Errorf("%d drafts are offered, want 2", n)
	}
	if n := s.SQL(`select count(*) from app.note where body like '%välilehti%'`); n != "0" {
		t.Error("a draft was done")
	}
	// sign-out; somebody else on the same machine; back again
	u.Post("/logout", nil)
	other := s.As("senni.sijainen")
	other.Jar = u.Jar
	other.Post("/login", url.Values{"email": {"senni.sijainen@example.org"}, "password": {demo.Password}})
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
	if page := other.Get(at); page.Code != 200 || len(offers(other)) != 0 || strings.Contains(page.Body, "välilehti") {
		t.Errorf("%d: the next user sees a draft", page.Code)
	}
	if page := other.Get(at + "?draft=" + one.Get("form")).Body; strings.Contains(page, "välilehti") {
		t.Error("the next user opens a draft by its id")
	}
	u = s.As("veera.valmentava")
	left := offers(u)
	if len(left) != 2 {
		t.Fatalf("%d drafts after signing in again", len(left))
	}
	// sent: it is gone, and a late autosave does not bring it back
	v := apptest.Fill(t, u.Get(at+"?draft="+two.Get("form")).Body, at+"/notes")
	if v.Get("resumed") != two.Get("form") || v.Get("form") == two.Get("form") || v.Get("body") != "Toinen välilehti" ||
		v.Get("visibility") != "case" {
		t.Errorf("the draft came back as %v", v)
	}
	v.Set("source", "coach")
	if got := u.Post(at+"/notes", v); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	if code := auto(v); code != 410 || len(offers(u)) != 1 {
		t.Errorf("after sending: %d, %d drafts", code, len(offers(u)))
	}
	// sent, then back, edited and kept by hand: that is a draft of its own, and can be sent
	v.Set("body", "Muokattu lähettämisen jälkeen")
	if got := u.Post("/drafts", v); got.Code != 303 ||
		!strings.Contains(u.Get(got.Location).Body, "Muokattu lähettämisen jälkeen</textarea>") {
		t.Errorf("a draft of a sent form: %d %s", got.Code, got.Location)
	} else {
		again := apptest.Fill(t, u.Get(got.Location).Body, at+"/notes")
		tab := apptest.Fill(t, u.Get(got.Location).Body, at+"/notes") // the same draft in another tab
		tab.Set("body", "Toisesta välilehdestä")
		for _, f := range []url.Values{again, tab} {
			if got := u.Post(at+"/notes", f); got.Code != 303 {
				t.Fatal(got.Code, got.Codes())
			}
		}
		if n := s.SQL(`select count(*)
from app.note
where body in ('Muokattu lähettämisen jälkeen', 'Toisesta välilehdestä')`); n != "2" || len(offers(u)) != 1 {
			t.Errorf("%s of two notes, %d drafts left", n, len(offers(u)))
		}
	}
	// dropped
	if got := u.Post("/drafts/"+one.Get("form")+"/delete", url.Values{"page": {at}}); got.Code != 303 || len(offers(u)) != 0 {
		t.Errorf("dropping: %d, %d drafts left", got.Code, len(offers(u)))
	}
	// a form that arrives after the session has ended
	late := write(u, e, map[string]string{"body": "Kirjoitin tätä kauan", "visibility": "case", "source": "coach"})
	s.Set(s.Now().Add(2 * time.Hour))
	got = u.Post(at+"/notes", late)
	if got.Code != 401 || !got.Has("E_EXPIRED") || strings.Contains(got.Body, "Kirjoitin tätä kauan") ||
		!strings.Contains(got.Body, "tallessa luonnoksena") {
		t.Errorf("late form: %d %v", got.Code, got.Codes())
	}
	u = s.As("veera.valmentava")
	if l := offers(u); len(l) != 1 || !strings.Contains(u.Get(l[0]).Body, "Kirjoitin tätä kauan</textarea>") {
		t.Errorf("the late form is not offered: %v", l)
	}
	if n := s.SQL(`select count(*) from app.note where body = 'Kirjoitin tätä kauan'`); n != "0" {
		t.Error("the late form was done")
	}
}

// Of one person the newest drafts are kept, whoever writes a thousand of them.
func TestDraftsAreBounded(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	s.SQL(`insert into app.draft (org_id, actor_id, id, page, fields, at)
select m.org_id, m.id, gen_random_uuid(), '/x', '{}', $1::timestamptz - make_interval(mins => n)
from app.membership m, generate_series(1, 80) n
where m.org_id = $2 and m.email = 'veera.valmentava@example.org' and m.role = 'coach' returning 1`, s.Now(), demo.Org)
	if got := u.Post("/drafts", write(u, demo.Enrolment(3), map[string]string{"body": "Uusin"})); got.Code != 303 {
		t.Fatal(got.Code)
	}
	if n := s.SQL(`select count(*) || ' ' || bool_or(fields::text like '%Uusin%') from app.draft`); n != "50 true" {
		t.Errorf("kept: %s", n)
	}
}

package programme_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// A version is copied, edited part by part, published and from then on as it is; running cohorts keep theirs, a new one
// gets the new one.
func TestProgrammeVersions(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("aatu.yllapitaja")
	first := s.UUID(`select id from app.programme_version where org_id = $1 and version = 1`, demo.Org)
	at := "/admin/models/" + first
	page := u.Get(at).Body
	if !strings.Contains(page, "Ryhmä 14") || strings.Contains(page, "/facts\"") {
		t.Error("the cohorts of a version are missing, or a published version offers to be edited")
	}
	if strings.Contains(page, "Kuvitelma") {
		t.Error("an administrator sees a participant")
	}
	cp := apptest.Fill(t, page, at+"/copy")
	if got := u.Post(at+"/copy", cp); got.Code != 303 {
		t.Fatalf("copy: %d %v", got.Code, got.Codes())
	}
	draft := "/admin/models/" + cp.Get("form")
	post := func(part string, change func(url.Values)) apptest.Answer {
		t.Helper()
		v := apptest.Fill(t, u.Get(draft+part).Body, draft+part)
		change(v)
		return u.Post(draft+part, v)
	}
	// facts: a name in Swedish, two more weeks
	if got := post("/facts", func(v url.Values) { v.Set("weeks", "0") }); got.Code != 422 || !got.Has("E_RANGE") {
		t.Errorf("no weeks: %d %v", got.Code, got.Codes())
	}
	if got := post("/facts", func(v url.Values) { v.Set("contact.week_2", "huomenna") }); got.Code != 422 || !got.Has("E_RANGE") ||
		!strings.Contains(got.Body, `value="huomenna"`) {
		t.Errorf("a day that is no number: %d %v", got.Code, got.Codes())
	}
	if got := post("/facts", func(v url.Values) {
		v.Set("weeks", "6")
		v.Set("contact.week_2", "9")
		v.Set("name.fi", "Pitkä kuukausi")
	}); got.Code != 303 {
		t.Fatalf("facts: %d %v", got.Code, got.Codes())
	}
	page = u.Get(draft).Body
	if !strings.Contains(page, "Pitkä kuukausi, versio 3") || !strings.Contains(page, "toinen viikko") ||
		strings.Contains(u.Get(at).Body, "Pitkä kuukausi") {
		t.Error("the draft does not hold what was saved, or its model does")
	}
	if got := u.Post(draft+"/delete", apptest.Fill(t, page, draft+"/delete")); got.Code != 303 || u.Get(draft).Code != 404 {
		t.Errorf("deleting the draft: %d %v", got.Code, got.Codes())
	}
}

// publish posts the form of a draft's page.
func publish(t *testing.T, u *apptest.User, draft string) apptest.Answer {
	t.Helper()
	return u.Post(draft+"/publication", apptest.Fill(t, u.Get(draft).Body, draft+"/publication"))
}

func TestPublishing(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("aatu.yllapitaja")
	draft := "/admin/models/" + demo.Draft.String()
	edit := func(part string, change func(url.Values)) apptest.Answer {
		t.Helper()
		v := apptest.Fill(t, u.Get(draft+part).Body, draft+part)
		change(v)
		return u.Post(draft+part, v)
	}
	if got := edit("/facts", func(v url.Values) { v.Set("weeks", "5") }); got.Code != 303 {
		t.Fatalf("five weeks: %d %v", got.Code, got.Codes())
	}
	if got := publish(t, u, draft); got.Code != 422 || !got.Has("E_MODEL_THEME") {
		t.Errorf("without a theme: %d %v", got.Code, got.Codes())
	}
	if got := edit("/weeks/5", func(v url.Values) {
		v.Set("theme.fi", "Jatko")
		v.Set("kind.1.1", "group")
		v.Set("starts.1.1", "8.45")
		v.Set("ends.1.1", "8.30")
		v.Set("text.1.1.fi", "Kertaus")
	}); got.Code != 422 || !got.Has("E_TIME") || !strings.Contains(got.Body, "Kertaus</textarea>") {
		t.Errorf("ends before it starts: %d %v", got.Code, got.Codes())
	}
	if got := edit("/weeks/5", func(v url.Values) {
		v.Set("theme.fi", "Jatko")
		v.Set("kind.1.1", "group")
		v.Set("starts.1.1", "8.45")
		v.Set("ends.1.1", "11.45")
		v.Set("text.1.1.fi", "Kertaus")
		v.Set("text.1.1.sv", "Repetition")
	}); got.Code != 303 {
		t.Fatalf("week 5: %d %v", got.Code, got.Codes())
	}
	// two and four pre-assignments are not this model's
	fourth := func(v url.Values) { v.Set("title.4.fi", "Neljäs"); v.Set("body.4.fi", "Tehtävä") }
	if got := edit("/pre-assignments", fourth); got.Code != 303 {
		t.Fatalf("a fourth: %d %v", got.Code, got.Codes())
	}
	if got := publish(t, u, draft); got.Code != 422 || !got.Has("E_PREASSIGN_COUNT") {
		t.Errorf("with four: %d %v", got.Code, got.Codes())
	}
	if got := edit("/pre-assignments", func(v url.Values) {
		for _, n := range []string{"1", "4"} {
			for _, l := range []string{"fi", "sv", "en"} {
				v.Set("title."+n+"."+l, "")
				v.Set("body."+n+"."+l, "")
			}
		}
	}); got.Code != 303 {
		t.Fatalf("two of them: %d %v", got.Code, got.Codes())
	}
	if got := publish(t, u, draft); got.Code != 422 || !got.Has("E_PREASSIGN_COUNT") {
		t.Errorf("with two: %d %v", got.Code, got.Codes())
	}
	if got := edit("/pre-assignments", func(v url.Values) { v.Set("title.3.fi", "Uusi"); v.Set("body.3.fi", "Tehtävä") }); got.Code != 303 {
		t.Fatal(got.Codes())
	}
	stale := apptest.Fill(t, u.Get(draft+"/weeks/5").Body, draft+"/weeks/5")
	if got := publish(t, u, draft); got.Code != 303 {
		t.Fatalf("publishing: %d %v", got.Code, got.Codes())
	}
	if got := u.Post(draft+"/weeks/5", stale); got.Code != 409 {
		t.Errorf("an edit that came late: %d", got.Code)
	}
	stale.Set("version", s.SQL(`select edition from app.programme_version where id = $1`, demo.Draft))
	if got := u.Post(draft+"/weeks/5", stale); got.Code != 422 || !got.Has("E_PUBLISHED") {
		t.Errorf("an edit after all: %d %v", got.Code, got.Codes())
	}
	if got := u.Post(draft+"/delete", url.Values{"form": {uuid.NewString()}, "version": {stale.Get("version")}}); got.Code != 422 ||
		!got.Has("E_PUBLISHED") {
		t.Errorf("deleting it: %d %v", got.Code, got.Codes())
	}
	// nor by hand, as the web role
	for _, sql := range []string{
		`update app.programme_version set weeks = 1`, `delete from app.programme_slot`, `delete from app.programme_text`,
		`delete from app.programme_version`,
	} {
		if got := s.Raw("aatu.yllapitaja", "admin", sql); got != "refused" && !strings.HasSuffix(got, " 0") {
			t.Errorf("%s: %s of published versions", sql, got)
		}
	}
	// a new cohort runs on it, the running one on what it began with; the texts come in the reader's language
	veera := s.As("veera.valmentava")
	v := apptest.Fill(t, veera.Get("/cohorts/new").Body, "/cohorts")
	if v.Get("programme") != demo.Draft.String() {
		t.Errorf("a new cohort is offered %s", v.Get("programme"))
	}
	v.Set("name", "Ryhmä 16")
	v.Set("starts_on", "11.1.2027")
	v.Set("coordinator", s.UUID(`select id from app.membership where org_id = $1 and role = 'coordinator'`, demo.Org))
	if got := veera.Post("/cohorts", v); got.Code != 303 {
		t.Fatalf("the cohort: %d %v", got.Code, got.Codes())
	}
	if n := s.SQL(
		`select max(day) || ' ' || max(week) || ' ' || count(*) from app.meeting where cohort_id = $1`, v.Get("form"),
	); n != "21 5 41" {
		t.Errorf("its half-days: %s", n)
	}
	if !strings.Contains(veera.Get("/cohorts/"+v.Get("form")+"/details").Body, "Kertaus") ||
		s.SQL(`select count(*) from app.meeting where cohort_id = $1`, demo.Running) != "40" {
		t.Error("the new half-day is missing, or the running cohort changed")
	}
	// like another one: its version, place and pair
	like := apptest.Fill(t, veera.Get("/cohorts/new?like="+demo.Running.String()).Body, "/cohorts")
	if like.Get("programme") == demo.Draft.String() || like.Get("place") != "Hämeenlinna" || like.Get("coordinator") == "" {
		t.Errorf("like the running one: %v", like)
	}
	like.Set("name", "Ryhmä 17")
	like.Set("starts_on", "11.1.2027")
	if got := veera.Post("/cohorts", like); got.Code != 303 ||
		s.SQL(`select version_id::text from app.cohort where id = $1`, like.Get("form")) != s.SQL(
			`select version_id::text from app.cohort where id = $1`,
			demo.Running,
		) {
		t.Errorf("the copy: %d %v", got.Code, got.Codes())
	}
	if got := veera.Get("/cohorts/new?like=" + demo.OtherCoachs.String()); got.Code != 404 {
		t.Errorf("like a cohort of others: %d", got.Code)
	}
}

// A model made from nothing goes with its last draft, and its code is free again.
func TestDroppedModelFreesItsCode(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("aatu.yllapitaja")
	for range 2 {
		v := apptest.Fill(t, u.Get("/admin/models/new").Body, "/admin/models")
		v.Set("code", "oma-polku")
		v.Set("name.fi", "Oma polku")
		v.Set("in_cohort", "alone")
		made := u.Post("/admin/models", v)
		if made.Code != http.StatusSeeOther {
			t.Fatalf("%d %v", made.Code, made.Codes())
		}
		at := strings.TrimSuffix(made.Location, "/facts")
		drop := apptest.Fill(t, u.Get(at).Body, at+"/delete")
		if a := u.Post(at+"/delete", drop); a.Code != http.StatusSeeOther {
			t.Fatalf("dropping: %d %v", a.Code, a.Codes())
		}
	}
	if n := s.SQL(`select count(*) from app.programme_model where code = 'oma-polku'`); n != "0" {
		t.Errorf("%s models without a version", n)
	}
}

// Words typed for a half-day that has no kind are not thrown away in silence.
func TestHalfDayWithoutKind(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("aatu.yllapitaja")
	v := apptest.Fill(t, u.Get("/admin/models/new").Body, "/admin/models")
	v.Set("code", "oma-polku")
	v.Set("name.fi", "Oma polku")
	v.Set("in_cohort", "alone")
	week := strings.TrimSuffix(u.Post("/admin/models", v).Location, "/facts") + "/weeks/1"
	w := apptest.Fill(t, u.Get(week).Body, week)
	w.Set("theme.fi", "Alku")
	w.Set("text.1.1.fi", "Alkukeskustelu")
	if a := u.Post(week, w); a.Code != http.StatusUnprocessableEntity || !a.Has("E_CHOICE") || !strings.Contains(a.Body, "Alkukeskustelu") {
		t.Errorf("%d %v", a.Code, a.Codes())
	}
}

package main

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/postgres/demo"
)

// A version is copied, edited part by part, published and from then on as it is; running cohorts keep theirs, a new one
// gets the new one.
func TestProgrammeVersions(t *testing.T) {
	s := start(t)
	u := s.as("aatu.yllapitaja")
	first := s.uuid(`select id from app.programme_version where org_id = $1 and version = 1`, demo.Org)
	at := "/admin/models/" + first
	page := u.get(at).body
	if !strings.Contains(page, "Ryhmä 14") || strings.Contains(page, "/facts\"") {
		t.Error("the cohorts of a version are missing, or a published version offers to be edited")
	}
	if strings.Contains(page, "Kuvitelma") {
		t.Error("an administrator sees a participant")
	}
	cp := fill(t, page, at+"/copy")
	if got := u.post(at+"/copy", cp); got.code != 303 {
		t.Fatalf("copy: %d %v", got.code, got.codes())
	}
	draft := "/admin/models/" + cp.Get("form")
	post := func(part string, change func(url.Values)) answer {
		t.Helper()
		v := fill(t, u.get(draft+part).body, draft+part)
		change(v)
		return u.post(draft+part, v)
	}
	// facts: a name in Swedish, two more weeks
	if got := post("/facts", func(v url.Values) { v.Set("weeks", "0") }); got.code != 422 || !got.has("E_RANGE") {
		t.Errorf("no weeks: %d %v", got.code, got.codes())
	}
	if got := post("/facts", func(v url.Values) { v.Set("contact.week_2", "huomenna") }); got.code != 422 || !got.has("E_RANGE") ||
		!strings.Contains(got.body, `value="huomenna"`) {
		t.Errorf("a day that is no number: %d %v", got.code, got.codes())
	}
	if got := post("/facts", func(v url.Values) {
		v.Set("weeks", "6")
		v.Set("contact.week_2", "9")
		v.Set("name.fi", "Pitkä kuukausi")
	}); got.code != 303 {
		t.Fatalf("facts: %d %v", got.code, got.codes())
	}
	page = u.get(draft).body
	if !strings.Contains(page, "Pitkä kuukausi, versio 3") || !strings.Contains(page, "toinen viikko") ||
		strings.Contains(u.get(at).body, "Pitkä kuukausi") {
		t.Error("the draft does not hold what was saved, or its model does")
	}
	if got := u.post(draft+"/delete", fill(t, page, draft+"/delete")); got.code != 303 || u.get(draft).code != 404 {
		t.Errorf("deleting the draft: %d %v", got.code, got.codes())
	}
}

// publish posts the form of a draft's page.
func publish(t *testing.T, u *user, draft string) answer {
	t.Helper()
	return u.post(draft+"/publication", fill(t, u.get(draft).body, draft+"/publication"))
}

func TestPublishing(t *testing.T) {
	s := start(t)
	u := s.as("aatu.yllapitaja")
	draft := "/admin/models/" + demo.Draft.String()
	edit := func(part string, change func(url.Values)) answer {
		t.Helper()
		v := fill(t, u.get(draft+part).body, draft+part)
		change(v)
		return u.post(draft+part, v)
	}
	if got := edit("/facts", func(v url.Values) { v.Set("weeks", "5") }); got.code != 303 {
		t.Fatalf("five weeks: %d %v", got.code, got.codes())
	}
	if got := publish(t, u, draft); got.code != 422 || !got.has("E_MODEL_THEME") {
		t.Errorf("without a theme: %d %v", got.code, got.codes())
	}
	if got := edit("/weeks/5", func(v url.Values) {
		v.Set("theme.fi", "Jatko")
		v.Set("kind.1.1", "group")
		v.Set("starts.1.1", "8.45")
		v.Set("ends.1.1", "8.30")
		v.Set("text.1.1.fi", "Kertaus")
	}); got.code != 422 || !got.has("E_TIME") || !strings.Contains(got.body, "Kertaus</textarea>") {
		t.Errorf("ends before it starts: %d %v", got.code, got.codes())
	}
	if got := edit("/weeks/5", func(v url.Values) {
		v.Set("theme.fi", "Jatko")
		v.Set("kind.1.1", "group")
		v.Set("starts.1.1", "8.45")
		v.Set("ends.1.1", "11.45")
		v.Set("text.1.1.fi", "Kertaus")
		v.Set("text.1.1.sv", "Repetition")
	}); got.code != 303 {
		t.Fatalf("week 5: %d %v", got.code, got.codes())
	}
	// two and four pre-assignments are not this model's
	if got := edit("/pre-assignments", func(v url.Values) { v.Set("title.4.fi", "Neljäs"); v.Set("body.4.fi", "Tehtävä") }); got.code != 303 {
		t.Fatalf("a fourth: %d %v", got.code, got.codes())
	}
	if got := publish(t, u, draft); got.code != 422 || !got.has("E_PREASSIGN_COUNT") {
		t.Errorf("with four: %d %v", got.code, got.codes())
	}
	if got := edit("/pre-assignments", func(v url.Values) {
		for _, n := range []string{"1", "4"} {
			for _, l := range []string{"fi", "sv", "en"} {
				v.Set("title."+n+"."+l, "")
				v.Set("body."+n+"."+l, "")
			}
		}
	}); got.code != 303 {
		t.Fatalf("two of them: %d %v", got.code, got.codes())
	}
	if got := publish(t, u, draft); got.code != 422 || !got.has("E_PREASSIGN_COUNT") {
		t.Errorf("with two: %d %v", got.code, got.codes())
	}
	if got := edit("/pre-assignments", func(v url.Values) { v.Set("title.3.fi", "Uusi"); v.Set("body.3.fi", "Tehtävä") }); got.code != 303 {
		t.Fatal(got.codes())
	}
	stale := fill(t, u.get(draft+"/weeks/5").body, draft+"/weeks/5")
	if got := publish(t, u, draft); got.code != 303 {
		t.Fatalf("publishing: %d %v", got.code, got.codes())
	}
	if got := u.post(draft+"/weeks/5", stale); got.code != 409 {
		t.Errorf("an edit that came late: %d", got.code)
	}
	stale.Set("version", s.sql(`select edition from app.programme_version where id = $1`, demo.Draft))
	if got := u.post(draft+"/weeks/5", stale); got.code != 422 || !got.has("E_PUBLISHED") {
		t.Errorf("an edit after all: %d %v", got.code, got.codes())
	}
	if got := u.post(draft+"/delete", url.Values{"form": {uuid.NewString()}, "version": {stale.Get("version")}}); got.code != 422 ||
		!got.has("E_PUBLISHED") {
		t.Errorf("deleting it: %d %v", got.code, got.codes())
	}
	// nor by hand, as the web role
	c, err := pgx.Connect(context.Background(), s.db.WebURL)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(context.Background())
	for _, sql := range []string{
		`update app.programme_version set weeks = 1`, `delete from app.programme_slot`, `delete from app.programme_text`,
		`delete from app.programme_version`,
	} {
		tx, err := c.Begin(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		admin := s.sql(`select id::text from app.membership where org_id = $1 and role = 'admin'`, demo.Org)
		if _, err := tx.Exec(context.Background(), `select
  set_config('app.org', $1, true),
  set_config('app.actor', $2, true),
  set_config('app.role', 'admin', true)`, demo.Org.String(), admin); err != nil {
			t.Fatal(err)
		}
		if tag, err := tx.Exec(context.Background(), sql); err == nil && tag.RowsAffected() > 0 {
			t.Errorf("%s: %d rows of published versions", sql, tag.RowsAffected())
		}
		_ = tx.Rollback(context.Background())
	}
	// a new cohort runs on it, the running one on what it began with; the texts come in the reader's language
	veera := s.as("veera.valmentava")
	v := fill(t, veera.get("/cohorts/new").body, "/cohorts")
	if v.Get("programme") != demo.Draft.String() {
		t.Errorf("a new cohort is offered %s", v.Get("programme"))
	}
	v.Set("name", "Ryhmä 16")
	v.Set("starts_on", "11.1.2027")
	v.Set("coordinator", s.uuid(`select id from app.membership where org_id = $1 and role = 'coordinator'`, demo.Org))
	if got := veera.post("/cohorts", v); got.code != 303 {
		t.Fatalf("the cohort: %d %v", got.code, got.codes())
	}
	if n := s.sql(
		`select max(day) || ' ' || max(week) || ' ' || count(*) from app.meeting where cohort_id = $1`, v.Get("form"),
	); n != "21 5 41" {
		t.Errorf("its half-days: %s", n)
	}
	if !strings.Contains(veera.get("/cohorts/"+v.Get("form")+"/details").body, "Kertaus") ||
		s.sql(`select count(*) from app.meeting where cohort_id = $1`, demo.Running) != "40" {
		t.Error("the new half-day is missing, or the running cohort changed")
	}
	// like another one: its version, place and pair
	like := fill(t, veera.get("/cohorts/new?like="+demo.Running.String()).body, "/cohorts")
	if like.Get("programme") == demo.Draft.String() || like.Get("place") != "Hämeenlinna" || like.Get("coordinator") == "" {
		t.Errorf("like the running one: %v", like)
	}
	like.Set("name", "Ryhmä 17")
	like.Set("starts_on", "11.1.2027")
	if got := veera.post("/cohorts", like); got.code != 303 ||
		s.sql(`select version_id::text from app.cohort where id = $1`, like.Get("form")) != s.sql(
			`select version_id::text from app.cohort where id = $1`,
			demo.Running,
		) {
		t.Errorf("the copy: %d %v", got.code, got.codes())
	}
	if got := veera.get("/cohorts/new?like=" + demo.OtherCoachs.String()); got.code != 404 {
		t.Errorf("like a cohort of others: %d", got.code)
	}
}

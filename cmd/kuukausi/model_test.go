package main

import (
	"context"
	"crypto/sha256"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/participant"
	"kuukausi/internal/postgres/demo"
	"kuukausi/internal/postgres/operate"
	"kuukausi/internal/programme"
	"kuukausi/internal/recruitment"
	"kuukausi/internal/review"
)

// visit is a request's context of a demo login, for calling a room without a browser.
func (s *site) visit(email string) context.Context {
	s.t.Helper()
	token := sha256.Sum256([]byte("test " + email))
	s.sql(`insert into app.login_session (token_hash, account_id, org_id, membership_id, created_at, seen_at, expires_at)
select
  $1,
  m.account_id,
  m.org_id,
  m.id,
  $3,
  $3,
  $3::timestamptz + interval '12 hours'
from app.membership m
where m.email = $2
on conflict do nothing`, token[:], email, *s.now.Load())
	return access.With(context.Background(), &access.Visit{Token: token[:], RequestID: "test", Now: *s.now.Load()})
}

// A second model (individual, six weeks, two pre-assignments, no cohort, two parties) loads and works without a changed
// line of code: enrolling, meetings, attendance, the person's page, a review of its own parties.
func TestSecondModel(t *testing.T) {
	s := start(t)
	f, err := os.Open("testdata/individual.toml")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, err := programme.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	c, err := pgx.Connect(ctx, s.db.AdminURL)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(ctx)
	var version uuid.UUID
	if err := pgx.BeginFunc(
		ctx, c, func(tx pgx.Tx) error { version, err = operate.SaveModel(ctx, tx, demo.Org, m, morning); return err },
	); err != nil {
		t.Fatal(err)
	}
	all := rooms(s.pg, participant.Codes{}, nil)
	veera := s.visit("veera.valmentava@example.org")
	expert := uuid.MustParse(s.uuid(`select id from app.membership where org_id = $1 and email = 'eeva.ehkanen@example.org'`, demo.Org))
	day := access.Day(morning)
	id := uuid.New()
	err = all.Recruitment.EnrolPerson(veera, access.Form{ID: id}, uuid.Nil, version, recruitment.EnrolmentForm{
		PersonForm: recruitment.PersonForm{FirstName: "Yrjö", LastName: "Yksin", Lang: "fi", BornOn: day.AddDate(-52, 0, 0)},
		Choice:     recruitment.ChoiceForm{Chose: true, How: "oral", ChosenOn: day},
		Expert:     expert,
		StartsOn:   day,
	})
	if err != nil {
		t.Fatal(err)
	}
	u := s.as("veera.valmentava")
	page := u.get("/enrolments/" + id.String())
	if page.code != 200 || !strings.Contains(page.body, "Yrjö Yksin") {
		t.Fatalf("the person's page: %d", page.code)
	}
	if n := s.sql(`select count(*) || ' ' || max(held_on) from app.meeting where enrolment_id = $1`, id); n != "3 2027-01-04" {
		t.Errorf("meetings: %s, want 3 to 4 January (Christmas and New Year lengthen it)", n)
	}
	meeting := s.uuid(`select id from app.meeting where enrolment_id = $1 order by held_on limit 1`, id)
	sheet := u.get("/meetings/" + meeting + "/attendance")
	if got := u.post("/meetings/"+meeting+"/attendance", fill(t, sheet.body, "/meetings/"+meeting+"/attendance")); got.code != 422 ||
		!got.has("E_NOTHING_MARKED") {
		t.Errorf("an empty sheet: %d %v", got.code, got.codes())
	}
	v := fill(t, sheet.body, "/meetings/"+meeting+"/attendance")
	v.Set("rest", "p")
	if got := u.post("/meetings/"+meeting+"/attendance", v); got.code != 303 {
		t.Errorf("attendance: %d %v", got.code, got.codes())
	}
	for _, to := range []string{"preparing", "active"} {
		p := u.get("/enrolments/" + id.String())
		form := fill(t, p.body, "/enrolments/"+id.String()+"/state")
		form.Set("to", to)
		if got := u.post("/enrolments/"+id.String()+"/state", form); got.code != 303 {
			t.Fatalf("%s: %d %v", to, got.code, got.codes())
		}
	}
	rev := uuid.New()
	if err := all.Review.BookReview(veera, id, access.Form{ID: rev}, review.Booking{MeetsOn: day, MeetsAt: 600,
		Place: "Etä"}, func(g review.Gathered) review.Body {
		return review.Body{"goal": "Työ", "goal_result": "Eteni", "own_words": "Hyvä", "strengths": "Sisu", "next_steps": "Hakee"}
	}); err != nil {
		t.Fatal(err)
	}
	if r, err := all.Review.Review(veera, access.ReviewView, rev); err != nil || len(r.Parties) != 2 || len(r.OutcomeKinds) != 3 {
		t.Errorf("%v: parties %v, outcomes %v", err, r.Parties, r.OutcomeKinds)
	}
	if got := s.as("senni.sijainen").get("/enrolments/" + id.String()); got.code != 404 {
		t.Errorf("another coach sees the case: %d", got.code)
	}
}

// The administrator invites, changes roles, hands duties over and disables; every effect is immediate.
func TestMembers(t *testing.T) {
	s := start(t)
	admin, veera := s.as("aatu.yllapitaja"), s.as("veera.valmentava")
	v := fill(t, admin.get("/admin/users").body, "/admin/users/invitations")
	v.Set("name", "Uusi Valmentaja")
	v.Set("email", "Uusi.Valmentaja@example.org")
	v.Set("role", "coach")
	if got := admin.post("/admin/users/invitations", v); got.code != 303 {
		t.Fatal(got.code, got.codes())
	}
	body := admin.get("/admin/users").body
	at := strings.Index(body, "/invitations/")
	link := body[at : at+len("/invitations/")+43]
	if strings.Contains(admin.get("/admin/users").body, link) {
		t.Error("the link is shown twice")
	}
	guest := s.as("")
	if got := guest.post(link, url.Values{"password": {"short"}, "again": {"short"}}); !got.has("E_PASSWORD_LENGTH") {
		t.Errorf("a short password: %v", got.codes())
	}
	if got := guest.post(link, url.Values{"password": {demo.Password}, "again": {demo.Password + "!"}}); !got.has("E_PASSWORD_AGAIN") {
		t.Errorf("two passwords: %v", got.codes())
	}
	if got := atOnce(8, func(int) answer {
		return guest.post(link, url.Values{"password": {demo.Password}, "again": {demo.Password}})
	}); got[303] != 1 {
		t.Errorf("a one-time link used %d times: %v", got[303], got)
	}
	fresh := s.as("uusi.valmentaja")
	map_ := "/cohorts/" + demo.Running.String()
	if got := fresh.get(map_); got.code != 404 {
		t.Errorf("a new coach sees another's cohort: %d", got.code)
	}
	member := func(email string) string {
		return s.uuid(`select id from app.membership where org_id = $1 and email = $2`, demo.Org, email)
	}
	from, to := "/admin/users/"+member("veera.valmentava@example.org"), member("uusi.valmentaja@example.org")
	role := fill(t, admin.get("/admin/users").body, from+"/role")
	role.Set("role", "expert")
	if got := admin.post(from+"/role", role); !got.has("E_HAS_DUTIES") {
		t.Errorf("a role changed with duties: %v", got.codes())
	}
	over := fill(t, admin.get("/admin/users").body, from+"/duties")
	over.Set("successor", member("kimmo.koordinoiva@example.org"))
	if got := admin.post(from+"/duties", over); !got.has("E_ROLE_DIFFERS") {
		t.Errorf("duties to another role: %v", got.codes())
	}
	over = fill(t, admin.get("/admin/users").body, from+"/duties")
	over.Set("successor", to)
	if got := admin.post(from+"/duties", over); got.code != 303 {
		t.Fatal(got.code, got.codes())
	}
	s.set(morning.Add(1e9)) // a second later
	if a, b := veera.get(map_), fresh.get(map_); a.code != 404 || b.code != 200 {
		t.Errorf("after the hand-over the old coach gets %d, the new one %d", a.code, b.code)
	}
	if got := fresh.get("/enrolments/" + demo.Enrolment(8).String()); got.code != 200 {
		t.Errorf("the new coach's person: %d", got.code)
	}
	end := fill(t, admin.get("/admin/users").body, from+"/end")
	if got := admin.post(from+"/end", end); got.code != 303 {
		t.Fatal(got.code, got.codes())
	}
	if got := veera.get("/cohorts"); got.code != 303 || !strings.HasPrefix(got.location, "/login") {
		t.Errorf("a disabled user is let in: %d", got.code)
	}
	me := "/admin/users/" + member("aatu.yllapitaja@example.org")
	if got := admin.post(me+"/role", url.Values{"form": {uuid.NewString()}, "version": {"1"}, "role": {"coach"}}); got.code != 404 {
		t.Errorf("an administrator changed their own role: %d", got.code)
	}
	kaisa := s.as("kaisa.kahdessa")
	choices := kaisa.get("/membership").body
	i := strings.Index(choices, `name="membership" value="`) + len(`name="membership" value="`)
	before := kaisa.get("/").body
	if got := kaisa.post("/membership", url.Values{"membership": {choices[i : i+36]}}); got.code != 303 {
		t.Fatal(got.code)
	}
	if after := kaisa.get("/").body; strings.Contains(before, "Malliseudun") == strings.Contains(after, "Malliseudun") {
		t.Error("the membership did not change")
	}
	if got := kaisa.post("/membership", url.Values{"membership": {member("kimmo.koordinoiva@example.org")}}); got.code != 404 {
		t.Errorf("a switch into someone else's membership: %d", got.code)
	}
}

// Nobody grants themself, under whatever membership of theirs: an administrator who is a coach elsewhere in the
// organisation can neither invite that role for themself nor hand duties to it.
func TestNobodyGrantsThemself(t *testing.T) {
	s := start(t)
	admin := s.as("aatu.yllapitaja")
	v := fill(t, admin.get("/admin/users").body, "/admin/users/invitations")
	v.Set("name", "Aatu itse")
	v.Set("email", "aatu.yllapitaja@example.org")
	v.Set("role", "coach")
	if got := admin.post("/admin/users/invitations", v); !got.has("E_OWN_ROLE") {
		t.Errorf("an administrator invited themself: %d %v", got.code, got.codes())
	}
	s.sql(`insert into app.membership (org_id, id, account_id, role, name, email, created_at)
select
  org_id,
  gen_random_uuid(),
  account_id,
  'coach',
  name,
  email,
  created_at
from app.membership
where org_id = $1 and email = 'aatu.yllapitaja@example.org'`, demo.Org)
	veera := "/admin/users/" + s.uuid(`select id from app.membership where org_id = $1 and email = 'veera.valmentava@example.org'`, demo.Org)
	over := fill(t, admin.get("/admin/users").body, veera+"/duties")
	over.Set("successor", s.uuid(`select id
from app.membership
where org_id = $1
  and email = 'aatu.yllapitaja@example.org'
  and role = 'coach'`, demo.Org))
	if got := admin.post(veera+"/duties", over); got.code != 404 {
		t.Errorf("duties handed to oneself: %d %v", got.code, got.codes())
	}
	if n := s.sql(`select count(*)
from app.case_grant g
join app.membership m on m.org_id = g.org_id and m.id = g.user_id
where m.email = 'aatu.yllapitaja@example.org'`); n != "0" {
		t.Errorf("the administrator holds %s grants", n)
	}
	end := fill(t, admin.get("/admin/users").body, veera+"/end")
	if got := admin.post(veera+"/end", end); !got.has("E_HAS_DUTIES") {
		t.Errorf("a coach with duties was disabled: %d %v", got.code, got.codes())
	}
	eeva := "/admin/users/" + s.uuid(`select id from app.membership where org_id = $1 and email = 'eeva.ehkanen@example.org'`, demo.Org)
	area := fill(t, admin.get("/admin/users").body, eeva+"/duties")
	area.Set("successor", s.uuid(`select id from app.membership where org_id = $1 and email = 'olli.omanen@example.org'`, demo.Org))
	if got := admin.post(eeva+"/duties", area); !got.has("E_AREA_DIFFERS") {
		t.Errorf("an expert's cases went to another area: %d %v", got.code, got.codes())
	}
}

// Right passwords are never throttled: an office signs in all morning, a coach takes the device back all afternoon.
func TestRightPasswordsAreNotThrottled(t *testing.T) {
	s := start(t)
	for i := range 80 {
		s.set(morning.Add(time.Duration(i) * time.Minute))
		s.as("olli.omanen")
	}
	u := s.as("veera.valmentava")
	at := "/reviews/" + demo.Review(202).String()
	for i := range 14 {
		hand := fill(t, u.get(at).body, at+"/text")
		if got := u.post(at+"/device", url.Values{"form": {uuid.NewString()}, "version": hand["version"]}); got.location != "/handed" {
			t.Fatalf("hand-over %d: %d %v", i, got.code, got.codes())
		}
		if got := u.get("/membership"); got.location != "/handed" {
			t.Errorf("a handed device opened the membership page: %d", got.code)
		}
		if got := u.post("/handed/return", url.Values{"password": {"wrong password"}}); !got.has("E_PASSWORD") {
			t.Fatalf("a wrong password: %d %v", got.code, got.codes())
		}
		if got := u.post("/handed/return", url.Values{"password": {demo.Password}}); got.location != at {
			t.Fatalf("take-back %d: %d %v", i, got.code, got.codes())
		}
	}
}

// A trial that has ended covers no later day; two trials of one person never overlap; a text typed after the session
// ended is shown, not lost.
func TestTrialEndsWhenItEnds(t *testing.T) {
	s := start(t)
	k := s.as("kimmo.koordinoiva")
	at := "/trials/" + demo.Trial(100).String() // Aino's
	end := fill(t, k.get(at).body, at+"/end")
	end.Set("reason", "Sai töitä")
	for _, x := range []string{"E_TRIAL_NOTICE", "E_TRIAL_NO_ASSESSMENT", "E_CHOICE"} {
		if got := k.post(at+"/end", end); got.code != 422 || !got.has(x) || !strings.Contains(got.body, "Sai töitä") {
			t.Errorf("ended too simply: %d %v, want %s", got.code, got.codes(), x)
		}
	}
	end.Set("terminated_by", "participant")
	end.Set("notice_on", "19.11.2026")
	end.Set("hired", "yes")
	if got := s.as("veera.valmentava").post(
		at+"/waiver", url.Values{"form": {uuid.NewString()}, "version": {"1"}, "grounds": {"x"}},
	); got.code != 403 ||
		!got.has("E_NOT_EXPERT") {
		t.Errorf("a coach waives: %d %v", got.code, got.codes())
	}
	eeva := s.as("eeva.ehkanen")
	waive := fill(t, eeva.get(at).body, at+"/waiver")
	waive.Set("grounds", "Paikka lopetti toimintansa")
	if got := eeva.post(at+"/waiver", waive); got.code != 303 {
		t.Fatal(got.code, got.codes())
	}
	if got := k.post(at+"/end", end); got.code != 303 {
		t.Fatal(got.code, got.codes())
	}
	s.set(morning.AddDate(0, 0, 5))
	v := s.as("veera.valmentava")
	day := "/cohorts/" + demo.Running.String() + "/days/2026-11-24"
	board := v.get(day)
	form := fill(t, board.body, day)
	form.Set("mark."+demo.Enrolment(0).String(), "p")
	if got := v.post(day, form); !got.has("E_TRIAL_UNSIGNED") {
		t.Errorf("a mark after the trial's end: %d %v", got.code, got.codes())
	}
	k = s.as("kimmo.koordinoiva")
	path := "/enrolments/" + demo.Enrolment(1).String() + "/trials" // Joni has an active one
	next := fill(t, k.get(path+"/new").body, path)
	next.Set(
		"site",
		demo.Site(1).String()+" "+s.uuid(`select id from app.site_person where org_id = $1 and site_id = $2`, demo.Org, demo.Site(1)),
	)
	next.Set("purpose", "return_to_work")
	if got := k.post(path, next); !got.has("E_OVERLAP") || !strings.Contains(got.body, "Vanajan Mallivarasto") {
		t.Errorf("a second trial on the same days: %d %v", got.code, got.codes())
	}
	goal := "/enrolments/" + demo.Enrolment(8).String() + "/goal"
	typed := fill(t, v.get("/enrolments/"+demo.Enrolment(8).String()).body, goal)
	typed.Set("body", "Pitkä teksti, jota kukaan ei halua kirjoittaa uudelleen")
	s.set(morning.AddDate(0, 0, 5).Add(40 * time.Minute))
	if got := v.post(goal, typed); got.code != 401 || !got.has("E_EXPIRED") || !strings.Contains(got.body, "Pitkä teksti") {
		t.Errorf("a text after the session's end: %d %v", got.code, got.codes())
	}
}

// The coordinator sees nothing of what is the coach's: goal, group attendance, search, review (rulings.md 4); and text
// that looks like markup comes back as text on every page.
func TestCoordinatorBlindness(t *testing.T) {
	s := start(t)
	const marker = `MERKKI<img src=x onerror=alert(1)>"'&amp;`
	s.sql(`update app.goal set body = $2 where org_id = $1`, demo.Org, marker)
	s.sql(`update app.participant set strengths = $2 where org_id = $1`, demo.Org, marker)
	s.sql(`update app.attendance set remark = $2 where org_id = $1 and not on_trial`, demo.Org, marker)
	s.sql(`update app.review_version
set body = jsonb_build_object('goal', $2::text, 'own_words', $2::text, 'obstacles', $2::text)
where org_id = $1`, demo.Org, marker)
	s.sql(`update app.decision set grounds = $2 where org_id = $1`, demo.Org, marker)
	seen := 0
	for _, c := range matrixUsers {
		u := s.as(c.email)
		for _, m := range matrix {
			if m.method != "GET" {
				continue
			}
			a := u.get(examplePath(s, m.path))
			if c.letter == "K" && strings.Contains(a.body, "MERKKI") {
				t.Errorf("the coordinator sees it on %s", m.pattern)
			}
			if strings.Contains(a.body, "<img") {
				t.Errorf("markup from the database on %s as %s", m.pattern, c.letter)
			}
			if strings.Contains(a.body, "MERKKI") {
				seen++
			}
		}
	}
	if seen < 5 {
		t.Errorf("only %d pages show the marker to anyone: the test looks at nothing", seen)
	}
	if n := len(s.as("veera.valmentava").get("/cohorts/" + demo.Running.String()).body); n > 60<<10 {
		t.Errorf("the month map is %d bytes", n)
	}
}

// Ten thousand characters, NUL, broken UTF-8 and a missing form id: a clear answer, never a 500.
func TestHostileForms(t *testing.T) {
	s := start(t)
	u := s.as("veera.valmentava")
	path := "/enrolments/" + demo.Enrolment(8).String() + "/goal"
	base := func() url.Values {
		v := fill(t, u.get("/enrolments/"+demo.Enrolment(8).String()).body, path)
		v.Set("kind", "employment")
		v.Set("how", "present")
		return v
	}
	v := base()
	v.Set("body", strings.Repeat("ä", 10000))
	if got := u.post(path, v); got.code != 422 || !got.has("E_TOO_LONG") || !strings.Contains(got.body, strings.Repeat("ä", 10000)) {
		t.Errorf("10,000 characters: %d %v", got.code, got.codes())
	}
	v = base()
	v.Set("how", "")
	v.Set("body", "Töihin")
	if got := u.post(path, v); !got.has("E_GOAL_NOT_OWNER") || !strings.Contains(got.body, ">Töihin</textarea>") {
		t.Errorf("a goal without how: %v", got.codes())
	}
	v = base()
	v.Set("body", "Nolla\x00 ja rikki\xff")
	if got := u.post(path, v); got.code != 303 {
		t.Errorf("NUL and broken UTF-8: %d %v", got.code, got.codes())
	}
	if got := u.post(path, url.Values{"body": {"x"}}); got.code != 400 {
		t.Errorf("no form id: %d", got.code)
	}
	if got := u.post(path, url.Values{"body": {strings.Repeat("x", 2<<20)}}); got.code != 400 {
		t.Errorf("two megabytes: %d", got.code)
	}
}

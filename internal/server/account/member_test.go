package account_test

import (
	"context"
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// The administrator invites, changes roles, hands duties over and disables; every effect is immediate.
func TestMembers(t *testing.T) {
	s := apptest.Start(t)
	admin, veera := s.As("aatu.yllapitaja"), s.As("veera.valmentava")
	v := apptest.Fill(t, admin.Get("/admin/users").Body, "/admin/users/invitations")
	v.Set("name", "Uusi Valmentaja")
	v.Set("email", "Uusi.Valmentaja@example.org")
	v.Set("role", "coach")
	if got := admin.Post("/admin/users/invitations", v); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	body := admin.Get("/admin/users").Body
	at := strings.Index(body, "/invitations/")
	link := body[at : at+len("/invitations/")+43]
	if strings.Contains(admin.Get("/admin/users").Body, link) {
		t.Error("the link is shown twice")
	}
	guest := s.As("")
	if got := guest.Get(link); got.Code != 200 || !got.Has("E_LINK_WAITS") {
		t.Errorf("a link nobody confirmed: %d %v", got.Code, got.Codes())
	}
	confirmLink(t, veera, "yes")
	if got := guest.Post(link, url.Values{"password": {"short"}, "again": {"short"}}); !got.Has("E_LINK_PASSWORD") {
		t.Errorf("a short password: %v", got.Codes())
	}
	if got := guest.Post(link, url.Values{"password": {demo.Password}, "again": {demo.Password + "!"}}); !got.Has("E_LINK_PASSWORD") {
		t.Errorf("two passwords: %v", got.Codes())
	}
	if got := apptest.AtOnce(8, func(int) apptest.Answer {
		return guest.Post(link, url.Values{"password": {demo.Password}, "again": {demo.Password}})
	}); got[303] != 1 {
		t.Errorf("a one-time link used %d times: %v", got[303], got)
	}
	fresh := s.As("uusi.valmentaja")
	map_ := "/cohorts/" + demo.Running.String()
	if got := fresh.Get(map_); got.Code != 404 {
		t.Errorf("a new coach sees another's cohort: %d", got.Code)
	}
	member := func(email string) string {
		return s.UUID(`select id from app.membership where org_id = $1 and email = $2`, demo.Org, email)
	}
	from, to := "/admin/users/"+member("veera.valmentava@example.org"), member("uusi.valmentaja@example.org")
	role := apptest.Fill(t, admin.Get("/admin/users").Body, from+"/role")
	role.Set("role", "expert")
	if got := admin.Post(from+"/role", role); !got.Has("E_HAS_DUTIES") {
		t.Errorf("a role changed with duties: %v", got.Codes())
	}
	over := apptest.Fill(t, admin.Get("/admin/users").Body, from+"/duties")
	over.Set("successor", member("kimmo.koordinoiva@example.org"))
	if got := admin.Post(from+"/duties", over); !got.Has("E_ROLE_DIFFERS") {
		t.Errorf("duties to another role: %v", got.Codes())
	}
	over = apptest.Fill(t, admin.Get("/admin/users").Body, from+"/duties")
	over.Set("successor", to)
	if got := admin.Post(from+"/duties", over); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	if a, b := veera.Get(map_), fresh.Get(map_); a.Code != 200 || b.Code != 404 {
		t.Errorf("one administrator alone moved duties: %d %d", a.Code, b.Code)
	}
	if page := admin.Get("/confirmations").Body; strings.Contains(page, "Veera Valmentava") {
		t.Error("who asked for a hand-over may confirm it")
	}
	if !confirmLink(t, s.As("kimmo.koordinoiva"), "yes") {
		t.Fatal("nobody is asked about the hand-over")
	}
	s.Set(apptest.Morning.Add(1e9)) // a second later
	if a, b := veera.Get(map_), fresh.Get(map_); a.Code != 404 || b.Code != 200 {
		t.Errorf("after the hand-over the old coach gets %d, the new one %d", a.Code, b.Code)
	}
	if got := fresh.Get("/enrolments/" + demo.Enrolment(8).String()); got.Code != 200 {
		t.Errorf("the new coach's person: %d", got.Code)
	}
	end := apptest.Fill(t, admin.Get("/admin/users").Body, from+"/end")
	if got := admin.Post(from+"/end", end); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	if got := veera.Get("/cohorts"); got.Code != 303 || !strings.HasPrefix(got.Location, "/login") {
		t.Errorf("a disabled user is let in: %d", got.Code)
	}
	me := "/admin/users/" + member("aatu.yllapitaja@example.org")
	if got := admin.Post(me+"/role", url.Values{"form": {uuid.NewString()}, "version": {"1"}, "role": {"coach"}}); got.Code != 404 {
		t.Errorf("an administrator changed their own role: %d", got.Code)
	}
	kaisa := s.As("kaisa.kahdessa")
	choices := kaisa.Get("/membership").Body
	i := strings.Index(choices, `name="membership" value="`) + len(`name="membership" value="`)
	before := kaisa.Get("/").Body
	if got := kaisa.Post("/membership", url.Values{"membership": {choices[i : i+36]}}); got.Code != 303 {
		t.Fatal(got.Code)
	}
	if after := kaisa.Get("/").Body; strings.Contains(before, "Malliseudun") == strings.Contains(after, "Malliseudun") {
		t.Error("the membership did not change")
	}
	if got := kaisa.Post("/membership", url.Values{"membership": {member("kimmo.koordinoiva@example.org")}}); got.Code != 404 {
		t.Errorf("a switch into someone else's membership: %d", got.Code)
	}
}

// Nobody grants themself, under whatever membership of theirs: an administrator who is a coach elsewhere in the
// organisation can neither invite that role for themself nor hand duties to it.
func TestNobodyGrantsThemself(t *testing.T) {
	s := apptest.Start(t)
	admin := s.As("aatu.yllapitaja")
	v := apptest.Fill(t, admin.Get("/admin/users").Body, "/admin/users/invitations")
	v.Set("name", "Aatu itse")
	v.Set("email", "aatu.yllapitaja@example.org")
	v.Set("role", "coach")
	if got := admin.Post("/admin/users/invitations", v); !got.Has("E_OWN_ROLE") {
		t.Errorf("an administrator invited themself: %d %v", got.Code, got.Codes())
	}
	s.SQL(`insert into app.membership (org_id, id, account_id, role, name, email, created_at)
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
	veera := "/admin/users/" + s.UUID(`select id from app.membership where org_id = $1 and email = 'veera.valmentava@example.org'`, demo.Org)
	over := apptest.Fill(t, admin.Get("/admin/users").Body, veera+"/duties")
	over.Set("successor", s.UUID(`select id
from app.membership
where org_id = $1
  and email = 'aatu.yllapitaja@example.org'
  and role = 'coach'`, demo.Org))
	if got := admin.Post(veera+"/duties", over); got.Code != 404 {
		t.Errorf("duties handed to oneself: %d %v", got.Code, got.Codes())
	}
	if n := s.SQL(`select count(*)
from app.case_grant g
join app.membership m on m.org_id = g.org_id and m.id = g.user_id
where m.email = 'aatu.yllapitaja@example.org'`); n != "0" {
		t.Errorf("the administrator holds %s grants", n)
	}
	end := apptest.Fill(t, admin.Get("/admin/users").Body, veera+"/end")
	if got := admin.Post(veera+"/end", end); !got.Has("E_HAS_DUTIES") {
		t.Errorf("a coach with duties was disabled: %d %v", got.Code, got.Codes())
	}
	eeva := "/admin/users/" + s.UUID(`select id from app.membership where org_id = $1 and email = 'eeva.ehkanen@example.org'`, demo.Org)
	area := apptest.Fill(t, admin.Get("/admin/users").Body, eeva+"/duties")
	area.Set("successor", s.UUID(`select id from app.membership where org_id = $1 and email = 'olli.omanen@example.org'`, demo.Org))
	if got := admin.Post(eeva+"/duties", area); !got.Has("E_AREA_DIFFERS") {
		t.Errorf("an expert's cases went to another area: %d %v", got.Code, got.Codes())
	}
}

// Two administrators who end each other at the same moment leave one: the last one stays.
func TestAdministratorsEndEachOther(t *testing.T) {
	s := apptest.Start(t)
	aatu := s.As("aatu.yllapitaja")
	s.SQL(`update app.membership set role = 'admin' where org_id = $1 and email = 'kaisa.kahdessa@example.org'`, demo.Org)
	s.SQL(`update app.account set password_hash = (select password_hash from app.account where email = 'aatu.yllapitaja@example.org')
where email = 'kaisa.kahdessa@example.org'`)
	kaisa := s.As("kaisa.kahdessa")
	ids := []string{
		s.UUID(`select id from app.membership where org_id = $1 and email = 'kaisa.kahdessa@example.org' and role = 'admin'`, demo.Org),
		s.UUID(`select id from app.membership where org_id = $1 and email = 'aatu.yllapitaja@example.org' and role = 'admin'`, demo.Org),
	}
	users := []*apptest.User{aatu, kaisa}
	var forms []url.Values
	for i, u := range users {
		forms = append(forms, apptest.Fill(t, u.Get("/admin/users").Body, "/admin/users/"+ids[i]+"/end"))
	}
	c, err := pgx.Connect(context.Background(), s.DB.AdminURL)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(context.Background())
	tx, err := c.Begin(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	// both wait here, and without an order between them both would have counted the other
	if _, err := tx.Exec(context.Background(), `select from app.membership where id::text = any($1) for update`, ids); err != nil {
		t.Fatal(err)
	}
	answers := make(chan apptest.Answer, 2)
	for i := range users {
		go func() { answers <- users[i].Post("/admin/users/"+ids[i]+"/end", forms[i]) }()
	}
	s.Waiting(2)
	_ = tx.Rollback(context.Background())
	a, b := <-answers, <-answers
	n := s.SQL(`select count(*) from app.membership where org_id = $1 and role = 'admin' and disabled_at is null`, demo.Org)
	if n != "1" {
		t.Errorf("%s administrators are left: %d %v, %d %v", n, a.Code, a.Codes(), b.Code, b.Codes())
	}
}

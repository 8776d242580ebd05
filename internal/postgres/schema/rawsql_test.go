package schema_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"kuukausi/internal/postgres/demo"
	"kuukausi/internal/postgres/pgtest"
)

// As the web role, by hand: without a context no table shows a row; in one organisation's context none of another's,
// whatever is tried with select, update, delete or insert.
func TestRawSQL(t *testing.T) {
	d := pgtest.New(t, fill)
	admin, web := connect(t, d.AdminURL), connect(t, d.WebURL)
	ctx := context.Background()
	denied := func(err error) bool {
		var pg *pgconn.PgError
		return errors.As(err, &pg) && (pg.Code == "42501" || pg.Code == "23503" || pg.Code == "23502")
	}
	for _, name := range tables(t, admin) {
		var n int
		err := web.QueryRow(ctx, `select count(*) from app.`+name).Scan(&n)
		if name == "law_value" {
			continue
		}
		if err == nil && n != 0 || err != nil && !denied(err) {
			t.Errorf("%s without a context: %d rows, %v", name, n, err)
		}
	}
	var coach string
	if err := admin.QueryRow(
		ctx, `select id::text from app.membership where org_id = $1 and email = 'veera.valmentava@example.org'`, demo.Org,
	).Scan(&coach); err != nil {
		t.Fatal(err)
	}
	for _, name := range tables(t, admin) {
		if _, ok := exempt[name]; ok {
			continue
		}
		for _, verb := range []string{
			`select count(*) from app.%s where org_id = $1`,
			`with x as (update app.%s set org_id = org_id where org_id = $1 returning 1) select count(*) from x`,
			`with x as (delete from app.%s where org_id = $1 returning 1) select count(*) from x`,
		} {
			tx, err := web.Begin(ctx)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := tx.Exec(ctx, named(demo.Org.String(), coach, "coach", now)); err != nil {
				t.Fatal(err)
			}
			var n int
			err = tx.QueryRow(ctx, fmt.Sprintf(verb, name), demo.OtherOrg).Scan(&n)
			if err == nil && n != 0 || err != nil && !denied(err) {
				t.Errorf("%s of another organisation: %d rows, %v", name, n, err)
			}
			_ = tx.Rollback(ctx)
		}
	}
	// what a coach may not do by hand either
	for what, sql := range map[string]string{
		"a forged audit actor": `insert into app.audit (id, actor_id, action, outcome)
values (gen_random_uuid(), gen_random_uuid(), 'x', 'done')`,
		"a trail of another day": `insert into app.audit (id, action, outcome, at) values (gen_random_uuid(), 'x', 'done', '2020-01-01')`,
		"a trail in another role": `insert into app.audit (id, action, outcome, role)
values (gen_random_uuid(), 'x', 'done', 'admin')`,
		"a form of another's":  `insert into app.form (id, action, actor_id) values (gen_random_uuid(), 'x', gen_random_uuid())`,
		"a cohort's maker":     `update app.cohort set created_by = '` + coach + `'`,
		"a cohort's making":    `update app.cohort set created_at = now()`,
		"a context by a query": `select set_config('app.org', '` + demo.OtherOrg.String() + `', true)`,
		"a context inside a query": `select count(*) from app.enrolment e
where e.org_id = (select set_config('app.org', '` + demo.OtherOrg.String() + `', true))::uuid`,
		"an audit row changed": `update app.audit set action = 'x'`,
		"a grant for oneself": `insert into app.case_grant (
  org_id, user_id, enrolment_id, participant_id, kind, source_id, valid_from, valid_until, reason)
select
  org_id,
  user_id,
  enrolment_id,
  participant_id,
  kind,
  gen_random_uuid(),
  valid_from,
  valid_until,
  'x'
from app.case_grant
limit 1`,
		"a duty for oneself": `insert into app.cohort_duty (org_id, id, cohort_id, user_id, kind, valid_from, valid_until)
values (
  '` + demo.Org.String() + `', gen_random_uuid(), '` + demo.OtherCoachs.String() + `', '` + coach + `', 'coach', now(),
  now() + interval '1 day')`,
		"a duty by the function": `select app.assign_duty(
  gen_random_uuid(), '` + demo.OtherCoachs.String() + `', '` + coach + `', 'coach', now() + interval '9 days', 'x')`,
		"a party by the function": `select app.assign_party(
  gen_random_uuid(), '` + demo.OtherCoachsEnrolment(0).String() + `', '` + coach + `', 'coach',
  now() + interval '9 days', 'x')`,
		"a role of one's own": `update app.membership set role = 'admin' where id = '` + coach + `'`,
		"a hand-over": `insert into app.invitation (
  org_id, id, token_hash, email, name, role, invited_by, created_at, expires_at, kind, leaver, successor)
values ('` + demo.Org.String() + `', gen_random_uuid(), 'x', 'x@example.org', 'x', 'coach', '` + coach + `', now(), now(), 'hand_over', '` +
			coach + `', '` + coach + `')`,
		"a session read": `select * from app.login_session`,
		"a decision": `insert into app.decision (org_id, id, review_id, enrolment_id, kind, decided_on, grounds)
values (
  '` + demo.Org.String() + `', gen_random_uuid(), '` + demo.Review(200).String() + `',
  '` + demo.FinishedEnrolment(0).String() + `', 'none_now', now(), 'x')`,
		"a mark on another coach's person": `insert into app.attendance (org_id, enrolment_id, held_on, half, mark, meeting_id)
select
  '` + demo.Org.String() + `',
  '` + demo.OtherCoachsEnrolment(0).String() + `',
  m.held_on,
  1,
  'p',
  m.id
from app.meeting m
limit 1`,
		"another case of a strange person": `insert into app.enrolment (org_id, id, participant_id, cohort_id, version_id,
		  state, starts_on, ends_on, created_by)
select
  c.org_id,
  gen_random_uuid(),
  '01930000-0007-7000-8000-00000000012c',
  c.id,
  c.version_id,
  'accepted',
  c.starts_on,
  c.ends_on,
  '` + coach + `'
from app.cohort c
limit 1`,
		"the expert's acknowledgement": `insert into app.review_acknowledgement (org_id, id, review_id, enrolment_id, number, party, how, hash)
values (
  '` + demo.Org.String() + `', gen_random_uuid(), '` + demo.Review(202).String() + `',
  '` + demo.FinishedEnrolment(2).String() + `', 1, 'expert', 'own_login', '')`,
		"the participant's approval": `insert into app.transfer_approval (org_id, id, review_id, enrolment_id, approved, how)
values (
  '` + demo.Org.String() + `', gen_random_uuid(), '` + demo.Review(200).String() + `',
  '` + demo.FinishedEnrolment(0).String() + `', true, 'own_login')`,
		"another person in a case": `update app.enrolment set participant_id = participant_id`,
		"a signature taken back":   `delete from app.review_acknowledgement`,
		"a filed note deleted":     `delete from app.note where visibility <> 'private'`,
		"a note in a colleague's name": `insert into app.note (org_id, id, enrolment_id, body, visibility, source, written_by)
select
  '` + demo.Org.String() + `',
  gen_random_uuid(),
  '` + demo.Enrolment(0).String() + `',
  'x',
  'case',
  'coach',
  id
from app.membership
where email = 'senni.sijainen@example.org'`,
		"a colleague's case": `insert into app.note (org_id, id, enrolment_id, body, visibility, source)
values (
  '` + demo.Org.String() + `', gen_random_uuid(), '` + demo.OtherCoachsEnrolment(0).String() + `', 'x', 'case', 'coach')`,
		"a substitute for oneself": `select app.name_substitute(
  gen_random_uuid(), '` + demo.Running.String() + `', '` + coach + `', now(), now() + interval '1 day', 'x')`,
		"a substitute elsewhere": `select app.name_substitute(
  gen_random_uuid(), '` + demo.OtherCoachs.String() + `',
  (select id from app.membership where email = 'senni.sijainen@example.org'), now(), now() + interval '1 day', 'x')`,
		"a protection order by hand": `update app.participant set protected = false where protected`,
		"somebody's protection lifted": `select app.unprotect_person(
  (select participant_id from app.enrolment where id = '` + demo.OtherCoachsEnrolment(0).String() + `'))`,
		"a stranger protected": `select app.protect_person('01930000-0007-7000-8000-00000000012c', '` + coach + `', null)`,
		"a name token": `insert into app.name_token (org_id, participant_id, token)
select org_id, id, 'x'
from app.participant
limit 1`,
	} {
		tx, err := web.Begin(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(ctx, named(demo.Org.String(), coach, "coach", now)); err != nil {
			t.Fatal(err)
		}
		tag, err := tx.Exec(ctx, sql)
		if err == nil && tag.RowsAffected() > 0 || err != nil && !denied(err) {
			t.Errorf("%s: %d rows, %v", what, tag.RowsAffected(), err)
		}
		_ = tx.Rollback(ctx)
	}
}

// No actor of the demo holds more than 300 live grants (internal/domain.md, h3: 2,000 cost eight times as much).
func TestGrantsStayFew(t *testing.T) {
	d := pgtest.New(t, fill)
	c := connect(t, d.AdminURL)
	var n int
	if err := c.QueryRow(context.Background(), `select coalesce(max(n), 0)
from (select count(*) n from app.case_grant where valid_until > $1 group by org_id, user_id) g`,
		now).Scan(&n); err != nil || n == 0 || n > 300 {
		t.Errorf("%d live grants, %v", n, err)
	}
}

// What the month holds of a person is for the coach and, as far as it is theirs, the participant: a device in a
// participant's hands, which acts with the coach's grants, and a coordinator read none of it by raw SQL either.
func TestRawSQLOfOtherRoles(t *testing.T) {
	d := pgtest.New(t, fill)
	admin, web := connect(t, d.AdminURL), connect(t, d.WebURL)
	ctx := context.Background()
	for _, c := range []struct {
		email, role string
		want        map[string]bool
	}{
		{"veera.valmentava@example.org", "coach", map[string]bool{
			"note": true, "goal_check": true, "pre_assignment": true, "promise": true, "info_guest": true,
		}},
		{"veera.valmentava@example.org", "handed", nil},
		{"kimmo.koordinoiva@example.org", "coordinator", map[string]bool{"promise": true, "info_guest": true}},
		{"eeva.ehkanen@example.org", "expert", map[string]bool{"promise": true, "info_guest": true}},
		{"tuulikki.esimerkki@example.org", "participant", map[string]bool{"note": true, "pre_assignment": true, "promise": true}},
		{"aatu.yllapitaja@example.org", "admin", nil},
	} {
		var id string
		if err := admin.QueryRow(
			ctx, `select id::text from app.membership where org_id = $1 and email = $2 order by role limit 1`, demo.Org,
			c.email,
		).Scan(&id); err != nil {
			t.Fatal(err)
		}
		tx, err := web.Begin(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(ctx, named(demo.Org.String(), id, c.role, now)); err != nil {
			t.Fatal(err)
		}
		for _, table := range []string{"note", "goal_check", "pre_assignment", "promise", "info_guest"} {
			var n int
			if err := tx.QueryRow(ctx, `select count(*) from app.`+table).Scan(&n); err != nil {
				t.Fatal(err)
			}
			if (n > 0) != c.want[table] {
				t.Errorf("%s as %s: %d rows", table, c.role, n)
			}
		}
		var other int
		if err := tx.QueryRow(ctx, `select count(*) from app.promise where owner <> $1`, c.role).Scan(&other); err != nil ||
			other > 0 && c.role != "coach" {
			t.Errorf("%s sees %d promises of others, %v", c.role, other, err)
		}
		if tag, err := tx.Exec(ctx, `insert into app.enrolment (org_id, id, participant_id, version_id, state, starts_on, ends_on, created_by)
select
  $1,
  gen_random_uuid(),
  p.id,
  v.id,
  'accepted',
  $2,
  $2,
  $3
from app.programme_version v
cross join (select id from app.participant limit 1) p
limit 1`, demo.Org, now, id); c.role != "coach" && c.role != "coordinator" && (err == nil && tag.RowsAffected() > 0 ||
			err != nil && !strings.Contains(err.Error(), "42501")) {
			t.Errorf("%s makes an accepted case by hand: %v", c.role, err)
		}
		_ = tx.Rollback(ctx)
		if n := renames(t, web, id, c.role); (n > 0) != (c.role == "coach") {
			t.Errorf("%s renames %d people", c.role, n)
		}
	}
}

// renames is how many people somebody can give another name by hand.
func renames(t *testing.T, web *pgx.Conn, actor, role string) int64 {
	t.Helper()
	ctx := context.Background()
	tx, err := web.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(ctx) }()
	if _, err := tx.Exec(ctx, named(demo.Org.String(), actor, role, now)); err != nil {
		t.Fatal(err)
	}
	tag, err := tx.Exec(ctx, `update app.participant set last_name = last_name || 'x'`)
	if err != nil && !strings.Contains(err.Error(), "42501") {
		t.Fatal(err)
	}
	return tag.RowsAffected()
}

// named is the context of somebody, as only a statement of its own can make it: an injected query has no function for it.
func named(org, actor, role string, now time.Time) string {
	return fmt.Sprintf(`set local app.org = '%s'; set local app.actor = '%s'; set local app.role = '%s'; set local app.now = '%s'`,
		org, actor, role, now.Format(time.RFC3339))
}

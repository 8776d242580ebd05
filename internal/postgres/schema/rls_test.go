package schema_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"kuukausi/internal/participant"
	"kuukausi/internal/postgres/demo"
	"kuukausi/internal/postgres/pgtest"
	"kuukausi/internal/postgres/schema"
	"kuukausi/internal/seal"
	"kuukausi/migrations"
)

var now = time.Date(2026, 11, 19, 8, 50, 0, 0, time.UTC)

// texts stand in for the catalogue's: what matters here is that there is one in each language.
var texts = map[string]map[string]string{
	"voluntary_choice": {"fi": "Osallistuminen on vapaaehtoista.", "sv": "Deltagandet är frivilligt.", "en": "Taking part is voluntary."},
	"info_voluntary":   {"fi": "Tilaisuus ei sido."},
}

var fill = pgtest.Fill{Key: "rls-2", Fill: func(ctx context.Context, url string) error {
	keys, err := seal.New([][]byte{[]byte("a secret that is for tests only!")})
	if err != nil {
		return err
	}
	return demo.Seed(ctx, url, now, texts, participant.Codes{Sealer: keys})
}}

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	c, err := pgx.Connect(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close(context.Background()) })
	return c
}

// exempt tables belong to no organisation (rulings.md 23); each says why.
var exempt = map[string]string{
	"account":        "a login may work for several organisations; only the sign-in functions read it",
	"login_session":  "found by its token before anyone is known; only the sign-in functions read it",
	"login_throttle": "keyed hashes of names and addresses, before anyone is known",
	"law_value":      "national numbers",
	"organisation":   "its id is the organisation",
}

// faults lists what is wrong with the schema's protection.
func faults(ctx context.Context, c *pgx.Conn) (out []string, err error) {
	q := func(what, sql string) {
		if err != nil {
			return
		}
		rows, e := c.Query(ctx, sql)
		if e != nil {
			err = e
			return
		}
		names, e := pgx.CollectRows(rows, pgx.RowTo[string])
		if e != nil {
			err = e
		}
		for _, n := range names {
			if _, ok := exempt[n]; ok && (strings.Contains(what, "org_id") || n == "law_value") {
				continue
			}
			out = append(out, what+": "+n)
		}
	}
	const tables = `from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'app' and c.relkind in ('r', 'p')`
	q("no org_id", `select c.relname::text `+tables+` and not exists (
  select
  from pg_attribute a
  where a.attrelid = c.oid
    and a.attname = 'org_id'
    and a.attnotnull)`)
	q("row-level security not forced", `select c.relname::text `+tables+` and not (c.relrowsecurity and c.relforcerowsecurity)`)
	q("primary key does not begin with org_id", `select c.relname::text `+tables+` and not exists (
  select
  from pg_index i
  join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
  where i.indrelid = c.oid
    and i.indisprimary
    and a.attname = 'org_id')`)
	q(
		"a right of the web role without a policy",
		`select c.relname::text || ' ' || p.privilege_type `+strings.Replace(
			tables,
			"where",
			`, lateral (select privilege_type from information_schema.role_table_grants g where g.grantee = 'kuukausi_web'
			  and g.table_schema = 'app' and g.table_name = c.relname) p where`,
			1,
		)+
			` and c.relname <> 'law_value' and not exists (
  select
  from pg_policies y
  where y.schemaname = 'app'
    and y.tablename = c.relname
    and 'kuukausi_web' = any(y.roles)
    and y.cmd in ('ALL', p.privilege_type))`,
	)
	q("a policy for everyone", `select tablename::text from pg_policies where schemaname = 'app' and 'public' = any(roles)`)
	q("a policy without the organisation", `select tablename || ' ' || policyname
from pg_policies
where schemaname = 'app'
  and 'kuukausi_web' = any(roles)
  and coalesce(qual, '') || coalesce(with_check, '') not like '%app.org%'`)
	q("a foreign key without org_id", `select k.conname::text
from pg_constraint k
join pg_class c on c.oid = k.conrelid
join pg_namespace n on n.oid = c.relnamespace
join pg_class f on f.oid = k.confrelid
where n.nspname = 'app'
  and k.contype = 'f'
  and f.relname not in ('organisation', 'account')
  and not exists (
    select
    from pg_attribute a
    where a.attrelid = k.conrelid
      and a.attnum = any(k.conkey)
      and a.attname = 'org_id')`)
	q("a unique index without org_id", `select i.indexrelid::regclass::text
from pg_index i
join pg_class c on c.oid = i.indrelid
join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'app'
  and i.indisunique
  and not exists (
    select
    from pg_attribute a
    where a.attrelid = c.oid
      and a.attnum = any(i.indkey)
      and a.attname = 'org_id')
  and c.relname not in ('organisation', 'account', 'login_session', 'login_throttle', 'law_value')
  and i.indexrelid::regclass::text <> 'app.invitation_token_hash_key'`)
	q("a table the web role owns", `select c.relname::text `+tables+` and pg_get_userbyid(c.relowner) like 'kuukausi_%'`)
	q("a definer function that is not the door's or the duties'", `select p.proname::text
from pg_proc p
join pg_namespace n on n.oid = p.pronamespace
where n.nspname = 'app'
  and p.prosecdef
  and (
    pg_get_userbyid(p.proowner) not in ('kuukausi_door', 'kuukausi_duty')
    or not 'search_path=pg_catalog, pg_temp' = any(p.proconfig))`)
	q("a function anyone may call", `select p.proname::text
from pg_proc p
join pg_namespace n on n.oid = p.pronamespace
where n.nspname = 'app' and has_function_privilege('public', p.oid, 'execute')`)
	q("a role with too much", `select rolname::text
from pg_roles
where rolname like 'kuukausi_%'
  and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)`)
	return out, err
}

func TestCatalogue(t *testing.T) {
	d := pgtest.New(t, fill)
	c := connect(t, d.AdminURL)
	found, err := faults(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		t.Error(f)
	}
}

// A table without a policy, without forced security or without org_id turns the catalogue test red.
func TestCatalogueCatchesBreaches(t *testing.T) {
	d := pgtest.New(t)
	c := connect(t, d.AdminURL)
	ctx := context.Background()
	for name, sql := range map[string]string{
		"no policy": `create table app.planted (org_id uuid not null, id uuid, primary key (org_id, id));
		  grant select on app.planted to kuukausi_web; alter table app.planted enable row level security;
		    alter table app.planted force row level security`,
		"not forced": `create table app.planted (org_id uuid not null, id uuid, primary key (org_id, id))`,
		"no org":     `create table app.planted (id uuid primary key)`,
		"loose key": `create table app.planted (org_id uuid not null, id uuid, who uuid unique, primary key (org_id, id));
		  alter table app.planted enable row level security; alter table app.planted force row level security`,
		"open policy": `create policy planted on app.goal using (true)`,
		"definer":     `create function app.planted() returns int language sql security definer as 'select 1'`,
	} {
		tx, err := c.Begin(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(ctx, sql); err != nil {
			t.Fatal(name, err)
		}
		found, err := faults(ctx, c)
		if err != nil || len(found) == 0 {
			t.Errorf("planted %s was not caught (%v)", name, err)
		}
		_ = tx.Rollback(ctx)
	}
}

// tables are all tables of the schema.
func tables(t *testing.T, c *pgx.Conn) []string {
	rows, err := c.Query(context.Background(), `select tablename::text from pg_tables where schemaname = 'app' order by 1`)
	if err != nil {
		t.Fatal(err)
	}
	out, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return out
}

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
			if _, err := tx.Exec(ctx, `select
  set_config('app.org', $1, true),
  set_config('app.actor', $2, true),
  set_config('app.role', 'coach', true),
  set_config('app.now', $3, true)`, demo.Org.String(), coach, now.Format(time.RFC3339)); err != nil {
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
		"a hand-over":         `select app.hand_over('` + coach + `', '` + coach + `')`,
		"a session read":      `select * from app.login_session`,
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
		if _, err := tx.Exec(ctx, `select
  set_config('app.org', $1, true),
  set_config('app.actor', $2, true),
  set_config('app.role', 'coach', true),
  set_config('app.now', $3, true)`, demo.Org.String(), coach, now.Format(time.RFC3339)); err != nil {
			t.Fatal(err)
		}
		tag, err := tx.Exec(ctx, sql)
		if err == nil && tag.RowsAffected() > 0 || err != nil && !denied(err) {
			t.Errorf("%s: %d rows, %v", what, tag.RowsAffected(), err)
		}
		_ = tx.Rollback(ctx)
	}
}

// No actor of the demo holds more than 300 live grants (doors.md: 2,000 cost eight times as much).
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
		if _, err := tx.Exec(ctx, `select
  set_config('app.org', $1, true),
  set_config('app.actor', $2, true),
  set_config('app.role', $3, true),
  set_config('app.now', $4, true)`, demo.Org.String(), id, c.role, now.Format(time.RFC3339)); err != nil {
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
	}
}

// The role README names for migrating is no superuser: it makes and changes everything with BYPASSRLS and CREATEROLE.
func TestMigrateWithoutSuperuser(t *testing.T) {
	d := pgtest.New(t)
	admin := connect(t, d.AdminURL)
	ctx := context.Background()
	for _, sql := range []string{`drop schema app cascade`, `drop table if exists goose_db_version`,
		`do $$ begin if not exists (select from pg_roles where rolname = 'test_migrator') then
  create role test_migrator login createrole bypassrls; end if; end $$`,
		`grant kuukausi_web, kuukausi_door, kuukausi_duty to test_migrator with admin option`,
		`do $$ begin execute format('grant create on database %I to test_migrator', current_database()); end $$`,
		`grant create on schema public to test_migrator`, `alter schema public owner to test_migrator`} {
		if _, err := admin.Exec(ctx, sql); err != nil {
			t.Fatalf("%v in %s", err, sql)
		}
	}
	u, err := url.Parse(d.AdminURL)
	if err != nil {
		t.Fatal(err)
	}
	u.User = url.User("test_migrator")
	if err := schema.Migrate(ctx, u.String(), "", migrations.FS); err != nil {
		t.Fatal(err)
	}
}

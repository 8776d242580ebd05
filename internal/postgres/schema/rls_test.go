package schema_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

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

// exempt tables belong to no organisation (internal/domain.md, ruling 23); each says why.
var exempt = map[string]string{
	"account":        "a login may work for several organisations; only the sign-in functions read it",
	"login_session":  "found by its token before anyone is known; only the sign-in functions read it",
	"login_throttle": "keyed hashes of names and addresses, before anyone is known",
	"installation":   "the installation's own sealed value; only the door reads it",
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
  and c.relname <> 'organisation' -- its own id is the organisation's
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
  and c.relname not in ('organisation', 'account', 'login_session', 'login_throttle', 'law_value', 'installation')
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

// A wrong password for a name nobody has writes to disk like one for a name somebody has: the time it takes tells nothing.
func TestUnknownNameIsWritten(t *testing.T) {
	ctx := context.Background()
	c := connect(t, pgtest.New(t).AdminURL)
	tx, err := c.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(ctx) }()
	var written bool
	if _, err := tx.Exec(ctx, `select app.login_refused('00000000-0000-0000-0000-000000000000', gen_random_uuid(), 'x', now())`); err != nil {
		t.Fatal(err)
	}
	if err := tx.QueryRow(ctx, `select pg_current_xact_id_if_assigned() is not null`).Scan(&written); err != nil || !written {
		t.Errorf("nothing is written: %v", err)
	}
}

package schema_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"kuukausi/internal/postgres/pgtest"
	"kuukausi/internal/postgres/schema"
	"kuukausi/migrations"
)

// schemaSQL prints the schema from the catalogue, one object after the other in the order of their names: a table with its
// columns, constraints and indexes, then its policies, triggers and rights; then the functions.
const schemaSQL = `with t as (
  select c.oid, c.relname::text as name, c.relforcerowsecurity as forced
  from pg_class c
  where c.relnamespace = 'app'::regnamespace and c.relkind = 'r'
),
part (name, n, line) as (
  select name, 1, E'\n-- ' || name || case when forced then '' else ' (row-level security is not forced)' end from t
  union all
  select t.name, 2, format('column %s %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
    case when a.attnotnull then ' not null' else '' end,
    ' default ' || pg_get_expr(d.adbin, d.adrelid))
  from t
  join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
  left join pg_attrdef d on d.adrelid = t.oid and d.adnum = a.attnum
  union all
  select t.name, 3, format('constraint %s %s', k.conname, pg_get_constraintdef(k.oid))
  from t
  join pg_constraint k on k.conrelid = t.oid and k.contype in ('p', 'u', 'f', 'c', 'x')
  union all
  select t.name, 4, replace(pg_get_indexdef(i.indexrelid), 'CREATE ', '')
  from t
  join pg_index i on i.indrelid = t.oid
  where not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
  union all
  select t.name, 5, format(E'policy %s for %s to %s%s%s', p.policyname, lower(p.cmd), array_to_string(p.roles, ', '),
    E'\n  using ' || replace(p.qual, ' AND ', E'\n    AND '), E'\n  with check ' || replace(p.with_check, ' AND ', E'\n    AND '))
  from t
  join pg_policies p on p.schemaname = 'app' and p.tablename = t.name
  union all
  select t.name, 6, replace(pg_get_triggerdef(g.oid), 'CREATE ', '')
  from t
  join pg_trigger g on g.tgrelid = t.oid and not g.tgisinternal
  union all
  select t.name, 7, format('grant %s to %s', string_agg(lower(x.privilege_type), ', ' order by x.privilege_type), x.grantee::regrole)
  from t
  join pg_class c on c.oid = t.oid, aclexplode(c.relacl) x
  where x.grantee <> c.relowner
  group by t.name, x.grantee
  union all
  select t.name, 8, format('grant %s (%s) to %s', lower(x.privilege_type), string_agg(a.attname, ', ' order by a.attname),
    x.grantee::regrole)
  from t
  join pg_attribute a on a.attrelid = t.oid, aclexplode(a.attacl) x
  group by t.name, x.grantee, x.privilege_type
  union all
  select 'ÿ ' || f.oid::regprocedure, 1, E'\n-- function, owned by '
    || case
      when f.proowner = (select nspowner from pg_namespace where nspname = 'app') then 'the migrating role'
      else f.proowner::regrole::text
    end
    || coalesce(', for ' || (
      select string_agg(case x.grantee when 0 then 'everybody' else x.grantee::regrole::text end, ', ' order by x.grantee::regrole::text)
      from aclexplode(f.proacl) x
      where x.grantee <> f.proowner
    ), '') || E'\n' || rtrim(pg_get_functiondef(f.oid), E'\n')
  from pg_proc f
  where f.pronamespace = 'app'::regnamespace
)
select line from part order by name collate "C", n, line collate "C"`

const schemaFile = "../../../migrations/schema.sql"

// TestSchemaFile compares the schema that the migrations make with the committed picture of it, so that a change of a policy
// is a diff one can read. `make schema` writes the picture.
func TestSchemaFile(t *testing.T) {
	d := pgtest.New(t)
	ctx := context.Background()
	c, err := pgx.Connect(ctx, d.AdminURL)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(ctx)
	var version string
	if err := c.QueryRow(ctx, "select split_part(current_setting('server_version'), '.', 1)").Scan(&version); err != nil {
		t.Fatal(err)
	}
	rows, err := c.Query(ctx, schemaSQL)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	head := "-- The schema as the migrations make it, for reading and for diffs. Written by make schema on PostgreSQL "
	got := head + version + ".\n" + strings.Join(lines, "\n") + "\n"
	if os.Getenv("UPDATE_SCHEMA") != "" {
		if err := os.WriteFile(schemaFile, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	want := string(raw)
	if !strings.HasPrefix(want, head+version+".\n") {
		t.Skipf("the committed schema was written on another major version than %s, which words expressions in its own way", version)
	}
	if got == want {
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range g {
		if i >= len(w) || g[i] != w[i] {
			t.Fatalf("the schema differs from migrations/schema.sql at line %d; run make schema and read the diff\nhave %s", i+1, g[i])
		}
	}
	t.Fatal("migrations/schema.sql holds more than the schema; run make schema")
}

// TestUnknownMigration: a database of the chain before the baseline is refused whole.
func TestUnknownMigration(t *testing.T) {
	d := pgtest.New(t)
	ctx := context.Background()
	c, err := pgx.Connect(ctx, d.AdminURL)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(ctx)
	if _, err := c.Exec(ctx, "insert into public.goose_db_version (version_id, is_applied) values (26, true)"); err != nil {
		t.Fatal(err)
	}
	if err := schema.Migrate(ctx, d.AdminURL, "", migrations.FS); !errors.Is(err, schema.ErrUnknown) {
		t.Errorf("a database with an unknown migration: %v", err)
	}
}

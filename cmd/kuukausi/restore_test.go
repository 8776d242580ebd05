package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"kuukausi/cmd/kuukausi/app"
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/postgres/embedded"
	"kuukausi/internal/postgres/schema"
	"kuukausi/internal/seal"
	"kuukausi/migrations"
)

// tool is a program that comes with PostgreSQL, the newest there is.
func tool(t *testing.T, name string) string {
	t.Helper()
	if all, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name); len(all) > 0 {
		return all[len(all)-1]
	}
	path, err := exec.LookPath(name)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// contents are all rows of every table, folded to a line a table.
func contents(t *testing.T, url string) string {
	t.Helper()
	ctx := context.Background()
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(ctx)
	rows, _ := c.Query(ctx, `select tablename from pg_tables where schemaname = 'app' order by 1`)
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(tables) < 50 {
		t.Fatalf("%d tables: %v", len(tables), err)
	}
	var out strings.Builder
	for _, name := range tables {
		var n int
		var sum string
		q := `select count(*), coalesce(md5(string_agg(x::text, e'\n' order by x::text)), '') from app.` + name + ` x`
		if err := c.QueryRow(ctx, q).Scan(&n, &sum); err != nil {
			t.Fatal(err)
		}
		out.WriteString(name + " " + sum + "\n")
	}
	return out.String()
}

// A backup comes back on a fresh cluster by the steps of the README: every row as it was, rights and policies with it, and a
// server that starts with its key and with no other.
func TestRestore(t *testing.T) {
	ctx := context.Background()
	s := apptest.Start(t)
	s.As("veera.valmentava").Get("/enrolments/" + demo.Enrolment(0).String())
	dump := filepath.Join(t.TempDir(), "kuukausi.dump")
	if out, err := exec.Command(tool(t, "pg_dump"), "-Fc", "-f", dump, s.DB.AdminURL).CombinedOutput(); err != nil {
		t.Fatalf("pg_dump: %v\n%s", err, out)
	}
	base, err := os.MkdirTemp("/var/tmp", "kk-restore-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(base) })
	if err := os.Chmod(base, 0o755); err != nil {
		t.Fatal(err)
	}
	fresh, err := embedded.Start(ctx, embedded.Config{Dir: filepath.Join(base, "pg"), Fetched: t.TempDir(), Database: "kuukausi", Fast: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = fresh.Stop() })
	admin := fresh.URL("postgres")
	if err := schema.EnsureRoles(ctx, admin); err != nil { // kuukausi migrate roles
		t.Fatal(err)
	}
	raw, err := os.ReadFile(dump)
	if err != nil {
		t.Fatal(err)
	}
	restore := exec.Command(tool(t, "pg_restore"), "--exit-on-error", "-d", admin)
	restore.Stdin = bytes.NewReader(raw)
	if out, err := restore.CombinedOutput(); err != nil {
		t.Fatalf("pg_restore: %v\n%s", err, out)
	}
	if err := schema.Migrate(ctx, admin, "", migrations.FS); err != nil { // kuukausi migrate up: nothing to do
		t.Fatal(err)
	}
	if was, is := contents(t, s.DB.AdminURL), contents(t, admin); was != is {
		t.Errorf("not the same rows:\n%s\n%s", was, is)
	}
	db, err := door.Open(ctx, door.Config{URL: fresh.URL(door.WebRole), Conns: 2})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.CheckRole(ctx); err != nil {
		t.Error(err)
	}
	if err := db.Ready(ctx, schema.Latest(migrations.FS)); err != nil {
		t.Error(err)
	}
	right := apptest.Config(s.Now)
	if err := app.CheckKey(ctx, db, right.Codes.Sealer); err != nil {
		t.Errorf("its own key: %v", err)
	}
	other, err := seal.New([][]byte{[]byte("another secret, of another server")})
	if err != nil {
		t.Fatal(err)
	}
	if err := app.CheckKey(ctx, db, other); err == nil {
		t.Error("another key is taken for its own")
	}
}

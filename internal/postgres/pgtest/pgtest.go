// Package pgtest gives every test a freshly migrated database of its own on a real Postgres: TEST_DATABASE_URL (a
// superuser's), or the embedded server shared by all test processes.
package pgtest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"kuukausi/internal/postgres/door"
	"kuukausi/internal/postgres/embedded"
	"kuukausi/internal/postgres/schema"
	"kuukausi/migrations"
)

// Database is one test's database: the same place as two roles.
type Database struct {
	Name     string
	AdminURL string // superuser: migrations and what a test looks up behind the doors
	WebURL   string // the role the server uses
}

var start = sync.OnceValues(func() (string, error) {
	if u := os.Getenv("TEST_DATABASE_URL"); u != "" {
		return u, nil
	}
	root, err := Root()
	if err != nil {
		return "", err
	}
	// the share is never given back: the last process out leaves the server to the next run, which adopts it
	s, err := embedded.Start(
		context.Background(),
		embedded.Config{Dir: filepath.Join(root, ".data/pgtest"), Fetched: filepath.Join(root, ".data/pgbin"),
			Database: "postgres", Fast: true, Out: os.Stderr},
	)
	if err != nil {
		return "", err
	}
	return s.URL("postgres"), nil
})

// Root is the folder of go.mod above the test.
func Root() (string, error) {
	d, err := os.Getwd()
	for err == nil {
		if _, statErr := os.Stat(filepath.Join(d, "go.mod")); statErr == nil {
			return d, nil
		}
		if d == "/" {
			return "", fmt.Errorf("go.mod not found")
		}
		d = filepath.Dir(d)
	}
	return "", err
}

// Fill puts data into the template database once: every test database made with it starts with that data. The key
// names it; it must change when the data does.
type Fill struct {
	Key  string
	Fill func(ctx context.Context, adminURL string) error
}

// New makes a database for this test, dropped at its end.
func New(t testing.TB, fill ...Fill) Database {
	t.Helper()
	admin, err := start()
	if err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	tmpl, err := template(ctx, admin, fill)
	if err != nil {
		t.Fatalf("pgtest: template: %v", err)
	}
	var raw [6]byte
	_, _ = rand.Read(raw[:])
	d := Database{Name: "t_" + hex.EncodeToString(raw[:])}
	if err := exec(ctx, admin, fmt.Sprintf("create database %s template %s", d.Name, tmpl)); err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	d.AdminURL, d.WebURL = at(admin, d.Name, ""), at(admin, d.Name, door.WebRole)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		if err := exec(ctx, admin, "drop database if exists "+d.Name+" with (force)"); err != nil {
			t.Logf("pgtest: %v", err)
		}
	})
	return d
}

// template makes the migrated (and filled) database once per content, under a lock of the whole cluster.
func template(ctx context.Context, admin string, fill []Fill) (string, error) {
	h := sha256.New()
	if err := fs.WalkDir(migrations.FS, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(migrations.FS, p)
		h.Write(b)
		return err
	}); err != nil {
		return "", err
	}
	for _, f := range fill {
		h.Write([]byte(f.Key))
	}
	name := "tmpl_" + hex.EncodeToString(h.Sum(nil))[:16]
	c, err := pgx.Connect(ctx, admin)
	if err != nil {
		return "", err
	}
	defer c.Close(context.Background())
	if _, err := c.Exec(ctx, "select pg_advisory_lock(7310001)"); err != nil {
		return "", err
	}
	var n int
	if err := c.QueryRow(ctx, "select count(*) from pg_database where datname = $1", name).Scan(&n); err != nil || n > 0 {
		return name, err
	}
	half := name + "_new" // a template is named so only when it is whole
	if _, err := c.Exec(ctx, "drop database if exists "+half); err != nil {
		return "", err
	}
	if _, err := c.Exec(ctx, "create database "+half); err != nil {
		return "", err
	}
	if err := schema.Migrate(ctx, at(admin, half, ""), "", migrations.FS); err != nil {
		return "", err
	}
	for _, f := range fill {
		if err := f.Fill(ctx, at(admin, half, "")); err != nil {
			return "", err
		}
	}
	_, err = c.Exec(ctx, "alter database "+half+" rename to "+name)
	return name, err
}

func exec(ctx context.Context, url, sql string) error {
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer c.Close(context.Background())
	_, err = c.Exec(ctx, sql)
	return err
}

// at is the same server's URL for another database and, unless empty, another role.
func at(admin, database, role string) string {
	u, err := url.Parse(admin)
	if err != nil {
		return admin
	}
	u.Path = "/" + database
	if role != "" {
		if u.User != nil {
			u.User = url.User(role)
		} else {
			q := u.Query()
			q.Set("user", role)
			u.RawQuery = q.Encode()
		}
	}
	return u.String()
}

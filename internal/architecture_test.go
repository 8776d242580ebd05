package internal_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// rooms says who may import whom (README, "The house"). A name ending in / stands for everything below it. A room that
// is not listed fails, so that a new one is thought about. Tests may import anything: they are outside the house.
var rooms = map[string][]string{
	"internal/fault":             {},
	"internal/access":            {"internal/fault", "github.com/google/uuid"},
	"internal/law":               {"internal/fault"},
	"internal/locale":            {"internal/fault", "github.com/BurntSushi/toml", "github.com/nicksnyder/go-i18n/v2/i18n", "golang.org/x/text/language"},
	"internal/account":           {"internal/fault", "internal/access", "internal/law", "github.com/google/uuid", "github.com/alexedwards/argon2id"},
	"internal/seal":              {"github.com/tink-crypto/tink-go/v2/"},
	"internal/participant":       {"internal/fault", "internal/access", "internal/law", "github.com/google/uuid"},
	"internal/programme":         {"internal/fault", "internal/access", "internal/law", "github.com/google/uuid", "github.com/BurntSushi/toml", "github.com/rickar/cal/"},
	"internal/cohort":            {"internal/fault", "internal/access", "internal/law", "github.com/google/uuid", "internal/programme", "internal/participant"},
	"internal/jobsearch":         {"internal/fault", "internal/access", "internal/law", "github.com/google/uuid"},
	"internal/placement":         {"internal/fault", "internal/access", "internal/law", "internal/programme", "github.com/google/uuid"},
	"internal/review":            {"internal/fault", "internal/access", "internal/law", "github.com/google/uuid"},
	"internal/postgres":          {"internal/fault", "internal/access", "internal/law", "internal/account", "internal/programme", "internal/participant", "internal/cohort", "internal/jobsearch", "internal/placement", "internal/review", "github.com/google/uuid", "github.com/jackc/pgx/", "github.com/pressly/goose/"},
	"internal/postgres/embedded": {"github.com/jackc/pgx/"},
	"internal/postgres/demo":     {"internal/access", "internal/account", "internal/participant", "internal/postgres", "internal/programme", "internal/review", "github.com/google/uuid", "github.com/jackc/pgx/"},
	"internal/postgres/pgtest":   {"internal/postgres", "internal/postgres/embedded", "migrations", "github.com/jackc/pgx/"},
	"internal/server": {"internal/fault", "internal/access", "internal/account", "internal/cohort", "internal/jobsearch", "internal/locale", "internal/participant", "internal/placement", "internal/programme", "internal/review", "web", "web/paths", "web/layouts",
		"web/components", "web/pages", "github.com/google/uuid", "github.com/go-chi/chi/", "github.com/gorilla/", "github.com/xuri/excelize/", "github.com/a-h/templ", "github.com/a-h/templ/runtime"},
	"web":            {},
	"web/paths":      {"github.com/google/uuid"},
	"web/layouts":    {"internal/access", "internal/locale", "web/paths", "github.com/a-h/templ", "github.com/a-h/templ/runtime"},
	"web/components": {"internal/access", "internal/fault", "internal/locale", "web/paths", "github.com/google/uuid", "github.com/a-h/templ", "github.com/a-h/templ/runtime"},
	"web/pages": {"internal/access", "internal/fault", "internal/account", "internal/cohort", "internal/jobsearch", "internal/locale", "internal/participant", "internal/placement", "internal/programme", "internal/review", "web/paths", "web/layouts", "web/components",
		"github.com/google/uuid", "github.com/a-h/templ", "github.com/a-h/templ/runtime"},
	"migrations":   {},
	"cmd/kuukausi": {"internal/", "web", "migrations", "github.com/google/uuid", "github.com/alecthomas/kong"},
}

// banned standard packages: rooms speak neither HTTP nor SQL; pages call nothing.
var banned = map[string][]string{
	"net/http":     {"internal/fault", "internal/access", "internal/law", "internal/locale", "internal/account", "internal/programme", "internal/participant", "internal/seal", "internal/cohort", "internal/jobsearch", "internal/placement", "internal/review", "internal/postgres", "web/layouts", "web/components", "web/pages", "web/paths"},
	"database/sql": {"internal/fault", "internal/access", "internal/law", "internal/locale", "internal/account", "internal/programme", "internal/cohort", "internal/jobsearch", "internal/placement", "internal/review", "internal/server", "web/pages"},
}

const module = "kuukausi/"

// breaches are the imports of a tree that the table does not allow.
func breaches(root string) ([]string, error) {
	var out []string
	fset := token.NewFileSet()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() {
			if path != root && (strings.HasPrefix(name, ".") || name == "testdata") {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		rel, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		room := filepath.ToSlash(rel)
		allowed, ok := rooms[room]
		if !ok {
			out = append(out, fmt.Sprintf("%s: room %q is not in the table", name, room))
			return nil
		}
		f, err := parser.ParseFile(fset, path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, im := range f.Imports {
			p, err := strconv.Unquote(im.Path.Value)
			if err != nil {
				return err
			}
			if !may(room, p, allowed) {
				out = append(out, fmt.Sprintf("%s/%s imports %s", room, name, p))
			}
		}
		return nil
	})
	return out, err
}

func may(room, p string, allowed []string) bool {
	for _, r := range banned[p] {
		if r == room {
			return false
		}
	}
	first, _, _ := strings.Cut(p, "/")
	ours := strings.HasPrefix(p, module)
	if !ours && !strings.Contains(first, ".") {
		return true // the standard library
	}
	p = strings.TrimPrefix(p, module)
	for _, a := range allowed {
		if p == a || strings.HasSuffix(a, "/") && strings.HasPrefix(p, a) {
			return true
		}
	}
	return false
}

func TestImports(t *testing.T) {
	found, err := breaches("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range found {
		t.Error(b)
	}
}

// The test above must be able to fail: a forbidden import and an unlisted room are planted in a tree of their own.
func TestImportsCatchesBreaches(t *testing.T) {
	root := t.TempDir()
	plant := func(file, src string) {
		path := filepath.Join(root, file)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(src), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	plant("internal/cohort/a.go", "package cohort\nimport _ \"kuukausi/internal/postgres\"\nimport _ \"net/http\"\n")
	plant("internal/server/b.go", "package server\nimport _ \"github.com/jackc/pgx/v5\"\n")
	plant("internal/helpers/c.go", "package helpers\n")
	found, err := breaches(root)
	if err != nil || len(found) != 4 {
		t.Fatalf("4 planted breaches, found %d: %v %v", len(found), found, err)
	}
}

// outside are the functions of package postgres that may touch the pool: the two doors, the sign-in functions, and
// what runs before there is a request. A query anywhere else is a query outside a door.
var outside = map[string]bool{"Open": true, "Close": true, "read": true, "write": true, "formDone": true, "door": true, "CheckRole": true, "Ready": true,
	"LoginRefused": true, "ThrottleUndo": true, "LoginEnd": true, "LoginLanguage": true, "Touch": true}

// poolUsers are the functions of a directory that name the pool field.
func poolUsers(dir string) ([]string, error) {
	fset := token.NewFileSet()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	var out []string
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, path, nil, 0)
		if err != nil {
			return nil, err
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			ast.Inspect(fn, func(n ast.Node) bool {
				if sel, ok := n.(*ast.SelectorExpr); ok && sel.Sel.Name == "pool" {
					out = append(out, fn.Name.Name)
				}
				return true
			})
		}
	}
	return out, err
}

func TestNoQueryOutsideADoor(t *testing.T) {
	users, err := poolUsers("postgres")
	if err != nil || len(users) == 0 {
		t.Fatal(users, err)
	}
	for _, u := range users {
		if !outside[u] {
			t.Errorf("%s uses the pool outside a door", u)
		}
	}
	dir := t.TempDir() // planted: it must be caught
	if err := os.WriteFile(filepath.Join(dir, "x.go"), []byte("package postgres\nfunc (db *DB) Names() { db.pool.Query(nil, \"select\") }\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	planted, err := poolUsers(dir)
	if err != nil || len(planted) != 1 || outside[planted[0]] {
		t.Fatalf("the planted query was not caught: %v %v", planted, err)
	}
}

// Templates print text only through templ's escaping, and no page carries a style or script of its own.
func TestTemplatesAreEscaped(t *testing.T) {
	err := filepath.WalkDir("../web", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".templ") {
			return err
		}
		b, err := os.ReadFile(path)
		// the one script of a page is a file named by its frame
		text := strings.Replace(string(b), "<script src={ f.Script } defer></script>", "", 1)
		for _, bad := range []string{"templ.Raw", "<script", "<style", " style=", "onclick", "javascript:"} {
			if strings.Contains(text, bad) {
				t.Errorf("%s holds %s", path, bad)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

package internal_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// ground are the packages every room may stand on.
var ground = []string{"internal/fault", "internal/access", "internal/law", "internal/locale", "internal/text", "github.com/google/uuid"}

// ordered are the rooms from left to right: each may import the read types of those to its left, never of those to its
// right (README, "The house").
var ordered = []string{
	"account",
	"participant",
	"programme",
	"casework",
	"preassignment",
	"recruitment",
	"schedule",
	"cohort",
	"substitute",
	"jobsearch",
	"partner",
	"placement",
	"review",
	"desk",
	"audit",
}

// besides is what single rooms need beyond that.
var besides = map[string][]string{
	"account":   {"github.com/alexedwards/argon2id", "github.com/ccojocar/zxcvbn-go"},
	"programme": {"github.com/BurntSushi/toml", "github.com/rickar/cal/"},
}

// table says who may import whom. A name ending in / stands for everything below it. A package that is not listed fails,
// so that a new one is thought about. Tests may import anything: they are outside the house.
func table() map[string][]string {
	templ := []string{"github.com/a-h/templ", "github.com/a-h/templ/runtime", "github.com/google/uuid"}
	all := make([]string, 0, len(ordered))
	for _, r := range ordered {
		all = append(all, "internal/"+r)
	}
	rooms := map[string][]string{
		"internal/fault":  {"internal/text"},
		"internal/access": {"internal/fault", "github.com/google/uuid"},
		"internal/law":    {"internal/fault"},
		"internal/text":   {"golang.org/x/text/unicode/norm"},
		"internal/locale": {
			"internal/text",
			"internal/fault",
			"github.com/BurntSushi/toml",
			"github.com/nicksnyder/go-i18n/v2/i18n",
			"golang.org/x/text/language",
			"golang.org/x/text/collate",
		},
		"internal/seal":            {"github.com/tink-crypto/tink-go/v2/"},
		"internal/postgres/door":   {"internal/fault", "internal/access", "github.com/google/uuid", "github.com/jackc/pgx/"},
		"internal/postgres/schema": {"internal/postgres/door", "github.com/jackc/pgx/", "github.com/pressly/goose/"},
		"internal/postgres/operate": {
			"internal/text",
			"internal/account",
			"internal/programme",
			"internal/postgres/door",
			"internal/postgres/programme",
			"github.com/google/uuid",
			"github.com/jackc/pgx/",
		},
		"internal/postgres/embedded": {"github.com/jackc/pgx/"},
		"internal/postgres/demo": append(
			[]string{"internal/access", "internal/postgres/operate", "github.com/google/uuid", "github.com/jackc/pgx/"},
			all...),
		"internal/postgres/pgtest": {
			"internal/postgres/door",
			"internal/postgres/schema",
			"internal/postgres/embedded",
			"migrations",
			"github.com/jackc/pgx/",
		},
		"internal/server/core": append(
			[]string{
				"internal/account",
				"web",
				"web/paths",
				"web/layouts",
				"web/components",
				"web/pages/core",
				"github.com/go-chi/chi/",
				"github.com/gorilla/",
				"github.com/a-h/templ",
			},
			ground...),
		"internal/server": append(
			[]string{"internal/server/", "web", "web/paths", "web/layouts", "web/pages/core", "github.com/go-chi/chi/"},
			append(all, ground...)...),
		"web":              {},
		"web/paths":        {"github.com/google/uuid"},
		"web/layouts":      append([]string{"internal/access", "internal/locale", "web/paths"}, templ...),
		"web/components":   append([]string{"web/paths", "web/layouts"}, slices.Concat(ground, all, templ)...),
		"web/pages/core":   append([]string{"web/paths", "web/layouts", "web/components"}, slices.Concat(ground, templ)...),
		"migrations":       {},
		"internal/mutants": {},
		"internal/apptest": {
			"internal/",
			"cmd/kuukausi/app",
			"migrations",
			"web",
			"github.com/jackc/pgx/",
			"github.com/google/uuid",
			"github.com/chromedp/",
		},
		"cmd/kuukausi": {
			"internal/",
			"cmd/kuukausi/app",
			"web",
			"migrations",
			"github.com/google/uuid",
			"github.com/alecthomas/kong",
		},
		"cmd/kuukausi/app": {"internal/", "web", "migrations"},
	}
	for i, r := range ordered {
		left := slices.Concat(ground, all[:i])
		rooms["internal/"+r] = append(besides[r], left...)
		rooms["internal/postgres/"+r] = append([]string{"internal/" + r, "internal/postgres/door", "github.com/jackc/pgx/"}, left...)
		rooms["internal/server/"+r] = append(
			[]string{"internal/server/core", "web", "web/paths", "web/layouts", "web/components", "web/pages/" + r,
				"github.com/go-chi/chi/", "github.com/xuri/excelize/"},
			slices.Concat(ground, all)...)
		rooms["web/pages/"+r] = append([]string{"web/paths", "web/layouts", "web/components"}, slices.Concat(ground, all, templ)...)
	}
	return rooms
}

// quiet are the parts of the tree that speak neither HTTP nor SQL.
func quiet(pkg string) bool {
	if strings.HasPrefix(pkg, "web/") {
		return true
	}
	name, ok := strings.CutPrefix(pkg, "internal/")
	return ok && (slices.Contains(ordered, name) || slices.Contains(ground, pkg) || name == "seal")
}

const module = "kuukausi/"

// sources walks the Go files of a tree that are no tests, parsed.
func sources(root string, each func(pkg, name string, fset *token.FileSet, f *ast.File) error) error {
	fset := token.NewFileSet()
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
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
		f, err := parser.ParseFile(fset, path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		return each(filepath.ToSlash(rel), name, fset, f)
	})
}

// breaches are the imports of a tree that the table does not allow, and the Stores somebody else lays hands on.
func breaches(root string) ([]string, error) {
	var out []string
	rooms := table()
	err := sources(root, func(pkg, name string, _ *token.FileSet, f *ast.File) error {
		allowed, ok := rooms[pkg]
		if !ok {
			out = append(out, fmt.Sprintf("%s: package %q is not in the table", name, pkg))
			return nil
		}
		imported := map[string]string{} // the name a room goes by in this file
		for _, im := range f.Imports {
			p, err := strconv.Unquote(im.Path.Value)
			if err != nil {
				return err
			}
			if !may(pkg, p, allowed) {
				out = append(out, fmt.Sprintf("%s/%s imports %s", pkg, name, p))
			}
			as := filepath.Base(p)
			if im.Name != nil {
				as = im.Name.Name
			}
			imported[as] = strings.TrimPrefix(p, module)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok || sel.Sel.Name != "Store" && sel.Sel.Name != "store" {
				return true
			}
			x, _ := sel.X.(*ast.Ident)
			if x == nil {
				return true
			}
			room, isRoom := strings.CutPrefix(imported[x.Name], "internal/")
			if isRoom && slices.Contains(ordered, room) && pkg != "internal/postgres/"+room {
				out = append(out, fmt.Sprintf("%s/%s names the Store of %s", pkg, name, room))
			}
			return true
		})
		return nil
	})
	return out, err
}

func may(pkg, p string, allowed []string) bool {
	if (p == "net/http" || p == "database/sql") && quiet(pkg) {
		return false
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

// The test above must be able to fail: each kind of breach is planted in a tree of its own.
func TestImportsCatchesBreaches(t *testing.T) {
	for file, src := range map[string]string{
		"internal/cohort/a.go":          "package cohort\nimport _ \"kuukausi/internal/postgres/door\"\n",
		"internal/cohort/b.go":          "package cohort\nimport _ \"net/http\"\n",
		"internal/casework/c.go":        "package casework\nimport _ \"kuukausi/internal/cohort\"\n",
		"internal/postgres/review/d.go": "package review\nimport _ \"kuukausi/internal/postgres/cohort\"\n",
		"internal/server/desk/e.go":     "package desk\nimport _ \"github.com/jackc/pgx/v5\"\n",
		"internal/server/desk/f.go":     "package desk\nimport _ \"kuukausi/internal/server/cohort\"\n",
		"web/pages/desk/g.go":           "package desk\nimport _ \"kuukausi/web/pages/cohort\"\n",
		"web/pages/desk/h.go":           "package desk\nimport _ \"kuukausi/internal/server/core\"\n",
		"internal/server/desk/i.go":     "package desk\nimport \"kuukausi/internal/casework\"\nfunc f(s casework.Store) { _ = s }\n",
		"internal/helpers/j.go":         "package helpers\n",
	} {
		root := t.TempDir()
		plant(t, root, file, src)
		if found, err := breaches(root); err != nil || len(found) != 1 {
			t.Errorf("%s: %v %v", file, found, err)
		}
	}
}

func plant(t *testing.T, root, file, src string) {
	t.Helper()
	path := filepath.Join(root, file)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(src), 0o644); err != nil {
		t.Fatal(err)
	}
}

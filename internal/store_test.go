package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A room's Store has at most twenty methods, and a Service keeps it to itself: no field of it can be reached from a
// handler, which could otherwise bring a rule of its own.
func TestStoresAreSmallAndPrivate(t *testing.T) {
	count := map[string]map[string]int{} // room → interface → methods, with what it embeds
	embeds := map[string][]string{}
	err := sources(".", func(pkg, name string, _ *token.FileSet, f *ast.File) error {
		if !slices.Contains(ordered, pkg) {
			return nil
		}
		for _, d := range f.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, s := range g.Specs {
				ts, ok := s.(*ast.TypeSpec)
				if !ok {
					continue
				}
				switch x := ts.Type.(type) {
				case *ast.InterfaceType:
					if count[pkg] == nil {
						count[pkg] = map[string]int{}
					}
					for _, m := range x.Methods.List {
						if id, ok := m.Type.(*ast.Ident); ok {
							embeds[pkg+"."+ts.Name.Name] = append(embeds[pkg+"."+ts.Name.Name], id.Name)
							continue
						}
						count[pkg][ts.Name.Name]++
					}
				case *ast.StructType:
					for _, field := range x.Fields.List {
						id, ok := field.Type.(*ast.Ident)
						if ts.Name.Name != "Service" || !ok || id.Name != "Store" && id.Name != "Sessions" {
							continue
						}
						if len(field.Names) == 0 || field.Names[0].IsExported() {
							t.Errorf("%s/%s: the %s of the Service can be reached from outside", pkg, name, id.Name)
						}
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, room := range ordered {
		n := count[room]["Store"]
		for _, e := range embeds[room+".Store"] {
			n += count[room][e]
		}
		if n == 0 || n > 20 {
			t.Errorf("the Store of %s has %d methods", room, n)
		}
		t.Logf("%-12s %d", room, n)
	}
}

// outside are the functions of the doors that may touch the pool: the two doors, the sign-in functions, and what runs
// before there is a request. A query anywhere else is a query outside a door.
var outside = map[string]bool{
	"Open":      true,
	"Close":     true,
	"Read":      true,
	"Write":     true,
	"acquire":   true,
	"Sealed":    true,
	"formDone":  true,
	"Call":      true,
	"Tell":      true,
	"CheckRole": true,
	"Ready":     true,
}

// users are the functions of a directory that name one of these.
func users(dir string, names ...string) ([]string, error) {
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
				if sel, ok := n.(*ast.SelectorExpr); ok && slices.Contains(names, sel.Sel.Name) {
					out = append(out, fn.Name.Name)
				}
				return true
			})
		}
	}
	return out, err
}

func TestNoQueryOutsideADoor(t *testing.T) {
	found, err := users("postgres/door", "pool")
	if err != nil || len(found) == 0 {
		t.Fatal(found, err)
	}
	for _, u := range found {
		if !outside[u] {
			t.Errorf("%s uses the pool outside a door", u)
		}
	}
	for _, room := range ordered { // signing in is the one thing done without an actor
		found, err := users("postgres/"+room, "Call", "Tell")
		if err != nil {
			t.Fatal(err)
		}
		if room != "account" && len(found) > 0 {
			t.Errorf("postgres/%s goes past the doors in %v", room, found)
		}
	}
	dir := t.TempDir() // planted: it must be caught
	plant(t, dir, "x.go", "package door\nfunc (db *DB) Names() { db.pool.Query(nil, \"select\") }\n")
	planted, err := users(dir, "pool")
	if err != nil || len(planted) != 1 || outside[planted[0]] {
		t.Fatalf("the planted query was not caught: %v %v", planted, err)
	}
}

package internal_test

import (
	"go/ast"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Templates print text only through templ's escaping, and no page carries a style or script of its own.
func TestTemplatesAreEscaped(t *testing.T) {
	err := filepath.WalkDir("../web", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".templ") {
			return err
		}
		b, err := os.ReadFile(path)
		// the one script of a page is a file named by its frame
		text := strings.Replace(string(b), "<script src={ src } defer></script>", "", 1)
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

// longest is how wide a line may be, in bytes: å counts twice; tallest is how many lines a file of Go, templates or our
// style sheets may have.
const longest, tallest = 140, 300

// A line can be read without scrolling, in Go, templates and SQL, and a file holds one noun; generated files are read by nobody.
// A rule of a style sheet is a line, however long.
func TestLinesAndFilesAreShort(t *testing.T) {
	for _, root := range []string{"../cmd", "../internal", "../migrations", "../web"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasSuffix(path, "_templ.go") || d.Name() == "schema.sql" || d.Name() == "govuk.css" {
				return err
			}
			if !slices.Contains([]string{".go", ".templ", ".sql", ".css"}, filepath.Ext(path)) {
				return nil
			}
			b, err := os.ReadFile(path)
			lines := strings.Split(string(b), "\n")
			if n := len(lines) - 1; n > tallest && filepath.Ext(path) != ".sql" {
				t.Errorf("%s has %d lines: which noun is hiding inside?", path, n)
			}
			for i, line := range lines {
				if n := len(line); n > longest && filepath.Ext(path) != ".css" {
					t.Errorf("%s:%d has %d bytes", path, i+1, n)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Every package says in its first lines what it is for.
func TestPackagesAreDescribed(t *testing.T) {
	described := map[string]bool{}
	err := sources("..", func(pkg, name string, _ *token.FileSet, f *ast.File) error {
		described[pkg] = described[pkg] || f.Doc != nil
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for pkg, ok := range described {
		if !ok {
			t.Errorf("%s has no package comment", pkg)
		}
	}
}

// What a comment refers to is in the repository: a numbered item of internal/domain.md, or a statute.
func TestReferencesLeadSomewhere(t *testing.T) {
	raw, err := os.ReadFile("domain.md")
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^- \*\*(Ruling \d+|h?\d+)\*\*`).FindAllStringSubmatch(string(raw), -1) {
		there[strings.ToLower(m[1])] = true
	}
	// a comment may break its line anywhere, and name several rulings at once
	cited := regexp.MustCompile(`([a-z/]+)\.md,?\s+(?:(?://|--)\s+)?(rulings?\s+)?(?:(?://|--)\s+)?(h?\d+)(?:\s+and\s+(\d+))?`)
	for _, root := range []string{"../cmd", "../internal", "../migrations", "../web"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !slices.Contains([]string{".go", ".templ", ".sql", ".css"}, filepath.Ext(path)) {
				return err
			}
			b, err := os.ReadFile(path)
			for _, m := range cited.FindAllStringSubmatch(string(b), -1) {
				kind := ""
				if m[2] != "" {
					kind = "ruling "
				}
				if m[1] != "internal/domain" || !there[kind+m[3]] || kind != "" && m[4] != "" && !there[kind+m[4]] {
					t.Errorf("%s refers to %s, which is not in the repository", path, m[0])
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

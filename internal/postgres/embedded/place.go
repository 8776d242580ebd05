package embedded

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// runAs: postgres refuses to run as root, so as root it runs as postgres or nobody.
func runAs() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, n := range []string{"postgres", "nobody"} {
		if u, err := user.Lookup(n); err == nil {
			uid, _ := strconv.ParseUint(u.Uid, 10, 32)
			gid, _ := strconv.ParseUint(u.Gid, 10, 32)
			return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
		}
	}
	return nil, errors.New("running as root and there is no postgres or nobody user to run PostgreSQL as; set DATABASE_URL")
}

// place is where the cluster lives: the folder asked for, or one under /var/tmp named after it when the user that
// postgres runs as cannot walk there (a clone under /root).
func place(dir string, cred *syscall.Credential) (string, error) {
	root, err := filepath.Abs(dir)
	if err != nil || cred == nil {
		return root, err
	}
	if blocked := unreachable(root); blocked == "" {
		return root, nil
	}
	return filepath.Join("/var/tmp", fmt.Sprintf("kuukausi-pg-%x", sha256.Sum256([]byte(root)))[:25]), nil
}

// unreachable is the first parent of p that others may not enter, or "".
func unreachable(p string) string {
	for d := filepath.Dir(p); ; d = filepath.Dir(d) {
		if st, err := os.Stat(d); err == nil && st.Mode()&0o001 == 0 {
			return d
		}
		if d == "/" {
			return ""
		}
	}
}

// flock waits for the lock; the kernel frees it when the process dies, however it dies.
func flock(p string, how int) (*os.File, error) {
	f, err := os.OpenFile(p, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), how); err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

// existing is the newest major version that has a cluster under root, or 0.
func existing(root string) int {
	found, _ := filepath.Glob(filepath.Join(root, "cluster-*", "PG_VERSION"))
	best := 0
	for _, f := range found {
		v, _ := strconv.Atoi(strings.TrimPrefix(filepath.Base(filepath.Dir(f)), "cluster-"))
		best = max(best, v)
	}
	return best
}

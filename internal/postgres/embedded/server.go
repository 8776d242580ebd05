package embedded

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// Config says where the cluster lives and which database is wanted in it.
type Config struct {
	Dir      string    // parent of the cluster, e.g. .data/pg
	Fetched  string    // where fetched binaries go, e.g. .data/pgbin
	Database string    // made when it does not exist
	Fast     bool      // no fsync: tests only
	Out      io.Writer // what a person should read; nil is silent
}

// Server is a running server this process has a share in.
type Server struct {
	Bin, Log, Dir, Socket string
	Adopted               bool // it ran already
	Created               bool // the database was made by this call

	database, cluster string
	share             *os.File
	cmd               func(name string, args ...string) *exec.Cmd
}

// URL is the connection string for a role of this server.
func (s *Server) URL(role string) string { return s.url(role, s.database) }

func (s *Server) url(role, database string) string {
	return "postgres:///" + database + "?user=" + role + "&host=" + url.QueryEscape(s.Socket)
}

// Start finds or fetches the binaries, makes the cluster on the first call and starts or adopts the server. Errors are
// sentences for the person at the terminal; a cancelled ctx comes back as ctx.Err().
func Start(ctx context.Context, cfg Config) (_ *Server, err error) {
	if cfg.Out == nil {
		cfg.Out = io.Discard
	}
	cred, err := runAs()
	if err != nil {
		return nil, err
	}
	root, err := place(cfg.Dir, cred)
	if err != nil {
		return nil, err
	}
	if abs, _ := filepath.Abs(cfg.Dir); abs != root {
		fmt.Fprintf(cfg.Out, "PostgreSQL: the postgres user cannot enter %s, so the data is in %s\n", unreachable(abs), root)
	}
	had := existing(root)
	bin, err := find(cfg.Fetched, had)
	if errors.Is(err, ErrNoBinaries) && os.Getenv("PG_BIN_DIR") == "" {
		if fetchErr := Fetch(cfg.Fetched, cfg.Out); fetchErr != nil {
			return nil, fmt.Errorf("%w\n(tried to fetch: %v)", err, fetchErr)
		}
		bin, err = find(cfg.Fetched, had)
	}
	if err != nil {
		return nil, err
	}
	maj := major(bin)
	if had != 0 && had != maj {
		return nil, fmt.Errorf(
			"%s holds data of PostgreSQL %d, but only version %d is found (%s); install version %d or move the folder away",
			root,
			had,
			maj,
			bin,
			had,
		)
	}
	s := &Server{
		Bin:      bin,
		Dir:      root,
		Log:      filepath.Join(root, "postgres.log"),
		cluster:  filepath.Join(root, fmt.Sprintf("cluster-%d", maj)),
		database: cfg.Database,
	}
	// A unix socket path may have 107 bytes at most (103 on macOS): it stays out of the project path.
	s.Socket = filepath.Join(os.TempDir(), fmt.Sprintf("kkpg-%x", sha256.Sum256([]byte(s.cluster)))[:20])
	if err := os.MkdirAll(filepath.Dir(root), 0o755); err != nil { // the postgres user must be able to walk here
		return nil, err
	}
	for _, d := range []string{root, s.Socket} {
		if err := os.MkdirAll(d, 0o700); err != nil {
			return nil, err
		}
		if cred != nil {
			if err := os.Chown(d, int(cred.Uid), int(cred.Gid)); err != nil {
				return nil, err
			}
		}
	}
	s.cmd = func(name string, args ...string) *exec.Cmd {
		c := exec.Command(filepath.Join(bin, name), args...)
		c.Env = append(cleanEnv(), "LC_ALL=C", "TZ=UTC")
		c.Dir = root
		c.SysProcAttr = &syscall.SysProcAttr{Credential: cred, Setsid: true} // own session: Ctrl-C must not reach it
		return c
	}
	// The start lock is held while one process looks, initialises and starts.
	start, err := flock(filepath.Join(root, "start.lock"), syscall.LOCK_EX)
	if err != nil {
		return nil, err
	}
	defer start.Close()
	// The use lock is shared by every process using the cluster; the last one out stops it.
	if s.share, err = flock(filepath.Join(root, "use.lock"), syscall.LOCK_SH); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			_ = s.share.Close()
			if ctx.Err() != nil {
				err = ctx.Err()
			}
		}
	}()
	s.endOrphan()
	if err := s.initialise(cfg.Fast); err != nil {
		return nil, err
	}
	if err := s.run(ctx, cfg.Fast); err != nil {
		return nil, err
	}
	return s, s.createDatabase(ctx)
}

func (s *Server) pidFile() string { return filepath.Join(s.cluster, "postmaster.pid") }
func (s *Server) admin() string   { return s.url("postgres", "postgres") }

// initialise makes the cluster under another name first: a half-made one is never mistaken for a whole one.
func (s *Server) initialise(fast bool) error {
	if _, err := os.Stat(filepath.Join(s.cluster, "PG_VERSION")); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	tmp := s.cluster + ".new"
	if err := os.RemoveAll(tmp); err != nil {
		return err
	}
	args := []string{"-D", tmp, "-U", "postgres", "--auth-local=trust", "--auth-host=reject", "--encoding=UTF8",
		"--locale=" + ctype(), "--locale-provider=icu", "--icu-locale=fi-FI", "--data-checksums"}
	if fast {
		args = append(args, "--no-sync")
	}
	if out, err := s.cmd("initdb", args...).CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return os.Rename(tmp, s.cluster)
}

// run adopts a living postmaster or starts one. A living one may be starting, recovering or stopping: it is waited for.
func (s *Server) run(ctx context.Context, fast bool) error {
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		pid := livePostmaster(s.pidFile())
		if pid == 0 {
			break
		}
		if s.Adopted = ping(ctx, s.admin(), 0) == nil; s.Adopted {
			return nil
		}
		if time.Now().After(end) || ctx.Err() != nil {
			return fmt.Errorf(
				"postgres (pid %d) owns %s but does not answer on its socket; stop it (kill -INT %d) and try again",
				pid,
				s.cluster,
				pid,
			)
		}
	}
	for try := 1; ; try++ {
		err := s.launch(ctx, fast)
		if err == nil {
			return nil
		}
		// After kill -9 of the postmaster its children need a moment to notice.
		if try == 6 || ctx.Err() != nil {
			return fmt.Errorf("postgres did not start (%w); the end of %s:\n%s", err, s.Log, tail(s.Log))
		}
		time.Sleep(400 * time.Millisecond)
	}
}

func (s *Server) launch(ctx context.Context, fast bool) error {
	log, err := os.OpenFile(s.Log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	args := []string{"-D", s.cluster, "-k", s.Socket, "-c", "listen_addresses=", "-c", "unix_socket_permissions=0700",
		"-c", "shared_buffers=128MB", "-c", "max_connections=120", "-c", "timezone=UTC"}
	if fast {
		args = append(args, "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")
	}
	c := s.cmd("postgres", args...)
	c.Stdout, c.Stderr = log, log
	if err := c.Start(); err != nil {
		return err
	}
	died, ready := make(chan error, 1), make(chan error, 1)
	pctx, cancel := context.WithTimeout(ctx, 60*time.Second)
	defer cancel()
	go func() { died <- c.Wait() }()
	go func() { ready <- ping(pctx, s.admin(), 25*time.Millisecond) }()
	select {
	case err := <-died:
		return fmt.Errorf("postgres ended: %v", err)
	case err := <-ready:
		if err != nil {
			_ = c.Process.Signal(syscall.SIGINT)
		}
		return err
	}
}

func (s *Server) createDatabase(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, s.admin())
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	var n int
	if err := conn.QueryRow(ctx, "select count(*) from pg_database where datname = $1", s.database).Scan(&n); err != nil || n > 0 {
		return err
	}
	s.Created = true
	_, err = conn.Exec(ctx, "create database "+pgx.Identifier{s.database}.Sanitize())
	return err
}

// Stop stops the server when no other process is using it. The data stays.
func (s *Server) Stop() error {
	defer s.share.Close()
	if err := syscall.Flock(int(s.share.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil // someone else is still using it
	}
	pid, err := readPid(s.pidFile())
	if err != nil {
		return nil
	}
	if err := syscall.Kill(pid, syscall.SIGINT); err != nil { // fast shutdown
		return err
	}
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if _, err := os.Stat(s.pidFile()); errors.Is(err, fs.ErrNotExist) {
			return nil
		}
	}
	return fmt.Errorf("postgres (pid %d) did not stop in 30 s", pid)
}

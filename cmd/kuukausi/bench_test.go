package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"kuukausi/cmd/kuukausi/app"
	"kuukausi/internal/account"
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/postgres/embedded"
	"kuukausi/internal/postgres/schema"
	"kuukausi/migrations"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// TestBench prints the figures of `make bench`; it judges nothing. Counts come from the app inside this process,
// throughput from the built binary beside the floor program, in paired slices on one durable Postgres, reads before
// writes, fresh data.
func TestBench(t *testing.T) {
	if os.Getenv("PROOF") != "bench" {
		return // runs by `make bench` only: it takes minutes and asserts nothing
	}
	ctx := context.Background()
	dir := "/var/tmp/kuukausi-bench"
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	pg, err := embedded.Start(ctx, embedded.Config{Dir: dir, Fetched: dir, Database: "postgres", Out: os.Stdout})
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	defer pg.Stop()
	at := func(role, db string) string { return strings.Replace(pg.URL(role), "/postgres?", "/"+db+"?", 1) }
	hash, err := account.HashPassword(demo.Password)
	if err != nil {
		t.Fatal(err)
	}
	// what vacuum reads would be counted as a page's; the seed vacuums by itself
	run(t, ctx, pg.URL("postgres"), "alter system set autovacuum = off")
	run(t, ctx, pg.URL("postgres"), "select pg_reload_conf()")
	for _, n := range []int{1000, 20000} {
		db := fmt.Sprintf("app%d", n)
		began := time.Now()
		run(t, ctx, pg.URL("postgres"), "create database "+db)
		if err := schema.Migrate(ctx, at("postgres", db), "", migrations.FS); err != nil {
			t.Fatal(err)
		}
		if err := demo.SeedLarge(ctx, at("postgres", db), n, time.Now()); err != nil {
			t.Fatal(err)
		}
		run(t, ctx, at("postgres", db), "update app.account set password_hash = '"+hash+"' where email like 'm1.%'")
		t.Logf("%d cohorts seeded in %s", n, time.Since(began).Round(time.Second))
		countPages(t, at(door.WebRole, db), at("postgres", db), n)
	}
	measure(t, ctx, pg, at)
}

func run(t *testing.T, ctx context.Context, url, sql string) {
	t.Helper()
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(ctx)
	if _, err := c.Exec(ctx, sql); err != nil {
		t.Fatal(err)
	}
}

// large are the ids of the large seed: the cohorts of organisation 1's first coach that are live, the newest last.
func large(n int) (cohorts []string) {
	for k := n/demo.LargeOrgs - 50; k < n/demo.LargeOrgs; k++ {
		if k%17 == 0 {
			cohorts = append(cohorts, fmt.Sprintf("01930000-0018-7000-8000-%012x", k*demo.LargeOrgs+1))
		}
	}
	return cohorts
}

func groupNumber(cohort string) int64 {
	n, _ := strconv.ParseInt(cohort[24:], 16, 64)
	return n
}

// countPages prints round trips, statements, bytes, allocations and shared buffers of each page.
func countPages(t *testing.T, webURL, adminURL string, n int) {
	flights, sent := &atomic.Int64{}, &statements{}
	db, err := door.Open(context.Background(), door.Config{URL: webURL, Conns: 1, AsyncAudit: true, ConnectConfig: func(cc *pgx.ConnConfig) {
		dial := cc.DialFunc
		cc.DialFunc = func(ctx context.Context, network, addr string) (net.Conn, error) {
			c, err := dial(ctx, network, addr)
			return &wire{Conn: c, flights: flights}, err
		}
		cc.Tracer = sent
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	h, err := app.New(db, apptest.Config(time.Now))
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(h)
	defer srv.Close()
	cookie := signIn(t, srv.URL, "m1.0@example.org")
	c := large(n)[0]
	g := groupNumber(c)
	before := buffers(t, adminURL)
	for name, path := range map[string]string{"month map": "/cohorts/" + c, "attendance": fmt.Sprintf(
		"/meetings/01930000-0019-7000-8000-%012x/attendance", g*40,
	), "person": fmt.Sprintf("/enrolments/01930000-001b-7000-8000-%012x", g*10),
		"today": "/", "participants": "/participants", "cohorts": "/cohorts", "details": "/cohorts/" + c + "/details",
		"waiting list": "/cohorts/" + c + "/waiting", "team meeting": "/cohorts/" + c + "/walk", "briefing": "/cohorts/" + c + "/briefing",
		"appointments": "/cohorts/" + c + "/appointments", "week": "/cohorts/" + c + "/weeks/2", "participation": "/cohorts/" +
			c + "/participation", "support": fmt.Sprintf("/enrolments/01930000-001b-7000-8000-%012x/support", g*10),
		"merge": fmt.Sprintf("/enrolments/01930000-001b-7000-8000-%012x/merge", g*10), "info sessions": "/info-sessions",
		"promises": "/promises", "trial": fmt.Sprintf("/trials/01930000-001e-7000-8000-%012x", g*10),
		"trial balance": fmt.Sprintf("/enrolments/01930000-001b-7000-8000-%012x/trial-balance", g*10),
		"matching":      fmt.Sprintf("/enrolments/01930000-001b-7000-8000-%012x/matching", g*10),
		"ledger":        "/employers",
		"open days":     "/open-days",
		"search":        "POST /participants/search",
	} {
		get := func() []byte {
			method, at, body := http.MethodGet, path, ""
			if p, ok := strings.CutPrefix(path, "POST "); ok {
				method, at, body = http.MethodPost, p, url.Values{"name": {"m"}, "state": {"all"}}.Encode()
			}
			r := httptest.NewRequest(method, at, strings.NewReader(body))
			if body != "" {
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			}
			r.Header.Set("Cookie", cookie)
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code != 200 {
				t.Fatalf("%s: %d", path, w.Code)
			}
			return w.Body.Bytes()
		}
		for range 8 {
			get()
		}
		f, s := flights.Load(), sent.n.Load()
		body := get()
		f, s = flights.Load()-f, sent.n.Load()-s
		var m0, m1 runtime.MemStats
		runtime.ReadMemStats(&m0)
		const rounds = 50
		for range rounds {
			get()
		}
		runtime.ReadMemStats(&m1)
		time.Sleep(1100 * time.Millisecond) // a backend reports what it did at most once a second, with its next answer
		get()
		after := buffers(t, adminURL)
		var z bytes.Buffer
		zw := gzip.NewWriter(&z)
		_, _ = zw.Write(body)
		_ = zw.Close()
		t.Logf(
			"%6d cohorts  %-12s %d round trips, %d statements, %6d bytes, %5d gzipped, %5d allocations, %4d shared buffers",
			n,
			name,
			f,
			s,
			len(body),
			z.Len(),
			(m1.Mallocs-m0.Mallocs)/rounds,
			(after-before)/(rounds+10),
		)
		before = after
	}
}

// buffers are the shared buffers all backends of this database have touched, as far as they reported.
func buffers(t *testing.T, adminURL string) int64 {
	t.Helper()
	c, err := pgx.Connect(context.Background(), adminURL)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(context.Background())
	var n int64
	if err := c.QueryRow(
		context.Background(), `select blks_hit + blks_read from pg_stat_database where datname = current_database()`,
	).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// process is a started server.
type process struct {
	*exec.Cmd
	base    string
	started time.Duration
}

func launch(t *testing.T, base string, cmd *exec.Cmd, probe string) *process {
	t.Helper()
	began := time.Now()
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &process{Cmd: cmd, base: base}
	t.Cleanup(p.stop)
	for time.Since(began) < 10*time.Second {
		if r, err := http.Get(base + probe); err == nil {
			_ = r.Body.Close()
			p.started = time.Since(began)
			return p
		}
		time.Sleep(2 * time.Millisecond)
	}
	t.Fatalf("%s did not start", cmd.Path)
	return nil
}

// stop ends the server, so that the next one has the machine and the port to itself.
func (p *process) stop() {
	_ = p.Process.Kill()
	_ = p.Wait()
}

func (p *process) cpu() time.Duration {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.Process.Pid))
	if err != nil {
		return 0
	}
	f := strings.Fields(string(raw[bytes.LastIndexByte(raw, ')')+2:]))
	u, _ := strconv.ParseInt(f[11], 10, 64)
	s, _ := strconv.ParseInt(f[12], 10, 64)
	return time.Duration(u+s) * 10 * time.Millisecond
}

func (p *process) rss() string {
	raw, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.Process.Pid))
	for _, l := range strings.Split(string(raw), "\n") {
		if strings.HasPrefix(l, "VmRSS:") {
			return strings.TrimSpace(strings.TrimPrefix(l, "VmRSS:"))
		}
	}
	return "?"
}

func signIn(t *testing.T, base, email string) string {
	t.Helper()
	jar, _ := cookiejar.New(nil)
	c := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	r, err := c.PostForm(base+"/login", url.Values{"email": {email}, "password": {demo.Password}})
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	u, _ := url.Parse(base)
	for _, k := range jar.Cookies(u) {
		return k.Name + "=" + k.Value
	}
	t.Fatalf("no session for %s (%d)", email, r.StatusCode)
	return ""
}

package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/account"
	"kuukausi/internal/postgres/demo"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/postgres/embedded"
	"kuukausi/internal/postgres/schema"
	"kuukausi/migrations"
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
	h, err := app(db, &Config{Env: "development", DataDir: t.TempDir()}, time.Now)
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
	} {
		get := func() []byte {
			r := httptest.NewRequest(http.MethodGet, path, nil)
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
			(after-before)/(rounds+9),
		)
		before = after
	}
}

// buffers are the shared buffers all backends of this database have touched; idle backends report after ten seconds.
func buffers(t *testing.T, adminURL string) int64 {
	t.Helper()
	time.Sleep(11 * time.Second)
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

// slice runs n connections for d and returns answers a second and the median latency. next makes a worker's request.
func slice(
	t *testing.T,
	n int,
	d time.Duration,
	next func(worker, i int) *http.Request,
	done func(worker int, status int),
) (rps float64, p50 time.Duration) {
	t.Helper()
	tr := &http.Transport{MaxIdleConnsPerHost: n, DisableCompression: true}
	defer tr.CloseIdleConnections()
	var wg sync.WaitGroup
	var bad atomic.Int64
	took := make([][]time.Duration, n)
	end := time.Now().Add(d)
	for w := range n {
		wg.Go(func() {
			for i := 0; time.Now().Before(end); i++ {
				began := time.Now()
				resp, err := tr.RoundTrip(next(w, i))
				if err != nil {
					bad.Add(1)
					continue
				}
				_, _ = io.Copy(io.Discard, resp.Body)
				_ = resp.Body.Close()
				if resp.StatusCode != 200 && resp.StatusCode != 303 {
					bad.Add(1)
				}
				if done != nil {
					done(w, resp.StatusCode)
				}
				took[w] = append(took[w], time.Since(began))
			}
		})
	}
	wg.Wait()
	var all []time.Duration
	for _, x := range took {
		all = append(all, x...)
	}
	sort.Slice(all, func(i, j int) bool { return all[i] < all[j] })
	if bad.Load() > 0 || len(all) == 0 {
		t.Errorf("%d bad answers of %d", bad.Load(), len(all))
		return 1, 1
	}
	return float64(len(all)) / d.Seconds(), all[len(all)/2]
}

func median(v []float64) float64 {
	sort.Float64s(v)
	return v[len(v)/2]
}

// measure runs app and floor in paired slices.
func measure(t *testing.T, ctx context.Context, pg *embedded.Server, at func(role, db string) string) {
	shared, _ := filepath.Abs("../../../shared/perf/floor")
	bin := t.TempDir()
	if out, err := exec.Command("go", "build", "-o", bin+"/kuukausi", ".").CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	floor := false
	if _, err := os.Stat(shared); err != nil {
		t.Log("the floor comparison was left out: ../shared is absent")
	} else if out, err := exec.Command("go", "build", "-C", shared, "-o", bin+"/floor", ".").CombinedOutput(); err != nil {
		t.Logf("the floor comparison was left out: %v %s", err, out)
	} else if psql, err := exec.LookPath("psql"); err != nil {
		t.Log("the floor comparison was left out: no psql")
	} else {
		run(t, ctx, pg.URL("postgres"), "create database floor1k")
		if out, err := exec.Command(
			psql, "-h", pg.Socket, "-U", "postgres", "-d", "floor1k", "-v", "cohorts=1000", "-v", "orgs=20", "-qf",
			shared+"/schema.sql",
		).CombinedOutput(); err != nil {
			t.Fatalf("%v %s", err, out)
		}
		floor = true
	}
	devnull, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, sync := range []string{"off", "on"} {
		port := map[string]string{"off": "38601", "on": "38602"}[sync]
		cmd := exec.Command(bin+"/kuukausi", "serve")
		cmd.Env = append(
			os.Environ(),
			"DATABASE_URL="+at(door.WebRole, "app1000"),
			"PORT="+port,
			"READ_AUDIT_SYNC="+sync,
			"DATA_DIR="+bin,
			"PROOF=",
		)
		cmd.Stderr = devnull
		app := launch(t, "http://127.0.0.1:"+port, cmd, "/readyz")
		t.Logf("first answer %s after start on a migrated database", app.started.Round(time.Millisecond))
		var fl *process
		if floor {
			fl = launch(
				t,
				"http://127.0.0.1:38600",
				exec.Command(
					bin+"/floor",
					"-addr",
					"127.0.0.1:38600",
					"-rls",
					"pipe",
					"-dsn",
					strings.Replace(at("floor_rls", "floor1k"), "?", "?pool_max_conns=8&", 1),
				),
				"/static25k",
			)
		}
		cookies := make([]string, 16)
		cohorts := make([]string, 16)
		for i := range cookies {
			cookies[i] = signIn(t, app.base, fmt.Sprintf("m1.%d@example.org", i))
			// coach i's newest live cohort
			for k := 49; k >= 0; k-- {
				if k%17 == i {
					cohorts[i] = fmt.Sprintf("01930000-0018-7000-8000-%012x", k*demo.LargeOrgs+1)
					break
				}
			}
		}
		req := func(method, u, cookie, body string) *http.Request {
			r, _ := http.NewRequest(method, u, strings.NewReader(body))
			r.Header.Set("Cookie", cookie)
			if method == http.MethodPost {
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			}
			return r
		}
		mine := map[string]func(w, i int) *http.Request{
			"map": func(w, i int) *http.Request { return req("GET", app.base+"/cohorts/"+cohorts[w%16], cookies[w%16], "") },
			"person": func(w, i int) *http.Request {
				return req(
					"GET",
					fmt.Sprintf("%s/enrolments/01930000-001b-7000-8000-%012x", app.base, groupNumber(cohorts[w%16])*10+int64(i%10)),
					cookies[w%16],
					"",
				)
			},
		}
		theirs := map[string]func(w, i int) *http.Request{
			"map": func(w, i int) *http.Request {
				return req("GET", fmt.Sprintf("http://127.0.0.1:38600/cohorts/%d", 1+20*((w*7+i)%50)), "sid=tok1", "")
			},
			"person": func(w, i int) *http.Request {
				return req("GET", fmt.Sprintf("http://127.0.0.1:38600/participants/%d", 1+200*((w*7+i)%50)), "sid=tok1", "")
			},
		}
		versions := make([][8]int, 16)
		for w := range versions {
			for m := range versions[w] {
				versions[w][m] = 1
			}
		}
		if sync == "on" {
			for w := range versions { // the first run has marked these already
				for m := range versions[w] {
					versions[w][m] = readVersion(t, at("postgres", "app1000"), groupNumber(cohorts[w])*40+int64(m)*2)
				}
			}
		}
		last, turn := make([]int, 16), make([]int, 16)
		mine["post"] = func(w, _ int) *http.Request {
			i := turn[w]
			turn[w]++
			m := i % 8
			last[w] = m
			g := groupNumber(cohorts[w])
			v := url.Values{"form": {uuid.NewString()}, "version": {strconv.Itoa(versions[w][m])}}
			for p := range int64(10) { // by the version, so that every form changes every mark
				v.Set(fmt.Sprintf("mark.01930000-001b-7000-8000-%012x", g*10+p), []string{"p", "l", "n", "v"}[(versions[w][m]+int(p))%4])
			}
			return req(
				"POST",
				fmt.Sprintf("%s/meetings/01930000-0019-7000-8000-%012x/attendance", app.base, g*40+int64(m)*2),
				cookies[w],
				v.Encode(),
			)
		}
		theirs["post"] = func(w, i int) *http.Request {
			c := 1 + 20*((w*3+i)%50)
			b := "csrf=csrf1"
			for k := 1; k <= 10; k++ {
				b += fmt.Sprintf("&p=%d&s=%s", (c-1)*10+k, []string{"present", "late", "absent", "excused"}[(i+k)%4])
			}
			return req("POST", fmt.Sprintf("http://127.0.0.1:38600/sessions/%d/attendance", (c-1)*20+1+i%20), "sid=tok1", b)
		}
		count := func(w, status int) {
			if status == 303 {
				versions[w][last[w]]++
			}
		}
		for _, page := range []string{"map", "person", "post"} {
			for _, conns := range []int{16, 1} {
				rounds := map[int]int{16: 6, 1: 3}[conns]
				if conns == 1 && sync == "on" {
					continue
				}
				var ratio, rps, lat, latRatio, base []float64
				cpu, served := app.cpu(), 0.0
				for range rounds {
					d := 2 * time.Second
					var hook func(int, int)
					if page == "post" {
						hook = count
					}
					a, p := slice(t, conns, d, mine[page], hook)
					rps, lat, served = append(rps, a), append(lat, float64(p.Microseconds())), served+a*d.Seconds()
					if fl != nil {
						b, q := slice(t, conns, d, theirs[page], nil)
						ratio, latRatio, base = append(ratio, a/b), append(latRatio, float64(p)/float64(q)), append(base, b)
					}
				}
				line := fmt.Sprintf(
					"READ_AUDIT_SYNC=%-3s %-6s c%-2d %6.0f a second, p50 %5.0f µs, app CPU %4.0f µs a request",
					sync,
					page,
					conns,
					median(rps),
					median(lat),
					float64((app.cpu()-cpu).Microseconds())/served,
				)
				if fl != nil {
					line += fmt.Sprintf("; floor %6.0f: %3.0f %% of it, latency %.2f times", median(base), 100*median(ratio), median(latRatio))
				}
				t.Log(line)
			}
		}
		t.Logf("server memory after the load: %s", app.rss())
		app.stop()
		if fl != nil {
			fl.stop()
		}
	}
}

func readVersion(t *testing.T, adminURL string, n int64) int {
	t.Helper()
	c, err := pgx.Connect(context.Background(), adminURL)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(context.Background())
	v := 0
	if err := c.QueryRow(
		context.Background(), `select version from app.meeting where id = $1`,
		fmt.Sprintf("01930000-0019-7000-8000-%012x", n),
	).Scan(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

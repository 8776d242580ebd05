package main

import (
	"context"
	"fmt"
	"io"
	"kuukausi/internal/postgres/demo"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/postgres/embedded"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

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

func median(v []float64) float64 {
	sort.Float64s(v)
	return v[len(v)/2]
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

package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"kuukausi/internal/postgres/demo"
)

// axe is axe-core 4.14.1 (MPL-2.0), unchanged.
//
//go:embed testdata/axe.min.js
var axe string

// browser starts one Chromium for all tests of this binary; each gets a window of its own.
var browser = sync.OnceValues(func() (context.Context, error) {
	opts := append(
		chromedp.DefaultExecAllocatorOptions[:],
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("hide-scrollbars", true),
	)
	for _, n := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(n); err == nil {
			opts = append(opts, chromedp.ExecPath(p))
			break
		}
	}
	alloc, _ := chromedp.NewExecAllocator(context.Background(), opts...)
	ctx, _ := chromedp.NewContext(alloc)
	return ctx, chromedp.Do(ctx)
})

// window is a browser window of one person.
type window struct {
	context.Context
	s       *site
	refused string // the code the next form has to come back with
}

// open makes a window with cookies of its own. Without scripts it is the browser of someone who has JavaScript off.
func (s *site) open(scripts bool) *window {
	s.t.Helper()
	b, err := browser()
	if err != nil {
		s.t.Fatalf("Chromium: %v (apt-get install chromium)", err)
	}
	ctx, cancel := chromedp.NewContext(b, chromedp.WithNewBrowserContext())
	ctx, stop := context.WithTimeout(ctx, 8*time.Minute)
	s.t.Cleanup(func() { stop(); cancel() })
	x := &window{Context: ctx, s: s}
	x.must(call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !scripts}))
	return x
}

// call is a protocol command as a step.
func call[P, R any](c cdp.Command[P, R], p P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, p)
		return err
	})
}

func (x *window) must(steps ...chromedp.Action[chromedp.Void]) {
	x.s.t.Helper()
	if err := chromedp.Do(x, steps...); err != nil {
		x.s.t.Fatal(err)
	}
}

// use puts a user's cookies into the window.
func (x *window) use(u *user) {
	x.s.t.Helper()
	at, _ := url.Parse(x.s.URL)
	for _, c := range u.Jar.Cookies(at) {
		x.must(call(network.SetCookie, network.SetCookieParams{Name: c.Name, Value: c.Value, URL: x.s.URL}))
	}
}

// view sets the size and colour scheme of the window.
func (x *window) view(width, height int64, dark bool) {
	x.s.t.Helper()
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	x.must(chromedp.EmulateViewport(width, height), call(
		emulation.SetEmulatedMedia,
		emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}},
	))
}

func (x *window) visit(path string) {
	x.s.t.Helper()
	x.must(chromedp.Navigate(x.s.URL + path))
}

func (x *window) eval(js string) string {
	x.s.t.Helper()
	out, err := chromedp.Run(x, chromedp.Evaluate[string](js))
	if err != nil {
		x.s.t.Fatalf("%v in %.80s", err, js)
	}
	return out
}

func (x *window) text() string { return x.eval(`document.querySelector("main").innerText`) }

// violations runs axe with the rules of WCAG 2.2 AA and its best practices, and adds what axe does not test: sideways
// scroll, and targets smaller than 24 px.
func (x *window) violations() []string {
	x.s.t.Helper()
	x.must(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := chromedp.Evaluate[string](axe+`;"ready"`)(ctx, t)
		return err
	}))
	raw, err := chromedp.Run(
		x,
		chromedp.Evaluate[string](`axe.run(document,{runOnly:["wcag2a","wcag2aa","wcag21a","wcag21aa","wcag22aa","best-practice"]})
.then(r => JSON.stringify(r.violations.map(v => v.id + ": " + v.nodes.map(n =>
    n.target.join(" ") + " " + (n.any[0]||n.all[0]||n.none[0]||{message:""}).message).slice(0,3).join("; "))))`, chromedp.EvalAwaitPromise),
	)
	if err != nil {
		x.s.t.Fatalf("axe: %v", err)
	}
	var out []string
	if err := json.Unmarshal([]byte(raw), &out); err != nil {
		x.s.t.Fatal(err)
	}
	if wide := x.eval(`String(document.documentElement.scrollWidth - document.documentElement.clientWidth)`); wide != "0" {
		out = append(
			out,
			"scrolls sideways by "+wide+" px: "+x.eval(
				`[...document.querySelectorAll("body *")]
  .filter(e=>e.getBoundingClientRect().right>document.documentElement.clientWidth+1&&!e.closest(".scroll"))
  .slice(0,4).map(e=>e.tagName+"."+e.className).join(" ")`,
			),
		)
	}
	if strings.Contains(x.eval(`document.body.innerText`), "⟦") {
		out = append(out, "a message is missing from the catalogue")
	}
	return out
}

// shoot saves a picture of the whole page when SHOTS names a folder, for people to look at.
func (x *window) shoot(name string) {
	dir := os.Getenv("SHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(x, chromedp.FullScreenshot(100))
	if err == nil {
		err = os.MkdirAll(dir, 0o755)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644)
	}
	if err != nil {
		x.s.t.Fatal(err)
	}
}

// Every page of the matrix, as the first role that may open it: axe and reflow, light at 1280 px and dark at 320 px; in
// `make proof` all four combinations.
func TestAccessibility(t *testing.T) {
	s := start(t)
	x := s.open(true)
	views := []struct {
		name  string
		width int64
		dark  bool
	}{{"light-1280", 1280, false}, {"dark-320", 320, true}}
	if os.Getenv("PROOF") != "" {
		views = append(views, struct {
			name  string
			width int64
			dark  bool
		}{"dark-1280", 1280, true}, struct {
			name  string
			width int64
			dark  bool
		}{"light-320", 320, false})
	}
	last := ""
	for _, p := range pagesToSee(t, s) {
		if p.as != last {
			x.must(call(network.ClearBrowserCookies, cdp.Empty{}))
			x.use(s.as(p.as))
			last = p.as
		}
		for _, v := range views {
			x.view(v.width, 900, v.dark)
			x.visit(p.path)
			for _, f := range x.violations() {
				t.Errorf("%s as %s, %s: %s", p.path, p.as, v.name, f)
			}
			x.shoot(fmt.Sprintf("%s-%s", p.name, v.name))
		}
	}
}

// The refused and stale forms of every kind of page: 422 with nothing filled in, 409 with an old version. They pass axe,
// the summary says why, and what was typed is there.
func TestRefusedPagesAreAccessible(t *testing.T) {
	s := start(t)
	x := s.open(true)
	last := ""
	for _, p := range []struct {
		as, path, form string
		stale          bool
	}{
		{"", "/login", "/login", false},
		{"veera.valmentava", "/cohorts/new", "/cohorts", false},
		{"veera.valmentava", "/cohorts/" + demo.Recruiting.String() + "/enrolments/new", "/cohorts/" +
			demo.Recruiting.String() + "/enrolments", false},
		{"veera.valmentava", "/enrolments/" + demo.Enrolment(8).String(), "/enrolments/" + demo.Enrolment(8).String() + "/goal", false},
		{"veera.valmentava", "/enrolments/" + demo.Enrolment(8).String(), "/enrolments/" + demo.Enrolment(8).String() + "/goal", true},
		{"veera.valmentava", examplePath(s, "{meeting}"), examplePath(s, "{meeting}"), false},
		{"veera.valmentava", examplePath(s, "{meeting}"), examplePath(s, "{meeting}"), true},
		{"veera.valmentava", "/cohorts/" + demo.Running.String() + "/details", "/cohorts/" + demo.Running.String() + "/state", false},
		{"veera.valmentava", "/reviews/" + demo.Review(202).String(), "/reviews/" + demo.Review(202).String() + "/lock", false},
		{"veera.valmentava", "/reviews/" + demo.Review(202).String(), "/reviews/" + demo.Review(202).String() + "/text", true},
		{"kimmo.koordinoiva", "/employers/new", "/employers", false},
		{"kimmo.koordinoiva", "/trials/" + demo.Trial(107).String(), "/trials/" + demo.Trial(107).String() + "/activation", false},
		{"kimmo.koordinoiva", "/trials/" + demo.Trial(105).String(), "/trials/" + demo.Trial(105).String() + "/terms", false},
		{"eeva.ehkanen", "/reviews/" + demo.Review(202).String() + "/decision", "/reviews/" + demo.Review(202).String() + "/decision", false},
		{"aatu.yllapitaja", "/admin/users", "/admin/users/invitations", false},
		{"aatu.yllapitaja", "/admin/closed-days", "/admin/closed-days", false},
		{"aatu.yllapitaja", "/admin/models/" + demo.Draft.String() + "/weeks/3", "/admin/models/" + demo.Draft.String() + "/weeks/3", true},
		{"veera.valmentava", "/enrolments/" + demo.Recruit(3).String() + "/choice", "/enrolments/" + demo.Recruit(3).String() + "/choice", false},
		{"veera.valmentava", "/info-sessions/new", "/info-sessions", false},
		{"veera.valmentava", "/info-sessions/" + demo.Info(0).String(), "/info-sessions/" + demo.Info(0).String() + "/guests", false},
		{"veera.valmentava", "/cohorts/" + demo.Running.String() + "/appointments", "/cohorts/" + demo.Running.String() + "/appointments", false},
		{"veera.valmentava", "/cohorts/" + demo.Running.String() + "/days/2026-11-19", "/cohorts/" + demo.Running.String() +
			"/days/2026-11-19/calls", false},
		{"veera.valmentava", "/rooms", "/rooms", false},
		{"veera.valmentava", "/rooms", "/rooms/" + demo.Room(0).String(), true},
		{"veera.valmentava", "/enrolments/" + demo.Enrolment(8).String() + "/national-id", "/enrolments/" +
			demo.Enrolment(8).String() + "/national-id", false},
		{"veera.valmentava", "/break-glass", "/break-glass", false},
		{"eeva.ehkanen", "/referrals/new", "/referrals", false},
	} {
		if p.as != last || p.as == "" {
			x.must(call(network.ClearBrowserCookies, cdp.Empty{}))
			x.use(s.as(p.as))
			last = p.as
		}
		for _, v := range []struct {
			width int64
			dark  bool
		}{{1280, false}, {320, true}} {
			x.view(v.width, 900, v.dark)
			x.visit(p.path)
			if _, err := chromedp.Run(x, chromedp.WaitEvent(page.LoadEventFired, nil, chromedp.Func(func(ctx context.Context,
				w *chromedp.Target) error {
				_, err := chromedp.Evaluate[string](fmt.Sprintf(
					`(() => { const f = [...document.forms].find(f => f.getAttribute("action") === %q);
					  if (%t) f.elements.version.value = "9999"; f.submit(); return "" })()`,
					p.form, p.stale,
				))(ctx, w)
				return err
			}))); err != nil {
				t.Fatalf("%s: %v", p.form, err)
			}
			code := x.eval(`(document.querySelector("[data-code]") || {dataset: {code: ""}}).dataset.code`)
			if code == "" || p.stale != (code == "E_STALE") {
				t.Errorf("%s stale %t: refused with %q", p.form, p.stale, code)
			}
			if miss := x.eval(`[...document.querySelectorAll(".govuk-error-summary a")]
  .filter(a => !document.getElementById(a.getAttribute("href").slice(1)))
  .map(a => a.getAttribute("href")).join(" ")`); miss != "" {
				t.Errorf("%s: the summary leads nowhere: %s", p.form, miss)
			}
			for _, f := range x.violations() {
				t.Errorf("%s stale %t at %d px: %s", p.form, p.stale, v.width, f)
			}
		}
	}
}

// savePDF keeps a print when SHOTS names a folder.
func (x *window) savePDF(name string, pdf []byte) {
	if dir := os.Getenv("SHOTS"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name+".pdf"), pdf, 0o644); err != nil {
			x.s.t.Fatal(err)
		}
	}
}

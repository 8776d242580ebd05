package apptest

import (
	"context"
	_ "embed"
	"net/url"
	"os/exec"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
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

// Window is a browser window of one person.
type Window struct {
	context.Context
	s       *Site
	refused string // the code the next form has to come back with
}

// Open makes a window with cookies of its own. Without scripts it is the browser of someone who has JavaScript off.
func (s *Site) Open(scripts bool) *Window {
	s.T.Helper()
	b, err := browser()
	if err != nil {
		s.T.Fatalf("Chromium: %v (apt-get install chromium)", err)
	}
	ctx, cancel := chromedp.NewContext(b, chromedp.WithNewBrowserContext())
	ctx, stop := context.WithTimeout(ctx, 8*time.Minute)
	s.T.Cleanup(func() { stop(); cancel() })
	x := &Window{Context: ctx, s: s}
	x.Must(Call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !scripts}))
	return x
}

// call is a protocol command as a step.
func Call[P, R any](c cdp.Command[P, R], p P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, p)
		return err
	})
}

func (x *Window) Must(steps ...chromedp.Action[chromedp.Void]) {
	x.s.T.Helper()
	if err := chromedp.Do(x, steps...); err != nil {
		x.s.T.Fatal(err)
	}
}

// Use puts a user's cookies into the window.
func (x *Window) Use(u *User) {
	x.s.T.Helper()
	at, _ := url.Parse(x.s.URL)
	for _, c := range u.Jar.Cookies(at) {
		x.Must(Call(network.SetCookie, network.SetCookieParams{Name: c.Name, Value: c.Value, URL: x.s.URL}))
	}
}

// View sets the size and colour scheme of the window.
func (x *Window) View(width, height int64, dark bool) {
	x.s.T.Helper()
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	x.Must(chromedp.EmulateViewport(width, height), Call(
		emulation.SetEmulatedMedia,
		emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}},
	))
}

// Paper shows what is printed, until View shows the screen again.
func (x *Window) Paper() {
	x.s.T.Helper()
	x.Must(Call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}))
}

func (x *Window) Visit(path string) {
	x.s.T.Helper()
	x.Must(chromedp.Navigate(x.s.URL + path))
}

func (x *Window) Eval(js string) string {
	x.s.T.Helper()
	out, err := chromedp.Run(x, chromedp.Evaluate[string](js))
	if err != nil {
		x.s.T.Fatalf("%v in %.80s", err, js)
	}
	return out
}

func (x *Window) Text() string { return x.Eval(`document.querySelector("main").innerText`) }

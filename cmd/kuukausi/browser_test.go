package main

import (
	"context"
	_ "embed"
	"fmt"
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"os"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Every page of the matrix, as the first role that may open it: axe and reflow, light at 1280 px and dark at 320 px; in
// `make proof` all four combinations.
func TestAccessibility(t *testing.T) {
	s := apptest.Start(t)
	x := s.Open(true)
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
			x.Must(apptest.Call(network.ClearBrowserCookies, cdp.Empty{}))
			x.Use(s.As(p.as))
			last = p.as
		}
		for _, v := range views {
			x.View(v.width, 900, v.dark)
			x.Visit(p.path)
			for _, f := range x.Violations() {
				t.Errorf("%s as %s, %s: %s", p.path, p.as, v.name, f)
			}
			x.Shoot(fmt.Sprintf("%s-%s", p.name, v.name))
		}
	}
}

// The refused and stale forms of every kind of page: 422 with nothing filled in, 409 with an old version. They pass axe,
// the summary says why, and what was typed is there.
func TestRefusedPagesAreAccessible(t *testing.T) {
	s := apptest.Start(t)
	x := s.Open(true)
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
		{"veera.valmentava", s.Example("{meeting}"), s.Example("{meeting}"), false},
		{"veera.valmentava", s.Example("{meeting}"), s.Example("{meeting}"), true},
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
			x.Must(apptest.Call(network.ClearBrowserCookies, cdp.Empty{}))
			x.Use(s.As(p.as))
			last = p.as
		}
		for _, v := range []struct {
			width int64
			dark  bool
		}{{1280, false}, {320, true}} {
			x.View(v.width, 900, v.dark)
			x.Visit(p.path)
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
			code := x.Eval(`(document.querySelector("[data-code]") || {dataset: {code: ""}}).dataset.code`)
			if code == "" || p.stale != (code == "E_STALE") {
				t.Errorf("%s stale %t: refused with %q", p.form, p.stale, code)
			}
			if miss := x.Eval(`[...document.querySelectorAll(".govuk-error-summary a")]
  .filter(a => !document.getElementById(a.getAttribute("href").slice(1)))
  .map(a => a.getAttribute("href")).join(" ")`); miss != "" {
				t.Errorf("%s: the summary leads nowhere: %s", p.form, miss)
			}
			for _, f := range x.Violations() {
				t.Errorf("%s stale %t at %d px: %s", p.form, p.stale, v.width, f)
			}
		}
	}
}

package apptest

import (
	"context"
	_ "embed"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/chromedp"
)

// Violations runs axe with the rules of WCAG 2.2 AA and its best practices, and adds what axe does not test: sideways
// scroll, and targets smaller than 24 px.
func (x *Window) Violations() []string {
	x.s.T.Helper()
	x.Must(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
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
		x.s.T.Fatalf("axe: %v", err)
	}
	var out []string
	if err := json.Unmarshal([]byte(raw), &out); err != nil {
		x.s.T.Fatal(err)
	}
	if wide := x.Eval(`String(document.documentElement.scrollWidth - document.documentElement.clientWidth)`); wide != "0" {
		out = append(
			out,
			"scrolls sideways by "+wide+" px: "+x.Eval(
				`[...document.querySelectorAll("body *")]
  .filter(e=>e.getBoundingClientRect().right>document.documentElement.clientWidth+1&&!e.closest(".scroll"))
  .slice(0,4).map(e=>e.tagName+"."+e.className).join(" ")`,
			),
		)
	}
	if strings.Contains(x.Eval(`document.body.innerText`), "⟦") {
		out = append(out, "a message is missing from the catalogue")
	}
	return out
}

// Shoot saves a picture of the whole page when SHOTS names a folder, for people to look at.
func (x *Window) Shoot(name string) {
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
		x.s.T.Fatal(err)
	}
}

// SavePDF keeps a print when SHOTS names a folder.
func (x *Window) SavePDF(name string, pdf []byte) {
	if dir := os.Getenv("SHOTS"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name+".pdf"), pdf, 0o644); err != nil {
			x.s.T.Fatal(err)
		}
	}
}

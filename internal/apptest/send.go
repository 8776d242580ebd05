package apptest

import (
	"encoding/json"
	"fmt"
	"kuukausi/internal/postgres/demo"
	"strings"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Path is where the window is.
func (x *Window) Path() string { return strings.TrimPrefix(x.Eval(`location.href`), x.s.URL) }

// Send fills the form with this action as a person would and presses its button (the one with this value, if given).
// It waits for the next page and returns where the window is then.
func (x *Window) Send(action, button string, fields ...string) string {
	x.s.T.Helper()
	values := map[string]string{}
	for i := 0; i+1 < len(fields); i += 2 {
		values[fields[i]] = fields[i+1]
	}
	raw, _ := json.Marshal(values)
	if miss := x.Eval(fmt.Sprintf(`(() => { const at = [...document.forms].filter(f => f.getAttribute("action") === %q),
	  f = at.find(f => f.method === "post") || at[0]; if (!f) return "no form";
for (const [k, v] of Object.entries(%s)) { const all = [...f.querySelectorAll("[name='" + k + "']")]; if (!all.length) return k;
  const pick = all.find(e => (e.type === "radio" || e.type === "checkbox"));
    if (pick) { const e = all.find(e => e.value === v); if (!e) return k + "=" + v;
      e.checked = true } else all[0].value = v; if (all[0].tagName === "SELECT" && all[0].value !== v) return k + "=" + v }
f.querySelectorAll("details").forEach(d => d.open = true);
for (let d = f.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
f.setAttribute("data-send", ""); return "" })()`, action, raw)); miss != "" {
		x.s.T.Fatalf("form %s on %s: %s", action, x.Path(), miss)
	}
	css := `form[data-send] button:not([type=button])`
	if button != "" {
		css += `[value="` + button + `"]`
	}
	if _, err := chromedp.Run(x, chromedp.WaitEvent(page.LoadEventFired, nil, chromedp.Click(chromedp.CSS(css)))); err != nil {
		x.s.T.Fatalf("sending %s on %s: %v", action, x.Path(), err)
	}
	if c := x.Codes(); c != "" && x.refused == "" {
		x.s.T.Fatalf("sending %s: refused with %s\n%s", action, c, x.Text())
	} else if !strings.Contains(" "+c+" ", " "+x.refused+" ") && x.refused != "" {
		x.s.T.Errorf("sending %s: %q, want %s", action, c, x.refused)
	}
	x.refused = ""
	return x.Path()
}

// Codes are the refusals the page shows.
func (x *Window) Codes() string {
	return x.Eval(`[...document.querySelectorAll("[data-code]")].map(e => e.dataset.code).join(" ")`)
}

// Refuse sends a form that has to come back with a code, and whose summary leads to a field of the page.
func (x *Window) Refuse(code, action, button string, fields ...string) {
	x.s.T.Helper()
	x.refused = code
	x.Send(action, button, fields...)
	if dead := x.Eval(`[...document.querySelectorAll(".govuk-error-summary a")]
  .filter(a => !document.querySelector(a.getAttribute("href")))
  .map(a => a.getAttribute("href")).join(" ")`); dead != "" {
		x.s.T.Errorf("%s: links that lead nowhere: %s", code, dead)
	}
}

// SignIn goes through the sign-in page and chooses the language.
func (x *Window) SignIn(email, lang string) {
	x.s.T.Helper()
	x.Visit("/login")
	x.Send("/language", lang)
	x.Send("/login", "", "email", email+"@example.org", "password", demo.Password)
	x.Send("/language", lang)
	if got := x.Eval(`document.documentElement.lang`); got != lang {
		x.s.T.Fatalf("language %s, want %s", got, lang)
	}
}

func (x *Window) Option(sel, text string) string {
	return x.Eval(
		fmt.Sprintf(`([...document.querySelectorAll(%q + " option")].find(o => o.textContent.includes(%q)) || {value: ""}).value`, sel, text),
	)
}

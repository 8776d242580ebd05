package core_test

import (
	"testing"

	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
)

// A day is typed or picked, and says its weekday both as it is drawn and as it is typed; a number and an address are links.
func TestDaysAreEchoed(t *testing.T) {
	s := apptest.Start(t)
	at := "/cohorts/" + demo.Running.String() + "/reviews"
	const read = `[...document.querySelectorAll(".echo")].map(x => x.textContent).join(" ")`
	for _, scripts := range []bool{true, false} {
		x := s.Open(scripts)
		x.Use(s.As("veera.valmentava"))
		x.Visit(at)
		if got := x.Eval(`document.querySelector(".echo").textContent`); got != "maanantai" {
			t.Errorf("scripts %t: drawn as %q of %s", scripts, got, x.Eval(read))
		}
		if !scripts {
			continue
		}
		if got := x.Eval(`(() => {
  const f = document.querySelector('[data-pick="date"]');
  f.value = "2.12.2026";
  f.dispatchEvent(new Event("input"));
  return document.querySelector(".echo").textContent;
})()`); got != "keskiviikko" {
			t.Errorf("typed: %q", got)
		}
		if got := x.Eval(`(() => {
  const f = document.querySelector('[data-pick="date"]'), n = document.querySelector("input.pick");
  n.value = "2026-12-04";
  n.dispatchEvent(new Event("change"));
  return f.value + " " + document.querySelector(".echo").textContent;
})()`); got != "4.12.2026 perjantai" {
			t.Errorf("picked: %q", got)
		}
		if got := x.Eval(`(() => {
  const f = document.querySelector('[data-pick="time"]'), n = f.parentElement.querySelector("input.pick");
  n.value = "09:05";
  n.dispatchEvent(new Event("change"));
  return f.value;
})()`); got != "9.05" {
			t.Errorf("picked: %q", got)
		}
		x.Visit("/enrolments/" + demo.Enrolment(0).String())
		if got := x.Eval(`[...document.querySelectorAll('a[href^="tel:"],a[href^="mailto:"]')].length + ""`); got != "2" {
			t.Errorf("%s links to reach the person", got)
		}
	}
}

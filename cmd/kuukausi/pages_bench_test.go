package main

import (
	"net/url"
	"strings"
	"testing"

	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
)

// BenchmarkPages is a coach's morning: the pages opened most often and a sheet of marks. `make pgo` takes its profile.
func BenchmarkPages(b *testing.B) {
	s := apptest.Start(b)
	u := s.As("veera.valmentava")
	sheet := s.Example("{meeting}")
	n := 0
	for b.Loop() {
		for _, path := range []string{"/", "/cohorts/" + demo.Running.String(), "/enrolments/" + demo.Enrolment(8).String(), sheet} {
			if a := u.Get(path); a.Code != 200 {
				b.Fatalf("%s: %d", path, a.Code)
			}
		}
		v := apptest.Fill(b, u.Get(sheet).Body, sheet)
		for k := range v {
			if strings.HasPrefix(k, "mark.") {
				v.Set(k, string("pae"[n%3]))
			}
		}
		n++
		if a := u.Post(sheet, v); a.Code != 303 && a.Code != 422 {
			b.Fatalf("marks: %d %v", a.Code, url.Values(v))
		}
	}
}

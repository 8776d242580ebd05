package main

import (
	"fmt"
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
)

// A double click, and twenty at once: one person, one effect, the same answer.
func TestDoubleSubmit(t *testing.T) {
	s := apptest.Start(t, apptest.Many)
	u := s.As("veera.valmentava")
	path := "/cohorts/" + demo.Recruiting.String() + "/enrolments"
	v := s.Person("Tupla")
	if got := apptest.AtOnce(20, func(int) apptest.Answer { return u.Post(path, v) }); got[303] != 20 {
		t.Errorf("answers %v", got)
	}
	if n := s.SQL(`select count(*) from app.participant where org_id = $1 and first_name = 'Tupla'`, demo.Org); n != "1" {
		t.Errorf("%s people", n)
	}
	if n := s.SQL(`select count(*) from app.audit where action = 'enrolment_create' and outcome = 'done'`); n != "1" {
		t.Errorf("%s audit rows", n)
	}
	if n := s.SQL(`select places_taken from app.cohort where org_id = $1 and id = $2`, demo.Org, demo.Recruiting); n != "5" {
		t.Errorf("%s places taken", n)
	}
}

// Of fifty edits of one version exactly one wins; every loser sees 409 with what they typed.
func TestStaleVersion(t *testing.T) {
	s := apptest.Start(t, apptest.Many)
	u := s.As("veera.valmentava")
	path := "/enrolments/" + demo.Enrolment(8).String() + "/goal"
	base := apptest.Fill(t, u.Get("/enrolments/"+demo.Enrolment(8).String()).Body, path)
	lost := 0
	var mu sync.Mutex
	got := apptest.AtOnce(50, func(i int) apptest.Answer {
		v := url.Values{
			"form":    {uuid.NewString()},
			"version": base["version"],
			"kind":    {"employment"},
			"how":     {"present"},
			"body":    {fmt.Sprintf("Äidin öljytyö nro %d", i)},
		}
		a := u.Post(path, v)
		if a.Code == 409 && !strings.Contains(a.Body, fmt.Sprintf("Äidin öljytyö nro %d</textarea>", i)) {
			mu.Lock()
			lost++
			mu.Unlock()
		}
		return a
	})
	if got[303] != 1 || got[409] != 49 || lost != 0 {
		t.Errorf("answers %v, %d texts lost", got, lost)
	}
	if n := s.SQL(`select count(*) from app.goal where org_id = $1 and enrolment_id = $2`, demo.Org, demo.Enrolment(8)); n != "3" {
		t.Errorf("%s goals", n)
	}
}

package review

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/fault"
	"kuukausi/internal/law"
	"kuukausi/internal/programme"
)

func day(s string) time.Time {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestHashSealsTheText(t *testing.T) {
	id, a := uuid.New(), Body{"goal": "Työ", "own_words": "Uskallan"}
	h := a.Hash(programme.Headings, id, 1)
	for name, other := range map[string][]byte{
		"another text":    Body{"goal": "Työ", "own_words": "Uskallan nyt"}.Hash(programme.Headings, id, 1),
		"another version": a.Hash(programme.Headings, id, 2),
		"another review":  a.Hash(programme.Headings, uuid.New(), 1), "moved": Body{"goal": "TyöUskallan"}.Hash(programme.Headings, id, 1),
	} {
		if bytes.Equal(h, other) {
			t.Errorf("%s has the same hash", name)
		}
	}
}

func TestAcknowledgementsOfAnOlderVersionAreVoid(t *testing.T) {
	r := Review{
		Number:  2,
		Parties: []string{"participant", "coach", "expert"},
		Acks:    []Acknowledgement{{Party: "participant", Number: 1}, {Party: "coach", Number: 2}},
	}
	if r.Ack("participant") != nil || r.Void("participant") == nil || r.Ack("coach") == nil || r.Void("coach") != nil ||
		len(r.Waiting()) != 2 {
		t.Errorf("waiting for %v", r.Waiting())
	}
}

func TestDecisions(t *testing.T) {
	a := access.Actor{Role: access.Expert, Now: time.Date(2026, 11, 19, 9, 0, 0, 0, time.UTC)}
	r := Review{State: Ready, BornOn: day("1980-01-01"), Law: law.Book{{Key: law.StudyAgeMin, ValidFrom: day("2025-01-01"), Value: 25}}}
	good := DecisionForm{
		Kinds:     []string{"pay_subsidy"},
		Grounds:   "Tukee",
		DecidedOn: day("2026-11-19"),
		StartsOn:  map[string]time.Time{"pay_subsidy": day("2026-11-20"), "self_motivated_study": day("2026-11-20")},
	}
	for _, c := range []struct {
		want   string
		change func(*DecisionForm, *Review)
	}{
		{"", func(f *DecisionForm, r *Review) {}},
		{"E_SUBSIDY_LATE", func(f *DecisionForm, r *Review) { f.StartsOn = map[string]time.Time{"pay_subsidy": day("2026-11-19")} }},
		{"E_NONE_EXCLUDES", func(f *DecisionForm, r *Review) { f.Kinds = []string{"none_now", "pay_subsidy"} }},
		{"E_CHOICE", func(f *DecisionForm, r *Review) { f.Kinds = nil }},
		{"E_CHOICE", func(f *DecisionForm, r *Review) { f.Kinds = []string{"medal"} }},
		{"E_REQUIRED", func(f *DecisionForm, r *Review) { f.Grounds = " " }},
		{"E_FUTURE", func(f *DecisionForm, r *Review) { f.DecidedOn = day("2026-11-20"); f.Kinds = []string{"none_now"} }},
		{"E_STUDY_AGE", func(f *DecisionForm, r *Review) {
			f.Kinds, r.BornOn = []string{"self_motivated_study"}, day("2002-02-21")
		}},
		{"", func(f *DecisionForm, r *Review) {
			f.Kinds, r.BornOn = []string{"self_motivated_study"}, day("2001-11-20")
		}},
		{"E_STUDY_AGE", func(f *DecisionForm, r *Review) {
			f.Kinds, r.BornOn = []string{"self_motivated_study"}, day("2001-11-21")
		}},
		{"E_STUDY_LATE", func(f *DecisionForm, r *Review) {
			f.Kinds, f.StartsOn = []string{"self_motivated_study"}, map[string]time.Time{"self_motivated_study": day("2026-11-18")}
		}},
		{"E_REVIEW_NOT_READY", func(f *DecisionForm, r *Review) { r.State = Draft }},
	} {
		f, x := good, r
		c.change(&f, &x)
		_, err := f.decide(a, x)
		got := ""
		var v fault.Invalid
		if errors.As(err, &v) {
			got = v[0].Code
		}
		if got != c.want {
			t.Errorf("%+v: %s, want %s", f.Kinds, got, c.want)
		}
	}
}

// A review goes on while its case does and it is not locked.
func TestReviewCloses(t *testing.T) {
	for _, x := range []struct {
		state State
		of    casework.State
		code  string
	}{
		{Ready, casework.Active, ""}, {Draft, casework.InReview, ""},
		{Ready, casework.Unreviewed, "E_CASE_CLOSED"}, {Draft, casework.Withdrawn, "E_CASE_CLOSED"},
		{Locked, casework.Completed, "E_REVIEW_LOCKED"}, {Locked, casework.InReview, "E_REVIEW_LOCKED"},
	} {
		var got fault.Invalid
		if err := (Review{State: x.state, EnrolmentState: x.of}).over(); err != nil && !errors.As(err, &got) {
			t.Fatal(err)
		}
		if code := append(got, fault.Problem{})[0].Code; code != x.code {
			t.Errorf("%s of a case %s: %q, want %q", x.state, x.of, code, x.code)
		}
	}
}

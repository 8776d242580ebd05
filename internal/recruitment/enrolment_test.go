package recruitment

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/fault"
	"kuukausi/internal/participant"
)

var thursday = time.Date(2026, 11, 19, 6, 50, 0, 0, time.UTC)

func day(s string) time.Time {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		panic(err)
	}
	return t
}

// code is the first code of a refusal, "" for none.
func code(err error) string {
	var v fault.Invalid
	if errors.As(err, &v) {
		return v[0].Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func TestEnrol(t *testing.T) {
	expert, text, follows := uuid.New(), uuid.New(), uuid.New()
	base := EnrolmentPlan{
		Cohort: &Joining{
			State:       casework.GroupOpen,
			StartsOn:    day("2027-01-11"),
			EndsOn:      day("2027-02-05"),
			ThirdDay:    day("2027-01-13"),
			SizeMax:     10,
			PlacesTaken: 9,
		},
		Colleagues: []access.Colleague{
			{ID: expert, Role: access.Expert},
		},
		Texts: participant.Texts{
			{ID: text, Key: ChoiceText, Lang: "fi"},
			{ID: follows, Key: ConsequencesText, Lang: "fi"},
			{ID: uuid.New(), Key: ChoiceText, Lang: "sv"},
		},
	}
	form := EnrolmentForm{
		PersonForm: PersonForm{FirstName: "Onni", LastName: "Yksitoista", Lang: "fi", BornOn: day("2004-02-02")},
		Choice:     ChoiceForm{Chose: true, How: "paper", ChosenOn: day("2026-11-18")},
		Expert:     expert,
	}
	a := access.Actor{Role: access.Coach, Now: thursday}
	if n, err := base.Enrol(a, noCodes, form); err != nil || n.State != casework.Accepted || n.Choice.Text != text ||
		n.Choice.Consequences != follows {
		t.Fatal(err, n.State)
	}
	for _, c := range []struct {
		want   string
		change func(*EnrolmentPlan, *EnrolmentForm)
	}{
		{"E_COHORT_FULL", func(p *EnrolmentPlan, f *EnrolmentForm) { p.Cohort.PlacesTaken = 10 }},
		{"E_NO_VOLUNTARY", func(p *EnrolmentPlan, f *EnrolmentForm) { f.Choice.Chose = false }},
		{"E_NO_VOLUNTARY", func(p *EnrolmentPlan, f *EnrolmentForm) { f.Choice.How = "" }},
		{"E_NO_VOLUNTARY", func(p *EnrolmentPlan, f *EnrolmentForm) { f.Lang = "sv" }}, // not all the texts in the person's language
		{"E_FUTURE", func(p *EnrolmentPlan, f *EnrolmentForm) {
			f.Choice.ChosenOn = day("2026-11-20")
		}},
		{"E_COHORT_STATE", func(p *EnrolmentPlan, f *EnrolmentForm) { p.Cohort.State = casework.GroupDraft }},
		{"E_COHORT_STATE", func(p *EnrolmentPlan, f *EnrolmentForm) {
			p.Cohort.State, p.Cohort.ThirdDay = casework.GroupRunning, day("2026-11-19")
		}},
		{"E_CHOICE", func(p *EnrolmentPlan, f *EnrolmentForm) { f.Expert = uuid.New() }},
		{"E_AGE", func(p *EnrolmentPlan, f *EnrolmentForm) { f.BornOn = day("2020-01-01") }},
	} {
		p, f := base, form
		j := *base.Cohort
		p.Cohort = &j
		c.change(&p, &f)
		if _, err := p.Enrol(a, noCodes, f); code(err) != c.want {
			t.Errorf("want %s, got %s", c.want, code(err))
		}
	}
	late := base
	late.Cohort = &Joining{
		State:    casework.GroupRunning,
		StartsOn: day("2026-11-18"),
		EndsOn:   day("2026-12-15"),
		ThirdDay: day("2026-11-20"),
		SizeMax:  10,
	}
	if n, err := late.Enrol(a, noCodes, form); err != nil || n.State != casework.Active || !n.StartsOn.Equal(day("2026-11-19")) {
		t.Errorf("a freed place before the third day: %v, %s from %s", err, n.State, n.StartsOn)
	}
}

// noCodes is an installation nobody gives an identity code to.
var noCodes participant.Codes

package placement

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/fault"
	"kuukausi/internal/law"
)

func day(s string) time.Time {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		panic(err)
	}
	return t
}

func on(s string) *time.Time { d := day(s); return &d }

var book = law.Book{{Key: law.TrialDayMin, ValidFrom: day("2025-01-01"), Value: 240}, {Key: law.TrialDayMax, ValidFrom: day("2025-01-01"), Value: 480},
	{Key: law.TrialWeekDaysMax, ValidFrom: day("2025-01-01"), Value: 5}, {Key: law.TrialTotalMax, ValidFrom: day("2025-01-01"), Value: 6},
	{Key: law.TrialRestart, ValidFrom: day("2025-01-01"), Value: 12}, {Key: law.YoungRestart, ValidFrom: day("2025-01-01"), Value: 3}, {Key: law.YoungBelow, ValidFrom: day("2025-01-01"), Value: 25}}

// One step inside and one outside of every limit of 380/2023 55 and 57 §.
func TestTermsByLaw(t *testing.T) {
	site, person := uuid.New(), uuid.New()
	sites := []SiteChoice{{SiteID: site, PersonID: person}}
	c := Case{State: "active", StartsOn: day("2027-01-11"), EndsOn: day("2027-02-05")}
	good := Terms{SiteID: site, SupervisorID: person, Purpose: "return_to_work", StartsOn: c.StartsOn, EndsOn: c.EndsOn, DayMinutes: 240, WeekDays: 5}
	for _, x := range []struct {
		want    string
		earlier []Earlier
		change  func(*Terms)
	}{
		{"", nil, func(t *Terms) {}},
		{"E_TRIAL_DAY_SHORT", nil, func(t *Terms) { t.DayMinutes = 239 }},
		{"", nil, func(t *Terms) { t.DayMinutes = 480 }},
		{"E_TRIAL_DAY_LONG", nil, func(t *Terms) { t.DayMinutes = 481 }},
		{"E_TRIAL_WEEK", nil, func(t *Terms) { t.WeekDays = 6 }},
		{"E_TRIAL_EMPLOYER", nil, func(t *Terms) { t.CurrentEmployer = true }},
		{"E_TRIAL_DATES", nil, func(t *Terms) { t.EndsOn = day("2027-02-06") }},
		{"E_TRIAL_DATES", nil, func(t *Terms) { t.StartsOn = day("2027-01-10") }},
		{"E_CLOCK", nil, func(t *Terms) { t.StartsAt = -1 }},
		{"E_OVERLAP", []Earlier{{ID: uuid.New(), State: Active, StartsOn: day("2027-02-05"), EndsOn: on("2027-02-20")}}, func(t *Terms) {}},
		{"", []Earlier{{ID: uuid.New(), State: Ended, StartsOn: day("2027-01-04"), EndsOn: on("2027-01-10")}}, func(t *Terms) {}},
		{"E_TRIAL_FIELDS", nil, func(t *Terms) { t.SupervisorID = uuid.New() }},
		{"", []Earlier{{State: Ended, StartsOn: day("2026-05-01"), EndsOn: on("2026-09-30")}}, func(t *Terms) { t.EndsOn = t.StartsOn }},
		{"E_TRIAL_MAX", []Earlier{{State: Ended, StartsOn: day("2026-05-01"), EndsOn: on("2026-10-25")}}, func(t *Terms) {}},
		{"", []Earlier{{State: Cancelled, StartsOn: day("2026-05-01"), EndsOn: on("2026-10-25")}}, func(t *Terms) {}},
	} {
		terms := good
		x.change(&terms)
		err := terms.check(Plan{Case: c, Earlier: x.earlier, Sites: sites, Law: book}, uuid.Nil)
		got := ""
		var v fault.Invalid
		if errors.As(err, &v) {
			got = v[0].Code
		}
		if got != x.want {
			t.Errorf("%+v: %s, want %s", terms, got, x.want)
		}
	}
}

func TestBusinessID(t *testing.T) {
	for id, want := range map[string]bool{"0000001-9": true, "0000002-7": true, "0000003-5": true, "0000004-3": true, "0000005-1": true, "0000007-8": true, "0000001-8": false, "0000006-0": false, "1234567": false, "12345678-": false, "": false} {
		if got := ValidBusinessID(id); got != want {
			t.Errorf("%s: %t", id, got)
		}
	}
}

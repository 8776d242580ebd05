package placement

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/fault"
	"kuukausi/internal/law"
	"kuukausi/internal/partner"
)

func day(s string) time.Time {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		panic(err)
	}
	return t
}

func on(s string) *time.Time { d := day(s); return &d }

var book = law.Book{
	{Key: law.TrialDayMin, ValidFrom: day("2025-01-01"), Value: 240},
	{Key: law.TrialDayMax, ValidFrom: day("2025-01-01"), Value: 480},
	{Key: law.TrialWeekDaysMax, ValidFrom: day("2025-01-01"), Value: 5},
	{Key: law.TrialTotalMax, ValidFrom: day("2025-01-01"), Value: 6},
	{
		Key:       law.TrialRestart,
		ValidFrom: day("2025-01-01"),
		Value:     12,
	},
	{Key: law.YoungRestart, ValidFrom: day("2025-01-01"), Value: 3},
	{Key: law.YoungBelow, ValidFrom: day("2025-01-01"), Value: 25},
}

// One step inside and one outside of every limit of 380/2023 55 and 57 §.
func TestTermsByLaw(t *testing.T) {
	site, person := uuid.New(), uuid.New()
	sites := []SiteChoice{{SiteID: site, PersonID: person}}
	c := partner.Case{State: "active", StartsOn: day("2027-01-11"), EndsOn: day("2027-02-05")}
	good := Terms{
		SiteID:       site,
		SupervisorID: person,
		Purpose:      "return_to_work",
		StartsOn:     c.StartsOn,
		EndsOn:       c.EndsOn,
		DayMinutes:   240,
		WeekDays:     5,
	}
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
	for id, want := range map[string]bool{
		"0000001-9": true, "0000002-7": true, "0000003-5": true, "0000004-3": true, "0000005-1": true, "0000007-8": true,
		"0000001-8": false, "0000006-0": false, "1234567": false, "12345678-": false, "": false,
	} {
		if got := partner.ValidBusinessID(id); got != want {
			t.Errorf("%s: %t", id, got)
		}
	}
}

func helsinki(t *testing.T) *time.Location {
	t.Helper()
	l, err := time.LoadLocation("Europe/Helsinki")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Six calendar months in total, one step inside and one outside: over month ends, 29 February and the change of the clock;
// the restart after twelve months without work, and after three below 25 (380/2023 55 §).
func TestBalanceByLaw(t *testing.T) {
	old, young := day("1980-06-15"), day("2002-02-21")
	trial := func(from, until string) Earlier {
		return Earlier{ID: uuid.New(), State: Ended, StartsOn: day(from), EndsOn: on(until)}
	}
	away := func(from, until string) Earlier {
		return Earlier{ID: uuid.New(), State: Elsewhere, StartsOn: day(from), EndsOn: on(until)}
	}
	idle := func(from string, until *time.Time) Earlier {
		return Earlier{ID: uuid.New(), State: Unemployed, StartsOn: day(from), EndsOn: until}
	}
	for _, x := range []struct {
		name    string
		born    time.Time
		earlier []Earlier
		start   string
		last    string // the last lawful day; the day before start when nothing is left
	}{
		{"nothing used", old, nil, "2027-01-11", "2027-07-10"},
		{"to a month's end", old, nil, "2026-08-31", "2027-02-27"},
		{"over 29 February", old, nil, "2027-09-01", "2028-02-29"},
		{"over both changes of the clock", old, nil, "2027-03-15", "2027-09-14"},
		{"the clock goes forward on the first day", old, nil, "2027-03-28", "2027-09-27"},
		{"two months used, 62 of 184 days", old, []Earlier{trial("2026-05-01", "2026-07-01")}, "2027-01-11", "2027-05-12"},
		{"used elsewhere counts alike", old, []Earlier{away("2026-05-01", "2026-07-01")}, "2027-01-11", "2027-05-12"},
		{"one day left", old, []Earlier{trial("2026-05-01", "2026-10-30")}, "2027-01-11", "2027-01-11"},
		{"nothing left", old, []Earlier{trial("2026-05-01", "2026-10-31")}, "2027-01-11", "2027-01-10"},
		{"twelve months without work to the day", old, []Earlier{
			trial("2025-05-01", "2025-10-31"), idle("2025-11-01", nil),
		}, "2026-11-01", "2027-04-30"},
		{"a day too early", old, []Earlier{trial("2025-05-01", "2025-10-31"), idle("2025-11-01", nil)}, "2026-10-31", "2026-10-30"},
		{"work in between", old, []Earlier{trial("2025-05-01", "2025-10-31"), idle("2025-11-01", on("2026-05-31"))}, "2026-12-01", "2026-11-30"},
		{"twelve months that ended before", old, []Earlier{
			trial("2024-05-01", "2024-10-31"), idle("2024-11-01", on("2025-10-31")),
		}, "2026-12-01", "2027-05-31"},
		{"a day short of twelve months that ended before", old, []Earlier{
			trial("2024-05-01", "2024-10-31"), idle("2024-11-01", on("2025-10-30")),
		}, "2026-12-01", "2026-11-30"},
		{"unemployment that began before the trial", old, []Earlier{
			trial("2025-05-01", "2025-10-31"), idle("2023-01-01", nil),
		}, "2026-11-01", "2027-04-30"},
		{"no evidence of unemployment", old, []Earlier{trial("2020-05-01", "2020-10-31")}, "2026-11-01", "2026-10-31"},
		{"below 25, three months after all was used", young, []Earlier{
			trial("2026-02-01", "2026-07-31"), idle("2026-08-01", nil),
		}, "2026-11-01", "2027-04-30"},
		{"below 25, a day too early", young, []Earlier{trial("2026-02-01", "2026-07-31"), idle("2026-08-01", nil)}, "2026-10-31", "2026-10-30"},
		{"below 25, three months without evidence of unemployment", young, []Earlier{
			trial("2026-02-01", "2026-07-31"),
		}, "2026-11-01", "2026-10-31"},
		{"below 25, a week of work in the three months", young, []Earlier{
			trial("2026-02-01", "2026-07-31"), idle("2026-08-01", on("2026-09-10")), idle("2026-09-18", nil),
		}, "2026-11-30", "2026-11-29"},
		{"below 25, but not all was used", young, []Earlier{
			trial("2026-02-01", "2026-07-30"), idle("2026-07-31", nil),
		}, "2026-11-01", "2026-11-01"},
		{"on the 25th birthday", young, []Earlier{trial("2026-05-01", "2026-10-31"), idle("2026-11-01", nil)}, "2027-02-21", "2027-02-20"},
		{"on the day before it", young, []Earlier{trial("2026-05-01", "2026-10-31"), idle("2026-11-01", nil)}, "2027-02-20", "2027-08-19"},
		{"only what came after a restart counts", old, []Earlier{
			trial("2024-01-01", "2024-06-30"), idle("2024-07-01", on("2025-06-30")), trial("2025-07-01", "2025-08-31"),
		}, "2026-01-01", "2026-05-02"},
	} {
		t.Run(x.name, func(t *testing.T) {
			b := Weigh(x.earlier, uuid.Nil, x.born, day(x.start), book)
			if got := b.LastDay(day(x.start)).Format("2006-01-02"); got != x.last {
				t.Errorf("a trial from %s may last until %s, want %s (used %d, left %d)", x.start, got, x.last, b.Used, b.Left())
			}
			// the rule says the same, one step inside and one outside
			c := partner.Case{State: "active", BornOn: x.born, StartsOn: day(x.start), EndsOn: day("2099-01-01")}
			site, person := uuid.New(), uuid.New()
			terms := Terms{SiteID: site, SupervisorID: person, Purpose: "return_to_work", StartsOn: day(x.start), DayMinutes: 240, WeekDays: 5}
			for shift, want := range map[int]bool{0: false, 1: true} {
				if terms.EndsOn = day(x.last).AddDate(0, 0, shift); terms.EndsOn.Before(terms.StartsOn) {
					continue
				}
				err := terms.check(Plan{Case: c, Earlier: x.earlier, Sites: []SiteChoice{{SiteID: site, PersonID: person}}, Law: book}, uuid.Nil)
				var v fault.Invalid
				if refused := errors.As(err, &v) && v[0].Code == "E_TRIAL_MAX"; refused != want {
					t.Errorf("until %s: %v", terms.EndsOn.Format("2006-01-02"), err)
				}
			}
		})
	}
}

// A day is a day in Helsinki too, whatever the clock does in between.
func TestDaysOverTheClock(t *testing.T) {
	for _, x := range []struct {
		from, until string
		want        int
	}{
		{"2027-03-27", "2027-03-29", 3}, {"2027-10-30", "2027-11-01", 3}, {"2028-02-28", "2028-03-01", 3},
		{"2026-12-31", "2027-01-01", 2}, {"2027-01-11", "2027-01-11", 1},
	} {
		if got := days(day(x.from), day(x.until)); got != x.want {
			t.Errorf("%s–%s: %d days", x.from, x.until, got)
		}
		l := helsinki(t)
		a, _ := time.ParseInLocation("2006-01-02", x.from, l)
		b, _ := time.ParseInLocation("2006-01-02", x.until, l)
		if got := days(a, b); got != x.want {
			t.Errorf("%s–%s in Helsinki: %d days", x.from, x.until, got)
		}
	}
}

// What restarted once is not counted again; pieces of unemployment that touch are one; two trials on one day are one day.
func TestBalanceOfMany(t *testing.T) {
	trial := func(from, until string) Earlier {
		return Earlier{ID: uuid.New(), State: Ended, StartsOn: day(from), EndsOn: on(until)}
	}
	idle := func(from string, until *time.Time) Earlier {
		return Earlier{ID: uuid.New(), State: Unemployed, StartsOn: day(from), EndsOn: until}
	}
	old, young := day("1980-01-01"), day("2003-01-01")
	for name, x := range map[string]struct {
		born    time.Time
		earlier []Earlier
		start   string
		used    int
		restart string
	}{
		"a young person's second round": {young, []Earlier{
			trial("2025-01-01", "2025-06-30"), idle("2025-07-01", on("2025-10-31")), trial("2025-11-01", "2025-12-31"),
		}, "2026-01-15", 61, "2027-01-01"},
		"two pieces that touch": {old, []Earlier{
			trial("2025-01-01", "2025-06-30"), idle("2025-07-01", on("2025-12-31")), idle("2026-01-01", on("2026-07-01")),
		}, "2026-07-02", 0, ""},
		"the same months twice": {old, []Earlier{
			trial("2025-11-01", "2025-12-31"), trial("2025-11-01", "2025-12-31"),
		}, "2026-02-01", 61, "2027-01-01"},
		"a short one inside a long one": {old, []Earlier{
			trial("2025-01-01", "2025-05-31"), trial("2025-02-01", "2025-02-10"),
		}, "2025-07-01", 151, "2026-06-01"},
	} {
		b := Weigh(x.earlier, uuid.Nil, x.born, day(x.start), book)
		restart := ""
		if b.Restarts != nil {
			restart = b.Restarts.Format("2006-01-02")
		}
		if b.Used != x.used || restart != x.restart {
			t.Errorf("%s: %d days used, restarts %s; want %d and %s", name, b.Used, restart, x.used, x.restart)
		}
	}
	b := Balance{Anchor: day("2026-01-01")}
	if months, _ := b.Split(5_000_000); months != 1200 {
		t.Errorf("%d months", months)
	}
}

// Planned contacts fall on working days inside the trial; one before the start is planned while there is time for it, and a
// short trial has no third week.
func TestPlannedDays(t *testing.T) {
	rhythm := []Rhythm{{"before", -3}, {"first_day", 0}, {"week_1", 4}, {"week_3", 14}, {"end", -1}}
	text := func(all []Checkin) (out string) {
		for _, c := range all {
			out += c.Code + " " + c.DueOn.Format("2.1.") + " "
		}
		return out
	}
	for _, x := range []struct{ starts, ends, today, want string }{
		{"2027-01-11", "2027-02-05", "2027-01-04", "before 8.1. first_day 11.1. week_1 15.1. week_3 25.1. end 4.2. "},
		{"2027-01-11", "2027-02-05", "2027-01-11", "first_day 11.1. week_1 15.1. week_3 25.1. end 4.2. "},
		{"2027-01-13", "2027-01-22", "2027-01-13", "first_day 13.1. week_1 18.1. end 21.1. "},
		{"2026-12-28", "2027-01-07", "2026-12-28", "first_day 28.12. week_1 4.1. end 5.1. "}, // New Year's Day and Epiphany are no days to ring
		{"2027-01-16", "2027-01-17", "2027-01-16", "first_day 17.1. end 16.1. "},
	} {
		if got := text(plan(rhythm, day(x.starts), day(x.ends), day(x.today))); got != x.want {
			t.Errorf("%s–%s on %s: %s, want %s", x.starts, x.ends, x.today, got, x.want)
		}
	}
}

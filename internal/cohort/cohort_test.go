package cohort

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/fault"
	"kuukausi/internal/programme"
	"kuukausi/internal/schedule"
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

func plan() (Plan, CohortForm) {
	v, coach, coord := uuid.New(), uuid.New(), uuid.New()
	p := Plan{
		Versions: []programme.Published{{ID: v, InCohort: true, Weeks: 4, SizeMin: 8, SizeMax: 10, Shape: programme.Usual()}},
		Colleagues: []access.Colleague{
			{ID: coach, Name: "V", Role: access.Coach},
			{ID: coord, Name: "K", Role: access.Coordinator},
			{ID: uuid.New(), Name: "V", Role: access.Coordinator},
		},
	}
	for d := 1; d <= 20; d++ {
		p.Slots = append(
			p.Slots,
			programme.HalfDay{VersionID: v, Day: d, Half: 1, Week: (d-1)/5 + 1, StartsAt: 525, EndsAt: 705, Kind: "group"},
			programme.HalfDay{VersionID: v, Day: d, Half: 2, Week: (d-1)/5 + 1, StartsAt: 750, EndsAt: 990, Kind: "trial"},
		)
	}
	return p, CohortForm{Version: v, Coach: coach, Coordinator: coord, Name: "Ryhmä", StartsOn: day("2027-01-11")}
}

func TestMakeCohort(t *testing.T) {
	p, f := plan()
	n, err := p.Make(f.Coach, f)
	if err != nil || len(n.Meetings) != 40 || !n.EndsOn.Equal(day("2027-02-05")) {
		t.Fatalf("%v, %d half-days to %s", err, len(n.Meetings), n.EndsOn)
	}
	p.Closed = []time.Time{day("2027-01-20")}
	if n, _ := p.Make(f.Coach, f); !n.EndsOn.Equal(day("2027-02-08")) {
		t.Errorf("a closed day does not lengthen the month: %s", n.EndsOn)
	}
	if _, err := p.Make(uuid.New(), f); code(err) != "E_NOT_PAIR" {
		t.Errorf("a cohort made for others: %v", err)
	}
	for want, change := range map[string]func(*CohortForm){
		"E_PAIR":     func(f *CohortForm) { f.Coordinator = p.Colleagues[2].ID }, // the same person in another role
		"E_HOLIDAY":  func(f *CohortForm) { f.StartsOn = day("2027-01-06") },
		"E_REQUIRED": func(f *CohortForm) { f.Name = " " },
		"E_CHOICE":   func(f *CohortForm) { f.Coach = uuid.New() },
		"E_DATE":     func(f *CohortForm) { f.StartsOn = time.Time{} },
	} {
		x := f
		change(&x)
		if _, err := p.Make(x.Coach, x); code(err) != want {
			t.Errorf("want %s, got %s", want, code(err))
		}
	}
}

// From every state exactly the listed ones can be reached.
func TestCohortTransitions(t *testing.T) {
	all := []casework.GroupState{
		casework.GroupDraft,
		casework.GroupOpen,
		casework.GroupConfirmed,
		casework.GroupRunning,
		casework.GroupClosed,
		casework.GroupArchived,
		casework.GroupCancelled,
	}
	for _, from := range all {
		for _, to := range all {
			st := Standing{State: from, SizeMin: 8, PlacesTaken: 8, StartsOn: day("2026-11-19")}
			if to == casework.GroupClosed { // whoever had a place has finished
				st.PlacesTaken = 0
			}
			_, err := st.Move(access.Actor{Role: access.Coach, Now: thursday}, to, "")
			if (err == nil) != slices.Contains(from.Next(), to) {
				t.Errorf("%s → %s: %v", from, to, err)
			}
		}
	}
	small := Standing{State: casework.GroupConfirmed, SizeMin: 8, PlacesTaken: 7}
	for _, c := range []struct {
		by     access.Role
		reason string
		want   string
	}{
		{access.Coach, "", "E_COHORT_TOO_SMALL"}, {access.Coach, "syy", "E_COHORT_TOO_SMALL"},
		{access.Coordinator, "", "E_COHORT_TOO_SMALL"}, {access.Coordinator, "Kaksi perui", ""},
	} {
		if _, err := small.Move(access.Actor{Role: c.by, Now: thursday}, casework.GroupRunning, c.reason); code(err) != c.want {
			t.Errorf("%s with %q: %s, want %s", c.by, c.reason, code(err), c.want)
		}
		registering := Standing{State: casework.GroupOpen, SizeMin: 8, PlacesTaken: 4}
		if _, err := registering.Move(access.Actor{Role: c.by, Now: thursday}, casework.GroupConfirmed, c.reason); code(err) != c.want {
			t.Errorf("%s confirms four of eight with %q: %s, want %s", c.by, c.reason, code(err), c.want)
		}
	}
	open := Standing{State: casework.GroupRunning, PlacesTaken: 1}
	if _, err := open.Move(access.Actor{Role: access.Coach}, casework.GroupClosed, ""); code(err) != "E_OPEN_CASES" {
		t.Error("a cohort with open cases was closed")
	}
	early := Standing{State: casework.GroupConfirmed, SizeMin: 8, PlacesTaken: 8, StartsOn: day("2026-11-20")}
	if _, err := early.Move(access.Actor{Role: access.Coach, Now: thursday}, casework.GroupRunning, ""); code(err) != "E_NOT_YET" {
		t.Errorf("a day before the first: %v", err)
	}
	begun := Standing{State: casework.GroupRunning, PlacesTaken: 8, Built: true}
	coach := access.Actor{Role: access.Coach, Now: thursday}
	if _, err := begun.Move(coach, casework.GroupConfirmed, ""); code(err) != "E_STARTED" {
		t.Errorf("a start taken back after a mark: %v", err)
	}
}

func TestRecord(t *testing.T) {
	aino, joni := uuid.New(), uuid.New()
	sh := Sheet{
		Meeting: schedule.Meeting{Kind: "group", HeldOn: day("2026-11-19"), StartsAt: 8*60 + 45}, // it is 8.50
		Rows:    []SheetRow{{EnrolmentID: aino, Mark: Present}, {EnrolmentID: joni}},
	}
	a := access.Actor{Now: thursday}
	m, err := sh.Record(a, []Entry{{Enrolment: aino, Mark: Late}}, true)
	if err != nil || len(m.Set) != 2 || len(m.Before) != 1 || m.Before[0].Mark != Present {
		t.Fatalf("%v %+v", err, m)
	}
	if m, err := sh.Record(a, []Entry{{Enrolment: aino, Mark: Present}, {Enrolment: joni}}, false); code(err) != "E_NOTHING_MARKED" ||
		len(m.Set) != 0 {
		t.Errorf("unmarked became something: %v %+v", err, m)
	}
	if _, err := sh.Record(a, []Entry{{Enrolment: uuid.New(), Mark: Present}}, false); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("a stranger was marked: %v", err)
	}
	if _, err := sh.Record(a, []Entry{{Enrolment: aino, Mark: "z"}}, false); code(err) != "E_CHOICE" {
		t.Errorf("an unknown mark: %v", err)
	}
	tomorrow := sh
	tomorrow.Meeting.HeldOn = day("2026-11-20")
	if _, err := tomorrow.Record(a, nil, true); code(err) != "E_NOT_BEGUN" {
		t.Errorf("a day that has not come: %v", err)
	}
	later := sh
	later.Meeting.StartsAt = 8*60 + 51
	if _, err := later.Record(a, nil, true); code(err) != "E_NOT_BEGUN" {
		t.Errorf("a minute before it begins: %v", err)
	}
	trial := Sheet{
		Meeting: schedule.Meeting{Kind: "trial", HeldOn: day("2026-11-19")},
		Rows:    []SheetRow{{EnrolmentID: aino, HasTrial: true}, {EnrolmentID: joni}},
	}
	if _, err := trial.Record(a, []Entry{{Enrolment: joni, Mark: Present}}, false); code(err) != "E_TRIAL_UNSIGNED" {
		t.Errorf("at a workplace without an agreement: %v", err)
	}
	if m, err := trial.Record(a, nil, true); err != nil || len(m.Set) != 1 {
		t.Errorf("the rest at a trial: %v %+v", err, m)
	}
}

func TestAbsenceRuns(t *testing.T) {
	for _, c := range []struct {
		want, folded string
	}{
		{"", ""},
		{"5", "2026-11-11p 2026-11-12u 2026-11-12u 2026-11-13u 2026-11-16u 2026-11-17u 2026-11-18u"},
		{"2", "2026-11-11u 2026-11-12n 2026-11-13u 2026-11-16u"},
		{"", "2026-11-11u 2026-11-12p 2026-11-12u"}, // half a day attended
		{"", "2026-11-11u 2026-11-12i 2026-11-12u"},
		{"5", "2026-11-02u 2026-11-03u 2026-11-04u 2026-11-05u 2026-11-06u 2026-11-09p"}, // not forgotten by coming back
		{"5 told", "2026-11-02u 2026-11-03u 2026-11-04u 2026-11-05u 2026-11-06u 2026-11-06? 2026-11-09p"},
		{"", "2026-11-02u 2026-11-03u 2026-11-04u 2026-11-05u 2026-11-06u 2026-11-06? 2026-11-06= 2026-11-09p"},
		// the next absence is asked about anew, and an answer about it says nothing of the first
		{"5 told, 5", "2026-11-02u 2026-11-03u 2026-11-04u 2026-11-05u 2026-11-06u 2026-11-06? 2026-11-09p " +
			"2026-11-10u 2026-11-11u 2026-11-12u 2026-11-13u 2026-11-16u"},
		{"5 told", "2026-11-02u 2026-11-03u 2026-11-04u 2026-11-05u 2026-11-06u 2026-11-06? 2026-11-09p " +
			"2026-11-10u 2026-11-11u 2026-11-12u 2026-11-13u 2026-11-16u 2026-11-16="},
		{"1", "2026-11-02u 2026-11-03u 2026-11-03= 2026-11-04u"},
	} {
		var got []string
		for _, r := range ParseMarkedDays(c.folded).Runs(5) {
			text := strconv.Itoa(len(r.Days))
			if r.Told {
				text += " told"
			}
			got = append(got, text)
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %v, want %s", c.folded, got, c.want)
		}
	}
}

// An absence is asked about until it is explained, and the expert is told of what is not (internal/domain.md, ruling 36).
func TestInquiry(t *testing.T) {
	days := "2026-11-12p 2026-11-13u 2026-11-16u 2026-11-16u 2026-11-17u"
	q := Inquiry{Limit: 3}
	if q.Put(ParseMarkedDays(days), access.Coach); len(q.Run.Days) != 3 || q.Run.Told {
		t.Fatalf("%+v", q.Run)
	}
	if _, err := q.answer(access.Coach, GoesOn, "syy"); code(err) != "E_CHOICE" {
		t.Errorf("a coach in the expert's place: %v", err)
	}
	if _, err := q.answer(access.Coach, NoReason, " "); code(err) != "E_REQUIRED" {
		t.Errorf("without grounds: %v", err)
	}
	if _, err := (Inquiry{Limit: 5, Run: q.Run}).answer(access.Coach, NoReason, "ei vastausta"); code(err) != "E_ABSENCE_SHORT" {
		t.Errorf("the expert is told of three days: %v", err)
	}
	none, err := q.answer(access.Coach, NoReason, "ei vastausta")
	if err != nil || !none.Through.Equal(day("2026-11-17")) {
		t.Fatalf("%v %+v", err, none)
	}
	if q.Put(ParseMarkedDays(days), access.Expert); len(q.Run.Days) != 0 {
		t.Errorf("an expert who was not told reads %+v", q.Run)
	}
	if _, err := q.answer(access.Expert, GoesOn, "syy"); code(err) != "E_NOTHING_ABSENT" {
		t.Errorf("an expert who was not told: %v", err)
	}
	told := days + " 2026-11-17? 2026-11-18p"
	if q.Put(ParseMarkedDays(told), access.Coach); !q.Run.Told {
		t.Errorf("the coach does not see that the expert was told: %+v", q.Run)
	}
	if _, err := q.answer(access.Coach, NoReason, "syy"); code(err) != "E_NOTHING_ABSENT" {
		t.Errorf("told twice: %v", err)
	}
	q.Put(ParseMarkedDays(told), access.Expert)
	if on, err := q.answer(access.Expert, GoesOn, "sovittu"); err != nil || !on.Through.Equal(day("2026-11-17")) {
		t.Fatalf("%v %+v", err, on)
	}
}

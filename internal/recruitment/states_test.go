package recruitment

import (
	"flag"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/cohort"
	"kuukausi/internal/participant"
)

// listed are the transitions of internal/domain.md 11 and ruling 12, written down once more: the rules are held against them.
var listed = map[casework.State][]casework.State{
	"": {
		casework.Referred,
		casework.Accepted,
		casework.Active,
	}, // how a case begins: referred, enrolled before the month, enrolled into a freed place
	casework.Referred: {
		casework.Invited,
		casework.Withdrawn,
		casework.NotStarted,
	}, casework.Invited: {casework.Accepted, casework.Withdrawn, casework.NotStarted},
	casework.Accepted:  {casework.Preparing, casework.Active, casework.Withdrawn, casework.NotStarted},
	casework.Preparing: {casework.Active, casework.Withdrawn, casework.NotStarted},
	casework.Active: {
		casework.InReview,
		casework.Withdrawn,
		casework.Interrupted,
	}, casework.InReview: {casework.Active, casework.Completed, casework.Withdrawn, casework.Interrupted},
}

var listedCohort = map[casework.GroupState][]casework.GroupState{
	casework.GroupDraft:     {casework.GroupOpen, casework.GroupCancelled},
	casework.GroupOpen:      {casework.GroupConfirmed, casework.GroupCancelled},
	casework.GroupConfirmed: {casework.GroupRunning, casework.GroupCancelled},
	casework.GroupRunning:   {casework.GroupClosed, casework.GroupConfirmed},
	casework.GroupClosed:    {casework.GroupArchived},
}

var everyState = []casework.State{
	casework.Referred,
	casework.Invited,
	casework.Accepted,
	casework.Preparing,
	casework.Active,
	casework.InReview,
	casework.Completed,
	casework.Withdrawn,
	casework.Interrupted,
	casework.NotStarted,
	"",
	"gone",
}

// world is a cohort and its people, changed by the room's rules only.
type world struct {
	cohort cohort.Standing
	max    int
	cases  []casework.Case
	today  time.Time
}

func (w *world) standing() Joining {
	offered := 0
	for _, c := range w.cases {
		if c.State == casework.Invited {
			offered++
		}
	}
	return Joining{
		PlacesOffered: offered,
		State:         w.cohort.State,
		StartsOn:      day("2026-11-09"),
		EndsOn:        day("2026-12-04"),
		ThirdDay:      day("2026-11-11"),
		SizeMax:       w.max,
		PlacesTaken:   w.cohort.PlacesTaken,
	}
}

func (w *world) waiting() Waiting {
	out := Waiting{Head: w.standing()}
	for _, c := range w.cases {
		if c.State == casework.Referred || c.State == casework.Invited {
			out.People = append(out.People, WaitingPerson{ID: c.ID, State: c.State})
			if c.State == casework.Referred && out.First == uuid.Nil {
				out.First = c.ID
			}
		}
	}
	return out
}

// No sequence of acts brings a case or a cohort into a state, or over a transition, that is not listed; and no place is
// taken that is not there.
func TestStatesProperty(t *testing.T) {
	for name, value := range map[string]string{"rapid.checks": "4000", "rapid.steps": "200"} { // thirty steps seldom see a review
		if f := flag.Lookup(name); f != nil && f.Value.String() == f.DefValue {
			if err := flag.Set(name, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	seen := map[string]bool{}
	rapid.Check(t, func(t *rapid.T) {
		w := &world{
			cohort: cohort.Standing{
				State: rapid.SampledFrom(
					[]casework.GroupState{casework.GroupDraft, casework.GroupOpen, casework.GroupConfirmed, casework.GroupRunning},
				).Draw(t, "cohort"),
				SizeMin: 2,
			},
			max:   3,
			today: day("2026-11-08"),
		}
		moved := func(i int, to casework.State) {
			t.Helper()
			from := w.cases[i].State
			if !slices.Contains(listed[from], to) {
				t.Fatalf("%q → %q is not listed", from, to)
			}
			seen[string(from+"→"+to)] = true
			w.cases[i].State = to
		}
		pick := func() int { return rapid.IntRange(0, len(w.cases)-1).Draw(t, "case") }
		t.Repeat(map[string]func(*rapid.T){
			"enrol": func(t *rapid.T) {
				waiting := rapid.Bool().Draw(t, "waiting")
				j := w.standing()
				id, texts := uuid.New(), participant.Texts{
					{ID: uuid.New(), Key: ChoiceText, Lang: "fi"},
					{ID: uuid.New(), Key: ConsequencesText, Lang: "fi"},
				}
				expert := uuid.New()
				p := EnrolmentPlan{Cohort: &j, Texts: texts, Colleagues: []access.Colleague{{ID: expert, Role: access.Expert}}}
				n, err := p.Enrol(access.Actor{Role: access.Coach, Now: w.today}, noCodes, EnrolmentForm{
					PersonForm: PersonForm{FirstName: "A", LastName: "B", Lang: "fi", BornOn: day("1980-01-01")},
					Expert:     expert,
					Waiting:    waiting,
					Choice:     ChoiceForm{Chose: true, How: "oral", ChosenOn: day("2026-11-01")},
				})
				if err != nil {
					return
				}
				w.cases = append(w.cases, casework.Case{ID: id, CohortID: &j.ID})
				moved(len(w.cases)-1, n.State)
				if n.State.HasPlace() {
					w.cohort.PlacesTaken++
				}
			},
			"offer": func(t *rapid.T) {
				if len(w.cases) == 0 {
					return
				}
				i := pick()
				if w.waiting().Offer(w.cases[i].ID, w.today, w.today) == nil {
					moved(i, casework.Invited)
				}
			},
			"choose": func(t *rapid.T) {
				if len(w.cases) == 0 {
					return
				}
				i := pick()
				j := w.standing()
				c := Choosing{
					State:  w.cases[i].State,
					Cohort: &j,
					Texts:  participant.Texts{{ID: uuid.New(), Key: ChoiceText, Lang: "fi"}, {ID: uuid.New(), Key: ConsequencesText, Lang: "fi"}},
				}
				if n, err := c.Choose(ChoiceForm{Chose: true, How: "paper", ChosenOn: day("2026-11-01"), Lang: "fi"}, w.today); err == nil {
					for _, state := range n.States {
						moved(i, state)
					}
					w.cohort.PlacesTaken++
				}
			},
			"refuse": func(t *rapid.T) {
				if len(w.cases) == 0 {
					return
				}
				if i := pick(); w.cases[i].State == casework.Invited || w.cases[i].State == casework.Referred {
					moved(i, casework.NotStarted)
				}
			},
			"move": func(t *rapid.T) {
				if len(w.cases) == 0 {
					return
				}
				i := pick()
				to := rapid.SampledFrom(append(slices.Clone(listed[w.cases[i].State]), everyState...)).Draw(t, "to")
				c := w.cases[i]
				c.ReviewLocked = rapid.SampledFrom([]bool{true, true, false, true}).Draw(t, "review")
				c.Full = w.cohort.PlacesTaken >= w.max
				if m, err := c.Move(to); err == nil {
					moved(i, m.To)
					w.cohort.PlacesTaken += m.PlaceChange
				}
			},
			"withdraw": func(t *rapid.T) {
				if len(w.cases) == 0 {
					return
				}
				if i := pick(); w.cases[i].State.Open() {
					if w.cases[i].State.HasPlace() {
						w.cohort.PlacesTaken--
					}
					moved(i, casework.Withdrawn)
				}
			},
			"cohort": func(t *rapid.T) {
				w.cohort.Built = false
				for _, c := range w.cases {
					if c.State.In(casework.InReview, casework.Completed, casework.Interrupted) {
						w.cohort.Built = true
					}
				}
				m, err := w.cohort.Move(
					access.Actor{Role: rapid.SampledFrom([]access.Role{access.Coach, access.Coordinator}).Draw(t, "by")},
					rapid.SampledFrom([]casework.GroupState{
						casework.GroupDraft,
						casework.GroupOpen,
						casework.GroupConfirmed,
						casework.GroupRunning,
						casework.GroupClosed,
						casework.GroupArchived,
						casework.GroupCancelled,
						"gone",
					}).Draw(t, "to"),
					rapid.SampledFrom([]string{"", "sovittu"}).Draw(t, "why"),
				)
				if err != nil {
					return
				}
				if !slices.Contains(listedCohort[w.cohort.State], m.To) {
					t.Fatalf("cohort %s → %s is not listed", w.cohort.State, m.To)
				}
				w.cohort.State = m.To
				for i, c := range w.cases {
					if m.Activate && (c.State == casework.Accepted || c.State == casework.Preparing) {
						moved(i, casework.Active)
					}
					if m.Deactivate && c.State == casework.Active {
						w.cases[i].State = casework.Accepted
					}
				}
			},
			"day": func(t *rapid.T) { w.today = w.today.AddDate(0, 0, rapid.IntRange(0, 1).Draw(t, "days")) },
			"": func(t *rapid.T) {
				places := 0
				for _, c := range w.cases {
					if c.State.HasPlace() {
						places++
					}
				}
				if places != w.cohort.PlacesTaken || places+w.standing().PlacesOffered > w.max {
					t.Fatalf("%d places counted, %d taken, %d there are", w.cohort.PlacesTaken, places, w.max)
				}
			},
		})
	}) // what is never tried is not tested: each listed transition but the expert's interruption was gone over
	for from, all := range listed {
		for _, to := range all {
			if to != casework.Interrupted && !seen[string(from+"→"+to)] {
				t.Errorf("%q → %q was never gone over", from, to)
			}
		}
	}
}

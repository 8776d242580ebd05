package placement

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/programme"
)

// Categories of a problem at a site. The last two start the coordinator's clock (internal/domain.md 38).
var (
	Categories = []string{"tasks", "hours", "guidance", "other", "safety", "harassment"}
	urgent     = []string{"safety", "harassment"}
	// Tellers are who told of a problem, when staff write it down.
	Tellers = []string{"participant", "organiser", "coach", "coordinator"}
)

// actWithin is in how many working days a coordinator acts: one for what concerns safety, three otherwise (internal/domain.md 38).
func actWithin(category string) int {
	if slices.Contains(urgent, category) {
		return 1
	}
	return 3
}

// Problem is what went wrong at a site, and what was done about it.
type Problem struct {
	ID             uuid.UUID
	Category, Body string
	ToldBy         string
	ActBy          time.Time
	Acted          string
	ActedOn        *time.Time
	Version        int
	By             string
	At             time.Time
}

// Urgent tells whether the coordinator has one working day.
func (p Problem) Urgent() bool { return slices.Contains(urgent, p.Category) }

// OpenProblems tells whether something that went wrong waits for an answer: it does in every state of the trial.
func (t Trial) OpenProblems() bool {
	return slices.ContainsFunc(t.Problems, func(p Problem) bool { return p.ActedOn == nil })
}

// ProblemForm tells of a problem, unchecked.
type ProblemForm struct{ Category, Body, ToldBy string }

// Report notes a problem at a site; coach and coordinator see it on the same day.
func (s Service) Report(ctx context.Context, trial uuid.UUID, form access.Form, f ProblemForm) error {
	return s.store.AddProblem(ctx, trial, form, func(a access.Actor, state State, closed []time.Time) (Problem, error) {
		var v fault.Invalid
		f.Body = strings.TrimSpace(f.Body)
		if !slices.Contains(Categories, f.Category) {
			v.Add("category", "E_CHOICE")
		}
		v.Require("problem", f.Body, 2000)
		if a.Role == access.Participant {
			f.ToldBy = "participant"
		} else if !slices.Contains(Tellers, f.ToldBy) {
			v.Add("told_by", "E_CHOICE")
		}
		if !state.TookPlace() {
			v.Add("", "E_TRIAL_NOT_BEGUN")
		}
		due := programme.WorkingDays(a.Today().AddDate(0, 0, 1), actWithin(f.Category), closed)
		return Problem{Category: f.Category, Body: f.Body, ToldBy: f.ToldBy, ActBy: due[len(due)-1]}, v.OrNil()
	})
}

// Act notes what was done about a problem. It stays open for nobody twice: a second answer is stale.
func (s Service) Act(ctx context.Context, problem uuid.UUID, form access.Form, text string) (trial uuid.UUID, err error) {
	return s.store.SettleProblem(ctx, problem, form, func(a access.Actor, p Problem) (string, error) {
		text = strings.TrimSpace(text)
		if p.ActedOn != nil {
			return "", fault.ErrStale
		}
		var v fault.Invalid
		v.Require("acted", text, 2000)
		return text, v.OrNil()
	})
}

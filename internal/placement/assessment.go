package placement

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// Assessment is the organiser's closing assessment (57 §).
type Assessment struct {
	Suitability, Skills string
	GivenBy             string
	GivenOn             time.Time
	How                 string
	Comment             string
	Version             int
	By                  string
}

// AssessmentWays are how an organiser's assessment reached us.
var AssessmentWays = []string{"paper", "phone", "visit"}

// Assess stores what the organiser said at the end; until the trial is closed a later one corrects it, and the former is
// kept. For a return to working life it says which skills to strengthen.
func (s Service) Assess(ctx context.Context, trial uuid.UUID, form access.Form, x Assessment) error {
	return s.store.AddAssessment(ctx, trial, form, func(a access.Actor, t Trial) (Assessment, error) {
		var v fault.Invalid
		for _, f := range []*string{&x.Suitability, &x.Skills, &x.GivenBy} {
			*f = strings.TrimSpace(*f)
		}
		if x.Skills == "" && t.Terms.Purpose == "return_to_work" {
			v.Add("skills", "E_REQUIRED")
		}
		v.Require("suitability", x.Suitability, 4000)
		v.Limit("skills", x.Skills, 4000)
		v.Require("given_by", x.GivenBy, 120)
		switch {
		case x.GivenOn.IsZero():
			v.Add("given_on", "E_DATE")
		case x.GivenOn.After(a.Today()):
			v.Add("given_on", "E_FUTURE")
		case x.GivenOn.Before(t.Terms.StartsOn):
			v.Add("given_on", "E_ASSESS_EARLY")
		}
		if !slices.Contains(AssessmentWays, x.How) {
			v.Add("how", "E_CHOICE")
		}
		switch {
		case t.Assessment != nil && t.State != Active:
			v.Add("", "E_ASSESSED")
		case t.State != Active && t.State != Ended:
			v.Add("", "E_TRIAL_NOT_BEGUN")
		}
		return x, v.OrNil()
	})
}

// Waive lets a trial close without an assessment: by the expert, with grounds (internal/domain.md 39).
func (s Service) Waive(ctx context.Context, trial uuid.UUID, form access.Form, grounds string) error {
	return s.store.AddWaiver(ctx, trial, form, func(a access.Actor, t Trial) (string, error) {
		grounds = strings.TrimSpace(grounds)
		var v fault.Invalid
		v.Require("grounds", grounds, 1000)
		if t.State != Active || t.Assessment != nil || t.Waiver != "" {
			v.Add("", "E_ASSESSED")
		}
		return grounds, v.OrNil()
	})
}

// Comment is the participant's word on the organiser's assessment.
func (s Service) Comment(ctx context.Context, trial uuid.UUID, form access.Form, text string) error {
	return s.store.StoreComment(ctx, trial, form, func(access.Actor) (string, error) {
		text = strings.TrimSpace(text)
		var v fault.Invalid
		v.Require("comment", text, 2000)
		return text, v.OrNil()
	})
}

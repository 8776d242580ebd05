package placement

import (
	"context"
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
	return s.AddAssessment(ctx, trial, form, func(a access.Actor, t Trial) (Assessment, error) {
		var v fault.Invalid
		for _, f := range []*string{&x.Suitability, &x.Skills, &x.GivenBy} {
			*f = strings.TrimSpace(*f)
		}
		if x.Suitability == "" {
			v.Add("suitability", "E_REQUIRED")
		}
		if x.Skills == "" && t.Terms.Purpose == "return_to_work" {
			v.Add("skills", "E_REQUIRED")
		}
		for field, text := range map[string]string{"suitability": x.Suitability, "skills": x.Skills} {
			if len([]rune(text)) > 4000 {
				v.Add(field, "E_TOO_LONG", "Max", 4000)
			}
		}
		if x.GivenBy == "" || len([]rune(x.GivenBy)) > 120 {
			v.Add("given_by", "E_REQUIRED")
		}
		switch {
		case x.GivenOn.IsZero():
			v.Add("given_on", "E_DATE")
		case x.GivenOn.After(a.Today()):
			v.Add("given_on", "E_FUTURE")
		case x.GivenOn.Before(t.Terms.StartsOn):
			v.Add("given_on", "E_ASSESS_EARLY")
		}
		if !in(x.How, AssessmentWays) {
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

// Waive lets a trial close without an assessment: by the expert, with grounds (domain.md 39).
func (s Service) Waive(ctx context.Context, trial uuid.UUID, form access.Form, grounds string) error {
	return s.AddWaiver(ctx, trial, form, func(a access.Actor, t Trial) (string, error) {
		grounds = strings.TrimSpace(grounds)
		var v fault.Invalid
		switch {
		case grounds == "":
			v.Add("grounds", "E_REQUIRED")
		case len([]rune(grounds)) > 1000:
			v.Add("grounds", "E_TOO_LONG", "Max", 1000)
		}
		if t.State != Active || t.Assessment != nil || t.Waiver != "" {
			v.Add("", "E_ASSESSED")
		}
		return grounds, v.OrNil()
	})
}

// Comment is the participant's word on the organiser's assessment.
func (s Service) Comment(ctx context.Context, trial uuid.UUID, form access.Form, text string) error {
	return s.StoreComment(ctx, trial, form, func(access.Actor) (string, error) {
		text = strings.TrimSpace(text)
		switch {
		case text == "":
			return "", fault.One("comment", "E_REQUIRED")
		case len([]rune(text)) > 2000:
			return "", fault.One("comment", "E_TOO_LONG", "Max", 2000)
		}
		return text, nil
	})
}

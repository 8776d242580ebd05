package casework

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/law"
)

// What the forms of support offer.
var (
	ObstacleAreas = []string{"ability", "mobility", "skills", "digital", "language", "life", "other"}
	ReferralKinds = []string{"health_check", "vocational_rehab"}
)

// Support is what a person needs to get to work: whether the service fits, what is in the way, where they were referred.
type Support struct {
	Case        Case
	Eligibility []Eligibility
	Obstacles   []Obstacle
	Referrals   []Referral
}

// Eligibility is dated evidence; the newest counts (internal/domain.md 10).
type Eligibility struct {
	UnemployedSince, AssessedOn *time.Time
	Assessment, ExpertNote      string
	By                          string
	At                          time.Time
	LongTerm                    law.Book // what counts as long, by date
}

// Obstacle is something in the way of work, in functional words.
type Obstacle struct {
	ID                 uuid.UUID
	Area, Body, Source string
	By                 string
	At                 time.Time
	SolvedAt           *time.Time
	Version            int
}

// Referral is a referral the person agreed to.
type Referral struct {
	Kind, Reason string
	AgreedOn     time.Time
	AgreedHow    string
	By           string
	At           time.Time
}

// Addition is what is added to the page of somebody's support: Eligibility, Obstacle or Referral.
type Addition interface{ addition() }

func (Eligibility) addition() {}
func (Obstacle) addition()    {}
func (Referral) addition()    {}

// Doubts are what the evidence lacks for this service: it warns, and asks for the expert's note; nothing is refused.
func (s Support) Doubts(today time.Time) (out []string) {
	if len(s.Eligibility) == 0 {
		return []string{"none"}
	}
	e := s.Eligibility[0]
	months, known := e.LongTerm.On(law.LongTerm, today)
	if e.UnemployedSince == nil || known && law.AddMonths(*e.UnemployedSince, months.Value).After(today) {
		out = append(out, "unemployed")
	}
	if e.AssessedOn == nil || e.Assessment == "" {
		out = append(out, "ability")
	}
	if len(out) > 0 && e.ExpertNote == "" {
		out = append(out, "note")
	}
	return out
}

// EligibilityForm is the typed form, unchecked; Dated tells whether something was typed for a day.
type EligibilityForm struct {
	Since, AssessedOn           time.Time
	SinceDated, AssessedOnDated bool
	Assessment, ExpertNote      string
}

// Check is the evidence as it was typed, and what is wrong with it.
func (f EligibilityForm) Check(today time.Time, v *fault.Invalid) Eligibility {
	e := Eligibility{Assessment: strings.TrimSpace(f.Assessment), ExpertNote: strings.TrimSpace(f.ExpertNote)}
	for _, d := range []struct {
		field string
		typed bool
		day   time.Time
		into  **time.Time
	}{{"unemployed_since", f.SinceDated, f.Since, &e.UnemployedSince}, {"assessed_on", f.AssessedOnDated, f.AssessedOn, &e.AssessedOn}} {
		switch {
		case !d.typed:
		case d.day.IsZero():
			v.Add(d.field, "E_DATE")
		case d.day.After(today):
			v.Add(d.field, "E_FUTURE")
		default:
			*d.into = &d.day
		}
	}
	v.Limit("assessment", e.Assessment, 1000)
	v.Limit("expert_note", e.ExpertNote, 1000)
	return e
}

// RecordEligibility stores evidence as of today; the earlier evidence stays.
func (s Service) RecordEligibility(ctx context.Context, enrolment uuid.UUID, form access.Form, f EligibilityForm) error {
	return s.store.AddSupport(ctx, access.EligibilityRecord, enrolment, form, func(a access.Actor, c NoteCase) (Addition, error) {
		var v fault.Invalid
		e := f.Check(a.Today(), &v)
		if !c.State.Open() {
			v.Add("", "E_CASE_CLOSED")
		}
		return e, v.OrNil()
	})
}

// NameObstacle stores an obstacle in functional words.
func (s Service) NameObstacle(ctx context.Context, enrolment uuid.UUID, form access.Form, area, body, source string) error {
	return s.store.AddSupport(ctx, access.ObstacleName, enrolment, form, func(_ access.Actor, c NoteCase) (Addition, error) {
		var v fault.Invalid
		o := Obstacle{Area: area, Body: strings.TrimSpace(body), Source: source}
		if !slices.Contains(ObstacleAreas, area) {
			v.Add("area", "E_CHOICE")
		}
		if !slices.Contains(NoteSources, source) {
			v.Add("source", "E_CHOICE")
		}
		v.Require("body", o.Body, 1000)
		if !c.State.Open() {
			v.Add("", "E_CASE_CLOSED")
		}
		return o, v.OrNil()
	})
}

// ReferralForm is the typed form, unchecked.
type ReferralForm struct {
	Kind, Reason string
	Agreed       bool
	AgreedHow    string
}

// Refer stores a referral the person has agreed to today, and how they said so (E_REFERRAL_CONSENT, internal/domain.md 50).
func (s Service) Refer(ctx context.Context, enrolment uuid.UUID, form access.Form, f ReferralForm) error {
	return s.store.AddSupport(ctx, access.ReferralMake, enrolment, form, func(a access.Actor, c NoteCase) (Addition, error) {
		var v fault.Invalid
		r := Referral{Kind: f.Kind, Reason: strings.TrimSpace(f.Reason), AgreedOn: a.Today(), AgreedHow: f.AgreedHow}
		if !slices.Contains(ReferralKinds, f.Kind) {
			v.Add("kind", "E_CHOICE")
		}
		v.Require("reason", r.Reason, 1000)
		if !f.Agreed || !slices.Contains(GoalWays, f.AgreedHow) {
			v.Add("agreed", "E_REFERRAL_CONSENT")
		}
		if !c.State.Open() {
			v.Add("", "E_CASE_CLOSED")
		}
		return r, v.OrNil()
	})
}

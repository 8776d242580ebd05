package placement

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/partner"
)

// Answer records what the person said to a proposal (internal/domain.md 32): by themself (way self), or told to a colleague. Nobody
// asks for a reason, and nothing else changes by a no.
func (s Service) Answer(ctx context.Context, trial uuid.UUID, form access.Form, answer, way string) error {
	return s.store.AnswerTrial(ctx, trial, form, func(a access.Actor, t Trial) (Answered, error) {
		var v fault.Invalid
		if !slices.Contains([]string{"yes", "no"}, answer) {
			v.Add("answer", "E_CHOICE")
		}
		if a.Role == access.Participant {
			way = "self"
		} else if !slices.Contains(partner.Ways, way) {
			v.Add("way", "E_CHOICE")
		}
		switch {
		case t.State != Draft:
			v.Add("", "E_TRIAL_LOCKED")
		case t.AcceptedOn != nil && answer == "yes":
			v.Add("", "E_ANSWERED")
		}
		return Answered{Yes: answer == "yes", On: a.Today(), Way: way}, v.OrNil()
	})
}

// Answered is a person's word on a proposal.
type Answered struct {
	Yes bool
	On  time.Time
	Way string
}

// Sign records a party's signature on the agreement: dated today or before, once the person accepted the proposal
// (E_TRIAL_ANSWER). A coordinator enters what is on paper; the participant and the expert sign in the app, for themselves.
func (s Service) Sign(ctx context.Context, trial uuid.UUID, form access.Form, party string, on time.Time) error {
	return s.store.SignTrial(ctx, trial, form, func(a access.Actor, t Trial) (Signature, error) {
		var v fault.Invalid
		how := "paper"
		switch a.Role { // who is a party signs for themself, here and now
		case access.Participant:
			party, on, how = "participant", a.Today(), "app"
		case access.Expert:
			party, on, how = "authority", a.Today(), "app"
		}
		if !slices.Contains(Parties, party) {
			v.Add("party", "E_CHOICE")
		} else if t.Signed(party) != nil {
			v.Add("party", "E_SIGNED_ALREADY")
		}
		switch {
		case on.IsZero():
			v.Add("signed_on", "E_DATE")
		case on.After(a.Today()):
			v.Add("signed_on", "E_FUTURE")
		case on.After(t.Terms.StartsOn):
			v.Add("signed_on", "E_TRIAL_EARLY")
		case on.Before(t.Terms.StartsOn.AddDate(-1, 0, 0)):
			v.Add("signed_on", "E_PAST")
		}
		if t.State != Draft {
			v.Add("", "E_TRIAL_LOCKED")
		}
		t.lacking(&v)
		if t.AcceptedOn == nil {
			v.Add("", "E_TRIAL_ANSWER")
		}
		return Signature{Party: party, SignedOn: on, How: how}, v.OrNil()
	})
}

// lacking names each required field that is empty.
func (t Trial) lacking(v *fault.Invalid) {
	for _, name := range t.Missing() {
		v.AddAs("", "E_TRIAL_FIELDS", "problem.E_TRIAL_LACKS."+name)
	}
}

// Insure records that the authority's accident and liability cover is in force from a day (60 §).
func (s Service) Insure(ctx context.Context, trial uuid.UUID, form access.Form, on time.Time) error {
	return s.store.MoveTrial(ctx, access.TrialInsure, trial, form, func(a access.Actor, t Trial) (Change, error) {
		var v fault.Invalid
		if on.IsZero() {
			v.Add("insurance_on", "E_DATE")
		} else if on.After(t.Terms.StartsOn) {
			v.Add("insurance_on", "E_NO_INSURANCE")
		}
		if t.State != Draft {
			v.Add("", "E_TRIAL_LOCKED")
		}
		return Change{State: t.State, InsuranceOn: &on}, v.OrNil()
	})
}

// Activate makes the agreement binding: lawful terms, every field, three signatures dated at latest on the first day,
// and the insurance (E_TRIAL_FIELDS, E_TRIAL_UNSIGNED, E_TRIAL_EARLY, E_NO_INSURANCE).
func (s Service) Activate(ctx context.Context, trial uuid.UUID, form access.Form) error {
	return s.store.MoveTrial(ctx, access.TrialActivate, trial, form, func(a access.Actor, t Trial) (Change, error) {
		if t.State != Draft {
			return Change{}, fault.One("", "E_TRIAL_LOCKED")
		}
		var v fault.Invalid
		if err := t.Terms.check(t.plan(), t.ID); err != nil {
			v = append(v, err.(fault.Invalid)...)
		}
		t.lacking(&v)
		unsigned := false
		for _, p := range Parties {
			sig := t.Signed(p)
			unsigned = unsigned || sig == nil
			if sig != nil && sig.SignedOn.After(t.Terms.StartsOn) {
				v.Add("", "E_TRIAL_EARLY")
			}
		}
		if unsigned {
			v.Add("", "E_TRIAL_UNSIGNED")
		}
		if t.InsuranceOn == nil || t.InsuranceOn.After(t.Terms.StartsOn) {
			v.Add("", "E_NO_INSURANCE")
		}
		for i := range v {
			v[i].Field = "" // the activation form has no fields of its own
		}
		return Change{
			State:    Active,
			Judged:   t.Terms.Judge(t.Law),
			Checkins: plan(t.Rhythm, t.Terms.StartsOn, t.Terms.EndsOn, a.Today()),
		}, v.OrNil()
	})
}

// EndForm is how a trial ends, unchecked.
type EndForm struct {
	Reason       string
	TerminatedBy string // who ended it before its day; "" when it came to its end
	NoticeOn     time.Time
	Hired        string
}

// End closes a trial that has begun, as of today or its last day, or cancels a draft or one that has not begun, with a
// reason. Who has been at the site gets the organiser's assessment first (E_TRIAL_NO_ASSESSMENT), unless the expert lets it
// go without. Before the agreed day it is one of the three who ends it, in writing to the others (59 §): E_TRIAL_NOTICE.
func (s Service) End(ctx context.Context, trial uuid.UUID, form access.Form, f EndForm) error {
	return s.store.MoveTrial(ctx, access.TrialEnd, trial, form, func(a access.Actor, t Trial) (Change, error) { return t.End(f, a.Today()) })
}

// Hirings are whether a trial led to a job at the organiser.
var Hirings = []string{"yes", "no", "unknown"}

// End is the rule of Service.End.
func (t Trial) End(f EndForm, today time.Time) (Change, error) {
	var v fault.Invalid
	c := Change{Reason: strings.TrimSpace(f.Reason)}
	v.Require("reason", c.Reason, 500)
	switch {
	case t.State == Draft, t.State == Active && today.Before(t.Terms.StartsOn):
		c.State = Cancelled
	case t.State == Active:
		c.State, c.EndsOn, c.Hired = Ended, &today, f.Hired
		if today.After(t.Terms.EndsOn) {
			c.EndsOn = &t.Terms.EndsOn
		}
		if !slices.Contains(Hirings, f.Hired) {
			v.Add("hired", "E_CHOICE")
		}
		if c.EndsOn.Before(t.Terms.EndsOn) {
			c.TerminatedBy = f.TerminatedBy
			if !slices.Contains(Parties, f.TerminatedBy) {
				v.Add("terminated_by", "E_TRIAL_NOTICE")
			}
			switch {
			case f.NoticeOn.IsZero():
				v.Add("notice_on", "E_TRIAL_NOTICE")
			case f.NoticeOn.After(today):
				v.Add("notice_on", "E_FUTURE")
			default:
				c.NoticeOn = &f.NoticeOn
			}
		}
		if t.Assessment == nil && t.Waiver == "" {
			v.Add("", "E_TRIAL_NO_ASSESSMENT")
		}
	default:
		v.Add("", "E_TRANSITION")
	}
	return c, v.OrNil()
}

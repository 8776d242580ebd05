package placement

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// Sign records a party's signature on the agreement: dated today or before.
func (s Service) Sign(ctx context.Context, trial uuid.UUID, form access.Form, party string, on time.Time) error {
	return s.SignTrial(ctx, trial, form, func(a access.Actor, t Trial) (Signature, error) {
		var v fault.Invalid
		if !in(party, Parties) {
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
		}
		if t.State != Draft {
			v.Add("", "E_TRIAL_LOCKED")
		}
		if len(t.Missing()) > 0 {
			v.Add("", "E_TRIAL_FIELDS")
		}
		return Signature{Party: party, SignedOn: on, How: "paper"}, v.OrNil()
	})
}

// Insure records that the authority's accident and liability cover is in force from a day (60 §).
func (s Service) Insure(ctx context.Context, trial uuid.UUID, form access.Form, on time.Time) error {
	return s.MoveTrial(ctx, access.TrialInsure, trial, form, func(a access.Actor, t Trial) (Change, error) {
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
	return s.MoveTrial(ctx, access.TrialActivate, trial, form, func(a access.Actor, t Trial) (Change, error) {
		if t.State != Draft {
			return Change{}, fault.One("", "E_TRIAL_LOCKED")
		}
		var v fault.Invalid
		if err := t.Terms.check(t.Case, t.Earlier, t.Sites, t.Law, t.ID); err != nil {
			v = append(v, err.(fault.Invalid)...)
		}
		if len(t.Missing()) > 0 {
			v.Add("", "E_TRIAL_FIELDS")
		}
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
		return Change{State: Active}, v.OrNil()
	})
}

// End closes an active trial as of today, or cancels a draft or one that has not begun, with a reason.
func (s Service) End(ctx context.Context, trial uuid.UUID, form access.Form, reason string) error {
	return s.MoveTrial(ctx, access.TrialEnd, trial, form, func(a access.Actor, t Trial) (Change, error) {
		reason = strings.TrimSpace(reason)
		if reason == "" {
			return Change{}, fault.One("reason", "E_REQUIRED")
		}
		switch t.State {
		case Active:
			today := a.Today()
			if today.Before(t.Terms.StartsOn) {
				return Change{State: Cancelled, Reason: reason}, nil
			}
			if today.After(t.Terms.EndsOn) {
				today = t.Terms.EndsOn
			}
			return Change{State: Ended, Reason: reason, EndsOn: &today}, nil
		case Draft:
			return Change{State: Cancelled, Reason: reason}, nil
		}
		return Change{}, fault.One("", "E_TRANSITION")
	})
}

package review

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/law"
)

// DecisionKinds are what the expert may note (internal/domain.md 48).
var DecisionKinds = []string{
	"work_trial",
	"pay_subsidy",
	"age55_subsidy",
	"self_motivated_study",
	"health_check_referral",
	"rehab_referral",
	"none_now",
}

// Decision is one note of the expert: the official decision is made in the authority's own system.
type Decision struct {
	ID               uuid.UUID
	Kind             string
	StartsOn, EndsOn *time.Time
	DecidedOn        time.Time
	Grounds          string
	Reference        string
	By               string
	At               time.Time
	// A decision that was noted wrongly is withdrawn, and stays to be read.
	WithdrawnAt             *time.Time
	WithdrawnBy, Withdrawal string
}

// Standing are the decisions that were not withdrawn.
func (r Review) Standing() (out []Decision) {
	for _, d := range r.Decisions {
		if d.WithdrawnAt == nil {
			out = append(out, d)
		}
	}
	return out
}

// Withdraw takes back a decision that was noted wrongly, with grounds (E_REQUIRED); it stays to be read as withdrawn
// (internal/domain.md, ruling 41). One that was withdrawn already is stale.
func (s Service) Withdraw(ctx context.Context, review uuid.UUID, form access.Form, decision uuid.UUID, grounds string) error {
	return s.store.WithdrawDecision(ctx, review, form, decision, func(_ access.Actor, r Review) (string, error) {
		grounds = strings.TrimSpace(grounds)
		for _, d := range r.Decisions {
			switch {
			case d.ID != decision:
			case d.WithdrawnAt != nil:
				return "", fault.ErrStale
			default:
				var v fault.Invalid
				v.Require("grounds", grounds, 2000)
				return grounds, v.OrNil()
			}
		}
		return "", fault.ErrNotFound
	})
}

// DecisionForm is the typed form: the kinds ticked, with the dates of each.
type DecisionForm struct {
	Kinds     []string
	StartsOn  map[string]time.Time
	EndsOn    map[string]time.Time
	BadDates  []string // fields whose text was no date
	Unticked  bool     // dates were typed at a kind that was not ticked
	DecidedOn time.Time
	Grounds   string
	Reference string
}

// Record stores the expert's notes of decisions. "None now" excludes the others (internal/domain.md, ruling 10); dates are guarded:
// E_SUBSIDY_LATE, E_STUDY_LATE, E_STUDY_AGE (internal/domain.md 49).
func (s Service) Record(ctx context.Context, review uuid.UUID, form access.Form, f DecisionForm) error {
	return s.store.Decide(ctx, review, form, func(a access.Actor, r Review) ([]Decision, error) { return f.decide(a, r) })
}

func (f DecisionForm) decide(a access.Actor, r Review) ([]Decision, error) {
	var v fault.Invalid
	f.Grounds = strings.TrimSpace(f.Grounds)
	if len(f.Kinds) == 0 {
		v.Add("kind", "E_CHOICE")
	}
	if f.Unticked {
		v.Add("kind", "E_UNTICKED")
	}
	v.Require("grounds", f.Grounds, 4000)
	switch {
	case f.DecidedOn.IsZero():
		v.Add("decided_on", "E_DATE")
	case f.DecidedOn.After(a.Today()):
		v.Add("decided_on", "E_FUTURE")
	}
	for _, b := range f.BadDates {
		v.Add(b, "E_DATE")
	}
	var out []Decision
	for _, k := range f.Kinds {
		if !known(k) {
			v.Add("kind", "E_CHOICE")
			continue
		}
		if k == "none_now" && (len(f.Kinds) > 1 || len(r.Standing()) > 0) {
			v.Add("kind", "E_NONE_EXCLUDES")
		}
		d := Decision{Kind: k, DecidedOn: f.DecidedOn, Grounds: f.Grounds, Reference: strings.TrimSpace(f.Reference)}
		if t, ok := f.StartsOn[k]; ok {
			d.StartsOn = &t
		}
		if t, ok := f.EndsOn[k]; ok {
			d.EndsOn = &t
		}
		if d.StartsOn != nil && d.EndsOn != nil && d.EndsOn.Before(*d.StartsOn) {
			v.Add("ends_on."+k, "E_DATE_ORDER")
		}
		if d.StartsOn == nil && WithDates(k) {
			v.Add("starts_on."+k, "E_DATE")
		}
		subsidy, study := k == "pay_subsidy" || k == "age55_subsidy", k == "self_motivated_study"
		if subsidy && d.StartsOn != nil && !d.StartsOn.After(f.DecidedOn) {
			v.Add("starts_on."+k, "E_SUBSIDY_LATE")
		}
		if study {
			on := f.DecidedOn
			if d.StartsOn != nil {
				on = *d.StartsOn
				if d.StartsOn.Before(f.DecidedOn) {
					v.Add("starts_on."+k, "E_STUDY_LATE")
				}
			}
			if least, ok := r.Law.On(law.StudyAgeMin, on); ok && law.Age(r.BornOn, on) < least.Value {
				v.Add("kind", "E_STUDY_AGE", "N", least.Value)
			}
		}
		out = append(out, d)
	}
	if r.State == Draft {
		v.Add("", "E_REVIEW_NOT_READY")
	}
	return out, v.OrNil()
}

// WithDates tells whether a kind of decision needs the day it starts: without it its guards could not look.
func WithDates(kind string) bool {
	return kind == "work_trial" || kind == "pay_subsidy" || kind == "age55_subsidy" || kind == "self_motivated_study"
}

func known(kind string) bool {
	for _, k := range DecisionKinds {
		if k == kind {
			return true
		}
	}
	return false
}

// Approval is the participant's word on the transfer summary.
type Approval struct {
	Approved  bool
	Objection string
	How       string
	At        time.Time
}

// ApproveTransfer records that the participant approves the transfer, or objects; an objection is attached, not suppressed.
func (s Service) ApproveTransfer(
	ctx context.Context,
	do access.Action,
	review uuid.UUID,
	form access.Form,
	approved bool,
	objection string,
) error {
	return s.store.Approve(ctx, do, review, form, func(a access.Actor, r Review) (Approval, error) {
		return r.approve(a.Role, approved, objection)
	})
}

// approve is the rule of ApproveTransfer: of a locked review (E_SUMMARY_UNSIGNED); who objects says why (E_REQUIRED).
func (r Review) approve(by access.Role, approved bool, objection string) (Approval, error) {
	p := Approval{Approved: approved, Objection: strings.TrimSpace(objection), How: "own_login"}
	if by == access.Handed {
		p.How = "coach_device"
	}
	if r.State != Locked {
		return p, fault.One("", "E_SUMMARY_UNSIGNED")
	}
	var v fault.Invalid
	if !approved && p.Objection == "" {
		v.Add("objection", "E_REQUIRED")
	}
	v.Limit("objection", p.Objection, 4000)
	return p, v.OrNil()
}

// SummaryPart is one of the six headings of the transfer summary with its text.
type SummaryPart struct {
	Heading string
	Text    []string // headings of the review whose texts it is made of
}

// SummaryParts are the blocks of an employment plan (VNA 385/2024 1 §): two of the mapping, four of the action plan.
var SummaryParts = []SummaryPart{
	{"service_need", []string{"obstacles", "support"}},
	{"situation", []string{"strengths", "own_words", "participation", "search", "trial"}},
	{"goals", []string{"goal", "goal_result"}},
	{"actions", []string{"next_steps", "requested"}},
	{"timetable", []string{"timetable"}},
	{"monitoring", []string{"monitoring"}},
}

// Outcome is where the person went, on a day.
type Outcome struct {
	Kind     string
	On       time.Time
	Evidence string
	By       string
}

// SetOutcome records an outcome of the programme's own list.
func (s Service) SetOutcome(ctx context.Context, review uuid.UUID, form access.Form, o Outcome) error {
	return s.store.RecordOutcome(ctx, review, form, func(a access.Actor, r Review) (Outcome, error) {
		var v fault.Invalid
		if r.State != Locked {
			v.Add("", "E_REVIEW_NOT_READY")
		}
		ok := false
		for _, k := range r.OutcomeKinds {
			ok = ok || k == o.Kind
		}
		if !ok {
			v.Add("outcome", "E_CHOICE")
		}
		switch {
		case o.On.IsZero():
			v.Add("outcome_on", "E_DATE")
		case o.On.After(a.Today()):
			v.Add("outcome_on", "E_FUTURE")
		}
		return o, v.OrNil()
	})
}

package placement

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/law"
)

// The states of a trial.
const (
	Draft     = "draft"
	Active    = "active"
	Ended     = "ended"
	Cancelled = "cancelled"
)

// Purposes, Payers, Parties of an agreement (380/2023 54 §, 57 §).
var (
	Purposes = []string{"career_options", "return_to_work"}
	Payers   = []string{"unemployment_fund", "kela_general_support", "kela_other", "none"}
	Parties  = []string{"participant", "organiser", "authority"}
)

// Case is the person a trial is for, as far as the coordinator sees them (rulings.md 4).
type Case struct {
	EnrolmentID         uuid.UUID
	FirstName, LastName string
	BornOn              time.Time
	State               string
	CohortID            *uuid.UUID
	CohortName          string
	StartsOn, EndsOn    time.Time
}

// Earlier is a trial the person had or has, for the six months' limit.
type Earlier struct {
	ID               uuid.UUID
	SiteName         string
	State            string
	StartsOn, EndsOn time.Time
}

// SiteChoice is a site with a contact person who can supervise.
type SiteChoice struct {
	SiteID, PersonID           uuid.UUID
	Employer, Site, PersonName string
}

// Plan is what a new trial is made from.
type Plan struct {
	Case    Case
	Earlier []Earlier
	Sites   []SiteChoice
	Law     law.Book
}

// Terms are the typed terms of an agreement.
type Terms struct {
	SiteID, SupervisorID  uuid.UUID
	Purpose, Tasks, Goals string
	Payer                 string
	StartsOn, EndsOn      time.Time
	StartsAt              int // minutes of the day
	DayMinutes, WeekDays  int
	CurrentEmployer       bool
}

// Trial is a trial's page and what its rules need.
type Trial struct {
	ID              uuid.UUID
	Case            Case
	Terms           Terms
	State           string
	Employer        string
	SiteName        string
	SiteAddress     string
	Supervisor      string
	SupervisorPhone string
	InsuranceOn     *time.Time
	EndReason       string
	Version         int
	Signatures      []Signature
	Contacts        []LoggedContact
	Earlier         []Earlier
	Sites           []SiteChoice
	Law             law.Book
}

// Signature is one party's dated signature under one version of the terms.
type Signature struct {
	Party    string
	SignedOn time.Time
	How      string
	By       string
}

// Change is a trial's next state, or the insurance date.
type Change struct {
	State, Reason string
	InsuranceOn   *time.Time
	EndsOn        *time.Time // nil keeps the agreed last day
}

// Propose stores a new draft agreement for a case.
func (s Service) Propose(ctx context.Context, enrolment uuid.UUID, form access.Form, t Terms) error {
	return s.CreateTrial(ctx, enrolment, form, func(a access.Actor, p Plan) (Terms, error) {
		t = t.trimmed()
		return t, t.check(p.Case, p.Earlier, p.Sites, p.Law, uuid.Nil)
	})
}

// Edit changes a draft's terms: earlier signatures do not carry over.
func (s Service) Edit(ctx context.Context, trial uuid.UUID, form access.Form, t Terms) error {
	return s.EditTrial(ctx, trial, form, func(a access.Actor, old Trial) (Terms, error) {
		if old.State != Draft {
			return t, fault.One("", "E_TRIAL_LOCKED")
		}
		t = t.trimmed()
		return t, t.check(old.Case, old.Earlier, old.Sites, old.Law, trial)
	})
}

func (t Terms) trimmed() Terms {
	t.Tasks, t.Goals = strings.TrimSpace(t.Tasks), strings.TrimSpace(t.Goals)
	return t
}

// check judges the terms by the law in force on the first day (380/2023 54–57 §, domain.md 33, 35).
func (t Terms) check(c Case, earlier []Earlier, sites []SiteChoice, book law.Book, self uuid.UUID) error {
	var v fault.Invalid
	known := false
	for _, s := range sites {
		known = known || s.SiteID == t.SiteID && s.PersonID == t.SupervisorID
	}
	if !known {
		v.Add("site", "E_TRIAL_FIELDS")
	}
	if !in(t.Purpose, Purposes) {
		v.Add("purpose", "E_CHOICE")
	}
	if len([]rune(t.Tasks)) > 2000 || len([]rune(t.Goals)) > 2000 {
		v.Add("tasks", "E_TOO_LONG", "Max", 2000)
	}
	if t.StartsOn.IsZero() {
		v.Add("starts_on", "E_DATE")
	}
	if t.EndsOn.IsZero() || t.EndsOn.Before(t.StartsOn) {
		v.Add("ends_on", "E_DATE")
	}
	if t.StartsAt < 0 || t.StartsAt+t.DayMinutes > 24*60 {
		v.Add("starts_at", "E_CLOCK")
	}
	if !in(c.State, []string{"accepted", "preparing", "active", "review"}) {
		v.Add("", "E_CASE_CLOSED")
	}
	if len(v) == 0 {
		num := func(key string) int { x, _ := book.On(key, t.StartsOn); return x.Value }
		if lo := num(law.TrialDayMin); t.DayMinutes < lo {
			v.Add("hours", "E_TRIAL_DAY_SHORT", "N", lo/60)
		}
		if hi := num(law.TrialDayMax); t.DayMinutes > hi {
			v.Add("hours", "E_TRIAL_DAY_LONG", "N", hi/60)
		}
		if hi := num(law.TrialWeekDaysMax); t.WeekDays > hi || t.WeekDays < 1 {
			v.Add("week_days", "E_TRIAL_WEEK", "N", hi)
		}
		if t.CurrentEmployer {
			v.Add("current_employer", "E_TRIAL_EMPLOYER")
		}
		if hi := num(law.TrialTotalMax); overMonths(t, earlier, self, hi) {
			v.Add("ends_on", "E_TRIAL_MAX", "N", hi)
		}
		for _, e := range earlier {
			if e.ID != self && (e.State == Active || e.State == Ended) && !e.StartsOn.After(t.EndsOn) && !e.EndsOn.Before(t.StartsOn) {
				v.Add("starts_on", "E_OVERLAP", "Site", e.SiteName)
			}
		}
		if t.StartsOn.Before(c.StartsOn) || t.EndsOn.After(c.EndsOn) {
			v.Add("starts_on", "E_TRIAL_DATES")
		}
	}
	return v.OrNil()
}

// overMonths tells whether this trial with the earlier ones lasts longer than the limit of calendar months (55 §).
func overMonths(t Terms, earlier []Earlier, self uuid.UUID, limit int) bool {
	days := int(t.EndsOn.Sub(t.StartsOn).Hours()/24) + 1
	for _, e := range earlier {
		if (self == uuid.Nil || e.ID != self) && e.State != Cancelled && e.State != Draft {
			days += int(e.EndsOn.Sub(e.StartsOn).Hours()/24) + 1
		}
	}
	most := law.AddMonths(t.StartsOn, limit)
	return t.StartsOn.AddDate(0, 0, days).After(most)
}

// Missing names the agreement's required fields that are empty (57 §, domain.md 33).
func (t Trial) Missing() []string {
	var out []string
	for _, f := range []struct {
		name  string
		empty bool
	}{{"goals", t.Terms.Goals == ""}, {"tasks", t.Terms.Tasks == ""}, {"payer", t.Terms.Payer == ""}, {"supervisor", t.Terms.SupervisorID == uuid.Nil}} {
		if f.empty {
			out = append(out, f.name)
		}
	}
	return out
}

// Signed is the signature of a party, nil when there is none under the present terms.
func (t Trial) Signed(party string) *Signature {
	for i := range t.Signatures {
		if t.Signatures[i].Party == party {
			return &t.Signatures[i]
		}
	}
	return nil
}

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

func in(s string, of []string) bool {
	for _, x := range of {
		if x == s {
			return true
		}
	}
	return false
}

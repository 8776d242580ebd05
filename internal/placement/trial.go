package placement

import (
	"context"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/law"
	"kuukausi/internal/partner"
)

var Purposes = []string{"career_options", "return_to_work"}

var Payers = []string{"unemployment_fund", "kela_general_support", "kela_other", "none"}

var Parties = []string{"participant", "organiser", "authority"}

// Bars are the questions of 56 § a coordinator answers: a yes to any keeps the trial from being made.
var Bars = []string{"competition", "drug_test", "children"}

// BenefitChecks are who may confirm it.
var BenefitChecks = []string{"payer", "expert"}

// Earlier is a trial the person had or has, for the six months' limit, or evidence of one made elsewhere (State
// elsewhere) or of a time without work (State unemployed, EndsOn nil while it lasts).
type Earlier struct {
	ID               uuid.UUID
	SiteName         string
	State            State
	StartsOn         time.Time
	EndsOn           *time.Time
	Source, Evidence string
	By               string
}

// name is where a trial was, a dash where the reader may not know.
func (e Earlier) name() string {
	if e.SiteName == "" {
		return "–"
	}
	return e.SiteName
}

// SiteChoice is a site with a contact person who can supervise.
type SiteChoice struct {
	SiteID, PersonID           uuid.UUID
	Employer, Site, PersonName string
	CooledUntil                *time.Time
}

// Plan is what a new trial is made from.
type Plan struct {
	Case    partner.Case
	Earlier []Earlier // trials made here, and evidence of others and of times without work
	Sites   []SiteChoice
	Law     law.Book
	Free    *int // places of the chosen site in the typed days; nil when nobody said how many there are
	Held    int  // places proposed or agreed in those days
	Group   []GroupHours
}

// Trial is a trial's page and what its rules need.
type Trial struct {
	ID   uuid.UUID
	Case partner.Case `db:"-"` // read apart, as all below that is tagged so
	Terms
	State           State
	Flaws           []string // of a draft: what keeps it from becoming an agreement, keys of trial_flaw
	Employer        string
	SiteName        string
	SiteAddress     string
	Supervisor      string
	SupervisorPhone string
	InsuranceOn     *time.Time
	EndReason       string
	AgreedUntil     *time.Time // the agreed last day, when the trial ended on another
	BusinessID      string
	TerminatedBy    string
	NoticeOn        *time.Time
	Hired           string
	AcceptedOn      *time.Time
	AcceptedHow     string
	Judged          []Judged
	Version         int
	Signatures      []Signature
	Contacts        []partner.LoggedContact `db:"-"`
	Earlier         []Earlier               `db:"-"`
	Group           []GroupHours            `db:"-"`
	Sites           []SiteChoice            `db:"-"`
	Law             law.Book                `db:"-"`
	Free            *int                    `db:"-"`
	Checkins        []Checkin
	EndChanges      []EndChange
	Problems        []Problem
	Assessment      *Assessment
	Diary           []DiaryDay // what the participant shared with the coach
	Waiver          string     // the expert's grounds for closing without an assessment
	Rhythm          []Rhythm   `db:"-"`
}

// AgreedEnd is the last day that was agreed, also when the trial ended on another.
func (t Trial) AgreedEnd() time.Time {
	if t.AgreedUntil != nil {
		return *t.AgreedUntil
	}
	return t.Terms.EndsOn
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
	State        State
	Reason       string
	InsuranceOn  *time.Time
	EndsOn       *time.Time // nil keeps the agreed last day
	TerminatedBy string
	NoticeOn     *time.Time
	Hired        string
	Checkins     []Checkin // planned contacts that begin with the agreement
	Judged       []Judged  // nil keeps what it was judged by
}

// Propose stores a new draft agreement for a case.
func (s Service) Propose(ctx context.Context, enrolment uuid.UUID, form access.Form, t Terms) error {
	return s.store.CreateTrial(ctx, enrolment, form, t, func(a access.Actor, p Plan) (Terms, error) {
		t = t.trimmed()
		return t, t.check(p, uuid.Nil)
	})
}

// Edit changes a draft's terms: earlier signatures do not carry over.
func (s Service) Edit(ctx context.Context, trial uuid.UUID, form access.Form, t Terms) error {
	return s.store.EditTrial(ctx, trial, form, t, func(a access.Actor, old Trial) (Terms, error) {
		if old.State != Draft {
			return t, fault.One("", "E_TRIAL_LOCKED")
		}
		t = t.trimmed()
		return t, t.check(old.plan(), trial)
	})
}

// plan is what the rules on the terms need of a trial that is made already.
func (t Trial) plan() Plan {
	// the site and supervisor it has need no looking up
	own := SiteChoice{SiteID: t.Terms.SiteID, PersonID: t.Terms.SupervisorID}
	return Plan{Case: t.Case, Earlier: t.Earlier, Sites: append([]SiteChoice{own}, t.Sites...), Law: t.Law, Free: t.Free, Group: t.Group}
}

// Missing names the agreement's required fields that are empty (57 §, internal/domain.md 33).
func (t Trial) Missing() []string {
	var out []string
	for _, f := range []struct {
		name  string
		empty bool
	}{
		{"goals", t.Terms.Goals == ""}, {"tasks", t.Terms.Tasks == ""}, {"payer", t.Terms.Payer == ""},
		{"supervisor", t.Terms.SupervisorID == uuid.Nil}, {"bars", !t.Terms.BarsClear},
	} {
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

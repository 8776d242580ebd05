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

// Store keeps employers, sites and trials.
type Store interface {
	Employers(ctx context.Context) ([]Listed, error)
	NewEmployerPage(ctx context.Context) error
	// known is the name of the employer this business id belongs to, "" for none.
	CreateEmployer(ctx context.Context, form access.Form, businessID string, decide func(known string) (NewEmployer, error)) error
	Site(ctx context.Context, site uuid.UUID) (Site, error)
	AddSiteContact(ctx context.Context, site uuid.UUID, form access.Form, decide func(access.Actor) (Contact, error)) error

	StoreSite(ctx context.Context, site uuid.UUID, form access.Form, decide func(access.Actor) (Settings, error)) error
	AddSitePerson(ctx context.Context, site uuid.UUID, form access.Form, decide func(access.Actor) (SitePerson, error)) error
	AddCapacity(ctx context.Context, site uuid.UUID, form access.Form, decide func(access.Actor, []Capacity) (Capacity, error)) error
	EndSitePerson(ctx context.Context, person uuid.UUID, form access.Form) (site uuid.UUID, err error)
	EndCapacity(ctx context.Context, capacity uuid.UUID, form access.Form) (site uuid.UUID, err error)
	ExportEmployers(ctx context.Context) ([]Listed, error)

	TrialPlan(ctx context.Context, enrolment uuid.UUID) (Plan, error)
	// want are the typed terms: the site they name is locked, so that its last place goes to one.
	CreateTrial(ctx context.Context, enrolment uuid.UUID, form access.Form, want Terms, decide func(access.Actor, Plan) (Terms, error)) error
	Trial(ctx context.Context, trial uuid.UUID) (Trial, error)
	Agreement(ctx context.Context, trial uuid.UUID) (Trial, error)
	TrialForEnd(ctx context.Context, trial uuid.UUID, to time.Time) (Trial, error)
	EditTrial(ctx context.Context, trial uuid.UUID, form access.Form, want Terms, decide func(access.Actor, Trial) (Terms, error)) error
	AnswerTrial(ctx context.Context, trial uuid.UUID, form access.Form, decide func(access.Actor, Trial) (Answered, error)) error
	StoreEnd(ctx context.Context, trial uuid.UUID, form access.Form, to time.Time, decide func(access.Actor, Trial) (EndMove, error)) error
	AddProblem(ctx context.Context, trial uuid.UUID, form access.Form, decide func(a access.Actor, state string, closed []time.Time) (Problem, error)) error
	SettleProblem(ctx context.Context, problem uuid.UUID, form access.Form, decide func(access.Actor, Problem) (string, error)) (trial uuid.UUID, err error)
	AddAssessment(ctx context.Context, trial uuid.UUID, form access.Form, decide func(access.Actor, Trial) (Assessment, error)) error
	AddWaiver(ctx context.Context, trial uuid.UUID, form access.Form, decide func(access.Actor, Trial) (string, error)) error
	StoreComment(ctx context.Context, trial uuid.UUID, form access.Form, decide func(access.Actor) (string, error)) error
	MyTrials(ctx context.Context) (MyTrials, error)

	TrialBalance(ctx context.Context, enrolment uuid.UUID) (Plan, error)
	EndEvidence(ctx context.Context, evidence uuid.UUID, form access.Form, decide func(access.Actor) (string, error)) (enrolment uuid.UUID, err error)
	AddDiary(ctx context.Context, trial uuid.UUID, form access.Form, decide func(a access.Actor, state string) (DiaryDay, error)) error
	AddEvidence(ctx context.Context, enrolment uuid.UUID, form access.Form, decide func(access.Actor) (EvidenceForm, error)) error
	Matching(ctx context.Context, enrolment uuid.UUID) (Matching, error)
	UnplacedPeople(ctx context.Context) ([]Unplaced, error)
	StoreProfile(ctx context.Context, enrolment uuid.UUID, form access.Form, decide func(a access.Actor, open bool) (Profile, error)) error

	OpenDays(ctx context.Context) (OpenDayPlan, error)
	AddOpenDay(ctx context.Context, form access.Form, decide func(access.Actor, OpenDayPlan) (OpenDay, error)) error
	AddSignUp(ctx context.Context, day uuid.UUID, form access.Form, enrolment uuid.UUID, decide func(a access.Actor, d OpenDay, there bool) error) error
	EndSignUp(ctx context.Context, signup uuid.UUID, form access.Form, decide func(a access.Actor, heldOn time.Time) error) error
	CancelOpenDay(ctx context.Context, day uuid.UUID, form access.Form, decide func(a access.Actor, d OpenDay, own bool) error) error
	SignTrial(ctx context.Context, trial uuid.UUID, form access.Form, decide func(access.Actor, Trial) (Signature, error)) error
	MoveTrial(ctx context.Context, do access.Action, trial uuid.UUID, form access.Form, decide func(access.Actor, Trial) (Change, error)) error
	// checkin is the planned contact this one was, or Nil
	AddTrialContact(ctx context.Context, trial, checkin uuid.UUID, form access.Form, decide func(access.Actor) (Contact, error)) error
}

// Service is the room's door for the server.
type Service struct{ Store }

// NewEmployer is an employer with its first site and contact person. The site's id is the form's.
type NewEmployer struct {
	Name, BusinessID, Municipality      string
	Kind, Field                         string
	Same                                bool // another site of the employer this business id belongs to
	SiteName, Address, Tasks            string
	PersonName, PersonPhone, PersonMail string
}

// Add stores an employer with its first site: the Y-tunnus must be a real one (E_BUSINESS_ID). One that is there already
// gets another site, once it is said that it is the same (E_EMPLOYER_KNOWN).
func (s Service) Add(ctx context.Context, form access.Form, n NewEmployer) error {
	return s.CreateEmployer(ctx, form, strings.TrimSpace(n.BusinessID), func(known string) (NewEmployer, error) { return n.check(known) })
}

func (n NewEmployer) check(known string) (NewEmployer, error) {
	var v fault.Invalid
	for _, t := range []*string{&n.Name, &n.BusinessID, &n.Municipality, &n.SiteName, &n.Address, &n.Tasks, &n.PersonName, &n.PersonPhone, &n.PersonMail} {
		*t = strings.TrimSpace(*t)
	}
	v.Require("name", n.Name, 500)
	if !slices.Contains(OrganiserKinds, n.Kind) {
		v.Add("kind_of", "E_CHOICE")
	}
	if !slices.Contains(Fields, n.Field) {
		v.Add("field", "E_CHOICE")
	}
	if n.BusinessID != "" && !ValidBusinessID(n.BusinessID) {
		v.Add("business_id", "E_BUSINESS_ID")
	}
	if known != "" && !n.Same {
		v.Add("business_id", "E_EMPLOYER_KNOWN", "Name", known)
	}
	if n.SiteName == "" {
		n.SiteName = n.Name
	}
	v.Limit("municipality", n.Municipality, 500)
	v.Limit("site", n.SiteName, 500)
	v.Limit("address", n.Address, 500)
	v.Limit("tasks", n.Tasks, 500)
	v.Require("person", n.PersonName, 200)
	v.Limit("phone", n.PersonPhone, 200)
	v.Limit("email", n.PersonMail, 200)
	return n, v.OrNil()
}

// ValidBusinessID checks a Y-tunnus (1234567-8): weights 7 9 10 5 8 4 2, remainder of 11 (domain.md §4).
func ValidBusinessID(s string) bool {
	if len(s) != 9 || s[7] != '-' {
		return false
	}
	sum := 0
	for i, w := range []int{7, 9, 10, 5, 8, 4, 2} {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
		sum += int(s[i]-'0') * w
	}
	r := sum % 11
	return r != 1 && int(s[8]-'0') == (11-r)%11
}

// ContactKinds are the ways a site is contacted.
var ContactKinds = []string{"call", "visit", "message", "meeting"}

// Contact is one contact with a site.
type Contact struct {
	Kind  string
	About string // "" when nobody said
	On    time.Time
}

// Abouts are what a contact with a site was about (domain.md 36).
var Abouts = []string{"induction", "tasks", "guidance", "wellbeing", "agreement", "ending"}

func (c Contact) check(a access.Actor) (Contact, error) {
	var v fault.Invalid
	known := false
	for _, k := range ContactKinds {
		known = known || k == c.Kind
	}
	if !known {
		v.Add("kind", "E_CHOICE")
	}
	switch {
	case c.On.IsZero():
		v.Add("on", "E_DATE")
	case c.On.After(a.Today()):
		v.Add("on", "E_FUTURE")
	case c.On.Before(a.Today().AddDate(-1, 0, 0)):
		v.Add("on", "E_PAST")
	}
	if c.About != "" && !slices.Contains(Abouts, c.About) {
		v.Add("about", "E_CHOICE")
	}
	return c, v.OrNil()
}

// LogSiteContact notes a contact with a site.
func (s Service) LogSiteContact(ctx context.Context, site uuid.UUID, form access.Form, c Contact) error {
	return s.AddSiteContact(ctx, site, form, c.check)
}

// LogTrialContact notes a contact about one trial.
//
// When it was one of the planned ones, checkin names it: that one is done.
func (s Service) LogTrialContact(ctx context.Context, trial, checkin uuid.UUID, form access.Form, c Contact) error {
	return s.AddTrialContact(ctx, trial, checkin, form, c.check)
}

// Site is a site's page.
type Site struct {
	Listed       // the row of the ledger, with what was tried as numbers
	Address      string
	CooledReason string
	Version      int
	Capacity     []Capacity
	PeopleThere  []SitePerson
	Contacts     []LoggedContact `db:"-"` // read apart
	Trials       []SiteTrial     `db:"-"`
}

// SitePerson is a contact person of a site.
type SitePerson struct {
	ID                 uuid.UUID
	Name, Phone, Email string
	Version            int
}

// LoggedContact is a contact with who made it.
type LoggedContact struct {
	Kind  string
	About string
	On    time.Time
	By    string
}

// SiteTrial is a trial of one of the actor's own cases at the site.
type SiteTrial struct {
	ID                  uuid.UUID
	FirstName, LastName string
	State               string
	StartsOn, EndsOn    time.Time
}

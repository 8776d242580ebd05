package programme

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// Reads are the pages of this room. They carry no rule, so handlers ask for them as they are.
type Reads interface {
	Versions(ctx context.Context) ([]Summary, error)
	Version(ctx context.Context, version uuid.UUID) (Version, error)
	NewModelPage(ctx context.Context) error
	LawNumbers(ctx context.Context) ([]LawNumber, error)
}

// Store is what this room needs of the database.
type Store interface {
	Reads

	AddLawNumber(ctx context.Context, form access.Form, decide func(access.Actor, []LawNumber) (LawForm, error)) error
	NewModel(ctx context.Context, form access.Form, decide func(codes []string) (Model, error)) error
	CopyVersion(ctx context.Context, version uuid.UUID, form access.Form) error
	EditVersion(ctx context.Context, version uuid.UUID, form access.Form, decide func(Version) (Model, error)) error
	PublishVersion(ctx context.Context, version uuid.UUID, form access.Form, decide func(Version) error) error
	DropVersion(ctx context.Context, version uuid.UUID, form access.Form, decide func(Version) error) error
}

// Service is the room's door for the server.
type Service struct {
	Reads
	store Store
}

// New is the room over its store.
func New(store Store) Service { return Service{Reads: store, store: store} }

// Summary is a row of the list of models.
type Summary struct {
	ID          uuid.UUID
	Name        string
	Code        string
	Number      int
	Weeks       int
	InCohort    bool
	PublishedAt *time.Time
	Cohorts     int
}

// Version is one version of a model, published or still being edited.
type Version struct {
	ID          uuid.UUID
	Number      int
	Edition     int
	PublishedAt *time.Time
	Asked       int // how many pre-assignments every version of the model sends
	Model
	Cohorts []On `db:"-"` // read apart
	Drafts  int  // of the same model
}

// On is a cohort made from a version.
type On struct {
	Name, Place, State string
	StartsOn, EndsOn   time.Time
}

// Missing counts the texts a language lacks: there the Finnish one is shown.
func (v Version) Missing(lang string) (n int) {
	for _, t := range v.Model.Texts() {
		if t[lang] == "" && t["fi"] != "" {
			n++
		}
	}
	return n
}

// Copy makes the next version of a model, from this one, to be edited. Its id is the form's.
func (s Service) Copy(ctx context.Context, version uuid.UUID, form access.Form) error {
	return s.store.CopyVersion(ctx, version, form)
}

// NewForm is the typed form of a new model, unchecked.
type NewForm struct {
	Code     string // what it is called in reports, never shown to participants
	Name     Text
	InCohort bool
	Chosen   bool // whether it has groups was said
}

// New makes a model with a first version to be edited, from what is usual. Its id is the form's. E_MODEL_CODE: a code is
// 3 to 40 small letters, digits and hyphens, and belongs to no other model.
func (s Service) New(ctx context.Context, form access.Form, f NewForm) error {
	return s.store.NewModel(ctx, form, func(codes []string) (Model, error) {
		var v fault.Invalid
		m := Model{
			Code: strings.TrimSpace(f.Code), Name: f.Name.trimmed(), InCohort: f.InCohort, Shape: Usual(), CoachingKind: CoachingKinds[0],
			Weeks: 4, SizeMin: 1, SizeMax: 1, ReviewParties: slices.Clone(Parties), Outcomes: slices.Clone(Outcomes), Themes: make([]Text, 4),
		}
		if m.InCohort {
			m.SizeMin, m.SizeMax = 8, 10
		}
		if !codePattern.MatchString(m.Code) || slices.Contains(codes, m.Code) {
			v.Add("code", "E_MODEL_CODE")
		}
		if m.Name["fi"] == "" {
			v.Add("name"+inFinnish, "E_REQUIRED")
		}
		if !f.Chosen {
			v.Add("in_cohort", "E_CHOICE")
		}
		return m, v.OrNil()
	})
}

var codePattern = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{2,39}$`)

// draft refuses what only a draft may have done to it.
func (v Version) draft() error {
	if v.PublishedAt != nil {
		return fault.One("", "E_PUBLISHED")
	}
	return nil
}

// edit changes a draft: E_PUBLISHED once it is published.
func (s Service) edit(ctx context.Context, version uuid.UUID, form access.Form, change func(*Model, *fault.Invalid)) error {
	return s.store.EditVersion(ctx, version, form, func(x Version) (Model, error) {
		if err := x.draft(); err != nil {
			return x.Model, err
		}
		var v fault.Invalid
		m := x.Model
		change(&m, &v)
		return m, v.OrNil()
	})
}

// Publish makes a version the one new cohorts are made from, and unchangeable: E_PREASSIGN_COUNT when it sends another
// number of pre-assignments than its model, E_MODEL_… for what is not finished.
func (s Service) Publish(ctx context.Context, version uuid.UUID, form access.Form) error {
	return s.store.PublishVersion(ctx, version, form, func(x Version) error {
		if err := x.draft(); err != nil {
			return err
		}
		return x.Unready().OrNil()
	})
}

// Unready is what keeps a draft from being published.
func (v Version) Unready() fault.Invalid {
	out := v.Model.Problems()
	if v.Number > 1 && len(v.Model.PreAssigns) != v.Asked {
		out.Add("", "E_PREASSIGN_COUNT", "N", v.Asked)
	}
	return out
}

// Drop throws a draft away; a published version stays (E_PUBLISHED).
func (s Service) Drop(ctx context.Context, version uuid.UUID, form access.Form) error {
	return s.store.DropVersion(ctx, version, form, Version.draft)
}

// inFinnish ends the name of the field of a text that has to be there: the other languages fall back to it.
const inFinnish = ".fi"

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

// EvidenceForm tells of an earlier trial, or of a time without work, with what shows it; unchecked.
type EvidenceForm struct {
	Kind, Organiser  string
	From, Until      time.Time
	UntilGiven       bool
	Source, Evidence string
}

// Sources of evidence.
var (
	EvidenceKinds = []string{"trial", "unemployed"}
	Sources       = []string{"participant", "authority", "document", "organiser"}
)

// Note stores evidence for the trial balance.
func (s Service) Note(ctx context.Context, enrolment uuid.UUID, form access.Form, f EvidenceForm) error {
	return s.store.AddEvidence(ctx, enrolment, form, func(a access.Actor) (EvidenceForm, error) {
		var v fault.Invalid
		f.Organiser, f.Evidence = strings.TrimSpace(f.Organiser), strings.TrimSpace(f.Evidence)
		if !slices.Contains(EvidenceKinds, f.Kind) {
			v.Add("kind", "E_CHOICE")
		}
		if f.Kind == "trial" && f.Organiser == "" {
			v.Add("organiser", "E_REQUIRED")
		}
		switch {
		case f.From.IsZero():
			v.Add("from", "E_DATE")
		case f.From.After(a.Today()):
			v.Add("from", "E_FUTURE")
		case f.From.Before(a.Today().AddDate(-60, 0, 0)):
			v.Add("from", "E_PAST")
		}
		switch {
		case f.Kind == "unemployed" && f.Until.After(a.Today()), f.Until.After(a.Today().AddDate(1, 0, 0)):
			v.Add("until", "E_FUTURE")
		case f.Until.IsZero() && (f.Kind == "trial" || f.UntilGiven):
			v.Add("until", "E_DATE")
		case !f.Until.IsZero() && f.Until.Before(f.From):
			v.Add("until", "E_DATE_ORDER")
		}
		if !slices.Contains(Sources, f.Source) {
			v.Add("source", "E_CHOICE")
		}
		v.Limit("organiser", f.Organiser, 200)
		v.Require("evidence", f.Evidence, 500)
		return f, v.OrNil()
	})
}

// WithdrawEvidence takes back what was entered by mistake, with why; it stays in the table and counts no more.
func (s Service) WithdrawEvidence(ctx context.Context, evidence uuid.UUID, form access.Form, why string) (enrolment uuid.UUID, err error) {
	return s.store.EndEvidence(ctx, evidence, form, func(access.Actor) (string, error) {
		why = strings.TrimSpace(why)
		var v fault.Invalid
		v.Require("why", why, 200)
		return why, v.OrNil()
	})
}

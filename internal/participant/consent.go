package participant

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
)

// Purposes are what a consent is asked for, one at a time; the statute, not a consent, carries everything else
// (internal/domain.md, h4).
var Purposes = []string{"group_board", "employer_contact", "employer_health", "health_to_provider", "photos_stories", "third_parties"}

// written are those the law wants in writing (380/2023 116 § 4, 118 §): on paper, or by the person's own hand here.
var written = []string{"employer_contact", "employer_health", "health_to_provider"}

// Written tells whether a purpose asks for writing.
func Written(purpose string) bool { return slices.Contains(written, purpose) }

// ConsentWays are how staff may note one.
var ConsentWays = []string{"paper", "oral"}

// ConsentText is the key of the text of a purpose.
func ConsentText(purpose string) string { return "consent." + purpose }

// Consent is a consent, a refusal or a withdrawal as it was given.
type Consent struct {
	Purpose   string
	Given     bool
	How, Lang string
	By        string
	At        time.Time
}

// Consents is everything a person has answered, the newest first.
type Consents struct {
	EnrolmentID         uuid.UUID
	FirstName, LastName string
	Lang                string
	Open                bool
	Answers             []Consent `db:"-"` // read apart, as the texts are
	Texts               Texts     `db:"-"`
}

// On is what counted at a moment: the newest answer until then, nil when there was none.
func (c Consents) On(purpose string, at time.Time) *Consent {
	for i, a := range c.Answers {
		if a.Purpose == purpose && !a.At.After(at) {
			return &c.Answers[i]
		}
	}
	return nil
}

// Withdrawn tells whether what counted at a moment takes back a consent given before.
func (c Consents) Withdrawn(purpose string, at time.Time) bool {
	now := c.On(purpose, at)
	return now != nil && !now.Given &&
		slices.ContainsFunc(c.Answers, func(a Consent) bool { return a.Purpose == purpose && a.Given && a.At.Before(now.At) })
}

// Text is the newest text of a purpose in a language.
func (c Consents) Text(purpose, lang string) TextVersion {
	return c.Texts.In(ConsentText(purpose), lang)
}

// Answer is what is to be stored.
type Answer struct {
	Purpose string
	Given   bool
	How     string
	Lang    string
	Text    uuid.UUID
}

// Consent notes a consent, a refusal or a withdrawal. By staff with how it was given: E_CONSENT_WRITTEN where the law
// wants writing; by the person themself without. A withdrawal is never refused.
func (s Service) Consent(
	ctx context.Context,
	do access.Action,
	enrolment uuid.UUID,
	form access.Form,
	purpose string,
	given bool,
	how string,
) error {
	return s.store.AddConsent(ctx, do, enrolment, form, func(a access.Actor, c Consents) (Answer, error) {
		var v fault.Invalid
		n := Answer{Purpose: purpose, Given: given, How: how, Lang: c.Lang, Text: c.Text(purpose, c.Lang).ID}
		if a.Role == access.Participant {
			n.How, n.Lang = "self", a.Lang
			n.Text = c.Text(purpose, a.Lang).ID
		} else if !slices.Contains(ConsentWays, how) {
			v.Add("how", "E_CHOICE")
		} else if given && how == "oral" && Written(purpose) {
			v.Add("how", "E_CONSENT_WRITTEN")
		}
		if !slices.Contains(Purposes, purpose) || n.Text == uuid.Nil {
			v.Add("", "E_CHOICE")
		}
		if given && !c.Open {
			v.Add("", "E_CASE_CLOSED")
		}
		return n, v.OrNil()
	})
}

// Opened is who opened a person's case on a day: their role and what for, how often.
type Opened struct {
	Day           time.Time
	Role, Purpose string
	Times         int
}

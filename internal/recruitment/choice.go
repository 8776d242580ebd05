package recruitment

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/fault"
	"kuukausi/internal/participant"
)

var ChoiceWays = []string{"paper", "oral"}

const ChoiceText = "voluntary_choice"

const ConsequencesText = "choice_consequences"

// Choice is a recorded voluntary choice.
type Choice struct {
	ChosenOn  time.Time
	How, Lang string
	EnteredBy string
}

// Choosing is the page on which a person's choice is stored: what they read, in their language, and where they would join.
type Choosing struct {
	ID                  uuid.UUID
	FirstName, LastName string
	Lang                string
	State               casework.State
	AnswerBy            *time.Time
	Version             int
	EndsOn              time.Time
	Cohort              *Joining          `db:"-"` // read apart
	Texts               participant.Texts `db:"-"`
}

// ChoiceForm is a person's choice as it was typed, unchecked.
type ChoiceForm struct {
	Chose    bool
	How      string
	ChosenOn time.Time
	Lang     string
}

// NewChoice is a voluntary choice to be stored, with the versions of both texts that were read before it.
type NewChoice struct {
	ChoiceForm
	Text, Consequences uuid.UUID
	StartsOn           time.Time
	States             []casework.State // one after the other: in a month that runs, accepted is active at once
}

// choose checks a choice against the texts there are: E_NO_VOLUNTARY (internal/domain.md 7, 8).
func (f ChoiceForm) choose(texts participant.Texts, today time.Time, v *fault.Invalid) NewChoice {
	c := NewChoice{ChoiceForm: f, Text: texts.In(ChoiceText, f.Lang).ID, Consequences: texts.In(ConsequencesText, f.Lang).ID}
	switch {
	case !f.Chose || !slices.Contains(ChoiceWays, f.How):
		v.Add("chose", "E_NO_VOLUNTARY")
	case f.ChosenOn.IsZero():
		v.Add("chosen_on", "E_DATE")
	case f.ChosenOn.After(today):
		v.Add("chosen_on", "E_FUTURE")
	}
	if c.Text == uuid.Nil || c.Consequences == uuid.Nil {
		v.Add("lang", "E_NO_VOLUNTARY")
	}
	return c
}

// Choose stores that the person said yes to the place they were offered.
func (s Service) Choose(ctx context.Context, enrolment uuid.UUID, form access.Form, f ChoiceForm) error {
	return s.store.StoreChoice(ctx, enrolment, form, func(a access.Actor, c Choosing) (NewChoice, error) { return c.Choose(f, a.Today()) })
}

// Choose is the rule of Service.Choose: E_NO_VOLUNTARY, E_TRANSITION, E_COHORT_FULL, E_COHORT_STATE.
func (c Choosing) Choose(f ChoiceForm, today time.Time) (NewChoice, error) {
	var v fault.Invalid
	choice := f.choose(c.Texts, today, &v)
	choice.States = []casework.State{casework.Accepted}
	if c.State != casework.Invited {
		v.Add("", "E_TRANSITION")
	}
	if j := c.Cohort; j != nil {
		switch {
		case !j.TakesIn(today):
			v.Add("", "E_COHORT_STATE")
		case j.PlacesTaken >= j.SizeMax:
			v.Add("", "E_COHORT_FULL", "N", j.SizeMax)
		}
		choice.StartsOn = j.firstDay(today)
		if j.State == casework.GroupRunning {
			choice.States = append(choice.States, casework.Active)
		}
	}
	return choice, v.OrNil()
}

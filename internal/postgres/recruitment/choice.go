package recruitment

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/participant"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/recruitment"
)

var choiceTexts = door.Args{"keys": []string{recruitment.ChoiceText, recruitment.ConsequencesText}}

// Choosing is the page on which somebody's choice is stored.
func (db Store) Choosing(ctx context.Context, id uuid.UUID) (recruitment.Choosing, error) {
	var c recruitment.Choosing
	err := db.Read(ctx, door.Question{
		Do:      access.ChoiceView,
		Subject: id,
		Scope:   door.ScopeEnrolment,
		Found:   func() bool { return c.ID == id },
		Ask:     func(b *pgx.Batch) { queueChoosing(b, id, &c, "") },
	})
	return c, err
}

// queueChoosing asks for a case whose choice is to be stored, with the cohort it joins; lock takes the cohort's row and
// then the case's.
func queueChoosing(b *pgx.Batch, id uuid.UUID, c *recruitment.Choosing, lock string) {
	a := door.Args{"enrolment": id}
	locked := func(of string) string {
		if lock == "" {
			return ""
		}
		return lock + of
	}
	var joining []recruitment.Joining
	door.List(b, &joining, withCohort(qJoining, `(select e.cohort_id from app.enrolment e where e.id = @enrolment)`)+locked("c"), a)
	door.One(b, c, `select e.id, p.first_name, p.last_name, p.lang, e.state, e.answer_by, e.version, e.ends_on
from app.enrolment e
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
where e.id = @enrolment `+locked("e"), a)
	b.Queue(door.Texts, choiceTexts).Query(func(rows pgx.Rows) (err error) {
		if len(joining) > 0 { // all before it came
			c.Cohort = &joining[0]
		}
		c.Texts, err = pgx.CollectRows(rows, pgx.RowToStructByName[participant.TextVersion])
		return err
	})
}

// StoreChoice stores a choice and takes the place; the cohort's row is locked, so that the last place goes to one.
func (db Store) StoreChoice(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, recruitment.Choosing) (recruitment.NewChoice, error),
) error {
	var c recruitment.Choosing
	return db.Write(ctx, door.Act{Do: access.ChoiceRecord, Subject: id, Form: form,
		Ask:     func(b *pgx.Batch) { queueChoosing(b, id, &c, "for update of ") },
		Found:   func() bool { return c.ID == id },
		Version: func() int { return c.Version },
		Decide: func(a access.Actor) (door.Change, error) {
			n, err := decide(a, c)
			return door.Change{Enrolments: []uuid.UUID{id}, Queue: func(b *pgx.Batch) {
				b.Queue(`update app.enrolment
set
  state = @state,
  starts_on = coalesce(@starts, starts_on),
  answer_by = null,
  version = version + 1
where id = @id`,
					door.Args{"state": n.States[len(n.States)-1], "starts": door.OrNoDay(n.StartsOn), "id": id})
				for _, state := range n.States {
					b.Queue(`insert into app.enrolment_state (org_id, id, enrolment_id, state)
values (@org, @id, @enrolment, @state)`, door.Args{"org": a.OrgID, "id": door.NewID(), "enrolment": id, "state": state})
				}
				queueChoice(b, a.OrgID, id, n)
				if c.Cohort != nil {
					b.Queue(`update app.cohort
set places_taken = places_taken + 1, places_offered = places_offered - 1
where id = @id`, door.Args{"id": c.Cohort.ID})
				}
			}}, err
		}})
}

// queueChoice stores a choice with the versions of the texts that were read.
func queueChoice(b *pgx.Batch, org, enrolment uuid.UUID, n recruitment.NewChoice) {
	b.Queue(
		`insert into app.voluntary_choice (org_id, id, enrolment_id, chosen_on, how, lang, text_version_id, consequences_id)
values (@org, @id, @enrolment, @on, @how, @lang, @text, @consequences)`,
		door.Args{
			"org":          org,
			"id":           door.NewID(),
			"enrolment":    enrolment,
			"on":           n.ChosenOn,
			"how":          n.How,
			"lang":         n.Lang,
			"text":         n.Text,
			"consequences": n.Consequences,
		},
	)
}

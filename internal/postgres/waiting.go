package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
	"kuukausi/internal/participant"
)

// Who waits for a place of @cohort, in order; a person with a place offered stays in the list.
const qWaiting = `select e.id, p.first_name, p.last_name, p.municipality, p.phone, e.state, coalesce(e.queue_number, 0)::int "number", e.answer_by, e.created_at since, e.version,
  ` + expertOf + `
from app.enrolment e join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
where e.cohort_id = @cohort and e.state in ('referred', 'invited')
order by e.queue_number, e.created_at, e.id
limit 200`

// Who was asked, or waited, and did not come.
const qGone = `select e.id, p.first_name, p.last_name, e.closed_at "on"
from app.enrolment e join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
where e.cohort_id = @cohort and e.state = 'not_started' and e.closed_at is not null
order by e.closed_at desc
limit 100`

// qTexts are the newest versions of texts people agree to or are told, in each language.
const qTexts = `select distinct on (t.key, t.lang) t.id, t.key, t.lang, t.body from app.text_version t where t.key = any(@keys) order by t.key, t.lang, t.version desc limit 20`

var choiceTexts = args{"keys": []string{cohort.ChoiceText, cohort.ConsequencesText}}

// Waiting is a cohort's waiting list.
func (db *DB) Waiting(ctx context.Context, id uuid.UUID) (cohort.Waiting, error) {
	var w cohort.Waiting
	var next struct {
		First  *uuid.UUID
		Closed []time.Time
	}
	err := db.read(ctx, question{do: access.WaitingView, subject: id, scope: scopeCohort, found: func() bool { return w.Head.ID == id }, ask: func(b *pgx.Batch) {
		one(b, &w.Head, qJoining, args{"cohort": id})
		list(b, &w.People, qWaiting, args{"cohort": id})
		one(b, &next, `select app.queue_first(@cohort) "first", coalesce((select array_agg(d.day) from app.closed_day d where d.day >= `+today+`), '{}') closed`, args{"cohort": id})
		list(b, &w.Gone, qGone, args{"cohort": id})
	}})
	if w.Closed = next.Closed; next.First != nil {
		w.First = *next.First
	}
	return w, err
}

// OfferPlace stores that a place is held for somebody; the cohort's row is locked, so that one place is held for one.
// It answers in which cohort.
func (db *DB) OfferPlace(ctx context.Context, id uuid.UUID, form access.Form, decide func(access.Actor, cohort.Waiting) (answerBy time.Time, err error)) (uuid.UUID, error) {
	var w cohort.Waiting
	of := `(select e.cohort_id from app.enrolment e where e.id = @enrolment)`
	a := args{"enrolment": id}
	var first []uuid.UUID
	mine := func() *cohort.WaitingPerson {
		for i := range w.People {
			if w.People[i].ID == id {
				return &w.People[i]
			}
		}
		return nil
	}
	err := db.write(ctx, act{do: access.PlaceOffer, subject: id, form: form,
		ask: func(b *pgx.Batch) {
			one(b, &w.Head, withCohort(qJoining, of)+"for update of c", a)
			list(b, &w.People, withCohort(qWaiting, of), a)
			values(b, &first, `select f from app.queue_first(`+of+`) f where f is not null`, a)
		},
		found:   func() bool { return mine() != nil },
		version: func() int { return mine().Version },
		decide: func(actor access.Actor) (change, error) {
			if len(first) > 0 {
				w.First = first[0]
			}
			answerBy, err := decide(actor, w)
			return change{enrolments: []uuid.UUID{id}, queue: func(b *pgx.Batch) {
				b.Queue(`update app.enrolment set state = 'invited', answer_by = @by, version = version + 1 where id = @id`, args{"by": answerBy, "id": id})
				b.Queue(`update app.cohort set places_offered = places_offered + 1 where id = @id`, args{"id": w.Head.ID})
				b.Queue(`insert into app.enrolment_state (org_id, id, enrolment_id, state) values (@org, @id, @enrolment, 'invited')`, args{"org": actor.OrgID, "id": newID(), "enrolment": id})
			}}, err
		}})
	return w.Head.ID, err
}

// Choosing is the page on which somebody's choice is stored.
func (db *DB) Choosing(ctx context.Context, id uuid.UUID) (cohort.Choosing, error) {
	var c cohort.Choosing
	err := db.read(ctx, question{do: access.ChoiceView, subject: id, scope: scopeEnrolment, found: func() bool { return c.ID == id }, ask: func(b *pgx.Batch) { queueChoosing(b, id, &c, "") }})
	return c, err
}

// queueChoosing asks for a case whose choice is to be stored, with the cohort it joins; lock takes the cohort's row and
// then the case's.
func queueChoosing(b *pgx.Batch, id uuid.UUID, c *cohort.Choosing, lock string) {
	a := args{"enrolment": id}
	locked := func(of string) string {
		if lock == "" {
			return ""
		}
		return lock + of
	}
	var joining []cohort.Joining
	list(b, &joining, withCohort(qJoining, `(select e.cohort_id from app.enrolment e where e.id = @enrolment)`)+locked("c"), a)
	one(b, c, `select e.id, p.first_name, p.last_name, p.lang, e.state, e.answer_by, e.version, e.ends_on
from app.enrolment e
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
where e.id = @enrolment `+locked("e"), a)
	b.Queue(qTexts, choiceTexts).Query(func(rows pgx.Rows) (err error) {
		if len(joining) > 0 { // all before it came
			c.Cohort = &joining[0]
		}
		c.Texts, err = pgx.CollectRows(rows, pgx.RowToStructByName[participant.TextVersion])
		return err
	})
}

// StoreChoice stores a choice and takes the place; the cohort's row is locked, so that the last place goes to one.
func (db *DB) StoreChoice(ctx context.Context, id uuid.UUID, form access.Form, decide func(access.Actor, cohort.Choosing) (cohort.NewChoice, error)) error {
	var c cohort.Choosing
	return db.write(ctx, act{do: access.ChoiceRecord, subject: id, form: form,
		ask:     func(b *pgx.Batch) { queueChoosing(b, id, &c, "for update of ") },
		found:   func() bool { return c.ID == id },
		version: func() int { return c.Version },
		decide: func(a access.Actor) (change, error) {
			n, err := decide(a, c)
			return change{enrolments: []uuid.UUID{id}, queue: func(b *pgx.Batch) {
				b.Queue(`update app.enrolment set state = @state, starts_on = coalesce(@starts, starts_on), answer_by = null, version = version + 1 where id = @id`,
					args{"state": n.States[len(n.States)-1], "starts": orNoDay(n.StartsOn), "id": id})
				for _, state := range n.States {
					b.Queue(`insert into app.enrolment_state (org_id, id, enrolment_id, state) values (@org, @id, @enrolment, @state)`, args{"org": a.OrgID, "id": newID(), "enrolment": id, "state": state})
				}
				queueChoice(b, a.OrgID, id, n)
				if c.Cohort != nil {
					b.Queue(`update app.cohort set places_taken = places_taken + 1, places_offered = places_offered - 1 where id = @id`, args{"id": c.Cohort.ID})
				}
			}}, err
		}})
}

// queueChoice stores a choice with the versions of the texts that were read.
func queueChoice(b *pgx.Batch, org, enrolment uuid.UUID, n cohort.NewChoice) {
	b.Queue(`insert into app.voluntary_choice (org_id, id, enrolment_id, chosen_on, how, lang, text_version_id, consequences_id)
values (@org, @id, @enrolment, @on, @how, @lang, @text, @consequences)`,
		args{"org": org, "id": newID(), "enrolment": enrolment, "on": n.ChosenOn, "how": n.How, "lang": n.Lang, "text": n.Text, "consequences": n.Consequences})
}

func orNoDay(d time.Time) any {
	if d.IsZero() {
		return nil
	}
	return d
}

// Cohorts that take people in, as somebody sees them who works with none.
const qRecruiting = `select c.id, c.version_id, c.name, c.place, c.starts_on, c.ends_on, c.places_taken, c.size_max from app.recruiting() c`

// ServiceReferralPlan is what an expert refers a person with; guest is of an info session, or Nil.
func (db *DB) ServiceReferralPlan(ctx context.Context, guest uuid.UUID) (cohort.ServiceReferralPlan, error) {
	var p cohort.ServiceReferralPlan
	var names []string
	err := db.read(ctx, question{do: access.ServiceReferralNew, ask: func(b *pgx.Batch) {
		list(b, &p.Cohorts, qRecruiting, nil)
		values(b, &names, `select g.name from app.info_guest g where g.id = @guest`, args{"guest": orNull(guest)})
	}})
	if len(names) > 0 {
		p.Guest = names[0]
	}
	return p, err
}

// AddServiceReferral stores a person, their case on the cohort's waiting list and the evidence. The case's id is the
// form's; a trigger makes the expert its party.
func (db *DB) AddServiceReferral(ctx context.Context, form access.Form, who cohort.Lookup, decide func(access.Actor, cohort.ServiceReferralPlan) (cohort.ServiceReferral, error)) error {
	var p cohort.ServiceReferralPlan
	return db.write(ctx, act{do: access.ServiceReferralMake, subject: form.ID, form: form,
		ask: func(b *pgx.Batch) {
			list(b, &p.Cohorts, qRecruiting, nil)
			queueKnown(b, who, &p.Known)
		},
		decide: func(a access.Actor) (change, error) {
			r, err := decide(a, p)
			return change{enrolments: []uuid.UUID{form.ID}, queue: func(b *pgx.Batch) {
				queuePerson(b, a, r.Person)
				c := r.Cohort
				queueEnrolment(b, a, form.ID, r.Person, newCase{cohort: &c.ID, version: c.VersionID, state: cohort.Referred, starts: c.StartsOn, ends: c.EndsOn})
				e := r.Eligibility
				b.Queue(qAddEligibility, args{"org": a.OrgID, "id": newID(), "enrolment": form.ID,
					"since": e.UnemployedSince, "assessed": e.AssessedOn, "assessment": e.Assessment, "note": e.ExpertNote})
			}}, err
		}})
}

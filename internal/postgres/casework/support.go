package casework

import (
	"context"
	"maps"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/postgres/door"
)

// addToCase stores something new of a case, which decide may refuse by the case's state; words, when not nil, gets the
// organisation's list.
func (db Store) addToCase(
	ctx context.Context,
	do access.Action,
	id uuid.UUID,
	form access.Form,
	words *[]string,
	decide func(access.Actor, casework.NoteCase) (func(*pgx.Batch), error),
) error {
	var states []casework.State
	return db.Write(ctx, door.Act{Do: do, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			door.Values(b, &states, `select e.state from app.enrolment e where e.id = @enrolment`, door.Args{"enrolment": id})
			if words != nil {
				door.Values(b, words, qWords, nil)
			}
		},
		Found: func() bool { return len(states) > 0 },
		Decide: func(a access.Actor) (door.Change, error) {
			c := casework.NoteCase{State: states[0]}
			if words != nil {
				c.Words = *words
			}
			queue, err := decide(a, c)
			return door.Change{Enrolments: []uuid.UUID{id}, Queue: queue}, err
		}})
}

const (
	qEligibility = `select
  e.unemployed_since,
  e.assessed_on,
  e.assessment,
  e.expert_note,
  m.name by,
  e.at,
  (
    select jsonb_agg(
      jsonb_build_object(
        'Key', l.key, 'ValidFrom', l.valid_from::timestamp at time zone 'UTC', 'Value', l.value, 'Source', l.source))
    from (` + door.Law + `) l
    where l.key = 'long_term_unemployed') long_term
from app.eligibility e
join app.membership m on m.org_id = e.org_id and m.id = e.entered_by
where e.enrolment_id = @enrolment
order by e.at desc, e.id desc
limit 20`
	qObstacles = `select o.id, o.area, o.body, o.source, m.name by, o.at, o.solved_at, o.version
from app.obstacle o join app.membership m on m.org_id = o.org_id and m.id = o.entered_by
where o.enrolment_id = @enrolment
order by o.solved_at is not null, o.at
limit 100`
	qReferrals = `select r.kind, r.reason, r.agreed_on, r.agreed_how, m.name by, r.at
from app.referral r join app.membership m on m.org_id = r.org_id and m.id = r.entered_by
where r.enrolment_id = @enrolment
order by r.at desc
limit 50`
)

// Support is a person's page of what they need; an expert gets the evidence of it only, by policy.
func (db Store) Support(ctx context.Context, id uuid.UUID) (casework.Support, error) {
	var s casework.Support
	a := door.Args{"enrolment": id}
	err := db.Read(ctx, door.Question{
		Do:      access.SupportView,
		Subject: id,
		Scope:   door.ScopeEnrolment,
		Found:   func() bool { return s.Case.ID == id },
		Ask: func(b *pgx.Batch) {
			door.One(b, &s.Case, door.Case(door.NoGoals, ""), a)
			door.List(b, &s.Eligibility, qEligibility, a)
			door.List(b, &s.Obstacles, qObstacles, a)
			door.List(b, &s.Referrals, qReferrals, a)
		},
	})
	return s, err
}

// AddSupport stores evidence, an obstacle or a referral; its id is the form's.
func (db Store) AddSupport(
	ctx context.Context,
	do access.Action,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, casework.NoteCase) (casework.Addition, error),
) error {
	return db.addToCase(ctx, do, id, form, nil, func(a access.Actor, c casework.NoteCase) (func(*pgx.Batch), error) {
		x, err := decide(a, c)
		key := door.Args{"org": a.OrgID, "id": form.ID, "enrolment": id}
		with := func(more door.Args) door.Args { maps.Copy(more, key); return more }
		return func(b *pgx.Batch) {
			switch x := x.(type) {
			case casework.Eligibility:
				b.Queue(
					door.AddEligibility,
					with(door.Args{"since": x.UnemployedSince, "assessed": x.AssessedOn, "assessment": x.Assessment, "note": x.ExpertNote}),
				)
			case casework.Obstacle:
				b.Queue(`insert into app.obstacle (org_id, id, enrolment_id, area, body, source)
values (@org, @id, @enrolment, @area, @body, @source)`, with(door.Args{"area": x.Area, "body": x.Body, "source": x.Source}))
			case casework.Referral:
				b.Queue(`insert into app.referral (org_id, id, enrolment_id, kind, reason, agreed_on, agreed_how)
values (@org, @id, @enrolment, @kind, @reason, @on, @how)`, with(door.Args{"kind": x.Kind, "reason": x.Reason,
					"on": x.AgreedOn, "how": x.AgreedHow}))
			}
		}, err
	})
}

// SolveObstacle notes that an obstacle is out of the way, and answers whose it was.
func (db Store) SolveObstacle(ctx context.Context, id uuid.UUID, form access.Form) (uuid.UUID, error) {
	return db.Settle(ctx, access.ObstacleSolve, id, form, `select
  o.enrolment_id "of",
  array[o.enrolment_id] cases,
  o.version,
  o.solved_at is not null done
from app.obstacle o
where o.id = @id
for update`,
		`update app.obstacle set solved_at = @now, solved_by = @by, version = version + 1 where id = @id`)
}

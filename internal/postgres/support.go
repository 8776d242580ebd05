package postgres

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
)

const (
	qEligibility = `select e.unemployed_since, e.assessed_on, e.assessment, e.expert_note, m.name by, e.at,
  (select jsonb_agg(jsonb_build_object('Key', l.key, 'ValidFrom', l.valid_from::timestamp at time zone 'UTC', 'Value', l.value, 'Source', l.source)) from (` + qLaw + `) l where l.key = 'long_term_unemployed') long_term
from app.eligibility e join app.membership m on m.org_id = e.org_id and m.id = e.entered_by
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
func (db *DB) Support(ctx context.Context, id uuid.UUID) (cohort.Support, error) {
	var s cohort.Support
	a := args{"enrolment": id}
	err := db.read(ctx, question{do: access.SupportView, subject: id, scope: scopeEnrolment, found: func() bool { return s.Case.ID == id }, ask: func(b *pgx.Batch) {
		one(b, &s.Case, sqlf(qCase, "0", ""), a)
		list(b, &s.Eligibility, qEligibility, a)
		list(b, &s.Obstacles, qObstacles, a)
		list(b, &s.Referrals, qReferrals, a)
	}})
	return s, err
}

// qAddEligibility stores evidence of a case.
const qAddEligibility = `insert into app.eligibility (org_id, id, enrolment_id, unemployed_since, assessed_on, assessment, expert_note)
values (@org, @id, @enrolment, @since, @assessed, @assessment, @note)`

// AddEligibility stores evidence.
func (db *DB) AddEligibility(ctx context.Context, id uuid.UUID, form access.Form, decide func(access.Actor, cohort.NoteCase) (cohort.Eligibility, error)) error {
	return db.addToCase(ctx, access.EligibilityRecord, id, form, nil, func(a access.Actor, c cohort.NoteCase) (func(*pgx.Batch), error) {
		e, err := decide(a, c)
		return func(b *pgx.Batch) {
			b.Queue(qAddEligibility, args{"org": a.OrgID, "id": form.ID, "enrolment": id,
				"since": e.UnemployedSince, "assessed": e.AssessedOn, "assessment": e.Assessment, "note": e.ExpertNote})
		}, err
	})
}

// AddObstacle stores an obstacle.
func (db *DB) AddObstacle(ctx context.Context, id uuid.UUID, form access.Form, decide func(access.Actor, cohort.NoteCase) (cohort.Obstacle, error)) error {
	return db.addToCase(ctx, access.ObstacleName, id, form, nil, func(a access.Actor, c cohort.NoteCase) (func(*pgx.Batch), error) {
		o, err := decide(a, c)
		return func(b *pgx.Batch) {
			b.Queue(`insert into app.obstacle (org_id, id, enrolment_id, area, body, source) values (@org, @id, @enrolment, @area, @body, @source)`,
				args{"org": a.OrgID, "id": form.ID, "enrolment": id, "area": o.Area, "body": o.Body, "source": o.Source})
		}, err
	})
}

// AddReferral stores a referral.
func (db *DB) AddReferral(ctx context.Context, id uuid.UUID, form access.Form, decide func(access.Actor, cohort.NoteCase) (cohort.Referral, error)) error {
	return db.addToCase(ctx, access.ReferralMake, id, form, nil, func(a access.Actor, c cohort.NoteCase) (func(*pgx.Batch), error) {
		r, err := decide(a, c)
		return func(b *pgx.Batch) {
			b.Queue(`insert into app.referral (org_id, id, enrolment_id, kind, reason, agreed_on, agreed_how) values (@org, @id, @enrolment, @kind, @reason, @on, @how)`,
				args{"org": a.OrgID, "id": form.ID, "enrolment": id, "kind": r.Kind, "reason": r.Reason, "on": r.AgreedOn, "how": r.AgreedHow})
		}, err
	})
}

// SolveObstacle notes that an obstacle is out of the way, and answers whose it was.
func (db *DB) SolveObstacle(ctx context.Context, id uuid.UUID, form access.Form) (uuid.UUID, error) {
	return db.settle(ctx, access.ObstacleSolve, id, form, `select o.enrolment_id "of", array[o.enrolment_id] cases, o.version, o.solved_at is not null done from app.obstacle o where o.id = @id for update`,
		`update app.obstacle set solved_at = @now, solved_by = @by, version = version + 1 where id = @id`)
}

package recruitment

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/recruitment"
)

// Cohorts that take people in, as somebody sees them who works with none.
const qRecruiting = `select
  c.id,
  c.version_id,
  c.name,
  c.place,
  c.starts_on,
  c.ends_on,
  c.places_taken,
  c.size_max
from app.recruiting() c`

// ServiceReferralPlan is what an expert refers a person with; guest is of an info session, or Nil.
func (db Store) ServiceReferralPlan(ctx context.Context, guest uuid.UUID) (recruitment.ServiceReferralPlan, error) {
	var p recruitment.ServiceReferralPlan
	var names []string
	err := db.Read(ctx, door.Question{Do: access.ServiceReferralNew, Ask: func(b *pgx.Batch) {
		door.List(b, &p.Cohorts, qRecruiting, nil)
		door.Values(b, &names, `select g.name from app.info_guest g where g.id = @guest`, door.Args{"guest": door.OrNull(guest)})
	}})
	if len(names) > 0 {
		p.Guest = names[0]
	}
	return p, err
}

// AddServiceReferral stores a person, their case on the cohort's waiting list and the evidence. The case's id is the
// form's; a trigger makes the expert its party.
func (db Store) AddServiceReferral(
	ctx context.Context,
	form access.Form,
	who recruitment.Lookup,
	decide func(access.Actor, recruitment.ServiceReferralPlan) (recruitment.ServiceReferral, error),
) error {
	var p recruitment.ServiceReferralPlan
	return db.Matched(ctx, who.First, who.Last, who.Born, who.Index, db.Write(ctx, door.Act{
		Do: access.ServiceReferralMake, Subject: form.ID, Form: form,
		Ask: func(b *pgx.Batch) {
			door.List(b, &p.Cohorts, qRecruiting, nil)
			queueKnown(b, who, &p.Known)
		},
		Decide: func(a access.Actor) (door.Change, error) {
			r, err := decide(a, p)
			return door.Change{Enrolments: []uuid.UUID{form.ID}, Queue: func(b *pgx.Batch) {
				queuePerson(b, a, r.Person)
				queueJoined(b, r.Guest)
				c := r.Cohort
				queueEnrolment(
					b,
					a,
					form.ID,
					r.Person,
					newCase{cohort: &c.ID, version: c.VersionID, state: casework.Referred, starts: c.StartsOn, ends: c.EndsOn},
				)
				e := r.Eligibility
				b.Queue(door.AddEligibility, door.Args{"org": a.OrgID, "id": door.NewID(), "enrolment": form.ID,
					"since": e.UnemployedSince, "assessed": e.AssessedOn, "assessment": e.Assessment, "note": e.ExpertNote})
			}}, err
		}}))
}

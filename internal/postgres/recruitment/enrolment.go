package recruitment

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/programme"
	"kuukausi/internal/recruitment"
)

const qJoining = `select
  c.id,
  c.name,
  c.state,
  c.starts_on,
  c.ends_on,
  coalesce((select min(m.held_on) from app.meeting m where m.cohort_id = c.id and m.day = 3), c.starts_on) third_day,
  (
    select min(m.held_on)
    from app.meeting m
    where m.cohort_id = c.id
      and m.cancelled_at is null
      and m.held_on >= ` + door.Today + `) next_day,
  c.size_max,
  c.places_taken,
  c.places_offered - app.offers_lapsed(c.id) places_offered,
  app.queue_first(c.id) is not null waiting,
  c.version_id,
  c.shape
from app.cohort c
where c.id = @cohort `

// withCohort is a query about @cohort about another expression.
func withCohort(query, of string) string { return strings.ReplaceAll(query, "@cohort", of) }

// queueEnrolmentPlan asks for what enrolling needs; lock takes the cohort's row, so that the last place goes to one.
func queueEnrolmentPlan(
	b *pgx.Batch,
	id, version uuid.UUID,
	p *recruitment.EnrolmentPlan,
	joining *[]recruitment.Joining,
	vs *[]programme.Published,
	lock string,
) {
	door.List(b, joining, qJoining+lock, door.Args{"cohort": id})
	door.List(b, vs, door.Published+" and v.id = @version", door.Args{"version": version})
	door.List(b, &p.Slots, `select
  s.version_id,
  s.day,
  s.half,
  s.week,
  s.starts_at,
  s.ends_at,
  s.kind
from app.programme_slot s
where s.version_id = @version
order by s.day, s.half
limit 2000`, door.Args{"version": version})
	door.List(b, &p.Colleagues, door.Colleagues, nil)
	door.Values(b, &p.Closed, door.Closed, nil)
	door.List(b, &p.Texts, door.Texts, choiceTexts)
}

// Who came to an info session lately and has not joined, as far as the reader knows them.
var qGuests = door.Q(qGuest + `where g.came
  and g.joined_at is null
  and i.held_on > {today} - @days::int
order by i.held_on desc, g.name collate "fi-x-icu"
limit 50`)

// queueJoined notes that a guest of an info session was referred or enrolled.
func queueJoined(b *pgx.Batch, guest uuid.UUID) {
	if guest != uuid.Nil {
		b.Queue(door.Q(`update app.info_guest set joined_at = {now} where id = @guest`), door.Args{"guest": guest})
	}
}

// EnrolmentPlan is the page on which a person joins a cohort.
func (db Store) EnrolmentPlan(ctx context.Context, id uuid.UUID) (recruitment.EnrolmentPlan, error) {
	var p recruitment.EnrolmentPlan
	var joining []recruitment.Joining
	err := db.Read(
		ctx,
		door.Question{Do: access.EnrolmentNew, Subject: id, Found: func() bool { return len(joining) > 0 }, Ask: func(b *pgx.Batch) {
			door.List(b, &joining, qJoining, door.Args{"cohort": id})
			door.List(b, &p.Colleagues, door.Colleagues, nil)
			door.List(b, &p.Texts, door.Texts, choiceTexts)
			door.List(b, &p.Guests, qGuests, door.Args{"days": recruitment.GuestDays})
		}},
	)
	if len(joining) > 0 {
		p.Cohort = &joining[0]
	}
	return p, err
}

// CasePlan is the page on which a person begins on a programme of their own: the newest published version of each.
func (db Store) CasePlan(ctx context.Context) (recruitment.EnrolmentPlan, error) {
	var p recruitment.EnrolmentPlan
	return p, db.Read(ctx, door.Question{Do: access.CaseNew, Ask: func(b *pgx.Batch) {
		door.List(b, &p.Programmes, `select
  v.id,
  `+door.Text("v.id", "'name'")+` name,
  v.version "number",
  v.in_cohort,
  v.weeks,
  v.size_min,
  v.size_max,
  v.shape
from app.programme_version v
where not v.in_cohort
  and v.published_at is not null
  and not exists (
    select
    from app.programme_version n
    where n.org_id = v.org_id
      and n.model_id = v.model_id
      and n.version > v.version
      and n.published_at is not null)
order by name
limit 50`, nil)
		door.List(b, &p.Colleagues, door.Colleagues, nil)
		door.List(b, &p.Texts, door.Texts, choiceTexts)
	}})
}

// Enrol stores a person with their case, choice and parties. The enrolment's id is the form's; with a nil cohort the
// case belongs to the version alone.
func (db Store) Enrol(
	ctx context.Context,
	form access.Form,
	id, version uuid.UUID,
	who recruitment.Lookup,
	decide func(access.Actor, recruitment.EnrolmentPlan) (recruitment.NewEnrolment, error),
) error {
	var p recruitment.EnrolmentPlan
	var joining []recruitment.Joining
	var vs []programme.Published
	do := access.EnrolmentCreate
	if id == uuid.Nil {
		do = access.CaseCreate
	}
	return db.Matched(ctx, who.First, who.Last, who.Born, who.Index, db.Write(ctx, door.Act{Do: do, Subject: form.ID, Form: form,
		Ask: func(b *pgx.Batch) {
			queueEnrolmentPlan(b, id, version, &p, &joining, &vs, "for update of c")
			queueKnown(b, who, &p.Known)
			door.Values(
				b,
				&p.Here,
				`select e.participant_id
from app.enrolment e
where (e.cohort_id = @cohort or @cohort::uuid is null and e.cohort_id is null and e.version_id = @version)
  and e.closed_at is null`,
				door.Args{"cohort": door.OrNull(id), "version": door.OrNull(version)},
			)
		},
		About: id,
		Found: func() bool { return id == uuid.Nil || len(joining) > 0 },
		Decide: func(a access.Actor) (door.Change, error) {
			if len(joining) > 0 {
				p.Cohort = &joining[0]
				version = p.Cohort.VersionID
			}
			if len(vs) > 0 {
				p.Version = vs[0]
			}
			n, err := decide(a, p)
			return door.Change{Enrolments: []uuid.UUID{form.ID}, Queue: func(b *pgx.Batch) {
				queuePerson(b, a, n.Person)
				queueJoined(b, n.Guest)
				c := newCase{version: version, state: n.State, starts: n.StartsOn, ends: n.EndsOn}
				if id != uuid.Nil {
					c.cohort = &id
				}
				queueEnrolment(b, a, form.ID, n.Person, c)
				b.Queue(
					`select app.assign_party(@id, @enrolment, @who, 'expert', @until, 'enrolment')`,
					door.Args{"id": door.NewID(), "enrolment": form.ID, "who": n.Expert, "until": n.PartiesUntil},
				)
				if n.Coordinator != uuid.Nil {
					b.Queue(
						`select app.assign_party(@id, @enrolment, @who, 'coordinator', @until, 'enrolment')`,
						door.Args{"id": door.NewID(), "enrolment": form.ID, "who": n.Coordinator, "until": n.PartiesUntil},
					)
				}
				if n.Choice != nil {
					queueChoice(b, a.OrgID, form.ID, *n.Choice)
				}
				if id != uuid.Nil && n.Choice != nil {
					b.Queue(`update app.cohort set places_taken = places_taken + 1 where id = @id`, door.Args{"id": id})
				}
				door.QueueMeetings(b, a.OrgID, "enrolment_id", form.ID, door.HalfDays(n.Meetings))
			}}, err
		}}))
}

// newCase is a case to be stored.
type newCase struct {
	cohort       *uuid.UUID
	version      uuid.UUID
	state        casework.State
	starts, ends time.Time
}

// queueEnrolment stores a case, its first state and its person's code; who waits gets the next number of the cohort's list.
func queueEnrolment(b *pgx.Batch, a access.Actor, id uuid.UUID, person recruitment.NewPerson, c newCase) {
	b.Queue(
		`insert into app.enrolment (
  org_id, id, participant_id, cohort_id, version_id, state, queue_number, starts_on, ends_on, created_by)
values (
  @org, @id, @person, @cohort, @version, @state, case when @state = 'referred' then app.queue_next(@cohort) end,
  @starts, @ends, @by)`,
		door.Args{
			"org":     a.OrgID,
			"id":      id,
			"person":  person.ID,
			"cohort":  c.cohort,
			"version": c.version,
			"state":   c.state,
			"starts":  c.starts,
			"ends":    c.ends,
			"by":      a.ID,
		},
	)
	b.Queue(`insert into app.enrolment_state (org_id, id, enrolment_id, state)
values (@org, @id, @enrolment, @state)`, door.Args{"org": a.OrgID, "id": door.NewID(), "enrolment": id, "state": c.state})
	queueCode(b, a.OrgID, person.ID, person.Code)
}

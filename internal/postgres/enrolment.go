package postgres

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
	"kuukausi/internal/participant"
)

const qJoining = `select c.id, c.name, c.state, c.starts_on, c.ends_on,
  coalesce((select min(m.held_on) from app.meeting m where m.cohort_id = c.id and m.day = 3), c.starts_on) third_day,
  (select min(m.held_on) from app.meeting m where m.cohort_id = c.id and m.cancelled_at is null and m.held_on >= ` + today + `) next_day, c.size_max, c.places_taken, c.places_offered - app.offers_lapsed(c.id) places_offered, app.queue_first(c.id) is not null waiting, c.version_id
from app.cohort c
where c.id = @cohort `

// withCohort is a query about @cohort about another expression.
func withCohort(query, of string) string { return strings.ReplaceAll(query, "@cohort", of) }

// queueEnrolmentPlan asks for what enrolling needs; lock takes the cohort's row, so that the last place goes to one.
func queueEnrolmentPlan(b *pgx.Batch, id, version uuid.UUID, p *cohort.EnrolmentPlan, joining *[]cohort.Joining, vs *[]cohort.Version, lock string) {
	list(b, joining, qJoining+lock, args{"cohort": id})
	list(b, vs, `select v.id, `+text("v.id", "'name'")+` name, v.version "number", v.in_cohort, v.weeks, v.size_min, v.size_max
from app.programme_version v
where v.id = @version and v.published_at is not null`, args{"version": version})
	list(b, &p.Slots, `select s.version_id, s.day, s.half, s.week, s.starts_at, s.ends_at, s.kind from app.programme_slot s where s.version_id = @version order by s.day, s.half limit 2000`, args{"version": version})
	list(b, &p.Colleagues, qColleagues, nil)
	values(b, &p.Closed, qClosed, nil)
	list(b, &p.Texts, qTexts, choiceTexts)
}

// EnrolmentPlan is the page on which a person joins a cohort.
func (db *DB) EnrolmentPlan(ctx context.Context, id uuid.UUID) (cohort.EnrolmentPlan, error) {
	var p cohort.EnrolmentPlan
	var joining []cohort.Joining
	err := db.read(ctx, question{do: access.EnrolmentNew, subject: id, found: func() bool { return len(joining) > 0 }, ask: func(b *pgx.Batch) {
		list(b, &joining, qJoining, args{"cohort": id})
		list(b, &p.Colleagues, qColleagues, nil)
		list(b, &p.Texts, qTexts, choiceTexts)
	}})
	if len(joining) > 0 {
		p.Cohort = &joining[0]
	}
	return p, err
}

// Enrol stores a person with their case, choice and parties. The enrolment's id is the form's; with a nil cohort the
// case belongs to the version alone.
func (db *DB) Enrol(ctx context.Context, form access.Form, id, version uuid.UUID, who cohort.Lookup, decide func(access.Actor, cohort.EnrolmentPlan) (cohort.NewEnrolment, error)) error {
	var p cohort.EnrolmentPlan
	var joining []cohort.Joining
	var vs []cohort.Version
	return db.write(ctx, act{do: access.EnrolmentCreate, subject: form.ID, form: form,
		ask: func(b *pgx.Batch) {
			queueEnrolmentPlan(b, id, version, &p, &joining, &vs, "for update of c")
			queueKnown(b, who, &p.Known)
			values(b, &p.Here, `select e.participant_id from app.enrolment e where e.cohort_id = @cohort and e.closed_at is null`, args{"cohort": orNull(id)})
		},
		about: id,
		found: func() bool { return id == uuid.Nil || len(joining) > 0 },
		decide: func(a access.Actor) (change, error) {
			if len(joining) > 0 {
				p.Cohort = &joining[0]
				version = p.Cohort.VersionID
			}
			if len(vs) > 0 {
				p.Version = vs[0]
			}
			n, err := decide(a, p)
			return change{enrolments: []uuid.UUID{form.ID}, queue: func(b *pgx.Batch) {
				queuePerson(b, a, n.Person)
				c := newCase{version: version, state: n.State, starts: n.StartsOn, ends: n.EndsOn}
				if id != uuid.Nil {
					c.cohort = &id
				}
				queueEnrolment(b, a, form.ID, n.Person, c)
				b.Queue(`select app.assign_party(@id, @enrolment, @who, 'expert', @until, 'enrolment')`, args{"id": newID(), "enrolment": form.ID, "who": n.Expert, "until": n.PartiesUntil})
				if n.Choice != nil {
					queueChoice(b, a.OrgID, form.ID, *n.Choice)
				}
				if id != uuid.Nil && n.Choice != nil {
					b.Queue(`update app.cohort set places_taken = places_taken + 1 where id = @id`, args{"id": id})
				}
				queueMeetings(b, a.OrgID, "enrolment_id", form.ID, halfDays(n.Meetings))
			}}, err
		}})
}

// queueKnown asks whether the organisation knows a person already.
func queueKnown(b *pgx.Batch, who cohort.Lookup, known *[]participant.Known) {
	list(b, known, `select k.participant_id, k.first_name, k.last_name, k.born_on, k.by_code from app.known_people(@first, @last, @born, @code) k`,
		args{"first": who.First, "last": who.Last, "born": orNoDay(who.Born), "code": who.Index})
}

// queuePerson stores who somebody is, unless they are there.
func queuePerson(b *pgx.Batch, a access.Actor, n cohort.NewPerson) {
	if n.Exists {
		if n.Code != nil { // an expert may enter a code, and change nothing else of a person
			b.Queue(`update app.participant set code_known = true, version = version + 1 where id = @id and not code_known`, args{"id": n.ID})
		}
		return
	}
	f := n.PersonForm
	b.Queue(`insert into app.participant (org_id, id, first_name, last_name, born_on, municipality, phone, email, lang, code_known, created_by)
values (@org, @id, @first, @last, @born, @muni, @phone, @email, @lang, @known, @by)`,
		args{"org": a.OrgID, "id": n.ID, "first": f.FirstName, "last": f.LastName, "born": f.BornOn, "muni": f.Municipality, "phone": f.Phone, "email": f.Email, "lang": f.Lang, "known": n.Code != nil, "by": a.ID})
}

// queueCode stores a person's sealed identity code; their case has to be there for the policy to let it in.
func queueCode(b *pgx.Batch, org, person uuid.UUID, c *participant.Code) {
	if c != nil {
		b.Queue(`insert into app.national_id (org_id, participant_id, sealed, code_index) values (@org, @person, @sealed, app.code_index(@index)) on conflict (org_id, participant_id) do nothing`,
			args{"org": org, "person": person, "sealed": c.Sealed, "index": c.Index})
	}
}

// newCase is a case to be stored.
type newCase struct {
	cohort       *uuid.UUID
	version      uuid.UUID
	state        string
	starts, ends time.Time
}

// queueEnrolment stores a case, its first state and its person's code; who waits gets the next number of the cohort's list.
func queueEnrolment(b *pgx.Batch, a access.Actor, id uuid.UUID, person cohort.NewPerson, c newCase) {
	b.Queue(`insert into app.enrolment (org_id, id, participant_id, cohort_id, version_id, state, queue_number, starts_on, ends_on, created_by)
values (@org, @id, @person, @cohort, @version, @state, case when @state = 'referred' then app.queue_next(@cohort) end, @starts, @ends, @by)`,
		args{"org": a.OrgID, "id": id, "person": person.ID, "cohort": c.cohort, "version": c.version, "state": c.state, "starts": c.starts, "ends": c.ends, "by": a.ID})
	b.Queue(`insert into app.enrolment_state (org_id, id, enrolment_id, state) values (@org, @id, @enrolment, @state)`, args{"org": a.OrgID, "id": newID(), "enrolment": id, "state": c.state})
	queueCode(b, a.OrgID, person.ID, person.Code)
}

// qCase is an enrolment with its person; the first %s is how many goals there are (a page needs none), the second is
// appended (a lock).
const qCase = `select e.id, e.participant_id, e.cohort_id, coalesce(c.name, '') cohort_name, p.first_name, p.last_name, p.born_on, p.municipality, p.phone, p.email, p.lang,
  e.state, e.starts_on, e.ends_on, e.search_shared, %s goals, e.version,
  r.id review_id, coalesce(r.state, '') review_state,
  coalesce(c.places_taken >= c.size_max, false) "full", p.strengths, p.no_phone, p.code_known, p.protected,
  exists (select from app.case_grant g where g.enrolment_id = e.id and g.reason = 'break_glass' and ` + live + `) broken
from app.enrolment e
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
left join app.cohort c on c.org_id = e.org_id and c.id = e.cohort_id
left join app.review r on r.org_id = e.org_id and r.enrolment_id = e.id
where e.id = @enrolment %s`

const goalCount = `(select count(*) from app.goal g where g.org_id = e.org_id and g.enrolment_id = e.id)::int`

// Case is what a confirming page needs of a case.
func (db *DB) Case(ctx context.Context, id uuid.UUID) (cohort.Case, error) {
	var c cohort.Case
	err := db.read(ctx, question{do: access.CaseView, subject: id, scope: scopeEnrolment, found: func() bool { return c.ID == id }, ask: func(b *pgx.Batch) {
		one(b, &c, sqlf(qCase, "0", ""), args{"enrolment": id})
	}})
	return c, err
}

// changeCase locks an enrolment (and with place its cohort) and stores what decide says.
func (db *DB) changeCase(ctx context.Context, do access.Action, id uuid.UUID, form access.Form, decide func(access.Actor, cohort.Case) (func(*pgx.Batch), error)) error {
	return db.changeCaseSince(ctx, do, id, form, func(c cohort.Case) int { return c.Version }, decide)
}

// changeCaseSince does so where the form is stale about something else than the case: the goal has two writers, one of
// whom may not touch the case.
func (db *DB) changeCaseSince(ctx context.Context, do access.Action, id uuid.UUID, form access.Form, version func(cohort.Case) int, decide func(access.Actor, cohort.Case) (func(*pgx.Batch), error)) error {
	var c cohort.Case
	var places []int
	return db.write(ctx, act{do: do, subject: id, form: form,
		ask: func(b *pgx.Batch) {
			values(b, &places, `select c.places_taken::int from app.cohort c where c.id = (select e.cohort_id from app.enrolment e where e.id = @enrolment) for update`, args{"enrolment": id})
			one(b, &c, sqlf(qCase, goalCount, "for update of e"), args{"enrolment": id})
		},
		found:   func() bool { return c.ID == id },
		version: func() int { return version(c) },
		decide: func(a access.Actor) (change, error) {
			queue, err := decide(a, c)
			return change{enrolments: []uuid.UUID{id}, queue: queue}, err
		}})
}

// MoveEnrolment stores an enrolment's next state and frees or takes its place.
func (db *DB) MoveEnrolment(ctx context.Context, do access.Action, id uuid.UUID, form access.Form, decide func(access.Actor, cohort.Case) (cohort.EnrolmentMove, error)) error {
	return db.changeCase(ctx, do, id, form, func(a access.Actor, c cohort.Case) (func(*pgx.Batch), error) {
		m, err := decide(a, c)
		return func(b *pgx.Batch) {
			b.Queue(`update app.enrolment
set state = @state, version = version + 1, closed_at = case when @closes then @now::timestamptz else closed_at end, closed_reason = case when @reason = '' then closed_reason else @reason end
where id = @id`, args{"state": m.To, "closes": m.Closes, "now": a.Now, "reason": m.Reason, "id": id})
			b.Queue(`insert into app.enrolment_state (org_id, id, enrolment_id, state, reason) values (@org, @id, @enrolment, @state, @reason)`,
				args{"org": a.OrgID, "id": newID(), "enrolment": id, "state": m.To, "reason": m.Reason})
			if (m.PlaceChange != 0 || m.OfferEnds) && c.CohortID != nil {
				b.Queue(`update app.cohort set places_taken = places_taken + @n, places_offered = places_offered - case when @offered then 1 else 0 end where id = @id`, args{"n": m.PlaceChange, "offered": m.OfferEnds, "id": *c.CohortID})
			}
		}, err
	})
}

// SetGoal stores a new version of the goal; the old ones stay.
func (db *DB) SetGoal(ctx context.Context, do access.Action, id uuid.UUID, form access.Form, decide func(access.Actor, cohort.Case) (cohort.NewGoal, error)) error {
	if do.Name == access.GoalOwn.Name {
		return db.ownGoal(ctx, form, decide)
	}
	return db.changeCaseSince(ctx, do, id, form, func(c cohort.Case) int { return c.Goals }, func(a access.Actor, c cohort.Case) (func(*pgx.Batch), error) {
		g, err := decide(a, c)
		return func(b *pgx.Batch) {
			b.Queue(`insert into app.goal (org_id, id, enrolment_id, number, kind, body, how) values (@org, @id, @enrolment, @number, @kind, @body, @how)`,
				args{"org": a.OrgID, "id": form.ID, "enrolment": id, "number": g.Number, "kind": g.Kind, "body": g.Body, "how": g.How})
			b.Queue(`update app.enrolment set version = version + 1 where id = @id`, args{"id": id})
		}, err
	})
}

// ownGoal stores a goal the participant wrote in their newest case. They may not lock the case; the goal's number keeps
// two of them apart, and is what the form may be stale about.
func (db *DB) ownGoal(ctx context.Context, form access.Form, decide func(access.Actor, cohort.Case) (cohort.NewGoal, error)) error {
	var c cohort.Case
	return db.write(ctx, act{do: access.GoalOwn, form: form,
		ask:     func(b *pgx.Batch) { one(b, &c, sqlf(withLatest(qCase), goalCount, ""), nil) },
		found:   func() bool { return c.ID != uuid.Nil },
		version: func() int { return c.Goals },
		decide: func(a access.Actor) (change, error) {
			g, err := decide(a, c)
			return change{enrolments: []uuid.UUID{c.ID}, queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.goal (org_id, id, enrolment_id, number, kind, body, how) values (@org, @id, @enrolment, @number, @kind, @body, @how)`,
					args{"org": a.OrgID, "id": form.ID, "enrolment": c.ID, "number": g.Number, "kind": g.Kind, "body": g.Body, "how": g.How})
			}}, err
		}})
}

// EditProfile stores the strengths and whether the job-search log is shared; a trigger carries the sharing to each step.
func (db *DB) EditProfile(ctx context.Context, id uuid.UUID, form access.Form, decide func(access.Actor, cohort.Case) (cohort.Profile, error)) error {
	return db.changeCase(ctx, access.ProfileEdit, id, form, func(a access.Actor, c cohort.Case) (func(*pgx.Batch), error) {
		p, err := decide(a, c)
		return func(b *pgx.Batch) {
			b.Queue(`update app.participant set strengths = @strengths, municipality = case when protected then '' else @muni end, phone = case when protected then '' else @phone end, email = case when protected then '' else @email end, no_phone = @no_phone, version = version + 1 where id = @id`,
				args{"no_phone": p.NoPhone, "strengths": p.Strengths, "muni": p.Municipality, "phone": p.Phone, "email": p.Email, "id": c.ParticipantID})
			b.Queue(`update app.enrolment set search_shared = @shared, version = version + 1 where id = @id`, args{"shared": p.SearchShared, "id": id})
		}, err
	})
}

// latest is the actor's newest case; a participant sees only their own.
const latest = `(select n.id from app.enrolment n order by n.starts_on desc limit 1)`

func withLatest(query string) string { return strings.ReplaceAll(query, "@enrolment", latest) }

// MyMonth is the participant's own latest case.
func (db *DB) MyMonth(ctx context.Context) (cohort.MyMonth, error) {
	var m cohort.MyMonth
	type mine struct {
		Goal, Site string
		Pre        []cohort.PreAssignment
		Promises   []cohort.Promise
		Own        []cohort.Appointment
	}
	var x mine
	err := db.read(ctx, question{do: access.MyMonthView, scope: scopeGranted, ask: func(b *pgx.Batch) {
		one(b, &m.Case, sqlf(withLatest(qCase), goalCount, ""), nil)
		one(b, &x, `select coalesce((select g.body from app.goal g where g.enrolment_id = `+latest+` order by g.number desc limit 1), '') goal,
  coalesce((select i.name from app.trial t join app.site i on i.org_id = t.org_id and i.id = t.site_id where t.enrolment_id = `+latest+` and t.state = 'active' limit 1), '') site,
  coalesce((select r.pre from app.enrolment e cross join lateral (`+preRows()+`) r where e.id = `+latest+`), '[]') pre,
  coalesce((select jsonb_agg(jsonb_build_object('Kind', o.kind, 'HeldOn', o.held_on::timestamptz, 'StartsAt', o.starts_at, 'EndsAt', o.ends_at,
      'Place', o.place, 'Purpose', o.purpose) order by o.held_on, o.starts_at)
    from (select a.kind, a.held_on, a.starts_at, a.ends_at, a.place, a.purpose from app.appointment a where a.enrolment_id = `+latest+` and a.state = 'booked' and a.held_on >= `+today+`
      union all
      select case d.kind when 'visit' then 'visit' else 'employer_hour' end, d.held_on, d.starts_at, d.ends_at, d.place, d.what from app.open_day d
       where d.cancelled_at is null and d.held_on >= `+today+` and (d.cohort_id is not null or exists (select from app.open_day_signup u where u.org_id = d.org_id and u.open_day_id = d.id and u.enrolment_id = `+latest+` and u.withdrawn_at is null))) o), '[]') own,
  coalesce((select r.promises from app.enrolment e cross join lateral (`+openPromises+`) r where e.id = `+latest+`), '[]') promises`, nil)
		list(b, &m.Slots, withLatest(qMySlots), nil)
		list(b, &m.Notes, withLatest(qNotes), nil)
	}})
	m.Goal, m.Site, m.Pre, m.Promises, m.Review, m.Appointments = x.Goal, x.Site, x.Pre, x.Promises, m.Case.ReviewID, x.Own
	return m, err
}

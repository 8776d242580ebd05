package postgres

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
)

const qJoining = `select c.id, c.name, c.state, c.starts_on, c.ends_on,
  coalesce((select min(m.held_on) from app.meeting m where m.cohort_id = c.id and m.day = 3), c.starts_on) third_day, c.size_max, c.places_taken, c.version_id
from app.cohort c
where c.id = @cohort `

// The newest version of the text people agree to, in each language.
const qChoiceTexts = `select distinct on (t.lang) t.id, t.lang, t.body from app.text_version t where t.key = 'voluntary_choice' order by t.lang, t.version desc limit 10`

// queueEnrolmentPlan asks for what enrolling needs; lock takes the cohort's row, so that the last place goes to one.
func queueEnrolmentPlan(b *pgx.Batch, id, version uuid.UUID, p *cohort.EnrolmentPlan, joining *[]cohort.Joining, vs *[]cohort.Version, lock string) {
	list(b, joining, qJoining+lock, args{"cohort": id})
	list(b, vs, `select v.id, `+text("v.id", "'name'")+` name, v.in_cohort, v.weeks, v.size_min, v.size_max
from app.programme_version v
where v.id = @version and v.published_at is not null`, args{"version": version})
	list(b, &p.Slots, `select s.version_id, s.day, s.half, s.week, s.starts_at, s.ends_at, s.kind from app.programme_slot s where s.version_id = @version order by s.day, s.half limit 2000`, args{"version": version})
	list(b, &p.Colleagues, qColleagues, nil)
	values(b, &p.Closed, qClosed, nil)
	list(b, &p.Texts, qChoiceTexts, nil)
}

// EnrolmentPlan is the page on which a person joins a cohort.
func (db *DB) EnrolmentPlan(ctx context.Context, id uuid.UUID) (cohort.EnrolmentPlan, error) {
	var p cohort.EnrolmentPlan
	var joining []cohort.Joining
	err := db.read(ctx, question{do: access.EnrolmentNew, subject: id, found: func() bool { return len(joining) > 0 }, ask: func(b *pgx.Batch) {
		list(b, &joining, qJoining, args{"cohort": id})
		list(b, &p.Colleagues, qColleagues, nil)
		list(b, &p.Texts, qChoiceTexts, nil)
	}})
	if len(joining) > 0 {
		p.Cohort = &joining[0]
	}
	return p, err
}

// Enrol stores a person with their case, choice and parties. The enrolment's id is the form's; with a nil cohort the
// case belongs to the version alone.
func (db *DB) Enrol(ctx context.Context, form access.Form, id, version uuid.UUID, decide func(access.Actor, cohort.EnrolmentPlan) (cohort.NewEnrolment, error)) error {
	var p cohort.EnrolmentPlan
	var joining []cohort.Joining
	var vs []cohort.Version
	return db.write(ctx, act{do: access.EnrolmentCreate, subject: form.ID, form: form,
		ask:   func(b *pgx.Batch) { queueEnrolmentPlan(b, id, version, &p, &joining, &vs, "for update of c") },
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
			person := newID()
			return change{enrolments: []uuid.UUID{form.ID}, queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.participant (org_id, id, first_name, last_name, born_on, municipality, phone, email, lang, created_by)
values (@org, @id, @first, @last, @born, @muni, @phone, @email, @lang, @by)`,
					args{"org": a.OrgID, "id": person, "first": n.FirstName, "last": n.LastName, "born": n.BornOn, "muni": n.Municipality, "phone": n.Phone, "email": n.Email, "lang": n.Lang, "by": a.ID})
				b.Queue(`insert into app.enrolment (org_id, id, participant_id, cohort_id, version_id, state, starts_on, ends_on, created_by)
values (@org, @id, @person, @cohort, @version, @state, @starts, @ends, @by)`,
					args{"org": a.OrgID, "id": form.ID, "person": person, "cohort": orNull(id), "version": version, "state": n.State, "starts": n.StartsOn, "ends": n.EndsOn, "by": a.ID})
				b.Queue(`select app.assign_party(@id, @enrolment, @who, 'expert', @until, 'enrolment')`, args{"id": newID(), "enrolment": form.ID, "who": n.Expert, "until": n.PartiesUntil})
				b.Queue(`insert into app.enrolment_state (org_id, id, enrolment_id, state) values (@org, @id, @enrolment, @state)`, args{"org": a.OrgID, "id": newID(), "enrolment": form.ID, "state": n.State})
				b.Queue(`insert into app.voluntary_choice (org_id, id, enrolment_id, chosen_on, how, lang, text_version_id)
values (@org, @id, @enrolment, @on, @how, @lang, @text)`,
					args{"org": a.OrgID, "id": newID(), "enrolment": form.ID, "on": n.ChosenOn, "how": n.How, "lang": n.Lang, "text": n.TextVersion})
				if id != uuid.Nil {
					b.Queue(`update app.cohort set places_taken = places_taken + 1 where id = @id`, args{"id": id})
				}
				queueMeetings(b, a.OrgID, "enrolment_id", form.ID, n.Meetings)
			}}, err
		}})
}

// qCase is an enrolment with its person; the first %s is how many goals there are (a page needs none), the second is
// appended (a lock).
const qCase = `select e.id, e.participant_id, e.cohort_id, coalesce(c.name, '') cohort_name, p.first_name, p.last_name, p.born_on, p.municipality, p.phone, p.email, p.lang,
  e.state, e.starts_on, e.ends_on, e.search_shared, %s goals, e.version,
  r.id review_id, coalesce(r.state, '') review_state,
  coalesce(c.places_taken >= c.size_max, false) "full", p.strengths, p.no_phone
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
			if m.PlaceChange != 0 && c.CohortID != nil {
				b.Queue(`update app.cohort set places_taken = places_taken + @n where id = @id`, args{"n": m.PlaceChange, "id": *c.CohortID})
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
			b.Queue(`update app.participant set strengths = @strengths, municipality = @muni, phone = @phone, email = @email, no_phone = @no_phone, version = version + 1 where id = @id`,
				args{"no_phone": p.NoPhone, "strengths": p.Strengths, "muni": p.Municipality, "phone": p.Phone, "email": p.Email, "id": c.ParticipantID})
			b.Queue(`update app.enrolment set search_shared = @shared, version = version + 1 where id = @id`, args{"shared": p.SearchShared, "id": id})
		}, err
	})
}

// qPerson is a case with everything its page shows but the trials, in one row: each further mention of a guarded table
// costs more than the rows it brings. The half-days come as parallel arrays.
var qPerson = strings.NewReplacer("%s goals", "0 goals", "p.no_phone", `p.no_phone,
  coalesce((select m.name from app.enrolment_party y join app.membership m on m.org_id = y.org_id and m.id = y.user_id where y.org_id = e.org_id and y.enrolment_id = e.id and y.kind = 'expert' order by y.valid_from desc limit 1), '') expert,
  s.applications, s.calls, s.interviews, v.choices, g.goal_versions, k.checks, r0.pre, o.promises, (select x.pre_assignments::int from app.programme_version x where x.org_id = e.org_id and x.id = e.version_id) asked, coalesce(a.at, '{}') slot_at, coalesce(a.kinds, '{}') slot_kinds,
  coalesce(a.marks, '{}') slot_marks, coalesce(a.remarks, '{}') slot_remarks, coalesce(a.corrections, '{}') slot_corrections`,
	"where e.id = @enrolment %s", `cross join lateral (select count(*) filter (where s.kind = 'application') applications, count(*) filter (where s.kind = 'call') calls, count(*) filter (where s.kind = 'interview') interviews
  from app.search_step s where s.org_id = e.org_id and s.enrolment_id = e.id) s
cross join lateral (select coalesce(jsonb_agg(jsonb_build_object('on', v.chosen_on, 'how', v.how, 'lang', v.lang, 'by', coalesce(m.name, p.first_name || ' ' || p.last_name)) order by v.at), '[]') choices
  from app.voluntary_choice v left join app.membership m on m.org_id = v.org_id and m.id = v.entered_by where v.org_id = e.org_id and v.enrolment_id = e.id) v
cross join lateral (select coalesce(jsonb_agg(jsonb_build_object('number', g.number, 'kind', g.kind, 'body', g.body, 'how', g.how, 'by', coalesce(m.name, p.first_name || ' ' || p.last_name), 'at', g.at) order by g.number desc), '[]') goal_versions
  from app.goal g left join app.membership m on m.org_id = g.org_id and m.id = g.entered_by where g.org_id = e.org_id and g.enrolment_id = e.id) g
cross join lateral (select coalesce(jsonb_agg(jsonb_build_object('week', k.week, 'going', k.going, 'body', k.body, 'by', coalesce(m.name, p.first_name || ' ' || p.last_name), 'at', k.at) order by k.week), '[]') checks
  from app.goal_check k left join app.membership m on m.org_id = k.org_id and m.id = k.entered_by where k.org_id = e.org_id and k.enrolment_id = e.id) k
cross join lateral (`+preRows()+`) r0
cross join lateral (`+openPromises+`) o
cross join lateral (select array_agg(m.slot) at, array_agg(m.kind) kinds, array_agg(m.mark) marks, array_agg(m.remark) remarks, array_agg(m.corrections) corrections
  from (select (m.held_on - date '2000-01-01') * 2 + m.half - 1 slot, m.kind, coalesce(a.mark, '') mark, coalesce(a.remark, '') remark, coalesce(a.corrections, 0) corrections
    from app.meeting m
    left join app.attendance a on a.org_id = m.org_id and a.enrolment_id = e.id and a.held_on = m.held_on and a.half = m.half
    where m.org_id = e.org_id and (m.cohort_id = e.cohort_id or m.enrolment_id = e.id) and m.cancelled_at is null
    order by m.held_on, m.half limit 600) m) a
where e.id = @enrolment`).Replace(qCase)

// personRow is qPerson's row.
type personRow struct {
	cohort.Case
	Expert                            string
	Applications, Calls, Interviews   int
	Choices                           []choiceRow
	Checks                            []cohort.GoalCheck
	Pre                               []preRow
	Promises                          []promiseRow
	Asked                             int
	GoalVersions                      []goalRow
	SlotAt, SlotCorrections           []int32
	SlotKinds, SlotMarks, SlotRemarks []string
}
type choiceRow struct {
	On, How, Lang, By string
}
type goalRow struct {
	Number              int
	Kind, Body, How, By string
	At                  time.Time
}

// Person is one person's month in the coach's eyes.
func (db *DB) Person(ctx context.Context, id uuid.UUID) (cohort.Person, error) {
	var p cohort.Person
	var x personRow
	a := args{"enrolment": id}
	err := db.read(ctx, question{do: access.EnrolmentView, subject: id, scope: scopeEnrolment, found: func() bool { return x.Case.ID == id }, ask: func(b *pgx.Batch) {
		one(b, &x, qPerson, a)
		list(b, &p.Trials, qPersonTrials, a)
		list(b, &p.Notes, qNotes, a)
	}})
	p.Case, p.Expert, p.Checks, p.Pre, p.Asked, p.Promises = x.Case, x.Expert, x.Checks, pres(x.Pre), x.Asked, promises(id, x.Promises)
	p.Counts.Applications, p.Counts.Calls, p.Counts.Interviews = x.Applications, x.Calls, x.Interviews
	for _, c := range x.Choices {
		day, _ := time.Parse("2006-01-02", c.On)
		p.Choice = append(p.Choice, cohort.Choice{ChosenOn: day, How: c.How, Lang: c.Lang, EnteredBy: c.By})
	}
	for _, g := range x.GoalVersions {
		p.Goals = append(p.Goals, cohort.Goal{Number: g.Number, Kind: g.Kind, Body: g.Body, How: g.How, EnteredBy: g.By, At: g.At})
	}
	for i, at := range x.SlotAt {
		s := cohort.PersonSlot{HeldOn: cohort.SlotDay(at), Half: int(at%2) + 1, Kind: x.SlotKinds[i], Mark: cohort.Mark(x.SlotMarks[i]), Remark: x.SlotRemarks[i], Before: int(x.SlotCorrections[i])}
		p.Slots = append(p.Slots, s)
		past, here := &p.Counts.GroupPast, &p.Counts.GroupHere
		if s.Kind == "trial" {
			past, here = &p.Counts.TrialPast, &p.Counts.TrialHere
		}
		if s.Mark != cohort.Unmarked {
			*past++
		}
		if s.Mark.TookPart() {
			*here++
		}
	}
	return p, err
}

// The participant's own half-days, with their titles.
var qMySlots = `select m.held_on, m.half, m.kind, ` + text("e.version_id", "'slot.' || m.day || '.' || m.half") + ` title, coalesce(a.mark, '') mark, coalesce(a.remark, '') remark, 0 before, m.cancelled_at is not null cancelled, m.cancelled_reason reason
from app.enrolment e
join app.meeting m on m.org_id = e.org_id and (m.cohort_id = e.cohort_id or m.enrolment_id = e.id)
left join app.attendance a on a.org_id = e.org_id and a.enrolment_id = e.id and a.held_on = m.held_on and a.half = m.half
where e.id = @enrolment
order by m.held_on, m.half
limit 600`

const qPersonTrials = `select t.id, i.name site_name, t.state, t.starts_on, t.ends_on, t.day_minutes, (select max(k.on_day) from app.site_contact k where k.org_id = t.org_id and k.trial_id = t.id) last_contact
from app.trial t
join app.site i on i.org_id = t.org_id and i.id = t.site_id
where t.enrolment_id = @enrolment
order by t.starts_on desc
limit 50`

// latest is the actor's newest case; a participant sees only their own.
const latest = `(select n.id from app.enrolment n order by n.starts_on desc limit 1)`

func withLatest(query string) string { return strings.ReplaceAll(query, "@enrolment", latest) }

// MyMonth is the participant's own latest case.
func (db *DB) MyMonth(ctx context.Context) (cohort.MyMonth, error) {
	var m cohort.MyMonth
	type mine struct {
		Goal, Site string
		Pre        []preRow
		Promises   []promiseRow
	}
	var x mine
	err := db.read(ctx, question{do: access.MyMonthView, scope: scopeGranted, ask: func(b *pgx.Batch) {
		one(b, &m.Case, sqlf(withLatest(qCase), goalCount, ""), nil)
		one(b, &x, `select coalesce((select g.body from app.goal g where g.enrolment_id = `+latest+` order by g.number desc limit 1), '') goal,
  coalesce((select i.name from app.trial t join app.site i on i.org_id = t.org_id and i.id = t.site_id where t.enrolment_id = `+latest+` and t.state = 'active' limit 1), '') site,
  coalesce((select r.pre from app.enrolment e cross join lateral (`+preRows()+`) r where e.id = `+latest+`), '[]') pre,
  coalesce((select r.promises from app.enrolment e cross join lateral (`+openPromises+`) r where e.id = `+latest+`), '[]') promises`, nil)
		list(b, &m.Slots, withLatest(qMySlots), nil)
		list(b, &m.Notes, withLatest(qNotes), nil)
	}})
	m.Goal, m.Site, m.Pre, m.Promises, m.Review = x.Goal, x.Site, pres(x.Pre), promises(m.Case.ID, x.Promises), m.Case.ReviewID
	return m, err
}

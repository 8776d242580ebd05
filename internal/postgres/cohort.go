package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
)

var _ cohort.Store = (*DB)(nil)

// coach and coordinator of cohort c, as names
const (
	coachName       = `coalesce((select m.name from app.cohort_duty d join app.membership m on m.org_id = d.org_id and m.id = d.user_id where d.org_id = c.org_id and d.cohort_id = c.id and d.kind = 'coach' order by d.valid_until desc, d.valid_from desc limit 1), '')`
	coordinatorName = `coalesce((select m.name from app.cohort_duty d join app.membership m on m.org_id = d.org_id and m.id = d.user_id where d.org_id = c.org_id and d.cohort_id = c.id and d.kind = 'coordinator' order by d.valid_until desc, d.valid_from desc limit 1), '')`
)

var qHead = `select c.id, c.name, c.place, c.state, c.starts_on, c.ends_on, c.places_taken, c.size_min, c.size_max, c.version, ` + coachName + ` coach, ` + coordinatorName + ` coordinator
from app.cohort c
where c.id = @cohort`

// Cohorts are the actor's own, the newest first.
func (db *DB) Cohorts(ctx context.Context) ([]cohort.Summary, error) {
	var out []cohort.Summary
	err := db.read(ctx, question{do: access.CohortList, ask: func(b *pgx.Batch) {
		list(b, &out, `select c.id, c.name, c.place, c.state, c.starts_on, c.ends_on, c.places_taken, c.size_max, `+coachName+` coach, `+coordinatorName+` coordinator
from app.cohort c
order by c.state in ('closed', 'archived', 'cancelled'), c.starts_on desc, c.name
limit 200`, nil)
	}})
	return out, err
}

// The newest published version of each model, the one chosen, and the one the cohort @like runs on.
var qVersions = `select v.id, ` + text("v.id", "'name'") + ` name, v.version "number", v.in_cohort, v.weeks, v.size_min, v.size_max
from app.programme_version v
where v.published_at is not null and (v.id = @version or v.id = (select c.version_id from app.cohort c where c.id = @like)
  or not exists (select from app.programme_version n where n.org_id = v.org_id and n.model_id = v.model_id and n.version > v.version and n.published_at is not null))
order by name, v.version desc
limit 50`

const qSlots = `select s.version_id, s.day, s.half, s.week, s.starts_at, s.ends_at, s.kind
from app.programme_slot s
where s.version_id = @version
order by s.version_id, s.day, s.half
limit 2000`

const qColleagues = `select m.id, m.name, m.role, m.employment_area area
from app.membership m
where m.disabled_at is null and m.role in ('coach', 'coordinator', 'expert')
order by m.name collate "fi-x-icu"
limit 500`

const qClosed = `select day from app.closed_day order by day limit 1000`

// queuePlan asks for what a new cohort is made from: the chosen version with its half-days, or a cohort to be like.
func queuePlan(b *pgx.Batch, p *cohort.Plan, version, like uuid.UUID) {
	a := args{"version": version, "like": like}
	list(b, &p.Versions, qVersions, a)
	list(b, &p.Slots, qSlots, a)
	list(b, &p.Colleagues, qColleagues, nil)
	values(b, &p.Closed, qClosed, nil)
}

// CohortPlan is the page of a new cohort; like is one it takes after, or Nil. Who works with that one today is proposed.
func (db *DB) CohortPlan(ctx context.Context, like uuid.UUID) (cohort.Plan, error) {
	var p cohort.Plan
	err := db.read(ctx, question{do: access.CohortNew, found: func() bool { return like == uuid.Nil || p.Like.Name != "" }, ask: func(b *pgx.Batch) {
		queuePlan(b, &p, uuid.Nil, like)
		one(b, &p.Like, q(`select c.name, c.place, c.version_id "version", `+dutyOf("coach")+` coach, `+dutyOf("coordinator")+` coordinator from app.cohort c where c.id = @like`), args{"like": like})
	}})
	return p, err
}

// dutyOf is who has the duty on cohort c today.
func dutyOf(kind string) string {
	return `coalesce((select d.user_id from app.cohort_duty d where d.org_id = c.org_id and d.cohort_id = c.id and d.kind = '` + kind + `' order by d.valid_until desc, d.valid_from desc limit 1), '00000000-0000-0000-0000-000000000000')`
}

// CreateCohort stores a draft with its meetings and its pair.
func (db *DB) CreateCohort(ctx context.Context, form access.Form, version uuid.UUID, decide func(access.Actor, cohort.Plan) (cohort.NewCohort, error)) error {
	var p cohort.Plan
	return db.write(ctx, act{do: access.CohortCreate, subject: form.ID, form: form,
		ask: func(b *pgx.Batch) { queuePlan(b, &p, version, uuid.Nil) },
		decide: func(a access.Actor) (change, error) {
			n, err := decide(a, p)
			return change{queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.cohort (org_id, id, version_id, name, place, starts_on, ends_on, size_min, size_max, created_by)
values (@org, @id, @version, @name, @place, @starts, @ends, @min, @max, @by)`,
					args{"org": a.OrgID, "id": form.ID, "version": n.Version, "name": n.Name, "place": n.Place, "starts": n.StartsOn, "ends": n.EndsOn, "min": n.SizeMin, "max": n.SizeMax, "by": a.ID})
				for _, d := range []struct {
					kind string
					who  uuid.UUID
				}{{"coach", n.Coach}, {"coordinator", n.Coordinator}} {
					b.Queue(`select app.assign_duty(@id, @cohort, @who, @kind, @until, 'cohort')`, args{"id": newID(), "cohort": form.ID, "who": d.who, "kind": d.kind, "until": n.DutiesUntil})
				}
				queueMeetings(b, a.OrgID, "cohort_id", form.ID, halfDays(n.Meetings))
			}}, err
		}})
}

// halfDay is a half-day to be stored; its fields are those of the room's own.
type halfDay struct {
	Day, Half, Week, StartsAt, EndsAt int
	Kind                              string
	HeldOn                            time.Time
}

// halfDays are a room's dated half-days as they are stored.
func halfDays[T ~struct {
	Day, Half, Week, StartsAt, EndsAt int
	Kind                              string
	HeldOn                            time.Time
}](all []T) []halfDay {
	out := make([]halfDay, len(all))
	for i, d := range all {
		out[i] = halfDay(d)
	}
	return out
}

// queueMeetings inserts all meetings of a cohort or an enrolment in one statement.
func queueMeetings(b *pgx.Batch, org uuid.UUID, owner string, id uuid.UUID, ms []halfDay) {
	if len(ms) == 0 {
		return
	}
	ids := newIDs(len(ms))
	held := make([]time.Time, len(ms))
	day, half, week, from, to := make([]int16, len(ms)), make([]int16, len(ms)), make([]int16, len(ms)), make([]int16, len(ms)), make([]int16, len(ms))
	kinds := make([]string, len(ms))
	for i, m := range ms {
		held[i], kinds[i] = m.HeldOn, m.Kind
		day[i], half[i], week[i], from[i], to[i] = int16(m.Day), int16(m.Half), int16(m.Week), int16(m.StartsAt), int16(m.EndsAt)
	}
	b.Queue(sqlf(`insert into app.meeting (org_id, id, %s, held_on, half, day, week, starts_at, ends_at, kind)
select @org, x.id, @owner, x.held_on, x.half, x.day, x.week, x.starts_at, x.ends_at, x.kind
from unnest(@ids::uuid[], @held::date[], @half::int2[], @day::int2[], @week::int2[], @from::int2[], @to::int2[], @kind::text[]) x (id, held_on, half, day, week, starts_at, ends_at, kind)`, owner),
		args{"org": org, "owner": id, "ids": ids, "held": held, "half": half, "day": day, "week": week, "from": from, "to": to, "kind": kinds})
}

// MoveCohort stores a cohort's next state, and makes its people active when the month starts.
func (db *DB) MoveCohort(ctx context.Context, id uuid.UUID, form access.Form, decide func(access.Actor, cohort.Standing) (cohort.CohortMove, error)) error {
	var st cohort.Standing
	var people []uuid.UUID
	return db.write(ctx, act{do: access.CohortMove, subject: id, form: form,
		ask: func(b *pgx.Batch) {
			one(b, &st, `select c.id, c.state, c.size_min, c.places_taken, c.starts_on, c.ends_on, c.version
from app.cohort c
where c.id = @cohort
for update`, args{"cohort": id})
			values(b, &people, `select e.id from app.enrolment e where e.cohort_id = @cohort and `+placed+` order by e.id for update`, args{"cohort": id})
		},
		found:   func() bool { return st.ID == id },
		version: func() int { return st.Version },
		decide: func(a access.Actor) (change, error) {
			m, err := decide(a, st)
			return change{enrolments: people, queue: func(b *pgx.Batch) {
				b.Queue(`update app.cohort
set state = @state, start_reason = case when @reason = '' then start_reason else @reason end, version = version + 1, closed_at = case when @state in ('closed', 'cancelled') then @now::timestamptz else closed_at end
where id = @id`, args{"state": m.To, "reason": m.Reason, "now": a.Now, "id": id})
				if m.To == cohort.Closed || m.To == cohort.Cancelled {
					b.Queue(`select app.end_waiting(@id)`, args{"id": id})
					b.Queue(`select app.cohort_ends(@id)`, args{"id": id})
				}
				if m.Activate {
					b.Queue(`select app.activate_cases(@id)`, args{"id": id})
				}
			}}, err
		}})
}

// Details is the cohort's page of facts.
func (db *DB) Details(ctx context.Context, id uuid.UUID) (cohort.Details, error) {
	var d cohort.Details
	err := db.read(ctx, question{do: access.CohortView, subject: id, scope: scopeCohort, found: func() bool { return d.Head.ID == id }, ask: func(b *pgx.Batch) {
		one(b, &d.Head, qHead, args{"cohort": id})
		list(b, &d.Duties, q(`select d.kind, m.name, d.user_id = (select nullif(current_setting('app.actor', true), '')::uuid) own
from app.cohort_duty d join app.membership m on m.org_id = d.org_id and m.id = d.user_id
where d.cohort_id = @cohort and d.valid_from <= {now} and d.valid_until > {now}
order by d.kind, m.name
limit 50`), args{"cohort": id})
		list(b, &d.Meetings, sqlf(qMeeting, "m.cohort_id = @cohort")+" order by m.held_on, m.half limit 1000", args{"cohort": id})
		one(b, &d.Where, qWhere, args{"cohort": id, "meeting": nil})
	}})
	return d, err
}

// qMeeting is a meeting with its theme and title in the actor's language; %s is the condition.
var qMeeting = `select m.id, m.cohort_id, m.enrolment_id, coalesce(c.name, '') cohort_name, c.starts_on cohort_start, c.ends_on cohort_end, m.held_on, m.half, m.day, m.week, v.weeks * 5 days, m.starts_at, m.ends_at, m.kind,
  ` + text("v.id", "'theme.' || m.week") + ` theme, ` + text("v.id", "'slot.' || m.day || '.' || m.half") + ` title, m.version, m.cancelled_at is not null cancelled, m.cancelled_reason reason
from app.meeting m
left join app.cohort c on c.org_id = m.org_id and c.id = m.cohort_id
left join app.enrolment e on e.org_id = m.org_id and e.id = m.enrolment_id
join app.programme_version v on v.org_id = m.org_id and v.id = coalesce(c.version_id, e.version_id)
where %s`

package cohort

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/cohort"
	"kuukausi/internal/postgres/door"
)

// Cohorts are the actor's own, the newest first.
func (db Store) Cohorts(ctx context.Context) ([]cohort.Summary, error) {
	var out []cohort.Summary
	err := db.Read(ctx, door.Question{Do: access.CohortList, Ask: func(b *pgx.Batch) {
		door.List(b, &out, door.Q(`select
  c.id,
  c.name,
  c.place,
  c.state,
  c.starts_on,
  c.ends_on,
  (select count(*)::int from app.enrolment e where e.org_id = c.org_id and e.cohort_id = c.id and `+door.Stayed+`) people,
  c.size_max,
  `+door.CoachName+` coach,
  `+door.CoordinatorName+` coordinator
from `+door.MyCohorts+`
order by c.state in ('closed', 'archived', 'cancelled'), c.starts_on desc, c.name
limit 200`), nil)
	}})
	return out, err
}

// The newest published version of each model, the one chosen, and the one the cohort @like runs on.
var qVersions = door.Published + `
  and (
    v.id = @version
    or v.id = (select c.version_id from app.cohort c where c.id = @like)
    or not exists (
      select
      from app.programme_version n
      where n.org_id = v.org_id
        and n.model_id = v.model_id
        and n.version > v.version
        and n.published_at is not null))
order by name, v.version desc
limit 50`

const qSlots = `select s.version_id, s.day, s.half, s.week, s.starts_at, s.ends_at, s.kind
from app.programme_slot s
where s.version_id = @version
order by s.version_id, s.day, s.half
limit 2000`

// queuePlan asks for what a new cohort is made from: the chosen version with its half-days, or a cohort to be like.
func queuePlan(b *pgx.Batch, p *cohort.Plan, version, like uuid.UUID) {
	a := door.Args{"version": version, "like": like}
	door.List(b, &p.Versions, qVersions, a)
	door.List(b, &p.Slots, qSlots, a)
	door.List(b, &p.Colleagues, door.Colleagues, nil)
	door.Values(b, &p.Closed, door.Closed, nil)
}

// CohortPlan is the page of a new cohort; like is one it takes after, or Nil. Who works with that one today is proposed.
func (db Store) CohortPlan(ctx context.Context, like uuid.UUID) (cohort.Plan, error) {
	var p cohort.Plan
	err := db.Read(
		ctx,
		door.Question{Do: access.CohortNew, Found: func() bool { return like == uuid.Nil || p.Like.Name != "" }, Ask: func(b *pgx.Batch) {
			queuePlan(b, &p, uuid.Nil, like)
			door.One(b, &p.Like, door.Q(`select
  c.name,
  c.place,
  c.version_id "version",
  `+dutyOf("coach")+` coach,
  `+dutyOf("coordinator")+` coordinator
from app.cohort c
where c.id = @like`), door.Args{"like": like})
		}},
	)
	return p, err
}

// dutyOf is who has the duty on cohort c today.
func dutyOf(kind string) string {
	return `coalesce(
  (
    select d.user_id
    from app.cohort_duty d
    where d.org_id = c.org_id
      and d.cohort_id = c.id
      and d.kind = '` + kind + `'
    order by d.valid_until desc, d.valid_from desc
    limit 1),
  '00000000-0000-0000-0000-000000000000')`
}

// CreateCohort stores a draft with its meetings and its pair.
func (db Store) CreateCohort(
	ctx context.Context,
	form access.Form,
	version uuid.UUID,
	decide func(access.Actor, cohort.Plan) (cohort.NewCohort, error),
) error {
	var p cohort.Plan
	return db.Write(ctx, door.Act{Do: access.CohortCreate, Subject: form.ID, Form: form,
		Ask: func(b *pgx.Batch) { queuePlan(b, &p, version, uuid.Nil) },
		Decide: func(a access.Actor) (door.Change, error) {
			n, err := decide(a, p)
			return door.Change{Queue: func(b *pgx.Batch) {
				b.Queue(
					`insert into app.cohort (org_id, id, version_id, name, place, starts_on, ends_on, size_min, size_max, created_by)
values (@org, @id, @version, @name, @place, @starts, @ends, @min, @max, @by)`,
					door.Args{
						"org":     a.OrgID,
						"id":      form.ID,
						"version": n.Version,
						"name":    n.Name,
						"place":   n.Place,
						"starts":  n.StartsOn,
						"ends":    n.EndsOn,
						"min":     n.SizeMin,
						"max":     n.SizeMax,
						"by":      a.ID,
					},
				)
				for _, d := range []struct {
					kind string
					who  uuid.UUID
				}{{"coach", n.Coach}, {"coordinator", n.Coordinator}} {
					b.Queue(
						`select app.assign_duty(@id, @cohort, @who, @kind, @until, 'cohort')`,
						door.Args{"id": door.NewID(), "cohort": form.ID, "who": d.who, "kind": d.kind, "until": n.DutiesUntil},
					)
				}
				door.QueueMeetings(b, a.OrgID, "cohort_id", form.ID, door.HalfDays(n.Meetings))
			}}, err
		}})
}

// MoveCohort stores a cohort's next state, and makes its people active when the month starts.
func (db Store) MoveCohort(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, cohort.Standing) (cohort.CohortMove, error),
) error {
	var st cohort.Standing
	var people []uuid.UUID
	return db.Write(ctx, door.Act{Do: access.CohortMove, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			door.One(b, &st, `select
  c.id,
  c.state,
  c.size_min,
  c.places_taken,
  c.starts_on,
  c.ends_on,
  c.version,
  app.cohort_built(c.id) built
from app.cohort c
where c.id = @cohort
for update`, door.Args{"cohort": id})
			door.Values(
				b,
				&people,
				`select e.id from app.enrolment e where e.cohort_id = @cohort and `+door.Placed+` order by e.id for update`,
				door.Args{"cohort": id},
			)
		},
		Found:   func() bool { return st.ID == id },
		Version: func() int { return st.Version },
		Decide: func(a access.Actor) (door.Change, error) {
			m, err := decide(a, st)
			return door.Change{Enrolments: people, Queue: func(b *pgx.Batch) {
				b.Queue(`update app.cohort
set
  state = @state,
  start_reason = case when @reason = '' then start_reason else @reason end,
  version = version + 1,
  closed_at = case when @state in ('closed', 'cancelled') then @now::timestamptz else closed_at end
where id = @id`, door.Args{"state": m.To, "reason": m.Reason, "now": a.Now, "id": id})
				if m.To == casework.GroupClosed || m.To == casework.GroupCancelled {
					b.Queue(`select app.end_waiting(@id)`, door.Args{"id": id})
					b.Queue(`select app.cohort_ends(@id)`, door.Args{"id": id})
				}
				if m.Activate {
					b.Queue(`select app.activate_cases(@id)`, door.Args{"id": id})
				}
				if m.Deactivate {
					b.Queue(`select app.deactivate_cases(@id)`, door.Args{"id": id})
				}
			}}, err
		}})
}

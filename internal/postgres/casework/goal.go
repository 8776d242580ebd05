package casework

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/postgres/door"
)

// SetGoal stores a new version of the goal; the old ones stay.
func (db Store) SetGoal(
	ctx context.Context,
	do access.Action,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, casework.Case) (casework.NewGoal, error),
) error {
	if do.Name == access.GoalOwn.Name {
		return db.ownGoal(ctx, form, decide)
	}
	return db.changeCaseSince(
		ctx,
		do,
		id,
		form,
		func(c casework.Case) int { return c.Goals },
		func(a access.Actor, c casework.Case) (func(*pgx.Batch), error) {
			g, err := decide(a, c)
			return func(b *pgx.Batch) {
				b.Queue(`insert into app.goal (org_id, id, enrolment_id, number, kind, body, how)
values (@org, @id, @enrolment, @number, @kind, @body, @how)`,
					door.Args{"org": a.OrgID, "id": form.ID, "enrolment": id, "number": g.Number, "kind": g.Kind, "body": g.Body, "how": g.How})
				b.Queue(`update app.enrolment set version = version + 1 where id = @id`, door.Args{"id": id})
			}, err
		},
	)
}

// ownGoal stores a goal the participant wrote in their newest case. They may not lock the case; the goal's number keeps
// two of them apart, and is what the form may be stale about.
func (db Store) ownGoal(ctx context.Context, form access.Form, decide func(access.Actor, casework.Case) (casework.NewGoal, error)) error {
	var c casework.Case
	return db.Write(ctx, door.Act{Do: access.GoalOwn, Form: form,
		Ask:     func(b *pgx.Batch) { door.One(b, &c, door.WithLatest(door.Case(door.GoalCount, "")), nil) },
		Found:   func() bool { return c.ID != uuid.Nil },
		Version: func() int { return c.Goals },
		Decide: func(a access.Actor) (door.Change, error) {
			g, err := decide(a, c)
			return door.Change{Enrolments: []uuid.UUID{c.ID}, Queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.goal (org_id, id, enrolment_id, number, kind, body, how)
values (@org, @id, @enrolment, @number, @kind, @body, @how)`,
					door.Args{"org": a.OrgID, "id": form.ID, "enrolment": c.ID, "number": g.Number, "kind": g.Kind, "body": g.Body, "how": g.How})
			}}, err
		}})
}

// AddGoalCheck stores this week's look at the goal.
func (db Store) AddGoalCheck(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, casework.GoalWeek) (casework.GoalCheck, error),
) error {
	var w []casework.GoalWeek
	var locked []uuid.UUID
	return db.Write(ctx, door.Act{Do: access.GoalCheckAdd, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			door.Values(b, &locked, `select e.id from app.enrolment e where e.id = @enrolment for update`, door.Args{"enrolment": id})
			door.List(b, &w, door.Q(`select
  coalesce(k.week, 0) week,
  (select count(*)::int from app.goal g where g.org_id = e.org_id and g.enrolment_id = e.id) goals,
  exists (select from app.goal_check c where c.org_id = e.org_id and c.enrolment_id = e.id and c.week = k.week) checked,
  e.state
from app.enrolment e
left join lateral (
  select m.week
  from app.meeting m
  where m.org_id = e.org_id
    and (m.cohort_id = e.cohort_id or m.enrolment_id = e.id)
    and m.held_on <= {today}
  order by m.held_on desc
  limit 1) k on true
where e.id = @enrolment`), door.Args{"enrolment": id})
		},
		Found: func() bool { return len(w) > 0 },
		Decide: func(a access.Actor) (door.Change, error) {
			c, err := decide(a, w[0])
			return door.Change{Enrolments: []uuid.UUID{id}, Queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.goal_check (org_id, id, enrolment_id, week, goal_number, going, body)
values (@org, @id, @enrolment, @week, @goal, @going, @body)`,
					door.Args{"org": a.OrgID, "id": form.ID, "enrolment": id, "week": c.Week, "goal": w[0].Goals, "going": c.Going, "body": c.Body})
			}}, err
		}})
}

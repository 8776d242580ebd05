package postgres

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
)

// preState is the state of pre-assignment r.
const preState = `case when r.discussed_at is not null then 'discussed' when r.returned_at is not null then 'returned' when r.opened_at is not null then 'opened' else 'sent' end`

// preRows folds the pre-assignments of enrolment e, as jsonb.
func preRows() string {
	return `select coalesce(jsonb_agg(jsonb_build_object('ID', r.id, 'Number', r.number, 'Title', ` + text("e.version_id", "'pre.' || r.number || '.title'") + `, 'State', ` + preState + `, 'DueOn', r.due_on::timestamptz) order by r.number), '[]') pre
  from app.pre_assignment r where r.org_id = e.org_id and r.enrolment_id = e.id`
}

var (
	qOutbox = `select e.id enrolment_id, p.first_name, p.last_name, e.state, e.starts_on, r.pre
from app.enrolment e
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
cross join lateral (` + preRows() + `) r
where (e.cohort_id = @cohort or e.id = @enrolment) and e.state not in ('not_started', 'withdrawn')
order by p.first_name collate "fi-x-icu", p.last_name collate "fi-x-icu", e.id
limit 100`
	// the titles of the model, and how many it asks; of the case when there is no cohort
	qPreTitles = `select n.number, v.pre_assignments count, ` + text("v.id", "'pre.' || n.number || '.title'") + ` title, ` + text("v.id", "'pre.' || n.number || '.body'") + ` body
from app.programme_version v
cross join lateral (select split_part(t.subject, '.', 2)::int as number from app.programme_text t where t.version_id = v.id and t.subject like 'pre.%.title' group by 1) n
where v.id = coalesce((select c.version_id from app.cohort c where c.id = @cohort), (select e.version_id from app.enrolment e where e.id = @enrolment))
order by n.number
limit 20`
)

func queueOutbox(b *pgx.Batch, a args, o *cohort.Outbox) {
	list(b, &o.People, qOutbox, a)
	list(b, &o.Titles, qPreTitles, a)
}

// Outbox is a cohort's people with their pre-assignments.
func (db *DB) Outbox(ctx context.Context, id uuid.UUID) (cohort.Outbox, error) {
	var o cohort.Outbox
	a := args{"cohort": id, "enrolment": uuid.Nil}
	err := db.read(ctx, question{do: access.PreAssignList, subject: id, scope: scopeCohort, found: func() bool { return o.Head.ID == id }, ask: func(b *pgx.Batch) {
		one(b, &o.Head, qHead, a)
		queueOutbox(b, a, &o)
	}})
	return o, err
}

// SendPre stores the pre-assignments of the people decide says.
func (db *DB) SendPre(ctx context.Context, cohortID, enrolment uuid.UUID, form access.Form, decide func(access.Actor, cohort.Outbox) (cohort.PreSending, error)) error {
	var o cohort.Outbox
	do, subject := access.PreAssignSend, cohortID
	if cohortID == uuid.Nil {
		do, subject = access.PreAssignSendOne, enrolment
	}
	a := args{"cohort": cohortID, "enrolment": enrolment}
	var held []uuid.UUID
	return db.write(ctx, act{do: do, subject: subject, form: form,
		ask: func(b *pgx.Batch) {
			// the lock makes a second sending wait and then find the first one's rows
			values(b, &held, `select e.id from app.enrolment e where (e.cohort_id = @cohort or e.id = @enrolment) order by e.id for update`, a)
			one(b, &o.Head, qHead, a)
			queueOutbox(b, a, &o)
		},
		found: func() bool { return o.Head.ID == subject || len(held) > 0 },
		decide: func(act access.Actor) (change, error) {
			p, err := decide(act, o)
			return change{enrolments: p.For, queue: func(b *pgx.Batch) {
				for _, e := range p.For {
					for _, n := range p.Numbers {
						b.Queue(`insert into app.pre_assignment (org_id, id, enrolment_id, number, due_on) values (@org, @id, @enrolment, @number, @due)`,
							args{"org": act.OrgID, "id": newID(), "enrolment": e, "number": n, "due": p.DueOn})
					}
				}
			}}, err
		}})
}

var qPre = `select r.id, r.number, ` + text("e.version_id", "'pre.' || r.number || '.title'") + ` title, ` + text("e.version_id", "'pre.' || r.number || '.body'") + ` body, ` + preState + ` state, r.due_on, r.answer, coalesce(r.how, '') how,
  case when r.how = 'self' then p.first_name || ' ' || p.last_name else coalesce((select m.name from app.membership m where m.org_id = r.org_id and m.id = r.entered_by), '') end entered_by, r.returned_at, r.comment,
  coalesce((select m.name from app.membership m where m.org_id = r.org_id and m.id = r.discussed_by), '') discussed_by, r.discussed_at, r.version, r.enrolment_id enrolment, p.first_name || ' ' || p.last_name as name, e.state case_state
from app.pre_assignment r
join app.enrolment e on e.org_id = r.org_id and e.id = r.enrolment_id
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
where r.id = @pre `

// PreAssignment is the page of one.
func (db *DB) PreAssignment(ctx context.Context, id uuid.UUID) (cohort.PrePage, error) {
	var r cohort.PrePage
	err := db.read(ctx, question{do: access.PreAssignView, subject: id, scope: scopePre, found: func() bool { return r.ID == id }, ask: func(b *pgx.Batch) {
		one(b, &r, qPre, args{"pre": id})
	}})
	return r, err
}

// ChangePre stores the next state of a pre-assignment.
func (db *DB) ChangePre(ctx context.Context, do access.Action, id uuid.UUID, form access.Form, decide func(access.Actor, cohort.PrePage) (cohort.PreChange, error)) error {
	var r cohort.PrePage
	var held []uuid.UUID
	w := act{do: do, subject: id, form: form,
		ask: func(b *pgx.Batch) {
			// a participant may not lock what was discussed, and is told so by the rule
			values(b, &held, `select r.id from app.pre_assignment r where r.id = @pre for update`, args{"pre": id})
			one(b, &r, qPre, args{"pre": id})
		},
		found: func() bool { return r.ID == id },
		decide: func(a access.Actor) (change, error) {
			c, err := decide(a, r)
			return change{enrolments: []uuid.UUID{r.Enrolment}, queue: func(b *pgx.Batch) {
				switch {
				case c.State == r.State && do.Name == access.PreAssignOpen.Name:
				case do.Name == access.PreAssignOpen.Name:
					b.Queue(`update app.pre_assignment set opened_at = @now where id = @id`, args{"id": id, "now": a.Now})
				case c.State == cohort.PreDiscussed:
					b.Queue(`update app.pre_assignment set discussed_at = @now, discussed_by = @by, comment = @comment, version = version + 1 where id = @id`, args{"id": id, "now": a.Now, "by": a.ID, "comment": c.Comment})
				default:
					b.Queue(`update app.pre_assignment set answer = @answer, how = @how, returned_at = @now, entered_by = @by, opened_at = coalesce(opened_at, @now), version = version + 1 where id = @id`,
						args{"id": id, "now": a.Now, "by": a.ID, "answer": c.Answer, "how": c.How})
				}
			}}, err
		}}
	if do.Name != access.PreAssignOpen.Name { // an opening is stale about nothing
		w.version = func() int { return r.Version }
	}
	return db.write(ctx, w)
}

// AddGoalCheck stores this week's look at the goal.
func (db *DB) AddGoalCheck(ctx context.Context, id uuid.UUID, form access.Form, decide func(access.Actor, cohort.GoalWeek) (cohort.GoalCheck, error)) error {
	var w []cohort.GoalWeek
	var locked []uuid.UUID
	return db.write(ctx, act{do: access.GoalCheckAdd, subject: id, form: form,
		ask: func(b *pgx.Batch) {
			values(b, &locked, `select e.id from app.enrolment e where e.id = @enrolment for update`, args{"enrolment": id})
			list(b, &w, q(`select coalesce(k.week, 0) week, (select count(*)::int from app.goal g where g.org_id = e.org_id and g.enrolment_id = e.id) goals,
  exists (select from app.goal_check c where c.org_id = e.org_id and c.enrolment_id = e.id and c.week = k.week) checked, e.state
from app.enrolment e
left join lateral (select m.week from app.meeting m where m.org_id = e.org_id and (m.cohort_id = e.cohort_id or m.enrolment_id = e.id) and m.held_on <= {today} order by m.held_on desc limit 1) k on true
where e.id = @enrolment`), args{"enrolment": id})
		},
		found: func() bool { return len(w) > 0 },
		decide: func(a access.Actor) (change, error) {
			c, err := decide(a, w[0])
			return change{enrolments: []uuid.UUID{id}, queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.goal_check (org_id, id, enrolment_id, week, goal_number, going, body) values (@org, @id, @enrolment, @week, @goal, @going, @body)`,
					args{"org": a.OrgID, "id": form.ID, "enrolment": id, "week": c.Week, "goal": w[0].Goals, "going": c.Going, "body": c.Body})
			}}, err
		}})
}

package preassignment

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/preassignment"
)

var (
	qOutbox = `select e.id enrolment_id, p.first_name, p.last_name, p.protected, e.state, e.starts_on, r.pre
from app.enrolment e
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
cross join lateral (` + door.PreAssignments() + `) r
where (e.cohort_id = @cohort or e.id = @enrolment) and e.state not in ('not_started', 'withdrawn', 'moved', 'died')
order by p.first_name collate "fi-x-icu", p.last_name collate "fi-x-icu", e.id
limit 100`
	// the titles of the model, and how many it asks; of the case when there is no cohort
	qPreTitles = `select
  n.number,
  v.pre_assignments count,
  ` + door.Text("v.id", "'pre.' || n.number || '.title'") + ` title,
  ` + door.Text("v.id", "'pre.' || n.number || '.body'") + ` body
from app.programme_version v
cross join lateral (
  select split_part(t.subject, '.', 2)::int as number
  from app.programme_text t
  where t.version_id = v.id and t.subject like 'pre.%.title'
  group by 1) n
where v.id = coalesce(
    (select c.version_id from app.cohort c where c.id = @cohort),
    (select e.version_id from app.enrolment e where e.id = @enrolment))
order by n.number
limit 20`
)

func queueOutbox(b *pgx.Batch, a door.Args, o *preassignment.Outbox) {
	door.List(b, &o.People, qOutbox, a)
	door.List(b, &o.Titles, qPreTitles, a)
}

// Outbox is a cohort's people with their pre-assignments.
func (db Store) Outbox(ctx context.Context, id uuid.UUID) (preassignment.Outbox, error) {
	var o preassignment.Outbox
	a := door.Args{"cohort": id, "enrolment": uuid.Nil}
	err := db.Read(ctx, door.Question{
		Do:      access.PreAssignList,
		Subject: id,
		Scope:   door.ScopeCohort,
		Found:   func() bool { return o.Head.ID == id },
		Ask: func(b *pgx.Batch) {
			door.One(b, &o.Head, door.Group, a)
			queueOutbox(b, a, &o)
		},
	})
	return o, err
}

// Send stores the pre-assignments of the people decide says.
func (db Store) Send(
	ctx context.Context,
	cohortID, enrolment uuid.UUID,
	form access.Form,
	decide func(access.Actor, preassignment.Outbox) (preassignment.Sending, error),
) error {
	var o preassignment.Outbox
	do, subject := access.PreAssignSend, cohortID
	if cohortID == uuid.Nil {
		do, subject = access.PreAssignSendOne, enrolment
	}
	a := door.Args{"cohort": cohortID, "enrolment": enrolment}
	var held []uuid.UUID
	return db.Write(ctx, door.Act{Do: do, Subject: subject, Form: form,
		Ask: func(b *pgx.Batch) {
			// the lock makes a second sending wait and then find the first one's rows
			door.Values(b, &held, `select e.id
from app.enrolment e
where (e.cohort_id = @cohort or e.id = @enrolment)
order by e.id
for update`, a)
			door.One(b, &o.Head, door.Group, a)
			queueOutbox(b, a, &o)
		},
		Found: func() bool { return o.Head.ID == subject || len(held) > 0 },
		Decide: func(act access.Actor) (door.Change, error) {
			p, err := decide(act, o)
			return door.Change{Enrolments: p.For, Queue: func(b *pgx.Batch) {
				for _, e := range p.For {
					for _, n := range p.Numbers {
						b.Queue(`insert into app.pre_assignment (org_id, id, enrolment_id, number, due_on)
values (@org, @id, @enrolment, @number, @due)`,
							door.Args{"org": act.OrgID, "id": door.NewID(), "enrolment": e, "number": n, "due": p.DueOn})
					}
				}
			}}, err
		}})
}

var qPre = `select
  r.id,
  r.number,
  ` + door.Text("e.version_id", "'pre.' || r.number || '.title'") + ` title,
  ` + door.Text("e.version_id", "'pre.' || r.number || '.body'") + ` body,
  ` + door.PreState + ` state,
  r.due_on,
  r.answer,
  coalesce(r.how, '') how,
  case
    when r.how = 'self' then p.first_name || ' ' || p.last_name
    else coalesce((select m.name from app.membership m where m.org_id = r.org_id and m.id = r.entered_by), '')
  end entered_by,
  r.returned_at,
  r.comment,
  coalesce((select m.name from app.membership m where m.org_id = r.org_id and m.id = r.discussed_by), '') discussed_by,
  r.discussed_at,
  r.version,
  r.enrolment_id enrolment,
  p.first_name || ' ' || p.last_name as name,
  e.state case_state
from app.pre_assignment r
join app.enrolment e on e.org_id = r.org_id and e.id = r.enrolment_id
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
where r.id = @pre `

// Assignment is the page of one.
func (db Store) Assignment(ctx context.Context, id uuid.UUID) (preassignment.Page, error) {
	var r preassignment.Page
	err := db.Read(ctx, door.Question{
		Do:      access.PreAssignView,
		Subject: id,
		Scope:   door.ScopePre,
		Found:   func() bool { return r.ID == id },
		Ask: func(b *pgx.Batch) {
			door.One(b, &r, qPre, door.Args{"pre": id})
		},
	})
	return r, err
}

// Change stores the next state of a pre-assignment.
func (db Store) Change(
	ctx context.Context,
	do access.Action,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, preassignment.Page) (preassignment.NewState, error),
) error {
	var r preassignment.Page
	var held []uuid.UUID
	w := door.Act{Do: do, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			// a participant may not lock what was discussed, and is told so by the rule
			door.Values(b, &held, `select r.id from app.pre_assignment r where r.id = @pre for update`, door.Args{"pre": id})
			door.One(b, &r, qPre, door.Args{"pre": id})
		},
		Found: func() bool { return r.ID == id },
		Decide: func(a access.Actor) (door.Change, error) {
			c, err := decide(a, r)
			return door.Change{Enrolments: []uuid.UUID{r.Enrolment}, Queue: func(b *pgx.Batch) {
				switch {
				case c.State == r.State && do.Name == access.PreAssignOpen.Name:
				case do.Name == access.PreAssignOpen.Name:
					b.Queue(`update app.pre_assignment set opened_at = @now where id = @id`, door.Args{"id": id, "now": a.Now})
				case c.State == preassignment.Discussed:
					b.Queue(`update app.pre_assignment
set
  discussed_at = @now,
  discussed_by = @by,
  comment = @comment,
  version = version + 1
where id = @id`, door.Args{"id": id, "now": a.Now, "by": a.ID, "comment": c.Comment})
				default:
					b.Queue(`update app.pre_assignment
set
  answer = @answer,
  how = @how,
  returned_at = @now,
  entered_by = @by,
  opened_at = coalesce(opened_at, @now),
  version = version + 1
where id = @id`,
						door.Args{"id": id, "now": a.Now, "by": a.ID, "answer": c.Answer, "how": c.How})
				}
			}}, err
		}}
	if do.Name != access.PreAssignOpen.Name { // an opening is stale about nothing
		w.Version = func() int { return r.Version }
	}
	return db.Write(ctx, w)
}

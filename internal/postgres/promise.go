package postgres

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
)

// openPromises folds the open promises about enrolment e, as jsonb.
const openPromises = `select coalesce(jsonb_agg(jsonb_build_object('ID', o.id, 'Enrolment', o.enrolment_id, 'Body', o.body, 'Owner', o.owner, 'DueOn', o.due_on::timestamptz,
    'By', coalesce(m.name, ''), 'At', o.at, 'Version', o.version) order by o.due_on nulls last, o.at), '[]') promises
  from app.promise o left join app.membership m on m.org_id = o.org_id and m.id = o.agreed_by where o.org_id = e.org_id and o.enrolment_id = e.id and o.done_at is null`

var qWalk = q(`select e.id enrolment_id, p.first_name, p.last_name, e.state, coalesce((select g.body from app.goal g where g.org_id = e.org_id and g.enrolment_id = e.id order by g.number desc limit 1), '') goal,
  coalesce((select k.going from app.goal_check k where k.org_id = e.org_id and k.enrolment_id = e.id order by k.week desc limit 1), '') going,
  a.here, a.marked, coalesce(t.name, '') site, coalesce(t.state = 'draft', false) site_draft, t.last_contact, o.promises
from app.enrolment e
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
cross join lateral (select (count(*) filter (where a.mark = any(@marks)))::int here, count(*)::int marked
  from app.attendance a where a.org_id = e.org_id and a.enrolment_id = e.id and a.held_on > {today} - 7) a
left join lateral (select i.name, t.state, (select max(k.on_day) from app.site_contact k where k.org_id = t.org_id and k.trial_id = t.id) last_contact
  from app.trial t join app.site i on i.org_id = t.org_id and i.id = t.site_id where t.org_id = e.org_id and t.enrolment_id = e.id and t.state in ('active', 'draft') order by t.state, t.starts_on desc limit 1) t on true
cross join lateral (` + openPromises + `) o
where e.cohort_id = @cohort and ` + placed + `
order by p.first_name collate "fi-x-icu", p.last_name collate "fi-x-icu", e.id
limit 100`)

// Walk is the team meeting's page of a cohort.
func (db *DB) Walk(ctx context.Context, id uuid.UUID) (cohort.Walk, error) {
	var w cohort.Walk
	a := args{"cohort": id, "marks": cohort.TakingPart()}
	err := db.read(ctx, question{do: access.WalkView, subject: id, scope: scopeCohort, found: func() bool { return w.Head.ID == id }, ask: func(b *pgx.Batch) {
		one(b, &w.Head, qHead, a)
		list(b, &w.Rows, qWalk, a)
	}})
	return w, err
}

// AddPromises stores what a team meeting agreed, and which promises of the cohort it found kept.
func (db *DB) AddPromises(ctx context.Context, id uuid.UUID, form access.Form, done []uuid.UUID, decide func(access.Actor, cohort.Walk) ([]cohort.NewPromise, error)) error {
	var w cohort.Walk
	a := args{"cohort": id}
	return db.write(ctx, act{do: access.WalkAgree, subject: id, form: form,
		ask: func(b *pgx.Batch) {
			one(b, &w.Head, qHead, a)
			list(b, &w.Rows, `select e.id enrolment_id, '' first_name, '' last_name, e.state, '' goal, '' going, 0 here, 0 marked, '' site, false site_draft, null::date last_contact, '[]'::jsonb promises
from app.enrolment e where e.cohort_id = @cohort limit 200`, a)
		},
		found: func() bool { return w.Head.ID == id },
		decide: func(actor access.Actor) (change, error) {
			ns, err := decide(actor, w)
			ch := change{queue: func(b *pgx.Batch) {
				if len(done) > 0 {
					b.Queue(`update app.promise o set done_at = @now, done_by = @by, version = o.version + 1 from app.enrolment e
where e.org_id = o.org_id and e.id = o.enrolment_id and e.cohort_id = @cohort and o.id = any(@ids) and o.done_at is null`, args{"now": actor.Now, "by": actor.ID, "cohort": id, "ids": done})
				}
				for _, n := range ns {
					b.Queue(`insert into app.promise (org_id, id, enrolment_id, body, owner, due_on) values (@org, @id, @enrolment, @body, @owner, @due)`,
						args{"org": actor.OrgID, "id": newID(), "enrolment": n.Enrolment, "body": n.Body, "owner": n.Owner, "due": n.DueOn})
				}
			}}
			for _, n := range ns {
				ch.enrolments = append(ch.enrolments, n.Enrolment)
			}
			return ch, err
		}})
}

// EndPromise notes that a promise was done, and answers whose case it is.
func (db *DB) EndPromise(ctx context.Context, id uuid.UUID, form access.Form) (uuid.UUID, error) {
	return db.settle(ctx, access.PromiseKeep, id, form, `select o.enrolment_id "of", array[o.enrolment_id] cases, o.version, o.done_at is not null done from app.promise o where o.id = @id for update`,
		`update app.promise set done_at = @now, done_by = @by, version = version + 1 where id = @id`)
}

// Promises are the open ones the actor's role has to keep, in their live cases.
func (db *DB) Promises(ctx context.Context) ([]cohort.OwnPromise, error) {
	var out []cohort.OwnPromise
	err := db.read(ctx, question{do: access.PromiseList, scope: scopeGranted, ask: func(b *pgx.Batch) {
		list(b, &out, q(`select o.id, o.body, o.owner, o.due_on, m.name by, o.at, o.version, o.enrolment_id enrolment, p.first_name || ' ' || p.last_name as name, coalesce(c.name, '') cohort_name
from {mine} join app.promise o on o.org_id = mine.org_id and o.enrolment_id = mine.enrolment_id
join app.enrolment e on e.org_id = o.org_id and e.id = o.enrolment_id
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
join app.membership m on m.org_id = o.org_id and m.id = o.agreed_by
left join app.cohort c on c.org_id = e.org_id and c.id = e.cohort_id
where o.done_at is null and o.owner = (select current_setting('app.role', true))
order by o.due_on nulls last, o.at
limit 300`), nil)
	}})
	return out, err
}

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

var qWalk = door.Q(`select
  e.id enrolment_id,
  p.first_name,
  p.last_name,
  p.protected,
  e.state,
  coalesce(
    (select g.body from app.goal g where g.org_id = e.org_id and g.enrolment_id = e.id order by g.number desc limit 1),
    '') goal,
  coalesce(
    (
      select k.going
      from app.goal_check k
      where k.org_id = e.org_id and k.enrolment_id = e.id
      order by k.week desc
      limit 1),
    '') going,
  a.here,
  a.marked,
  coalesce(t.name, '') site,
  coalesce(t.state = 'draft', false) site_draft,
  t.last_contact,
  o.promises
from app.enrolment e
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
cross join lateral (
  select (count(*) filter (where a.mark = any(@marks)))::int here, count(*)::int marked
  from app.attendance a
  where a.org_id = e.org_id
    and a.enrolment_id = e.id
    and a.held_on > {today} - 7) a
left join lateral (
  select
    i.name,
    t.state,
    (select max(k.on_day) from app.site_contact k where k.org_id = t.org_id and k.trial_id = t.id) last_contact
  from app.trial t
  join app.site i on i.org_id = t.org_id and i.id = t.site_id
  where t.org_id = e.org_id
    and t.enrolment_id = e.id
    and ` + door.TrialStands + `
  order by t.state, t.starts_on desc
  limit 1) t on true
cross join lateral (` + door.OpenPromises + `) o
where e.cohort_id = @cohort and ` + door.Placed + `
order by p.first_name collate "fi-x-icu", p.last_name collate "fi-x-icu", e.id
limit 100`)

// Walk is the team meeting's page of a cohort.
func (db Store) Walk(ctx context.Context, id uuid.UUID) (cohort.Walk, error) {
	var w cohort.Walk
	a := door.Args{"cohort": id, "marks": cohort.TakingPart()}
	err := db.Read(ctx, door.Question{
		Do:      access.WalkView,
		Subject: id,
		Scope:   door.ScopeCohort,
		Found:   func() bool { return w.Head.ID == id },
		Ask: func(b *pgx.Batch) {
			door.One(b, &w.Head, door.Group, a)
			door.List(b, &w.Rows, qWalk, a)
		},
	})
	return w, err
}

// AddPromises stores what a team meeting agreed, and which promises of the cohort it found kept.
func (db Store) AddPromises(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	done []uuid.UUID,
	decide func(access.Actor, cohort.Walk) ([]casework.NewPromise, error),
) error {
	var w cohort.Walk
	a := door.Args{"cohort": id}
	return db.Write(ctx, door.Act{Do: access.WalkAgree, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			door.One(b, &w.Head, door.Group, a)
			door.List(b, &w.Rows, `select
  e.id enrolment_id,
  '' first_name,
  '' last_name,
  false protected,
  e.state,
  '' goal,
  '' going,
  0 here,
  0 marked,
  '' site,
  false site_draft,
  null::date last_contact,
  '[]'::jsonb promises
from app.enrolment e
where e.cohort_id = @cohort
limit 200`, a)
		},
		Found: func() bool { return w.Head.ID == id },
		Decide: func(actor access.Actor) (door.Change, error) {
			ns, err := decide(actor, w)
			ch := door.Change{Queue: func(b *pgx.Batch) {
				if len(done) > 0 {
					b.Queue(`update app.promise o
set done_at = @now, done_by = @by, version = o.version + 1
from app.enrolment e
where e.org_id = o.org_id
  and e.id = o.enrolment_id
  and e.cohort_id = @cohort
  and o.id = any(@ids)
  and o.done_at is null`, door.Args{"now": actor.Now, "by": actor.ID, "cohort": id, "ids": done})
				}
				for _, n := range ns {
					door.QueuePromise(b, actor.OrgID, n.Enrolment, n.Body, n.Owner, n.DueOn)
				}
			}}
			for _, n := range ns {
				ch.Enrolments = append(ch.Enrolments, n.Enrolment)
			}
			return ch, err
		}})
}

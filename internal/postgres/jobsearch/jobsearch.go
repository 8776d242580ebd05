package jobsearch

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/jobsearch"
	"kuukausi/internal/postgres/door"
)

// AddSearchStep stores a step of the log of a case.
func (db Store) AddSearchStep(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, jobsearch.Log) (jobsearch.Step, error),
) error {
	var held []struct {
		jobsearch.Log
		Version int
	}
	return db.Write(ctx, door.Act{Do: access.SearchStepAdd, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			door.List(b, &held, `select e.search_shared shared, e.closed_at is null open, e.version
from app.enrolment e
where e.id = @enrolment
for update`, door.Args{"enrolment": id})
		},
		Found:   func() bool { return len(held) > 0 },
		Version: func() int { return held[0].Version },
		Decide: func(a access.Actor) (door.Change, error) {
			s, err := decide(a, held[0].Log)
			return door.Change{Enrolments: []uuid.UUID{id}, Queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.search_step (org_id, id, enrolment_id, kind, done_on, shared)
values (@org, @id, @enrolment, @kind, @on, true)`,
					door.Args{"org": a.OrgID, "id": form.ID, "enrolment": id, "kind": s.Kind, "on": s.On})
				b.Queue(`update app.enrolment set version = version + 1 where id = @id`, door.Args{"id": id})
			}}, err
		}})
}

// AddCalls stores a call of the day for each of the people decide answers; who has one already was told twice.
func (db Store) AddCalls(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	on time.Time,
	decide func(access.Actor, []jobsearch.Caller) ([]uuid.UUID, error),
) error {
	var all []jobsearch.Caller
	var seen []uuid.UUID
	return db.Write(ctx, door.Act{Do: access.CallsRecord, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			door.Values(b, &seen, `select c.id from app.cohort c where c.id = @cohort`, door.Args{"cohort": id})
			door.List(b, &all, `select e.id enrolment_id, e.search_shared shared
from app.enrolment e
where e.cohort_id = @cohort and `+door.Placed+`
order by e.id
for update`, door.Args{"cohort": id})
		},
		Found: func() bool { return len(seen) > 0 },
		Decide: func(a access.Actor) (door.Change, error) {
			who, err := decide(a, all)
			return door.Change{Enrolments: who, Queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.search_step (org_id, id, enrolment_id, kind, done_on, shared)
select
  @org,
  n.id,
  n.enrolment,
  'call',
  @on,
  true
from unnest(@ids::uuid[], @who::uuid[]) n (id, enrolment)
where not exists (
    select
    from app.search_step s
    where s.enrolment_id = n.enrolment
      and s.kind = 'call'
      and s.done_on = @on)`,
					door.Args{"org": a.OrgID, "ids": door.NewIDs(len(who)), "who": who, "on": on})
			}}, err
		}})
}

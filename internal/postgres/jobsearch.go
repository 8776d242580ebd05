package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/jobsearch"
)

var _ jobsearch.Store = (*DB)(nil)

// AddSearchStep stores a step of the log of a case.
func (db *DB) AddSearchStep(ctx context.Context, id uuid.UUID, form access.Form, decide func(access.Actor, jobsearch.Log) (jobsearch.Step, error)) error {
	var held []struct {
		jobsearch.Log
		Version int
	}
	return db.write(ctx, act{do: access.SearchStepAdd, subject: id, form: form,
		ask: func(b *pgx.Batch) {
			list(b, &held, `select e.search_shared shared, e.closed_at is null open, e.version
from app.enrolment e
where e.id = @enrolment
for update`, args{"enrolment": id})
		},
		found:   func() bool { return len(held) > 0 },
		version: func() int { return held[0].Version },
		decide: func(a access.Actor) (change, error) {
			s, err := decide(a, held[0].Log)
			return change{enrolments: []uuid.UUID{id}, queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.search_step (org_id, id, enrolment_id, kind, done_on, shared) values (@org, @id, @enrolment, @kind, @on, true)`,
					args{"org": a.OrgID, "id": form.ID, "enrolment": id, "kind": s.Kind, "on": s.On})
				b.Queue(`update app.enrolment set version = version + 1 where id = @id`, args{"id": id})
			}}, err
		}})
}

// AddCalls stores a call of the day for each of the people decide answers; who has one already was told twice.
func (db *DB) AddCalls(ctx context.Context, id uuid.UUID, form access.Form, on time.Time, decide func(access.Actor, []jobsearch.Caller) ([]uuid.UUID, error)) error {
	var all []jobsearch.Caller
	var seen []uuid.UUID
	return db.write(ctx, act{do: access.CallsRecord, subject: id, form: form,
		ask: func(b *pgx.Batch) {
			values(b, &seen, `select c.id from app.cohort c where c.id = @cohort`, args{"cohort": id})
			list(b, &all, `select e.id enrolment_id, e.search_shared shared from app.enrolment e where e.cohort_id = @cohort and `+placed+` order by e.id for update`, args{"cohort": id})
		},
		found: func() bool { return len(seen) > 0 },
		decide: func(a access.Actor) (change, error) {
			who, err := decide(a, all)
			return change{enrolments: who, queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.search_step (org_id, id, enrolment_id, kind, done_on, shared) select @org, n.id, n.enrolment, 'call', @on, true from unnest(@ids::uuid[], @who::uuid[]) n (id, enrolment)
where not exists (select from app.search_step s where s.enrolment_id = n.enrolment and s.kind = 'call' and s.done_on = @on)`,
					args{"org": a.OrgID, "ids": newIDs(len(who)), "who": who, "on": on})
			}}, err
		}})
}

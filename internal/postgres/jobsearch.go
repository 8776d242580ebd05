package postgres

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
	"kuukausi/internal/jobsearch"
)

var _ jobsearch.Store = (*DB)(nil)

// AddSearchStep stores a step of the log of a case.
func (db *DB) AddSearchStep(ctx context.Context, id uuid.UUID, form access.Form, decide func(access.Actor, jobsearch.Log) (jobsearch.Step, error)) error {
	return db.changeCase(ctx, access.SearchStepAdd, id, form, func(a access.Actor, c cohort.Case) (func(*pgx.Batch), error) {
		s, err := decide(a, jobsearch.Log{Shared: c.SearchShared, Open: cohort.IsOpen(c.State)})
		return func(b *pgx.Batch) {
			b.Queue(`insert into app.search_step (org_id, id, enrolment_id, kind, done_on, shared) values (@org, @id, @enrolment, @kind, @on, true)`,
				args{"org": a.OrgID, "id": form.ID, "enrolment": id, "kind": s.Kind, "on": s.On})
			b.Queue(`update app.enrolment set version = version + 1 where id = @id`, args{"id": id})
		}, err
	})
}

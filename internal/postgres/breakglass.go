package postgres

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/participant"
)

// BreakPlan is the page on which one asks for a case: whether the actor may.
func (db *DB) BreakPlan(ctx context.Context) error {
	return db.read(ctx, question{do: access.BreakGlassNew, ask: func(*pgx.Batch) {}})
}

// BreakGlass stores that somebody opened a person's cases, and gives them an hour; it answers the newest case.
func (db *DB) BreakGlass(ctx context.Context, form access.Form, f participant.BreakForm, index []byte, decide func([]uuid.UUID) error) (uuid.UUID, error) {
	var found []uuid.UUID
	a := args{"first": f.FirstName, "last": f.LastName, "born": orNoDay(f.BornOn), "code": index}
	err := db.write(ctx, act{do: access.BreakGlass, subject: form.ID, form: form,
		ask: func(b *pgx.Batch) {
			values(b, &found, `select c from app.break_glass_cases(@first, @last, @born, @code) c`, a)
		},
		decide: func(access.Actor) (change, error) {
			err := decide(found)
			return change{enrolments: found, queue: func(b *pgx.Batch) {
				b.Queue(`select app.break_glass(@id, @first, @last, @born, @code, @why)`, args{"id": form.ID, "first": f.FirstName, "last": f.LastName, "born": orNoDay(f.BornOn), "code": index, "why": f.Reason})
			}}, err
		}})
	if err != nil || len(found) == 0 {
		return uuid.Nil, err
	}
	return found[0], nil
}

// Breakings are what administrators are told, the unseen first.
func (db *DB) Breakings(ctx context.Context) ([]participant.Breaking, error) {
	var out []participant.Breaking
	err := db.read(ctx, question{do: access.BreakGlassList, ask: func(b *pgx.Batch) {
		list(b, &out, `select g.id, m.name by, g.reason, cardinality(g.enrolment_ids) cases, g.at, g.until, coalesce(s.name, '') seen_by, g.seen_at
from app.break_glass g join app.membership m on m.org_id = g.org_id and m.id = g.by_id left join app.membership s on s.org_id = g.org_id and s.id = g.seen_by
order by g.seen_at is not null, g.at desc limit 200`, nil)
	}})
	return out, err
}

// SeeBreaking stores that an administrator has looked into it, once.
func (db *DB) SeeBreaking(ctx context.Context, id uuid.UUID, form access.Form) error {
	type opened struct{ Seen, Own bool }
	var found []opened
	return db.write(ctx, act{do: access.BreakGlassSee, subject: id, form: form,
		ask: func(b *pgx.Batch) {
			list(b, &found, `select g.seen_at is not null seen, (select a.account_id from app.membership a where a.org_id = g.org_id and a.id = g.by_id) = (select a.account_id from app.membership a where a.org_id = g.org_id and a.id = (select nullif(current_setting('app.actor', true), '')::uuid)) own
from app.break_glass g where g.id = @id for update`, args{"id": id})
		},
		found: func() bool { return len(found) > 0 },
		decide: func(a access.Actor) (change, error) {
			switch {
			case found[0].Own: // nobody looks into what they did themself, under whatever membership
				return change{}, fault.Forbidden{Code: "E_OWN_BREAK"}
			case found[0].Seen:
				return change{}, fault.ErrStale
			}
			return change{queue: func(b *pgx.Batch) {
				b.Queue(`update app.break_glass set seen_by = @by, seen_at = @now where id = @id`, args{"by": a.ID, "now": a.Now, "id": id})
			}}, nil
		}})
}

package participant

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/participant"
	"kuukausi/internal/postgres/door"
)

// BreakPlan is the page on which one asks for a case: whether the actor may.
func (db Store) BreakPlan(ctx context.Context) error {
	return db.Read(ctx, door.Question{Do: access.BreakGlassNew, Ask: func(*pgx.Batch) {}})
}

// BreakGlass stores that somebody opened a person's cases, and gives them an hour; it answers the newest case.
func (db Store) BreakGlass(
	ctx context.Context,
	form access.Form,
	f participant.BreakForm,
	index []byte,
	decide func([]uuid.UUID) error,
) (uuid.UUID, error) {
	var found []uuid.UUID
	a := door.Args{"first": f.FirstName, "last": f.LastName, "born": door.OrNoDay(f.BornOn), "code": index}
	err := db.Write(ctx, door.Act{Do: access.BreakGlass, Subject: form.ID, Form: form,
		Ask: func(b *pgx.Batch) {
			door.Values(b, &found, `select c from app.break_glass_cases(@first, @last, @born, @code) c`, a)
		},
		Decide: func(access.Actor) (door.Change, error) {
			err := decide(found)
			return door.Change{Enrolments: found, Queue: func(b *pgx.Batch) {
				b.Queue(
					`select app.break_glass(@id, @first, @last, @born, @code, @why)`,
					door.Args{"id": form.ID, "first": f.FirstName, "last": f.LastName, "born": door.OrNoDay(f.BornOn), "code": index, "why": f.Reason},
				)
			}}, err
		}})
	if err != nil || len(found) == 0 {
		return uuid.Nil, err
	}
	return found[0], nil
}

// Breakings are what administrators are told, the unseen first.
func (db Store) Breakings(ctx context.Context) ([]participant.Breaking, error) {
	var out []participant.Breaking
	err := db.Read(ctx, door.Question{Do: access.BreakGlassList, Ask: func(b *pgx.Batch) {
		door.List(b, &out, `select
  g.id,
  m.name by,
  g.reason,
  cardinality(g.enrolment_ids) cases,
  g.at,
  g.until,
  coalesce(s.name, '') seen_by,
  g.seen_at
from app.break_glass g
join app.membership m on m.org_id = g.org_id and m.id = g.by_id
left join app.membership s on s.org_id = g.org_id and s.id = g.seen_by
order by g.seen_at is not null, g.at desc
limit 200`, nil)
	}})
	return out, err
}

// SeeBreaking stores that an administrator has looked into it, once.
func (db Store) SeeBreaking(ctx context.Context, id uuid.UUID, form access.Form) error {
	type opened struct{ Seen, Own bool }
	var found []opened
	return db.Write(ctx, door.Act{Do: access.BreakGlassSee, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			door.List(b, &found, `select
  g.seen_at is not null seen,
  (select a.account_id from app.membership a where a.org_id = g.org_id and a.id = g.by_id) = (
    select a.account_id
    from app.membership a
    where a.org_id = g.org_id
      and a.id = (select nullif(current_setting('app.actor', true), '')::uuid)) own
from app.break_glass g
where g.id = @id
for update`, door.Args{"id": id})
		},
		Found: func() bool { return len(found) > 0 },
		Decide: func(a access.Actor) (door.Change, error) {
			switch {
			case found[0].Own: // nobody looks into what they did themself, under whatever membership
				return door.Change{}, fault.Forbidden{Code: "E_OWN_BREAK"}
			case found[0].Seen:
				return door.Change{}, fault.ErrStale
			}
			return door.Change{Queue: func(b *pgx.Batch) {
				b.Queue(`update app.break_glass set seen_by = @by, seen_at = @now where id = @id`, door.Args{"by": a.ID, "now": a.Now, "id": id})
			}}, nil
		}})
}

package participant

import (
	"context"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
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
	decide func(access.Actor, bool, []uuid.UUID) error,
) (uuid.UUID, error) {
	var found []uuid.UUID
	var newcomer []bool
	a := door.Args{"first": f.FirstName, "last": f.LastName, "born": door.OrNoDay(f.BornOn), "code": index}
	err := db.Write(ctx, door.Act{Do: access.BreakGlass, Subject: form.ID, Form: form,
		Ask: func(b *pgx.Batch) {
			door.Values(b, &newcomer, `select app.newcomer(m.created_at)
from app.membership m
where m.id = (select nullif(current_setting('app.actor', true), '')::uuid)`, nil)
			door.Values(b, &found, `select c from app.break_glass_cases(@first, @last, @born, @code) c`, a)
		},
		Decide: func(actor access.Actor) (door.Change, error) {
			err := decide(actor, slices.Contains(newcomer, true), found)
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
	var sees []bool
	seen := func() bool { return len(sees) > 0 && sees[0] }
	err := db.Read(ctx, door.Question{Do: access.BreakGlassList, Found: seen, Ask: func(b *pgx.Batch) {
		door.Values(b, &sees, `select app.sees_trail()`, nil)
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
func (db Store) SeeBreaking(ctx context.Context, id uuid.UUID, form access.Form, decide func(participant.Looked) error) error {
	var found []participant.Looked
	return db.Write(ctx, door.Act{Do: access.BreakGlassSee, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			door.List(b, &found, `select
  g.seen_at is not null seen,
  x.account_id = me.account_id own,
  coalesce(x.invited_by = me.id, false) invited
from app.break_glass g
join app.membership x on x.org_id = g.org_id and x.id = g.by_id
join app.membership me on me.org_id = g.org_id and me.id = (select nullif(current_setting('app.actor', true), '')::uuid)
where app.sees_trail() and g.id = @id
for update of g`, door.Args{"id": id})
		},
		Found: func() bool { return len(found) > 0 },
		Decide: func(a access.Actor) (door.Change, error) {
			return door.Change{Queue: func(b *pgx.Batch) {
				b.Queue(`update app.break_glass set seen_by = @by, seen_at = @now where id = @id`, door.Args{"by": a.ID, "now": a.Now, "id": id})
			}}, decide(found[0])
		}})
}

const qOpenings = `select o.id, o.enrolment_id, o.by_name by, o.reason, o.at from app.openings() o`

// Openings are the actor's own cases that others opened and that the actor has not read of.
func (db Store) Openings(ctx context.Context) ([]participant.Opening, error) {
	var out []participant.Opening
	err := db.Read(ctx, door.Question{Do: access.OpeningList, Scope: door.ScopeGranted, Ask: func(b *pgx.Batch) {
		door.List(b, &out, qOpenings+" order by o.at desc", nil)
	}})
	return out, err
}

// NoteOpening stores that the actor has read of an opening.
func (db Store) NoteOpening(ctx context.Context, id uuid.UUID, form access.Form) error {
	var mine []participant.Opening
	return db.Write(ctx, door.Act{Do: access.OpeningNote, Subject: id, Form: form,
		Ask:   func(b *pgx.Batch) { door.List(b, &mine, qOpenings+" where o.id = @id", door.Args{"id": id}) },
		Found: func() bool { return len(mine) > 0 },
		Decide: func(a access.Actor) (door.Change, error) {
			return door.Change{Enrolments: []uuid.UUID{mine[0].EnrolmentID}, Queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.break_noted (org_id, break_id) values (@org, @id) on conflict do nothing`,
					door.Args{"org": a.OrgID, "id": id})
			}}, nil
		}})
}

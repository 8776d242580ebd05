package participant

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/participant"
	"kuukausi/internal/postgres/door"
)

// twin is a record of a person p, with the newest of the actor's cases to reach it by and all of them to see, x being the
// person whose page it is. The records to look at come first: begun with the organisation's people it grew with them.
func twin(records, condition string) string {
	return door.Q(`select
  p.id participant_id,
  c.newest enrolment_id,
  p.first_name,
  p.last_name,
  p.born_on,
  p.municipality,
  p.code_known,
  app.knows_person(p.id) knows,
  p.version,
  c.cases
from (` + records + `) k
join app.participant p on p.id = k.participant_id and p.merged_into is null
cross join lateral (
  select
    (array_agg(n.id order by n.starts_on desc, n.id))[1] newest,
    coalesce(
      jsonb_agg(
        jsonb_build_object(
          'cohort', coalesce(h.name, ''), 'state', n.state, 'open', n.closed_at is null, 'startson',
          n.starts_on::timestamp at time zone 'UTC', 'endson', n.ends_on::timestamp at time zone 'UTC') order by n.starts_on),
      '[]') cases
  from app.enrolment n
  left join app.cohort h on h.org_id = n.org_id and h.id = n.cohort_id
  where n.org_id = p.org_id and n.participant_id = p.id) c
join app.enrolment e on e.id = @enrolment
join app.participant x on x.org_id = e.org_id and x.id = e.participant_id
where c.newest is not null and ` + condition)
}

var (
	qTwinSelf  = twin(`select o.participant_id from app.enrolment o where o.id = @enrolment`, `true`)
	qTwinOther = twin(`select o.participant_id from app.enrolment o where o.id = @other`, `p.id <> x.id`)
	qTwinsOf   = twin(`select distinct g.participant_id
from app.case_grant g
where g.kind in ('coach', 'pair', 'substitute') and `+door.Live,
		`p.id <> x.id and (p.born_on = x.born_on or lower(p.last_name) = lower(x.last_name) or lower(p.first_name) = lower(x.first_name))
order by p.born_on = x.born_on desc, p.last_name collate "fi-x-icu", p.first_name collate "fi-x-icu" limit 20`)
)

const (
	qMerges = `select m.id, cardinality(m.enrolment_ids) cases, u.name by, m.at, m.undone_at
from app.person_merge m join app.membership u on u.org_id = m.org_id and u.id = m.by_id
where m.kept_id = (select e.participant_id from app.enrolment e where e.id = @enrolment)
order by m.at desc limit 20`
)

// twins is a person with the other chosen.
type twins struct {
	self, other, like []participant.Twin
}

func (x *twins) queue(b *pgx.Batch, enrolment, other uuid.UUID) {
	a := door.Args{"enrolment": enrolment, "other": door.OrNull(other)}
	door.List(b, &x.self, qTwinSelf, a)
	door.List(b, &x.other, qTwinOther, a)
}

func (x *twins) page() participant.Twins {
	t := participant.Twins{Candidates: x.like}
	if len(x.self) > 0 {
		t.Person = x.self[0]
	}
	if len(x.other) > 0 {
		t.Other = &x.other[0]
	}
	return t
}

// Twins is a person, who may be the same one, and the one chosen.
func (db Store) Twins(ctx context.Context, enrolment, other uuid.UUID) (participant.Twins, error) {
	var x twins
	var merges []participant.Merge
	err := db.Read(ctx, door.Question{
		Do:      access.MergeView,
		Subject: enrolment,
		Scope:   door.ScopeEnrolment,
		Found:   func() bool { return len(x.self) > 0 },
		Ask: func(b *pgx.Batch) {
			x.queue(b, enrolment, other)
			door.List(b, &x.like, qTwinsOf, door.Args{"enrolment": enrolment})
			door.List(b, &merges, qMerges, door.Args{"enrolment": enrolment})
		},
	})
	t := x.page()
	t.Merges = merges
	return t, err
}

// MergePeople stores a merge; the function of the duty role moves the cases and their grants.
func (db Store) MergePeople(
	ctx context.Context,
	enrolment, other uuid.UUID,
	form access.Form,
	decide func(participant.Twins) (uuid.UUID, uuid.UUID, error),
) error {
	var x twins
	return db.Write(ctx, door.Act{Do: access.MergeMake, Subject: enrolment, Form: form,
		Ask: func(b *pgx.Batch) {
			b.Queue(`select p.id
from app.participant p
where p.id in (select e.participant_id from app.enrolment e where e.id in (@enrolment, @other))
order by p.id
for update`, door.Args{"enrolment": enrolment, "other": door.OrNull(other)})
			x.queue(b, enrolment, other)
		},
		Found: func() bool { return len(x.self) > 0 },
		Version: func() int {
			n := x.self[0].Version
			if len(x.other) > 0 {
				n += x.other[0].Version
			}
			return n
		},
		Decide: func(access.Actor) (door.Change, error) {
			kept, merged, err := decide(x.page())
			return door.Change{Enrolments: []uuid.UUID{enrolment, other}, Queue: func(b *pgx.Batch) {
				b.Queue(`select app.merge_person(@id, @kept, @merged)`, door.Args{"id": form.ID, "kept": kept, "merged": merged})
			}}, err
		}})
}

// UndoMerge takes a merge back; it answers a case of the person who was kept.
func (db Store) UndoMerge(ctx context.Context, id uuid.UUID, form access.Form, decide func(participant.Merge) error) (uuid.UUID, error) {
	type row struct {
		participant.Merge
		EnrolmentID uuid.UUID
	}
	var m row
	err := db.Write(ctx, door.Act{Do: access.MergeUndo, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			door.One(b, &m, `select
  m.id,
  cardinality(m.enrolment_ids) cases,
  u.name by,
  m.at,
  m.undone_at,
  (
    select e.id
    from app.enrolment e
    where e.org_id = m.org_id
      and e.participant_id = m.kept_id
      and not e.id = any(m.enrolment_ids)
    order by e.starts_on desc
    limit 1) enrolment_id
from app.person_merge m
join app.membership u on u.org_id = m.org_id and u.id = m.by_id
where m.id = @id`, door.Args{"id": id})
		},
		Found: func() bool { return m.ID == id },
		Decide: func(access.Actor) (door.Change, error) {
			return door.Change{
				Enrolments: []uuid.UUID{m.EnrolmentID},
				Queue:      func(b *pgx.Batch) { b.Queue(`select app.unmerge_person(@id)`, door.Args{"id": id}) },
			}, decide(m.Merge)
		}})
	return m.EnrolmentID, err
}

package casework

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/postgres/door"
)

var qResponsible = door.Q(`select
  e.id enrolment_id,
  p.first_name,
  p.last_name,
  e.state,
  e.version,
  coalesce(y.id, '00000000-0000-0000-0000-000000000000') expert_id,
  coalesce(y.name, '') expert,
  ` + door.Corrections("c.org_id = e.org_id and c.enrolment_id = e.id and c.field = 'expert'") + `
from app.enrolment e
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
left join lateral (
  select m.id, m.name
  from app.enrolment_party y
  join app.membership m on m.org_id = y.org_id and m.id = y.user_id
  where y.org_id = e.org_id
    and y.enrolment_id = e.id
    and y.kind = 'expert'
    and y.valid_until > {now}
  order by y.valid_from desc
  limit 1) y on true
where e.id = @enrolment`)

func queueResponsible(b *pgx.Batch, id uuid.UUID, r *casework.Responsible) {
	door.One(b, r, qResponsible, door.Args{"enrolment": id})
	door.List(b, &r.Experts, door.Colleagues, nil)
}

// Responsible is the expert who answers for a case, and who could.
func (db Store) Responsible(ctx context.Context, id uuid.UUID) (casework.Responsible, error) {
	var r casework.Responsible
	err := db.Read(ctx, door.Question{
		Do:      access.ExpertView,
		Subject: id,
		Scope:   door.ScopeEnrolment,
		Found:   func() bool { return r.EnrolmentID == id },
		Ask:     func(b *pgx.Batch) { queueResponsible(b, id, &r) },
	})
	return r, err
}

// ReplaceExpert stores who answers for a case from now on, and who did.
func (db Store) ReplaceExpert(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, casework.Responsible) (access.Colleague, error),
) error {
	var r casework.Responsible
	return db.Write(ctx, door.Act{Do: access.ExpertReplace, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			b.Queue(`select from app.enrolment e where e.id = @enrolment for update`, door.Args{"enrolment": id})
			queueResponsible(b, id, &r)
		},
		Found:   func() bool { return r.EnrolmentID == id },
		Version: func() int { return r.Version },
		Decide: func(a access.Actor) (door.Change, error) {
			c, err := decide(a, r)
			return door.Change{Enrolments: []uuid.UUID{id}, Queue: func(b *pgx.Batch) {
				b.Queue(`select app.replace_expert(@id, @enrolment, @who)`, door.Args{"id": form.ID, "enrolment": id, "who": c.ID})
				b.Queue(`update app.enrolment set version = version + 1 where id = @id`, door.Args{"id": id})
				door.QueueCorrection(b, a.OrgID, "enrolment_id", id, "expert", r.Expert, c.Name)
			}}, err
		}})
}

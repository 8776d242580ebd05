package partner

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/partner"
	"kuukausi/internal/postgres/door"
)

// StoreProfile stores a person's placement profile.
func (db Store) StoreProfile(
	ctx context.Context,
	do access.Action,
	id uuid.UUID,
	form access.Form,
	decide func(a access.Actor, open bool) (partner.Profile, error),
) error {
	type row struct {
		ID      uuid.UUID
		Open    bool
		Version int
	}
	var h row
	return db.Write(ctx, door.Act{Do: do, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			door.One(b, &h, `select
  e.id,
  e.closed_at is null as open,
  coalesce(
    (select f.version from app.placement_profile f where f.org_id = e.org_id and f.enrolment_id = e.id for update), 0) "version"
from app.enrolment e
where e.id = @id`, door.Args{"id": id})
		},
		Found:   func() bool { return h.ID == id },
		Version: func() int { return h.Version },
		Decide: func(a access.Actor) (door.Change, error) {
			p, err := decide(a, h.Open)
			return door.Change{Enrolments: []uuid.UUID{id}, Queue: func(b *pgx.Batch) {
				b.Queue(
					`insert into app.placement_profile (
  org_id, enrolment_id, fields, tasks, limits, municipalities, travel_minutes, approved_on, approved_how)
values (@org, @id, @fields, @tasks, @limits, @muni, @travel, @on, @how)
on conflict (org_id, enrolment_id) do update
set
  fields = excluded.fields,
  tasks = excluded.tasks,
  limits = excluded.limits,
  municipalities = excluded.municipalities,
  travel_minutes = excluded.travel_minutes,
  approved_on = excluded.approved_on,
  approved_how = excluded.approved_how,
  entered_by = excluded.entered_by,
  at = excluded.at,
  version = placement_profile.version + 1`,
					door.Args{
						"org":    a.OrgID,
						"id":     id,
						"fields": p.Fields,
						"tasks":  p.Tasks,
						"limits": p.Limits,
						"muni":   p.Municipalities,
						"travel": p.TravelMinutes,
						"on":     p.ApprovedOn,
						"how":    p.ApprovedHow,
					},
				)
			}}, err
		}})
}

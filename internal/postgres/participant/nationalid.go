package participant

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/participant"
	"kuukausi/internal/postgres/door"
)

// Whose code it is, and the code; with an index, whether somebody else has it.
const qIdentity = `select
  e.id enrolment_id,
  e.participant_id,
  p.first_name,
  p.last_name,
  p.born_on,
  e.closed_at is null open,
  n.sealed,
  coalesce(n.version, 0) "version",
  exists (
    select
    from app.known_people(null, null, null, @index) k
    where k.by_code and k.participant_id is distinct from e.participant_id) taken
from app.enrolment e
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
left join app.national_id n on n.org_id = e.org_id and n.participant_id = e.participant_id
where e.id = @enrolment`

// Identity is a person with their sealed code.
func (db Store) Identity(ctx context.Context, id uuid.UUID) (participant.Identity, error) {
	var i participant.Identity
	err := db.Read(ctx, door.Question{
		Do:      access.NationalIDReveal,
		Subject: id,
		Scope:   door.ScopeEnrolment,
		Found:   func() bool { return i.EnrolmentID == id },
		Ask: func(b *pgx.Batch) {
			door.One(b, &i, qIdentity, door.Args{"enrolment": id, "index": nil})
		},
	})
	return i, err
}

// SetNationalID stores a person's code.
func (db Store) SetNationalID(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	index []byte,
	decide func(access.Actor, participant.Identity) (participant.Code, error),
) error {
	var i participant.Identity
	return db.Write(ctx, door.Act{Do: access.NationalIDSet, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			door.One(b, &i, qIdentity+" for update of p", door.Args{"enrolment": id, "index": index})
		},
		Found:   func() bool { return i.EnrolmentID == id },
		Version: func() int { return i.Version },
		Decide: func(a access.Actor) (door.Change, error) {
			c, err := decide(a, i)
			return door.Change{Enrolments: []uuid.UUID{id}, Queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.national_id (org_id, participant_id, sealed, code_index)
values (@org, @person, @sealed, app.code_index(@index))
on conflict (org_id, participant_id) do update
set
  sealed = excluded.sealed,
  code_index = excluded.code_index,
  version = national_id.version + 1,
  entered_by = @by,
  at = @now`,
					door.Args{"org": a.OrgID, "person": i.ParticipantID, "sealed": c.Sealed, "index": c.Index, "by": a.ID, "now": a.Now})
				b.Queue(`update app.participant set code_known = true, version = version + 1 where id = @person`, door.Args{"person": i.ParticipantID})
			}}, err
		}})
}

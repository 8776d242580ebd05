package postgres

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/participant"
)

var _ participant.Store = (*DB)(nil)

// Whose code it is, and the code; with an index, whether somebody else has it.
const qIdentity = `select e.id enrolment_id, e.participant_id, p.first_name, p.last_name, p.born_on, e.closed_at is null open, n.sealed, coalesce(n.version, 0) "version",
  exists (select from app.known_people(null, null, null, @index) k where k.by_code and k.participant_id is distinct from e.participant_id) taken
from app.enrolment e
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
left join app.national_id n on n.org_id = e.org_id and n.participant_id = e.participant_id
where e.id = @enrolment`

// Identity is a person with their sealed code.
func (db *DB) Identity(ctx context.Context, id uuid.UUID) (participant.Identity, error) {
	var i participant.Identity
	err := db.read(ctx, question{do: access.NationalIDReveal, subject: id, scope: scopeEnrolment, found: func() bool { return i.EnrolmentID == id }, ask: func(b *pgx.Batch) {
		one(b, &i, qIdentity, args{"enrolment": id, "index": nil})
	}})
	return i, err
}

// SetNationalID stores a person's code.
func (db *DB) SetNationalID(ctx context.Context, id uuid.UUID, form access.Form, index []byte, decide func(access.Actor, participant.Identity) (participant.Code, error)) error {
	var i participant.Identity
	return db.write(ctx, act{do: access.NationalIDSet, subject: id, form: form,
		ask:     func(b *pgx.Batch) { one(b, &i, qIdentity+" for update of p", args{"enrolment": id, "index": index}) },
		found:   func() bool { return i.EnrolmentID == id },
		version: func() int { return i.Version },
		decide: func(a access.Actor) (change, error) {
			c, err := decide(a, i)
			return change{enrolments: []uuid.UUID{id}, queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.national_id (org_id, participant_id, sealed, code_index) values (@org, @person, @sealed, app.code_index(@index))
on conflict (org_id, participant_id) do update set sealed = excluded.sealed, code_index = excluded.code_index, version = national_id.version + 1, entered_by = @by, at = @now`,
					args{"org": a.OrgID, "person": i.ParticipantID, "sealed": c.Sealed, "index": c.Index, "by": a.ID, "now": a.Now})
				b.Queue(`update app.participant set code_known = true, version = version + 1 where id = @person`, args{"person": i.ParticipantID})
			}}, err
		}})
}

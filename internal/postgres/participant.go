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

// A protection order as the actor may know it: who is not named sees that there is one.
var qProtection = q(`select e.id enrolment_id, e.participant_id, p.first_name, p.last_name, e.closed_at is null open, p.protected,
  coalesce(x.coach_id, '00000000-0000-0000-0000-000000000000') coach_id,
  coalesce(x.coordinator_id, '00000000-0000-0000-0000-000000000000') coordinator_id,
  coalesce(x.phone, '') phone, coalesce(x.email, '') email, coalesce(x.municipality, '') municipality, coalesce(x.address, '') address, coalesce(x.version, p.version) "version",
  coalesce((select m.name from app.membership m where m.org_id = x.org_id and m.id = x.coach_id), '') coach, coalesce((select m.name from app.membership m where m.org_id = x.org_id and m.id = x.coordinator_id), '') coordinator
from app.enrolment e
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
left join app.protection_order x on x.org_id = p.org_id and x.participant_id = p.id
where e.id = @enrolment`)

// Who has a duty on the case's cohort now; of a case without one, the actor.
var qKnowing = q(`select distinct m.id, m.name, m.role from app.enrolment e
join app.membership m on m.org_id = e.org_id and (m.id in (select d.user_id from app.cohort_duty d where d.org_id = e.org_id and d.cohort_id = e.cohort_id and d.kind in ('coach', 'pair', 'coordinator') and d.valid_from <= {now} and d.valid_until > {now})
  or e.cohort_id is null and m.id = (select nullif(current_setting('app.actor', true), '')::uuid))
where e.id = @enrolment and m.disabled_at is null order by m.name limit 50`)

func queueProtection(b *pgx.Batch, id uuid.UUID, p *participant.Protection, lock string) {
	one(b, p, qProtection+lock, args{"enrolment": id})
	list(b, &p.Colleagues, qKnowing, args{"enrolment": id})
}

// Protection is a person's protection order.
func (db *DB) Protection(ctx context.Context, id uuid.UUID) (participant.Protection, error) {
	var p participant.Protection
	err := db.read(ctx, question{do: access.ProtectionView, subject: id, scope: scopeEnrolment, found: func() bool { return p.EnrolmentID == id }, ask: func(b *pgx.Batch) { queueProtection(b, id, &p, "") }})
	return p, err
}

// changeProtection locks a person and stores what decide says.
func (db *DB) changeProtection(ctx context.Context, do access.Action, id uuid.UUID, form access.Form, decide func(access.Actor, participant.Protection) (func(*pgx.Batch), error)) error {
	var p participant.Protection
	return db.write(ctx, act{do: do, subject: id, form: form,
		ask:     func(b *pgx.Batch) { queueProtection(b, id, &p, " for update of p") },
		found:   func() bool { return p.EnrolmentID == id },
		version: func() int { return p.Version },
		decide: func(a access.Actor) (change, error) {
			queue, err := decide(a, p)
			return change{enrolments: []uuid.UUID{id}, queue: queue}, err
		}})
}

// SetProtection sets a protection order; the functions of the duty role end everybody else's grants.
func (db *DB) SetProtection(ctx context.Context, id uuid.UUID, form access.Form, coach, coordinator uuid.UUID, decide func(access.Actor, participant.Protection) error) error {
	return db.changeProtection(ctx, access.ProtectionSet, id, form, func(a access.Actor, p participant.Protection) (func(*pgx.Batch), error) {
		return func(b *pgx.Batch) {
			b.Queue(`select app.protect_person(@person, @coach, @coordinator)`, args{"person": p.ParticipantID, "coach": coach, "coordinator": orNull(coordinator)})
		}, decide(a, p)
	})
}

// StoreContact stores how a protected person is reached.
func (db *DB) StoreContact(ctx context.Context, id uuid.UUID, form access.Form, decide func(access.Actor, participant.Protection) (participant.Contact, error)) error {
	return db.changeProtection(ctx, access.ProtectionContact, id, form, func(a access.Actor, p participant.Protection) (func(*pgx.Batch), error) {
		c, err := decide(a, p)
		return func(b *pgx.Batch) {
			b.Queue(`update app.protection_order set phone = @phone, email = @email, municipality = @muni, address = @address, version = version + 1 where participant_id = @person`,
				args{"phone": c.Phone, "email": c.Email, "muni": c.Municipality, "address": c.Address, "person": p.ParticipantID})
		}, err
	})
}

// LiftProtection ends a protection order.
func (db *DB) LiftProtection(ctx context.Context, id uuid.UUID, form access.Form, decide func(access.Actor, participant.Protection) error) error {
	return db.changeProtection(ctx, access.ProtectionLift, id, form, func(a access.Actor, p participant.Protection) (func(*pgx.Batch), error) {
		return func(b *pgx.Batch) { b.Queue(`select app.unprotect_person(@person)`, args{"person": p.ParticipantID}) }, decide(a, p)
	})
}

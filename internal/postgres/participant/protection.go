package participant

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/participant"
	"kuukausi/internal/postgres/door"
)

// A protection order as the actor may know it: who is not named sees that there is one.
var qProtection = door.Q(`select
  e.id enrolment_id,
  e.participant_id,
  p.first_name,
  p.last_name,
  e.closed_at is null open,
  p.protected,
  coalesce(x.coach_id, '00000000-0000-0000-0000-000000000000') coach_id,
  coalesce(x.coordinator_id, '00000000-0000-0000-0000-000000000000') coordinator_id,
  coalesce(x.phone, '') phone,
  coalesce(x.email, '') email,
  coalesce(x.municipality, '') municipality,
  coalesce(x.address, '') address,
  coalesce(x.version, p.version) "version",
  coalesce((select m.name from app.membership m where m.org_id = x.org_id and m.id = x.coach_id), '') coach,
  coalesce((select m.name from app.membership m where m.org_id = x.org_id and m.id = x.coordinator_id), '') coordinator
from app.enrolment e
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
left join app.protection_order x on x.org_id = p.org_id and x.participant_id = p.id
where e.id = @enrolment`)

// Who has a duty on the case's cohort now; of a case without one, the actor.
var qKnowing = door.Q(`select distinct m.id, m.name, m.role
from app.enrolment e
join app.membership m on m.org_id = e.org_id
  and (
  m.id in (
    select d.user_id
    from app.cohort_duty d
    where d.org_id = e.org_id
      and d.cohort_id = e.cohort_id
      and d.kind in ('coach', 'pair', 'coordinator')
      and d.valid_from <= {now}
      and d.valid_until > {now})
  or e.cohort_id is null and m.id = (select nullif(current_setting('app.actor', true), '')::uuid))
where e.id = @enrolment and m.disabled_at is null
order by m.name
limit 50`)

func queueProtection(b *pgx.Batch, id uuid.UUID, p *participant.Protection, lock string) {
	door.One(b, p, qProtection+lock, door.Args{"enrolment": id})
	door.List(b, &p.Colleagues, qKnowing, door.Args{"enrolment": id})
}

// Protection is a person's protection order.
func (db Store) Protection(ctx context.Context, id uuid.UUID) (participant.Protection, error) {
	var p participant.Protection
	err := db.Read(ctx, door.Question{
		Do:      access.ProtectionView,
		Subject: id,
		Scope:   door.ScopeEnrolment,
		Found:   func() bool { return p.EnrolmentID == id },
		Ask:     func(b *pgx.Batch) { queueProtection(b, id, &p, "") },
	})
	return p, err
}

// changeProtection locks a person and stores what decide says.
func (db Store) changeProtection(
	ctx context.Context,
	do access.Action,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, participant.Protection) (func(*pgx.Batch), error),
) error {
	var p participant.Protection
	return db.Write(ctx, door.Act{Do: do, Subject: id, Form: form,
		Ask:     func(b *pgx.Batch) { queueProtection(b, id, &p, " for update of p") },
		Found:   func() bool { return p.EnrolmentID == id },
		Version: func() int { return p.Version },
		Decide: func(a access.Actor) (door.Change, error) {
			queue, err := decide(a, p)
			return door.Change{Enrolments: []uuid.UUID{id}, Queue: queue}, err
		}})
}

// SetProtection sets a protection order; the functions of the duty role end everybody else's grants.
func (db Store) SetProtection(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	coach, coordinator uuid.UUID,
	decide func(access.Actor, participant.Protection) error,
) error {
	return db.changeProtection(ctx, access.ProtectionSet, id, form, func(a access.Actor, p participant.Protection) (func(*pgx.Batch), error) {
		return func(b *pgx.Batch) {
			b.Queue(
				`select app.protect_person(@person, @coach, @coordinator)`,
				door.Args{"person": p.ParticipantID, "coach": coach, "coordinator": door.OrNull(coordinator)},
			)
		}, decide(a, p)
	})
}

// StoreContact stores how a protected person is reached.
func (db Store) StoreContact(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, participant.Protection) (participant.Contact, error),
) error {
	return db.changeProtection(
		ctx,
		access.ProtectionContact,
		id,
		form,
		func(a access.Actor, p participant.Protection) (func(*pgx.Batch), error) {
			c, err := decide(a, p)
			return func(b *pgx.Batch) {
				b.Queue(`update app.protection_order
set
  phone = @phone,
  email = @email,
  municipality = @muni,
  address = @address,
  version = version + 1
where participant_id = @person`,
					door.Args{"phone": c.Phone, "email": c.Email, "muni": c.Municipality, "address": c.Address, "person": p.ParticipantID})
			}, err
		},
	)
}

// LiftProtection ends a protection order.
func (db Store) LiftProtection(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, participant.Protection) error,
) error {
	return db.changeProtection(ctx, access.ProtectionLift, id, form, func(a access.Actor, p participant.Protection) (func(*pgx.Batch), error) {
		return func(b *pgx.Batch) {
			b.Queue(`select app.unprotect_person(@person)`, door.Args{"person": p.ParticipantID})
		}, decide(a, p)
	})
}

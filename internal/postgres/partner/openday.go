package partner

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/partner"
	"kuukausi/internal/postgres/door"
)

var (
	qDaySites   = `select s.id, s.name from app.site s order by s.name collate "fi-x-icu" limit 500`
	qDayCohorts = door.Q(`select c.id, c.name
from ` + door.MyCohorts + `
where ` + door.GroupOpen + `
order by c.starts_on, c.name
limit 100`)
)

// OpenDays are the open days, with the choices of a new one.
func (db Store) OpenDays(ctx context.Context) (partner.OpenDayPlan, error) {
	var p partner.OpenDayPlan
	err := db.Read(ctx, door.Question{Do: access.OpenDayList, Scope: door.ScopeGranted, Ask: func(b *pgx.Batch) {
		door.One(b, &p, door.Q(`select
  coalesce((select jsonb_agg(jsonb_build_object('ID', x.id, 'Name', x.name)) from (`+qDaySites+`) x), '[]') sites,
  coalesce((select jsonb_agg(jsonb_build_object('ID', x.id, 'Name', x.name)) from (`+qDayCohorts+`) x), '[]') cohorts,
  coalesce(
    (
      select jsonb_agg(
        jsonb_build_object(
          'EnrolmentID', x.id, 'FirstName', x.first_name, 'LastName', x.last_name, 'CohortID', x.cohort_id))
      from (
        select
          e.id,
          e.cohort_id,
          p.first_name,
          p.last_name
        from {mine}
        join app.enrolment e on e.org_id = mine.org_id and e.id = mine.enrolment_id
        join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
        where `+door.Placed+`
        order by p.first_name collate "fi-x-icu", p.last_name collate "fi-x-icu"
        limit 300) x),
    '[]') people`), nil)
		door.List(b, &p.Days, door.OpenDays, nil)
	}})
	return p, err
}

// AddOpenDay stores an open day. Its id is the form's.
func (db Store) AddOpenDay(
	ctx context.Context,
	form access.Form,
	decide func(access.Actor, partner.OpenDayPlan) (partner.OpenDay, error),
) error {
	var p partner.OpenDayPlan
	return db.Write(ctx, door.Act{Do: access.OpenDayHold, Subject: form.ID, Form: form,
		Ask: func(b *pgx.Batch) {
			door.List(b, &p.Sites, qDaySites, nil)
			door.List(b, &p.Cohorts, qDayCohorts, nil)
			door.Values(b, &p.Closed, door.Closed, nil)
		},
		Decide: func(a access.Actor) (door.Change, error) {
			d, err := decide(a, p)
			return door.Change{Queue: func(b *pgx.Batch) {
				b.Queue(
					`insert into app.open_day (org_id, id, kind, site_id, cohort_id, held_on, starts_at, ends_at, place, what, seats)
values (@org, @id, @kind, @site, @cohort, @on, @starts, @ends, @place, @what, @seats)`,
					door.Args{
						"org":    a.OrgID,
						"id":     form.ID,
						"kind":   d.Kind,
						"site":   d.SiteID,
						"cohort": d.CohortID,
						"on":     d.HeldOn,
						"starts": d.StartsAt,
						"ends":   d.EndsAt,
						"place":  d.Place,
						"what":   d.What,
						"seats":  d.Seats,
					},
				)
			}}, err
		}})
}

// AddSignUp takes a seat for a case of one's own; a participant's is theirs, whatever the form says.
func (db Store) AddSignUp(
	ctx context.Context,
	day uuid.UUID,
	form access.Form,
	enrolment uuid.UUID,
	decide func(a access.Actor, d partner.OpenDay, there bool) error,
) error {
	type row struct {
		ID        uuid.UUID
		HeldOn    time.Time
		Seats     int
		Taken     int
		Cancelled bool
		Case      *uuid.UUID
		There     bool
	}
	var h row
	return db.Write(ctx, door.Act{Do: access.OpenDaySignUp, Subject: day, Form: form,
		Ask: func(b *pgx.Batch) {
			door.One(b, &h, `select
  d.id,
  d.held_on,
  d.seats,
  d.seats_taken taken,
  d.cancelled,
  e.id "case",
  coalesce(
    exists (
      select
      from app.open_day_signup u
      where u.open_day_id = d.id
        and u.enrolment_id = e.id
        and u.withdrawn_at is null),
    false) there
from app.seat_hold(@day) d
left join app.enrolment e on e.closed_at is null
  and (d.cohort_id is null or d.cohort_id = e.cohort_id)
  and (e.id = @enrolment or (select current_setting('app.role', true)) = 'participant')
order by e.created_at desc nulls last
limit 1`, door.Args{"day": day, "enrolment": door.OrNull(enrolment)})
		},
		Found: func() bool { return h.ID == day },
		Decide: func(a access.Actor) (door.Change, error) {
			if h.Case == nil {
				return door.Change{}, fault.One("enrolment", "E_SIGN_UP_WHO")
			}
			err := decide(a, partner.OpenDay{HeldOn: h.HeldOn, Seats: h.Seats, Taken: h.Taken, Cancelled: h.Cancelled}, h.There)
			return door.Change{Enrolments: []uuid.UUID{*h.Case}, Queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.open_day_signup (org_id, id, open_day_id, enrolment_id)
values (@org, @id, @day, @enrolment)`, door.Args{"org": a.OrgID, "id": form.ID, "day": day, "enrolment": *h.Case})
				b.Queue(`select app.count_seats(@day)`, door.Args{"day": day})
			}}, err
		}})
}

// EndSignUp gives a seat back.
func (db Store) EndSignUp(ctx context.Context, id uuid.UUID, form access.Form, decide func(a access.Actor, heldOn time.Time) error) error {
	type row struct {
		DayID, EnrolmentID uuid.UUID
		HeldOn             time.Time
		Done               bool
	}
	var h []row
	return db.Write(ctx, door.Act{Do: access.OpenDaySignOff, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			door.List(b, &h, `select
  u.open_day_id day_id,
  u.enrolment_id,
  d.held_on,
  u.withdrawn_at is not null done
from app.open_day_signup u
join app.open_day d on d.org_id = u.org_id and d.id = u.open_day_id
where u.id = @id
for update of u`, door.Args{"id": id})
		},
		Found: func() bool { return len(h) > 0 },
		Decide: func(a access.Actor) (door.Change, error) {
			if h[0].Done {
				return door.Change{}, fault.ErrStale
			}
			return door.Change{Enrolments: []uuid.UUID{h[0].EnrolmentID}, Queue: func(b *pgx.Batch) {
				b.Queue(`update app.open_day_signup set withdrawn_at = @now where id = @id`, door.Args{"now": a.Now, "id": id})
				b.Queue(`select app.count_seats(@day)`, door.Args{"day": h[0].DayID})
			}}, decide(a, h[0].HeldOn)
		}})
}

// CancelOpenDay calls an open day off.
func (db Store) CancelOpenDay(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(a access.Actor, d partner.OpenDay, own bool) error,
) error {
	type row struct {
		ID        uuid.UUID
		HeldOn    time.Time
		Cancelled bool
		Version   int
		Own       bool
	}
	var h row
	return db.Write(ctx, door.Act{Do: access.OpenDayCancel, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			b.Queue(
				`select from app.open_day where id = @id for update`,
				door.Args{"id": id},
			) // passes over what the role may not change, and must still see
			door.One(b, &h, `select
  d.id,
  d.held_on,
  d.cancelled_at is not null cancelled,
  d.version,
  (
    (select current_setting('app.role', true)) = 'coordinator'
    or d.entered_by = (select nullif(current_setting('app.actor', true), '')::uuid))
    and (d.cohort_id is null or exists (select from app.cohort c where c.org_id = d.org_id and c.id = d.cohort_id)) own
from app.open_day d
where d.id = @id`, door.Args{"id": id})
		},
		Found:   func() bool { return h.ID == id },
		Version: func() int { return h.Version },
		Decide: func(a access.Actor) (door.Change, error) {
			return door.Change{Queue: func(b *pgx.Batch) {
				b.Queue(`update app.open_day set cancelled_at = @now, version = version + 1 where id = @id`, door.Args{"now": a.Now, "id": id})
			}}, decide(a, partner.OpenDay{HeldOn: h.HeldOn, Cancelled: h.Cancelled}, h.Own)
		}})
}

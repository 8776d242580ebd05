package postgres

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/placement"
)

// withDays puts two SQL expressions for @from and @until.
func withDays(query, from, until string) string {
	return strings.NewReplacer("@from", from, "@until", until).Replace(query)
}

// Open days to come, and of each the people of one's own cases who come along.
var qOpenDays = q(`select d.id, d.kind, d.site_id, coalesce(i.name, '') site_name, d.cohort_id, coalesce(c.name, '') cohort_name, d.held_on, d.starts_at::int, d.ends_at::int, d.place, d.what, d.seats::int, d.seats_taken::int taken, d.cancelled_at is not null cancelled, d.version,
  coalesce((select jsonb_agg(jsonb_build_object('ID', u.id, 'EnrolmentID', u.enrolment_id, 'FirstName', p.first_name, 'LastName', p.last_name) order by p.first_name, p.last_name)
    from app.open_day_signup u join app.enrolment e on e.org_id = u.org_id and e.id = u.enrolment_id join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
    where u.org_id = d.org_id and u.open_day_id = d.id and u.withdrawn_at is null), '[]') people
from app.open_day d
left join app.site i on i.org_id = d.org_id and i.id = d.site_id
left join app.cohort c on c.org_id = d.org_id and c.id = d.cohort_id
where d.held_on >= {today} - 14
order by d.held_on, d.starts_at
limit 100`)

const (
	qDaySites   = `select s.id, s.name from app.site s order by s.name collate "fi-x-icu" limit 500`
	qDayCohorts = `select c.id, c.name from app.cohort c where c.state in ('draft', 'open', 'confirmed', 'running') order by c.starts_on, c.name limit 100`
)

// OpenDays are the open days, with the choices of a new one.
func (db *DB) OpenDays(ctx context.Context) (placement.OpenDayPlan, error) {
	var p placement.OpenDayPlan
	err := db.read(ctx, question{do: access.OpenDayList, scope: scopeGranted, ask: func(b *pgx.Batch) {
		one(b, &p, q(`select coalesce((select jsonb_agg(jsonb_build_object('ID', x.id, 'Name', x.name)) from (`+qDaySites+`) x), '[]') sites,
  coalesce((select jsonb_agg(jsonb_build_object('ID', x.id, 'Name', x.name)) from (`+qDayCohorts+`) x), '[]') cohorts,
  coalesce((select jsonb_agg(jsonb_build_object('EnrolmentID', x.id, 'FirstName', x.first_name, 'LastName', x.last_name, 'CohortID', x.cohort_id)) from (
    select e.id, e.cohort_id, p.first_name, p.last_name from {mine} join app.enrolment e on e.org_id = mine.org_id and e.id = mine.enrolment_id join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
    where e.state in ('accepted', 'preparing', 'active', 'review') order by p.first_name collate "fi-x-icu", p.last_name collate "fi-x-icu" limit 300) x), '[]') people`), nil)
		list(b, &p.Days, qOpenDays, nil)
	}})
	return p, err
}

// AddOpenDay stores an open day. Its id is the form's.
func (db *DB) AddOpenDay(ctx context.Context, form access.Form, decide func(access.Actor, placement.OpenDayPlan) (placement.OpenDay, error)) error {
	var p placement.OpenDayPlan
	return db.write(ctx, act{do: access.OpenDayHold, subject: form.ID, form: form,
		ask: func(b *pgx.Batch) {
			list(b, &p.Sites, qDaySites, nil)
			list(b, &p.Cohorts, qDayCohorts, nil)
			values(b, &p.Closed, qClosed, nil)
		},
		decide: func(a access.Actor) (change, error) {
			d, err := decide(a, p)
			return change{queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.open_day (org_id, id, kind, site_id, cohort_id, held_on, starts_at, ends_at, place, what, seats) values (@org, @id, @kind, @site, @cohort, @on, @starts, @ends, @place, @what, @seats)`,
					args{"org": a.OrgID, "id": form.ID, "kind": d.Kind, "site": d.SiteID, "cohort": d.CohortID, "on": d.HeldOn, "starts": d.StartsAt, "ends": d.EndsAt, "place": d.Place, "what": d.What, "seats": d.Seats})
			}}, err
		}})
}

// AddSignUp takes a seat for a case of one's own; a participant's is theirs, whatever the form says.
func (db *DB) AddSignUp(ctx context.Context, day uuid.UUID, form access.Form, enrolment uuid.UUID, decide func(a access.Actor, d placement.OpenDay, there bool) error) error {
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
	return db.write(ctx, act{do: access.OpenDaySignUp, subject: day, form: form,
		ask: func(b *pgx.Batch) {
			one(b, &h, `select d.id, d.held_on, d.seats, d.seats_taken taken, d.cancelled, e.id "case", coalesce(exists (select from app.open_day_signup u where u.open_day_id = d.id and u.enrolment_id = e.id and u.withdrawn_at is null), false) there
from app.seat_hold(@day) d
left join app.enrolment e on e.closed_at is null and (d.cohort_id is null or d.cohort_id = e.cohort_id) and (e.id = @enrolment or (select current_setting('app.role', true)) = 'participant')
order by e.created_at desc nulls last
limit 1`, args{"day": day, "enrolment": orNull(enrolment)})
		},
		found: func() bool { return h.ID == day },
		decide: func(a access.Actor) (change, error) {
			if h.Case == nil {
				return change{}, fault.One("enrolment", "E_SIGN_UP_WHO")
			}
			err := decide(a, placement.OpenDay{HeldOn: h.HeldOn, Seats: h.Seats, Taken: h.Taken, Cancelled: h.Cancelled}, h.There)
			return change{enrolments: []uuid.UUID{*h.Case}, queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.open_day_signup (org_id, id, open_day_id, enrolment_id) values (@org, @id, @day, @enrolment)`, args{"org": a.OrgID, "id": form.ID, "day": day, "enrolment": *h.Case})
				b.Queue(`select app.count_seats(@day)`, args{"day": day})
			}}, err
		}})
}

// EndSignUp gives a seat back.
func (db *DB) EndSignUp(ctx context.Context, id uuid.UUID, form access.Form, decide func(a access.Actor, heldOn time.Time) error) error {
	type row struct {
		DayID, EnrolmentID uuid.UUID
		HeldOn             time.Time
		Done               bool
	}
	var h []row
	return db.write(ctx, act{do: access.OpenDaySignOff, subject: id, form: form,
		ask: func(b *pgx.Batch) {
			list(b, &h, `select u.open_day_id day_id, u.enrolment_id, d.held_on, u.withdrawn_at is not null done from app.open_day_signup u join app.open_day d on d.org_id = u.org_id and d.id = u.open_day_id where u.id = @id for update of u`, args{"id": id})
		},
		found: func() bool { return len(h) > 0 },
		decide: func(a access.Actor) (change, error) {
			if h[0].Done {
				return change{}, fault.ErrStale
			}
			return change{enrolments: []uuid.UUID{h[0].EnrolmentID}, queue: func(b *pgx.Batch) {
				b.Queue(`update app.open_day_signup set withdrawn_at = @now where id = @id`, args{"now": a.Now, "id": id})
				b.Queue(`select app.count_seats(@day)`, args{"day": h[0].DayID})
			}}, decide(a, h[0].HeldOn)
		}})
}

// CancelOpenDay calls an open day off.
func (db *DB) CancelOpenDay(ctx context.Context, id uuid.UUID, form access.Form, decide func(a access.Actor, d placement.OpenDay, own bool) error) error {
	type row struct {
		ID        uuid.UUID
		HeldOn    time.Time
		Cancelled bool
		Version   int
		Own       bool
	}
	var h row
	return db.write(ctx, act{do: access.OpenDayCancel, subject: id, form: form,
		ask: func(b *pgx.Batch) {
			b.Queue(`select from app.open_day where id = @id for update`, args{"id": id}) // passes over what the role may not change, and must still see
			one(b, &h, `select d.id, d.held_on, d.cancelled_at is not null cancelled, d.version,
  ((select current_setting('app.role', true)) = 'coordinator' or d.entered_by = (select nullif(current_setting('app.actor', true), '')::uuid)) and (d.cohort_id is null or exists (select from app.cohort c where c.org_id = d.org_id and c.id = d.cohort_id)) own
from app.open_day d where d.id = @id`, args{"id": id})
		},
		found:   func() bool { return h.ID == id },
		version: func() int { return h.Version },
		decide: func(a access.Actor) (change, error) {
			return change{queue: func(b *pgx.Batch) {
				b.Queue(`update app.open_day set cancelled_at = @now, version = version + 1 where id = @id`, args{"now": a.Now, "id": id})
			}}, decide(a, placement.OpenDay{HeldOn: h.HeldOn, Cancelled: h.Cancelled}, h.Own)
		}})
}

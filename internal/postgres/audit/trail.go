package audit

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/audit"
	"kuukausi/internal/postgres/door"
)

// Store keeps the room's rows: audit.Store over the doors.
type Store struct{ *door.DB }

var (
	_ audit.Store = Store{}
)

// The rows that the policies show, member by member: what somebody did stands together in the index.
const qTrail = `select
  a.id,
  a.at,
  m.name by,
  a.role,
  a.action,
  a.purpose,
  a.outcome,
  a.subject_id,
  a.enrolment_ids cases
from app.membership m
cross join lateral (
  select *
  from app.audit a
  where a.org_id = m.org_id
    and a.actor_id = m.id
    and a.at >= @from
    and a.at < @until
    and (@case::uuid is null or a.subject_id = @case or @case = any(a.enrolment_ids))
  order by a.at desc
  limit @most) a
where (@member::uuid is null or m.id = @member)
order by a.at desc, a.id desc
limit @most`

const qStaff = `select m.id, m.name, m.role, m.employment_area area
from app.membership m
where m.disabled_at is null and m.role <> 'participant'
order by m.name collate "fi-x-icu", m.role
limit 500`

// qWatch is whether the reader sees everybody's acts, and who else does.
const qWatch = `select
  app.sees_trail() "all",
  coalesce(o.data_contact, '00000000-0000-0000-0000-000000000000') contact,
  coalesce((select m.name from app.membership m where m.org_id = o.id and m.id = o.data_contact), '') contact_name
from app.organisation o`

// reach are the filter's moments: a year back from the last day at most.
func reach(now time.Time, f audit.Filter) (from, until time.Time) {
	until = now.Add(time.Minute)
	if !f.Until.IsZero() {
		until = access.Start(f.Until.AddDate(0, 0, 1))
	}
	if !f.Before.IsZero() && f.Before.Before(until) {
		until = f.Before
	}
	from = until.AddDate(-1, 0, 0)
	if !f.From.IsZero() && access.Start(f.From).After(from) {
		from = access.Start(f.From)
	}
	return from, until
}

func queueTrail(b *pgx.Batch, now time.Time, f audit.Filter, rows *[]audit.Row, most int) {
	from, until := reach(now, f)
	door.List(b, rows, qTrail, door.Args{
		"from": from, "until": until, "case": door.OrNull(f.Case), "member": door.OrNull(f.Member), "most": most,
	})
}

// Trail is a page of the trail: everybody's acts for who watches over it, and one's own for everybody else.
func (db Store) Trail(ctx context.Context, f audit.Filter) (audit.Trail, error) {
	var t audit.Trail
	var watch struct {
		All         bool
		Contact     uuid.UUID
		ContactName string
	}
	err := db.Read(ctx, door.Question{Do: access.TrailView, Ask: func(b *pgx.Batch) {
		queueTrail(b, access.From(ctx).Now, f, &t.Rows, audit.PageRows+1)
		door.List(b, &t.Members, qStaff, nil)
		door.List(b, &t.Probes, `select p.name, p.n from app.probes() p order by p.n desc, p.name`, nil)
		door.One(b, &watch, qWatch, nil)
	}})
	t.All, t.Contact, t.ContactName = watch.All, watch.Contact, watch.ContactName
	if t.More = len(t.Rows) > audit.PageRows; t.More {
		t.Rows = t.Rows[:audit.PageRows]
	}
	return t, err
}

// ExportTrail is what the filter lets through, the newest first.
func (db Store) ExportTrail(ctx context.Context, f audit.Filter) ([]audit.Row, error) {
	var rows []audit.Row
	err := db.Read(ctx, door.Question{Do: access.TrailExport, Ask: func(b *pgx.Batch) {
		queueTrail(b, access.From(ctx).Now, f, &rows, audit.ExportRows)
	}})
	return rows, err
}

// NameContact stores who watches over the trail.
func (db Store) NameContact(
	ctx context.Context, form access.Form, member uuid.UUID, decide func(access.Actor, []access.Colleague) error,
) error {
	var staff []access.Colleague
	return db.Write(ctx, door.Act{Do: access.ContactName, Subject: member, Form: form,
		Ask: func(b *pgx.Batch) { door.List(b, &staff, qStaff, nil) },
		Decide: func(a access.Actor) (door.Change, error) {
			return door.Change{Queue: func(b *pgx.Batch) {
				b.Queue(`update app.organisation set data_contact = @member where id = @org`, door.Args{"member": member, "org": a.OrgID})
			}}, decide(a, staff)
		}})
}

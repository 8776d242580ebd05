package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
)

// Week is one programme week of a cohort.
func (db *DB) Week(ctx context.Context, id uuid.UUID, week int) (cohort.WeekPlan, error) {
	var w cohort.WeekPlan
	a := args{"cohort": id, "week": week}
	err := db.read(ctx, question{do: access.WeekView, subject: id, scope: scopeCohort, found: func() bool { return w.Head.ID == id && len(w.Meetings) > 0 }, ask: func(b *pgx.Batch) {
		one(b, &w, `select @week::int week, (select max(m.week) from app.meeting m where m.cohort_id = c.id)::int weeks, coalesce((select r.name from app.room r where r.org_id = c.org_id and r.id = c.room_id), '') room,
  coalesce((select array_agg(p.first_name || ' ' || p.last_name order by p.first_name collate "fi-x-icu", p.last_name collate "fi-x-icu") from app.enrolment e join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
    where e.cohort_id = c.id and `+placed+` and not p.protected), '{}') names,
  (select count(*)::int from app.enrolment e join app.participant p on p.org_id = e.org_id and p.id = e.participant_id where e.cohort_id = c.id and `+placed+` and p.protected) off,
  coalesce((select array_agg(d.day) from app.closed_day d where d.org_id = c.org_id), '{}') closed,
  coalesce((select jsonb_agg(jsonb_build_object('On', d.held_on::timestamptz, 'Starts', d.starts_at, 'Ends', d.ends_at, 'Place', d.place, 'What', d.what) order by d.held_on, d.starts_at) from app.open_day d where d.org_id = c.org_id and d.cohort_id = c.id and d.cancelled_at is null), '[]') hours
from app.cohort c where c.id = @cohort`, a)
		one(b, &w.Head, qHead, a)
		list(b, &w.Meetings, sqlf(qMeeting, "m.cohort_id = @cohort and m.week = @week")+" order by m.held_on, m.half, m.cancelled_at is not null limit 100", a)
	}})
	return w, err
}

// Participation are the days each person of a cohort took part between two days: marked half-days and appointments held.
func (db *DB) Participation(ctx context.Context, id uuid.UUID, from, until time.Time) (cohort.Participation, error) {
	p := cohort.Participation{From: from, Until: until}
	var kinds []string
	a := args{"cohort": id, "from": orNoDay(from), "until": orNoDay(until), "marks": cohort.TakingPart()}
	err := db.read(ctx, question{do: access.ParticipationView, subject: id, scope: scopeCohort, found: func() bool { return p.Head.ID == id }, ask: func(b *pgx.Batch) {
		one(b, &p.Head, qHead, a)
		list(b, &p.People, `select e.id enrolment_id, p.first_name, p.last_name, p.protected, coalesce((select array_agg(distinct d.held_on order by d.held_on) from (
    select a.held_on from app.attendance a where a.org_id = e.org_id and a.enrolment_id = e.id and a.mark = any(@marks)
    union all select x.held_on from app.appointment x where x.org_id = e.org_id and x.enrolment_id = e.id and x.state = 'held') d
  where d.held_on between coalesce(@from::date, d.held_on) and coalesce(@until::date, d.held_on)), '{}') days
from app.enrolment e join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
where e.cohort_id = @cohort and e.state not in ('referred', 'invited', 'not_started')
order by p.last_name collate "fi-x-icu", p.first_name collate "fi-x-icu", e.id
limit 100`, a)
		list(b, &p.Law, qLaw, nil)
		values(b, &kinds, `select v.coaching_kind from app.programme_version v where v.id = (select c.version_id from app.cohort c where c.id = @cohort)`, a)
	}})
	if len(kinds) > 0 {
		p.CoachingKind = kinds[0]
	}
	return p, err
}

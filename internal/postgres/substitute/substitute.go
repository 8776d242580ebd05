package substitute

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/substitute"
)

var (
	qBriefing = door.Q(`select
  e.id enrolment_id,
  p.first_name,
  p.last_name,
  p.phone,
  p.no_phone,
  p.strengths,
  coalesce(
    (
      select a.mark
      from app.attendance a
      where a.org_id = e.org_id
        and a.enrolment_id = e.id
        and a.held_on = {today}
        and not a.on_trial
      order by a.half desc
      limit 1),
    '') mark,
  coalesce(t.site, '') site,
  coalesce(t.person, '') site_person,
  coalesce(t.phone, '') site_phone,
  coalesce(t.state = 'draft', false) site_draft,
  o.promises
from app.enrolment e
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
left join lateral (
  select
    i.name site,
    t.state,
    s.name person,
    s.phone
  from app.trial t
  join app.site i on i.org_id = t.org_id and i.id = t.site_id
  left join app.site_person s on s.org_id = t.org_id and s.id = t.supervisor_id
  where t.org_id = e.org_id
    and t.enrolment_id = e.id
    and ` + door.TrialStands + `
    and {today} <= t.ends_on
  order by t.state, t.starts_on desc
  limit 1) t on true
cross join lateral (` + door.OpenPromises + `) o
where e.cohort_id = @cohort and ` + door.Placed + `
order by p.first_name collate "fi-x-icu", p.last_name collate "fi-x-icu", e.id
limit 100`)
	// duties in force or to come, of a cohort
	qDutiesOf = door.Q(`select
  d.id,
  d.kind,
  m.name,
  d.valid_from "from",
  d.valid_until until,
  d.user_id = (select nullif(current_setting('app.actor', true), '')::uuid) own
from app.cohort_duty d
join app.membership m on m.org_id = d.org_id and m.id = d.user_id
where d.cohort_id = %s and d.valid_until > {now}
order by d.valid_from, d.kind, m.name
limit 50`)
	qDatedDuties = door.Sqlf(qDutiesOf, "@cohort")
	qCoaches     = `select
  m.id,
  m.name,
  m.role,
  m.employment_area area
from app.membership m
where m.disabled_at is null and m.role = 'coach'
order by m.name collate "fi-x-icu"
limit 500`
)

var qAbsences = door.Q(`select
  x.id,
  x.from_on "from",
  x.until_on until,
  m.name by,
  x.version,
  not ` + door.Uncovered + ` covered
from app.coach_absence x
join app.membership m on m.org_id = x.org_id and m.id = x.entered_by
where x.cohort_id = @cohort
  and not x.ended
  and x.until_on >= {today}
order by x.from_on
limit 50`)

// AddAbsence stores that a coach is away.
func (db Store) AddAbsence(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	from, until time.Time,
	decide func(access.Actor, substitute.Briefing) error,
) error {
	var f substitute.Briefing
	a := door.Args{"cohort": id}
	return db.Write(ctx, door.Act{Do: access.AbsenceNote, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			door.One(b, &f.Head, door.Group, a)
			door.List(b, &f.Duties, qDatedDuties, a)
		},
		Found: func() bool { return f.Head.ID == id },
		Decide: func(actor access.Actor) (door.Change, error) {
			return door.Change{Queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.coach_absence (org_id, id, cohort_id, from_on, until_on)
values (@org, @id, @cohort, @from, @until)`, door.Args{"org": actor.OrgID, "id": form.ID, "cohort": id, "from": from, "until": until})
			}}, decide(actor, f)
		}})
}

// EndAbsence stores that an absence is over, or was none; it answers of which cohort.
func (db Store) EndAbsence(ctx context.Context, id uuid.UUID, form access.Form) (uuid.UUID, error) {
	return db.Settle(ctx, access.AbsenceEnd, id, form, `select
  x.cohort_id "of",
  '{}'::uuid[] cases,
  x.version,
  x.ended done
from app.coach_absence x
where x.id = @id
for update`,
		`update app.coach_absence set ended = true, version = version + 1 where id = @id`)
}

// EndSubstitute stores that a substitute's duty ends now, or never begins; it answers of which cohort.
func (db Store) EndSubstitute(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, substitute.Briefing) error,
) (uuid.UUID, error) {
	var of []uuid.UUID
	var f substitute.Briefing
	err := db.Write(ctx, door.Act{Do: access.SubstituteEnd, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			door.Values(b, &of, `select c.id
from app.cohort_duty d
join app.cohort c on c.org_id = d.org_id and c.id = d.cohort_id
where d.id = @id and d.kind = 'substitute'`, door.Args{"id": id})
			door.List(
				b,
				&f.Duties,
				door.Sqlf(qDutiesOf, "(select x.cohort_id from app.cohort_duty x where x.id = @id)"),
				door.Args{"id": id},
			)
		},
		Found: func() bool { return len(of) > 0 },
		Decide: func(actor access.Actor) (door.Change, error) {
			return door.Change{Queue: func(b *pgx.Batch) { b.Queue(`select app.end_substitute(@id)`, door.Args{"id": id}) }}, decide(actor, f)
		}})
	if len(of) == 0 {
		return uuid.Nil, err
	}
	return of[0], err
}

// Briefing is a cohort's page for a substitute.
func (db Store) Briefing(ctx context.Context, id uuid.UUID) (substitute.Briefing, error) {
	var f substitute.Briefing
	a := door.Args{"cohort": id, "day": access.From(ctx).Today()}
	err := db.Read(ctx, door.Question{
		Do:      access.BriefingView,
		Subject: id,
		Scope:   door.ScopeCohort,
		Found:   func() bool { return f.Head.ID == id },
		Ask: func(b *pgx.Batch) {
			door.One(b, &f.Head, door.Group, a)
			door.List(
				b,
				&f.Meetings,
				door.Sqlf(
					door.Meeting,
					"m.cohort_id = @cohort and m.held_on = (select min(n.held_on) from app.meeting n where n.cohort_id = @cohort and "+
						"n.held_on >= @day) and m.cancelled_at is null",
				)+" order by m.half limit 2",
				a,
			)
			door.List(b, &f.Rows, qBriefing, a)
			door.List(b, &f.Duties, qDatedDuties, a)
		},
	})
	return f, err
}

// SubstitutePlan is the page on which a substitute is named.
func (db Store) SubstitutePlan(ctx context.Context, id uuid.UUID) (substitute.Briefing, error) {
	var f substitute.Briefing
	a := door.Args{"cohort": id}
	err := db.Read(
		ctx,
		door.Question{Do: access.SubstituteNew, Subject: id, Found: func() bool { return f.Head.ID == id }, Ask: func(b *pgx.Batch) {
			door.One(b, &f.Head, door.Group, a)
			door.List(b, &f.Colleagues, qCoaches, nil)
			door.List(b, &f.Duties, qDatedDuties, a)
			door.List(b, &f.Absences, qAbsences, a)
		}},
	)
	return f, err
}

// AddSubstitute gives a colleague the cohort for some days. The function behind it lets only a coach of the cohort do so.
func (db Store) AddSubstitute(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, substitute.Briefing) (substitute.NewDuty, error),
) error {
	var f substitute.Briefing
	a := door.Args{"cohort": id}
	return db.Write(ctx, door.Act{Do: access.SubstituteName, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			door.One(b, &f.Head, door.Group, a)
			door.List(b, &f.Colleagues, qCoaches, nil)
			door.List(b, &f.Duties, qDatedDuties, a)
		},
		Found: func() bool { return f.Head.ID == id },
		Decide: func(actor access.Actor) (door.Change, error) {
			n, err := decide(actor, f)
			return door.Change{Queue: func(b *pgx.Batch) {
				b.Queue(`select app.name_substitute(@id, @cohort, @who, @from, @until, @why)`,
					door.Args{"id": form.ID, "cohort": id, "who": n.Member, "from": n.From.Truncate(time.Microsecond), "until": n.Until, "why": n.Reason})
			}}, err
		}})
}

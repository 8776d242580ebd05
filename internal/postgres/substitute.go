package postgres

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
)

var (
	qBriefing = q(`select e.id enrolment_id, p.first_name, p.last_name, p.phone, p.no_phone, p.strengths,
  coalesce((select a.mark from app.attendance a where a.org_id = e.org_id and a.enrolment_id = e.id and a.held_on = {today} and a.half = 1), '') mark,
  coalesce(t.site, '') site, coalesce(t.person, '') site_person, coalesce(t.phone, '') site_phone, coalesce(t.state = 'draft', false) site_draft, o.promises
from app.enrolment e
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
left join lateral (select i.name site, t.state, s.name person, s.phone from app.trial t join app.site i on i.org_id = t.org_id and i.id = t.site_id left join app.site_person s on s.org_id = t.org_id and s.id = t.supervisor_id
  where t.org_id = e.org_id and t.enrolment_id = e.id and t.state in ('active', 'draft') and {today} <= t.ends_on order by t.state, t.starts_on desc limit 1) t on true
cross join lateral (` + openPromises + `) o
where e.cohort_id = @cohort and ` + placed + `
order by p.first_name collate "fi-x-icu", p.last_name collate "fi-x-icu", e.id
limit 100`)
	// duties in force or to come
	qDatedDuties = q(`select d.id, d.kind, m.name, d.valid_from "from", d.valid_until until, d.user_id = (select nullif(current_setting('app.actor', true), '')::uuid) own
from app.cohort_duty d join app.membership m on m.org_id = d.org_id and m.id = d.user_id
where d.cohort_id = @cohort and d.valid_until > {now}
order by d.valid_from, d.kind, m.name
limit 50`)
	qCoaches = `select m.id, m.name, m.role, m.employment_area area from app.membership m where m.disabled_at is null and m.role = 'coach' order by m.name collate "fi-x-icu" limit 500`
)

// uncovered is the condition that on a day of absence x nobody but the absent coach has the group: no substitute and no
// pair coach. A day counts on which the cohort meets.
const uncovered = `exists (select from app.meeting m where m.org_id = x.org_id and m.cohort_id = x.cohort_id and m.held_on between greatest(x.from_on, {today}) and x.until_on and m.kind = 'group' and m.cancelled_at is null
  and not exists (select from app.cohort_duty d where d.org_id = m.org_id and d.cohort_id = m.cohort_id and d.kind in ('substitute', 'pair')
    and (d.valid_from at time zone 'Europe/Helsinki')::date <= m.held_on and ((d.valid_until - interval '1 second') at time zone 'Europe/Helsinki')::date >= m.held_on))`

var qAbsences = q(`select x.id, x.from_on "from", x.until_on until, m.name by, x.version, not ` + uncovered + ` covered
from app.coach_absence x join app.membership m on m.org_id = x.org_id and m.id = x.entered_by
where x.cohort_id = @cohort and not x.ended and x.until_on >= {today}
order by x.from_on limit 50`)

// AddAbsence stores that a coach is away.
func (db *DB) AddAbsence(ctx context.Context, id uuid.UUID, form access.Form, from, until time.Time, decide func(access.Actor, cohort.Briefing) error) error {
	var f cohort.Briefing
	a := args{"cohort": id}
	return db.write(ctx, act{do: access.AbsenceNote, subject: id, form: form,
		ask: func(b *pgx.Batch) {
			one(b, &f.Head, qHead, a)
			list(b, &f.Duties, qDatedDuties, a)
		},
		found: func() bool { return f.Head.ID == id },
		decide: func(actor access.Actor) (change, error) {
			return change{queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.coach_absence (org_id, id, cohort_id, from_on, until_on) values (@org, @id, @cohort, @from, @until)`, args{"org": actor.OrgID, "id": form.ID, "cohort": id, "from": from, "until": until})
			}}, decide(actor, f)
		}})
}

// EndAbsence stores that an absence is over, or was none; it answers of which cohort.
func (db *DB) EndAbsence(ctx context.Context, id uuid.UUID, form access.Form) (uuid.UUID, error) {
	return db.settle(ctx, access.AbsenceEnd, id, form, `select x.cohort_id "of", '{}'::uuid[] cases, x.version, x.ended done from app.coach_absence x where x.id = @id for update`,
		`update app.coach_absence set ended = true, version = version + 1 where id = @id`)
}

// EndSubstitute stores that a substitute's duty ends now, or never begins; it answers of which cohort.
func (db *DB) EndSubstitute(ctx context.Context, id uuid.UUID, form access.Form, decide func(access.Actor, cohort.Briefing) error) (uuid.UUID, error) {
	var of []uuid.UUID
	var f cohort.Briefing
	err := db.write(ctx, act{do: access.SubstituteEnd, subject: id, form: form,
		ask: func(b *pgx.Batch) {
			values(b, &of, `select c.id from app.cohort_duty d join app.cohort c on c.org_id = d.org_id and c.id = d.cohort_id where d.id = @id and d.kind = 'substitute'`, args{"id": id})
			list(b, &f.Duties, strings.Replace(qDatedDuties, "@cohort", "(select x.cohort_id from app.cohort_duty x where x.id = @id)", 1), args{"id": id})
		},
		found: func() bool { return len(of) > 0 },
		decide: func(actor access.Actor) (change, error) {
			return change{queue: func(b *pgx.Batch) { b.Queue(`select app.end_substitute(@id)`, args{"id": id}) }}, decide(actor, f)
		}})
	if len(of) == 0 {
		return uuid.Nil, err
	}
	return of[0], err
}

// Briefing is a cohort's page for a substitute.
func (db *DB) Briefing(ctx context.Context, id uuid.UUID) (cohort.Briefing, error) {
	var f cohort.Briefing
	a := args{"cohort": id, "day": access.From(ctx).Today()}
	err := db.read(ctx, question{do: access.BriefingView, subject: id, scope: scopeCohort, found: func() bool { return f.Head.ID == id }, ask: func(b *pgx.Batch) {
		one(b, &f.Head, qHead, a)
		list(b, &f.Meetings, sqlf(qMeeting, "m.cohort_id = @cohort and m.held_on = (select min(n.held_on) from app.meeting n where n.cohort_id = @cohort and n.held_on >= @day) and m.cancelled_at is null")+" order by m.half limit 2", a)
		list(b, &f.Rows, qBriefing, a)
		list(b, &f.Duties, qDatedDuties, a)
	}})
	return f, err
}

// SubstitutePlan is the page on which a substitute is named.
func (db *DB) SubstitutePlan(ctx context.Context, id uuid.UUID) (cohort.Briefing, error) {
	var f cohort.Briefing
	a := args{"cohort": id}
	err := db.read(ctx, question{do: access.SubstituteNew, subject: id, found: func() bool { return f.Head.ID == id }, ask: func(b *pgx.Batch) {
		one(b, &f.Head, qHead, a)
		list(b, &f.Colleagues, qCoaches, nil)
		list(b, &f.Duties, qDatedDuties, a)
		list(b, &f.Absences, qAbsences, a)
	}})
	return f, err
}

// AddSubstitute gives a colleague the cohort for some days. The function behind it lets only a coach of the cohort do so.
func (db *DB) AddSubstitute(ctx context.Context, id uuid.UUID, form access.Form, decide func(access.Actor, cohort.Briefing) (cohort.NewDuty, error)) error {
	var f cohort.Briefing
	a := args{"cohort": id}
	return db.write(ctx, act{do: access.SubstituteName, subject: id, form: form,
		ask: func(b *pgx.Batch) {
			one(b, &f.Head, qHead, a)
			list(b, &f.Colleagues, qCoaches, nil)
			list(b, &f.Duties, qDatedDuties, a)
		},
		found: func() bool { return f.Head.ID == id },
		decide: func(actor access.Actor) (change, error) {
			n, err := decide(actor, f)
			return change{queue: func(b *pgx.Batch) {
				b.Queue(`select app.name_substitute(@id, @cohort, @who, @from, @until, @why)`,
					args{"id": form.ID, "cohort": id, "who": n.Member, "from": n.From.Truncate(time.Microsecond), "until": n.Until, "why": n.Reason})
			}}, err
		}})
}

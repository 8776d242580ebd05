package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/placement"
)

var _ placement.Store = (*DB)(nil)

// Employers are the organisation's sites with their employers. Trials are counted among the actor's own cases.
func (db *DB) Employers(ctx context.Context) ([]placement.Listed, error) {
	var out []placement.Listed
	err := db.read(ctx, question{do: access.EmployerList, ask: func(b *pgx.Batch) {
		list(b, &out, `select w.id employer_id, s.id site_id, w.name employer, s.name site_name, s.municipality muni, s.tasks,
  (select count(*) from app.trial t where t.org_id = s.org_id and t.site_id = s.id and t.state = 'active')::int active,
  (select max(k.on_day) from app.site_contact k where k.org_id = s.org_id and k.site_id = s.id) last_contact
from app.site s
join app.employer w on w.org_id = s.org_id and w.id = s.employer_id
order by w.name collate "fi-x-icu", s.name collate "fi-x-icu"
limit 500`, nil)
	}})
	return out, err
}

// NewEmployerPage asks only whether the actor may open the page.
func (db *DB) NewEmployerPage(ctx context.Context) error {
	return db.read(ctx, question{do: access.EmployerNew, ask: func(*pgx.Batch) {}})
}

// CreateEmployer stores an employer with its first site and contact person; the site's id is the form's.
//
// An employer whose business id is registered already is the same one: the site becomes another of its sites.
func (db *DB) CreateEmployer(ctx context.Context, form access.Form, businessID string, decide func() (placement.NewEmployer, error)) error {
	var known []uuid.UUID
	return db.write(ctx, act{do: access.EmployerCreate, subject: form.ID, form: form, ask: func(b *pgx.Batch) {
		values(b, &known, `select id from app.employer where business_id = @business and business_id <> '' for update`, args{"business": businessID})
	}, decide: func(a access.Actor) (change, error) {
		n, err := decide()
		employer := newID()
		if len(known) > 0 {
			employer = known[0]
		}
		return change{queue: func(b *pgx.Batch) {
			b.Queue(`insert into app.employer (org_id, id, name, business_id, municipality) values (@org, @id, @name, @business, @muni) on conflict (org_id, id) do nothing`,
				args{"org": a.OrgID, "id": employer, "name": n.Name, "business": n.BusinessID, "muni": n.Municipality})
			b.Queue(`insert into app.site (org_id, id, employer_id, name, address, municipality, tasks) values (@org, @id, @employer, @name, @address, @muni, @tasks)`,
				args{"org": a.OrgID, "id": form.ID, "employer": employer, "name": n.SiteName, "address": n.Address, "muni": n.Municipality, "tasks": n.Tasks})
			b.Queue(`insert into app.site_person (org_id, id, site_id, name, phone, email) values (@org, @id, @site, @name, @phone, @mail)`,
				args{"org": a.OrgID, "id": newID(), "site": form.ID, "name": n.PersonName, "phone": n.PersonPhone, "mail": n.PersonMail})
		}}, err
	}})
}

// Site is a site's page.
func (db *DB) Site(ctx context.Context, id uuid.UUID) (placement.Site, error) {
	var s placement.Site
	type head struct {
		ID, EmployerID                                           uuid.UUID
		Employer, BusinessID, Name, Address, Municipality, Tasks string
	}
	var h head
	a := args{"site": id}
	err := db.read(ctx, question{do: access.SiteView, subject: id, scope: scopeSite, found: func() bool { return h.ID == id }, ask: func(b *pgx.Batch) {
		one(b, &h, `select s.id, s.employer_id, w.name employer, w.business_id, s.name, s.address, s.municipality, s.tasks
from app.site s
join app.employer w on w.org_id = s.org_id and w.id = s.employer_id
where s.id = @site`, a)
		list(b, &s.People, `select id, name, phone, email from app.site_person where site_id = @site order by name limit 50`, a)
		list(b, &s.Contacts, qContacts+`k.site_id = @site order by k.on_day desc, k.at desc limit 30`, a)
		list(b, &s.Trials, `select t.id, p.first_name, p.last_name, t.state, t.starts_on, t.ends_on
from app.trial t
join app.enrolment e on e.org_id = t.org_id and e.id = t.enrolment_id
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
where t.site_id = @site
order by t.starts_on desc
limit 100`, a)
	}})
	s.ID, s.EmployerID, s.Employer, s.BusinessID, s.Name, s.Address, s.Municipality, s.Tasks = h.ID, h.EmployerID, h.Employer, h.BusinessID, h.Name, h.Address, h.Municipality, h.Tasks
	return s, err
}

const qContacts = `select k.kind, k.on_day "on", m.name by
from app.site_contact k
join app.membership m on m.org_id = k.org_id and m.id = k.by_id
where `

const qAddContact = `insert into app.site_contact (org_id, id, site_id, trial_id, kind, on_day) values (@org, @id, @site, @trial, @kind, @on)`

// AddSiteContact notes a contact with a site.
func (db *DB) AddSiteContact(ctx context.Context, site uuid.UUID, form access.Form, decide func(access.Actor) (placement.Contact, error)) error {
	var found []uuid.UUID
	return db.write(ctx, act{do: access.SiteContactAdd, subject: site, form: form,
		ask:   func(b *pgx.Batch) { values(b, &found, `select id from app.site where id = @site`, args{"site": site}) },
		found: func() bool { return len(found) > 0 },
		decide: func(a access.Actor) (change, error) {
			c, err := decide(a)
			return change{queue: func(b *pgx.Batch) {
				b.Queue(qAddContact, args{"org": a.OrgID, "id": form.ID, "site": site, "trial": nil, "kind": c.Kind, "on": c.On})
			}}, err
		}})
}

// AddTrialContact notes a contact about a trial.
func (db *DB) AddTrialContact(ctx context.Context, trial uuid.UUID, form access.Form, decide func(access.Actor) (placement.Contact, error)) error {
	type at struct{ SiteID, EnrolmentID uuid.UUID }
	var found []at
	return db.write(ctx, act{do: access.TrialContact, subject: trial, form: form,
		ask: func(b *pgx.Batch) {
			list(b, &found, `select site_id, enrolment_id from app.trial where id = @trial`, args{"trial": trial})
		},
		found: func() bool { return len(found) > 0 },
		decide: func(a access.Actor) (change, error) {
			c, err := decide(a)
			return change{enrolments: []uuid.UUID{found[0].EnrolmentID}, queue: func(b *pgx.Batch) {
				b.Queue(qAddContact, args{"org": a.OrgID, "id": form.ID, "site": found[0].SiteID, "trial": trial, "kind": c.Kind, "on": c.On})
			}}, err
		}})
}

// Law rows: the organisation's own come last, so that of two rows of one day its word wins.
const qLaw = `select key, valid_from, value::int, source from (
  select key, valid_from, value, source, 1 own from app.law_value
  union all select key, valid_from, value, source, 2 from app.law_override) l
order by valid_from, own
limit 500`

const qTrialCase = `select e.id enrolment_id, p.first_name, p.last_name, p.born_on, e.state, e.cohort_id, coalesce(c.name, '') cohort_name, e.starts_on, e.ends_on
from app.enrolment e
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
left join app.cohort c on c.org_id = e.org_id and c.id = e.cohort_id
where e.id = %s`

const qEarlier = `select t.id, i.name site_name, t.state, t.starts_on, t.ends_on
from app.trial t
join app.site i on i.org_id = t.org_id and i.id = t.site_id
join app.enrolment e on e.org_id = t.org_id and e.id = t.enrolment_id
where e.participant_id = (select x.participant_id from app.enrolment x where x.id = %s)
order by t.starts_on
limit 100`

const qSiteChoices = `select s.id site_id, p.id person_id, w.name employer, s.name site, p.name person_name
from app.site s
join app.employer w on w.org_id = s.org_id and w.id = s.employer_id
join app.site_person p on p.org_id = s.org_id and p.site_id = s.id
order by w.name collate "fi-x-icu", s.name collate "fi-x-icu", p.name
limit 500`

func queueTrialPlan(b *pgx.Batch, p *placement.Plan, enrolment string, a args) {
	one(b, &p.Case, sqlf(qTrialCase, enrolment), a)
	list(b, &p.Earlier, sqlf(qEarlier, enrolment), a)
	list(b, &p.Sites, qSiteChoices, nil)
	list(b, &p.Law, qLaw, nil)
}

// TrialPlan is the page of a new trial.
func (db *DB) TrialPlan(ctx context.Context, enrolment uuid.UUID) (placement.Plan, error) {
	var p placement.Plan
	return p, db.read(ctx, question{do: access.TrialNew, subject: enrolment, scope: scopeEnrolment, found: func() bool { return p.Case.EnrolmentID == enrolment },
		ask: func(b *pgx.Batch) { queueTrialPlan(b, &p, "@enrolment", args{"enrolment": enrolment}) }})
}

func termArgs(org, id uuid.UUID, t placement.Terms) args {
	return args{"org": org, "id": id, "site": t.SiteID, "supervisor": orNull(t.SupervisorID), "purpose": t.Purpose, "starts": t.StartsOn, "ends": t.EndsOn, "at": t.StartsAt,
		"minutes": t.DayMinutes, "days": t.WeekDays, "tasks": t.Tasks, "goals": t.Goals, "payer": t.Payer, "current": t.CurrentEmployer}
}

// CreateTrial stores a draft agreement; its id is the form's.
func (db *DB) CreateTrial(ctx context.Context, enrolment uuid.UUID, form access.Form, decide func(access.Actor, placement.Plan) (placement.Terms, error)) error {
	var p placement.Plan
	var locked []uuid.UUID
	return db.write(ctx, act{do: access.TrialCreate, subject: form.ID, form: form,
		ask: func(b *pgx.Batch) {
			values(b, &locked, `select id from app.enrolment where id = @enrolment for update`, args{"enrolment": enrolment})
			queueTrialPlan(b, &p, "@enrolment", args{"enrolment": enrolment})
		},
		found: func() bool { return len(locked) > 0 },
		about: enrolment,
		decide: func(a access.Actor) (change, error) {
			t, err := decide(a, p)
			return change{enrolments: []uuid.UUID{enrolment}, queue: func(b *pgx.Batch) {
				x := termArgs(a.OrgID, form.ID, t)
				x["enrolment"] = enrolment
				b.Queue(`insert into app.trial (org_id, id, enrolment_id, site_id, supervisor_id, purpose, starts_on, ends_on, starts_at, day_minutes, week_days, tasks, goals, payer, current_employer)
values (@org, @id, @enrolment, @site, @supervisor, @purpose, @starts, @ends, @at, @minutes, @days, @tasks, @goals, @payer, @current)`, x)
			}}, err
		}})
}

type trialRow struct {
	ID                                                                             uuid.UUID
	SiteID                                                                         uuid.UUID
	SupervisorID                                                                   *uuid.UUID
	Purpose, Tasks, Goals, Payer                                                   string
	StartsOn, EndsOn                                                               time.Time
	StartsAt, DayMinutes, WeekDays                                                 int
	CurrentEmployer                                                                bool
	State, Employer, SiteName, SiteAddress, Supervisor, SupervisorPhone, EndReason string
	InsuranceOn                                                                    *time.Time
	Version                                                                        int
	Signatures                                                                     []signatureRow
}

// signatureRow is a signature under the present terms, folded into the trial's row.
type signatureRow struct{ Party, On, How, By string }

// queueTrial asks for a trial.
func queueTrial(b *pgx.Batch, id uuid.UUID, h *trialRow, t *placement.Trial) {
	a := args{"trial": id}
	one(b, h, `select t.id, t.site_id, t.supervisor_id, t.purpose, t.tasks, t.goals, t.payer, t.starts_on, t.ends_on, t.starts_at, t.day_minutes, t.week_days, t.current_employer,
  t.state, w.name employer, i.name site_name, i.address site_address, coalesce(s.name, '') supervisor, coalesce(s.phone, '') supervisor_phone, t.end_reason, t.insurance_on, t.version,
  coalesce((select jsonb_agg(jsonb_build_object('party', g.party, 'on', g.signed_on, 'how', g.how, 'by', m.name) order by g.at)
    from app.trial_signature g join app.membership m on m.org_id = g.org_id and m.id = g.entered_by where g.org_id = t.org_id and g.trial_id = t.id and g.trial_version = t.version), '[]') signatures
from app.trial t
join app.site i on i.org_id = t.org_id and i.id = t.site_id
join app.employer w on w.org_id = i.org_id and w.id = i.employer_id
left join app.site_person s on s.org_id = t.org_id and s.id = t.supervisor_id
where t.id = @trial`, a)
	one(b, &t.Case, sqlf(qTrialCase, "(select x.enrolment_id from app.trial x where x.id = @trial)"), a)
	list(b, &t.Contacts, qContacts+`k.trial_id = @trial order by k.on_day desc, k.at desc limit 50`, a)
}

// queueTrialRules asks for what the rules on the terms need beyond the page.
func queueTrialRules(b *pgx.Batch, id uuid.UUID, t *placement.Trial) {
	list(b, &t.Earlier, sqlf(qEarlier, "(select y.enrolment_id from app.trial y where y.id = @trial)"), args{"trial": id})
	list(b, &t.Sites, qSiteChoices, nil)
	list(b, &t.Law, qLaw, nil)
}

func (h trialRow) into(t *placement.Trial) {
	t.ID, t.State, t.Employer, t.SiteName, t.SiteAddress, t.Supervisor, t.SupervisorPhone = h.ID, h.State, h.Employer, h.SiteName, h.SiteAddress, h.Supervisor, h.SupervisorPhone
	t.InsuranceOn, t.EndReason, t.Version = h.InsuranceOn, h.EndReason, h.Version
	t.Terms = placement.Terms{SiteID: h.SiteID, Purpose: h.Purpose, Tasks: h.Tasks, Goals: h.Goals, Payer: h.Payer, StartsOn: h.StartsOn, EndsOn: h.EndsOn,
		StartsAt: h.StartsAt, DayMinutes: h.DayMinutes, WeekDays: h.WeekDays, CurrentEmployer: h.CurrentEmployer}
	for _, g := range h.Signatures {
		on, _ := time.Parse("2006-01-02", g.On)
		t.Signatures = append(t.Signatures, placement.Signature{Party: g.Party, SignedOn: on, How: g.How, By: g.By})
	}
	if h.SupervisorID != nil {
		t.Terms.SupervisorID = *h.SupervisorID
	}
}

// Trial is a trial's page.
func (db *DB) Trial(ctx context.Context, id uuid.UUID) (placement.Trial, error) {
	var t placement.Trial
	var h trialRow
	err := db.read(ctx, question{do: access.TrialView, subject: id, scope: scopeTrial, found: func() bool { return h.ID == id }, ask: func(b *pgx.Batch) {
		queueTrial(b, id, &h, &t)
		list(b, &t.Sites, qSiteChoices, nil)
	}})
	h.into(&t)
	return t, err
}

// changeTrial locks a trial and stores what decide says.
func (db *DB) changeTrial(ctx context.Context, do access.Action, id uuid.UUID, form access.Form, decide func(access.Actor, placement.Trial) (func(*pgx.Batch), error)) error {
	var t placement.Trial
	var h trialRow
	return db.write(ctx, act{do: do, subject: id, form: form,
		ask: func(b *pgx.Batch) {
			// the lock is a statement of its own: it passes over rows the role may not change, and those it must still see
			b.Queue(`select from app.trial where id = @trial for update`, args{"trial": id})
			queueTrial(b, id, &h, &t)
			queueTrialRules(b, id, &t)
		},
		found:   func() bool { return h.ID == id },
		version: func() int { return h.Version },
		decide: func(a access.Actor) (change, error) {
			h.into(&t)
			queue, err := decide(a, t)
			return change{enrolments: []uuid.UUID{t.Case.EnrolmentID}, queue: queue}, err
		}})
}

// EditTrial stores other terms under a new version: signatures belong to the version they were given on.
func (db *DB) EditTrial(ctx context.Context, id uuid.UUID, form access.Form, decide func(access.Actor, placement.Trial) (placement.Terms, error)) error {
	return db.changeTrial(ctx, access.TrialEdit, id, form, func(a access.Actor, t placement.Trial) (func(*pgx.Batch), error) {
		terms, err := decide(a, t)
		return func(b *pgx.Batch) {
			b.Queue(`update app.trial
set site_id = @site, supervisor_id = @supervisor, purpose = @purpose, starts_on = @starts, ends_on = @ends, starts_at = @at, day_minutes = @minutes, week_days = @days,
    tasks = @tasks, goals = @goals, payer = @payer, current_employer = @current, version = version + 1
where id = @id and org_id = @org`, termArgs(a.OrgID, id, terms))
		}, err
	})
}

// SignTrial adds a party's signature under the present terms.
func (db *DB) SignTrial(ctx context.Context, id uuid.UUID, form access.Form, decide func(access.Actor, placement.Trial) (placement.Signature, error)) error {
	return db.changeTrial(ctx, access.TrialSign, id, form, func(a access.Actor, t placement.Trial) (func(*pgx.Batch), error) {
		s, err := decide(a, t)
		return func(b *pgx.Batch) {
			b.Queue(`insert into app.trial_signature (org_id, id, trial_id, enrolment_id, party, signed_on, how, trial_version)
values (@org, @id, @trial, @enrolment, @party, @on, @how, @version)`,
				args{"org": a.OrgID, "id": form.ID, "trial": id, "enrolment": t.Case.EnrolmentID, "party": s.Party, "on": s.SignedOn, "how": s.How, "version": t.Version})
		}, err
	})
}

// MoveTrial stores a trial's next state or its insurance. It does not change the version: the terms stay what was signed.
func (db *DB) MoveTrial(ctx context.Context, do access.Action, id uuid.UUID, form access.Form, decide func(access.Actor, placement.Trial) (placement.Change, error)) error {
	return db.changeTrial(ctx, do, id, form, func(a access.Actor, t placement.Trial) (func(*pgx.Batch), error) {
		c, err := decide(a, t)
		return func(b *pgx.Batch) {
			b.Queue(`update app.trial
set state = @state, end_reason = case when @reason = '' then end_reason else @reason end, insurance_on = coalesce(@on, insurance_on), insurance_by = case when @on::date is null then insurance_by else @by end, ends_on = coalesce(@ends, ends_on)
where id = @id`, args{"ends": c.EndsOn, "state": c.State, "reason": c.Reason, "on": c.InsuranceOn, "by": a.ID, "id": id})
		}, err
	})
}

package postgres

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/placement"
)

// Law rows: the organisation's own come last, so that of two rows of one day its word wins.
const qLaw = `select key, valid_from, value::int, source from (
  select key, valid_from, value, source, 1 own from app.law_value
  union all select key, valid_from, value, source, 2 from app.law_override) l
order by valid_from, own
limit 500`

// consented is the person's last word on contacting employers (118 §).
const consented = `coalesce((select case when k.given then 'given' else 'not_given' end from app.consent k where k.org_id = e.org_id and k.enrolment_id = e.id and k.purpose = 'employer_contact' order by k.at desc limit 1), '')`

// caseColumns are a case as placement knows it, of e, p and c.
const caseColumns = `e.id enrolment_id, p.first_name, p.last_name, p.born_on, e.state, e.cohort_id, coalesce(c.name, '') cohort_name, e.starts_on, e.ends_on, ` + consented + ` consent`

const qTrialCase = `select ` + caseColumns + `
from app.enrolment e
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
left join app.cohort c on c.org_id = e.org_id and c.id = e.cohort_id
where e.id = %s`

// What a person did before, for the six months in total: trials of all their cases, and evidence of what was elsewhere,
// counted past what one may see (rulings.md 8).
const qEarlier = `select b.id, b.site_name, b.state, b.starts_on, b.ends_on, b.source, b.evidence, b."by" from app.trials_of_person(%s) b order by b.starts_on`

// qLockPerson lets trials of one person be judged one after another.
const qLockPerson = `select app.lock_person((select x.enrolment_id from app.trial x where x.id = @trial))`

const qSiteChoices = `select s.id site_id, p.id person_id, w.name employer, s.name site, p.name person_name, s.cooled_until
from app.site s
join app.employer w on w.org_id = s.org_id and w.id = s.employer_id
join app.site_person p on p.org_id = s.org_id and p.site_id = s.id and not p.ended
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

// queueSiteLock takes a site's row, so that its last place goes to one.
func queueSiteLock(b *pgx.Batch, site uuid.UUID) {
	b.Queue(`select from app.site where id = @site for update`, args{"site": orNull(site)})
}

// queuePlaces asks how many places of the terms' site are free in their days, but for the trial itself.
func queuePlaces(b *pgx.Batch, into **int, t placement.Terms, but uuid.UUID) {
	if t.SiteID == uuid.Nil || t.StartsOn.IsZero() || t.EndsOn.Before(t.StartsOn) {
		return
	}
	queueFree(b, into, `select app.places_free(@site, @starts, @ends, @but)`, args{"site": t.SiteID, "starts": t.StartsOn, "ends": t.EndsOn, "but": orNull(but)})
}

// queueFree reads a number of free places: nil where nobody said how many there are.
func queueFree(b *pgx.Batch, into **int, query string, a args) {
	b.Queue(query, a).Query(func(rows pgx.Rows) error {
		all, err := pgx.CollectRows(rows, pgx.RowTo[*int])
		if len(all) > 0 {
			*into = all[0]
		}
		return err
	})
}

// terms are the columns of an agreement's terms.
var terms = columnsOf[placement.Terms]()

// CreateTrial stores a draft agreement; its id is the form's.
func (db *DB) CreateTrial(ctx context.Context, enrolment uuid.UUID, form access.Form, want placement.Terms, decide func(access.Actor, placement.Plan) (placement.Terms, error)) error {
	var p placement.Plan
	var locked []uuid.UUID
	return db.write(ctx, act{do: access.TrialCreate, subject: form.ID, form: form,
		ask: func(b *pgx.Batch) {
			b.Queue(`select app.lock_person(@enrolment)`, args{"enrolment": enrolment})
			values(b, &locked, `select id from app.enrolment where id = @enrolment`, args{"enrolment": enrolment})
			queueSiteLock(b, want.SiteID)
			queueTrialPlan(b, &p, "@enrolment", args{"enrolment": enrolment})
			queuePlaces(b, &p.Free, want, uuid.Nil)
		},
		found: func() bool { return len(locked) > 0 },
		about: enrolment,
		decide: func(a access.Actor) (change, error) {
			t, err := decide(a, p)
			return change{enrolments: []uuid.UUID{enrolment}, queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.trial (org_id, id, enrolment_id, judged, `+terms.inserted()+`)
values (@org, @id, @enrolment, @judged, `+terms.values()+`)`,
					terms.args(t, args{"org": a.OrgID, "id": form.ID, "enrolment": enrolment, "judged": t.Judge(p.Law)}))
			}}, err
		}})
}

// Rows that belong to a trial are folded into its own: each further statement costs more than what it brings.
var qTrial = `select t.id,
  ` + terms.selected("t") + `,
  t.state,
  w.name employer,
  i.name site_name,
  i.address site_address,
  coalesce(s.name, '') supervisor,
  coalesce(s.phone, '') supervisor_phone,
  t.end_reason,
  t.agreed_until,
  w.business_id,
  t.terminated_by,
  t.hired,
  t.accepted_how,
  t.insurance_on,
  t.notice_on,
  t.accepted_on,
  t.judged,
  t.version,
  coalesce((
    select jsonb_agg(jsonb_build_object('Party', g.party, 'SignedOn', g.signed_on::timestamptz, 'How', g.how, 'By', m.name) order by g.at)
    from app.trial_signature g
    join app.membership m on m.org_id = g.org_id and m.id = g.entered_by
    where g.org_id = t.org_id and g.trial_id = t.id and g.trial_version = t.version), '[]') signatures,
  coalesce((
    select jsonb_agg(jsonb_build_object('ID', c.id, 'Code', c.code, 'DueOn', c.due_on::timestamptz, 'Done', k.on_day::timestamptz,
      'Kind', coalesce(k.kind, ''), 'By', coalesce(m.name, '')) order by c.due_on, c.code)
    from app.trial_checkin c
    left join app.site_contact k on k.org_id = c.org_id and k.id = c.contact_id
    left join app.membership m on m.org_id = k.org_id and m.id = k.by_id
    where c.org_id = t.org_id and c.trial_id = t.id), '[]') checkins,
  coalesce((
    select jsonb_agg(jsonb_build_object('OldOn', c.old_on::timestamptz, 'NewOn', c.new_on::timestamptz,
      'AgreedOn', c.agreed_on::timestamptz, 'By', m.name) order by c.at)
    from app.trial_end_change c
    join app.membership m on m.org_id = c.org_id and m.id = c.entered_by
    where c.org_id = t.org_id and c.trial_id = t.id), '[]') end_changes,
  coalesce((
    select jsonb_agg(jsonb_build_object(` + problemFields + `, 'By', coalesce(m.name, '')) order by p.at desc)
    from app.trial_problem p
    left join app.membership m on m.org_id = p.org_id and m.id = p.entered_by
    where p.org_id = t.org_id and p.trial_id = t.id), '[]') problems,
  (
    select jsonb_build_object('Suitability', o.suitability, 'Skills', o.skills, 'GivenBy', o.given_by, 'GivenOn', o.given_on::timestamptz,
      'How', o.how, 'Comment', o.comment, 'By', m.name, 'Version', o.version)
    from app.organiser_assessment o
    join app.membership m on m.org_id = o.org_id and m.id = o.entered_by
    where o.org_id = t.org_id and o.trial_id = t.id
    order by o.number desc
    limit 1) assessment,
  coalesce((
    select jsonb_agg(jsonb_build_object(` + diaryFields + `) order by y.on_day desc, y.at desc)
    from app.trial_diary y
    where y.org_id = t.org_id and y.trial_id = t.id and y.shared), '[]') diary,
  coalesce((select o.grounds from app.assessment_waiver o where o.org_id = t.org_id and o.trial_id = t.id), '') waiver
from app.trial t
join app.site i on i.org_id = t.org_id and i.id = t.site_id
join app.employer w on w.org_id = i.org_id and w.id = i.employer_id
left join app.site_person s on s.org_id = t.org_id and s.id = t.supervisor_id
where t.id = @trial`

// The fields of problem p and of diary day y, for jsonb.
const (
	problemFields = `'ID', p.id, 'Category', p.category, 'Body', p.body, 'ToldBy', p.told_by, 'ActBy', p.act_by::timestamptz,
      'Acted', p.acted, 'ActedOn', p.acted_on::timestamptz, 'Version', p.version, 'At', p.at`
	diaryFields = `'OnDay', y.on_day::timestamptz, 'Mood', y.mood, 'Body', y.body, 'Shared', y.shared, 'Topic', y.topic`
)

// queueTrial asks for a trial. Its own row comes first: it replaces what is there.
func queueTrial(b *pgx.Batch, id uuid.UUID, t *placement.Trial) {
	a := args{"trial": id}
	one(b, t, qTrial, a)
	one(b, &t.Case, sqlf(qTrialCase, "(select x.enrolment_id from app.trial x where x.id = @trial)"), a)
	list(b, &t.Contacts, qContacts+`k.trial_id = @trial order by k.on_day desc, k.at desc limit 50`, a)
}

// queueTrialRules asks for what the rules on the terms need beyond the page.
func queueTrialRules(b *pgx.Batch, id uuid.UUID, t *placement.Trial) {
	list(b, &t.Earlier, sqlf(qEarlier, "(select y.enrolment_id from app.trial y where y.id = @trial)"), args{"trial": id})
	list(b, &t.Sites, qSiteChoices, nil)
	list(b, &t.Law, qLaw, nil)
	list(b, &t.Rhythm, `select c.code, c.day_offset::int "day" from app.programme_contact c
join app.enrolment e on e.org_id = c.org_id and e.version_id = c.version_id where e.id = (select y.enrolment_id from app.trial y where y.id = @trial) order by c.number limit 100`, args{"trial": id})
}

// Trial is a trial's page.
func (db *DB) Trial(ctx context.Context, id uuid.UUID) (placement.Trial, error) {
	var t placement.Trial
	err := db.read(ctx, question{do: access.TrialView, subject: id, scope: scopeTrial, found: func() bool { return t.ID == id }, ask: func(b *pgx.Batch) {
		queueTrial(b, id, &t)
		list(b, &t.Sites, qSiteChoices, nil)
	}})
	return t, err
}

// Agreement is the agreement on paper.
func (db *DB) Agreement(ctx context.Context, id uuid.UUID) (placement.Trial, error) {
	var t placement.Trial
	err := db.read(ctx, question{do: access.AgreementView, subject: id, scope: scopeTrial, found: func() bool { return t.ID == id }, ask: func(b *pgx.Batch) { queueTrial(b, id, &t) }})
	return t, err
}

// changeTrial locks a trial and stores what decide says. More queues what only this act needs.
func (db *DB) changeTrial(ctx context.Context, do access.Action, id uuid.UUID, form access.Form, more func(*pgx.Batch, *placement.Trial), decide func(access.Actor, placement.Trial) (func(*pgx.Batch), error)) error {
	var t placement.Trial
	return db.write(ctx, act{do: do, subject: id, form: form,
		ask: func(b *pgx.Batch) {
			// the lock is a statement of its own: it passes over rows the role may not change, and those it must still see
			if do.Name == access.TrialActivate.Name || do.Name == access.TrialEdit.Name {
				b.Queue(qLockPerson, args{"trial": id}) // first the person, then the trial, then the site
			}
			b.Queue(`select from app.trial where id = @trial for update`, args{"trial": id})
			queueTrial(b, id, &t)
			if more != nil {
				more(b, &t)
			}
			queueTrialRules(b, id, &t)
		},
		found:   func() bool { return t.ID == id },
		version: func() int { return t.Version },
		decide: func(a access.Actor) (change, error) {
			queue, err := decide(a, t)
			return change{enrolments: []uuid.UUID{t.Case.EnrolmentID}, queue: queue}, err
		}})
}

// EditTrial stores other terms under a new version: signatures belong to the version they were given on, the person's
// answer to the offer.
func (db *DB) EditTrial(ctx context.Context, id uuid.UUID, form access.Form, want placement.Terms, decide func(access.Actor, placement.Trial) (placement.Terms, error)) error {
	return db.changeTrial(ctx, access.TrialEdit, id, form, func(b *pgx.Batch, t *placement.Trial) {
		queueSiteLock(b, want.SiteID)
		queuePlaces(b, &t.Free, want, id)
	}, func(a access.Actor, t placement.Trial) (func(*pgx.Batch), error) {
		want, err := decide(a, t)
		return func(b *pgx.Batch) {
			b.Queue(`update app.trial
set `+terms.set()+`,
  judged = @judged,
  accepted_on = case when @same then accepted_on end,
  accepted_how = case when @same then accepted_how else '' end,
  version = version + 1
where id = @id and org_id = @org`,
				terms.args(want, args{"org": a.OrgID, "id": id, "judged": want.Judge(t.Law), "same": want.SameOffer(t.Terms)}))
		}, err
	})
}

// AnswerTrial stores what the person said to a proposal. The function behind it lets only those answer who work with the
// case, or whose it is.
func (db *DB) AnswerTrial(ctx context.Context, id uuid.UUID, form access.Form, decide func(access.Actor, placement.Trial) (placement.Answered, error)) error {
	return db.changeTrial(ctx, access.TrialAnswer, id, form, nil, func(a access.Actor, t placement.Trial) (func(*pgx.Batch), error) {
		x, err := decide(a, t)
		return func(b *pgx.Batch) {
			b.Queue(`select app.answer_trial(@id, @edition, @yes, @on, @way)`, args{"id": id, "edition": t.Version, "yes": x.Yes, "on": x.On, "way": x.Way})
		}, err
	})
}

// SignTrial adds a party's signature under the present terms.
func (db *DB) SignTrial(ctx context.Context, id uuid.UUID, form access.Form, decide func(access.Actor, placement.Trial) (placement.Signature, error)) error {
	return db.changeTrial(ctx, access.TrialSign, id, form, nil, func(a access.Actor, t placement.Trial) (func(*pgx.Batch), error) {
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
	return db.changeTrial(ctx, do, id, form, func(b *pgx.Batch, t *placement.Trial) {
		if do.Name == access.TrialActivate.Name {
			b.Queue(`select from app.site where id = (select x.site_id from app.trial x where x.id = @trial) for update`, args{"trial": id})
			queueFree(b, &t.Free, `select app.places_free(x.site_id, x.starts_on, x.ends_on, x.id) from app.trial x where x.id = @trial`, args{"trial": id})
		}
	}, func(a access.Actor, t placement.Trial) (func(*pgx.Batch), error) {
		c, err := decide(a, t)
		return func(b *pgx.Batch) {
			b.Queue(`update app.trial
set state = @state, end_reason = case when @reason = '' then end_reason else @reason end, insurance_on = coalesce(@on, insurance_on), insurance_by = case when @on::date is null then insurance_by else @by end, agreed_until = case when @ends::date < ends_on then ends_on else agreed_until end, ends_on = coalesce(@ends, ends_on),
    terminated_by = @terminated, notice_on = @notice, hired = @hired, judged = coalesce(@judged, judged)
where id = @id`, args{"ends": c.EndsOn, "state": c.State, "reason": c.Reason, "on": c.InsuranceOn, "by": a.ID, "id": id, "terminated": c.TerminatedBy, "notice": c.NoticeOn, "hired": c.Hired, "judged": judgedOrNull(c.Judged)})
			queueCheckins(b, a.OrgID, id, t.Case.EnrolmentID, c.Checkins)
		}, err
	})
}

// queueCheckins stores planned contacts of a trial.
func queueCheckins(b *pgx.Batch, org, trial, enrolment uuid.UUID, all []placement.Checkin) {
	for _, k := range all {
		b.Queue(`insert into app.trial_checkin (org_id, id, trial_id, enrolment_id, code, due_on) values (@org, @id, @trial, @enrolment, @code, @due)`,
			args{"org": org, "id": k.ID, "trial": trial, "enrolment": enrolment, "code": k.Code, "due": k.DueOn})
	}
}

func judgedOrNull(j []placement.Judged) any {
	if j == nil {
		return nil
	}
	return j
}

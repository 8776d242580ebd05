package placement

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/placement"
	"kuukausi/internal/postgres/door"
)

// qLockPerson lets trials of one person be judged one after another.
const qLockPerson = `select app.lock_person((select x.enrolment_id from app.trial x where x.id = @trial))`

// A site with each of the people who may supervise there. The page of a trial lists them only where its site can change.
const (
	qSites = `select
  s.id site_id,
  p.id person_id,
  w.name employer,
  s.name site,
  p.name person_name,
  s.cooled_until
from app.site s
join app.employer w on w.org_id = s.org_id and w.id = s.employer_id
join app.site_person p on p.org_id = s.org_id and p.site_id = s.id and not p.ended
`
	qSitesInOrder = `order by w.name collate "fi-x-icu", s.name collate "fi-x-icu", p.name
limit 500`
	qSiteChoices   = qSites + qSitesInOrder
	qSitesOfADraft = qSites + `where (select current_setting('app.role', true)) = 'coordinator'
  and exists (select from app.trial t where t.id = @trial and t.state = 'draft')
` + qSitesInOrder
)

// qGroupHours are the half-days of a case with its group.
const qGroupHours = `select m.held_on, m.starts_at::int, m.ends_at::int
from app.enrolment e
join app.meeting m on m.org_id = e.org_id and (m.cohort_id = e.cohort_id or m.enrolment_id = e.id)
where e.id = %s
  and m.kind = 'group'
  and m.cancelled_at is null
order by m.held_on, m.half
limit 600`

func queueTrialPlan(b *pgx.Batch, p *placement.Plan, enrolment string, a door.Args) {
	door.One(b, &p.Case, door.Sqlf(door.TrialCase, enrolment), a)
	door.List(b, &p.Earlier, door.Sqlf(qEarlier, enrolment), a)
	door.List(b, &p.Sites, qSiteChoices, nil)
	door.List(b, &p.Law, door.Law, nil)
}

// TrialPlan is the page of a new trial.
func (db Store) TrialPlan(ctx context.Context, enrolment uuid.UUID) (placement.Plan, error) {
	var p placement.Plan
	return p, db.Read(ctx, door.Question{
		Do:      access.TrialNew,
		Subject: enrolment,
		Scope:   door.ScopeEnrolment,
		Found:   func() bool { return p.Case.EnrolmentID == enrolment },
		Ask:     func(b *pgx.Batch) { queueTrialPlan(b, &p, "@enrolment", door.Args{"enrolment": enrolment}) },
	})
}

// terms are the columns of an agreement's terms.
var terms = door.ColumnsOf[placement.Terms]()

// CreateTrial stores a draft agreement; its id is the form's.
func (db Store) CreateTrial(
	ctx context.Context,
	enrolment uuid.UUID,
	form access.Form,
	want placement.Terms,
	decide func(access.Actor, placement.Plan) (placement.Terms, error),
) error {
	var p placement.Plan
	var locked []uuid.UUID
	return db.Write(ctx, door.Act{Do: access.TrialCreate, Subject: form.ID, Form: form,
		Ask: func(b *pgx.Batch) {
			b.Queue(`select app.lock_person(@enrolment)`, door.Args{"enrolment": enrolment})
			door.Values(b, &locked, `select id from app.enrolment where id = @enrolment`, door.Args{"enrolment": enrolment})
			queueSiteLock(b, want.SiteID)
			queueTrialPlan(b, &p, "@enrolment", door.Args{"enrolment": enrolment})
			door.List(b, &p.Group, door.Sqlf(qGroupHours, "@enrolment"), door.Args{"enrolment": enrolment})
			queuePlaces(b, &p.Free, want, uuid.Nil)
		},
		Found: func() bool { return len(locked) > 0 },
		About: enrolment,
		Decide: func(a access.Actor) (door.Change, error) {
			t, err := decide(a, p)
			return door.Change{Enrolments: []uuid.UUID{enrolment}, Queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.trial (org_id, id, enrolment_id, judged, `+terms.Inserted()+`)
values (@org, @id, @enrolment, @judged, `+terms.Values()+`)`,
					terms.Args(t, door.Args{"org": a.OrgID, "id": form.ID, "enrolment": enrolment, "judged": t.Judge(p.Law)}))
			}}, err
		}})
}

// Rows that belong to a trial are folded into its own: each further statement costs more than what it brings.
var qTrial = `select
  t.id,
  ` + terms.Selected("t") + `,
  t.state,
  ` + door.TrialFlaws + ` flaws,
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
  coalesce(
    (
      select jsonb_agg(
        jsonb_build_object('Party', g.party, 'SignedOn', g.signed_on::timestamptz, 'How', g.how, 'By', m.name) order by g.at)
      from app.trial_signature g
      join app.membership m on m.org_id = g.org_id and m.id = g.entered_by
      where g.org_id = t.org_id
        and g.trial_id = t.id
        and g.trial_version = t.version),
    '[]') signatures,
  coalesce(
    (
      select jsonb_agg(
        jsonb_build_object(
          'ID', c.id, 'Code', c.code, 'DueOn', c.due_on::timestamptz, 'Done', k.on_day::timestamptz, 'Kind',
          coalesce(k.kind, ''), 'By', coalesce(m.name, '')) order by c.due_on,
        c.code)
      from app.trial_checkin c
      left join app.site_contact k on k.org_id = c.org_id and k.id = c.contact_id
      left join app.membership m on m.org_id = k.org_id and m.id = k.by_id
      where c.org_id = t.org_id and c.trial_id = t.id),
    '[]') checkins,
  coalesce(
    (
      select jsonb_agg(
        jsonb_build_object(
          'OldOn', c.old_on::timestamptz, 'NewOn', c.new_on::timestamptz, 'AgreedOn', c.agreed_on::timestamptz, 'By',
          m.name) order by c.at)
      from app.trial_end_change c
      join app.membership m on m.org_id = c.org_id and m.id = c.entered_by
      where c.org_id = t.org_id and c.trial_id = t.id),
    '[]') end_changes,
  coalesce(
    (
      select jsonb_agg(jsonb_build_object(` + problemFields + `, 'By', coalesce(m.name, '')) order by p.at desc)
      from app.trial_problem p
      left join app.membership m on m.org_id = p.org_id and m.id = p.entered_by
      where p.org_id = t.org_id and p.trial_id = t.id),
    '[]') problems,
  (
    select jsonb_build_object(
      'Suitability', o.suitability, 'Skills', o.skills, 'GivenBy', o.given_by, 'GivenOn', o.given_on::timestamptz,
      'How', o.how, 'Comment', o.comment, 'By', m.name, 'Version', o.version)
    from app.organiser_assessment o
    join app.membership m on m.org_id = o.org_id and m.id = o.entered_by
    where o.org_id = t.org_id and o.trial_id = t.id
    order by o.number desc
    limit 1) assessment,
  coalesce(
    (
      select jsonb_agg(jsonb_build_object(` + diaryFields + `) order by y.on_day desc, y.at desc)
      from app.trial_diary y
      where y.org_id = t.org_id
        and y.trial_id = t.id
        and y.shared),
    '[]') diary,
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
	a := door.Args{"trial": id}
	door.One(b, t, qTrial, a)
	door.One(b, &t.Case, door.Sqlf(door.TrialCase, "(select x.enrolment_id from app.trial x where x.id = @trial)"), a)
	door.List(b, &t.Contacts, door.Contacts+`k.trial_id = @trial order by k.on_day desc, k.at desc limit 50`, a)
}

// queueTrialRules asks for what the rules on the terms need beyond the page.
func queueTrialRules(b *pgx.Batch, id uuid.UUID, t *placement.Trial) {
	door.List(b, &t.Earlier, door.Sqlf(qEarlier, "(select y.enrolment_id from app.trial y where y.id = @trial)"), door.Args{"trial": id})
	door.List(b, &t.Sites, qSiteChoices, nil)
	door.List(b, &t.Group, door.Sqlf(qGroupHours, "(select y.enrolment_id from app.trial y where y.id = @trial)"), door.Args{"trial": id})
	door.List(b, &t.Law, door.Law, nil)
	door.List(b, &t.Rhythm, `select c.code, c.day_offset::int "day"
from app.programme_contact c
join app.enrolment e on e.org_id = c.org_id and e.version_id = c.version_id
where e.id = (select y.enrolment_id from app.trial y where y.id = @trial)
order by c.number
limit 100`, door.Args{"trial": id})
}

// Trial is a trial's page or its agreement on paper, under the act it is opened for; the page offers other sites.
func (db Store) Trial(ctx context.Context, do access.Action, id uuid.UUID) (placement.Trial, error) {
	var t placement.Trial
	err := db.Read(
		ctx,
		door.Question{Do: do, Subject: id, Scope: door.ScopeTrial, Found: func() bool { return t.ID == id }, Ask: func(b *pgx.Batch) {
			queueTrial(b, id, &t)
			if do.Name == access.TrialView.Name {
				door.List(b, &t.Sites, qSitesOfADraft, door.Args{"trial": id})
			}
		}},
	)
	return t, err
}

// changeTrial locks a trial and stores what decide says. More queues what only this act needs.
func (db Store) changeTrial(
	ctx context.Context,
	do access.Action,
	id uuid.UUID,
	form access.Form,
	more func(*pgx.Batch, *placement.Trial),
	decide func(access.Actor, placement.Trial) (func(*pgx.Batch), error),
) error {
	var t placement.Trial
	return db.Write(ctx, door.Act{Do: do, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			// the lock is a statement of its own: it passes over rows the role may not change, and those it must still see
			if do.Name == access.TrialActivate.Name || do.Name == access.TrialEdit.Name {
				b.Queue(qLockPerson, door.Args{"trial": id}) // first the person, then the trial, then the site
			}
			b.Queue(`select from app.trial where id = @trial for update`, door.Args{"trial": id})
			queueTrial(b, id, &t)
			if more != nil {
				more(b, &t)
			}
			queueTrialRules(b, id, &t)
		},
		Found:   func() bool { return t.ID == id },
		Version: func() int { return t.Version },
		Decide: func(a access.Actor) (door.Change, error) {
			queue, err := decide(a, t)
			return door.Change{Enrolments: []uuid.UUID{t.Case.EnrolmentID}, Queue: queue}, err
		}})
}

// EditTrial stores other terms under a new version: signatures belong to the version they were given on, the person's
// answer to the offer.
func (db Store) EditTrial(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	want placement.Terms,
	decide func(access.Actor, placement.Trial) (placement.Terms, error),
) error {
	return db.changeTrial(ctx, access.TrialEdit, id, form, func(b *pgx.Batch, t *placement.Trial) {
		queueSiteLock(b, want.SiteID)
		queuePlaces(b, &t.Free, want, id)
	}, func(a access.Actor, t placement.Trial) (func(*pgx.Batch), error) {
		want, err := decide(a, t)
		return func(b *pgx.Batch) {
			b.Queue(`update app.trial
set `+terms.Set()+`,
  judged = @judged,
  accepted_on = case when @same then accepted_on end,
  accepted_how = case when @same then accepted_how else '' end,
  version = version + 1
where id = @id and org_id = @org`,
				terms.Args(want, door.Args{"org": a.OrgID, "id": id, "judged": want.Judge(t.Law), "same": want.SameOffer(t.Terms)}))
		}, err
	})
}

func judgedOrNull(j []placement.Judged) any {
	if j == nil {
		return nil
	}
	return j
}

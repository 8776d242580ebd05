package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/placement"
)

// AddProblem stores a problem at a site. Whoever reports it may see the trial; they do not have to be allowed to change it.
func (db *DB) AddProblem(ctx context.Context, id uuid.UUID, form access.Form, decide func(a access.Actor, state string, closed []time.Time) (placement.Problem, error)) error {
	type row struct {
		EnrolmentID uuid.UUID
		State       string
	}
	var found []row
	var closed []time.Time
	return db.write(ctx, act{do: access.ProblemReport, subject: id, form: form,
		ask: func(b *pgx.Batch) {
			list(b, &found, `select enrolment_id, state from app.trial where id = @trial`, args{"trial": id})
			values(b, &closed, qClosed, nil)
		},
		found: func() bool { return len(found) > 0 },
		decide: func(a access.Actor) (change, error) {
			p, err := decide(a, found[0].State, closed)
			return change{enrolments: []uuid.UUID{found[0].EnrolmentID}, queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.trial_problem (org_id, id, trial_id, enrolment_id, category, body, told_by, act_by) values (@org, @id, @trial, @enrolment, @category, @body, @told, @by)`,
					args{"org": a.OrgID, "id": form.ID, "trial": id, "enrolment": found[0].EnrolmentID, "category": p.Category, "body": p.Body, "told": p.ToldBy, "by": p.ActBy})
			}}, err
		}})
}

// SettleProblem stores what was done about a problem; it answers of which trial.
func (db *DB) SettleProblem(ctx context.Context, id uuid.UUID, form access.Form, decide func(access.Actor, placement.Problem) (string, error)) (uuid.UUID, error) {
	type row struct {
		TrialID, EnrolmentID uuid.UUID
		ActedOn              *time.Time
		Version              int
	}
	var h row
	err := db.write(ctx, act{do: access.ProblemAct, subject: id, form: form,
		ask: func(b *pgx.Batch) {
			b.Queue(`select from app.trial_problem where id = @id for update`, args{"id": id}) // passes over what the role may not change, and must still see
			one(b, &h, `select trial_id, enrolment_id, acted_on, version from app.trial_problem where id = @id`, args{"id": id})
		},
		found:   func() bool { return h.TrialID != uuid.Nil },
		version: func() int { return h.Version },
		decide: func(a access.Actor) (change, error) {
			text, err := decide(a, placement.Problem{ActedOn: h.ActedOn})
			return change{enrolments: []uuid.UUID{h.EnrolmentID}, queue: func(b *pgx.Batch) {
				b.Queue(`update app.trial_problem set acted = @text, acted_on = @today, acted_by = @me, version = version + 1 where id = @id`, args{"text": text, "today": a.Today(), "me": a.ID, "id": id})
			}}, err
		}})
	return h.TrialID, err
}

// AddAssessment stores the organiser's closing assessment.
func (db *DB) AddAssessment(ctx context.Context, id uuid.UUID, form access.Form, decide func(access.Actor, placement.Trial) (placement.Assessment, error)) error {
	return db.changeTrial(ctx, access.AssessmentAdd, id, form, nil, func(a access.Actor, t placement.Trial) (func(*pgx.Batch), error) {
		x, err := decide(a, t)
		return func(b *pgx.Batch) {
			b.Queue(`insert into app.organiser_assessment (org_id, trial_id, enrolment_id, number, suitability, skills, given_by, given_on, how)
select @org, @trial, @enrolment, coalesce((select max(o.number) from app.organiser_assessment o where o.trial_id = @trial), 0) + 1, @suitability, @skills, @who, @on, @how`,
				args{"org": a.OrgID, "trial": id, "enrolment": t.Case.EnrolmentID, "suitability": x.Suitability, "skills": x.Skills, "who": x.GivenBy, "on": x.GivenOn, "how": x.How})
		}, err
	})
}

// AddWaiver stores the expert's grounds for closing without an assessment.
func (db *DB) AddWaiver(ctx context.Context, id uuid.UUID, form access.Form, decide func(access.Actor, placement.Trial) (string, error)) error {
	return db.changeTrial(ctx, access.AssessmentWaive, id, form, nil, func(a access.Actor, t placement.Trial) (func(*pgx.Batch), error) {
		grounds, err := decide(a, t)
		return func(b *pgx.Batch) {
			b.Queue(`insert into app.assessment_waiver (org_id, trial_id, enrolment_id, grounds) values (@org, @trial, @enrolment, @grounds)`,
				args{"org": a.OrgID, "trial": id, "enrolment": t.Case.EnrolmentID, "grounds": grounds})
		}, err
	})
}

// StoreComment stores the participant's word on the assessment of their own trial.
func (db *DB) StoreComment(ctx context.Context, id uuid.UUID, form access.Form, decide func(access.Actor) (string, error)) error {
	type row struct {
		EnrolmentID     uuid.UUID
		Version, Number int
	}
	var h []row
	return db.write(ctx, act{do: access.AssessmentComment, subject: id, form: form,
		ask: func(b *pgx.Batch) {
			list(b, &h, `select enrolment_id, version, number::int from app.organiser_assessment where trial_id = @id order by number desc limit 1 for update`, args{"id": id})
		},
		found: func() bool { return len(h) > 0 },
		decide: func(a access.Actor) (change, error) {
			if form.Version != h[0].Version {
				return change{}, fault.ErrStale
			}
			text, err := decide(a)
			return change{enrolments: []uuid.UUID{h[0].EnrolmentID}, queue: func(b *pgx.Batch) {
				b.Queue(`update app.organiser_assessment set comment = @text, commented_at = @now, version = version + 1 where trial_id = @id and number = @number`, args{"text": text, "now": a.Now, "id": id, "number": h[0].Number})
			}}, err
		}})
}

// profileJSON is the placement profile of case e, null when there is none.
const profileJSON = `(
    select jsonb_build_object('Fields', f.fields, 'Tasks', f.tasks, 'Limits', f.limits, 'Municipalities', f.municipalities,
      'TravelMinutes', f.travel_minutes, 'ApprovedOn', f.approved_on::timestamptz, 'ApprovedHow', f.approved_how, 'Version', f.version)
    from app.placement_profile f
    where f.org_id = e.org_id and f.enrolment_id = e.id)`

// MyTrials are a participant's own.
func (db *DB) MyTrials(ctx context.Context) (placement.MyTrials, error) {
	var m placement.MyTrials
	var own struct {
		EnrolmentID uuid.UUID
		Profile     *placement.Profile
	}
	err := db.read(ctx, question{do: access.MyTrialsView, scope: scopeGranted, ask: func(b *pgx.Batch) {
		one(b, &own, `select e.id enrolment_id, `+profileJSON+` profile from app.enrolment e where e.closed_at is null order by e.created_at desc limit 1`, nil)
		list(b, &m.Trials, `select t.id, t.state, w.name employer, i.name site_name, t.starts_on, t.ends_on, t.accepted_on, t.version,
  (select max(k.on_day) from app.trial_contact_days(t.id) k (on_day)) last_contact,
  o.trial_id is not null assessed, coalesce(o.suitability, '') suitability, coalesce(o.skills, '') skills, coalesce(o.comment, '') comment, coalesce(o.version, 0) assessment_version,
  coalesce((
    select jsonb_agg(jsonb_build_object(`+problemFields+`, 'By', '') order by p.at desc)
    from app.trial_problem p
    where p.org_id = t.org_id and p.trial_id = t.id), '[]') problems,
  coalesce((
    select jsonb_agg(jsonb_build_object(`+diaryFields+`) order by y.on_day desc, y.at desc)
    from app.trial_diary y
    where y.org_id = t.org_id and y.trial_id = t.id), '[]') days,
  exists (select from app.trial_signature g where g.org_id = t.org_id and g.trial_id = t.id and g.trial_version = t.version and g.party = 'participant') signed
from app.trial t
join app.site i on i.org_id = t.org_id and i.id = t.site_id
join app.employer w on w.org_id = i.org_id and w.id = i.employer_id
left join lateral (select x.* from app.organiser_assessment x where x.org_id = t.org_id and x.trial_id = t.id order by x.number desc limit 1) o on true
where t.state <> 'cancelled'
order by t.starts_on desc
limit 50`, nil)
		list(b, &m.Days, qOpenDays, nil)
	}})
	m.EnrolmentID, m.Profile = own.EnrolmentID, own.Profile
	return m, err
}

// TrialBalance is what a person has used of the six months in total.
func (db *DB) TrialBalance(ctx context.Context, enrolment uuid.UUID) (placement.Plan, error) {
	var p placement.Plan
	return p, db.read(ctx, question{do: access.BalanceView, subject: enrolment, scope: scopeEnrolment, found: func() bool { return p.Case.EnrolmentID == enrolment }, ask: func(b *pgx.Batch) {
		a := args{"enrolment": enrolment}
		one(b, &p.Case, sqlf(qTrialCase, "@enrolment"), a)
		list(b, &p.Earlier, sqlf(qEarlier, "@enrolment"), a)
		list(b, &p.Law, qLaw, nil)
	}})
}

// AddEvidence stores what was before, or elsewhere.
func (db *DB) AddEvidence(ctx context.Context, enrolment uuid.UUID, form access.Form, decide func(access.Actor) (placement.EvidenceForm, error)) error {
	var found []uuid.UUID
	return db.write(ctx, act{do: access.EvidenceAdd, subject: enrolment, form: form,
		ask: func(b *pgx.Batch) {
			values(b, &found, `select id from app.enrolment where id = @enrolment`, args{"enrolment": enrolment})
		},
		found: func() bool { return len(found) > 0 },
		decide: func(a access.Actor) (change, error) {
			f, err := decide(a)
			return change{enrolments: []uuid.UUID{enrolment}, queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.trial_evidence (org_id, id, enrolment_id, kind, organiser, from_on, until_on, source, evidence) values (@org, @id, @enrolment, @kind, @organiser, @from, @until, @source, @evidence)`,
					args{"org": a.OrgID, "id": form.ID, "enrolment": enrolment, "kind": f.Kind, "organiser": f.Organiser, "from": f.From, "until": orNoDay(f.Until), "source": f.Source, "evidence": f.Evidence})
			}}, err
		}})
}

// EndEvidence stores that evidence was entered by mistake; it answers of which case.
func (db *DB) EndEvidence(ctx context.Context, id uuid.UUID, form access.Form, decide func(access.Actor) (string, error)) (uuid.UUID, error) {
	type row struct {
		EnrolmentID uuid.UUID
		Done        bool
	}
	var h row
	err := db.write(ctx, act{do: access.EvidenceDrop, subject: id, form: form,
		ask: func(b *pgx.Batch) {
			one(b, &h, `select enrolment_id, withdrawn_at is not null done from app.trial_evidence where id = @id for update`, args{"id": id})
		},
		found: func() bool { return h.EnrolmentID != uuid.Nil },
		decide: func(a access.Actor) (change, error) {
			if h.Done {
				return change{}, fault.ErrStale
			}
			why, err := decide(a)
			return change{enrolments: []uuid.UUID{h.EnrolmentID}, queue: func(b *pgx.Batch) {
				b.Queue(`update app.trial_evidence set withdrawn_at = @now, withdrawn_why = @why where id = @id`, args{"now": a.Now, "why": why, "id": id})
			}}, err
		}})
	return h.EnrolmentID, err
}

// AddDiary stores a day of a participant's own diary.
func (db *DB) AddDiary(ctx context.Context, trial uuid.UUID, form access.Form, decide func(a access.Actor, state string) (placement.DiaryDay, error)) error {
	type row struct {
		EnrolmentID uuid.UUID
		State       string
	}
	var h []row
	return db.write(ctx, act{do: access.DiaryWrite, subject: trial, form: form,
		ask: func(b *pgx.Batch) {
			list(b, &h, `select enrolment_id, state from app.trial where id = @id`, args{"id": trial})
		},
		found: func() bool { return len(h) > 0 },
		decide: func(a access.Actor) (change, error) {
			d, err := decide(a, h[0].State)
			return change{enrolments: []uuid.UUID{h[0].EnrolmentID}, queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.trial_diary (org_id, id, trial_id, enrolment_id, on_day, mood, body, shared, topic) values (@org, @id, @trial, @enrolment, @on, @mood, @body, @shared, @topic)`,
					args{"org": a.OrgID, "id": form.ID, "trial": trial, "enrolment": h[0].EnrolmentID, "on": d.OnDay, "mood": d.Mood, "body": d.Body, "shared": d.Shared, "topic": d.Topic})
			}}, err
		}})
}

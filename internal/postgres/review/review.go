package review

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/review"
)

// Reviews are those of the actor's cases; the expert's from "ready for the meeting" on, by policy.
func (db Store) Reviews(ctx context.Context) ([]review.Listed, error) {
	var out []review.Listed
	err := db.Read(ctx, door.Question{Do: access.ReviewList, Scope: door.ScopeGranted, Ask: func(b *pgx.Batch) {
		door.List(b, &out, door.Q(`select
  r.id,
  p.first_name,
  p.last_name,
  p.protected,
  coalesce(c.name, '') cohort_name,
  r.meets_on,
  r.meets_at,
  r.place,
  r.state,
  (
    select count(*)
    from app.review_acknowledgement k
    where k.org_id = r.org_id
      and k.review_id = r.id
      and k.number = r.number)::int acknowledged,
  (select count(*) from app.decision d where d.org_id = r.org_id and d.review_id = r.id and `+door.DecisionStands+`)::int decisions,
  coalesce(
    (
      select o.kind
      from app.outcome o
      where o.org_id = r.org_id and o.enrolment_id = r.enrolment_id
      order by o.at desc
      limit 1),
    '') outcome
from {mine}
join app.enrolment e on e.org_id = mine.org_id and e.id = mine.enrolment_id
join app.review r on r.org_id = e.org_id and r.enrolment_id = e.id
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
left join app.cohort c on c.org_id = e.org_id and c.id = e.cohort_id
order by r.state = 'locked', r.meets_on, r.meets_at
limit 300`), nil)
	}})
	return out, err
}

const qReview = `select
  r.id,
  r.enrolment_id,
  e.cohort_id,
  coalesce(c.name, '') cohort_name,
  p.first_name,
  p.last_name,
  p.born_on,
  e.state enrolment_state,
  e.ends_on,
  ` + door.CoachOf + `,
  ` + door.ExpertOf + `,
  r.meets_on,
  r.meets_at,
  r.place,
  r.state,
  r.number,
  r.version,
  v.body,
  v.hash,
  w.name written_by,
  v.at written_at,
  x.review_parties parties,
  e.shape,
  x.outcomes outcome_kinds,
  coalesce(
    (
      select jsonb_agg(
        jsonb_build_object(
          'Party', k.party, 'Number', k.number, 'How', k.how, 'By',
          coalesce(m.name, p.first_name || ' ' || p.last_name), 'At', k.at) order by k.at)
      from app.review_acknowledgement k
      left join app.membership m on m.org_id = k.org_id and m.id = k.by_id
      where k.org_id = r.org_id and k.review_id = r.id),
    '[]') acks,
  coalesce(
    (
      select jsonb_agg(
        jsonb_build_object('Approved', k.approved, 'Objection', k.objection, 'How', k.how, 'At', k.at) order by k.at)
      from app.transfer_approval k
      where k.org_id = r.org_id and k.review_id = r.id),
    '[]') approvals,
  coalesce(
    (
      select jsonb_agg(
        jsonb_build_object('Kind', o.kind, 'On', o.on_day::timestamptz, 'Evidence', o.evidence, 'By', m.name) order by o.at)
      from app.outcome o
      join app.membership m on m.org_id = o.org_id and m.id = o.by_id
      where o.org_id = r.org_id and o.enrolment_id = r.enrolment_id),
    '[]') outcomes,
  coalesce(
    (
      select jsonb_agg(jsonb_build_object('Was', c.was::jsonb, 'By', m.name, 'At', c.at) order by c.at desc)
      from app.correction c
      join app.membership m on m.org_id = c.org_id and m.id = c.by_id
      where c.org_id = r.org_id and c.enrolment_id = r.enrolment_id and c.field = 'review'),
    '[]') moved
from app.review r
join app.enrolment e on e.org_id = r.org_id and e.id = r.enrolment_id
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
join app.programme_version x on x.org_id = e.org_id and x.id = e.version_id
left join app.cohort c on c.org_id = e.org_id and c.id = e.cohort_id
join app.review_version v on v.org_id = r.org_id and v.review_id = r.id and v.number = r.number
join app.membership w on w.org_id = v.org_id and w.id = v.by_id
where r.id = @review`

const qDecisions = `select
  d.id,
  d.kind,
  d.starts_on,
  d.ends_on,
  d.decided_on,
  d.grounds,
  d.reference,
  m.name by,
  d.at,
  x.at withdrawn_at,
  coalesce(x.grounds, '') withdrawal,
  coalesce(k.name, '') withdrawn_by
from app.decision d
join app.membership m on m.org_id = d.org_id and m.id = d.by_id
left join app.decision_withdrawal x on x.org_id = d.org_id and x.decision_id = d.id
left join app.membership k on k.org_id = x.org_id and k.id = x.by_id
where d.review_id = @review
order by d.at, d.id
limit 100`

func queueReview(b *pgx.Batch, id uuid.UUID, r *review.Review) {
	a := door.Args{"review": id}
	door.One(b, r, qReview, a)
	door.List(b, &r.Decisions, qDecisions, a)
	door.List(b, &r.Law, door.Law, nil)
}

// Review is the page of a review, under the act it is opened for.
func (db Store) Review(ctx context.Context, do access.Action, id uuid.UUID) (review.Review, error) {
	var r review.Review
	err := db.Read(ctx, door.Question{
		Do:      do,
		Subject: id,
		Scope:   door.ScopeReview,
		Found:   func() bool { return r.ID == id },
		Ask:     func(b *pgx.Batch) { queueReview(b, id, &r) },
	})
	return r, err
}

// What a first text is gathered from; where a protected person works is no matter for the expert, who reads it.
const qGathered = `select
  e.id enrolment_id,
  e.state,
  p.lang,
  e.starts_on,
  e.ends_on,
  coalesce((select g.body from app.goal g where g.enrolment_id = e.id order by g.number desc limit 1), '') goal,
  p.strengths,
  a.group_here,
  a.group_all,
  a.trial_here,
  a.trial_all,
  e.search_shared,
  s.applications,
  s.calls,
  s.interviews,
  case when p.protected then '' else coalesce(t.name, '') end site,
  case when p.protected then 0 else coalesce(t.day_minutes, 0) end::int day_minutes,
  exists (select from app.review r where r.org_id = e.org_id and r.enrolment_id = e.id) booked,
  e.shape
from app.enrolment e
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
cross join lateral (
  select
    count(*) filter (where a.mark = any(@marks) and not a.on_trial)::int group_here,
    count(*) filter (where not a.on_trial)::int group_all,
    count(*) filter (where a.mark = any(@marks) and a.on_trial)::int trial_here,
    count(*) filter (where a.on_trial)::int trial_all
  from app.attendance a
  where a.org_id = e.org_id and a.enrolment_id = e.id) a
cross join lateral (
  select
    count(*) filter (where s.kind = 'application')::int applications,
    count(*) filter (where s.kind = 'call')::int calls,
    count(*) filter (where s.kind = 'interview')::int interviews
  from app.search_step s
  where s.org_id = e.org_id and s.enrolment_id = e.id) s
left join lateral (
  select i.name, t.day_minutes
  from app.trial t
  join app.site i on i.org_id = t.org_id and i.id = t.site_id
  where t.org_id = e.org_id
    and t.enrolment_id = e.id
    and ` + door.TrialWas + `
  order by t.starts_on desc
  limit 1) t on true
where e.id = any(@people)`

// changeReview locks a review and stores what decide says. Acknowledging and editing wait for one another here, so an
// acknowledgement is never given to a text that changed meanwhile. Who may not update the row locks it for share.
func (db Store) changeReview(
	ctx context.Context,
	do access.Action,
	id uuid.UUID,
	form access.Form,
	lock string,
	decide func(access.Actor, review.Review) (func(*pgx.Batch), error),
) error {
	var r review.Review
	var locked []uuid.UUID
	return db.Write(ctx, door.Act{Do: do, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			if lock == "" {
				// the expert and the participant have no right to update: a function takes the same lock for them
				door.Values(b, &locked, `select app.lock_review(@review)`, door.Args{"review": id})
			} else {
				door.Values(b, &locked, `select id from app.review where id = @review for update`, door.Args{"review": id})
			}
			queueReview(b, id, &r)
		},
		Found:   func() bool { return r.ID == id },
		Version: func() int { return r.Version },
		Decide: func(a access.Actor) (door.Change, error) {
			queue, err := decide(a, r)
			return door.Change{Enrolments: []uuid.UUID{r.EnrolmentID}, Queue: queue}, err
		}})
}

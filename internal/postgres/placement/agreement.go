package placement

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/placement"
	"kuukausi/internal/postgres/door"
)

// AnswerTrial stores what the person said to a proposal. The function behind it lets only those answer who work with the
// case, or whose it is.
func (db Store) AnswerTrial(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, placement.Trial) (placement.Answered, error),
) error {
	return db.changeTrial(ctx, access.TrialAnswer, id, form, nil, func(a access.Actor, t placement.Trial) (func(*pgx.Batch), error) {
		x, err := decide(a, t)
		return func(b *pgx.Batch) {
			b.Queue(
				`select app.answer_trial(@id, @edition, @yes, @on, @way)`,
				door.Args{"id": id, "edition": t.Version, "yes": x.Yes, "on": x.On, "way": x.Way},
			)
		}, err
	})
}

// SignTrial adds a party's signature under the present terms.
func (db Store) SignTrial(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, placement.Trial) (placement.Signature, error),
) error {
	return db.changeTrial(ctx, access.TrialSign, id, form, nil, func(a access.Actor, t placement.Trial) (func(*pgx.Batch), error) {
		s, err := decide(a, t)
		return func(b *pgx.Batch) {
			b.Queue(
				`insert into app.trial_signature (org_id, id, trial_id, enrolment_id, party, signed_on, how, trial_version)
values (@org, @id, @trial, @enrolment, @party, @on, @how, @version)`,
				door.Args{
					"org":       a.OrgID,
					"id":        form.ID,
					"trial":     id,
					"enrolment": t.Case.EnrolmentID,
					"party":     s.Party,
					"on":        s.SignedOn,
					"how":       s.How,
					"version":   t.Version,
				},
			)
		}, err
	})
}

// MoveTrial stores a trial's next state or its insurance. It does not change the version: the terms stay what was signed.
func (db Store) MoveTrial(
	ctx context.Context,
	do access.Action,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, placement.Trial) (placement.Change, error),
) error {
	return db.changeTrial(ctx, do, id, form, func(b *pgx.Batch, t *placement.Trial) {
		if do.Name == access.TrialActivate.Name {
			b.Queue(`select from app.site where id = (select x.site_id from app.trial x where x.id = @trial) for update`, door.Args{"trial": id})
			queueFree(
				b,
				&t.Free,
				`select app.places_free(x.site_id, x.starts_on, x.ends_on, x.id) from app.trial x where x.id = @trial`,
				door.Args{"trial": id},
			)
		}
	}, func(a access.Actor, t placement.Trial) (func(*pgx.Batch), error) {
		c, err := decide(a, t)
		return func(b *pgx.Batch) {
			b.Queue(`update app.trial
set
  state = @state,
  end_reason = case when @reason = '' then end_reason else @reason end,
  insurance_on = coalesce(@on, insurance_on),
  insurance_by = case when @on::date is null then insurance_by else @by end,
  agreed_until = case when @ends::date < ends_on then ends_on else agreed_until end,
  ends_on = coalesce(@ends, ends_on),
  terminated_by = @terminated,
  notice_on = @notice,
  hired = @hired,
  judged = coalesce(@judged, judged)
where id = @id`, door.Args{"ends": c.EndsOn, "state": c.State, "reason": c.Reason, "on": c.InsuranceOn, "by": a.ID,
				"id": id, "terminated": c.TerminatedBy, "notice": c.NoticeOn, "hired": c.Hired, "judged": judgedOrNull(c.Judged)})
			queueCheckins(b, a.OrgID, id, t.Case.EnrolmentID, c.Checkins)
		}, err
	})
}

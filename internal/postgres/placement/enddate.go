package placement

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/law"
	"kuukausi/internal/partner"
	"kuukausi/internal/placement"
	"kuukausi/internal/postgres/door"
)

// TrialForEnd is what a new last day is judged by, before it is stored.
func (db Store) TrialForEnd(ctx context.Context, id uuid.UUID, to time.Time) (placement.Trial, error) {
	var t placement.Trial
	err := db.Read(ctx, door.Question{
		Do:      access.TrialEndView,
		Subject: id,
		Scope:   door.ScopeTrial,
		Found:   func() bool { return t.ID == id },
		Ask: func(b *pgx.Batch) {
			door.One(b, &t, qTrial, door.Args{"trial": id})
			queueEnd(b, id, to, &t)
		},
	})
	return t, err
}

// queueEnd asks, in few statements, for what a new last day is judged by.
func queueEnd(b *pgx.Batch, id uuid.UUID, to time.Time, t *placement.Trial) {
	type judged struct {
		partner.Case
		Rhythm []placement.Rhythm
		Law    law.Book
		Free   *int
	}
	b.Queue(`select
  `+door.CaseColumns+`,
  coalesce(
    (
      select jsonb_agg(jsonb_build_object('Code', r.code, 'Day', r.day_offset))
      from app.programme_contact r
      where r.org_id = e.org_id and r.version_id = e.version_id),
    '[]') rhythm,
  coalesce(
    (
      select jsonb_agg(
        jsonb_build_object(
          'Key', l.key, 'ValidFrom', l.valid_from::timestamptz, 'Value', l.value, 'Source', l.source) order by l.valid_from,
        l.own)
      from `+door.LawRows+`),
    '[]') law,
  case when @to::date > t.ends_on then app.places_free(t.site_id, t.ends_on + 1, @to::date, t.id) end free
from app.trial t
join app.enrolment e on e.org_id = t.org_id and e.id = t.enrolment_id
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
left join app.cohort c on c.org_id = e.org_id and c.id = e.cohort_id
where t.id = @trial`, door.Args{"trial": id, "to": door.OrNoDay(to)}).Query(func(rows pgx.Rows) error {
		all, err := pgx.CollectRows(rows, pgx.RowToStructByName[judged])
		if len(all) > 0 {
			t.Case, t.Rhythm, t.Law, t.Free = all[0].Case, all[0].Rhythm, all[0].Law, all[0].Free
		}
		return err
	})
	door.List(b, &t.Earlier, door.Sqlf(qEarlier, "(select y.enrolment_id from app.trial y where y.id = @trial)"), door.Args{"trial": id})
}

// StoreEnd stores a new last day, what the three agreed on it, and the planned contacts that move with it.
func (db Store) StoreEnd(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	to time.Time,
	decide func(access.Actor, placement.Trial) (placement.EndMove, error),
) error {
	var t placement.Trial
	return db.Write(ctx, door.Act{Do: access.TrialEndChange, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			b.Queue(qLockPerson, door.Args{"trial": id})
			b.Queue(`select from app.trial where id = @trial for update`, door.Args{"trial": id})
			b.Queue(`select from app.site where id = (select x.site_id from app.trial x where x.id = @trial) for update`, door.Args{"trial": id})
			door.One(b, &t, qTrial, door.Args{"trial": id})
			queueEnd(b, id, to, &t)
		},
		Found:   func() bool { return t.ID == id },
		Version: func() int { return t.Version + len(t.EndChanges) },
		Decide: func(a access.Actor) (door.Change, error) {
			m, err := decide(a, t)
			return door.Change{Enrolments: []uuid.UUID{t.Case.EnrolmentID}, Queue: func(b *pgx.Batch) {
				terms := t.Terms
				terms.EndsOn = m.New
				b.Queue(`update app.trial
set ends_on = @to, continuing = continuing or @to::date > @month::date, judged = @judged
where id = @id`, door.Args{"to": m.New, "month": t.Case.EndsOn, "judged": terms.Judge(t.Law), "id": id})
				b.Queue(
					`insert into app.trial_end_change (org_id, id, trial_id, enrolment_id, old_on, new_on, agreed_on)
values (@org, @id, @trial, @enrolment, @old, @new, @agreed)`,
					door.Args{
						"org":       a.OrgID,
						"id":        form.ID,
						"trial":     id,
						"enrolment": t.Case.EnrolmentID,
						"old":       m.Old,
						"new":       m.New,
						"agreed":    m.AgreedOn,
					},
				)
				queueCheckins(b, a.OrgID, id, t.Case.EnrolmentID, m.Added)
				for _, c := range m.Moved {
					b.Queue(`update app.trial_checkin set due_on = @to where id = @id`, door.Args{"to": c.To, "id": c.ID})
				}
			}}, err
		}})
}

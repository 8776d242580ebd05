package cohort

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
	"kuukausi/internal/postgres/door"
)

// Participation are the days each person of a cohort took part between two days: marked half-days and appointments held.
func (db Store) Participation(ctx context.Context, id uuid.UUID, from, until time.Time) (cohort.Participation, error) {
	p := cohort.Participation{From: from, Until: until}
	var kinds []string
	a := door.Args{"cohort": id, "from": door.OrNoDay(from), "until": door.OrNoDay(until), "marks": cohort.TakingPart()}
	err := db.Read(ctx, door.Question{
		Do:      access.ParticipationView,
		Subject: id,
		Scope:   door.ScopeCohort,
		Found:   func() bool { return p.Head.ID == id },
		Ask: func(b *pgx.Batch) {
			door.One(b, &p.Head, door.Group, a)
			door.List(b, &p.People, `select
  e.id enrolment_id,
  p.first_name,
  p.last_name,
  p.protected,
  coalesce(
    (
      select array_agg(distinct d.held_on order by d.held_on)
      from (
        select a.held_on
        from app.attendance a
        where a.org_id = e.org_id
          and a.enrolment_id = e.id
          and a.mark = any(@marks)
        union all
        select x.held_on
        from app.appointment x
        where x.org_id = e.org_id
          and x.enrolment_id = e.id
          and x.state = 'held') d
      where d.held_on between coalesce(@from::date, d.held_on) and coalesce(@until::date, d.held_on)),
    '{}') days
from app.enrolment e
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
where e.cohort_id = @cohort and `+door.Joined+`
order by p.last_name collate "fi-x-icu", p.first_name collate "fi-x-icu", e.id
limit 100`, a)
			door.List(b, &p.Law, door.Law, nil)
			door.Values(b, &kinds, `select v.coaching_kind
from app.programme_version v
where v.id = (select c.version_id from app.cohort c where c.id = @cohort)`, a)
		},
	})
	if len(kinds) > 0 {
		p.CoachingKind = kinds[0]
	}
	return p, err
}

package desk

import (
	"context"

	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/desk"
	"kuukausi/internal/postgres/door"
)

// Promises are the open ones, and those kept lately, the actor's role has to keep, in their live cases.
func (db Store) Promises(ctx context.Context) ([]desk.OwnPromise, error) {
	var out []desk.OwnPromise
	err := db.Read(ctx, door.Question{Do: access.PromiseList, Scope: door.ScopeGranted, Ask: func(b *pgx.Batch) {
		door.List(b, &out, door.Q(`select
  o.id,
  o.body,
  o.owner,
  o.due_on,
  m.name by,
  o.at,
  o.done_at,
  coalesce(k.name, '') done_by,
  o.version,
  o.enrolment_id enrolment,
  p.first_name || ' ' || p.last_name as name,
  coalesce(c.name, '') cohort_name
from {mine}
join app.promise o on o.org_id = mine.org_id and o.enrolment_id = mine.enrolment_id
join app.enrolment e on e.org_id = o.org_id and e.id = o.enrolment_id
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
join app.membership m on m.org_id = o.org_id and m.id = o.agreed_by
left join app.membership k on k.org_id = o.org_id and k.id = o.done_by
left join app.cohort c on c.org_id = e.org_id and c.id = e.cohort_id
where o.owner = (select current_setting('app.role', true))
  and (o.done_at is null or o.done_at > {now} - make_interval(days => @kept::int))
order by o.done_at desc nulls first, o.due_on nulls last, o.at
limit 300`), door.Args{"kept": desk.KeptDays})
	}})
	return out, err
}

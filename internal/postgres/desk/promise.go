package desk

import (
	"context"

	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/desk"
	"kuukausi/internal/postgres/door"
)

// Promises are the open ones the actor's role has to keep, in their live cases.
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
  o.version,
  o.enrolment_id enrolment,
  p.first_name || ' ' || p.last_name as name,
  coalesce(c.name, '') cohort_name
from {mine}
join app.promise o on o.org_id = mine.org_id and o.enrolment_id = mine.enrolment_id
join app.enrolment e on e.org_id = o.org_id and e.id = o.enrolment_id
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
join app.membership m on m.org_id = o.org_id and m.id = o.agreed_by
left join app.cohort c on c.org_id = e.org_id and c.id = e.cohort_id
where o.done_at is null and o.owner = (select current_setting('app.role', true))
order by o.due_on nulls last, o.at
limit 300`), nil)
	}})
	return out, err
}

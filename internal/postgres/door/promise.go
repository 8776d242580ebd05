package door

import (
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// QueuePromise stores something agreed about the person of a case.
func QueuePromise(b *pgx.Batch, org, enrolment uuid.UUID, body, owner string, due *time.Time) {
	b.Queue(`insert into app.promise (org_id, id, enrolment_id, body, owner, due_on)
values (@org, @id, @enrolment, @body, @owner, @due)`,
		Args{"org": org, "id": NewID(), "enrolment": enrolment, "body": body, "owner": owner, "due": due})
}

// OpenPromises folds the open promises about enrolment e, as jsonb.
const OpenPromises = `select coalesce(
  jsonb_agg(
    jsonb_build_object(
      'ID', o.id, 'Enrolment', o.enrolment_id, 'Body', o.body, 'Owner', o.owner, 'DueOn', o.due_on::timestamptz, 'By',
      coalesce(m.name, ''), 'At', o.at, 'Version', o.version) order by o.due_on nulls last,
    o.at),
  '[]') promises
from app.promise o
left join app.membership m on m.org_id = o.org_id and m.id = o.agreed_by
where o.org_id = e.org_id
  and o.enrolment_id = e.id
  and o.done_at is null`

// KeptPromises folds the newest kept promises about enrolment e, as jsonb.
const KeptPromises = `select coalesce(
  jsonb_agg(
    jsonb_build_object(
      'ID', o.id, 'Body', o.body, 'Owner', o.owner, 'DoneAt', o.done_at, 'DoneBy', coalesce(m.name, ''), 'Version',
      o.version) order by o.done_at desc),
  '[]') kept
from (
  select *
  from app.promise o
  where o.org_id = e.org_id
    and o.enrolment_id = e.id
    and o.done_at is not null
  order by o.done_at desc
  limit 20) o
left join app.membership m on m.org_id = o.org_id and m.id = o.done_by`

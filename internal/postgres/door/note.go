package door

const Note = `select
  n.id,
  n.body,
  n.visibility,
  n.source,
  n.in_review,
  n.wording,
  n.batch_id is not null "group",
  m.name written_by,
  n.written_by = (select nullif(current_setting('app.actor', true), '')::uuid) own,
  n.at,
  n.version,
  n.corrections earlier
from app.note n
join app.membership m on m.org_id = n.org_id and m.id = n.written_by
`

const Notes = Note + `where n.enrolment_id = @enrolment
order by n.at desc, n.id desc
limit 200`

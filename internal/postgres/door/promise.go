package door

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

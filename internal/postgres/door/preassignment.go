package door

// PreState is the state of pre-assignment r.
const PreState = `case
  when r.discussed_at is not null then 'discussed'
  when r.returned_at is not null then 'returned'
  when r.opened_at is not null then 'opened'
  else 'sent'
end`

// PreAssignments folds the pre-assignments of enrolment e, as jsonb.
func PreAssignments() string {
	return `select coalesce(
  jsonb_agg(
    jsonb_build_object(
      'ID', r.id, 'Number', r.number, 'Title', ` + Text("e.version_id", "'pre.' || r.number || '.title'") + `, 'State',
      ` + PreState + `, 'DueOn', r.due_on::timestamptz) order by r.number),
  '[]') pre
from app.pre_assignment r
where r.org_id = e.org_id and r.enrolment_id = e.id`
}

package door

import (
	"strings"
)

// Case is an enrolment with its person; the first %s is how many goals there are (a page needs none), the second is
// appended (a lock).
const Case = `select
  e.id,
  e.participant_id,
  e.cohort_id,
  coalesce(c.name, '') cohort_name,
  p.first_name,
  p.last_name,
  p.born_on,
  p.municipality,
  p.phone,
  p.email,
  p.lang,
  e.state,
  e.starts_on,
  e.ends_on,
  e.search_shared,
  %s goals,
  e.version,
  r.id review_id,
  coalesce(r.state, '') review_state,
  coalesce(r.state = 'locked', false) review_locked,
  coalesce(c.places_taken >= c.size_max, false) "full",
  p.strengths,
  p.no_phone,
  p.code_known,
  p.protected,
  exists (select from app.case_grant g where g.enrolment_id = e.id and g.reason = 'break_glass' and ` + Live + `) broken
from app.enrolment e
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
left join app.cohort c on c.org_id = e.org_id and c.id = e.cohort_id
left join app.review r on r.org_id = e.org_id and r.enrolment_id = e.id
where e.id = @enrolment %s`

const GoalCount = `(select count(*) from app.goal g where g.org_id = e.org_id and g.enrolment_id = e.id)::int`

// Latest is the actor's newest case; a participant sees only their own.
const Latest = `(select n.id from app.enrolment n order by n.starts_on desc limit 1)`

func WithLatest(query string) string { return strings.ReplaceAll(query, "@enrolment", Latest) }

// AddEligibility stores evidence of a case.
const AddEligibility = `insert into app.eligibility (org_id, id, enrolment_id, unemployed_since, assessed_on, assessment, expert_note)
values (@org, @id, @enrolment, @since, @assessed, @assessment, @note)`

package door

import "strings"

// WholeCase and WholeCaseFrom are a case and its person as casework.Case holds them, but for the goals.
const (
	WholeCase = `e.id,
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
  e.version,
  r.id review_id,
  coalesce(r.state, '') review_state,
  coalesce(r.state = 'locked', false) review_locked,
  coalesce(c.places_taken >= c.size_max, false) "full",
  p.strengths,
  p.no_phone,
  p.code_known,
  p.protected,
  exists (select from app.case_grant g where g.enrolment_id = e.id and g.reason = 'break_glass' and ` + Live + `) broken`
	WholeCaseFrom = `
from app.enrolment e
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
left join app.cohort c on c.org_id = e.org_id and c.id = e.cohort_id
left join app.review r on r.org_id = e.org_id and r.enrolment_id = e.id`
)

// Case reads case @enrolment; goals is GoalCount or NoGoals, locked a lock or nothing.
func Case(goals, locked string) string {
	return "select " + WholeCase + ", " + goals + " goals" + WholeCaseFrom + "\nwhere e.id = @enrolment " + locked
}

// GoalCount is how many versions the goal of case e has; NoGoals stands for it where the page does not ask.
const (
	GoalCount = `(select count(*) from app.goal g where g.org_id = e.org_id and g.enrolment_id = e.id)::int`
	NoGoals   = "0"
)

// Latest is the actor's newest case; a participant sees only their own.
const Latest = `(select n.id from app.enrolment n order by n.starts_on desc limit 1)`

func WithLatest(query string) string { return strings.ReplaceAll(query, "@enrolment", Latest) }

// AddEligibility stores evidence of a case.
const AddEligibility = `insert into app.eligibility (org_id, id, enrolment_id, unemployed_since, assessed_on, assessment, expert_note)
values (@org, @id, @enrolment, @since, @assessed, @assessment, @note)`

// Interrupted is the authority's decision that ended case e, as casework.Interruption; no row for none.
const Interrupted = `select
  jsonb_build_object(
    'Ground', n.ground, 'DecidedOn', n.decided_on::timestamptz, 'Reference', n.reference, 'Body', n.body, 'By', m.name,
    'At', n.at) interrupted
from app.interruption n
join app.membership m on m.org_id = n.org_id and m.id = n.by_id
where n.org_id = e.org_id and n.enrolment_id = e.id`

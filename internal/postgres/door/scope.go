package door

// scope says whose cases a sensitive read discloses, and whether the subject is there: a query of (ids, found). The
// policies add the organisation and the grants to it, as to every query here.
type scope string

const (
	scopeNone      scope = `select '{}'::uuid[] ids, true found`
	ScopeEnrolment scope = `select array_agg(distinct g.enrolment_id) ids, count(*) > 0 found
from app.case_grant g
where g.enrolment_id = @subject and ` + Live
	ScopeCohort scope = `select
  (select array_agg(distinct g.enrolment_id) from app.case_grant g where g.cohort_id = c.id and ` + Live + `) ids,
  true found
from app.cohort c
where c.id = @subject`
	ScopeMeeting scope = `select
  (
    select array_agg(distinct g.enrolment_id)
    from app.case_grant g
    where (g.cohort_id = m.cohort_id or g.enrolment_id = m.enrolment_id) and ` + Live + `) ids,
  true found
from app.meeting m
where m.id = @subject`
	ScopeGranted scope = `select (select array_agg(distinct g.enrolment_id) from app.case_grant g where ` + Live + `) ids, true found`
	ScopeTrial   scope = `select array_agg(t.enrolment_id) ids, count(*) > 0 found from app.trial t where t.id = @subject`
	ScopeSite    scope = `select
  (select array_agg(t.enrolment_id) from app.trial t where t.org_id = s.org_id and t.site_id = s.id) ids,
  true found
from app.site s
where s.id = @subject`
	ScopePre scope = `select array_agg(r.enrolment_id) ids, count(*) > 0 found
from app.pre_assignment r
where r.id = @subject`
	ScopeNote scope = `select array_agg(n.enrolment_id) ids, count(*) > 0 found
from app.note n
where n.id = @subject
  and n.written_by = (select nullif(current_setting('app.actor', true), '')::uuid)`
	ScopeInfo   scope = `select (select '{}'::uuid[]) ids, count(*) > 0 found from app.info_session i where i.id = @subject`
	ScopeReview scope = `select array_agg(r.enrolment_id) ids, count(*) > 0 found from app.review r where r.id = @subject`
)

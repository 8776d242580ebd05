package cohort

// qInterviewSteps adds the interview to the search of who shares it, once a day.
const qInterviewSteps = `insert into app.search_step (org_id, id, enrolment_id, kind, done_on, shared, from_mark)
select e.org_id, x.id, e.id, 'interview', @day, true, true
from unnest(@ids::uuid[], @people::uuid[]) x (id, enrolment)
join app.enrolment e on e.id = x.enrolment and e.search_shared
where not exists (
    select
    from app.search_step s
    where s.org_id = e.org_id
      and s.enrolment_id = e.id
      and s.kind = 'interview'
      and s.done_on = @day)`

// qNoInterviewSteps takes the step of a corrected mark back, unless the other half-day still says so. What somebody entered
// themself stays.
const qNoInterviewSteps = `delete from app.search_step s
where s.enrolment_id = any(@people)
  and s.done_on = @day
  and s.from_mark
  and not exists (
    select
    from app.attendance a
    where a.org_id = s.org_id
      and a.enrolment_id = s.enrolment_id
      and a.held_on = @day
      and a.mark = @mark)`

package door

// consented is the person's last word on contacting employers (118 §).
const consented = `coalesce(
  (
    select case when k.given then 'given' else 'not_given' end
    from app.consent k
    where k.org_id = e.org_id
      and k.enrolment_id = e.id
      and k.purpose = 'employer_contact'
    order by k.at desc
    limit 1),
  '')`

// CaseColumns are a case as placement knows it, of e, p and c.
const CaseColumns = `e.id enrolment_id,
  p.first_name,
  p.last_name,
  p.born_on,
  e.state,
  e.cohort_id,
  coalesce(c.name, '') cohort_name,
  e.starts_on,
  e.ends_on,
  e.shape,
  ` + consented + ` consent`

// TrialCase is a case as placement knows it; %s is its id.
const TrialCase = `select ` + CaseColumns + `
from app.enrolment e
join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
left join app.cohort c on c.org_id = e.org_id and c.id = e.cohort_id
where e.id = %s`

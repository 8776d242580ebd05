package door

// Open days to come, and of each the people of one's own cases who come along.
var OpenDays = Q(`select
  d.id,
  d.kind,
  d.site_id,
  coalesce(i.name, '') site_name,
  d.cohort_id,
  coalesce(c.name, '') cohort_name,
  d.held_on,
  d.starts_at::int,
  d.ends_at::int,
  d.place,
  d.what,
  d.seats::int,
  d.seats_taken::int taken,
  d.cancelled_at is not null cancelled,
  d.version,
  coalesce(
    (
      select jsonb_agg(
        jsonb_build_object(
          'ID', u.id, 'EnrolmentID', u.enrolment_id, 'FirstName', p.first_name, 'LastName', p.last_name) order by p.first_name,
        p.last_name)
      from app.open_day_signup u
      join app.enrolment e on e.org_id = u.org_id and e.id = u.enrolment_id
      join app.participant p on p.org_id = e.org_id and p.id = e.participant_id
      where u.org_id = d.org_id
        and u.open_day_id = d.id
        and u.withdrawn_at is null),
    '[]') people
from app.open_day d
left join app.site i on i.org_id = d.org_id and i.id = d.site_id
left join app.cohort c on c.org_id = d.org_id and c.id = d.cohort_id
where d.held_on >= {today} - 14
order by d.held_on, d.starts_at
limit 100`)

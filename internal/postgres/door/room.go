package door

// Where is where meeting @meeting, or all of cohort @cohort, takes place, what else there is to choose, and the closed
// days: one row.
const Where = `select
  x.places_taken::int people,
  x.room_id,
  coalesce(
    (
      select jsonb_agg(
        jsonb_build_object('ID', r.id, 'Name', r.name, 'Place', r.place, 'Seats', r.seats, 'Computers', r.computers)
        order by r.name collate "fi-x-icu", r.id)
      from app.room r),
    '[]') rooms,
  coalesce((select array_agg(d.day order by d.day) from app.closed_day d), '{}') closed
from (
  select c.places_taken, c.room_id
  from app.cohort c
  where c.id = @cohort
  union all
  select c.places_taken, coalesce(m.room_id, c.room_id)
  from app.meeting m
  join app.cohort c on c.org_id = m.org_id and c.id = m.cohort_id
  where m.id = @meeting) x`

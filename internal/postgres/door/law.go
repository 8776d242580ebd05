package door

// Law rows: the organisation's own come last, so that of two rows of one day its word wins.
const Law = `select
  key,
  valid_from,
  value::int,
  source
from (
  select
    key,
    valid_from,
    value,
    source,
    1 own
  from app.law_value
  union all
  select
    key,
    valid_from,
    value,
    source,
    2
  from app.law_override) l
order by valid_from, own
limit 500`

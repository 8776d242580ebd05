package door

// LawRows are the rows l of the law's numbers: the organisation's own come last, so that of two rows of one day its word
// wins.
const LawRows = `(
  select key, valid_from, value::int, source, checked_on, 1 own
  from app.law_value
  union all
  select key, valid_from, value::int, source, checked_on, 2
  from app.law_override) l`

// Law are the law's numbers in the order in which law.Book reads them.
const Law = `select key, valid_from, value, source
from ` + LawRows + `
order by valid_from, own
limit 500`

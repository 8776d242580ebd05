package programme

import (
	"context"

	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/programme"
)

// Every value of every number of the law, national and the organisation's own.
const qLawNumbers = `select
  l.key,
  l.unit,
  jsonb_agg(
    jsonb_build_object(
      'ValidFrom', l.valid_from::timestamptz, 'Value', l.value, 'Source', l.source, 'CheckedOn',
      l.checked_on::timestamptz, 'Own', l.own, 'By', l."by") order by l.valid_from,
    l.own) "values"
from (
  select
    v.key,
    v.unit,
    v.valid_from,
    v.value,
    v.source,
    v.checked_on,
    false own,
    '' "by"
  from app.law_value v
  union all
  select
    o.key,
    (select n.unit from app.law_value n where n.key = o.key limit 1),
    o.valid_from,
    o.value,
    o.source,
    o.checked_on,
    true,
    coalesce(m.name, '')
  from app.law_override o
  left join app.membership m on m.org_id = o.org_id and m.id = o.entered_by) l
group by l.key, l.unit
order by l.key
limit 1000`

// LawNumbers are the numbers of the law an administrator looks after.
func (db Store) LawNumbers(ctx context.Context) ([]programme.LawNumber, error) {
	var out []programme.LawNumber
	err := db.Read(ctx, door.Question{Do: access.LawList, Ask: func(b *pgx.Batch) { door.List(b, &out, qLawNumbers, nil) }})
	return out, err
}

// AddLawNumber stores the organisation's own number from a day on.
func (db Store) AddLawNumber(
	ctx context.Context,
	form access.Form,
	decide func(access.Actor, []programme.LawNumber) (programme.LawForm, error),
) error {
	var all []programme.LawNumber
	return db.Write(ctx, door.Act{Do: access.LawSet, Form: form,
		Ask: func(b *pgx.Batch) { door.List(b, &all, qLawNumbers, nil) },
		Decide: func(a access.Actor) (door.Change, error) {
			f, err := decide(a, all)
			return door.Change{Queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.law_override (org_id, key, valid_from, value, source, checked_on)
values (@org, @key, @from, @value, @source, @checked)
on conflict (org_id, key, valid_from) do update
set
  value = excluded.value,
  source = excluded.source,
  checked_on = excluded.checked_on,
  entered_by = excluded.entered_by`,
					door.Args{"org": a.OrgID, "key": f.Key, "from": f.ValidFrom, "value": f.Value, "source": f.Source, "checked": f.CheckedOn})
			}}, err
		}})
}

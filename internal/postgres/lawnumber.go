package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/programme"
)

// Every value of every number of the law, national and the organisation's own.
const qLawNumbers = `select l.key, l.unit,
  jsonb_agg(jsonb_build_object('ValidFrom', l.valid_from::timestamptz, 'Value', l.value, 'Source', l.source,
    'CheckedOn', l.checked_on::timestamptz, 'Own', l.own, 'By', l."by") order by l.valid_from, l.own) "values"
from (
  select v.key, v.unit, v.valid_from, v.value, v.source, v.checked_on, false own, '' "by"
  from app.law_value v
  union all
  select o.key, (select n.unit from app.law_value n where n.key = o.key limit 1), o.valid_from, o.value, o.source, o.checked_on, true, coalesce(m.name, '')
  from app.law_override o
  left join app.membership m on m.org_id = o.org_id and m.id = o.entered_by) l
group by l.key, l.unit
order by l.key
limit 1000`

// LawNumbers are the numbers of the law an administrator looks after.
func (db *DB) LawNumbers(ctx context.Context) ([]programme.LawNumber, error) {
	var out []programme.LawNumber
	err := db.read(ctx, question{do: access.LawList, ask: func(b *pgx.Batch) { list(b, &out, qLawNumbers, nil) }})
	return out, err
}

// AddLawNumber stores the organisation's own number from a day on.
func (db *DB) AddLawNumber(ctx context.Context, form access.Form, decide func(access.Actor, []programme.LawNumber) (programme.LawForm, error)) error {
	var all []programme.LawNumber
	return db.write(ctx, act{do: access.LawSet, form: form,
		ask: func(b *pgx.Batch) { list(b, &all, qLawNumbers, nil) },
		decide: func(a access.Actor) (change, error) {
			f, err := decide(a, all)
			return change{queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.law_override (org_id, key, valid_from, value, source, checked_on) values (@org, @key, @from, @value, @source, @checked)
on conflict (org_id, key, valid_from) do update set value = excluded.value, source = excluded.source, checked_on = excluded.checked_on, entered_by = excluded.entered_by`,
					args{"org": a.OrgID, "key": f.Key, "from": f.ValidFrom, "value": f.Value, "source": f.Source, "checked": f.CheckedOn})
			}}, err
		}})
}

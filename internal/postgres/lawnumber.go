package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/programme"
)

// Every value of every number of the law, national and the organisation's own.
const qLawNumbers = `select l.key, l.unit, l.valid_from, l.value::float8 "value", l.source, l.checked_on, l.own, l."by" from (
  select v.key, v.unit, v.valid_from, v.value, v.source, v.checked_on, false own, '' "by" from app.law_value v
  union all
  select o.key, (select n.unit from app.law_value n where n.key = o.key limit 1), o.valid_from, o.value, o.source, o.checked_on, true, coalesce(m.name, '')
    from app.law_override o left join app.membership m on m.org_id = o.org_id and m.id = o.entered_by) l
order by l.key, l.valid_from, l.own
limit 1000`

type lawNumberRow struct {
	Key, Unit string
	ValidFrom time.Time
	Value     float64
	Source    string
	CheckedOn time.Time
	Own       bool
	By        string
}

func lawNumbers(rows []lawNumberRow) (out []programme.LawNumber) {
	for _, r := range rows {
		if n := len(out); n == 0 || out[n-1].Key != r.Key {
			out = append(out, programme.LawNumber{Key: r.Key, Unit: r.Unit})
		}
		last := &out[len(out)-1]
		last.Values = append(last.Values, programme.LawValue{ValidFrom: r.ValidFrom, Value: r.Value, Source: r.Source, CheckedOn: r.CheckedOn, Own: r.Own, By: r.By})
	}
	return out
}

// LawNumbers are the numbers of the law an administrator looks after.
func (db *DB) LawNumbers(ctx context.Context) ([]programme.LawNumber, error) {
	var rows []lawNumberRow
	err := db.read(ctx, question{do: access.LawList, ask: func(b *pgx.Batch) { list(b, &rows, qLawNumbers, nil) }})
	return lawNumbers(rows), err
}

// AddLawNumber stores the organisation's own number from a day on.
func (db *DB) AddLawNumber(ctx context.Context, form access.Form, decide func(access.Actor, []programme.LawNumber) (programme.LawForm, error)) error {
	var rows []lawNumberRow
	return db.write(ctx, act{do: access.LawSet, form: form,
		ask: func(b *pgx.Batch) { list(b, &rows, qLawNumbers, nil) },
		decide: func(a access.Actor) (change, error) {
			f, err := decide(a, lawNumbers(rows))
			return change{queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.law_override (org_id, key, valid_from, value, source, checked_on) values (@org, @key, @from, @value, @source, @checked)
on conflict (org_id, key, valid_from) do update set value = excluded.value, source = excluded.source, checked_on = excluded.checked_on, entered_by = excluded.entered_by`,
					args{"org": a.OrgID, "key": f.Key, "from": f.ValidFrom, "value": f.Value, "source": f.Source, "checked": f.CheckedOn})
			}}, err
		}})
}

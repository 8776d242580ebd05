package casework

import (
	"context"

	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/postgres/door"
)

const qWords = `select word from app.wording order by word limit 500`

// Words are the words of the organisation that ask for a second thought.
func (db Store) Words(ctx context.Context) ([]string, error) {
	var out []string
	err := db.Read(ctx, door.Question{Do: access.WordingList, Ask: func(b *pgx.Batch) { door.Values(b, &out, qWords, nil) }})
	return out, err
}

// EditWords adds and takes away words.
func (db Store) EditWords(ctx context.Context, form access.Form, decide func(have []string) (add, drop []string, err error)) error {
	var have []string
	return db.Write(ctx, door.Act{Do: access.WordingEdit, Form: form,
		Ask: func(b *pgx.Batch) { door.Values(b, &have, qWords, nil) },
		Decide: func(a access.Actor) (door.Change, error) {
			add, drop, err := decide(have)
			return door.Change{Queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.wording (org_id, word)
select @org, w
from unnest(@words::text[]) w
on conflict do nothing`, door.Args{"org": a.OrgID, "words": add})
				b.Queue(`delete from app.wording where word = any(@words)`, door.Args{"words": drop})
			}}, err
		}})
}

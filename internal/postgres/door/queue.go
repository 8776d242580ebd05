package door

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"sync"

	"github.com/jackc/pgx/v5"
)

// Args are the named arguments of one query (@name). pgx's own NamedArgs reads the text of the query at every call;
// these texts are constants, so each is read once.
type Args map[string]any

// RewriteQuery implements pgx.QueryRewriter.
func (a Args) RewriteQuery(_ context.Context, _ *pgx.Conn, sql string, _ []any) (string, []any, error) {
	p, ok := parsed.Load(sql)
	if !ok {
		p, _ = parsed.LoadOrStore(sql, parse(sql))
	}
	q := p.(positional)
	values := make([]any, len(q.names))
	for i, n := range q.names {
		v, ok := a[n]
		if !ok {
			return "", nil, fmt.Errorf("no argument @%s in %.60s", n, sql)
		}
		values[i] = v
	}
	return q.sql, values, nil
}

// positional is a query with $1 … for its names.
type positional struct {
	sql   string
	names []string
}

var (
	parsed sync.Map
	named  = regexp.MustCompile(`@[a-z_]+`)
)

func parse(sql string) positional {
	var q positional
	at := map[string]int{}
	q.sql = named.ReplaceAllStringFunc(sql, func(n string) string {
		if _, ok := at[n]; !ok {
			q.names = append(q.names, n[1:])
			at[n] = len(q.names)
		}
		return "$" + strconv.Itoa(at[n])
	})
	return q
}

// List queues a query whose rows go into a slice of structs by column name. No row is no error: an error out of a
// batch would make pgx forget every prepared statement.
func List[S ~[]T, T any](b *pgx.Batch, into *S, sql string, a Args) {
	b.Queue(sql, a).Query(func(rows pgx.Rows) error {
		all, err := pgx.CollectRows(rows, pgx.RowToStructByName[T])
		*into = all
		return err
	})
}

// One queues a query of at most one row; what is not there leaves into as it is.
func One[T any](b *pgx.Batch, into *T, sql string, a Args) {
	b.Queue(sql, a).Query(func(rows pgx.Rows) error {
		got, err := pgx.CollectRows(rows, pgx.RowToStructByName[T])
		if len(got) > 0 {
			*into = got[0]
		}
		return err
	})
}

// Values queues a query of one column.
func Values[T any](b *pgx.Batch, into *[]T, sql string, a Args) {
	b.Queue(sql, a).Query(func(rows pgx.Rows) (err error) {
		*into, err = pgx.CollectRows(rows, pgx.RowTo[T])
		return err
	})
}

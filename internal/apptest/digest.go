package apptest

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Digest is a fingerprint of all data but the audit trail, sessions and throttles.
func (s *Site) Digest() string {
	s.T.Helper()
	c, err := pgx.Connect(context.Background(), s.DB.AdminURL)
	if err != nil {
		s.T.Fatal(err)
	}
	defer c.Close(context.Background())
	rows, err := c.Query(context.Background(), `select tablename
from pg_tables
where schemaname = 'app' and tablename not in ('audit', 'login_session', 'login_throttle')
order by 1`)
	if err != nil {
		s.T.Fatal(err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		s.T.Fatal(err)
	}
	out := ""
	for _, n := range tables {
		var sum string
		if err := c.QueryRow(
			context.Background(),
			fmt.Sprintf(`select coalesce(md5(string_agg(t::text, '' order by t::text)), '') from app.%s t`, n),
		).Scan(&sum); err != nil {
			s.T.Fatal(err)
		}
		out += n + sum + " "
	}
	return out
}

package demo

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"kuukausi/internal/postgres/operate"
	"kuukausi/internal/programme"
)

// LargeOrgs is how many organisations a large seed has; the measured one is the first.
const LargeOrgs = 20

// SeedLarge makes n cohorts of ten people in 20 organisations, 40 half-days marked each, the last 3 a coach's own. It
// is for measuring: names repeat, and nobody can sign in but through the sessions 'tok…' that the bench knows.
func SeedLarge(ctx context.Context, url string, n int, now time.Time) error {
	models, err := programme.Shipped()
	if err != nil {
		return err
	}
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer c.Close(context.Background())
	err = pgx.BeginFunc(ctx, c, func(tx pgx.Tx) error {
		for o := 1; o <= LargeOrgs; o++ {
			if err := (operate.Organisation{
				ID: id(1, o), Name: "Mittaus", Models: models,
				Texts: map[string]map[string]string{"voluntary_choice": {"fi": "–"}, "choice_consequences": {"fi": "–"}},
				Now:   now,
			}).Store(ctx, tx); err != nil {
				return err
			}
		}
		for _, sql := range largeSQL {
			if _, err := tx.Exec(ctx, sql, pgx.NamedArgs{"n": n, "orgs": LargeOrgs, "now": now}); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		_, err = c.Exec(ctx, "vacuum (freeze, analyze)")
	}
	return err
}

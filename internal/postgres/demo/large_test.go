package demo_test

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"kuukausi/internal/postgres/demo"
	"kuukausi/internal/postgres/pgtest"
)

// The database that figures are measured on can be made; nothing else would notice that it cannot.
func TestSeedLarge(t *testing.T) {
	d := pgtest.New(t)
	ctx := context.Background()
	if err := demo.SeedLarge(ctx, d.AdminURL, 40, time.Now()); err != nil {
		t.Fatal(err)
	}
	c, err := pgx.Connect(ctx, d.AdminURL)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(ctx)
	var cohorts, cases int
	err = c.QueryRow(ctx, "select (select count(*) from app.cohort), (select count(*) from app.enrolment)").Scan(&cohorts, &cases)
	if err != nil || cohorts != 40 || cases != 400 {
		t.Errorf("%d cohorts, %d cases: %v", cohorts, cases, err)
	}
}

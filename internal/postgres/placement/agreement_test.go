package placement_test

import (
	"context"
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/url"
	"testing"

	"github.com/jackc/pgx/v5"
)

// Two agreements of one person for the same days, put in force at once: one is.
func TestTwoAgreements(t *testing.T) {
	s := apptest.Start(t, apptest.Many)
	k := s.As("kimmo.koordinoiva")
	matti := demo.Enrolment(3)
	s.SQL(`update app.site_capacity set ended = true`)
	ats := []string{s.Ready(k, matti, 2), s.Ready(k, matti, 4)}
	var forms []url.Values
	for _, a := range ats {
		forms = append(forms, apptest.Fill(t, k.Get(a).Body, a+"/activation"))
	}
	c, err := pgx.Connect(context.Background(), s.DB.AdminURL)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(context.Background())
	tx, err := c.Begin(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	// whoever has judged waits for the case before the last flight: without a lock on the person both would have judged
	if _, err := tx.Exec(context.Background(), `select from app.enrolment where id = $1 for update`, matti); err != nil {
		t.Fatal(err)
	}
	answers := make(chan apptest.Answer, 2)
	for i := range 2 {
		go func() { answers <- k.Post(ats[i]+"/activation", forms[i]) }()
	}
	s.Waiting(2)
	_ = tx.Rollback(context.Background())
	a, b := <-answers, <-answers
	if n := s.SQL(`select count(*) from app.trial where enrolment_id = $1 and state = 'active'`, matti); n != "1" ||
		a.Code+b.Code != 303+422 ||
		!a.Has("E_OVERLAP") && !b.Has("E_OVERLAP") {
		t.Errorf("%s in force: %d %v, %d %v", n, a.Code, a.Codes(), b.Code, b.Codes())
	}
}

// An answer is to the terms that were shown: an edit that comes between leaves it a stale page.
func TestAnswerToOtherTerms(t *testing.T) {
	s := apptest.Start(t)
	tuu := s.As("tuulikki.esimerkki")
	trial := demo.Trial(108)
	s.SQL(`update app.trial set state = 'draft', accepted_on = null, accepted_how = '' where id = $1`, trial)
	at := "/trials/" + trial.String() + "/answer"
	v := apptest.Fill(t, tuu.Get("/me/trials").Body, at)
	v.Set("answer", "yes")
	c, err := pgx.Connect(context.Background(), s.DB.AdminURL)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(context.Background())
	tx, err := c.Begin(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(
		context.Background(), `update app.trial set version = version + 1, day_minutes = 480 where id = $1`, trial,
	); err != nil {
		t.Fatal(err)
	}
	answers := make(chan apptest.Answer, 1)
	go func() { answers <- tuu.Post(at, v) }()
	s.Waiting(1)
	if err := tx.Commit(context.Background()); err != nil {
		t.Fatal(err)
	}
	if got := <-answers; got.Code != 409 || s.SQL(`select coalesce(accepted_on::text, 'none') from app.trial where id = $1`, trial) != "none" {
		t.Errorf("accepted what was never shown: %d", got.Code)
	}
}

package programme_test

import (
	"kuukausi/cmd/kuukausi/app"
	"time"

	"context"
	"kuukausi/internal/access"
	"kuukausi/internal/apptest"
	"kuukausi/internal/participant"
	"kuukausi/internal/postgres/demo"
	"kuukausi/internal/postgres/operate"
	"kuukausi/internal/programme"
	"kuukausi/internal/recruitment"
	"kuukausi/internal/review"
	"os"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// A second model (individual, six weeks, two pre-assignments, no cohort, two parties) loads and works without a changed
// line of code: enrolling, meetings, attendance, the person's page, a review of its own parties.
func TestSecondModel(t *testing.T) {
	s := apptest.Start(t)
	f, err := os.Open("testdata/individual.toml")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, err := programme.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	c, err := pgx.Connect(ctx, s.DB.AdminURL)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(ctx)
	var version uuid.UUID
	if err := pgx.BeginFunc(
		ctx, c, func(tx pgx.Tx) error {
			version, err = operate.SaveModel(ctx, tx, demo.Org, m, apptest.Morning)
			return err
		},
	); err != nil {
		t.Fatal(err)
	}
	all := app.Rooms(s.PG, participant.Codes{}, nil)
	veera := s.Context("veera.valmentava@example.org")
	expert := uuid.MustParse(s.UUID(`select id from app.membership where org_id = $1 and email = 'eeva.ehkanen@example.org'`, demo.Org))
	day := access.Day(apptest.Morning)
	id := uuid.New()
	err = all.Recruitment.EnrolPerson(veera, access.Form{ID: id}, uuid.Nil, version, recruitment.EnrolmentForm{
		PersonForm: recruitment.PersonForm{FirstName: "Yrjö", LastName: "Yksin", Lang: "fi", BornOn: day.AddDate(-52, 0, 0)},
		Choice:     recruitment.ChoiceForm{Chose: true, How: "oral", ChosenOn: day},
		Expert:     expert,
		StartsOn:   day,
	})
	if err != nil {
		t.Fatal(err)
	}
	s.Set(apptest.Morning.Add(8 * time.Hour)) // the day's meeting has begun
	u := s.As("veera.valmentava")
	page := u.Get("/enrolments/" + id.String())
	if page.Code != 200 || !strings.Contains(page.Body, "Yrjö Yksin") {
		t.Fatalf("the person's page: %d", page.Code)
	}
	if n := s.SQL(`select count(*) || ' ' || max(held_on) from app.meeting where enrolment_id = $1`, id); n != "3 2027-01-04" {
		t.Errorf("meetings: %s, want 3 to 4 January (Christmas and New Year lengthen it)", n)
	}
	meeting := s.UUID(`select id from app.meeting where enrolment_id = $1 order by held_on limit 1`, id)
	sheet := u.Get("/meetings/" + meeting + "/attendance")
	if got := u.Post("/meetings/"+meeting+"/attendance", apptest.Fill(t, sheet.Body, "/meetings/"+meeting+"/attendance")); got.Code != 422 ||
		!got.Has("E_NOTHING_MARKED") {
		t.Errorf("an empty sheet: %d %v", got.Code, got.Codes())
	}
	v := apptest.Fill(t, sheet.Body, "/meetings/"+meeting+"/attendance")
	v.Set("rest", "p")
	if got := u.Post("/meetings/"+meeting+"/attendance", v); got.Code != 303 {
		t.Errorf("attendance: %d %v", got.Code, got.Codes())
	}
	for _, to := range []string{"preparing", "active"} {
		p := u.Get("/enrolments/" + id.String())
		form := apptest.Fill(t, p.Body, "/enrolments/"+id.String()+"/state")
		form.Set("to", to)
		if got := u.Post("/enrolments/"+id.String()+"/state", form); got.Code != 303 {
			t.Fatalf("%s: %d %v", to, got.Code, got.Codes())
		}
	}
	rev := uuid.New()
	if err := all.Review.BookReview(veera, id, access.Form{ID: rev}, review.Booking{MeetsOn: day, MeetsAt: 600,
		Place: "Etä"}, func(g review.Gathered) review.Body {
		return review.Body{"goal": "Työ", "goal_result": "Eteni", "own_words": "Hyvä", "strengths": "Sisu", "next_steps": "Hakee"}
	}); err != nil {
		t.Fatal(err)
	}
	if r, err := all.Review.Review(veera, access.ReviewView, rev); err != nil || len(r.Parties) != 2 || len(r.OutcomeKinds) != 3 {
		t.Errorf("%v: parties %v, outcomes %v", err, r.Parties, r.OutcomeKinds)
	}
	if got := s.As("senni.sijainen").Get("/enrolments/" + id.String()); got.Code != 404 {
		t.Errorf("another coach sees the case: %d", got.Code)
	}
}

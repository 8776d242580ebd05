package review_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
)

// A decision that was noted wrongly is withdrawn with grounds by the expert, stays to be read as withdrawn, and makes place for
// another (internal/domain.md, ruling 41).
func TestDecisionIsWithdrawn(t *testing.T) {
	s := apptest.Start(t)
	e := s.As("eeva.ehkanen")
	id := s.UUID(`select r.id from app.review r where r.org_id = $1 and r.state <> 'draft'
  and not exists (select from app.decision d where d.review_id = r.id) and exists (
    select from app.enrolment_party y join app.membership m on m.id = y.user_id
    where y.enrolment_id = r.enrolment_id and y.kind = 'expert' and m.name = 'Eeva Ehkänen' and y.valid_until > '2026-12-01')
  order by r.id limit 1`, demo.Org)
	at := "/reviews/" + id + "/decision"
	decide := func(kind string) apptest.Answer {
		v := apptest.Fill(t, e.Get(at).Body, at)
		v["kind"] = []string{kind}
		v.Set("grounds", "Ei päätettävää")
		return e.Post(at, v)
	}
	if got := decide("none_now"); got.Code != 303 {
		t.Fatalf("%d %v", got.Code, got.Codes())
	}
	if got := decide("none_now"); got.Code != 422 || !got.Has("E_NONE_EXCLUDES") {
		t.Errorf("none twice: %d %v", got.Code, got.Codes())
	}
	withdraw := at + "/withdrawal"
	v := apptest.Fill(t, e.Get(at).Body, withdraw)
	v.Set("grounds", "")
	if got := e.Post(withdraw, v); got.Code != 422 || !got.Has("E_REQUIRED") {
		t.Errorf("without grounds: %d %v", got.Code, got.Codes())
	}
	v.Set("form", uuid.NewString())
	v.Set("grounds", "Kirjattiin väärälle henkilölle")
	if got := s.As("veera.valmentava").Post(withdraw, v); got.Code == 303 {
		t.Error("a coach withdraws a decision")
	}
	if got := e.Post(withdraw, v); got.Code != 303 {
		t.Fatalf("%d %v", got.Code, got.Codes())
	}
	v.Set("form", uuid.NewString())
	if got := e.Post(withdraw, v); got.Code != 409 {
		t.Errorf("withdrawn twice: %d", got.Code)
	}
	for _, u := range []*apptest.User{e, s.As("veera.valmentava")} {
		if page := u.Get("/reviews/" + id).Body; !strings.Contains(page, "Peruttu.") || !strings.Contains(page, "väärälle henkilölle") {
			t.Error("the page does not tell that it was withdrawn, and why")
		}
	}
	if got := decide("none_now"); got.Code != 303 {
		t.Errorf("another one: %d %v", got.Code, got.Codes())
	}
}

package placement_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/http"
	"net/url"
	"testing"

	"github.com/google/uuid"
)

// Two coordinators, and fifty posts, for the last place of a site: one has it.
func TestLastSite(t *testing.T) {
	s := apptest.Start(t, apptest.Many)
	s.SQL(`update app.membership
set role = 'coordinator'
where org_id = $1 and email = 'senni.sijainen@example.org'`, demo.Org)
	s.SQL(`insert into app.cohort_duty (org_id, id, cohort_id, user_id, kind, valid_from, valid_until)
select
  d.org_id,
  gen_random_uuid(),
  d.cohort_id,
  m.id,
  d.kind,
  d.valid_from,
  d.valid_until
from app.cohort_duty d, app.membership m
where d.org_id = $1
  and d.kind = 'coordinator'
  and m.org_id = $1
  and m.email = 'senni.sijainen@example.org'`, demo.Org)
	both := []*apptest.User{s.As("kimmo.koordinoiva"), s.As("senni.sijainen")}
	s.SQL(`update app.trial
set state = 'cancelled'
where org_id = $1
  and site_id = $2
  and state in ('draft', 'active')`, demo.Org, demo.Site(4))
	s.SQL(`update app.enrolment
set state = 'active', starts_on = '2026-11-19', ends_on = '2026-12-04'
where id = any($1)`, []uuid.UUID{demo.Recruit(0), demo.Recruit(1), demo.Recruit(2)})
	var forms []url.Values
	var at []string
	for i := range 50 {
		path, v := s.Proposal(both[i%2], demo.Recruit(i%3))
		if i >= 6 { // the page is the same for each person and coordinator: only the form's id is another
			v = url.Values{}
			for key, x := range forms[i%6] {
				v[key] = x
			}
			v.Set("form", uuid.NewString())
		}
		v.Set("site", s.At(4))
		v.Set("starts_on", "19.11.2026")
		v.Set("ends_on", "4.12.2026")
		forms, at = append(forms, v), append(at, path)
	}
	got := apptest.AtOnce(50, func(i int) apptest.Answer { return both[i%2].Post(at[i], forms[i]) })
	if n := s.SQL(`select count(*) from app.trial where site_id = $1 and state = 'draft'`, demo.Site(4)); n != "1" ||
		got[http.StatusSeeOther] != 1 ||
		got[422] != 49 {
		t.Errorf("%s proposals of the last place, answers %v", n, got)
	}
}

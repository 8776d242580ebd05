package main

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The same fact on two pages is the same number, on any day (internal/domain.md, ruling 33).
func TestNumbersAgree(t *testing.T) {
	s := apptest.Start(t)
	for _, days := range []int{0, 2, 16, 34, 200} {
		s.Set(apptest.Morning.AddDate(0, 0, days))
		u := s.As("veera.valmentava")
		number := func(page, pattern string) int {
			t.Helper()
			m := regexp.MustCompile(pattern).FindStringSubmatch(page)
			if m == nil {
				t.Errorf("+%d: nothing matches %s", days, pattern)
				return -1
			}
			n, _ := strconv.Atoi(m[1])
			return n
		}
		// who shares their search: interviews of the page are at least the days marked as one, and the steps' number
		for i := range 10 {
			e := demo.Enrolment(i)
			if s.SQL(`select search_shared::text from app.enrolment where id = $1`, e) != "true" {
				continue
			}
			marked, _ := strconv.Atoi(s.SQL(`select count(distinct held_on) from app.attendance where enrolment_id = $1 and mark = 'i'`, e))
			steps, _ := strconv.Atoi(s.SQL(`select count(*) from app.search_step where enrolment_id = $1 and kind = 'interview'`, e))
			if steps < marked {
				t.Errorf("+%d, person %d: %d interviews, marked on %d days", days, i, steps, marked)
			}
		}
		for _, c := range []string{demo.Running.String(), demo.Finished.String()} {
			page := u.Get("/cohorts/" + c)
			if page.Code != 200 {
				continue // the duty has ended
			}
			on := number(page.Body, `<b>(\d+)/\d+</b><span>osallistujaa`)
			left, _ := strconv.Atoi(s.SQL(`select count(*) from app.enrolment
where cohort_id = $1 and state in ('interrupted', 'withdrawn', 'moved', 'died')`, c))
			if rows := strings.Count(page.Body, `<tbody`); on != rows-left {
				t.Errorf("+%d: the map says %d people and shows %d, of whom %d left", days, on, rows, left)
			}
			list := u.Get("/cohorts").Body
			if at := strings.Index(list, "/cohorts/"+c); at >= 0 {
				if n := number(list[at:], `<b>(\d+)/\d+</b>`); n != on {
					t.Errorf("+%d: the list says %d people, the map %d", days, n, on)
				}
			}
		}
		// a review's text against its own month
		for _, row := range strings.Split(s.SQL(`select coalesce(string_agg(r.id || ' ' || (v.body->>'search') || '|' ||
  (select count(*) filter (where x.kind = 'application') || ' ' || count(*) filter (where x.kind = 'call') || ' ' ||
    count(*) filter (where x.kind = 'interview') from app.search_step x where x.enrolment_id = r.enrolment_id), e'\n'), '')
from app.review r
join app.review_version v on v.review_id = r.id and v.number = r.number
join app.enrolment e on e.id = r.enrolment_id
where e.cohort_id = $1 and v.body ? 'search'`, demo.Finished), "\n") {
			text, want, _ := strings.Cut(row, "|")
			if got := strings.Join(regexp.MustCompile(`\d+`).FindAllString(text[37:], -1), " "); got != want {
				t.Errorf("a review says %s of a month of %s", got, want)
			}
		}
		// a trial that has not begun was not tried, and nobody is at the site before the first day
		for i := range 6 {
			site := demo.Site(i + 1)
			want := s.SQL(`select count(*) filter (where state = 'active' and $2::date between starts_on and ends_on) || ' ' ||
  count(distinct enrolment_id) filter (where state in ('active', 'ended') and starts_on <= $2::date)
from app.trial where site_id = $1`, site, s.Now().Format(time.DateOnly))
			page := u.Get("/sites/" + site.String()).Body
			now, people := number(page, `nyt (\d+), päättynyt`), number(page, `(\d+) henkilö`)
			if got := strconv.Itoa(now) + " " + strconv.Itoa(people); got != want {
				t.Errorf("+%d, site %d: the page says %s (now, ever), it is %s", days, i+1, got, want)
			}
		}
	}
}

package cohort_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
)

// Five days in a row away for an unknown reason make the coach ask for it; fewer are only told. The expert hears of it once
// the coach has found no acceptable reason, and then it stays until they answer, however old it grows. No other expert and no
// coordinator is told, and the case stays as it is (internal/domain.md, rulings 32 and 36).
func TestAbsenceFlag(t *testing.T) {
	s := apptest.Start(t)
	reijo := demo.Enrolment(6)
	at := "/enrolments/" + reijo.String() + "/absence"
	s.SQL(`delete from app.absence_inquiry`)
	const asked, flag = "syy ei tiedossa: selvitä syy", "hyväksyttävää syytä ei löytynyt"
	told := func(what string, want map[string]bool) {
		t.Helper()
		for who, want := range want {
			page := s.As(who).Get("/").Body
			if got := strings.Contains(page, asked) || strings.Contains(page, flag); got != want {
				t.Errorf("%s: %s is told %t, want %t", what, who, got, want)
			}
		}
	}
	told("before the answer", map[string]bool{
		"veera.valmentava": true, "eeva.ehkanen": false, "olli.omanen": false, "kimmo.koordinoiva": false,
	})
	if got := s.As("eeva.ehkanen").Get(at); strings.Contains(got.Body, "16.11.2026") {
		t.Error("the expert reads the days before they are told")
	}
	// four days in a row: told, not asked
	const fewer = `update app.attendance
set mark = 'n'
where enrolment_id = $1
  and mark = 'u'
  and held_on <> all(
    array(select distinct held_on from app.attendance where enrolment_id = $1 and mark = 'u' order by 1 desc limit 4))`
	s.SQL(fewer, reijo)
	if page := s.As("veera.valmentava").Get("/").Body; strings.Contains(page, asked) || !strings.Contains(page, "poissa 4 päivää") {
		t.Error("four days are asked about, or not told to the coach")
	}
	s.SQL(`update app.attendance set mark = 'u' where enrolment_id = $1 and mark = 'n'`, reijo)
	// it does not fade
	s.Set(time.Date(2027, 1, 1, 9, 0, 0, 0, apptest.Morning.Location()))
	told("six weeks later", map[string]bool{"veera.valmentava": true, "eeva.ehkanen": false})
	s.Set(apptest.Morning)
	// the coach's answer, and with it the expert
	coach, expert := s.As("veera.valmentava"), s.As("eeva.ehkanen")
	v := apptest.Fill(t, coach.Get(at).Body, at)
	v.Set("answer", "goes_on")
	if got := coach.Post(at, v); got.Code != 422 || !got.Has("E_CHOICE") || !got.Has("E_REQUIRED") {
		t.Errorf("the expert's answer: %d %v", got.Code, got.Codes())
	}
	v.Set("answer", "no_reason")
	v.Set("grounds", "Soitettu kolmesti, ei vastausta")
	if got := coach.Post(at, v); got.Code != 303 {
		t.Fatalf("no reason: %d %v", got.Code, got.Codes())
	}
	told("after the answer", map[string]bool{"veera.valmentava": false, "eeva.ehkanen": true, "olli.omanen": false})
	if page := expert.Get("/").Body; strings.Contains(page, "Helmi") || strings.Count(page, flag) != 1 {
		t.Error("the expert sees more than the flag")
	}
	page := expert.Get(at).Body
	if !strings.Contains(page, "16.11.2026") || !strings.Contains(page, "Soitettu kolmesti") {
		t.Error("the expert does not read the days and the grounds")
	}
	v = apptest.Fill(t, page, at)
	v.Set("answer", "goes_on")
	v.Set("grounds", "Tavattu, palvelu jatkuu")
	if got := expert.Post(at, v); got.Code != 303 {
		t.Fatalf("goes on: %d %v", got.Code, got.Codes())
	}
	told("after the expert's", map[string]bool{"veera.valmentava": false, "eeva.ehkanen": false})
	if got := coach.Post(at, url.Values{"form": {uuid.NewString()}, "version": {"0"}, "answer": {"no_reason"}, "grounds": {"x"}}); !got.Has(
		"E_NOTHING_ABSENT") {
		t.Errorf("nothing left to explain: %d %v", got.Code, got.Codes())
	}
	// the organisation's own number, from its day on
	s.SQL(`delete from app.absence_inquiry`)
	s.SQL(fewer, reijo)
	s.SQL(`insert into app.law_override (org_id, key, valid_from, value, source, checked_on)
values ($1, 'absence_flag_days', '2026-11-01', 2, 'x', '2026-11-01')`, demo.Org)
	told("with the organisation's number", map[string]bool{"veera.valmentava": true})
	if got := s.SQL(`select state from app.enrolment where id = $1`, reijo); got != "active" {
		t.Errorf("the system moved the case to %s", got)
	}
}

// A grounds text of an acceptable reason is no business of the expert's.
func TestReasonFound(t *testing.T) {
	s := apptest.Start(t)
	at := "/enrolments/" + demo.Enrolment(6).String() + "/absence"
	s.SQL(`delete from app.absence_inquiry`)
	coach := s.As("veera.valmentava")
	v := apptest.Fill(t, coach.Get(at).Body, at)
	v.Set("answer", "reason_found")
	v.Set("grounds", "Perhesyy")
	if got := coach.Post(at, v); got.Code != 303 {
		t.Fatalf("%d %v", got.Code, got.Codes())
	}
	if page := coach.Get(at).Body; !strings.Contains(page, "Perhesyy") {
		t.Error("the coach does not see what was found out")
	}
	if page := s.As("eeva.ehkanen").Get(at).Body; strings.Contains(page, "Perhesyy") {
		t.Error("the expert reads it")
	}
}

// Coming back settles nothing: whom the expert was told of stays with the expert, the next absence is the coach's anew, and
// days whose reason was found are not among those the expert reads (internal/domain.md, rulings 32 and 36).
func TestAbsenceAfterReturn(t *testing.T) {
	s := apptest.Start(t)
	reijo := demo.Enrolment(6)
	at := "/enrolments/" + reijo.String() + "/absence"
	s.SQL(`delete from app.absence_inquiry`)
	days := strings.Fields(s.SQL(`select string_agg(distinct held_on::text, ' ' order by held_on::text)
from app.attendance
where enrolment_id = $1 and mark = 'u'`, reijo))
	if len(days) != 5 {
		t.Fatalf("the example is absent on %v only", days)
	}
	s.SQL(`insert into app.law_override (org_id, key, valid_from, value, source, checked_on)
values ($1, 'absence_flag_days', '2026-11-01', 4, 'x', '2026-11-01')`, demo.Org)
	answer := func(kind, through string) {
		s.SQL(`insert into app.absence_inquiry (org_id, id, enrolment_id, through, answer, grounds, by_id, at)
select org_id, gen_random_uuid(), id, $2::date, $3, 'x', created_by, $4 from app.enrolment where id = $1`, reijo, through, kind, s.Now())
	}
	finnish := func(day string) string {
		d, _ := time.Parse(time.DateOnly, day)
		return d.Format("2.1.2006")
	}
	answer("reason_found", days[0])
	answer("no_reason", days[4])
	if page := s.As("eeva.ehkanen").Get(at).Body; strings.Contains(page, ">"+finnish(days[0])) || !strings.Contains(page, finnish(days[4])) {
		t.Error("the expert reads the day whose reason was found, or not the day they are told of")
	}
	s.SQL(`delete from app.absence_inquiry`)
	answer("no_reason", days[3])
	s.SQL(`update app.attendance set mark = 'p' where enrolment_id = $1 and held_on = $2::date`, reijo, days[4])
	const flag = "hyväksyttävää syytä ei löytynyt"
	expert := s.As("eeva.ehkanen")
	if !strings.Contains(expert.Get("/").Body, flag) {
		t.Error("the flag fades when the person comes back")
	}
	page := expert.Get(at)
	if !strings.Contains(page.Body, "Tämän jälkeen hän on ollut paikalla") {
		t.Error("the expert is not told that they came back")
	}
	v := apptest.Fill(t, page.Body, at)
	v.Set("answer", "goes_on")
	v.Set("grounds", "Tavattu")
	if got := expert.Post(at, v); got.Code != 303 || strings.Contains(expert.Get("/").Body, flag) {
		t.Errorf("the expert's answer: %d %v", got.Code, got.Codes())
	}
}

// A mark of an interview is a step of the search, and a corrected one is none any more (internal/domain.md, ruling 33).
func TestInterviewMark(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	at, aino := s.Example("{meeting}"), demo.Enrolment(0)
	steps := func() string {
		return s.SQL(`select count(*) from app.search_step where enrolment_id = $1 and kind = 'interview'`, aino)
	}
	s.SQL(`update app.enrolment set search_shared = true where id = $1`, aino)
	s.SQL(`insert into app.search_step (org_id, id, enrolment_id, kind, done_on, shared)
select org_id, gen_random_uuid(), id, 'interview', '2026-11-10', true from app.enrolment where id = $1`, aino)
	before := steps()
	mark := func(m string) {
		v := apptest.Fill(t, u.Get(at).Body, at)
		v.Set("form", uuid.NewString())
		v.Set("mark."+aino.String(), m)
		if got := u.Post(at, v); got.Code != 303 {
			t.Fatalf("%s: %d %v", m, got.Code, got.Codes())
		}
	}
	mark("i")
	if with := steps(); with == before {
		t.Error("the mark is no step")
	}
	mark("p")
	if after := steps(); after != before {
		t.Errorf("%s steps before, %s after the correction", before, after)
	}
}

// Who has not called today is for the coach; calls are written for several at once, into shared logs only.
func TestCalls(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	board := "/cohorts/" + demo.Running.String() + "/days/2026-11-19"
	page := u.Get(board).Body
	if !strings.Contains(page, "Ei vielä soittanut") || !strings.Contains(page, "1 ei jaa työnhakuaan") {
		t.Error("the coach is not told who has not called")
	}
	if strings.Contains(s.As("kimmo.koordinoiva").Get(board).Body, "Ei vielä soittanut") {
		t.Error("the coordinator is told")
	}
	at := board + "/calls"
	aino, reijo := demo.Enrolment(0).String(), demo.Enrolment(6).String()
	v := apptest.Fill(t, page, at)
	if got := u.Post(at, v); got.Code != 422 || !got.Has("E_REQUIRED") {
		t.Errorf("nobody: %d %v", got.Code, got.Codes())
	}
	v["called"] = []string{aino, reijo}
	if got := u.Post(at, v); got.Code != 422 || !got.Has("E_NOT_SHARED") {
		t.Errorf("into a log that is not shared: %d %v", got.Code, got.Codes())
	}
	v["called"] = []string{aino, demo.OtherCoachsEnrolment(0).String()}
	if got := u.Post(at, v); got.Code != 422 {
		t.Errorf("somebody of another cohort: %d", got.Code)
	}
	v["called"] = []string{aino, demo.Enrolment(1).String()}
	for range 2 {
		if got := u.Post(at, v); got.Code != 303 {
			t.Fatalf("two calls: %d %v", got.Code, got.Codes())
		}
	}
	if n := s.SQL(`select count(*) from app.search_step where kind = 'call' and done_on = '2026-11-19'`); n != "2" {
		t.Errorf("%s calls", n)
	}
	if form := apptest.Fill(t, u.Get(board).Body, at); strings.Contains(u.Get(board).Body, `value="`+aino+`" id="calls`) || form == nil {
		t.Error("who called is still on the list")
	}
	tomorrow := "/cohorts/" + demo.Running.String() + "/days/2026-11-20"
	if got := u.Post(tomorrow+"/calls", url.Values{"form": {uuid.NewString()}, "version": {"0"}, "called": {aino}}); got.Code != 422 ||
		!got.Has("E_FUTURE") {
		t.Errorf("tomorrow's: %d %v", got.Code, got.Codes())
	}
}

// Days of participation: a day once, absences not, an appointment that was held too, no more in a week than the law says.
func TestParticipation(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	at := "/cohorts/" + demo.Running.String() + "/participation"
	row := func(path, name string) string {
		page := u.Get(path).Body
		_, after, _ := strings.Cut(page, ">"+name)
		_, after, _ = strings.Cut(after, `<td class="num">`)
		cell, _, _ := strings.Cut(after, "</td>")
		return cell
	}
	for name, want := range map[string]string{"Testinen Pekka": "8", "Näytelä Reijo": "3"} {
		if got := row(at, name); got != want {
			t.Errorf("%s: %q days, want %s", name, got, want)
		}
	}
	if got := row(at+"?from=16.11.2026&until=17.11.2026", "Testinen Pekka"); got != "2" {
		t.Errorf("two days: %q", got)
	}
	s.SQL(`update app.appointment
set state = 'held', settled_by = booked_by, settled_at = now()
where id = $1`, demo.Appointment(1))
	if got := row(at, "Näytelä Reijo"); got != "4" {
		t.Errorf("with an appointment held: %q", got)
	}
	s.SQL(`insert into app.law_override (org_id, key, valid_from, value, source, checked_on)
values ($1, 'expense_week_days_max', '2026-11-01', 2, 'x', '2026-11-01')`, demo.Org)
	if got := row(at, "Testinen Pekka"); got != "4" {
		t.Errorf("at most two a week: %q", got)
	}
	if page := u.Get(at).Body; !strings.Contains(page, "Testinen Pekka\t4\t") || !strings.Contains(page, "yli viikon enimmäismäärän") {
		t.Error("the list to copy, or the days over the limit, are missing")
	}
}

// A week on paper: titles and times for the wall, names to sign.
func TestWeekOnPaper(t *testing.T) {
	s := apptest.Start(t)
	u := s.As("veera.valmentava")
	page := u.Get("/cohorts/" + demo.Running.String() + "/weeks/2").Body
	if !strings.Contains(page, "Puhelinsoiton") || !strings.Contains(page, "Tuulikki Esimerkki") || strings.Contains(page, "000 000") {
		t.Error("the week lacks its programme or names, or tells phone numbers")
	}
	if got := u.Get("/cohorts/" + demo.Running.String() + "/weeks/5"); got.Code != 404 {
		t.Errorf("a fifth week: %d", got.Code)
	}
}

package main

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"kuukausi/internal/postgres/demo"
)

// Five days in a row away without a word are flagged to coach and expert (and to no other expert, nor the coordinator);
// four are told the coach only; the enrolment stays as it is.
func TestAbsenceFlag(t *testing.T) {
	s := start(t)
	reijo := demo.Enrolment(6)
	const flag = "päivää peräkkäin poissa ilman lupaa"
	for who, want := range map[string]bool{"veera.valmentava": true, "eeva.ehkanen": true, "olli.omanen": false, "kimmo.koordinoiva": false} {
		if page := s.as(who).get("/").body; strings.Contains(page, flag) != want {
			t.Errorf("%s: flagged %t, want %t", who, !want, want)
		}
	}
	if page := s.as("eeva.ehkanen").get("/").body; strings.Contains(page, "Helmi") || strings.Count(page, flag) != 1 {
		t.Error("the expert sees more than the flag")
	}
	s.sql(`update app.attendance
set mark = 'n'
where enrolment_id = $1
  and held_on = (select min(held_on) from app.attendance where enrolment_id = $1 and mark = 'u')`, reijo)
	if page := s.as("eeva.ehkanen").get("/").body; strings.Contains(page, "Reijo") {
		t.Error("four days reach the expert")
	}
	if page := s.as("veera.valmentava").get("/").body; strings.Contains(page, flag) || !strings.Contains(page, "poissa 4 päivää") {
		t.Error("four days are flagged, or not told to the coach")
	}
	// five days that are not in a row: not flagged either
	s.sql(`update app.attendance set mark = 'u' where enrolment_id = $1 and mark = 'n'`, reijo)
	s.sql(`update app.attendance set mark = 'p' where enrolment_id = $1 and held_on = '2026-11-16'`, reijo)
	s.sql(`update app.attendance set mark = 'u' where enrolment_id = $1 and held_on = '2026-11-10'`, reijo)
	if page := s.as("eeva.ehkanen").get("/").body; strings.Contains(page, "Reijo") {
		t.Error("five days with one attended between them are flagged")
	}
	// the organisation's own number, from its day on
	s.sql(`insert into app.law_override (org_id, key, valid_from, value, source, checked_on)
values ($1, 'absence_flag_days', '2026-11-01', 2, 'x', '2026-11-01')`, demo.Org)
	if page := s.as("eeva.ehkanen").get("/").body; !strings.Contains(page, "Reijo") {
		t.Error("the organisation's number is not used")
	}
	if got := s.sql(`select state from app.enrolment where id = $1`, reijo); got != "active" {
		t.Errorf("the system moved the case to %s", got)
	}
}

// Who has not called today is for the coach; calls are written for several at once, into shared logs only.
func TestCalls(t *testing.T) {
	s := start(t)
	u := s.as("veera.valmentava")
	board := "/cohorts/" + demo.Running.String() + "/days/2026-11-19"
	page := u.get(board).body
	if !strings.Contains(page, "Ei vielä soittanut") || !strings.Contains(page, "1 ei jaa työnhakuaan") {
		t.Error("the coach is not told who has not called")
	}
	if strings.Contains(s.as("kimmo.koordinoiva").get(board).body, "Ei vielä soittanut") {
		t.Error("the coordinator is told")
	}
	at := board + "/calls"
	aino, reijo := demo.Enrolment(0).String(), demo.Enrolment(6).String()
	v := fill(t, page, at)
	if got := u.post(at, v); got.code != 422 || !got.has("E_REQUIRED") {
		t.Errorf("nobody: %d %v", got.code, got.codes())
	}
	v["called"] = []string{aino, reijo}
	if got := u.post(at, v); got.code != 422 || !got.has("E_NOT_SHARED") {
		t.Errorf("into a log that is not shared: %d %v", got.code, got.codes())
	}
	v["called"] = []string{aino, demo.OtherCoachsEnrolment(0).String()}
	if got := u.post(at, v); got.code != 422 {
		t.Errorf("somebody of another cohort: %d", got.code)
	}
	v["called"] = []string{aino, demo.Enrolment(1).String()}
	for range 2 {
		if got := u.post(at, v); got.code != 303 {
			t.Fatalf("two calls: %d %v", got.code, got.codes())
		}
	}
	if n := s.sql(`select count(*) from app.search_step where kind = 'call' and done_on = '2026-11-19'`); n != "2" {
		t.Errorf("%s calls", n)
	}
	if form := fill(t, u.get(board).body, at); strings.Contains(u.get(board).body, `value="`+aino+`" id="calls`) || form == nil {
		t.Error("who called is still on the list")
	}
	tomorrow := "/cohorts/" + demo.Running.String() + "/days/2026-11-20"
	if got := u.post(tomorrow+"/calls", url.Values{"form": {uuid.NewString()}, "version": {"0"}, "called": {aino}}); got.code != 422 ||
		!got.has("E_FUTURE") {
		t.Errorf("tomorrow's: %d %v", got.code, got.codes())
	}
}

// Days of participation: a day once, absences not, an appointment that was held too, no more in a week than the law says.
func TestParticipation(t *testing.T) {
	s := start(t)
	u := s.as("veera.valmentava")
	at := "/cohorts/" + demo.Running.String() + "/participation"
	row := func(path, name string) string {
		page := u.get(path).body
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
	s.sql(`update app.appointment
set state = 'held', settled_by = booked_by, settled_at = booked_at
where id = $1`, demo.Appointment(1))
	if got := row(at, "Näytelä Reijo"); got != "4" {
		t.Errorf("with an appointment held: %q", got)
	}
	s.sql(`insert into app.law_override (org_id, key, valid_from, value, source, checked_on)
values ($1, 'expense_week_days_max', '2026-11-01', 2, 'x', '2026-11-01')`, demo.Org)
	if got := row(at, "Testinen Pekka"); got != "4" {
		t.Errorf("at most two a week: %q", got)
	}
	if page := u.get(at).body; !strings.Contains(page, "Testinen Pekka\t4\t") || !strings.Contains(page, "yli viikon enimmäismäärän") {
		t.Error("the list to copy, or the days over the limit, are missing")
	}
}

// A week on paper: titles and times for the wall, names to sign.
func TestWeekOnPaper(t *testing.T) {
	s := start(t)
	u := s.as("veera.valmentava")
	page := u.get("/cohorts/" + demo.Running.String() + "/weeks/2").body
	if !strings.Contains(page, "Puhelinsoiton") || !strings.Contains(page, "Tuulikki Esimerkki") || strings.Contains(page, "000 000") {
		t.Error("the week lacks its programme or names, or tells phone numbers")
	}
	if got := u.get("/cohorts/" + demo.Running.String() + "/weeks/5"); got.code != 404 {
		t.Errorf("a fifth week: %d", got.code)
	}
}

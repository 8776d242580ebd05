package demo

import (
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/programme"
)

// recruiting is the cohort that takes people in: accepted, invited and referred, and a draft with the present employer.
func (s *seeder) recruiting(start time.Time) {
	s.cohort(Recruiting, "Ryhmä 15", "Hämeenlinna", "open", start, veera, kimmo)
	days := programme.WorkingDays(start, 20, nil)
	states := []string{"accepted", "preparing", "accepted", "invited", "referred", "accepted"}
	for i, p := range recruiting {
		e := s.enrol(Recruiting, 400+i, p, states[i], start, eeva)
		if states[i] == "invited" || states[i] == "referred" {
			s.exec(`update app.cohort
set queue_last = queue_last + 1, places_offered = places_offered + $3
where org_id = $1 and id = $2`, s.org, Recruiting, map[string]int{"invited": 1}[states[i]])
			s.exec(`update app.enrolment
set
  queue_number = (select queue_last from app.cohort where org_id = $1 and id = $2),
  answer_by = case when state = 'invited' then $4::date + 2 end
where org_id = $1 and id = $3`, s.org, Recruiting, e, s.today)
		}
		switch i {
		case 0:
			s.preAssignments(e, veera, days[0], 0, 1, 1)
		case 1:
			s.preAssignments(e, veera, days[0], 1, 2, 0)
		}
		if p.first == "Jenny" {
			s.protects(e, veera)
		}
		if i == 0 {
			s.trial(400, e, 5, "draft", days[0], days[19], 240, 0, true)
		}
	}
}

// protects sets a protection order on a person: their coach is the only one who knows where they are.
func (s *seeder) protects(e uuid.UUID, coach string) {
	s.exec(`select
  set_config('app.org', $1, true),
  set_config('app.actor', $2, true),
  set_config('app.role', 'coach', true)`, s.org.String(), s.users[coach].String())
	s.exec(
		`select app.protect_person((select participant_id from app.enrolment where org_id = $1 and id = $2), $3, null)`,
		s.org,
		e,
		s.users[coach],
	)
	s.exec(`update app.protection_order
set address = 'Suojakatu 1 A 1', phone = '000 000 7777'
where org_id = $1`, s.org)
	s.exec(`select set_config('app.org', '', true), set_config('app.actor', '', true), set_config('app.role', '', true)`)
}

// infos are one info session held, which was obligatory, and one to come.
func (s *seeder) infos() {
	for i, at := range []struct {
		day       time.Time
		mandatory bool
		by        string
	}{{s.today.AddDate(0, 0, -9), true, veera}, {programme.WorkingDays(s.today.AddDate(0, 0, 5), 1, nil)[0], false, kimmo}} {
		s.exec(`insert into app.info_session (
  org_id, id, held_on, starts_at, ends_at, place, mandatory, lang, invitation, statement_id, created_by, created_at)
select
  $1,
  $2,
  $3,
  600,
  660,
  'Työllisyyspalvelut, neuvotteluhuone 2',
  $4,
  'fi',
  'Tervetuloa kuulemaan valmennuskuukaudesta: mitä neljän viikon aikana tehdään ja kenelle se sopii. ' || t.body,
  t.id,
  $5,
  $6
from app.text_version t
where t.org_id = $1
  and t.key = 'info_voluntary'
  and t.lang = 'fi'`, s.org, Info(i), at.day, at.mandatory, s.users[at.by], at.day.AddDate(0, 0, -20))
	}
	for i, g := range []struct {
		name string
		came bool
	}{{"Iivari Ihannekuva", true}, {"Kaarina Keskeneräinen", true}, {"Lasse Luvattu", false}, {"Mirja Mahdollinen", true}} {
		s.exec(
			`insert into app.info_guest (org_id, id, info_id, name, came, informed_by, informed_at, marked_by, marked_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			s.org,
			s.next(),
			Info(0),
			g.name,
			g.came,
			s.users[[]string{eeva, veera}[i/3]],
			s.now.AddDate(0, 0, -14),
			s.users[veera],
			s.now.AddDate(0, 0, -9),
		)
	}
	for _, name := range []string{"Niilo Nimetty", "Orvokki Oletettu"} {
		s.exec(`insert into app.info_guest (org_id, id, info_id, name, informed_by, informed_at)
values ($1, $2, $3, $4, $5, $6)`, s.org, s.next(), Info(1), name, s.users[eeva], s.now.AddDate(0, 0, -1))
	}
}

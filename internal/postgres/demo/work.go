package demo

import (
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
)

func (s *seeder) employers() {
	for i, e := range employers {
		w := id(4, i+1)
		s.exec(`insert into app.employer (org_id, id, name, business_id, municipality, kind, owner_id, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)`, s.org, w, e.name, e.id, e.muni, e.kind, s.users[kimmo], s.now)
		s.exec(`insert into app.site (org_id, id, employer_id, name, address, municipality, field, tasks)
values ($1, $2, $3, $4, $5, $6, $7, $8)`, s.org, id(5, i+1), w, e.name, fmt.Sprintf("Mallikatu %d", i+1), e.muni, e.field, e.tasks)
		if e.places > 0 {
			s.exec(`insert into app.site_capacity (org_id, id, site_id, from_on, until_on, places, entered_by, at)
values ($1, $2, $3, $4, $5, $6, $7, $8)`,
				s.org, s.next(), id(5, i+1), s.today.AddDate(0, 0, -40), s.today.AddDate(0, 0, 120), e.places, s.users[kimmo], s.now.AddDate(0, 0, -40))
		}
		s.exec(`insert into app.site_person (org_id, id, site_id, name, phone, email)
values ($1, $2, $3, $4, $5, $6)`, s.org, id(6, i+1), id(5, i+1), e.person, e.phone, fmt.Sprintf("tyopaikka%d@example.org", i+1))
	}
}

// trial adds an agreement; parties is how many of the three have signed.
func (s *seeder) trial(n int, e uuid.UUID, site int, state string, start, end time.Time, minutes, parties int, current bool) uuid.UUID {
	t := id(8, n)
	var insured, accepted *time.Time
	how := ""
	if parties == 3 {
		insured = &start
	}
	if parties > 0 {
		day := start.AddDate(0, 0, -5)
		accepted, how = &day, "present"
	}
	s.exec(`insert into app.trial (
  org_id, id, enrolment_id, site_id, supervisor_id, state, purpose, starts_on, ends_on, starts_at, day_minutes,
  week_days, tasks, goals, payer, current_employer, insurance_on, created_at, bars_clear, accepted_on, accepted_how)
values (
  $1, $2, $3, $4, $5, $6, 'return_to_work', $7, $8, 750, $9, 5, $10,
  'Selvittää, sopiiko työ ja mitä osaamista pitää vahvistaa.', 'kela_general_support', $11, $12, $13, true, $14, $15)`,
		s.org, t, e, id(5, site), id(6, site), state, start, end, minutes, employers[site-1].tasks, current, insured, s.now, accepted, how)
	for i, party := range []string{"participant", "organiser", "authority"} {
		if i < parties {
			s.exec(`insert into app.trial_signature (
  org_id, id, trial_id, enrolment_id, party, signed_on, how, trial_version, entered_by, at)
values ($1, $2, $3, $4, $5, $6, 'paper', 1, $7, $8)`,
				s.org, s.next(), t, e, party, start.AddDate(0, 0, -3), s.users["kimmo.koordinoiva@example.org"], s.now)
		}
	}
	return t
}

func (s *seeder) contact(t uuid.UUID, site, daysAgo int, kind string) {
	s.exec(`insert into app.site_contact (org_id, id, site_id, trial_id, kind, on_day, by_id, at)
values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		s.org, s.next(), id(5, site), t, kind, s.today.AddDate(0, 0, -daysAgo), s.users["veera.valmentava@example.org"], s.now)
}

// steps are what somebody did for a job; their interviews are those they were marked for.
func (s *seeder) steps(e uuid.UUID, shared bool, applications, calls int, interviews []time.Time) {
	step := func(kind string, on time.Time) {
		s.exec(`insert into app.search_step (org_id, id, enrolment_id, kind, done_on, shared)
values ($1, $2, $3, $4, $5, $6)`, s.org, s.next(), e, kind, on, shared)
	}
	for i := range applications {
		step("application", s.today.AddDate(0, 0, -1-i%9))
	}
	for i := range calls {
		step("call", s.today.AddDate(0, 0, -1-i%9))
	}
	for _, on := range interviews {
		step("interview", on)
	}
}

// interviews are the days on which somebody was marked to be at one.
func (s *seeder) interviews(exceptions map[int]string, days []time.Time) (out []time.Time) {
	for at, mark := range exceptions {
		if on := days[at/10-1]; mark == "i" && on.Before(s.today) && !slices.Contains(out, on) {
			out = append(out, on)
		}
	}
	return out
}

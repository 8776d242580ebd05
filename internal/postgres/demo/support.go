package demo

import "github.com/google/uuid"

// support is the evidence about the running cohort's people: most are long out of work, one is not, one is in doubt.
func (s *seeder) support(cases []uuid.UUID, coach string) {
	for i, e := range cases {
		months, assessed, note := 14+i*3, "Työkykyarvio, työterveys", ""
		if i == 9 { // Venla, 24
			months, note = 7, "Ryhmä tukee ensimmäisen työpaikan löytymistä; pitkä tauko opinnoista."
		}
		if i == 6 {
			continue // nothing recorded yet
		}
		s.exec(`insert into app.eligibility (
  org_id, id, enrolment_id, unemployed_since, assessed_on, assessment, expert_note, entered_by, at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			s.org, s.next(), e, s.today.AddDate(0, -months, 0), s.today.AddDate(0, -2, 0), assessed, note, s.users[coach], s.now.AddDate(0, 0, -20))
	}
	for _, o := range []struct {
		person             int
		area, body, source string
	}{
		{4, "ability", "Voi nostaa enintään 10 kg; seisominen tunti kerrallaan.", "participant"},
		{5, "mobility", "Bussi kulkee harvoin ennen klo 8.", "participant"},
		{2, "language", "Kirjoittaa mieluummin ruotsiksi; puhuu molempia.", "coach"},
	} {
		s.exec(`insert into app.obstacle (org_id, id, enrolment_id, area, body, source, entered_by, at)
values ($1, $2, $3, $4, $5, $6, $7, $8)`,
			s.org, s.next(), cases[o.person], o.area, o.body, o.source, s.users[coach], s.now.AddDate(0, 0, -8))
	}
	s.exec(`insert into app.referral (org_id, id, enrolment_id, kind, reason, agreed_on, agreed_how, entered_by, at)
values ($1, $2, $3, 'health_check', 'Nostoraja ja seisominen: mikä työ sopii pitkään?', $4, 'present', $5, $6)`,
		s.org, s.next(), cases[4], s.today.AddDate(0, 0, -6), s.users[coach], s.now.AddDate(0, 0, -6))
}

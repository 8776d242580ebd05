package demo

import "github.com/google/uuid"

// promises are what the last team meeting agreed about the running cohort's people.
func (s *seeder) promises(cases []uuid.UUID, coach string) {
	for _, p := range []struct {
		person, due int // days from today, 99 for no day
		owner, body string
	}{
		{1, 1, "coach", "Harjoittelee haastattelun vielä kerran keskiviikkona"},
		{2, 3, "coordinator", "Kysyy varastolta vastaanoton vuoroa"},
		{4, 0, "coach", "Soittaa työterveyteen nostorajasta yhdessä"},
		{6, -1, "coach", "Tavoittaa ja kysyy, mikä auttaisi tulemaan"},
		{7, 2, "coordinator", "Hakee puuttuvan allekirjoituksen"},
		{8, 99, "participant", "Vie ansioluettelon kahteen kouluun"},
		{9, 8, "expert", "Selvittää opiskelun ehdot ennen loppukeskustelua"},
	} {
		var due any
		if p.due != 99 {
			due = s.today.AddDate(0, 0, p.due)
		}
		s.exec(`insert into app.promise (org_id, id, enrolment_id, body, owner, due_on, agreed_by, at)
values ($1, $2, $3, $4, $5, $6, $7, $8)`,
			s.org, s.next(), cases[p.person], p.body, p.owner, due, s.users[coach], s.now.AddDate(0, 0, -3))
	}
	s.exec(`update app.participant
set no_phone = true
where org_id = $1
  and id = (select participant_id from app.enrolment where org_id = $1 and id = $2)`, s.org, cases[5])
}

package demo

import (
	"time"

	"github.com/google/uuid"
)

// rooms are two: one with fewer computers than the running cohort has people, to show the warning.
func (s *seeder) rooms() {
	for i, r := range []struct {
		name, place      string
		seats, computers int
	}{{"Valmennustila, huone 3", "Hämeenlinna", 14, 8}, {"Kirjaston ryhmätila", "Forssa", 10, 10}} {
		s.exec(`insert into app.room (org_id, id, name, place, seats, computers, created_by)
values ($1, $2, $3, $4, $5, $6, $7)`, s.org, Room(i), r.name, r.place, r.seats, r.computers, s.users[kimmo])
	}
}

// appointments are one today, one whose end nobody has noted, and a visit for three.
func (s *seeder) appointments(cases []uuid.UUID, days []time.Time) {
	s.exec(`update app.cohort set room_id = $3 where org_id = $1 and id = $2`, s.org, Running, Room(0))
	yesterday := s.today.AddDate(0, 0, -1)
	for i, x := range []struct {
		who            int
		kind           string
		on             time.Time
		starts, ends   int
		place, purpose string
	}{
		{4, "single", s.today, 715, 740, "Huone 5", "Työkokeilun tehtävät ja jaksaminen"},
		{6, "catch_up", yesterday, 715, 745, "Huone 5", "Viikon 1 osaamiskartoitus"},
		{8, "visit", days[14], 1000, 1050, "Leipomo Kuvitelma Oy", "Tutustuminen iltavuoroon"},
		{0, "visit", days[14], 1000, 1050, "Leipomo Kuvitelma Oy", "Tutustuminen iltavuoroon"},
		{7, "visit", days[14], 1000, 1050, "Leipomo Kuvitelma Oy", "Tutustuminen iltavuoroon"},
	} {
		s.exec(
			`insert into app.appointment (
  org_id, id, enrolment_id, batch_id, kind, held_on, starts_at, ends_at, place, purpose, booked_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
			s.org,
			Appointment(i),
			cases[x.who],
			Appointment(min(i, 2)),
			x.kind,
			x.on,
			x.starts,
			x.ends,
			x.place,
			x.purpose,
			s.users[veera],
		)
	}
}

// Room and Appointment name what tests open.
func Room(n int) uuid.UUID        { return id(13, n) }
func Appointment(n int) uuid.UUID { return id(14, n) }

package demo

import (
	"time"

	"github.com/google/uuid"
)

// Answers of the running cohort's people to the three pre-assignments, in turn.
var preAnswers = []string{
	"Neljän viikon päästä minulla on paikka, johon menen aamulla mielelläni. Huomaisin sen siitä, että herään ennen kelloa. " +
		"Sisko huomaisi ensimmäisenä.",
	"Hoidin kassan yksin juhannusaattona. Opetin naapurin pojalle pyörän korjausta. Järjestin muuton kolmelle. Pidin " +
		"kirjanpidon yhdistykselle. Rauhoitin riitelevät asiakkaat.",
	"Leipomo keskustassa: mihin aikaan vuoro alkaa? Kirjasto: saako siellä tehdä asiakaspalvelua? Varasto: tarvitaanko " +
		"trukkikorttia? Varastolla on töissä entinen työkaveri.",
}

// preAssignments sends the three to a person and takes the first ones on: done says how many are discussed, answered,
// opened.
func (s *seeder) preAssignments(e uuid.UUID, coach string, start time.Time, discussed, answered, opened int) {
	sent := start.AddDate(0, 0, -9)
	if sent.After(s.today) {
		sent = s.today.AddDate(0, 0, -4)
	}
	at := sent.Add(10 * time.Hour)
	for n := 1; n <= 3; n++ {
		var openedAt, returnedAt, discussedAt *time.Time
		var how, by any
		answer, comment := "", ""
		if n <= discussed+answered+opened {
			openedAt = later(at, 20)
		}
		if n <= discussed+answered {
			returnedAt, answer, how, by = later(at, 50), preAnswers[n-1], []string{"told", "paper"}[n%2], s.users[coach]
		}
		if n <= discussed {
			discussedAt, comment = later(at, 70), "Kerroit tästä elävästi. Otetaan tämä mukaan ensimmäiseen viikkoon."
		}
		var discussedBy any
		if discussedAt != nil {
			discussedBy = s.users[coach]
		}
		s.exec(`insert into app.pre_assignment (
  org_id, id, enrolment_id, number, due_on, opened_at, answer, how, returned_at, entered_by,
  discussed_at, discussed_by, comment)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`, s.org, s.next(), e, n, start.AddDate(0, 0,
			-1), openedAt, answer, how, returnedAt, by, discussedAt, discussedBy, comment)
	}
}

func later(t time.Time, hours int) *time.Time {
	t = t.Add(time.Duration(hours) * time.Hour)
	return &t
}

// goalCheck is the look at the goal of the first week.
func (s *seeder) goalCheck(e uuid.UUID, coach, going, body string, at time.Time) {
	s.exec(`insert into app.goal_check (org_id, id, enrolment_id, week, goal_number, going, body, entered_by, at)
select
  $1,
  $2,
  $3,
  1,
  g.number,
  $4,
  $5,
  $6,
  $7
from app.goal g
where g.org_id = $1
  and g.enrolment_id = $3
  and g.number = 1`, s.org, s.next(), e, going, body, s.users[coach], at)
}

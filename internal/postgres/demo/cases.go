package demo

import (
	"fmt"
	"strconv"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/participant"
	"kuukausi/internal/programme"
)

func (s *seeder) cohort(c uuid.UUID, name, place, state string, start time.Time, coach, coordinator string) {
	days := programme.WorkingDays(start, 20, nil)
	made := start.AddDate(0, 0, -30)
	if made.After(s.now) {
		made = s.now.AddDate(0, 0, -5)
	}
	s.exec(`insert into app.cohort (
  org_id, id, version_id, name, place, state, starts_on, ends_on, size_min, size_max, created_by, created_at)
select
  $1,
  $2,
  v.id,
  $3,
  $4,
  $5,
  $6,
  $7,
  v.size_min,
  v.size_max,
  $8,
  $9
from app.programme_version v
where v.org_id = $1 and v.published_at is not null
limit 1`, s.org, c, name, place, state, days[0], days[19], s.users[coach], made)
	s.exec(`insert into app.meeting (org_id, id, cohort_id, held_on, half, day, week, starts_at, ends_at, kind)
select
  $1,
  gen_random_uuid(),
  $2,
  ($3::date[])[p.day],
  p.half,
  p.day,
  p.week,
  p.starts_at,
  p.ends_at,
  p.kind
from app.programme_slot p
join app.cohort c on c.org_id = p.org_id and c.version_id = p.version_id
where c.org_id = $1 and c.id = $2`, s.org, c, days)
	until := days[19].AddDate(1, 0, 0) // until it is closed
	s.exec(`insert into app.cohort_duty (org_id, id, cohort_id, user_id, kind, valid_from, valid_until)
values ($1, $2, $3, $4, 'coach', $6, $7), ($1, $5, $3, $8, 'coordinator', $6, $7)`,
		s.org, s.next(), c, s.users[coach], s.next(), made, until, s.users[coordinator])
}

// enrol adds a person with their case, choice, expert and goal. n keeps the ids apart.
func (s *seeder) enrol(c uuid.UUID, n int, p person, state string, start time.Time, expert string) uuid.UUID {
	e, who := id(3, n), id(7, n)
	days := programme.WorkingDays(start, 20, nil)
	chosen := start.AddDate(0, 0, -10)
	if chosen.After(s.today) {
		chosen = s.today.AddDate(0, 0, -3)
	}
	chosen = chosen.Add(8 * time.Hour) // office hours
	coach := `(select user_id from app.cohort_duty where org_id = $1 and cohort_id = $2 and kind = 'coach' limit 1)`
	s.exec(`insert into app.participant (
  org_id, id, first_name, last_name, born_on, municipality, phone, email, lang, strengths, created_by, created_at)
values ($1, $3, $4, $5, $6, $7, $8, $9, $10, $11, `+coach+`, $12)`, s.org, c, who, p.first, p.last,
		s.today.AddDate(-p.age, 0, -20-n%300), p.muni,
		fmt.Sprintf("000 000 1%03d", n), fmt.Sprintf("osallistuja%d@example.org", n), p.lang, p.strengths, chosen)
	s.exec(`insert into app.enrolment (
  org_id, id, participant_id, cohort_id, version_id, state, starts_on, ends_on, search_shared, created_by, created_at)
select
  $1,
  $3,
  $4,
  $2,
  c.version_id,
  $5,
  $6,
  $7,
  $8,
  `+coach+`,
  $9
from app.cohort c
where c.org_id = $1 and c.id = $2`, s.org, c, e, who, state, days[0], days[19], p.shared, chosen)
	if in(state, "accepted", "preparing", "active", "review") {
		s.exec(`update app.cohort set places_taken = places_taken + 1 where org_id = $1 and id = $2`, s.org, c)
	}
	s.exec(`insert into app.enrolment_state (org_id, id, enrolment_id, state, at, by_id)
values ($1, $4, $3, 'accepted', $5, `+coach+`), ($1, $6, $3, $7, $5, `+coach+`)`, s.org, c, e, s.next(), chosen, s.next(), state)
	if state != "referred" && state != "invited" {
		s.exec(`insert into app.voluntary_choice (
  org_id, id, enrolment_id, chosen_on, how, lang, text_version_id, consequences_id, entered_by, at)
select
  $1,
  $4,
  $3,
  $5,
  $6,
  $7,
  t.id,
  (select x.id from app.text_version x where x.org_id = $1 and x.key = 'choice_consequences' and x.lang = $7),
  `+coach+`,
  $8
from app.text_version t
where t.org_id = $1
  and t.key = 'voluntary_choice'
  and t.lang = $7`,
			s.org, c, e, s.next(), chosen, []string{"paper", "oral"}[n%2], p.lang, chosen)
	}
	s.exec(`insert into app.enrolment_party (org_id, id, enrolment_id, user_id, kind, valid_from, valid_until)
values ($1, $2, $3, $4, 'expert', $5, $6)`,
		s.org, s.next(), e, s.users[expert], chosen, days[19].AddDate(0, 8, 0))
	if c == Running || c == OtherCohort { // the same codes in both organisations: they never meet
		s.code(who, s.today.AddDate(-p.age, 0, -20-n%300), 900+n%100)
	}
	if p.goal != "" {
		s.exec(`insert into app.goal (org_id, id, enrolment_id, number, kind, body, how, entered_by, at)
values ($1, $4, $3, 1, $5, $6, 'present', `+coach+`, $7)`, s.org, c, e, s.next(), p.kind, p.goal, chosen)
	}
	return e
}

// marks fills every half-day before today: mostly present, with the exceptions given as day (1…) × 10 + half.
func (s *seeder) marks(e, c uuid.UUID, n int, exceptions map[int]string) {
	s.exec(`insert into app.attendance (org_id, enrolment_id, held_on, half, mark, meeting_id, on_trial, marked_by, marked_at)
select
  m.org_id,
  $3,
  m.held_on,
  m.half,
  'p',
  m.id,
  m.kind = 'trial',
  d.user_id,
  (m.held_on + make_interval(mins => m.starts_at + 25)) at time zone 'Europe/Helsinki'
from app.meeting m
join app.cohort_duty d on d.org_id = m.org_id and d.cohort_id = m.cohort_id and d.kind = 'coach'
where m.org_id = $1
  and m.cohort_id = $2
  and m.held_on < $4
  and (
    m.kind = 'group'
    or exists (
      select
      from app.trial t
      where t.org_id = m.org_id
        and t.enrolment_id = $3
        and t.state in ('active', 'ended')
        and m.held_on between t.starts_on and t.ends_on))`, s.org, c, e, s.today)
	for at, mark := range exceptions {
		s.exec(`update app.attendance a
set mark = $4
from app.meeting m
where a.org_id = $1
  and a.enrolment_id = $2
  and m.org_id = a.org_id
  and m.id = a.meeting_id
  and m.day = $3 / 10
  and m.half = $3 % 10`, s.org, e, at, mark)
	}
}

// code gives a person an identity code of the range nobody is given, with the separator of their century.
func (s *seeder) code(who uuid.UUID, born time.Time, number int) {
	digits := born.Format("020106") + fmt.Sprint(number)
	n, err := strconv.Atoi(digits)
	if err != nil || s.err != nil {
		return
	}
	sep := "-"
	if born.Year() >= 2000 {
		sep = "A"
	}
	id, err := participant.ReadNationalID(digits[:6] + sep + digits[6:] + string("0123456789ABCDEFHJKLMNPRSTUVWXY"[n%31]))
	if err != nil {
		s.err = err
		return
	}
	c, err := s.codes.Keep(id, who)
	if err != nil {
		s.err = err
		return
	}
	s.exec(`insert into app.national_id (org_id, participant_id, sealed, code_index, entered_by, at)
values ($1, $2, $3, sha256(uuid_send($1) || $4), $5, $6)`, s.org, who, c.Sealed, c.Index, s.next(), s.now)
	s.exec(`update app.participant set code_known = true where org_id = $1 and id = $2`, s.org, who)
}

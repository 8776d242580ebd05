// Package demo seeds the named demo people: the same ones in `dev` and in tests.
package demo

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/account"
	"kuukausi/internal/participant"
	"kuukausi/internal/postgres/operate"
	"kuukausi/internal/programme"
)

// Password is the one of every demo login. It is not a secret and works on demo data only.
const Password = "valmennus-demo"

// Staff are the sign-in names of the main organisation, as the README lists them.
var Staff = []struct{ Email, Name, Role string }{
	{"veera.valmentava@example.org", "Veera Valmentava", "coach"},
	{"kimmo.koordinoiva@example.org", "Kimmo Koordinoiva", "coordinator"},
	{"eeva.ehkanen@example.org", "Eeva Ehkänen", "expert"},
	{"olli.omanen@example.org", "Olli Omanen", "expert"},
	{"senni.sijainen@example.org", "Senni Sijainen", "coach"},
	{"aatu.yllapitaja@example.org", "Aatu Ylläpitäjä", "admin"},
}

// IDs of what tests name. They are the same in every database.
var (
	Org         = id(1, 1)
	OtherOrg    = id(1, 2)
	ThirdOrg    = id(1, 3)
	Running     = id(2, 14)
	Finished    = id(2, 13)
	Recruiting  = id(2, 15)
	OtherCoachs = id(2, 12)
	OtherCohort = id(2, 99) // of OtherOrg
	Breaking    = id(15, 1) // a case opened by break-glass, which no administrator has looked into
	Draft       = id(12, 1) // the programme's next version
)

func id(kind, n int) uuid.UUID {
	return uuid.MustParse(fmt.Sprintf("01930000-%04x-7000-8000-%012x", kind, n))
}

type seeder struct {
	ctx   context.Context
	tx    pgx.Tx
	now   time.Time
	today time.Time
	hash  string
	codes participant.Codes
	err   error
	org   uuid.UUID
	users map[string]uuid.UUID
	n     int
}

// Seed fills an empty, migrated database as of now. texts are the texts people agree to, by key and language; codes seals
// identity codes as the app that will read them does.
func Seed(ctx context.Context, url string, now time.Time, texts map[string]map[string]string, codes participant.Codes) error {
	hash, err := account.HashPassword(Password)
	if err != nil {
		return err
	}
	models, err := programme.Shipped()
	if err != nil {
		return err
	}
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer c.Close(context.Background())
	return pgx.BeginFunc(ctx, c, func(tx pgx.Tx) error {
		s := &seeder{ctx: ctx, tx: tx, now: now, today: access.Day(now), hash: hash, codes: codes}
		s.exec(`select set_config('app.now', $1, true)`, now.Format(time.RFC3339)) // triggers go by the demo's clock, not by today's
		s.organisation(Org, "TyöHäme", models, texts)
		for _, m := range Staff {
			area := ""
			if m.Email == "eeva.ehkanen@example.org" {
				area = "TyöHäme"
			} else if m.Role == "expert" {
				area = "Etelä-Häme"
			}
			s.member(m.Email, m.Name, m.Role, area, "fi")
		}
		s.member("kaisa.kahdessa@example.org", "Kaisa Kahdessa", "coach", "", "fi")
		s.employers()
		monday := s.today.AddDate(0, 0, -(int(s.today.Weekday())+6)%7)
		s.rooms()
		s.running(monday.AddDate(0, 0, -7))
		s.finished(monday.AddDate(0, 0, -42))
		s.recruiting(monday.AddDate(0, 0, 21))
		s.infos()
		s.placements()
		s.nextVersion()
		s.consents()
		s.exec(`insert into app.break_glass (org_id, id, by_id, enrolment_ids, reason, at, until)
values (
  $1, $2, $3, array[$4::uuid], 'Työpaikka soitti aamulla, oma valmentaja oli matkalla eikä sijaista ollut.', $5, $6)`,
			Org, Breaking, s.users["senni.sijainen@example.org"], Enrolment(3), s.now.AddDate(0, 0, -6), s.now.AddDate(0, 0, -6).Add(time.Hour))
		s.exec(
			`insert into app.closed_day (org_id, day, reason) values ($1, $2, 'Henkilöstön kehittämispäivä')`,
			Org,
			programme.WorkingDays(s.today.AddDate(0, 0, 75), 1, nil)[0],
		)
		s.cohort(
			OtherCoachs,
			"Ryhmä 12, Forssa",
			"Forssa",
			"running",
			monday.AddDate(0, 0, -7),
			"senni.sijainen@example.org",
			"kimmo.koordinoiva@example.org",
		)
		for i, p := range otherCoach {
			e := s.enrol(OtherCoachs, 300+i, p, "active", monday.AddDate(0, 0, -7), "eeva.ehkanen@example.org")
			s.marks(e, OtherCoachs, i, nil)
			s.note(
				e,
				"senni.sijainen@example.org",
				3,
				"Kertoi ryhmälle, miten löysi edellisen työpaikkansa tuttavan kautta.",
				"case",
				"participant",
				true,
				nil,
			)
		}
		s.others(models, texts, monday)
		return s.err
	})
}

func (s *seeder) exec(sql string, args ...any) {
	if s.err == nil {
		if _, err := s.tx.Exec(s.ctx, sql, args...); err != nil {
			s.err = fmt.Errorf("%w in %.80s", err, sql)
		}
	}
}

func (s *seeder) next() uuid.UUID { s.n++; return id(9, s.n) }

func (s *seeder) organisation(org uuid.UUID, name string, models []programme.Model, texts map[string]map[string]string) {
	s.org, s.users = org, map[string]uuid.UUID{}
	if s.err == nil {
		s.err = operate.Organisation{ID: org, Name: name, Models: models, Texts: texts, Now: s.now.AddDate(0, -6, 0)}.Store(s.ctx, s.tx)
	}
}

func (s *seeder) member(email, name, role, area, lang string) {
	if s.err != nil {
		return
	}
	s.users[email], s.err = operate.AddMember(
		s.ctx,
		s.tx,
		s.org,
		operate.Member{Name: name, Email: email, Role: role, Area: area, Lang: lang, Hash: s.hash, Now: s.now.AddDate(0, -5, 0)},
	)
}

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
	until := days[19].AddDate(0, 0, 30)
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
  m.held_on + time '09:10'
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

func (s *seeder) steps(e uuid.UUID, shared bool, applications, calls, interviews int) {
	for kind, n := range map[string]int{"application": applications, "call": calls, "interview": interviews} {
		for i := range n {
			s.exec(`insert into app.search_step (org_id, id, enrolment_id, kind, done_on, shared)
values ($1, $2, $3, $4, $5, $6)`, s.org, s.next(), e, kind, s.today.AddDate(0, 0, -1-i%9), shared)
		}
	}
}

// consents are what some of the running cohort have answered: one does not want to be on the group board.
func (s *seeder) consents() {
	for i, given := range []bool{true, true, false, true, true, true, false, true, true} {
		s.exec(`insert into app.consent (org_id, id, enrolment_id, purpose, given, how, lang, text_version_id, entered_by, at)
select
  $1,
  $2,
  $3,
  'group_board',
  $4,
  'oral',
  t.lang,
  t.id,
  $5,
  $6
from app.text_version t
where t.org_id = $1
  and t.key = 'consent.group_board'
  and t.lang = 'fi'`, s.org, s.next(), Enrolment(i), given, s.users["veera.valmentava@example.org"], s.now.AddDate(0, 0, -9))
	}
	s.exec(`insert into app.consent (org_id, id, enrolment_id, purpose, given, how, lang, text_version_id, entered_by, at)
select
  $1,
  $2,
  $3,
  'employer_contact',
  true,
  'paper',
  t.lang,
  t.id,
  $4,
  $5
from app.text_version t
where t.org_id = $1
  and t.key = 'consent.employer_contact'
  and t.lang = 'fi'`, s.org, s.next(), Enrolment(8), s.users["veera.valmentava@example.org"], s.now.AddDate(0, 0, -9))
}

// nextVersion is the month's second version, being edited: one more half-day of rehearsals in week 3.
func (s *seeder) nextVersion() {
	s.exec(`insert into app.programme_version (
  org_id, id, model_id, version, coaching_kind, in_cohort, weeks, size_min, size_max, pre_assignments, review_parties,
  outcomes, shape)
select
  org_id,
  $2,
  model_id,
  2,
  coaching_kind,
  in_cohort,
  weeks,
  size_min,
  size_max,
  pre_assignments,
  review_parties,
  outcomes,
  shape
from app.programme_version
where org_id = $1 and version = 1`, s.org, Draft)
	s.exec(`insert into app.programme_slot
select
  s.org_id,
  $2,
  s.day,
  s.half,
  s.week,
  s.kind,
  s.starts_at,
  s.ends_at
from app.programme_slot s
where s.org_id = $1`, s.org, Draft)
	s.exec(`insert into app.programme_contact
select
  c.org_id,
  $2,
  c.number,
  c.code,
  c.day_offset
from app.programme_contact c
where c.org_id = $1`, s.org, Draft)
	s.exec(`insert into app.programme_text
select
  t.org_id,
  $2,
  t.subject,
  t.lang,
  case
    when t.subject = 'slot.14.1' and t.lang = 'fi' then 'Haastatteluharjoitukset II: oma työpaikka, oikeat kysymykset'
    else t.body
  end
from app.programme_text t
where t.org_id = $1 and not (t.subject = 'slot.14.1' and t.lang <> 'fi')`, s.org, Draft)
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

func in(s string, of ...string) bool {
	for _, x := range of {
		if x == s {
			return true
		}
	}
	return false
}

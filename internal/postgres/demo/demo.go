// Package demo seeds the named demo people: the same ones in `dev` and in tests.
package demo

import (
	"context"
	"fmt"
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
const Password = "aamukahvi-demo"

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
		s.ending(monday.AddDate(0, 0, -21))
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

func in(s string, of ...string) bool {
	for _, x := range of {
		if x == s {
			return true
		}
	}
	return false
}
